/* toxlsx -- records into a workbook of Excel's, as tocsv makes CSV of them.
 *
 * One sheet with a header that stays in sight and filters. Cells are typed: numbers that a
 * double holds to the last digit are numbers, true and false are that, ISO dates are dates, all
 * else is text, which is never a formula. A row is written when it is read, so memory is one
 * record; the library keeps the sheet in a file of its own until the end. */
#include "base/allocators.h"
#include "base/fail.h"
#include "stream/filter.h"
#include "stream/flat.h"
#include "xlsxout/xlsxout.h"

struct options {
    const char *fields, *list_separator, *missing, *sheet;
    bool reasons, text;
};

static const struct opt OPTIONS[] = {
    {"fields", 'f', "FIELD,...", OPT_TEXT, offsetof(struct options, fields),
     "the fields that become columns, in this order (default: those of the first record)"},
    {"list-separator", 0, "TEXT", OPT_TEXT, offsetof(struct options, list_separator),
     "what stands between the items of a list (default: '; ')"},
    {"missing", 0, "TEXT", OPT_TEXT, offsetof(struct options, missing),
     "what is written for a missing value (default: nothing)"},
    {"reasons", 0, NULL, OPT_FLAG, offsetof(struct options, reasons),
     "write for a missing value the reason that it is missing"},
    {"sheet", 0, "NAME", OPT_TEXT, offsetof(struct options, sheet),
     "what the sheet is called (default: records)"},
    {"text", 0, NULL, OPT_FLAG, offsetof(struct options, text),
     "write every value as text, as it stands in the record"},
    {0},
};

static const struct opt_program PROGRAM = {
    .name = "toxlsx",
    .args = "[FILE...]",
    .about = "Turns records into a workbook with a header row, for spreadsheets.",
    .options = OPTIONS,
    .notes = "Fields of the tools that are objects or lists, such as _missing, become columns "
             "only if -f names them.\n"
             "  toxlsx -f trust,grant,tech -o merged.xlsx merged.jsonl",
};

struct table {
    const struct options *options;
    struct flat flat;
    struct xlsxout book;
    struct xlsxout_sheet sheet;
    size_t rows;
};

static void write_header(struct table *t)
{
    if (t->flat.names.count > XLSXOUT_COLUMNS)
        fail(STATUS_DATA, "%zu columns, more than the %zu of a sheet (see --fields)",
             t->flat.names.count, XLSXOUT_COLUMNS);
    for (size_t i = 0; i < t->flat.names.count; i++)
        xlsxout_put(&t->book, &t->sheet, 0, i, t->flat.names.keys[i], XLSXOUT_HEAD);
    t->rows = 1;
}

static void put_value(struct table *t, size_t column, const struct value *v, struct span text)
{
    size_t row = t->rows;
    if (t->options->text || value_missing(v)) {
        if (text.len)
            xlsxout_put(&t->book, &t->sheet, row, column, text, XLSXOUT_PLAIN);
    } else if (v->type == VALUE_TRUE || v->type == VALUE_FALSE) {
        xlsxout_put_bool(&t->book, &t->sheet, row, column, v->type == VALUE_TRUE);
    } else if (v->type == VALUE_NUMBER) {
        xlsxout_put_exact(&t->book, &t->sheet, row, column, text);
    } else if (!xlsxout_put_date(&t->book, &t->sheet, row, column, text)) {
        xlsxout_put(&t->book, &t->sheet, row, column, text, XLSXOUT_PLAIN);
    }
}

/* Whether every cell of R can be written, since rows that were begun cannot be taken back. */
static bool fits(struct filter *f, struct table *t, const struct record *r)
{
    size_t found = 0;
    const struct value *v;
    struct span text;
    if (!flat_next(&t->flat, f, r))
        return false;
    for (size_t i = 0; i < t->flat.names.count; i++) {
        if (!flat_text(&t->flat, f, r, i, &v, &text))
            return false;
        found += v != NULL;
        if (!xlsxout_holds(text)) {
            filter_reject(f, r, t->flat.names.keys[i],
                          "longer than the %zu characters that a cell of a workbook holds",
                          XLSXOUT_TEXT);
            return false;
        }
    }
    return flat_end(&t->flat, f, r, found);
}

static void write_row(struct filter *f, struct table *t, const struct record *r)
{
    const struct value *v;
    struct span text;
    if (!fits(f, t, r))
        return;
    if (t->rows == XLSXOUT_ROWS)
        fail(STATUS_DATA, "%s:%zu: more records than the %zu rows of a sheet", r->file, r->number,
             XLSXOUT_ROWS);
    for (size_t i = 0; i < t->flat.names.count; i++)
        if (flat_text(&t->flat, f, r, i, &v, &text))
            put_value(t, i, v, text);
    t->rows++;
    f->written++;
}

static void run(struct filter *f, struct table *t)
{
    struct record r;
    if (t->flat.are_asked && flat_begin(&t->flat, f, NULL))
        write_header(t);
    while (filter_next(f, &r)) {
        bool is_first = !t->flat.columns;
        if (is_first && !flat_begin(&t->flat, f, &r))
            continue;
        if (is_first)
            write_header(t);
        write_row(f, t, &r);
    }
    if (t->rows)
        xlsxout_filter(&t->sheet, t->rows, t->flat.names.count);
    flat_tell(&t->flat, f);
}

int main(int argc, char **argv)
{
    struct options o = {.list_separator = "; ", .missing = "", .sheet = "records"};
    struct table t = {.options = &o};
    struct filter f;
    filter_open(&f, &PROGRAM, &o, argc, argv);
    t.flat = (struct flat){
        .list_separator = o.list_separator, .missing = o.missing, .reasons = o.reasons};
    flat_ask(&t.flat, &f, o.fields);
    xlsxout_open(&t.book, (struct span){0}, XLSXOUT_ROWWISE);
    t.sheet = xlsxout_sheet(&t.book, span_of(o.sheet));
    run(&f, &t);
    xlsxout_finish(&t.book, &f.out);
    flat_free(&t.flat);
    return filter_close(&f);
}
