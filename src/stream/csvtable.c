/* csvtable -- each row of a file written, rejected or counted. */
#include "stream/csvtable.h"

#include <stdlib.h>
#include <unistd.h>

#include "base/fail.h"

/* An empty cell, behind which a block can be read. */
static const char NOTHING[CSVROW_PAD];
#define EMPTY ((struct span){NOTHING, 0})

static void note(struct odd_rows *rows, size_t line)
{
    if (rows->count++ == 0)
        rows->first = line;
}

/* ---- the header ---- */

/* The file has no row for the names of its columns. Standard input without a byte is what a
 * stage has to say that gave nothing. */
static bool no_header(const struct csvtable *r)
{
    const struct csvin *c = &r->in;
    bool empty = c->next_line == 1 && c->blank_lines == 0;
    if (empty && c->text.in.fd == STDIN_FILENO)
        return false;
    fail(STATUS_DATA, "%s: no header row: the file %s", c->file,
         empty ? "is empty" : "ends before it");
}

/* The named columns; those at the end that have neither a header nor text below are none. */
static size_t count_columns(struct csvtable *r)
{
    const struct table *t = &r->table;
    size_t named = t->header_count;
    while (named > 1 && t->headers[named - 1].len == 0)
        named--;
    if (named == t->header_count || r->o->ragged == CSVTABLE_REJECT)
        return t->header_count;
    size_t filled = csvin_look_ahead(&r->in);
    named = filled > named ? filled : named;
    r->unnamed = named < t->header_count ? t->header_count - named : 0;
    return t->header_count - r->unnamed;
}

/* Titles above the header make a row with few names. */
static void doubt_header(const struct csvtable *r)
{
    const struct table *t = &r->table;
    size_t named = 0;
    for (size_t i = 0; i < t->columns; i++)
        named += t->headers[i].len > 0;
    if (t->columns >= 3 && named * 3 <= t->columns)
        warn("%s: the header row names %zu of %zu columns (are there titles above it? see --skip)",
             r->in.file, named, t->columns);
}

/* Takes the names of the file's columns. False if it has no row at all. */
static bool name_columns(struct csvtable *r)
{
    struct csvin *c = &r->in;
    for (size_t i = 0; i < r->o->header_rows; i++) {
        enum csvin_status status = csvin_next(c);
        if (status == CSVIN_END && i == 0)
            return no_header(r);
        if (status == CSVIN_END)
            fail(STATUS_DATA, "%s: the file ends within its %zu header rows", c->file,
                 r->o->header_rows);
        if (status == CSVIN_BAD && c->row.count > c->options.max_columns)
            fail(STATUS_DATA, "%s:%zu: header has %zu columns, more than %zu (see --max-columns)",
                 c->file, c->line, c->row.count + c->row.beyond, c->options.max_columns);
        if (status == CSVIN_BAD)
            fail(STATUS_DATA, "%s:%zu:%zu: header: %s", c->file, c->error_line, c->error_column,
                 buf_text(&c->error));
        table_header(&r->table, c->row.cells, c->row.count,
                     i + 1 < r->o->header_rows ? TABLE_MORE : TABLE_LAST);
    }
    table_name(&r->table, r->f, c->file, count_columns(r));
    doubt_header(r);
    return true;
}

/* ---- rows that are no records ---- */

/* Nothing but separators: what a spreadsheet writes for a row that was once used. A quoted empty
 * cell is a value that is there. */
static bool is_blank(const struct csvin *c)
{
    return c->raw.len + 1 == c->row.count;
}

/* The header once more, as files have it that were put together. */
static bool is_header(const struct csvtable *r)
{
    const struct table *t = &r->table;
    const struct csvrow *row = &r->in.row;
    if (r->o->named || t->header_count == 0 || row->count < t->columns ||
        !span_eq(row->cells[0], buf_span(&t->headers[0])))
        return false;
    for (size_t i = 1; i < t->columns; i++)
        if (!span_eq(row->cells[i], buf_span(&t->headers[i])))
            return false;
    return true;
}

/* Whether the row is left out, and counted. */
static bool is_left_out(struct csvtable *r)
{
    struct csvin *c = &r->in;
    if (r->o->blank_rows == CSVTABLE_DROP && is_blank(c))
        note(&r->blank_rows, c->line);
    else if (is_header(r))
        note(&r->repeated, c->line);
    else
        return false;
    return true;
}

/* Blank lines and rows since the first record: what follows may be a footer. */
static bool is_behind_blank(const struct csvtable *r)
{
    return r->resumed || r->in.blank_lines + r->blank_rows.count > r->blank_above;
}

/* ---- rows ---- */

static bool is_spaced(const struct csvin *c)
{
    for (size_t i = 0; i < c->row.count && !c->row.dialect.is_own; i++) {
        struct span cell = c->row.cells[i];
        size_t at = 0;
        while (at < cell.len && cell.at[at] == ' ')
            at++;
        if (at > 0 && at < cell.len && cell.at[at] == '"')
            return true;
    }
    return false;
}

/* What may be behind a row that has too few or too many cells. */
static const char *hint(const struct csvtable *r)
{
    const struct csvin *c = &r->in;
    if (is_spaced(c))
        return " (a quote behind a space is plain text: see --skip-space)";
    if (c->row.count < r->table.columns && is_behind_blank(r))
        return " (a footer? see --stop-at-blank)";
    if (c->row.count > r->table.columns && r->records == 1)
        return " (titles above the header? see --skip)";
    return "";
}

static void reject_row(struct csvtable *r)
{
    const struct csvin *c = &r->in;
    filter_reject_raw(r->f, c->file, c->line, 0, c->raw, "row has %zu cell%s, header has %zu%s",
                      c->row.count, c->row.count == 1 ? "" : "s", r->table.columns, hint(r));
}

static void write_cells(struct csvtable *r, const struct span *cells)
{
    struct csvin *c = &r->in;
    size_t len = c->repaired ? c->repair.len : c->raw.len;
    table_write(&r->table, r->f, cells, len, c->row.escapes ? TABLE_ESCAPES : TABLE_PLAIN, c->line);
}

/* A row shorter than the header, its missing cells empty. */
static void write_short(struct csvtable *r)
{
    const struct csvin *c = &r->in;
    size_t columns = r->table.columns;
    if (r->o->ragged == CSVTABLE_REJECT ||
        (r->o->ragged == CSVTABLE_USUAL && (r->had_bad || is_behind_blank(r)))) {
        reject_row(r);
        return;
    }
    r->cells = array_grow(r->cells, &r->cells_cap, columns, sizeof *r->cells);
    for (size_t i = 0; i < columns; i++)
        r->cells[i] = i < c->row.count ? c->row.cells[i] : EMPTY;
    note(&r->short_rows, c->line);
    write_cells(r, r->cells);
}

/* A row longer than the header, if it is so by empty cells. */
static void write_long(struct csvtable *r)
{
    const struct csvin *c = &r->in;
    size_t filled = c->row.count;
    while (filled > r->table.columns && c->row.cells[filled - 1].len == 0)
        filled--;
    if (r->o->ragged == CSVTABLE_REJECT || filled > r->table.columns) {
        reject_row(r);
        return;
    }
    note(&r->long_rows, c->line);
    write_cells(r, c->row.cells);
}

/* Says once that quotes behind spaces were taken for text: libcsv read such a row, or all. */
static void say_spaced(struct csvtable *r)
{
    const struct csvin *c = &r->in;
    if (r->spaced || !(c->row.odd || c->row.reader == CSVROW_LIBCSV) || !is_spaced(c))
        return;
    r->spaced = true;
    warn("%s:%zu: a quote behind a space is plain text (see --skip-space)", c->file, c->line);
}

static void write_whole(struct csvtable *r)
{
    if (r->in.row.escapes)
        say_spaced(r);
    write_cells(r, r->in.row.cells);
}

static void write_row(struct csvtable *r)
{
    r->records++;
    r->f->read++;
    if (r->in.row.count == r->table.columns)
        write_whole(r);
    else if (r->in.row.count < r->table.columns)
        write_short(r);
    else
        write_long(r);
}

static void reject_text(struct csvtable *r)
{
    struct csvin *c = &r->in;
    r->records++;
    r->f->read++;
    r->had_bad = true;
    filter_reject_raw(r->f, c->file, c->error_line, c->error_column,
                      decode_restore(&c->text, c->raw, &r->raw), "%s", buf_text(&c->error));
}

/* ---- a file ---- */

void csvtable_open(struct csvtable *r, struct filter *f, const struct csvtable_options *o,
                   const struct csvin_options *how)
{
    *r = (struct csvtable){.f = f, .o = o};
    csvin_open(&r->in, f->operands, f->operand_count, how);
}

bool csvtable_file(struct csvtable *r)
{
    if (!csvin_file(&r->in))
        return false;
    if (r->in.text.not_csv)
        fail(STATUS_DATA, "%s: this is %s", r->in.file, r->in.text.not_csv);
    r->had_bad = r->spaced = r->is_usual = r->resumed = false;
    r->records = r->blank_above = r->unnamed = 0;
    r->short_rows = r->long_rows = r->blank_rows = r->repeated = r->footer = (struct odd_rows){0};
    return true;
}

bool csvtable_header(struct csvtable *r)
{
    if (r->o->named) {
        r->table.renamed = json_array();
        if (!r->table.renamed)
            fail_memory();
    } else {
        table_start(&r->table);
        if (!name_columns(r))
            return false;
    }
    table_make_leads(&r->table, r->in.file);
    return true;
}

/* Whether the row is a record without more ado: as long as the header, not blank and, by the length
 * of its first cell, not the header again. */
static inline bool is_common(const struct csvtable *r, enum csvin_status status)
{
    const struct csvin *c = &r->in;
    return status == CSVIN_ROW && c->row.count == r->table.columns && r->is_usual &&
           !c->row.escapes && c->raw.len + 1 != c->row.count &&
           c->row.cells[0].len != r->first_header;
}

void csvtable_rows(struct csvtable *r)
{
    struct csvin *c = &r->in;
    bool named = r->o->named || r->table.header_count == 0;
    r->first_header = named ? SIZE_MAX : r->table.headers[0].len;
    for (enum csvin_status status; (status = csvin_next(c)) != CSVIN_END;) {
        if (is_common(r, status)) {
            r->f->read++;
            table_write(&r->table, r->f, c->row.cells, c->raw.len, TABLE_PLAIN, c->line);
            if (r->f->options.progress)
                filter_progress(r->f, r->f->read, c->text.in.bytes);
            continue;
        }
        if (r->records == 0)
            r->blank_above = c->blank_lines + r->blank_rows.count;
        if (r->footer.count || (r->o->stop_at_blank && is_behind_blank(r)))
            note(&r->footer, c->line);
        else if (status == CSVIN_BAD)
            reject_text(r);
        else if (!is_left_out(r))
            write_row(r);
        r->is_usual = r->records > 0 && !r->o->stop_at_blank;
        filter_progress(r->f, r->f->read, c->text.in.bytes);
    }
}

/* ---- parts of a file ---- */

void csvtable_go_to(struct csvtable *r, const struct cut *part)
{
    csvin_go_to(&r->in, part->from, part->to, part->line);
    r->records = part->first > 1;
    r->is_usual = part->first > 1 && !r->o->stop_at_blank;
    r->resumed = part->behind_blank;
}

void csvtable_count(struct csvtable *r)
{
    if (r->records == 0)
        r->blank_above = r->in.blank_lines + r->blank_rows.count;
    if (r->footer.count || (r->o->stop_at_blank && is_behind_blank(r))) {
        note(&r->footer, r->in.line);
    } else if (!is_left_out(r)) {
        r->records++;
        r->f->read++;
    }
}

bool csvtable_is_behind_blank(const struct csvtable *r)
{
    return r->records > 0 && is_behind_blank(r);
}

void csvtable_close(struct csvtable *r)
{
    csvin_close(&r->in);
    table_free(&r->table);
    free(r->cells);
    buf_free(&r->raw);
}
