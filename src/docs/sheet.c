/* sheet -- a small table, read whole. */
#include "docs/sheet.h"

#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/fault.h"
#include "stream/csvin.h"
#include "stream/jsonl.h"
#include "text/clean.h"

/* What has to be closed if a fault ends the reading. */
struct sheet_reading {
    char *files[1];
    enum sheet_form form;
    bool is_open;
    struct csvin csv;
    struct jsonl json;
    struct buf text;
};

static struct span trim(struct span text)
{
    static const struct span nbsp = {"\xc2\xa0", 2};
    for (;;) {
        if (text.len && strchr(" \t\r\n", text.at[0]))
            text = (struct span){text.at + 1, text.len - 1};
        else if (text.len && strchr(" \t\r\n", text.at[text.len - 1]))
            text.len--;
        else if (span_starts(text, nbsp))
            text = (struct span){text.at + 2, text.len - 2};
        else if (text.len >= 2 && memcmp(text.at + text.len - 2, nbsp.at, 2) == 0)
            text.len -= 2;
        else
            return text;
    }
}

/* The cells of a row up to the last that is not empty. */
static size_t filled(const struct csvrow *row)
{
    size_t count = row->count;
    while (count > 0 && trim(row->cells[count - 1]).len == 0)
        count--;
    return count;
}

static void take_names(struct sheet *s, const struct csvrow *row, size_t line)
{
    s->first_line = line;
    s->columns = filled(row); /* spreadsheets write commas for columns that were once used */
    s->names = arena_array(&s->arena, s->columns, sizeof *s->names);
    for (size_t i = 0; i < s->columns; i++) {
        struct span name = s->names[i] = arena_copy(&s->arena, trim(row->cells[i]));
        for (size_t j = 0; j < i; j++)
            if (s->names[j].len == name.len && strncasecmp(s->names[j].at, name.at, name.len) == 0)
                fault_raise_at(s->file, line, 0, "two columns are named %s", quote(name));
    }
}

static void add_row(struct sheet *s, size_t line)
{
    s->lines = array_grow(s->lines, &s->lines_cap, s->rows + 1, sizeof *s->lines);
    s->lines[s->rows++] = line;
}

/* The next cell of the last row. */
static void add_cell(struct sheet *s, struct span cell)
{
    buf_add(&s->text, trim(cell));
    if (s->text.len > UINT32_MAX)
        fault_raise(s->file, "more than 4 GiB of text");
    s->ends = array_grow(s->ends, &s->ends_cap, s->cells + 1, sizeof *s->ends);
    s->ends[s->cells++] = (uint32_t)s->text.len;
}

static void take_row(struct sheet *s, const struct csvrow *row, size_t line)
{
    size_t count = filled(row);
    if (count > s->columns)
        fault_raise_at(s->file, line, 0, "%zu cells, but the first row names %zu columns", count,
                       s->columns);
    add_row(s, line);
    for (size_t i = 0; i < s->columns; i++)
        add_cell(s, i < count ? row->cells[i] : SPAN(""));
}

/* The next row of IN that holds something. False at the end. */
static bool next_row(struct sheet *s, struct csvin *in)
{
    enum csvin_status status;
    do
        status = csvin_next(in);
    while (status == CSVIN_ROW && filled(&in->row) == 0);
    if (status == CSVIN_BAD)
        fault_raise_at(s->file, in->error_line, in->error_column, "%s", buf_text(&in->error));
    return status == CSVIN_ROW;
}

static void load_names(struct sheet *s, struct csvin *in)
{
    csvin_file(in);
    s->guessed = in->text.by == DECODE_GUESSED && strcmp(in->text.encoding, "UTF-8") != 0
                     ? in->text.encoding
                     : NULL;
    if (!next_row(s, in))
        fault_raise(s->file, "no row that names the columns");
    take_names(s, &in->row, in->line);
}

static void load_csv(struct sheet *s, struct csvin *in)
{
    load_names(s, in);
    while (next_row(s, in))
        take_row(s, &in->row, in->line);
}

static void load_records(struct sheet *s, struct jsonl *in, const char *const *wanted)
{
    struct record r;
    enum jsonl_status status;
    while (wanted[s->columns])
        s->columns++;
    s->names = arena_array(&s->arena, s->columns, sizeof *s->names);
    for (size_t i = 0; i < s->columns; i++)
        s->names[i] = span_of(wanted[i]);
    while ((status = jsonl_next(in, &r)) == JSONL_RECORD) {
        add_row(s, r.number);
        for (size_t i = 0; i < s->columns; i++) {
            const struct value *v = record_get(&r, s->names[i]);
            add_cell(s, value_missing(v) ? SPAN("") : value_text(v, &s->reading->text));
        }
    }
    if (status == JSONL_BAD)
        fault_raise_at(s->file, r.number, jsonl_column(in), "%s", jsonl_error(in));
}

/* What cannot be read is a fault of the file, not of the run. */
static void check_readable(const char *file)
{
    struct stat status;
    if (stat(file, &status) != 0 || access(file, R_OK) != 0)
        fault_raise(file, "%s", strerror(errno));
    if (S_ISDIR(status.st_mode))
        fault_raise(file, "%s", strerror(EISDIR));
}

static enum sheet_form form_of(const char *file, enum sheet_form usual)
{
    static const char *const csv[] = {".csv", ".tsv", ".txt"};
    static const char *const records[] = {".jsonl", ".ndjson", ".json"};
    const char *dot = strrchr(file, '.');
    for (size_t i = 0; dot && i < 3; i++) {
        if (strcasecmp(dot, csv[i]) == 0)
            return SHEET_CSV;
        if (strcasecmp(dot, records[i]) == 0)
            return SHEET_RECORDS;
    }
    return usual;
}

static void close_reading(struct sheet *s)
{
    struct sheet_reading *r = s->reading;
    if (!r)
        return;
    if (r->is_open && r->form == SHEET_CSV)
        csvin_close(&r->csv);
    else if (r->is_open)
        jsonl_close(&r->json);
    buf_free(&r->text);
    free(r);
    s->reading = NULL;
}

static struct sheet_reading *open_reading(struct sheet *s, const char *file, enum sheet_form usual)
{
    *s = (struct sheet){.file = file};
    check_readable(file);
    struct sheet_reading *r = s->reading = calloc(1, sizeof *r);
    if (!r)
        fail_memory();
    r->files[0] = (char *)(uintptr_t)file;
    r->form = form_of(file, usual);
    r->is_open = true;
    if (r->form == SHEET_CSV)
        csvin_open(&r->csv, r->files, 1, &(struct csvin_options){0});
    else
        jsonl_open(&r->json, r->files, 1, 0);
    return r;
}

void sheet_load(struct sheet *s, const char *file, enum sheet_form usual, const char *const *wanted)
{
    struct sheet_reading *r = open_reading(s, file, usual);
    if (r->form == SHEET_CSV)
        load_csv(s, &r->csv);
    else
        load_records(s, &r->json, wanted);
    close_reading(s);
}

void sheet_load_names(struct sheet *s, const char *file, enum sheet_form usual)
{
    struct sheet_reading *r = open_reading(s, file, usual);
    if (r->form == SHEET_CSV)
        load_names(s, &r->csv);
    close_reading(s);
}

void sheet_free(struct sheet *s)
{
    close_reading(s);
    free(s->ends);
    buf_free(&s->text);
    free(s->lines);
    arena_free(&s->arena);
    *s = (struct sheet){0};
}

size_t sheet_column(const struct sheet *s, const char *name)
{
    struct buf wanted = {0}, header = {0};
    size_t i = 0;
    clean_header(&wanted, span_of(name));
    for (; i < s->columns; i++) {
        buf_clear(&header);
        clean_header(&header, s->names[i]);
        if (span_eq(buf_span(&header), buf_span(&wanted)))
            break;
    }
    buf_free(&wanted);
    buf_free(&header);
    return i < s->columns ? i : SHEET_NONE;
}

size_t sheet_need(const struct sheet *s, const char *name)
{
    size_t column = sheet_column(s, name);
    if (column == SHEET_NONE)
        fault_raise_at(s->file, s->first_line, 0, "no column '%s'", name);
    return column;
}

struct span sheet_cell(const struct sheet *s, size_t row, size_t column)
{
    if (column == SHEET_NONE)
        return SPAN("");
    size_t cell = row * s->columns + column, from = cell ? s->ends[cell - 1] : 0;
    return s->ends[cell] > from ? (struct span){s->text.at + from, s->ends[cell] - from} : SPAN("");
}

void sheet_fail(const struct sheet *s, size_t row, const char *format, ...)
{
    struct buf place = {0};
    va_list args;
    buf_addf(&place, "%zu", s->lines[row]);
    va_start(args, format);
    struct fault fault = fault_of(s->file, &place, format, args);
    va_end(args);
    fault_throw(fault);
}
