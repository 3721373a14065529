/* count_place -- places of numbers packed into hash keys, and back. */
#include "count_place.h"

#include "base/fail.h"

/* A place in the hash: kind, column, row, from the highest bits down. */
#define KIND_SHIFT 62
#define COLUMN_SHIFT 32
#define COLUMN_MASK ((UINT64_C(1) << (KIND_SHIFT - COLUMN_SHIFT)) - 1)
#define ROLE_SHIFT 28 /* in the row of a missing answer, above the reason */
#define REASON_MASK ((UINT32_C(1) << ROLE_SHIFT) - 1)

/* A pair: column, row, other row. PLAN_MOST_CELLS allows no more rows. */
#define PAIR_BITS 17

uint64_t count_column(struct count_table *t, uint32_t layer, uint32_t group)
{
    uint32_t column = group + 1; /* COUNT_NONE becomes 0 */
    if (t->layers.field == INTERN_NONE)
        return column;
    return intern64_add(&t->columns, (uint64_t)layer << 32 | column);
}

static void *grow_zeroed(void *at, size_t *cap, size_t place, size_t size)
{
    size_t before = *cap;
    at = array_grow(at, cap, place + 1, size);
    memset((char *)at + before * size, 0, (*cap - before) * size);
    return at;
}

static inline void *zeroed(void *at, size_t *cap, size_t place, size_t size)
{
    return place < *cap ? at : grow_zeroed(at, cap, place, size);
}

size_t count_place_add(struct count_table *t, enum count_kind kind, uint64_t column, uint32_t row)
{
    size_t place =
        intern64_add(&t->places, (uint64_t)kind << KIND_SHIFT | column << COLUMN_SHIFT | row);
    t->counts = zeroed(t->counts, &t->counts_cap, place, sizeof *t->counts);
    if (t->weight != INTERN_NONE)
        t->weights = zeroed(t->weights, &t->weights_cap, place, sizeof *t->weights);
    return place;
}

size_t count_pair_add(struct count_table *t, uint64_t column, uint32_t row, uint32_t other)
{
    uint64_t low = row < other ? row : other, high = row < other ? other : row;
    size_t place = intern64_add(&t->pairs, column << (2 * PAIR_BITS) | low << PAIR_BITS | high);
    t->pair_counts = zeroed(t->pair_counts, &t->pair_counts_cap, place, sizeof *t->pair_counts);
    return place;
}

uint32_t count_missing_row(enum count_role role, uint32_t reason)
{
    return (uint32_t)role << ROLE_SHIFT | (reason & REASON_MASK);
}

static void split_column(const struct count_table *t, uint64_t column, uint32_t *layer,
                         uint32_t *group)
{
    if (t->layers.field != INTERN_NONE)
        column = t->columns.keys[column];
    *layer = (uint32_t)(column >> 32);
    *group = (uint32_t)column - 1; /* 0 becomes COUNT_NONE */
}

struct count_place count_place_of(const struct count_table *t, uint64_t key)
{
    struct count_place p = {.kind = (enum count_kind)(key >> KIND_SHIFT), .row = (uint32_t)key};
    split_column(t, key >> COLUMN_SHIFT & COLUMN_MASK, &p.layer, &p.group);
    if (p.kind == COUNT_MISSING) {
        p.role = (enum count_role)(p.row >> ROLE_SHIFT);
        p.row &= REASON_MASK;
    }
    return p;
}

struct count_pair count_pair_of(const struct count_table *t, uint64_t key)
{
    const uint64_t mask = (UINT64_C(1) << PAIR_BITS) - 1;
    struct count_pair p = {.row = (uint32_t)(key >> PAIR_BITS & mask),
                           .other = (uint32_t)(key & mask)};
    split_column(t, key >> (2 * PAIR_BITS), &p.layer, &p.group);
    return p;
}

uint64_t count_total_key(uint64_t key)
{
    uint64_t column = key >> COLUMN_SHIFT & COLUMN_MASK;
    return (uint64_t)COUNT_TOTAL << KIND_SHIFT | column << COLUMN_SHIFT;
}

uint32_t count_axis_add(struct count_axis *a, uint32_t code)
{
    a->index = zeroed(a->index, &a->index_cap, code, sizeof *a->index);
    if (a->index[code])
        return a->index[code] - 1;
    a->codes = array_grow(a->codes, &a->cap, a->count + 1, sizeof *a->codes);
    a->codes[a->count++] = code;
    a->index[code] = (uint32_t)a->count;
    return a->index[code] - 1;
}

struct span count_axis_spelling(const struct count *c, const struct count_axis *a, size_t index)
{
    if (a->names)
        return a->names[index].spelling;
    return c->answers.fields[a->field].values.keys[a->codes[index]];
}

void count_check_size(const struct count *c, const struct count_table *t, struct span field)
{
    double cells = (double)t->rows.count + (double)t->numbers.count;
    cells *= t->groups.count ? (double)t->groups.count : 1;
    cells *= t->layers.count ? (double)t->layers.count : 1;
    if (t->plan->pairs)
        cells *= (double)t->rows.count;
    if (t->plan->rows == PLAN_NUMBERS) /* of these only what has come is held */
        cells = (double)t->places.count;
    if (cells <= (double)c->max_cells)
        return;
    const struct record *r = c->answers.r;
    fail(STATUS_DATA, "%s:%zu: field %s: its values give table %s more than %zu cells (%s)",
         r->file, r->number, quote(field), quote(t->plan->id), c->max_cells, c->advice);
}

__attribute__((noinline)) uint32_t count_index_new(struct count *c, struct count_table *t,
                                                   struct count_axis *a, uint32_t code)
{
    size_t before = a->count;
    uint32_t index = count_axis_add(a, code);
    if (a->count > before)
        count_check_size(c, t, c->answers.fields[a->field].name);
    return index;
}
