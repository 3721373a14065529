/* tocsv -- records into CSV for spreadsheets.
 *
 * The columns are those of -f, or else the fields of the first record: so one
 * pass is enough, and a later record with another field is bad data rather than
 * a field lost. Cells are quoted where RFC 4180 asks for it.
 * Memory: one record and the names of the columns. */
#include "stream/csvcell.h"
#include "stream/csvin.h"
#include "stream/filter.h"
#include "stream/flat.h"

#include <stdlib.h>
#include <strings.h>

enum line_end { LINE_CRLF, LINE_LF };

static const struct choice LINE_ENDS[] = {{"crlf", LINE_CRLF}, {"lf", LINE_LF}, {0}};

struct options {
    const char *fields, *separator, *list_separator, *missing;
    bool reasons, guard_formulas, no_guard, byte_order_mark;
    int line_end;
};

static const struct opt OPTIONS[] = {
    {"fields", 'f', "FIELD,...", OPT_TEXT, offsetof(struct options, fields),
     "the fields that become columns, in this order (default: those of the first record)"},
    {"delimiter", 'd', "CHAR", OPT_TEXT, offsetof(struct options, separator),
     "what separates cells: one character or 'tab' (default: a comma)"},
    {"list-separator", 0, "TEXT", OPT_TEXT, offsetof(struct options, list_separator),
     "what stands between the items of a list (default: '; ')"},
    {"missing", 0, "TEXT", OPT_TEXT, offsetof(struct options, missing),
     "what is written for a missing value (default: nothing)"},
    {"reasons", 0, NULL, OPT_FLAG, offsetof(struct options, reasons),
     "write for a missing value the reason that it is missing"},
    {"line-end", 0, NULL, OPT_CHOICE(LINE_ENDS), offsetof(struct options, line_end),
     "how rows end (default: crlf, as RFC 4180 has it)"},
    {"bom", 0, NULL, OPT_FLAG, offsetof(struct options, byte_order_mark),
     "begin with a byte order mark, so that Excel reads UTF-8"},
    {"guard-formulas", 0, NULL, OPT_FLAG, offsetof(struct options, guard_formulas),
     "put an apostrophe before every text that any spreadsheet might take for a formula, numbers "
     "and full-width signs too (default: before those that begin with = + - @)"},
    {"no-guard", 0, NULL, OPT_FLAG, offsetof(struct options, no_guard),
     "write such texts as they are"},
    {0},
};

static const struct opt_program PROGRAM = {
    .name = "tocsv",
    .args = "[FILE...]",
    .about = "Turns records into CSV with a header row, for spreadsheets.",
    .options = OPTIONS,
    .notes = "Fields of the tools that are objects or lists, such as _missing, become columns "
             "only if -f names them.\n"
             "  tocsv -f trust,grant,tech --bom merged.jsonl >merged.csv",
};

struct table {
    const struct options *options;
    struct flat flat;
    char separator;
    struct buf guarded;
};

static void put_text(struct buf *b, struct table *t, struct span text)
{
    const struct options *o = t->options;
    csvcell_put_guarded(b, text, t->separator,
                        o->guard_formulas ? CSVCELL_STRICT
                        : o->no_guard     ? CSVCELL_RAW
                                          : CSVCELL_USUAL,
                        &t->guarded);
}

static void end_row(struct filter *f, const struct table *t, size_t start)
{
    struct buf *b = &f->out.buf;
    if (b->len - start + 1 == t->flat.names.count) { /* nothing but separators */
        b->len = start;
        buf_add(b, SPAN("\"\"")); /* a blank line or row is no row to most readers */
        for (size_t i = 1; i < t->flat.names.count; i++)
            buf_addc(b, t->separator);
    }
    if (t->options->line_end == LINE_CRLF)
        buf_addc(b, '\r');
}

/* Whether readers take HEADER, a line, for one that names the separator. */
static bool is_separator_line(struct span header)
{
    return (header.len == 5 || (header.len == 7 && header.at[0] == '"')) &&
           strncasecmp(header.at + (header.len == 7), "sep=", 4) == 0;
}

static void write_header(struct filter *f, struct table *t)
{
    struct buf *b = &f->out.buf;
    if (t->options->byte_order_mark)
        buf_add(b, SPAN("\xef\xbb\xbf"));
    size_t start = b->len;
    for (size_t i = 0; i < t->flat.names.count; i++) {
        if (i)
            buf_addc(b, t->separator);
        put_text(b, t, t->flat.names.keys[i]);
    }
    if (is_separator_line(buf_from(b, start))) {
        b->len = start; /* the first such line is taken for no header, the second is one */
        buf_addf(b, "sep=%c%s\n", t->separator, t->options->line_end == LINE_CRLF ? "\r" : "");
        put_text(b, t, t->flat.names.keys[0]);
    }
    end_row(f, t, start);
    output_line(&f->out);
}

/* R as a row at the end of the output; nothing if it is rejected. */
static void write_row(struct filter *f, struct table *t, const struct record *r)
{
    struct buf *b = &f->out.buf;
    size_t start = b->len, found = 0;
    const struct value *v;
    struct span text;
    if (!flat_next(&t->flat, f, r))
        return;
    for (size_t i = 0; i < t->flat.names.count; i++) {
        if (i)
            buf_addc(b, t->separator);
        if (!flat_text(&t->flat, f, r, i, &v, &text)) {
            b->len = start;
            return;
        }
        found += v != NULL;
        bool is_text =
            value_missing(v) ? t->flat.reasons : v->type == VALUE_STRING || v->type == VALUE_LIST;
        if (is_text)
            put_text(b, t, text);
        else
            csvcell_put(b, text, t->separator);
    }
    if (!flat_end(&t->flat, f, r, found)) {
        b->len = start;
        return;
    }
    end_row(f, t, start);
    filter_written(f);
}

static void run(struct filter *f, struct table *t)
{
    struct record r;
    if (t->flat.are_asked && flat_begin(&t->flat, f, NULL))
        write_header(f, t);
    while (filter_next(f, &r)) {
        bool is_first = !t->flat.columns;
        if (is_first && !flat_begin(&t->flat, f, &r))
            continue;
        if (is_first)
            write_header(f, t);
        write_row(f, t, &r);
    }
    flat_tell(&t->flat, f);
}

int main(int argc, char **argv)
{
    struct options o = {.separator = ",", .list_separator = "; ", .missing = ""};
    struct table t = {.options = &o};
    struct filter f;
    filter_open(&f, &PROGRAM, &o, argc, argv);
    t.flat = (struct flat){
        .list_separator = o.list_separator, .missing = o.missing, .reasons = o.reasons};
    t.separator = csvin_separator(o.separator);
    flat_ask(&t.flat, &f, o.fields);
    run(&f, &t);
    flat_free(&t.flat);
    buf_free(&t.guarded);
    return filter_close(&f);
}
