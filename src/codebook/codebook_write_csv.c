/* codebook_write_csv -- codebooks in the form that people keep in a spreadsheet.
 *
 * Every row names its field, and its code's label and group, so that the rows can be
 * sorted and filtered. Cells are trimmed when they are read: spaces at the ends of a
 * text are what this form cannot say. */
#include <stdio.h>

#include "codebook/codebook_write.h"
#include "codebook_columns.h"
#include "stream/csvcell.h"
#include "text/bars.h"

#define MOST_WITHIN 999999 /* that the reader takes */

struct writer {
    struct buf *out;
    struct span cells[COLUMNS]; /* of the row */
    bool used[COLUMNS];
    struct buf rules[CODEBOOK_RULES];
    size_t trimmed, too_far;
};

/* ---- rows ---- */

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

static bool is_trimmed(struct span text)
{
    static const struct span nbsp = SPAN_ROW("\xc2\xa0");
    if (text.len == 0)
        return false;
    return is_blank(text.at[0]) || is_blank(text.at[text.len - 1]) || span_starts(text, nbsp) ||
           (text.len >= nbsp.len && memcmp(text.at + text.len - nbsp.len, nbsp.at, nbsp.len) == 0);
}

static void put_row(struct writer *w)
{
    bool first = true;
    for (int i = 0; i < COLUMNS; i++) {
        if (!w->used[i])
            continue;
        if (!first)
            buf_addc(w->out, ',');
        first = false;
        csvcell_put(w->out, w->cells[i], ',');
        w->trimmed += is_trimmed(w->cells[i]);
    }
    buf_addc(w->out, '\n');
}

static void start_row(struct writer *w, const struct codebook_field *f)
{
    for (int i = 0; i < COLUMNS; i++)
        w->cells[i] = (struct span){0};
    if (f) {
        w->cells[FROM] = f->from;
        w->cells[INTO] = f->into;
    }
}

/* ---- settings ---- */

static struct span remark_of(const struct codebook_field *f, const char *setting)
{
    for (size_t i = 0; f && i < f->remark_count; i++)
        if (span_eq(f->remarks[i].setting, span_of(setting)))
            return f->remarks[i].notes;
    return (struct span){0};
}

static void put_setting(struct writer *w, const struct codebook_field *f, const char *name,
                        struct span value)
{
    if (!value.at)
        return;
    start_row(w, f);
    w->cells[CODE] = span_of(name);
    w->cells[TERM] = value;
    w->cells[MATCH] = SPAN("setting");
    w->cells[NOTES] = remark_of(f, name);
    put_row(w);
}

static void join(struct writer *w, struct buf *text, const struct codebook_phrases *list)
{
    buf_clear(text);
    for (size_t i = 0; i < list->count; i++) {
        bars_add(text, list->at[i]);
        w->trimmed += is_trimmed(list->at[i]);
    }
}

static void put_default_cues(struct writer *w, const struct codebook_field *f)
{
    struct buf list = {0};
    if (!f->some_default_cues)
        return;
    join(w, &list, &f->default_cues);
    put_setting(w, f, "default_cues", list.len ? buf_span(&list) : SPAN("none"));
    buf_free(&list);
}

/* A field that says nothing else is still there by its row of 'multiple'. */
static void put_settings(struct writer *w, const struct codebook_field *f)
{
    if (!f->multiple || remark_of(f, "multiple").at || f->code_count == 0)
        put_setting(w, f, "multiple", f->multiple ? SPAN("true") : SPAN("false"));
    put_setting(w, f, "otherwise", f->otherwise);
    put_setting(w, f, "group_into", f->group_into);
    put_default_cues(w, f);
    put_setting(w, f, "notes", f->notes);
}

/* ---- codes ---- */

static void start_code_row(struct writer *w, const struct codebook_field *f,
                           const struct codebook_code *c)
{
    start_row(w, f);
    w->cells[CODE] = c->code;
    w->cells[LABEL] = c->label;
    w->cells[GROUP] = c->group;
}

static void put_term(struct writer *w, const struct codebook_field *f,
                     const struct codebook_term *t)
{
    char within[24];
    start_code_row(w, f, &f->codes[t->code]);
    w->cells[TERM] = t->text;
    if (t->match != CODEBOOK_WORDS)
        w->cells[MATCH] = span_of(choice_word(CODEBOOK_MATCHES, (int)t->match));
    if (t->exact_case)
        w->cells[CASE] = SPAN("exact");
    for (int rule = 0; rule < CODEBOOK_RULES; rule++) {
        join(w, &w->rules[rule], &t->rules[rule]);
        w->cells[EXCLUDE + rule] = buf_span(&w->rules[rule]);
    }
    if (t->within != CODEBOOK_WITHIN) {
        size_t said = t->within < MOST_WITHIN ? t->within : MOST_WITHIN;
        w->too_far += said != t->within;
        snprintf(within, sizeof within, "%zu", said);
        w->cells[WITHIN] = span_of(within);
    }
    w->cells[NOTES] = t->notes;
    w->cells[RECORDS] = t->records;
    put_row(w);
}

static void put_codes(struct writer *w, const struct codebook_field *f)
{
    size_t at = 0;
    for (size_t code = 0; code < f->code_count; code++) {
        bool has_terms = at < f->term_count && f->terms[at].code == code;
        if (!has_terms || f->codes[code].notes.at) {
            start_code_row(w, f, &f->codes[code]);
            w->cells[NOTES] = f->codes[code].notes;
            put_row(w);
        }
        for (; at < f->term_count && f->terms[at].code == code; at++)
            put_term(w, f, &f->terms[at]);
    }
}

static void put_cues(struct writer *w, const struct codebook_field *f)
{
    for (size_t i = 0; i < f->cue_count; i++) {
        start_row(w, f);
        w->cells[CODE] = f->cues[i].status;
        w->cells[TERM] = f->cues[i].phrase;
        w->cells[MATCH] = SPAN("cue");
        w->cells[NOTES] = f->cues[i].notes;
        put_row(w);
    }
}

/* ---- the whole ---- */

static void use_columns(struct writer *w, const struct codebook_field *f)
{
    for (size_t i = 0; i < f->term_count; i++) {
        const struct codebook_term *t = &f->terms[i];
        for (int rule = 0; rule < CODEBOOK_RULES; rule++)
            w->used[EXCLUDE + rule] |= t->rules[rule].count > 0;
        w->used[WITHIN] |= t->within != CODEBOOK_WITHIN;
        w->used[NOTES] |= t->notes.at != NULL;
        w->used[RECORDS] |= t->records.at != NULL;
    }
    for (size_t i = 0; i < f->code_count; i++)
        w->used[NOTES] |= f->codes[i].notes.at != NULL;
    for (size_t i = 0; i < f->cue_count; i++)
        w->used[NOTES] |= f->cues[i].notes.at != NULL;
    w->used[NOTES] |= f->remark_count > 0;
}

/* Remarks on settings that no row of the book says. */
static size_t homeless(const struct codebook *b, const struct codebook_field *f)
{
    const struct {
        const char *name;
        bool said;
    } settings[] = {{"multiple", true},
                    {"otherwise", f->otherwise.at},
                    {"group_into", f->group_into.at},
                    {"default_cues", f->some_default_cues},
                    {"notes", f->notes.at},
                    {"name", b->name.at && f == b->fields},
                    {"version", b->version.at && f == b->fields},
                    {"title", b->title.at && f == b->fields},
                    {"description", b->description.at && f == b->fields},
                    {"book_notes", b->notes.at && f == b->fields}};
    size_t count = f->remark_count;
    for (size_t i = 0; i < sizeof settings / sizeof *settings; i++)
        count -= settings[i].said && remark_of(f, settings[i].name).at;
    return count;
}

/* Rows in front of all fields belong to none, unless a remark stands beside. */
static void put_book_setting(struct writer *w, const struct codebook *b, const char *name,
                             struct span value)
{
    const struct codebook_field *first = b->count > 0 ? b->fields : NULL;
    put_setting(w, remark_of(first, name).at ? first : NULL, name, value);
}

void codebook_write_csv(const struct codebook *b, struct buf *out, struct losses *l)
{
    struct writer w = {.out = out};
    size_t remarks = 0;
    for (int i = 0; i <= EXCLUDE; i++) /* the columns up to 'exclude' are always there */
        w.used[i] = true;
    for (size_t i = 0; i < b->count; i++)
        use_columns(&w, &b->fields[i]);
    for (int i = 0; i < COLUMNS; i++)
        w.cells[i] = span_of(CODEBOOK_COLUMN_NAMES[i]);
    put_row(&w);
    put_book_setting(&w, b, "name", b->name);
    put_book_setting(&w, b, "version", b->version);
    put_book_setting(&w, b, "title", b->title);
    put_book_setting(&w, b, "description", b->description);
    put_book_setting(&w, b, "book_notes", b->notes);
    for (size_t i = 0; i < b->count; i++) {
        put_settings(&w, &b->fields[i]);
        put_codes(&w, &b->fields[i]);
        put_cues(&w, &b->fields[i]);
        remarks += homeless(b, &b->fields[i]);
    }
    for (int rule = 0; rule < CODEBOOK_RULES; rule++)
        buf_free(&w.rules[rule]);
    losses_add(l, "spaces or backslashes at the ends of texts", w.trimmed);
    losses_add(l, "distances over 999999 words", w.too_far);
    losses_add(l, "notes on settings that are not set", remarks);
}
