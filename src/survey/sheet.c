/* sheet -- a small CSV file, read whole with libcsv. */
#include "sheet.h"

#include <csv.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <strings.h>

#include "buf.h"
#include "document.h"
#include "fail.h"
#include "utf8.h"

struct reading {
    struct sheet *sheet;
    struct span *row; /* the cells of the open row */
    size_t count, cap;
    size_t line;     /* being read */
    size_t row_line; /* on which the open row starts */
    bool open, named;
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

static void take_cell(void *bytes, size_t len, void *data)
{
    struct reading *r = data;
    r->row = array_grow(r->row, &r->cap, r->count + 1, sizeof *r->row);
    r->row[r->count++] = arena_copy(&r->sheet->arena, trim((struct span){bytes, len}));
}

static void take_names(struct reading *r)
{
    struct sheet *s = r->sheet;
    while (r->count > 0 && r->row[r->count - 1].len == 0)
        r->count--; /* spreadsheets write commas for columns that were once used */
    s->columns = r->count;
    s->names = arena_array(&s->arena, r->count, sizeof *s->names);
    for (size_t i = 0; i < r->count; i++) {
        struct span name = s->names[i] = r->row[i];
        for (size_t j = 0; j < i; j++)
            if (s->names[j].len == name.len && strncasecmp(s->names[j].at, name.at, name.len) == 0)
                fail(STATUS_USAGE, "%s:%zu: two columns are named %s", s->file, r->row_line,
                     quote(name));
    }
}

static void take_row(int ending, void *data)
{
    struct reading *r = data;
    struct sheet *s = r->sheet;
    (void)ending;
    r->open = false;
    size_t filled = r->count;
    while (filled > 0 && r->row[filled - 1].len == 0)
        filled--;
    if (filled == 0) {
        r->count = 0;
        return;
    }
    if (!r->named) {
        take_names(r);
        r->named = true;
        r->count = 0;
        return;
    }
    if (filled > s->columns)
        fail(STATUS_USAGE, "%s:%zu: %zu cells, but the first row names %zu columns", s->file,
             r->row_line, filled, s->columns);
    s->cells = array_grow(s->cells, &s->cells_cap, (s->rows + 1) * s->columns, sizeof *s->cells);
    s->lines = array_grow(s->lines, &s->lines_cap, s->rows + 1, sizeof *s->lines);
    for (size_t i = 0; i < s->columns; i++)
        s->cells[s->rows * s->columns + i] = i < filled ? r->row[i] : SPAN("");
    s->lines[s->rows++] = r->row_line;
    r->count = 0;
}

/* The separator that the first line has most of, the comma in doubt. */
static unsigned char separator_of(struct span text)
{
    size_t commas = 0, semicolons = 0, tabs = 0;
    for (size_t i = 0; i < text.len && text.at[i] != '\n'; i++) {
        commas += text.at[i] == ',';
        semicolons += text.at[i] == ';';
        tabs += text.at[i] == '\t';
    }
    if (tabs > commas && tabs >= semicolons)
        return CSV_TAB;
    return semicolons > commas ? ';' : CSV_COMMA;
}

/* One line at a time, so that each row's line is known. */
static void parse(struct reading *r, struct csv_parser *parser, struct span text)
{
    const char *at = text.at, *end = at + text.len;
    while (at < end) {
        const char *stop = memchr(at, '\n', (size_t)(end - at));
        struct span line = span_from(at, stop ? stop + 1 : end);
        at += line.len;
        r->line++;
        if (!r->open) {
            r->row_line = r->line;
            if (trim(line).len == 0)
                continue;
            r->open = true;
        }
        if (csv_parse(parser, line.at, line.len, take_cell, take_row, r) != line.len)
            fail(STATUS_USAGE, "%s:%zu: a quote that does not enclose a whole cell", r->sheet->file,
                 r->line);
    }
    if (csv_fini(parser, take_cell, take_row, r) != 0)
        fail(STATUS_USAGE, "%s:%zu: a quote is opened here and never closed", r->sheet->file,
             r->row_line);
}

void sheet_load(struct sheet *s, const char *file)
{
    *s = (struct sheet){.file = file};
    struct buf bytes = {0};
    document_read(&bytes, file);
    struct span text = buf_span(&bytes);
    if (span_starts(text, SPAN("\xEF\xBB\xBF")))
        text = span_from(text.at + 3, text.at + text.len);
    size_t bad;
    if (!utf8_valid(text, &bad)) {
        size_t line = 1;
        for (size_t i = 0; i < bad; i++)
            line += text.at[i] == '\n';
        fail(STATUS_USAGE, "%s:%zu: not valid UTF-8 (save it as 'CSV UTF-8')", file, line);
    }
    struct csv_parser parser;
    if (csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI) != 0)
        fail_memory();
    csv_set_delim(&parser, separator_of(text));
    struct reading r = {.sheet = s};
    parse(&r, &parser, text);
    csv_free(&parser);
    free(r.row);
    buf_free(&bytes);
    if (!r.named)
        fail(STATUS_USAGE, "%s: no row that names the columns", file);
}

void sheet_free(struct sheet *s)
{
    free(s->cells);
    free(s->lines);
    arena_free(&s->arena);
    *s = (struct sheet){0};
}

size_t sheet_column(const struct sheet *s, const char *name)
{
    for (size_t i = 0; i < s->columns; i++)
        if (s->names[i].len == strlen(name) &&
            strncasecmp(s->names[i].at, name, s->names[i].len) == 0)
            return i;
    return SHEET_NONE;
}

struct span sheet_cell(const struct sheet *s, size_t row, size_t column)
{
    return column == SHEET_NONE ? SPAN("") : s->cells[row * s->columns + column];
}

void sheet_fail(const struct sheet *s, size_t row, const char *format, ...)
{
    char *what;
    va_list args;
    va_start(args, format);
    int length = vasprintf(&what, format, args);
    va_end(args);
    if (length < 0)
        fail_memory();
    fail(STATUS_USAGE, "%s:%zu: %s", s->file, s->lines[row], what);
}
