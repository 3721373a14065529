/* describe -- what is in the fields of a stream, a line a field, before a schema says it.
 *
 * One pass, in which every value is tried as each kind of thing; then each field's most likely
 * type, how many values are missing and why, its most frequent values, its ranges. --schema and
 * --plan make drafts of it. Memory is bounded for each field, see profile/column.h. */
#include "base/fail.h"
#include "base/show.h"
#include "base/utf8.h"
#include "profile/draft.h"
#include "profile/figures.h"
#include "profile/guess.h"
#include "profile/request.h"
#include "stream/emit.h"
#include "stream/filter.h"
#include "text/date.h"

#include <stdlib.h>

#define NAME_WIDTH 36 /* columns of a field's name */
#define MOST_SHOWN 4  /* values of a field in its line */

struct options {
    bool json, schema, plan, study, codebook, questions;
    const char *name;
};

static const struct opt OPTIONS[] = {
    {"json", 0, NULL, OPT_FLAG, offsetof(struct options, json),
     "write one JSON object a field, with all figures, for programs"},
    {"schema", 0, NULL, OPT_FLAG, offsetof(struct options, schema),
     "write a draft of a schema for normalise instead"},
    {"plan", 0, NULL, OPT_FLAG, offsetof(struct options, plan),
     "write a draft of a plan for tabulate instead, over the draft schema's names"},
    {"study", 0, NULL, OPT_FLAG, offsetof(struct options, study),
     "write a draft of a study's settings instead, over the draft schema's names"},
    {"codebook", 0, NULL, OPT_FLAG, offsetof(struct options, codebook),
     "write a codebook without codes for the fields of free text, for code --residue"},
    {"questions", 0, NULL, OPT_FLAG, offsetof(struct options, questions),
     "write a draft of the questionnaire in a request, as fromdocs reads it"},
    {"name", 0, "TEXT", OPT_TEXT, offsetof(struct options, name),
     "what the records are called in the heading (default: the name of the first file)"},
    {0},
};

static const struct opt_program PROGRAM = {
    .name = "describe",
    .args = "[FILE...]",
    .about = "Says what is in each field of the records: type, missing answers, values, ranges.",
    .options = OPTIONS,
    .notes = "'foi describe FILE.csv' reads spreadsheets as well.\n"
             "  fromcsv foi.csv | describe\n"
             "  fromcsv foi.csv | describe --schema >foi.schema.json",
};

/* ---- a line for people ---- */

static size_t width_of(struct span text)
{
    size_t width = 0;
    for (size_t i = 0; i < text.len; i++)
        width += ((unsigned char)text.at[i] & 0xc0) != 0x80;
    return width;
}

/* TEXT in WIDTH columns, cut with dots where it is longer. */
static void add_padded(struct buf *b, struct span text, size_t width)
{
    struct buf shown = {0};
    show_add(&shown, text, SHOW_FOLDED);
    struct span part = buf_span(&shown);
    bool is_cut = width_of(part) > width;
    while (width_of(part) > (is_cut ? width - 3 : width))
        part.len--;
    while (part.len && part.len < shown.len && ((unsigned char)part.at[part.len] & 0xc0) == 0x80)
        part.len--;
    buf_add(b, part);
    if (is_cut)
        buf_add(b, SPAN("..."));
    for (size_t i = width_of(part) + (is_cut ? 3 : 0); i < width; i++)
        buf_addc(b, ' ');
    buf_free(&shown);
}

static void add_value(struct buf *b, struct span text)
{
    struct buf shown = {0};
    show_add(&shown, text, SHOW_FOLDED);
    size_t length = utf8_valid(buf_span(&shown), NULL) && shown.len > 40 ? 40 : shown.len;
    while (length < shown.len && length && ((unsigned char)shown.at[length] & 0xc0) == 0x80)
        length--;
    buf_add(b, (struct span){shown.at, length});
    if (length < shown.len)
        buf_add(b, SPAN("..."));
    buf_free(&shown);
}

/* "Yes 120, No 71, 3 more" */
static void add_counted(struct buf *b, const struct column_counted *counted, size_t most)
{
    size_t *order = column_ranked(counted), count = counted->names.count;
    for (size_t i = 0; i < count && i < most; i++) {
        buf_add(b, i ? SPAN(", ") : SPAN(""));
        add_value(b, counted->names.keys[order[i]]);
        buf_addf(b, " %zu", counted->counts[order[i]]);
    }
    if (count > most)
        buf_addf(b, ", %zu more", count - most);
    free(order);
}

static void add_dates(struct buf *b, const struct column *c, enum guess_order order)
{
    static const char *const words[] = {[GUESS_ISO] = "",
                                        [GUESS_CLEAR] = "",
                                        [GUESS_DAY_FIRST] = ", day first",
                                        [GUESS_MONTH_FIRST] = ", month first",
                                        [GUESS_EITHER] = ", day or month first (taken for the day)",
                                        [GUESS_MIXED] =
                                            ", some with the day and some with the month first"};
    struct date first = date_of_days(c->first_day), last = date_of_days(c->last_day);
    buf_add(b, span_of(words[order]));
    buf_add(b, SPAN(", from "));
    date_add(b, &first);
    buf_add(b, SPAN(" to "));
    date_add(b, &last);
}

static const char *separator_name(char separator)
{
    return separator == '\n'  ? "line breaks"
           : separator == ',' ? "','"
           : separator == ';' ? "';'"
                              : "'|'";
}

static void add_range(struct buf *b, const struct column *c)
{
    buf_add(b, SPAN(" from "));
    emit_number(b, c->lowest);
    buf_add(b, SPAN(" to "));
    emit_number(b, c->highest);
}

static void add_choices(struct buf *b, const struct column *c, const struct guess *g)
{
    struct column_counted items = guess_choices(c, g);
    buf_add(b, SPAN(": "));
    add_counted(b, &items, MOST_SHOWN);
    column_counted_free(&items);
}

/* What the values are like, by the guess. */
static void add_guess(struct buf *b, const struct column *c, const struct guess *g)
{
    buf_add(b, span_of(guess_type_name(g->type)));
    switch (g->type) {
    case GUESS_INTEGER:
    case GUESS_NUMBER:
    case GUESS_MEASURE:
        add_range(b, c);
        break;
    case GUESS_DATE:
        add_dates(b, c, g->order);
        break;
    case GUESS_YES_NO:
    case GUESS_CATEGORY:
    case GUESS_LIST:
        buf_add(b, SPAN(": "));
        add_counted(b, &c->values, MOST_SHOWN);
        break;
    case GUESS_CHOICES:
        add_choices(b, c, g);
        break;
    case GUESS_STATED:
        buf_add(b, SPAN(", such as '"));
        add_value(b, c->values.names.keys[0]);
        buf_addc(b, '\'');
        break;
    case GUESS_TEXT:
    case GUESS_PROSE:
        buf_addf(b, " of %zu", c->shortest);
        if (c->shortest < c->longest)
            buf_addf(b, " to %zu", c->longest);
        buf_add(b, SPAN(" bytes"));
        if (c->values.names.count) {
            buf_add(b, SPAN(", such as '"));
            add_value(b, c->values.names.keys[0]);
            buf_addc(b, '\'');
        }
        break;
    default:
        break;
    }
}

/* "; 3 are not: Not counted 2, see letter 1" */
static void add_others(struct buf *b, const struct column *c, const struct guess *g)
{
    struct column_counted others = guess_others(c, g);
    buf_addf(b, "; %zu %s not", g->others, g->others == 1 ? "is" : "are");
    if (others.names.count) {
        buf_add(b, SPAN(": "));
        add_counted(b, &others, MOST_SHOWN);
    }
    column_counted_free(&others);
}

static void add_remarks(struct buf *b, const struct column *c, const struct guess *g)
{
    if (g->is_key)
        buf_add(b, SPAN("; a key"));
    if (g->others)
        add_others(b, c, g);
    if (g->separator)
        buf_addf(b, "; several in a cell, by %s", separator_name(g->separator));
    if (c->untrimmed)
        buf_addf(b, "; spaces at the ends of %zu", c->untrimmed);
    for (int kind = DAMAGE_NONE + 1; kind <= DAMAGE_CUT; kind++)
        if (c->damage[kind])
            buf_addf(b, "; damaged (%s) %zu", damage_name((enum damage)kind), c->damage[kind]);
    if (c->excuses.names.count) {
        buf_add(b, SPAN("; no answer: "));
        add_counted(b, &c->excuses, MOST_SHOWN);
    }
    if (c->missing.names.count) {
        buf_add(b, SPAN("; missing: "));
        add_counted(b, &c->missing, MOST_SHOWN);
    }
}

static void write_heading(struct filter *f, const struct columns_seen *c, const char *name)
{
    struct buf *b = &f->out.buf;
    show_add(b, span_of(name), SHOW_FOLDED);
    buf_addf(b, ": %zu records, %zu fields", c->records, c->count);
    output_line(&f->out);
    output_line(&f->out);
    add_padded(b, SPAN("field"), NAME_WIDTH);
    buf_addf(b, " %8s %8s %9s  %s", "filled", "missing", "different", "looks like");
    output_line(&f->out);
}

static void write_text(struct filter *f, const struct columns_seen *c, const char *name)
{
    write_heading(f, c, name);
    size_t prefix, grouped = 0;
    for (size_t i = 0; i < c->count; i++) {
        const struct column *column = c->at[i];
        struct guess g = guess_column(column, c->records);
        struct buf *b = &f->out.buf;
        add_padded(b, column->name, NAME_WIDTH);
        buf_addf(b, " %8zu %8zu %s%*zu  ", column->filled, c->records - column->filled,
                 column->overflows ? "~" : "", column->overflows ? 8 : 9, column_distinct(column));
        add_guess(b, column, &g);
        add_remarks(b, column, &g);
        if (grouped == 0 && (grouped = guess_group(c, i, &prefix)) > 0)
            buf_addf(b, "; the first of %zu options of one question", grouped);
        grouped -= grouped > 0;
        filter_written(f);
    }
}

static void write_json(struct filter *f, const struct columns_seen *c)
{
    for (size_t i = 0; i < c->count; i++) {
        figures_emit(&f->out.buf, c->at[i], c->records);
        filter_written(f);
    }
}

static void write_asked(struct filter *f, const struct columns_seen *seen, const struct options *o)
{
    const char *name = o->name ? o->name : f->operand_count ? f->operands[0] : "<stdin>";
    struct buf *b = &f->out.buf;
    if (o->json)
        write_json(f, seen);
    else if (o->schema)
        draft_schema(b, seen);
    else if (o->plan)
        draft_plan(b, seen);
    else if (o->study)
        draft_study(b, seen, span_of(name));
    else if (o->codebook)
        draft_codebook(b, seen);
    else if (seen->records)
        write_text(f, seen, name);
    if (o->schema || o->plan || o->study || o->codebook)
        filter_written(f);
}

/* The questionnaire of what the records' texts ask. */
static void write_questions(struct filter *f)
{
    struct lookup column = {.name = SPAN("text")};
    struct buf request = {0}, scratch = {0}, *b = &f->out.buf;
    struct record r;
    while (filter_next(f, &r)) {
        const struct value *v = record_find(&r, &column);
        if (v && v->type == VALUE_STRING)
            buf_add(&request, value_text(v, &scratch));
        buf_add(&request, SPAN("\n\n"));
    }
    buf_add(b, SPAN("{\"fields\":["));
    size_t count = request_draft(b, buf_span(&request));
    if (count == REQUEST_MOST)
        fail(STATUS_DATA, "a request of %d questions or more is none", REQUEST_MOST);
    if (count == 0)
        fail(STATUS_DATA, "no questions: no lines numbered from 1, and no sentence that ends in "
                          "a question mark");
    buf_add(b, SPAN("]}"));
    filter_written(f);
    buf_free(&request);
    buf_free(&scratch);
}

int main(int argc, char **argv)
{
    struct options o = {0};
    struct columns_seen seen = {0};
    struct filter f;
    struct record r;
    filter_open(&f, &PROGRAM, &o, argc, argv);
    if (o.json + o.schema + o.plan + o.study + o.codebook + o.questions > 1)
        fail(STATUS_USAGE, "one of '--json', '--schema', '--plan', '--study', '--codebook' and "
                           "'--questions' at a time (try --help)");
    if (o.questions) {
        write_questions(&f);
        return filter_close(&f);
    }
    while (filter_next(&f, &r))
        columns_seen_look(&seen, &r);
    if (seen.unread)
        warn("%zu records have a '_missing' that is no object of reasons (passed over)",
             seen.unread);
    write_asked(&f, &seen, &o);
    columns_seen_free(&seen);
    return filter_close(&f);
}
