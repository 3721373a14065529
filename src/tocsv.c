/* tocsv -- records into CSV for spreadsheets.
 *
 * The columns are those of -f, or else the fields of the first record: so one
 * pass is enough, and a later record with another field is bad data rather than
 * a field lost. Cells are quoted where RFC 4180 asks for it.
 * Memory: one record and the names of the columns. */
#include "base/arena.h"
#include "base/fail.h"
#include "base/optlist.h"
#include "stream/csvcell.h"
#include "stream/csvin.h"
#include "stream/filter.h"
#include "stream/missing.h"

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
    char separator;
    struct intern names;
    struct lookup *columns;
    size_t cap;
    struct missing missing;
    struct buf guarded, list, scratch;
    size_t left_out; /* values of the tools' own fields */
};

static struct span guarded(struct table *t, struct span text)
{
    const struct options *o = t->options;
    return csvcell_guarded(&t->guarded, text,
                           o->guard_formulas ? CSVCELL_STRICT
                           : o->no_guard     ? CSVCELL_RAW
                                             : CSVCELL_USUAL);
}

/* One value, not missing, as text. False if CSV cannot hold it: then it is rejected. */
static bool plain_text(struct table *t, struct filter *f, const struct record *r,
                       const struct lookup *c, const struct value *v, struct span *text)
{
    *text = value_text(v, &t->scratch);
    if (v->type != VALUE_STRING || !v->escaped || !memchr(text->at, '\0', text->len))
        return true;
    filter_reject(f, r, c->name, "%s holds a NUL character, which CSV cannot", quote(*text));
    return false;
}

static bool list_text(struct table *t, struct filter *f, const struct record *r,
                      const struct lookup *c, const struct value *list, struct span *text)
{
    struct span separator = span_of(t->options->list_separator), rest = list->raw;
    struct value item;
    buf_clear(&t->list);
    for (bool first = true; value_next(&rest, NULL, &item); first = false) {
        struct span part = {"", 0};
        if (item.type != VALUE_NULL && !plain_text(t, f, r, c, &item, &part))
            return false;
        if (part.len && separator.len && memmem(part.at, part.len, separator.at, separator.len)) {
            filter_reject(f, r, c->name, "item %s holds %s (see --list-separator)", quote(part),
                          quote(separator));
            return false;
        }
        if (!first)
            buf_add(&t->list, separator);
        buf_add(&t->list, part);
    }
    *text = buf_span(&t->list);
    return true;
}

static bool cell_text(struct table *t, struct filter *f, const struct record *r,
                      const struct lookup *c, const struct value *v, struct span *text)
{
    if (value_missing(v)) {
        *text = t->options->reasons ? guarded(t, missing_reason(&t->missing, c->name, v))
                                    : span_of(t->options->missing);
        return true;
    }
    bool good =
        v->type == VALUE_LIST ? list_text(t, f, r, c, v, text) : plain_text(t, f, r, c, v, text);
    if (good && (v->type == VALUE_STRING || v->type == VALUE_LIST))
        *text = guarded(t, *text);
    return good;
}

static void end_row(struct filter *f, const struct table *t, size_t start)
{
    struct buf *b = &f->out.buf;
    if (b->len - start + 1 == t->names.count) { /* nothing but separators */
        b->len = start;
        buf_add(b, SPAN("\"\"")); /* a blank line or row is no row to most readers */
        for (size_t i = 1; i < t->names.count; i++)
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
    t->columns = array_grow(t->columns, &t->cap, t->names.count, sizeof *t->columns);
    for (size_t i = 0; i < t->names.count; i++) {
        t->columns[i] = (struct lookup){.name = t->names.keys[i]};
        if (i)
            buf_addc(b, t->separator);
        csvcell_put(b, guarded(t, t->names.keys[i]), t->separator);
    }
    if (is_separator_line((struct span){b->at + start, b->len - start})) {
        b->len = start; /* the first such line is taken for no header, the second is one */
        buf_addf(b, "sep=%c%s\n", t->separator, t->options->line_end == LINE_CRLF ? "\r" : "");
        csvcell_put(b, guarded(t, t->names.keys[0]), t->separator);
    }
    end_row(f, t, start);
    output_line(&f->out);
}

/* Fields that the tools keep beside the answers, and that are more than a cell holds. */
static bool is_aside(const struct field *field)
{
    return field->name.len && field->name.at[0] == '_' &&
           (field->value.type == VALUE_OBJECT || field->value.type == VALUE_LIST);
}

/* The first record's fields become the columns. False if that gives none. */
static bool take_fields(struct filter *f, struct table *t, const struct record *r)
{
    for (size_t i = 0; i < r->count; i++)
        if (!is_aside(&r->fields[i]))
            intern_add(&t->names, r->fields[i].name);
    if (t->names.count == 0) {
        filter_reject(f, r, (struct span){0}, "no field to make a column of (see --fields)");
        return false;
    }
    write_header(f, t);
    return true;
}

/* Fields of R without a column: false, and rejected, if one is not to be left out. */
static bool check_others(struct filter *f, struct table *t, const struct record *r)
{
    for (size_t i = 0; i < r->count; i++) {
        if (intern_find(&t->names, r->fields[i].name) != INTERN_NONE)
            continue;
        if (!is_aside(&r->fields[i])) {
            filter_reject(f, r, r->fields[i].name,
                          "no column, as the first record has no such field (see --fields)");
            return false;
        }
        t->left_out++;
    }
    return true;
}

/* R as a row at the end of the output; nothing if it is rejected. */
static void write_row(struct filter *f, struct table *t, const struct record *r)
{
    struct buf *b = &f->out.buf;
    size_t start = b->len, found = 0;
    struct span text;
    if (t->options->reasons && !missing_read(&t->missing, r)) {
        filter_reject(f, r, SPAN("_missing"), "not an object of reasons");
        return;
    }
    for (size_t i = 0; i < t->names.count; i++) {
        struct lookup *c = &t->columns[i];
        const struct value *v = record_find(r, c);
        found += v != NULL;
        if (i)
            buf_addc(b, t->separator);
        if (!cell_text(t, f, r, c, v, &text)) {
            b->len = start;
            return;
        }
        csvcell_put(b, text, t->separator);
    }
    if (found < r->count && !t->options->fields && !check_others(f, t, r)) {
        b->len = start;
        return;
    }
    end_row(f, t, start);
    filter_written(f);
}

static void run(struct filter *f, struct table *t)
{
    struct record r;
    if (t->options->fields)
        write_header(f, t);
    while (filter_next(f, &r))
        if (t->columns || take_fields(f, t, &r))
            write_row(f, t, &r);
    if (t->left_out)
        filter_say(f, "values of fields such as _missing left out: %zu (see --fields, --reasons)",
                   t->left_out);
    filter_count(f, "columns", t->names.count);
    filter_count(f, "left_out", t->left_out);
}

int main(int argc, char **argv)
{
    struct options o = {.separator = ",", .list_separator = "; ", .missing = ""};
    struct table t = {.options = &o};
    struct filter f;
    filter_open(&f, &PROGRAM, &o, argc, argv);
    if (o.reasons && *o.missing)
        fail(STATUS_USAGE, "options '--missing' and '--reasons' exclude each other (try --help)");
    t.separator = csvin_separator(o.separator);
    if (o.fields)
        optlist_names("fields", o.fields, &t.names);
    for (size_t i = 0; i < t.names.count; i++)
        asked_field(&f.asked, ASKED_MAIN, t.names.keys[i], "--fields");
    run(&f, &t);
    intern_free(&t.names);
    missing_free(&t.missing);
    free(t.columns);
    buf_free(&t.guarded);
    buf_free(&t.list);
    buf_free(&t.scratch);
    return filter_close(&f);
}
