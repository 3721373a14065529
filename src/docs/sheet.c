/* sheet -- a small CSV file, read whole. */
#include "docs/sheet.h"

#include <errno.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/fail.h"
#include "stream/csvin.h"

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

static struct span copy(struct sheet *s, struct span cell)
{
    return arena_copy(&s->arena, trim(cell));
}

static void take_names(struct sheet *s, const struct csvrow *row, size_t line)
{
    s->columns = filled(row); /* spreadsheets write commas for columns that were once used */
    s->names = arena_array(&s->arena, s->columns, sizeof *s->names);
    for (size_t i = 0; i < s->columns; i++) {
        struct span name = s->names[i] = copy(s, row->cells[i]);
        for (size_t j = 0; j < i; j++)
            if (s->names[j].len == name.len && strncasecmp(s->names[j].at, name.at, name.len) == 0)
                fail(STATUS_USAGE, "%s:%zu: two columns are named %s", s->file, line, quote(name));
    }
}

static void take_row(struct sheet *s, const struct csvrow *row, size_t line)
{
    size_t count = filled(row);
    if (count > s->columns)
        fail(STATUS_USAGE, "%s:%zu: %zu cells, but the first row names %zu columns", s->file, line,
             count, s->columns);
    s->cells = array_grow(s->cells, &s->cells_cap, (s->rows + 1) * s->columns, sizeof *s->cells);
    s->lines = array_grow(s->lines, &s->lines_cap, s->rows + 1, sizeof *s->lines);
    for (size_t i = 0; i < s->columns; i++)
        s->cells[s->rows * s->columns + i] = i < count ? copy(s, row->cells[i]) : SPAN("");
    s->lines[s->rows++] = line;
}

/* What cannot be read is wrong usage here, not bad data. */
static void check_readable(const char *file)
{
    struct stat status;
    if (stat(file, &status) != 0 || access(file, R_OK) != 0)
        fail(STATUS_USAGE, "%s: %s", file, strerror(errno));
    if (S_ISDIR(status.st_mode))
        fail(STATUS_USAGE, "%s: %s", file, strerror(EISDIR));
}

void sheet_load(struct sheet *s, const char *file)
{
    *s = (struct sheet){.file = file};
    check_readable(file);
    struct csvin_options options = {0};
    struct csvin in;
    char *files[] = {(char *)(uintptr_t)file};
    csvin_open(&in, files, 1, &options);
    csvin_file(&in);
    s->guessed = in.text.by == DECODE_GUESSED && strcmp(in.text.encoding, "UTF-8") != 0
                     ? in.text.encoding
                     : NULL;
    enum csvin_status status;
    while ((status = csvin_next(&in)) == CSVIN_ROW) {
        if (filled(&in.row) == 0)
            continue;
        if (!s->names)
            take_names(s, &in.row, in.line);
        else
            take_row(s, &in.row, in.line);
    }
    if (status == CSVIN_BAD)
        fail(STATUS_USAGE, "%s:%zu:%zu: %s", file, in.error_line, in.error_column,
             buf_text(&in.error));
    csvin_close(&in);
    if (!s->names)
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
