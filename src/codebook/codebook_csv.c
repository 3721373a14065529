/* codebook_csv -- the form of a codebook that people keep in a spreadsheet.
 *
 * One row a term. FROM and INTO left empty are those of the row above. MATCH says
 * what the row is: a term of one of the four kinds, a cue ("cue": CODE is the
 * status, TERM the phrase) or a setting of the field ("setting": CODE names it,
 * TERM is its value), so that this form says all that JSON can. */
#include "codebook/codebook.h"

#include <stdio.h>

#include <strings.h>

#include "base/buf.h"
#include "base/nearest.h"
#include "codebook/codebook_write.h"
#include "codebook_columns.h"
#include "docs/sheet.h"
#include "text/bars.h"

const char *const CODEBOOK_COLUMN_NAMES[COLUMNS + 1] = {
    "from", "into",     "code",  "label",  "group", "term",    "match", "case", "exclude",
    "near", "not_near", "after", "within", "notes", "records", "like",  "how",  "accept"};

static const enum codebook_column RULE_COLUMNS[CODEBOOK_RULES] = {EXCLUDE, NEAR, NOT_NEAR, AFTER};

struct reader {
    struct codebook *book;
    struct sheet *sheet;
    size_t columns[COLUMNS];
    size_t row;
    struct codebook_field above; /* of the row before */
    bool has_field;
};

static struct span cell(const struct reader *r, enum codebook_column column)
{
    return sheet_cell(r->sheet, r->row, r->columns[column]);
}

static struct span kept(const struct reader *r, struct span text)
{
    /* patterns go to a compiler that wants a NUL behind them */
    return (struct span){arena_text(&r->book->arena, text), text.len};
}

#define row_fail(r, ...) sheet_fail((r)->sheet, (r)->row, __VA_ARGS__)

static void tell_unknown(const struct reader *r, struct span name)
{
    struct nearest near = {0};
    for (int i = 0; i < COLUMNS; i++)
        if (r->columns[i] == SHEET_NONE)
            nearest_try(&near, name, span_of(CODEBOOK_COLUMN_NAMES[i]));
    if (near.name.at)
        fault_mention(r->sheet->file, "unknown column %s (did you mean %s?)", quote(name),
                      quote(near.name));
    else
        fault_mention(r->sheet->file, "unknown column %s", quote(name));
}

static void find_columns(struct reader *r)
{
    size_t known = 0;
    for (int i = 0; i < COLUMNS; i++) {
        r->columns[i] = sheet_column(r->sheet, CODEBOOK_COLUMN_NAMES[i]);
        known += r->columns[i] != SHEET_NONE;
    }
    for (size_t i = 0; known < r->sheet->columns && i < r->sheet->columns; i++) {
        int at = 0;
        while (at < COLUMNS && r->columns[at] != i)
            at++;
        if (at == COLUMNS)
            tell_unknown(r, r->sheet->names[i]);
    }
    static const enum codebook_column needed[] = {CODE, TERM};
    for (size_t i = 0; i < sizeof needed / sizeof *needed; i++)
        if (r->columns[needed[i]] == SHEET_NONE)
            fault_raise(r->sheet->file, "no column '%s'", CODEBOOK_COLUMN_NAMES[needed[i]]);
}

static const char *row_place(const struct reader *r)
{
    struct buf place = {0};
    buf_addf(&place, "%s:%zu", r->sheet->file, r->sheet->lines[r->row]);
    const char *kept_place = arena_text(&r->book->arena, buf_span(&place));
    buf_free(&place);
    return kept_place;
}

static struct codebook_field *new_field(struct reader *r, struct span from, struct span into)
{
    struct codebook_field *f = codebook_add_field(r->book, row_place(r));
    f->from = from.len ? kept(r, from) : (struct span){0};
    f->into = into.len ? kept(r, into) : (struct span){0};
    return f;
}

/* The field that the row belongs to. A field may come back after another one. */
static struct codebook_field *field_of(struct reader *r, const struct codebook_field *above)
{
    struct span from = cell(r, FROM), into = cell(r, INTO);
    if (above && !from.len)
        from = above->from;
    if (above && !into.len)
        into = above->into;
    for (size_t i = r->book->count; i-- > 0;) {
        struct codebook_field *f = &r->book->fields[i];
        if (span_eq(f->into, into) && span_eq(f->from, from))
            return f;
    }
    return new_field(r, from, into);
}

/* The rows of one code may leave label and group out after the first, not change them. */
static void settle(const struct reader *r, struct span *text, enum codebook_column column)
{
    struct span said = cell(r, column);
    if (said.len == 0)
        return;
    if (text->at && !span_eq(*text, said))
        row_fail(r, "code %s has the %s %s here and %s above", quote(cell(r, CODE)),
                 CODEBOOK_COLUMN_NAMES[column], quote(said), quote(*text));
    if (!text->at)
        *text = kept(r, said);
}

static void read_phrases(const struct reader *r, struct codebook_phrases *list, struct span text)
{
    struct buf own = {0};
    struct span phrase;
    while (bars_next(&text, &own, &phrase))
        if (phrase.len)
            codebook_add_phrase(list, kept(r, phrase));
    buf_free(&own);
}

static size_t whole_number(const struct reader *r, enum codebook_column column, size_t otherwise)
{
    struct span text = cell(r, column);
    if (text.len == 0)
        return otherwise;
    size_t number = 0;
    for (size_t i = 0; i < text.len; i++) {
        if (text.at[i] < '0' || text.at[i] > '9' || text.len > 6)
            row_fail(r, "'%s' is %s, not a number of words", CODEBOOK_COLUMN_NAMES[column],
                     quote(text));
        number = number * 10 + (size_t)(text.at[i] - '0');
    }
    return number;
}

static bool is(struct span text, const char *word)
{
    return span_eq(text, span_of(word));
}

static bool read_bool(const struct reader *r, struct span text)
{
    if (!is(text, "true") && !is(text, "TRUE") && !is(text, "false") && !is(text, "FALSE"))
        row_fail(r, "%s is neither true nor false", quote(text));
    return text.at[0] == 't' || text.at[0] == 'T';
}

/* What several rows note of one code stands in lines. */
static void add_notes(const struct reader *r, struct span *notes)
{
    struct span said = cell(r, NOTES);
    struct buf text = {0};
    if (said.len == 0)
        return;
    if (notes->at) {
        buf_add(&text, *notes);
        buf_addc(&text, '\n');
    }
    buf_add(&text, said);
    *notes = kept(r, buf_span(&text));
    buf_free(&text);
}

/* The member of the codebook itself that a setting is for, or NULL. */
static struct span *book_setting(const struct reader *r)
{
    struct span name = cell(r, CODE);
    struct codebook *b = r->book;
    struct {
        const char *name;
        struct span *member;
    } known[] = {{"name", &b->name},
                 {"version", &b->version},
                 {"title", &b->title},
                 {"description", &b->description},
                 {"book_notes", &b->notes}};
    for (size_t i = 0; is(cell(r, MATCH), "setting") && i < sizeof known / sizeof *known; i++)
        if (is(name, known[i].name))
            return known[i].member;
    return NULL;
}

static void read_setting(const struct reader *r, struct codebook_field *f)
{
    struct span name = cell(r, CODE), value = cell(r, TERM), *member = book_setting(r);
    if (cell(r, NOTES).len)
        add_notes(r, &codebook_remark(f, kept(r, name))->notes);
    if (member)
        *member = kept(r, value);
    else if (is(name, "multiple"))
        f->multiple = read_bool(r, value);
    else if (is(name, "otherwise"))
        f->otherwise = kept(r, value);
    else if (is(name, "group_into"))
        f->group_into = kept(r, value);
    else if (is(name, "default_cues")) {
        f->some_default_cues = true;
        if (!is(value, "none"))
            read_phrases(r, &f->default_cues, value);
    } else if (is(name, "notes"))
        f->notes = kept(r, value);
    else
        row_fail(r, "unknown setting %s", quote(name));
}

static enum codebook_match match_of(const struct reader *r)
{
    struct span said = cell(r, MATCH);
    if (said.len == 0)
        return CODEBOOK_WORDS;
    for (const struct choice *c = CODEBOOK_MATCHES; c->word; c++)
        if (is(said, c->word))
            return (enum codebook_match)c->value;
    row_fail(r, "'match' is %s, none of words|exact|wildcard|regex|cue|setting", quote(said));
}

static bool exact_case(const struct reader *r)
{
    struct span said = cell(r, CASE);
    if (said.len && !is(said, "exact") && !is(said, "any"))
        row_fail(r, "'case' is %s, none of any|exact", quote(said));
    return is(said, "exact");
}

static void read_cue(const struct reader *r, struct codebook_field *f)
{
    struct span status = cell(r, CODE), phrase = cell(r, TERM);
    if (status.len == 0 || phrase.len == 0)
        row_fail(r, "a cue needs its status under 'code' and its words under 'term'");
    add_notes(r, &codebook_add_cue(f, kept(r, status), kept(r, phrase))->notes);
}

static void read_term(const struct reader *r, struct codebook_field *f)
{
    struct span name = cell(r, CODE), text = cell(r, TERM);
    if (name.len == 0)
        row_fail(r, "no code");
    size_t code = codebook_find(f, name);
    const char *place = row_place(r);
    if (code == f->code_count)
        codebook_add_code(f, kept(r, name))->place = place;
    settle(r, &f->codes[code].label, LABEL);
    settle(r, &f->codes[code].group, GROUP);
    if (text.len == 0) {
        add_notes(r, &f->codes[code].notes);
        return;
    }
    struct codebook_term *t = codebook_add_term(f, code, place);
    t->text = kept(r, text);
    add_notes(r, &t->notes);
    if (cell(r, RECORDS).len)
        t->records = kept(r, cell(r, RECORDS));
    t->match = match_of(r);
    t->exact_case = exact_case(r);
    t->within = whole_number(r, WITHIN, CODEBOOK_WITHIN);
    for (int i = 0; i < CODEBOOK_RULES; i++)
        read_phrases(r, &t->rules[i], cell(r, RULE_COLUMNS[i]));
}

/* A suggestion is no row until a person writes yes beside it. */
static bool is_accepted(const struct reader *r)
{
    static const char *const words[] = {"yes", "y", "true", "1", "x"};
    struct span said = cell(r, ACCEPT);
    if (r->columns[ACCEPT] == SHEET_NONE)
        return true;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (said.len == strlen(words[i]) && strncasecmp(said.at, words[i], said.len) == 0)
            return true;
    return false;
}

static void read_row(void *with)
{
    struct reader *r = with;
    struct span *member = book_setting(r), match = cell(r, MATCH);
    if (!is_accepted(r))
        return;
    if (member && !r->has_field && !cell(r, FROM).len && !cell(r, INTO).len &&
        !cell(r, NOTES).len) {
        *member = kept(r, cell(r, TERM)); /* makes no field yet */
        return;
    }
    struct codebook_field *f = field_of(r, r->has_field ? &r->above : NULL);
    r->above = *f;
    r->has_field = true;
    if (is(match, "setting"))
        read_setting(r, f);
    else if (is(match, "cue"))
        read_cue(r, f);
    else
        read_term(r, f);
}

void codebook_read_csv(struct codebook *b, struct codebook_source *from)
{
    struct reader r = {.book = b, .sheet = &from->sheet};
    sheet_load(r.sheet, b->file, SHEET_CSV, CODEBOOK_COLUMN_NAMES);
    b->guessed = r.sheet->guessed;
    if (r.sheet->rows > CODEBOOK_MOST_ROWS)
        fault_raise(b->file, "has %zu rows, more than %zu", r.sheet->rows, CODEBOOK_MOST_ROWS);
    find_columns(&r);
    for (r.row = 0; r.row < r.sheet->rows; r.row++)
        fault_item(read_row, &r);
}
