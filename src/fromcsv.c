/* fromcsv -- CSV in any spreadsheet's dialect and encoding into records, one a row.
 *
 * Values are strings, an empty cell is "", no byte of a cell is changed. Every row of a file is a
 * record, bad data, or counted: a blank row, a repeated header, a footer. What spreadsheets leave
 * out or add at the ends of rows is filled or dropped, counted and, where it may be more than
 * that, said.
 * Memory: one row and a block of input, whatever the file's length. */
#include "base/allocators.h"
#include "base/digest.h"
#include "base/fail.h"
#include "base/optlist.h"
#include "stream/csvcut.h"
#include "stream/emit.h"

static const struct choice READERS[] = {{"direct", CSVROW_DIRECT}, {"libcsv", CSVROW_LIBCSV}, {0}};
static const struct choice RAGGED[] = {{"fill", CSVTABLE_FILL}, {"reject", CSVTABLE_REJECT}, {0}};
static const struct choice BLANK_ROWS[] = {{"drop", CSVTABLE_DROP}, {"keep", CSVTABLE_KEEP}, {0}};

#define MAX_COLUMNS 16384 /* of a sheet in Excel and LibreOffice */

struct options {
    const char *separator, *encoding, *names, *skip, *quote, *escape;
    const char *part, *cuts;
    size_t header_rows, max_columns, parts;
    int ragged, blank_rows, reader;
    bool origin, digest, stop_at_blank, skip_space, mixed;
};

static const struct opt OPTIONS[] = {
    {"delimiter", 'd', "auto|CHAR", OPT_TEXT, offsetof(struct options, separator),
     "what separates cells: one character or 'tab' (default: auto, detected for each file)"},
    {"encoding", 'e', "auto|ENCODING", OPT_TEXT, offsetof(struct options, encoding),
     "the files' encoding, as 'iconv -l' names it (default: auto, detected for each file)"},
    {"mixed", 0, NULL, OPT_FLAG, offsetof(struct options, mixed),
     "read bytes that are not UTF-8 as windows-1252, row by row, and say how many rows have them"},
    {"header", 'H', "NAME,...", OPT_TEXT, offsetof(struct options, names),
     "the files have no header row: these are the names of their columns"},
    {"header-rows", 0, "N", OPT_COUNT_FROM(1), offsetof(struct options, header_rows),
     "the first N rows together name the columns, their cells joined by a space (default: 1)"},
    {"skip", 0, "N|auto", OPT_TEXT, offsetof(struct options, skip),
     "skip the first N lines of each file, such as titles above the header; auto: those above the "
     "first row that is as wide and as full as most (default: 0)"},
    {"ragged", 0, NULL, OPT_CHOICE(RAGGED), offsetof(struct options, ragged),
     "what becomes of a row that is shorter than the header, or longer by empty cells: filled or "
     "cut, or bad data (default: fill, except for short rows after a blank line, which may be a "
     "footer)"},
    {"blank-rows", 0, NULL, OPT_CHOICE(BLANK_ROWS), offsetof(struct options, blank_rows),
     "what becomes of rows of nothing but separators (default: drop, and count them)"},
    {"stop-at-blank", 0, NULL, OPT_FLAG, offsetof(struct options, stop_at_blank),
     "a blank line or row below the first record ends the file; what follows it is counted"},
    {"quote", 0, "CHAR|none", OPT_TEXT, offsetof(struct options, quote),
     "what stands around cells; none: quotes are ordinary characters (default: \")"},
    {"escape", 0, "CHAR", OPT_TEXT, offsetof(struct options, escape),
     "what makes a quote or separator after it plain text, such as \\ (default: none; a quote in "
     "quotes is doubled)"},
    {"skip-space", 0, NULL, OPT_FLAG, offsetof(struct options, skip_space),
     "skip spaces before cells and after closing quotes"},
    {"max-columns", 0, "N", OPT_COUNT_FROM(1), offsetof(struct options, max_columns),
     "a row of more than N cells is bad data (default: 16384)"},
    {"digest", 0, NULL, OPT_FLAG, offsetof(struct options, digest),
     "put the SHA-256 of each file into --stats, taken as it is read"},
    {"origin", 0, NULL, OPT_FLAG, offsetof(struct options, origin),
     "add _origin, \"FILE:LINE\" with the line on which the row starts"},
    {"parts", 0, "N", OPT_COUNT_FROM(1), offsetof(struct options, parts),
     "instead of records, write where the file can be cut into N parts, a line a part"},
    {"part", 0, "K", OPT_TEXT, offsetof(struct options, part),
     "only part K of those that --cuts lists"},
    {"cuts", 0, "FILE", OPT_TEXT, offsetof(struct options, cuts),
     "with --part: what --parts wrote about the file"},
    {"reader", 0, NULL, OPT_CHOICE(READERS), offsetof(struct options, reader),
     "how rows are cut: 'libcsv' gives all of them to that library, slower and with the same "
     "result (default: direct)"},
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

static void set_count(json_t *object, const char *name, size_t count)
{
    set(object, name, json_integer((json_int_t)count));
}

/* What was found out about a file, for -v and --stats. */
static void say_start(const struct csvtable *t)
{
    static const char *const by_encoding[] = {"asked for", "by its byte order mark", "guessed"};
    static const char *const by_separator[] = {"asked for", "by its sep= line", "guessed"};
    const struct csvin *c = &t->in;
    filter_say(t->f, "%s: encoding %s (%s), separator %s (%s)", c->file, c->text.encoding,
               by_encoding[c->text.by], quote((struct span){&c->row.separator, 1}),
               by_separator[c->separator_by]);
    if (c->tied)
        warn("%s: separator %s was taken, but %s fits as well (-d says which)", c->file,
             quote((struct span){&c->row.separator, 1}), quote((struct span){&c->tied, 1}));
    if (c->skipped)
        warn("%s: %zu line%s above the header passed over (--skip auto)", c->file, c->skipped,
             c->skipped == 1 ? "" : "s");
}

enum telling { TELL, SAY };

/* "FILE: WHAT: 3, first at line 7 (HINT)"; SAY is under -v, for what loses nothing. */
static void tell_rows(const struct csvtable *t, enum telling telling, const struct odd_rows *rows,
                      const char *what, const char *hint)
{
    const char *file = t->in.file;
    if (rows->count == 0)
        return;
    if (telling == TELL)
        warn("%s: %s: %zu, first at line %zu%s", file, what, rows->count, rows->first, hint);
    else
        filter_say(t->f, "%s: %s: %zu, first at line %zu%s", file, what, rows->count, rows->first,
                   hint);
}

static void say_end(const struct csvtable *t)
{
    const struct csvin *c = &t->in;
    struct odd_rows mixed = {c->mixed_rows, c->first_mixed};
    tell_rows(t, TELL, &t->short_rows, "rows shorter than the header filled", " (see --ragged)");
    tell_rows(t, TELL, &t->repeated, "rows that repeat the header left out", "");
    tell_rows(t, TELL, &t->footer, "rows behind a blank one left out", "");
    tell_rows(t, TELL, &mixed, "rows with bytes of windows-1252", "");
    tell_rows(t, SAY, &t->long_rows, "rows longer than the header by empty cells cut", "");
    tell_rows(t, SAY, &t->blank_rows, "rows of separators only left out", "");
    if (t->unnamed)
        filter_say(t->f, "%s: columns at the end without a header or text left out: %zu", c->file,
                   t->unnamed);
    if (c->marks)
        filter_say(t->f, "%s: byte order marks in front of rows left out: %zu", c->file, c->marks);
}

static void digest_bytes(void *with, struct span bytes)
{
    digest_add(with, bytes.at, bytes.len);
}

/* The digest of a file that was read to its end; of another it would be wrong. */
static void add_digest(json_t *entry, const struct csvtable *t, struct digest *d)
{
    char text[DIGEST_TEXT];
    digest_end(d, text);
    if (t->in.text.in.at_end_of_file)
        set(entry, "sha256", json_string(text));
}

static json_t *add_file(json_t *files, const struct csvtable *t)
{
    static const char *const by_encoding[] = {"option", "byte order mark", "guess"};
    static const char *const by_separator[] = {"option", "sep= line", "guess"};
    const struct csvin *c = &t->in;
    struct buf name = {0};
    emit_any_string(&name, span_of(c->file));
    json_t *entry = checked(json_object());
    set(entry, "file", json_loadb(name.at, name.len, JSON_DECODE_ANY, NULL));
    set(entry, "encoding", json_string(c->text.encoding));
    set(entry, "encoding_by", json_string(by_encoding[c->text.by]));
    set(entry, "separator", json_stringn(&c->row.separator, 1));
    set(entry, "separator_by", json_string(by_separator[c->separator_by]));
    set(entry, "separator_tied", c->tied ? json_stringn(&c->tied, 1) : json_null());
    set_count(entry, "columns", t->table.columns);
    set_count(entry, "skipped_lines", c->skipped);
    set_count(entry, "blank_lines", c->blank_lines);
    set_count(entry, "blank_rows", t->blank_rows.count);
    set_count(entry, "repeated_headers", t->repeated.count);
    set_count(entry, "footer_rows", t->footer.count);
    set_count(entry, "rows_filled", t->short_rows.count);
    set_count(entry, "rows_cut", t->long_rows.count);
    set_count(entry, "unnamed_columns", t->unnamed);
    set_count(entry, "mixed_rows", c->mixed_rows);
    set_count(entry, "byte_order_marks", c->marks);
    set(entry, "renamed", t->table.renamed);
    if (json_array_append_new(files, entry) != 0)
        fail_memory();
    buf_free(&name);
    return entry;
}

/* The rows of one part, which must be what was cut. */
static void read_part(struct csvtable *t, const struct cut *part)
{
    struct digest *digest = t->in.text.in.with;
    char text[DIGEST_TEXT];
    size_t before = t->f->read;
    digest_start(digest);
    t->in.text.in.seen = digest_bytes;
    csvtable_go_to(t, part);
    csvtable_rows(t);
    digest_end(digest, text);
    if (strcmp(text, part->sha256) != 0 || t->f->read - before != part->last + 1 - part->first)
        fail(STATUS_DATA,
             "%s: part %llu is not what was cut: the file has changed, or is read "
             "with other options",
             t->in.file, (unsigned long long)part->part);
}

static void read_rows(struct csvtable *t, const struct options *o, const struct cut *part)
{
    if (o->parts)
        csvcut_write(t, o->parts);
    else if (o->part)
        read_part(t, part);
    else
        csvtable_rows(t);
}

static void count_part(struct filter *f, const struct cut *part)
{
    filter_count(f, "part", part->part);
    filter_count(f, "parts", part->of);
    filter_count(f, "first_record", part->first);
    filter_count(f, "last_record", part->last);
}

static void run(struct csvtable *t, const struct options *o, const struct cut *part)
{
    json_t *files = checked(json_array());
    struct digest digest;
    digest_start(&digest);
    t->in.text.in.with = &digest;
    if (o->digest)
        t->in.text.in.seen = digest_bytes;
    if (o->origin)
        table_with_origin(&t->table);
    if (o->names)
        t->table.columns = optlist_names("header", o->names, &t->table.names);
    if (t->table.columns > o->max_columns)
        fail(STATUS_USAGE, "option '--header' names %zu columns, more than %zu (see --max-columns)",
             t->table.columns, o->max_columns);
    t->in.options.columns = t->table.columns;
    while (csvtable_file(t)) {
        say_start(t);
        if (csvtable_header(t))
            read_rows(t, o, part);
        if (!o->parts) /* those who read the parts say it */
            say_end(t);
        json_t *entry = add_file(files, t);
        if (o->digest)
            add_digest(entry, t, &digest);
    }
    set(t->f->counts, "files", files);
    if (o->part)
        count_part(t->f, part);
}

/* ---- options ---- */

static bool is_auto(const char *value)
{
    return strcmp(value, "auto") == 0;
}

static size_t read_skip(const char *text)
{
    size_t lines = 0;
    if (is_auto(text))
        return CSVIN_SKIP_AUTO;
    for (const char *at = text; *at; at++) {
        if (*at < '0' || *at > '9' || lines > SIZE_MAX / 20)
            lines = CSVIN_SKIP_AUTO;
        else
            lines = lines * 10 + (size_t)(*at - '0');
        if (lines >= CSVIN_SKIP_AUTO / 10)
            break;
    }
    if (!*text || lines >= CSVIN_SKIP_AUTO / 10)
        fail(STATUS_USAGE, "option '--skip' takes a whole number or auto, not %s (try --help)",
             quote(span_of(text)));
    return lines;
}

/* One character of ASCII that is no line end. */
static char read_sign(const char *option, const char *text, const char * or)
{
    if ((unsigned char)text[0] >= 0x80 || !text[0] || text[1] || csvrow_is_end(text[0]))
        fail(STATUS_USAGE, "option '--%s' takes one ASCII character%s, not %s (try --help)", option,
             or, quote(span_of(text)));
    return text[0];
}

static struct csvrow_dialect read_dialect(const struct options *o)
{
    struct csvrow_dialect d = {.quote = '"', .skip_space = o->skip_space};
    if (o->quote)
        d.quote = strcmp(o->quote, "none") == 0 ? '\0' : read_sign("quote", o->quote, " or none");
    if (o->escape)
        d.escape = read_sign("escape", o->escape, "");
    d.is_own = d.quote != '"' || d.escape || d.skip_space;
    if (d.is_own && o->reader == CSVROW_LIBCSV)
        fail(STATUS_USAGE, "option '--reader libcsv' cannot go with '--quote', '--escape' or "
                           "'--skip-space' (try --help)");
    return d;
}

static void check_parts(const struct options *o, const struct filter *f)
{
    opt_needs(o->part, "part", o->cuts, "cuts");
    opt_needs(o->cuts, "cuts", o->part, "part");
    if (o->parts && o->part)
        fail(STATUS_USAGE, "option '--parts' cannot go with '--part' (try --help)");
    if ((o->parts || o->part) && (o->digest || o->stop_at_blank))
        fail(STATUS_USAGE, "options '--parts' and '--part' cannot go with '--digest' or "
                           "'--stop-at-blank' (try --help)");
    if ((o->parts || o->part) && f->operand_count != 1)
        fail(STATUS_USAGE, "options '--parts' and '--part' take one file (try --help)");
}

static struct csvin_options read_options(const struct options *o, const struct filter *f)
{
    if (o->mixed && !is_auto(o->encoding))
        fail(STATUS_USAGE, "option '--mixed' cannot go with '--encoding' (try --help)");
    if (o->names && o->header_rows != 1)
        fail(STATUS_USAGE, "option '--header' cannot go with '--header-rows' (try --help)");
    return (struct csvin_options){
        .encoding = is_auto(o->encoding) ? NULL : o->encoding,
        .separator = is_auto(o->separator) ? '\0' : csvin_separator(o->separator),
        .skip = read_skip(o->skip),
        .max_row = f->options.max_line,
        .max_columns = o->max_columns,
        .dialect = read_dialect(o),
        .mixed = o->mixed,
        .reader = (enum csvrow_reader)o->reader,
    };
}

int main(int argc, char **argv)
{
    struct options o = {.separator = "auto",
                        .encoding = "auto",
                        .skip = "0",
                        .header_rows = 1,
                        .max_columns = MAX_COLUMNS};
    struct filter f;
    struct csvtable t;
    struct cut part = {0};
    filter_start(&f, &PROGRAM, &o, argc, argv);
    struct csvin_options how = read_options(&o, &f);
    struct csvtable_options rows = {.named = o.names,
                                    .header_rows = o.header_rows,
                                    .ragged = (enum csvtable_ragged)o.ragged,
                                    .blank_rows = (enum csvtable_blank)o.blank_rows,
                                    .stop_at_blank = o.stop_at_blank};
    check_parts(&o, &f);
    if (o.part)
        cut_load(&part, o.part, o.cuts);
    csvtable_open(&t, &f, &rows, &how);
    run(&t, &o, &part);
    csvtable_close(&t);
    return filter_close(&f);
}
