/* fromsheet -- workbooks into records, one a row.
 *
 * Values are strings, as a person sees them in the sheet; an empty cell is "".
 * What a sheet hides is read and counted, since what is hidden is often forgotten
 * and not meant to be left out. */
#include "base/allocators.h"
#include "base/fail.h"
#include "sheets/account.h"
#include "stream/emit.h"
#include "stream/filter.h"

#include <stdlib.h>
#include <sys/stat.h>

struct options {
    const char *sheet, *range, *flags;
    size_t skip, headers;
    bool origin, visible, fill_merged, comments, stop_at_blank;
};

static const struct opt OPTIONS[] = {
    {"sheet", 0, "NAME|N|all", OPT_TEXT, offsetof(struct options, sheet),
     "the sheet to read, by its name or its position from 1, or all of them (default: the first "
     "that is not hidden)"},
    {"skip", 0, "N", OPT_COUNT, offsetof(struct options, skip),
     "skip the first N rows of each sheet, such as titles above the header (default: detected)"},
    {"headers", 0, "N", OPT_COUNT_IN(1, 100), offsetof(struct options, headers),
     "the first N rows together name the columns (default: 1)"},
    {"stop-at-blank", 0, NULL, OPT_FLAG, offsetof(struct options, stop_at_blank),
     "a blank row below the first record ends the sheet; what follows it is counted"},
    {"range", 0, "A3:F99", OPT_TEXT, offsetof(struct options, range),
     "read these cells only; the first row of them is the header"},
    {"visible", 0, NULL, OPT_FLAG, offsetof(struct options, visible),
     "leave out hidden rows, columns and sheets"},
    {"fill-merged", 0, NULL, OPT_FLAG, offsetof(struct options, fill_merged),
     "repeat what a merged range holds in each of its cells"},
    {"comments", 0, NULL, OPT_FLAG, offsetof(struct options, comments),
     "add _comments, an object with the comments on the row's cells"},
    {"origin", 0, NULL, OPT_FLAG, offsetof(struct options, origin),
     "add _origin, \"FILE:SHEET!ROW\""},
    {"flags", 0, "FILE", OPT_TEXT, offsetof(struct options, flags),
     "list cells that hold an error such as #REF!, or a date that no calendar has, in FILE"},
    {0},
};

static const struct opt_program PROGRAM = {
    .name = "fromsheet",
    .args = "[FILE...]",
    .about = "Turns workbooks (xlsx, xlsm, ods, xls) into records, a JSON object a row. Each sheet "
             "begins with a header row.",
    .options = OPTIONS,
    .notes = "  fromsheet --sheet Replies --origin foi.xlsx | normalise -s foi.schema.json",
};

struct run {
    struct filter *f;
    const struct options *o;
    struct grid_options grid_options;
    struct output flags;
    const char *file;
    struct span sheet;
    struct grid grid;
    struct buf *leads; /* "NAME": of each column of the grid */
    size_t leads_count, leads_cap;
    json_t *files, *sheets; /* for --stats */
    size_t flagged;
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

/* Any bytes, as text for --stats. */
static json_t *json_any(struct span text)
{
    struct buf b = {0};
    emit_any_string(&b, text);
    json_t *value = checked(json_loadb(b.at, b.len, JSON_DECODE_ANY, NULL));
    buf_free(&b);
    return value;
}

static void emit_origin(struct run *r, struct buf *b, size_t row)
{
    struct buf text = {0};
    buf_add(&text, span_of(r->file));
    buf_addc(&text, ':');
    buf_add(&text, r->sheet);
    buf_addf(&text, "!%zu", row);
    emit_any_string(b, buf_span(&text));
    buf_free(&text);
}

static void flag_cell(struct run *r, const struct book_row *row, const struct book_cell *cell,
                      struct span name)
{
    r->flagged++;
    if (!r->o->flags)
        return;
    struct buf *b = &r->flags.buf;
    buf_addc(b, '{');
    emit_name(b, SPAN("file"));
    struct buf place = {0};
    buf_add(&place, span_of(r->file));
    buf_addc(&place, ':');
    buf_add(&place, r->sheet);
    emit_any_string(b, buf_span(&place));
    buf_free(&place);
    emit_count_field(b, SPAN("line"), row->number);
    emit_string_field(b, SPAN("field"), name);
    emit_string_field(b, SPAN("kind"),
                      cell->marks & BOOK_ERROR ? SPAN("error_cell") : SPAN("impossible_date"));
    emit_string_field(b, SPAN("value"), cell->text);
    buf_addc(b, '}');
    output_line(&r->flags);
}

/* The start of a field, put together once for each column. */
static struct span lead(struct run *r, size_t index)
{
    while (r->leads_count <= index) {
        r->leads = array_grow(r->leads, &r->leads_cap, r->leads_count + 1, sizeof *r->leads);
        struct buf *b = &r->leads[r->leads_count];
        *b = (struct buf){0};
        emit_string(b, r->grid.columns[r->leads_count++].name);
        buf_addc(b, ':');
    }
    return buf_span(&r->leads[index]);
}

static void forget_leads(struct run *r)
{
    for (size_t i = 0; i < r->leads_count; i++)
        buf_free(&r->leads[i]);
    r->leads_count = 0;
}

/* Cells of columns that the first rows did not use. */
static void emit_late(struct run *r, const struct book_row *row, struct buf *b, size_t known)
{
    for (size_t i = 0; i < row->count; i++) {
        if (row->cells[i].text.len == 0 || !grid_reads(&r->grid, i))
            continue;
        if (grid_place(&r->grid, i) < known)
            continue;
        struct span name = grid_late_name(&r->grid, i);
        emit_string_field(b, name, row->cells[i].text);
        if (row->cells[i].marks & (BOOK_ERROR | BOOK_DOUBT))
            flag_cell(r, row, &row->cells[i], name);
    }
}

static void emit_comments(struct run *r, const struct book_row *row, struct buf *b)
{
    size_t from = b->len;
    emit_name(b, SPAN("_comments"));
    buf_addc(b, '{');
    size_t empty = b->len;
    for (size_t i = 0; i < row->count; i++)
        if (row->cells[i].comment.len && grid_reads(&r->grid, i))
            emit_string_field(b, grid_late_name(&r->grid, i), row->cells[i].comment);
    if (b->len == empty)
        b->len = from;
    else
        buf_addc(b, '}');
}

static void write_row(struct run *r, const struct book_row *row, size_t columns)
{
    struct buf *b = &r->f->out.buf;
    size_t last = columns ? r->grid.columns[columns - 1].column : 0;
    buf_addc(b, '{');
    for (size_t i = 0; i < columns; i++) {
        size_t column = r->grid.columns[i].column;
        if (i)
            buf_addc(b, ',');
        buf_add(b, lead(r, i));
        const struct book_cell *cell = column < row->count ? &row->cells[column] : NULL;
        bool left_out = !cell || (cell->marks & BOOK_MERGED && !r->o->fill_merged);
        emit_string(b, left_out ? SPAN("") : cell->text);
        if (!left_out && cell->marks & (BOOK_ERROR | BOOK_DOUBT))
            flag_cell(r, row, cell, r->grid.columns[i].name);
    }
    if (row->count > last + 1 || (columns && r->grid.columns[0].column > 0))
        emit_late(r, row, b, columns);
    if (r->o->comments)
        emit_comments(r, row, b);
    if (r->o->origin) {
        emit_name(b, SPAN("_origin"));
        emit_origin(r, b, row->number);
    }
    buf_addc(b, '}');
    filter_written(r->f);
}

/* What was found out about a sheet, for -v and --stats. */
static void say_sheet(struct run *r, size_t index, size_t rows, size_t late)
{
    bool hidden = book_sheet(r->grid.book, index)->hidden;
    json_t *s = checked(json_object());
    set(s, "sheet", json_any(r->sheet));
    set(s, "hidden", json_boolean(hidden));
    struct buf text = {0};
    for (size_t i = 0;; i++) {
        struct account_line line;
        if (!account_line(&r->grid, rows, late, i, &line))
            break;
        set(s, line.name, json_integer((json_int_t)line.count));
        if (i == 0)
            buf_addf(&text, "%s %zu%s", line.words, line.count,
                     r->grid.found.guessed ? " (guessed)" : "");
        else if (line.count)
            buf_addf(&text, ", %zu %s", line.count, line.words);
    }
    filter_say(r->f, "%s: %ssheet %s: %s", r->file, hidden ? "hidden " : "", quote(r->sheet),
               buf_text(&text));
    json_array_append_new(r->sheets, s);
    buf_free(&text);
    size_t empty = book_found(r->grid.book)->no_result;
    if (empty)
        warn(
            "%s: sheet %s: %zu formula%s no stored result, so %s empty (open the workbook and save "
            "it)",
            r->file, quote(r->sheet), empty, empty == 1 ? " has" : "s have",
            empty == 1 ? "its cell is" : "their cells are");
}

static bool read_sheet(struct run *r, struct book *book, size_t index, struct trouble *t)
{
    r->sheet = book_sheet(book, index)->name;
    if (!book_start(book, index, t))
        return false;
    forget_leads(r);
    bool read = grid_start(&r->grid, book, &r->grid_options, r->o->origin ? "_origin" : NULL, t);
    size_t columns = r->grid.count, rows = 0;
    struct book_row row;
    while (read && grid_next(&r->grid, &row, t)) {
        rows++;
        r->f->read++;
        write_row(r, &row, columns);
        filter_progress(r->f, r->f->read, 0);
    }
    if (t->kind == TROUBLE_NONE)
        say_sheet(r, index, rows, r->grid.count - columns);
    grid_end(&r->grid);
    return t->kind == TROUBLE_NONE;
}

/* The sheet that --sheet asks for; without it the first that is not hidden. */
static size_t choose(struct run *r, const struct book *book, struct trouble *t)
{
    const char *wanted = r->o->sheet;
    size_t count = book_sheets(book), place = 0;
    for (size_t i = 0; i < count; i++)
        if (wanted ? span_eq(book_sheet(book, i)->name, span_of(wanted))
                   : !book_sheet(book, i)->hidden)
            return i;
    if (!wanted)
        return 0;
    place = strspn(wanted, "0123456789") == strlen(wanted) && strlen(wanted) < 8
                ? (size_t)atol(wanted)
                : 0;
    if (place >= 1 && place <= count)
        return place - 1;
    struct buf names = {0};
    for (size_t i = 0; i < count && i < 10; i++)
        buf_addf(&names, "%s%s", i ? ", " : "", quote(book_sheet(book, i)->name));
    trouble_set(t, TROUBLE_UNSUPPORTED, "no sheet %s (there %s %s%s)", quote(span_of(wanted)),
                count == 1 ? "is" : "are", buf_text(&names), count > 10 ? ", ..." : "");
    buf_free(&names);
    return 0;
}

static void read_sheets(struct run *r, struct book *book, struct trouble *t)
{
    json_t *left_out = checked(json_array());
    bool all = r->o->sheet && strcmp(r->o->sheet, "all") == 0;
    size_t chosen = all ? 0 : choose(r, book, t);
    for (size_t i = 0; i < book_sheets(book) && t->kind == TROUBLE_NONE; i++) {
        const struct book_sheet *sheet = book_sheet(book, i);
        if (all ? !(sheet->hidden && r->o->visible) : i == chosen) {
            if (!read_sheet(r, book, i, t))
                break;
            continue;
        }
        json_array_append_new(left_out, json_any(sheet->name));
        filter_say(r->f, "%s: %ssheet %s not read", r->file, sheet->hidden ? "hidden " : "",
                   quote(sheet->name));
    }
    static const char *const kinds[] = {"xlsx", "ods", "xls"};
    json_t *entry = checked(json_object());
    set(entry, "file", json_any(span_of(r->file)));
    set(entry, "kind", json_string(kinds[book_kind(book)]));
    set(entry, "sheets", json_incref(r->sheets));
    set(entry, "sheets_not_read", left_out);
    json_array_append_new(r->files, entry);
}

static void read_book(struct run *r, const struct package *p)
{
    struct trouble t = {0};
    struct book_options how = {.fill_merged = r->o->fill_merged || r->o->headers > 1,
                               .comments = r->o->comments,
                               .max_text = r->f->options.max_line};
    r->sheets = checked(json_array());
    struct book *book = book_open(p, &how, &t);
    if (book)
        read_sheets(r, book, &t);
    book_close(book);
    json_decref(r->sheets);
    if (t.kind != TROUBLE_NONE && !r->f->options.rejects)
        fail(STATUS_DATA, "%s: %s", r->file, buf_text(&t.what));
    if (t.kind != TROUBLE_NONE) {
        r->f->read++;
        filter_reject_raw(r->f, r->file, 0, 0, SPAN(""), "%s", buf_text(&t.what));
    }
    trouble_free(&t);
}

/* A file is read where it lies; standard input and pipes are taken whole. */
static void read_files(struct run *r)
{
    struct input in;
    input_open(&in, r->f->operands, r->f->operand_count, 0);
    while (input_file(&in)) {
        struct stat status;
        struct package p = {.path = in.name};
        r->file = in.name;
        if (in.end - in.at == 0 && in.at_end_of_file)
            continue;
        if (in.fd == 0 || fstat(in.fd, &status) != 0 || !S_ISREG(status.st_mode)) {
            while (input_more(&in))
                ;
            p = (struct package){.bytes = {in.buf + in.at, in.end - in.at}};
        }
        read_book(r, &p);
    }
    input_close(&in);
}

static void take_range(struct run *r)
{
    struct grid_options *g = &r->grid_options;
    *g = (struct grid_options){.skip = r->o->skip,
                               .headers = r->o->headers,
                               .visible = r->o->visible,
                               .stop_at_blank = r->o->stop_at_blank,
                               .first_row = 1,
                               .last_row = SIZE_MAX,
                               .last_column = SIZE_MAX};
    if (!r->o->range)
        return;
    if (!grid_range(g, span_of(r->o->range)))
        fail(STATUS_USAGE, "option '--range' takes cells such as A3:F99, not %s (try --help)",
             quote(span_of(r->o->range)));
    if (g->skip == SIZE_MAX)
        g->skip = 0;
}

int main(int argc, char **argv)
{
    struct options o = {.skip = SIZE_MAX, .headers = 1};
    struct filter f;
    filter_start(&f, &PROGRAM, &o, argc, argv);
    struct run r = {.f = &f, .o = &o, .files = checked(json_array())};
    take_range(&r);
    if (o.flags)
        output_open(&r.flags, o.flags, OUTPUT_WHOLE);
    read_files(&r);
    set(f.counts, "files", r.files);
    filter_count(&f, "flagged_cells", r.flagged);
    if (o.flags)
        output_close(&r.flags);
    forget_leads(&r);
    free(r.leads);
    return filter_close(&f);
}
