/* fromcsv -- CSV in any spreadsheet's dialect and encoding into records, one a row.
 *
 * Values are strings, an empty cell is "", no byte of a cell is changed. What
 * stands before a value is put together once for each column, so that a row is
 * written by copying. A row with more or fewer cells than the header, or that
 * is no text in the file's encoding, is bad data.
 * Memory: one row and a block of input, whatever the file's length. */
#include "base/arena.h"
#include "base/bytes.h"
#include "base/fail.h"
#include "base/intern.h"
#include "base/optlist.h"
#include "base/utf8.h"
#include "stream/csvin.h"
#include "stream/emit.h"
#include "stream/filter.h"

#include <stdlib.h>

static const struct choice READERS[] = {{"direct", CSVROW_DIRECT}, {"libcsv", CSVROW_LIBCSV}, {0}};

struct options {
    const char *separator, *encoding, *names;
    size_t skip, max_columns;
    bool origin;
    int reader;
};

static const struct opt OPTIONS[] = {
    {"delimiter", 'd', "auto|CHAR", OPT_TEXT, offsetof(struct options, separator),
     "what separates cells: one character or 'tab' (default: auto, found out for each file)"},
    {"encoding", 'e', "auto|ENCODING", OPT_TEXT, offsetof(struct options, encoding),
     "the files' encoding, as 'iconv -l' names it (default: auto, found out for each file)"},
    {"header", 'H', "NAME,...", OPT_TEXT, offsetof(struct options, names),
     "the files have no header row: these are the names of their columns"},
    {"skip", 0, "N", OPT_COUNT, offsetof(struct options, skip),
     "pass over the first N lines of each file, such as titles above the header"},
    {"max-columns", 0, "N", OPT_COUNT_FROM(1), offsetof(struct options, max_columns),
     "refuse a header of more than N columns, as a wrong delimiter or stray cells make it "
     "(default: "
     "no limit)"},
    {"origin", 0, NULL, OPT_FLAG, offsetof(struct options, origin),
     "add _origin, \"FILE:LINE\" with the line on which the row starts"},
    {"reader", 0, NULL, OPT_CHOICE(READERS), offsetof(struct options, reader),
     "how rows are cut: 'libcsv' leaves all to that library, slower and with the same result "
     "(default: direct)"},
    {0},
};

static const struct opt_program PROGRAM = {
    .name = "fromcsv",
    .args = "[FILE...]",
    .about = "Turns CSV files into records, a JSON object a row. Each file begins with a header "
             "row, unless -H names the columns.",
    .options = OPTIONS,
    .notes = "  fromcsv --origin foi.csv | normalise -s foi.schema.json",
};

/* What stands before a column's value in a record, after the value of the one before. */
struct lead {
    size_t from, len; /* in struct table's leads */
};

struct table {
    struct intern names;   /* with --origin _origin first, then the columns' */
    size_t first, columns; /* the first column's place in names; their number */
    struct lead *leads;
    size_t leads_cap;
    struct buf text;   /* of the leads: {"a":" then ","b":" and so on */
    struct buf origin; /* ","_origin":"FILE: */
    json_t *renamed;   /* for --stats */
};

static json_t *checked(json_t *value)
{
    if (!value)
        fail_memory();
    return value;
}

static void set(json_t *object, const char *name, json_t *value)
{
    if (json_object_set_new(object, name, checked(value)) != 0)
        fail_memory();
}

static void append(json_t *list, json_t *value)
{
    if (json_array_append_new(list, checked(value)) != 0)
        fail_memory();
}

static json_t *json_text(struct span text)
{
    return json_stringn(text.at, text.len);
}

/* The first of STEM, STEM_2, STEM_3, ... that is neither a header nor a name yet. *TRIED is
 * where an earlier search for the same stem ended. */
static void free_name(struct table *t, const struct intern *headers, struct span stem,
                      size_t *tried, struct buf *name)
{
    buf_clear(name);
    buf_add(name, stem);
    while (intern_find(headers, buf_span(name)) != INTERN_NONE ||
           intern_find(&t->names, buf_span(name)) != INTERN_NONE) {
        *tried = *tried ? *tried + 1 : 2;
        name->len = stem.len;
        buf_addf(name, "_%zu", *tried);
    }
}

static void add_renamed(struct filter *f, struct table *t, const char *file, size_t column,
                        struct span header, struct span name)
{
    if (header.len)
        filter_say(f, "%s: column %zu repeats the header %s, named %s", file, column, quote(header),
                   quote(name));
    else
        filter_say(f, "%s: column %zu has no header, named %s", file, column, quote(name));
    json_t *entry = checked(json_object());
    set(entry, "column", json_integer((json_int_t)column));
    set(entry, "header", json_text(header));
    set(entry, "name", json_text(name));
    append(t->renamed, entry);
}

/* Takes the header row as the columns' names. An empty header is named by its place, a repeated
 * one by a number behind it. */
static void take_header(struct filter *f, struct table *t, const struct csvin *c)
{
    struct intern headers = {0};
    size_t *tried = NULL, tried_cap = 0;
    struct buf name = {0}, stem = {0};
    for (size_t i = 0; i < c->row.count; i++)
        intern_add(&headers, c->row.cells[i]);
    tried = array_grow(tried, &tried_cap, headers.count, sizeof *tried);
    memset(tried, 0, tried_cap * sizeof *tried);
    for (size_t i = 0; i < c->row.count; i++) {
        struct span header = c->row.cells[i];
        size_t none = 0;
        if (header.len && intern_find(&t->names, header) == INTERN_NONE) {
            intern_add(&t->names, header);
            continue;
        }
        if (header.len) {
            free_name(t, &headers, header, &tried[intern_find(&headers, header)], &name);
        } else {
            buf_clear(&stem);
            buf_addf(&stem, "column_%zu", i + 1);
            free_name(t, &headers, buf_span(&stem), &none, &name);
        }
        intern_add(&t->names, buf_span(&name));
        add_renamed(f, t, c->file, i + 1, header, buf_span(&name));
    }
    t->columns = c->row.count;
    free(tried);
    intern_free(&headers);
    buf_free(&name);
    buf_free(&stem);
}

/* Puts together what stands around the values of every row of FILE. */
static void make_leads(struct table *t, const char *file)
{
    struct buf *b = &t->text;
    buf_clear(b);
    t->leads = array_grow(t->leads, &t->leads_cap, t->columns, sizeof *t->leads);
    for (size_t i = 0; i < t->columns; i++) {
        size_t from = b->len;
        buf_add(b, i ? SPAN("\",") : SPAN("{"));
        emit_string(b, t->names.keys[t->first + i]);
        buf_add(b, SPAN(":\""));
        t->leads[i] = (struct lead){from, b->len - from};
    }
    buf_reserve(b, BYTES_BLOCK);
    buf_clear(&t->origin);
    if (t->first == 0)
        return;
    buf_add(&t->origin, SPAN("\",\"_origin\":"));
    emit_any_string(&t->origin, span_of(file));
    t->origin.at[t->origin.len - 1] = ':';
}

/* Copies in whole blocks: TO has room for up to a block more, FROM is readable as far. */
static inline char *copy(char *to, const char *from, size_t len)
{
    for (size_t i = 0; i < len; i += BYTES_BLOCK)
        memcpy(to + i, from + i, BYTES_BLOCK);
    return to + len;
}

/* The row's cells with their leads, if no byte of them needs an escape. */
static void write_plain(struct buf *b, const struct table *t, const struct csvin *c)
{
    buf_reserve(b, t->text.len + c->raw.len + BYTES_BLOCK);
    char *to = b->at + b->len;
    for (size_t i = 0; i < t->columns; i++) {
        to = copy(to, t->text.at + t->leads[i].from, t->leads[i].len);
        to = copy(to, c->row.cells[i].at, c->row.cells[i].len);
    }
    b->len = (size_t)(to - b->at);
}

static void write_escaped(struct buf *b, const struct table *t, const struct csvin *c)
{
    for (size_t i = 0; i < t->columns; i++) {
        struct span cell = c->row.cells[i];
        buf_reserve(b, t->leads[i].len + cell.len + BYTES_BLOCK);
        char *to = copy(b->at + b->len, t->text.at + t->leads[i].from, t->leads[i].len);
        if (bytes_skip_plain(cell.at, cell.at + cell.len) == cell.at + cell.len) {
            b->len = (size_t)(copy(to, cell.at, cell.len) - b->at);
            continue;
        }
        b->len = (size_t)(to - b->at) - 1; /* both quotes stand in the leads too */
        emit_string(b, cell);
        b->len--;
    }
}

static void write_row(struct filter *f, const struct table *t, const struct csvin *c)
{
    struct buf *b = &f->out.buf;
    if (c->row.escapes)
        write_escaped(b, t, c);
    else
        write_plain(b, t, c);
    if (t->origin.len) {
        buf_add(b, buf_span(&t->origin));
        emit_count(b, c->line);
    }
    buf_add(b, SPAN("\"}"));
    filter_written(f);
}

/* Takes the names of the file's columns. False if it has no row at all. */
static bool read_header(struct filter *f, struct table *t, struct csvin *c, const struct options *o)
{
    t->renamed = checked(json_array());
    if (!o->names) {
        enum csvin_status status = csvin_next(c);
        if (status == CSVIN_END)
            return false;
        if (status == CSVIN_BAD)
            fail(STATUS_DATA, "%s:%zu:%zu: header: %s", c->file, c->error_line, c->error_column,
                 buf_text(&c->error));
        if (c->row.count > o->max_columns)
            fail(STATUS_DATA, "%s:%zu: header has %zu columns, more than %zu (see --max-columns)",
                 c->file, c->line, c->row.count, o->max_columns);
        intern_clear(&t->names);
        if (t->first)
            intern_add(&t->names, SPAN("_origin"));
        take_header(f, t, c);
    }
    make_leads(t, c->file);
    return true;
}

static void read_rows(struct filter *f, const struct table *t, struct csvin *c)
{
    struct buf raw = {0};
    for (enum csvin_status status; (status = csvin_next(c)) != CSVIN_END;) {
        f->read++;
        if (status == CSVIN_BAD)
            filter_reject_raw(f, c->file, c->error_line, c->error_column,
                              decode_restore(&c->text, c->raw, &raw), "%s", buf_text(&c->error));
        else if (c->row.count != t->columns)
            filter_reject_raw(f, c->file, c->line, 0, c->raw, "row has %zu cell%s, header has %zu",
                              c->row.count, c->row.count == 1 ? "" : "s", t->columns);
        else
            write_row(f, t, c);
        filter_progress(f, f->read, c->text.in.bytes);
    }
    buf_free(&raw);
}

/* What was found out about a file, for -v and --stats. */
static void say_file(struct filter *f, const struct csvin *c)
{
    static const char *const by_encoding[] = {"asked for", "by its byte order mark", "guessed"};
    static const char *const by_separator[] = {"asked for", "by its sep= line", "guessed"};
    filter_say(f, "%s: encoding %s (%s), separator %s (%s)", c->file, c->text.encoding,
               by_encoding[c->text.by], quote((struct span){&c->row.separator, 1}),
               by_separator[c->separator_by]);
}

static void add_file(json_t *files, const struct table *t, const struct csvin *c)
{
    static const char *const by_encoding[] = {"option", "byte order mark", "guess"};
    static const char *const by_separator[] = {"option", "sep= line", "guess"};
    struct buf name = {0};
    emit_any_string(&name, span_of(c->file));
    json_t *entry = checked(json_object());
    set(entry, "file", json_loadb(name.at, name.len, JSON_DECODE_ANY, NULL));
    set(entry, "encoding", json_string(c->text.encoding));
    set(entry, "encoding_by", json_string(by_encoding[c->text.by]));
    set(entry, "separator", json_stringn(&c->row.separator, 1));
    set(entry, "separator_by", json_string(by_separator[c->separator_by]));
    set(entry, "columns", json_integer((json_int_t)t->columns));
    set(entry, "blank_lines", json_integer((json_int_t)c->blank_lines));
    set(entry, "renamed", t->renamed);
    append(files, entry);
    buf_free(&name);
}

static void run(struct filter *f, const struct options *o, struct csvin *c)
{
    struct table t = {0};
    json_t *files = checked(json_array());
    if (o->origin) {
        intern_add(&t.names, SPAN("_origin"));
        t.first = 1;
    }
    if (o->names)
        t.columns = optlist_names("header", o->names, &t.names);
    if (t.columns > o->max_columns)
        fail(STATUS_USAGE, "option '--header' names %zu columns, more than %zu (see --max-columns)",
             t.columns, o->max_columns);
    c->options.columns = t.columns;
    while (csvin_file(c)) {
        if (c->text.workbook)
            fail(STATUS_DATA, "%s: a workbook, no CSV (use fromsheet)", c->file);
        say_file(f, c);
        if (!o->names)
            t.columns = 0;
        if (read_header(f, &t, c, o))
            read_rows(f, &t, c);
        add_file(files, &t, c);
    }
    set(f->counts, "files", files);
    intern_free(&t.names);
    free(t.leads);
    buf_free(&t.text);
    buf_free(&t.origin);
}

static bool is_auto(const char *value)
{
    return strcmp(value, "auto") == 0;
}

int main(int argc, char **argv)
{
    struct options o = {.separator = "auto", .encoding = "auto", .max_columns = SIZE_MAX};
    struct filter f;
    filter_start(&f, &PROGRAM, &o, argc, argv);
    struct csvin_options how = {
        .encoding = is_auto(o.encoding) ? NULL : o.encoding,
        .separator = is_auto(o.separator) ? '\0' : csvin_separator(o.separator),
        .skip = o.skip,
        .max_row = f.options.max_line,
        .reader = (enum csvrow_reader)o.reader,
    };
    struct csvin c;
    csvin_open(&c, f.operands, f.operand_count, &how);
    run(&f, &o, &c);
    csvin_close(&c);
    return filter_close(&f);
}
