/* headings -- whether the first record of a table is the rest of its header. */
#include "study/headings.h"

#include <stdlib.h>

#include "base/fail.h"
#include "base/intern.h"
#include "stream/jsonl.h"
#include "text/clean.h"

/* What the first record says of a column. */
struct heading {
    bool named, filled;
};

struct reader {
    struct heading *at; /* by column */
    size_t count, cap;
    struct intern group; /* what stands below the heading that the column belongs to */
    bool repeats;        /* a group has a text twice */
    struct buf value, clean;
};

/* A name that a program gave to a column without one: column_7. */
static bool is_given(struct span name)
{
    const struct span stem = SPAN("column_");
    bool given = span_starts(name, stem) && name.len > stem.len;
    for (size_t i = stem.len; i < name.len; i++)
        given = given && name.at[i] >= '0' && name.at[i] <= '9';
    return given;
}

static void take(struct reader *rd, const struct field *f)
{
    struct heading h = {.named = !is_given(f->name)};
    struct span text = {NULL, 0};
    if (!value_missing(&f->value))
        text = clean_text(value_text(&f->value, &rd->value), &rd->clean);
    h.filled = text.len > 0;
    if (h.named)
        intern_clear(&rd->group);
    if (h.filled) {
        size_t before = rd->group.count;
        rd->repeats = rd->repeats || intern_add(&rd->group, text) < before;
    }
    rd->at = array_grow(rd->at, &rd->cap, rd->count + 1, sizeof *rd->at);
    rd->at[rd->count++] = h;
}

/* Every column below a merged heading has a text of its own, and the first column, which is not
 * merged, none: a record has something there. */
static bool goes_on(const struct reader *rd)
{
    size_t unnamed = 0;
    if (rd->repeats || rd->count == 0 || !rd->at[0].named || rd->at[0].filled)
        return false;
    for (size_t i = 0; i < rd->count; i++) {
        const struct heading *h = &rd->at[i];
        bool is_merged = !h->named || (i + 1 < rd->count && !rd->at[i + 1].named);
        if (is_merged && !h->filled)
            return false;
        unnamed += !h->named;
    }
    return unnamed > 0;
}

size_t headings_count(const char *file)
{
    char *files[] = {(char *)(uintptr_t)file};
    struct jsonl in;
    struct record r;
    struct reader rd = {0};
    jsonl_open(&in, files, 1, 0);
    enum jsonl_status status = jsonl_next(&in, &r);
    for (size_t i = 0; status == JSONL_RECORD && i < r.count; i++)
        take(&rd, &r.fields[i]);
    if (status == JSONL_BAD)
        fail(STATUS_DATA, "%s:%zu:%zu: %s", file, r.number, jsonl_column(&in), jsonl_error(&in));
    size_t rows = goes_on(&rd) ? 2 : 1;
    jsonl_close(&in);
    intern_free(&rd.group);
    buf_free(&rd.value);
    buf_free(&rd.clean);
    free(rd.at);
    return rows;
}
