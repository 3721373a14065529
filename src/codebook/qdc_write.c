/* qdc_write -- codebooks for programs of qualitative data analysis. */
#include <stdlib.h>

#include "base/version.h"
#include "codebook/qdc.h"
#include "uuid.h"

const struct span QDC_STARTS[QDC_LINES] = {SPAN_ROW("Term: "), SPAN_ROW("Whole answer: "),
                                           SPAN_ROW("Wildcard: "), SPAN_ROW("Pattern: "),
                                           SPAN_ROW("Label: ")};

struct writer {
    struct buf *out;
    struct buf text;
    size_t controls, broken_lines;
};

/* ---- XML ---- */

/* XML 1.0 has no way to write control characters, U+FFFE and U+FFFF. */
static bool is_writable(struct span text, size_t i)
{
    unsigned char c = (unsigned char)text.at[i];
    if (c < 0x20)
        return c == '\t' || c == '\n' || c == '\r';
    struct span rest = {text.at + i, text.len - i};
    return !span_starts(rest, SPAN("\xef\xbf\xbe")) && !span_starts(rest, SPAN("\xef\xbf\xbf"));
}

static void put_escaped(struct writer *w, struct span text)
{
    bool whole = true;
    for (size_t i = 0; i < text.len; i++) {
        char c = text.at[i];
        if (!is_writable(text, i)) {
            whole = false;
            i += (unsigned char)c < 0x20 ? 0 : 2;
        } else if (c == '<') {
            buf_add(w->out, SPAN("&lt;"));
        } else if (c == '>') {
            buf_add(w->out, SPAN("&gt;"));
        } else if (c == '&') {
            buf_add(w->out, SPAN("&amp;"));
        } else if (c == '"') {
            buf_add(w->out, SPAN("&quot;"));
        } else if (c == '\r' || c == '\t') {
            buf_addf(w->out, "&#%d;", c);
        } else {
            buf_addc(w->out, c);
        }
    }
    w->controls += !whole;
}

/* guid="..." of what is called NAME in the field; KIND tells codes, groups and sets apart. */
static void put_guid(struct writer *w, const char *kind, const struct codebook_field *f,
                     struct span name)
{
    char guid[UUID_TEXT];
    buf_clear(&w->text);
    buf_addf(&w->text, "foi-filters\n%s\n", kind);
    buf_add(&w->text, f->into);
    buf_addc(&w->text, '\n');
    buf_add(&w->text, name);
    uuid_of_name(guid, buf_span(&w->text));
    buf_addf(w->out, "guid=\"%s\"", guid);
}

static void put_indent(struct writer *w, int depth)
{
    for (int i = 0; i < depth; i++)
        buf_add(w->out, SPAN("  "));
}

/* ---- codes ---- */

/* Lines parted, none behind the last. */
static void put_description_line(struct writer *w, bool *first, struct span start, struct span text)
{
    if (!*first)
        buf_addc(w->out, '\n');
    *first = false;
    buf_add(w->out, start);
    put_escaped(w, text);
    w->broken_lines += start.len && text.len && memchr(text.at, '\n', text.len) != NULL;
}

/* The first term of a code, or the one behind them: terms stand in the order of their codes. */
static size_t first_term(const struct codebook_field *f, size_t code)
{
    size_t from = 0, to = f->term_count;
    while (from < to) {
        size_t middle = from + (to - from) / 2;
        if (f->terms[middle].code < code)
            from = middle + 1;
        else
            to = middle;
    }
    return from;
}

static void put_description(struct writer *w, const struct codebook_field *f, size_t code,
                            int depth)
{
    const struct codebook_code *c = &f->codes[code];
    bool first = true;
    put_indent(w, depth);
    buf_add(w->out, SPAN("<Description>"));
    if (c->label.at)
        put_description_line(w, &first, QDC_STARTS[QDC_LABEL], c->label);
    for (size_t i = first_term(f, code); i < f->term_count && f->terms[i].code == code; i++)
        put_description_line(w, &first, QDC_STARTS[f->terms[i].match], f->terms[i].text);
    if (c->notes.at)
        put_description_line(w, &first, (struct span){0}, c->notes);
    buf_add(w->out, SPAN("</Description>\n"));
}

static void put_open(struct writer *w, const char *kind, const struct codebook_field *f,
                     struct span name, int depth)
{
    bool codable = strcmp(kind, "code") == 0;
    put_indent(w, depth);
    buf_add(w->out, SPAN("<Code "));
    put_guid(w, kind, f, name);
    buf_add(w->out, SPAN(" name=\""));
    put_escaped(w, name);
    buf_addf(w->out, "\" isCodable=\"%s\">\n", codable ? "true" : "false");
}

static void put_code(struct writer *w, const struct codebook_field *f, size_t code, int depth)
{
    put_open(w, "code", f, f->codes[code].code, depth);
    put_description(w, f, code, depth + 1);
    put_indent(w, depth);
    buf_add(w->out, SPAN("</Code>\n"));
}

#define NO_CODE SIZE_MAX

/* Chains the codes of each group: NEXT is the following one of a code's group. STARTS has, by code,
 * whether it is the first. */
static void chain_groups(const struct codebook_field *f, size_t *next, bool *starts)
{
    struct intern groups = {0};
    size_t *last = NULL, cap = 0;
    for (size_t i = 0; i < f->code_count; i++) {
        next[i] = NO_CODE;
        starts[i] = true;
        if (!f->codes[i].group.at)
            continue;
        size_t known = groups.count, group = intern_add_borrowed(&groups, f->codes[i].group);
        last = array_grow(last, &cap, group + 1, sizeof *last);
        starts[i] = group == known;
        if (!starts[i])
            next[last[group]] = i;
        last[group] = i;
    }
    intern_free(&groups);
    free(last);
}

/* All codes of a group stand where its first one does. */
static void put_codes(struct writer *w, const struct codebook_field *f)
{
    struct arena arena = {0};
    size_t *next = arena_array(&arena, f->code_count, sizeof *next);
    bool *starts = arena_array(&arena, f->code_count, sizeof *starts);
    chain_groups(f, next, starts);
    for (size_t i = 0; i < f->code_count; i++) {
        if (!starts[i])
            continue;
        if (!f->codes[i].group.at) {
            put_code(w, f, i, 2);
            continue;
        }
        put_open(w, "group", f, f->codes[i].group, 2);
        for (size_t j = i; j != NO_CODE; j = next[j])
            put_code(w, f, j, 3);
        put_indent(w, 2);
        buf_add(w->out, SPAN("</Code>\n"));
    }
    arena_free(&arena);
}

static void put_set(struct writer *w, const struct codebook_field *f)
{
    buf_add(w->out, SPAN("    <Set "));
    put_guid(w, "set", f, f->into);
    buf_add(w->out, SPAN(" name=\""));
    put_escaped(w, f->into);
    buf_add(w->out, SPAN("\">\n      <Description>" QDC_FROM));
    put_escaped(w, f->from);
    buf_add(w->out, SPAN("\n" QDC_INTO));
    put_escaped(w, f->into);
    buf_add(w->out, SPAN("</Description>\n"));
    for (size_t i = 0; i < f->code_count; i++) {
        buf_add(w->out, SPAN("      <MemberCode "));
        put_guid(w, "code", f, f->codes[i].code);
        buf_add(w->out, SPAN("/>\n"));
    }
    buf_add(w->out, SPAN("    </Set>\n"));
}

/* ---- losses ---- */

static void add_losses(const struct codebook *b, struct losses *l)
{
    size_t rules[CODEBOOK_RULES] = {0};
    size_t about = 0, settings = 0, cues = 0, exact = 0, notes = 0;
    about += b->name.at != NULL;
    about += b->version.at != NULL;
    about += b->title.at != NULL;
    about += b->description.at != NULL;
    about += b->notes.at != NULL;
    for (size_t i = 0; i < b->count; i++) {
        const struct codebook_field *f = &b->fields[i];
        settings += !f->multiple;
        settings += f->otherwise.at != NULL;
        settings += f->group_into.at != NULL;
        settings += f->some_default_cues;
        cues += f->cue_count;
        notes += f->remark_count + (f->notes.at != NULL);
        for (size_t j = 0; j < f->cue_count; j++)
            notes += f->cues[j].notes.at != NULL;
        for (size_t j = 0; j < f->term_count; j++) {
            const struct codebook_term *t = &f->terms[j];
            exact += t->exact_case;
            notes += t->notes.at || t->records.at;
            for (int rule = 0; rule < CODEBOOK_RULES; rule++)
                rules[rule] += t->rules[rule].count > 0;
        }
    }
    losses_add(l, "name and notes of the codebook", about);
    losses_add(l, "settings of fields", settings);
    losses_add(l, "cues", cues);
    losses_add(l, "terms' 'case'", exact);
    losses_add(l, "terms' 'exclude'", rules[CODEBOOK_EXCLUDE]);
    losses_add(l, "terms' 'near'", rules[CODEBOOK_NEAR]);
    losses_add(l, "terms' 'not_near'", rules[CODEBOOK_NOT_NEAR]);
    losses_add(l, "terms' 'after'", rules[CODEBOOK_AFTER]);
    losses_add(l, "notes on terms, cues, settings and fields", notes);
}

void qdc_write(const struct codebook *b, struct buf *out, struct losses *l)
{
    struct writer w = {.out = out};
    buf_add(out, SPAN("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                      "<CodeBook xmlns=\"" QDC_NAMESPACE "\" origin=\"foi-filters " FOI_VERSION
                      "\">\n  <Codes>\n"));
    for (size_t i = 0; i < b->count; i++)
        put_codes(&w, &b->fields[i]);
    buf_add(out, SPAN("  </Codes>\n"));
    if (b->count > 0 && !codebook_is_general(b)) {
        buf_add(out, SPAN("  <Sets>\n"));
        for (size_t i = 0; i < b->count; i++)
            put_set(&w, &b->fields[i]);
        buf_add(out, SPAN("  </Sets>\n"));
    }
    buf_add(out, SPAN("</CodeBook>\n"));
    add_losses(b, l);
    losses_add(l, "control characters in texts", w.controls);
    losses_add(l, "line breaks in labels and terms", w.broken_lines);
    buf_free(&w.text);
}
