/* rows -- rows of named columns from CSV or JSON Lines. */
#include "docs/rows.h"

#include <strings.h>

#include "base/fail.h"
#include "text/clean.h"

static bool named_csv(const char *file)
{
    const char *dot = strrchr(file, '.');
    return dot && (strcasecmp(dot, ".csv") == 0 || strcasecmp(dot, ".tsv") == 0 ||
                   strcasecmp(dot, ".txt") == 0);
}

static void find_columns(struct rows *s)
{
    struct buf wanted = {0}, header = {0};
    for (size_t i = 0; i < s->count; i++) {
        buf_clear(&wanted);
        clean_header(&wanted, span_of(s->columns[i]));
        s->places[i] = s->width;
        for (size_t at = 0; at < s->width; at++) {
            buf_clear(&header);
            clean_header(&header, s->csv.row.cells[at]);
            if (span_eq(buf_span(&header), buf_span(&wanted)))
                s->places[i] = at;
        }
        if (s->places[i] == s->width)
            fail(STATUS_DATA, "%s:%zu: no column %s", s->file, s->csv.line,
                 quote(span_of(s->columns[i])));
    }
    buf_free(&wanted);
    buf_free(&header);
}

static bool next_csv(struct rows *s)
{
    enum csvin_status status = csvin_next(&s->csv);
    if (status == CSVIN_BAD)
        fail(STATUS_DATA, "%s:%zu:%zu: %s", s->file, s->csv.error_line, s->csv.error_column,
             buf_text(&s->csv.error));
    s->line = s->csv.line;
    return status == CSVIN_ROW;
}

void rows_open(struct rows *s, const char *file, const char *const *columns, size_t count)
{
    *s = (struct rows){.file = file, .columns = columns, .count = count};
    s->files[0] = (char *)file;
    s->is_csv = named_csv(file);
    if (!s->is_csv) {
        jsonl_open(&s->json, s->files, 1, 0);
        for (size_t i = 0; i < count; i++)
            s->lookups[i].name = span_of(columns[i]);
        return;
    }
    struct csvin_options options = {0};
    csvin_open(&s->csv, s->files, 1, &options);
    csvin_file(&s->csv);
    if (!next_csv(s))
        return;
    s->width = s->csv.row.count;
    find_columns(s);
}

static bool next_row(struct rows *s)
{
    if (!next_csv(s))
        return false;
    if (s->csv.row.count != s->width)
        fail(STATUS_DATA, "%s:%zu: row has %zu cells, header has %zu", s->file, s->line,
             s->csv.row.count, s->width);
    for (size_t i = 0; i < s->count; i++)
        s->cells[i] = clean_text(s->csv.row.cells[s->places[i]], &s->texts[i]);
    return true;
}

static bool next_record(struct rows *s)
{
    struct record r;
    enum jsonl_status status = jsonl_next(&s->json, &r);
    if (status == JSONL_BAD)
        fail(STATUS_DATA, "%s:%zu:%zu: %s", s->file, r.number, jsonl_column(&s->json),
             jsonl_error(&s->json));
    if (status == JSONL_END)
        return false;
    s->line = r.number;
    for (size_t i = 0; i < s->count; i++) {
        const struct value *v = record_find(&r, &s->lookups[i]);
        s->cells[i] = value_missing(v) ? (struct span){"", 0} : value_text(v, &s->texts[i]);
    }
    return true;
}

bool rows_next(struct rows *s)
{
    return s->is_csv ? s->width > 0 && next_row(s) : next_record(s);
}

void rows_close(struct rows *s)
{
    if (s->is_csv)
        csvin_close(&s->csv);
    else
        jsonl_close(&s->json);
    for (size_t i = 0; i < s->count; i++)
        buf_free(&s->texts[i]);
}
