/* rulings -- what people decided about single answers. */
#include "replies/rulings.h"

#include <ctype.h>
#include <stdlib.h>

#include "base/fail.h"
#include "text/key.h"

static const char *const columns[] = {"kind", "reply", "field", "value", "coder", "date", "text"};
static const char *const wanted[] = {"reply", "field", "value", NULL};
enum column { KIND, REPLY, FIELD, VALUE, CODER, DATE, TEXT, COLUMNS };

/* Kinds of items that this program made; review.md lists those of the others. */
static const char *const kinds[] = {"", "answer", "unplaced", "extract", "conflict", "correction"};

static bool is_ours(struct span kind)
{
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (span_eq(kind, span_of(kinds[i])))
            return true;
    return false;
}

static size_t index_of(struct rulings *r, struct span reply, struct span field)
{
    buf_clear(&r->key);
    key_add(&r->key, KEY_STRING, reply);
    key_add(&r->key, KEY_STRING, field);
    size_t known = r->keys.count, at = intern_add(&r->keys, buf_span(&r->key));
    r->first = array_grow(r->first, &r->first_cap, at + 1, sizeof *r->first);
    r->last = array_grow(r->last, &r->last_cap, at + 1, sizeof *r->last);
    if (at == known)
        r->first[at] = r->last[at] = RULINGS_NONE;
    return at;
}

static void take_row(struct rulings *r, const struct sheet *s, size_t row, const size_t *places,
                     const struct intern *fields)
{
    struct span cells[COLUMNS];
    for (int i = 0; i < COLUMNS; i++)
        cells[i] = sheet_cell(s, row, places[i]);
    if (!is_ours(cells[KIND])) {
        r->others++;
        return;
    }
    if (cells[REPLY].len == 0)
        sheet_fail(s, row, "no reply");
    if (intern_find(fields, cells[FIELD]) == INTERN_NONE)
        sheet_fail(s, row, "%s is no question of the schema", quote(cells[FIELD]));
    size_t key = index_of(r, cells[REPLY], cells[FIELD]);
    r->at = array_grow(r->at, &r->cap, r->count + 1, sizeof *r->at);
    struct ruling *it = &r->at[r->count];
    *it = (struct ruling){.file = s->file,
                          .line = s->lines[row],
                          .value = cells[VALUE],
                          .coder = cells[CODER],
                          .date = cells[DATE],
                          .text = cells[TEXT],
                          .next = RULINGS_NONE};
    if (r->first[key] == RULINGS_NONE)
        r->first[key] = r->count;
    else
        r->at[r->last[key]].next = r->count;
    r->last[key] = r->count++;
}

void rulings_load(struct rulings *r, const char *file, const struct intern *fields)
{
    size_t places[COLUMNS];
    r->sheets = array_grow(r->sheets, &r->sheets_cap, r->sheet_count + 1, sizeof *r->sheets);
    struct sheet *s = &r->sheets[r->sheet_count++];
    *s = (struct sheet){0};
    sheet_load(s, file, SHEET_CSV, wanted);
    for (int i = 0; i < COLUMNS; i++)
        places[i] = sheet_column(s, columns[i]);
    for (size_t i = 0; wanted[i]; i++)
        sheet_need(s, wanted[i]);
    for (size_t row = 0; row < s->rows; row++)
        take_row(r, s, row, places, fields);
}

/* Whether two texts are the same but for spaces, which spreadsheets and pages change. */
static bool same_text(struct span a, struct span b)
{
    size_t i = 0, k = 0;
    for (;;) {
        while (i < a.len && isspace((unsigned char)a.at[i]))
            i++;
        while (k < b.len && isspace((unsigned char)b.at[k]))
            k++;
        if (i == a.len || k == b.len)
            return i == a.len && k == b.len;
        if (a.at[i++] != b.at[k++])
            return false;
    }
}

const struct ruling *rulings_find(struct rulings *r, struct span reply, struct span field,
                                  const struct span *texts, size_t count)
{
    buf_clear(&r->key);
    key_add(&r->key, KEY_STRING, reply);
    key_add(&r->key, KEY_STRING, field);
    size_t at = intern_find(&r->keys, buf_span(&r->key));
    struct ruling *found = NULL;
    for (size_t i = at == INTERN_NONE ? RULINGS_NONE : r->first[at]; i != RULINGS_NONE;
         i = r->at[i].next) {
        struct ruling *it = &r->at[i];
        bool fits = it->text.len == 0;
        for (size_t k = 0; k < count && !fits; k++)
            fits = same_text(texts[k], it->text);
        it->met = true;
        it->stale = !fits;
        if (fits)
            found = it;
    }
    if (found)
        found->used = true;
    return found;
}

size_t rulings_report(const struct rulings *r)
{
    size_t idle = 0;
    for (size_t i = 0; i < r->count; i++) {
        const struct ruling *it = &r->at[i];
        if (it->used || (it->met && !it->stale))
            continue;
        idle++;
        warn("%s:%zu: %s", it->file, it->line,
             it->stale ? "stale: the letters no longer say what this was decided on (it is listed "
                         "again)"
                       : "no reply has the code of this decision");
    }
    return idle;
}

void rulings_free(struct rulings *r)
{
    for (size_t i = 0; i < r->sheet_count; i++)
        sheet_free(&r->sheets[i]);
    free(r->sheets);
    free(r->at);
    intern_free(&r->keys);
    free(r->first);
    free(r->last);
    buf_free(&r->key);
    *r = (struct rulings){0};
}
