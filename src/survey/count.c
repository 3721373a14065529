/* count -- records into the tables of a plan. */
#include "count.h"

#include <stdlib.h>

#include "fail.h"
#include "scalar.h"

/* A place in the hash: kind, column, row, from the highest bits down. */
#define KIND_SHIFT 62
#define COLUMN_SHIFT 32
#define COLUMN_MASK ((UINT64_C(1) << (KIND_SHIFT - COLUMN_SHIFT)) - 1)
#define ROLE_SHIFT 28 /* in the row of a missing answer, above the reason */
#define REASON_MASK ((UINT32_C(1) << ROLE_SHIFT) - 1)

/* A pair: column, row, other row. */
#define PAIR_BITS 17 /* PLAN_MOST_CELLS allows no more rows */

/* ---- opening ---- */

static size_t field_of(struct count *c, struct span name)
{
    return name.at ? answers_field(&c->answers, name) : MAP_NONE;
}

static uint32_t axis_index(struct count_axis *a, uint32_t code)
{
    if (code >= a->index_cap) {
        size_t before = a->index_cap;
        a->index = array_grow(a->index, &a->index_cap, (size_t)code + 1, sizeof *a->index);
        memset(a->index + before, 0, (a->index_cap - before) * sizeof *a->index);
    }
    if (a->index[code])
        return a->index[code] - 1;
    a->codes = array_grow(a->codes, &a->cap, a->count + 1, sizeof *a->codes);
    a->codes[a->count++] = code;
    a->index[code] = (uint32_t)a->count;
    return a->index[code] - 1;
}

static void open_axis(struct count *c, struct count_axis *a, struct span name,
                      const struct plan_value *values, size_t count)
{
    a->field = field_of(c, name);
    for (size_t i = 0; i < count; i++)
        axis_index(a, answers_code(&c->answers, a->field, values[i].spelling));
}

static void open_condition(struct count *c, struct count_condition *condition,
                           const struct plan_where *w)
{
    *condition = (struct count_condition){.missing = w->missing, .negated = w->negated};
    condition->field = answers_field(&c->answers, w->field);
    for (size_t i = 0; i < w->count; i++) {
        uint32_t code = answers_code(&c->answers, condition->field, w->values[i]);
        size_t before = condition->known;
        condition->wanted = array_grow(condition->wanted, &condition->known, (size_t)code + 1,
                                       sizeof *condition->wanted);
        memset(condition->wanted + before, 0, condition->known - before);
        condition->wanted[code] = true;
    }
}

static void open_table(struct count *c, struct count_table *t, const struct plan_table *p)
{
    t->plan = p;
    open_axis(c, &t->rows, p->field, p->values, p->value_count);
    open_axis(c, &t->groups, p->by, p->groups, p->group_count);
    open_axis(c, &t->layers, p->strata, NULL, 0);
    t->unit = field_of(c, p->unit);
    t->conditions = arena_array(&c->arena, p->where_count, sizeof *t->conditions);
    for (size_t i = 0; i < p->where_count; i++)
        open_condition(c, &t->conditions[i], &p->where[i]);
}

void count_open(struct count *c, const struct plan *p, size_t max_cells)
{
    *c = (struct count){.plan = p, .max_cells = max_cells};
    c->tables = arena_array(&c->arena, p->count, sizeof *c->tables);
    for (size_t i = 0; i < p->count; i++)
        open_table(c, &c->tables[i], &p->tables[i]);
}

/* ---- whether a record can be counted ---- */

/* Whether the record has one of the values, or none of them if negated. */
static bool holds(struct answers *answers, const struct count_condition *condition)
{
    const struct answer *a = answers_find(answers, condition->field);
    bool has = a->state == ANSWER_MISSING && condition->missing;
    for (size_t i = 0; i < a->count && !has; i++)
        has = a->codes[i] < condition->known && condition->wanted[a->codes[i]];
    return has != condition->negated;
}

static bool is_selected(struct count *c, const struct count_table *t)
{
    for (size_t i = 0; i < t->plan->where_count; i++)
        if (!holds(&c->answers, &t->conditions[i]))
            return false;
    return true;
}

enum list { LIST_COUNTS, LIST_IS_WRONG };

static bool can_use(struct count *c, struct filter *f, size_t field, enum list list)
{
    if (field == MAP_NONE)
        return true;
    const struct answer *a = answers_get(&c->answers, field);
    if (a->state == ANSWER_ONE || (a->state == ANSWER_LIST && list == LIST_COUNTS))
        return true;
    const struct record *r = c->answers.r;
    uint32_t reason;
    if (a->state == ANSWER_NESTED)
        filter_reject(f, r, a->lookup.name, "%s cannot be counted",
                      a->value->type == VALUE_OBJECT ? "an object" : "a list within a list");
    else if (a->state == ANSWER_LIST)
        filter_reject(f, r, a->lookup.name, "expected a single value, not a list");
    else if (!answers_reason(&c->answers, field, &reason))
        filter_reject(f, r, SPAN("_missing"), "expected an object of strings");
    else
        return true;
    return false;
}

static bool can_count(struct count *c, struct filter *f, const struct count_table *t)
{
    return can_use(c, f, t->layers.field, LIST_IS_WRONG) && can_use(c, f, t->unit, LIST_IS_WRONG) &&
           can_use(c, f, t->groups.field, LIST_COUNTS) && can_use(c, f, t->rows.field, LIST_COUNTS);
}

/* ---- counting ---- */

/* Too many cells are told when the value comes that makes them too many. */
static void check_size(const struct count *c, const struct count_table *t,
                       const struct count_axis *a)
{
    double cells = (double)t->rows.count;
    cells *= t->groups.count ? (double)t->groups.count : 1;
    cells *= t->layers.count ? (double)t->layers.count : 1;
    if (t->plan->pairs)
        cells *= (double)t->rows.count;
    if (cells <= (double)c->max_cells)
        return;
    const struct record *r = c->answers.r;
    fail(STATUS_DATA,
         "%s:%zu: field %s: its values give table %s more than %zu cells (see --max-cells)",
         r->file, r->number, quote(c->answers.fields[a->field].lookup.name), quote(t->plan->id),
         c->max_cells);
}

static uint32_t index_of(struct count *c, struct count_table *t, struct count_axis *a,
                         uint32_t code)
{
    size_t before = a->count;
    uint32_t index = axis_index(a, code);
    if (a->count > before)
        check_size(c, t, a);
    return index;
}

/* LAYER and GROUP may be COUNT_NONE. Without strata the column is the group itself. */
static uint64_t column_of(struct count_table *t, uint32_t layer, uint32_t group)
{
    uint32_t column = group + 1; /* COUNT_NONE becomes 0 */
    if (t->layers.field == MAP_NONE)
        return column;
    return tally_add(&t->columns, (uint64_t)layer << 32 | column);
}

static uint64_t *counter(uint64_t **counts, size_t *cap, size_t place)
{
    size_t before = *cap;
    if (place >= before) {
        *counts = array_grow(*counts, cap, place + 1, sizeof **counts);
        memset(*counts + before, 0, (*cap - before) * sizeof **counts);
    }
    return &(*counts)[place];
}

static void add(struct count *c, struct count_table *t, enum count_kind kind, uint64_t column,
                uint32_t row)
{
    uint64_t key = (uint64_t)kind << KIND_SHIFT | column << COLUMN_SHIFT | row;
    size_t place = tally_add(&t->places, key);
    if (t->unit != MAP_NONE) {
        const struct answer *unit = &c->answers.fields[t->unit];
        size_t before = t->seen.count;
        if (unit->count == 1 &&
            tally_add(&t->seen, (uint64_t)place << 32 | unit->codes[0]) < before)
            return;
    }
    ++*counter(&t->counts, &t->counts_cap, place);
}

static void add_missing(struct count *c, struct count_table *t, uint64_t column,
                        enum count_role role, size_t field)
{
    uint32_t reason = 0;
    answers_reason(&c->answers, field, &reason); /* was found to be good before */
    if (reason >= c->max_cells)
        fail(STATUS_DATA, "%s:%zu: field '_missing': more than %zu reasons (see --max-cells)",
             c->answers.r->file, c->answers.r->number, c->max_cells);
    add(c, t, COUNT_MISSING, column, (uint32_t)role << ROLE_SHIFT | (reason & REASON_MASK));
}

static void add_pairs(struct count *c, struct count_table *t, uint64_t column,
                      const struct answer *a)
{
    for (size_t i = 0; i < a->count; i++)
        for (size_t k = i + 1; k < a->count; k++) {
            uint64_t row = index_of(c, t, &t->rows, a->codes[i]);
            uint64_t other = index_of(c, t, &t->rows, a->codes[k]);
            uint64_t low = row < other ? row : other, high = row < other ? other : row;
            uint64_t key = column << (2 * PAIR_BITS) | low << PAIR_BITS | high;
            size_t place = tally_add(&t->pairs, key);
            ++*counter(&t->pair_counts, &t->pair_counts_cap, place);
        }
}

static void add_column(struct count *c, struct count_table *t, uint64_t column)
{
    const struct answer *a = &c->answers.fields[t->rows.field];
    if (a->state == ANSWER_MISSING) {
        add_missing(c, t, column, ROLE_FIELD, t->rows.field);
        return;
    }
    add(c, t, COUNT_TOTAL, column, 0);
    for (size_t i = 0; i < a->count; i++)
        add(c, t, COUNT_CELL, column, index_of(c, t, &t->rows, a->codes[i]));
}

/* A column that tests are made of, with the pairs that they may need. */
static void add_group(struct count *c, struct count_table *t, uint64_t column)
{
    const struct answer *a = &c->answers.fields[t->rows.field];
    add_column(c, t, column);
    if (t->plan->pairs && a->count > 1)
        add_pairs(c, t, column, a);
}

/* The layer: 0 without strata, COUNT_NONE if its field is missing. */
static uint32_t layer_of(struct count *c, struct count_table *t)
{
    if (t->layers.field == MAP_NONE)
        return 0;
    const struct answer *a = &c->answers.fields[t->layers.field];
    return a->count ? index_of(c, t, &t->layers, a->codes[0]) : COUNT_NONE;
}

static void add_record(struct count *c, struct count_table *t)
{
    struct answer *fields = c->answers.fields;
    uint32_t layer = layer_of(c, t);
    uint64_t whole = column_of(t, layer, COUNT_NONE);
    if (layer == COUNT_NONE) {
        add_missing(c, t, whole, ROLE_STRATA, t->layers.field);
    } else if (t->unit != MAP_NONE && fields[t->unit].count == 0) {
        add_missing(c, t, whole, ROLE_UNIT, t->unit);
    } else if (t->groups.field == MAP_NONE) {
        t->multiple |= fields[t->rows.field].state == ANSWER_LIST;
        add_group(c, t, whole);
    } else if (fields[t->groups.field].count == 0) {
        add_missing(c, t, whole, ROLE_BY, t->groups.field);
    } else {
        const struct answer *groups = &fields[t->groups.field];
        t->multiple |= fields[t->rows.field].state == ANSWER_LIST;
        t->by_multiple |= groups->state == ANSWER_LIST;
        add_column(c, t, whole);
        for (size_t i = 0; i < groups->count; i++) {
            uint32_t group = index_of(c, t, &t->groups, groups->codes[i]);
            add_group(c, t, column_of(t, layer, group));
        }
    }
}

void count_record(struct count *c, struct filter *f, const struct record *r)
{
    answers_begin(&c->answers, r);
    for (size_t i = 0; i < c->plan->count; i++) {
        struct count_table *t = &c->tables[i];
        t->selected = is_selected(c, t);
        if (t->selected && !can_count(c, f, t))
            return;
    }
    for (size_t i = 0; i < c->plan->count; i++)
        if (c->tables[i].selected)
            add_record(c, &c->tables[i]);
}

/* ---- reading back ---- */

static void split_column(const struct count_table *t, uint64_t column, uint32_t *layer,
                         uint32_t *group)
{
    if (t->layers.field != MAP_NONE)
        column = t->columns.keys[column];
    *layer = (uint32_t)(column >> 32);
    *group = (uint32_t)column - 1; /* 0 becomes COUNT_NONE */
}

struct count_place count_place(const struct count_table *t, uint64_t key)
{
    struct count_place p = {.kind = (enum count_kind)(key >> KIND_SHIFT), .row = (uint32_t)key};
    split_column(t, key >> COLUMN_SHIFT & COLUMN_MASK, &p.layer, &p.group);
    if (p.kind == COUNT_MISSING) {
        p.role = (enum count_role)(p.row >> ROLE_SHIFT);
        p.row &= REASON_MASK;
    }
    return p;
}

uint64_t count_total_key(uint64_t key)
{
    uint64_t column = key >> COLUMN_SHIFT & COLUMN_MASK;
    return (uint64_t)COUNT_TOTAL << KIND_SHIFT | column << COLUMN_SHIFT;
}

struct count_pair count_pair(const struct count_table *t, uint64_t key)
{
    const uint64_t mask = (UINT64_C(1) << PAIR_BITS) - 1;
    struct count_pair p = {.row = (uint32_t)(key >> PAIR_BITS & mask),
                           .other = (uint32_t)(key & mask)};
    split_column(t, key >> (2 * PAIR_BITS), &p.layer, &p.group);
    return p;
}

static void axis_free(struct count_axis *a)
{
    free(a->index);
    free(a->codes);
}

void count_free(struct count *c)
{
    for (size_t i = 0; i < c->plan->count; i++) {
        struct count_table *t = &c->tables[i];
        for (size_t k = 0; k < t->plan->where_count; k++)
            free(t->conditions[k].wanted);
        axis_free(&t->rows);
        axis_free(&t->groups);
        axis_free(&t->layers);
        tally_free(&t->columns);
        tally_free(&t->places);
        tally_free(&t->seen);
        tally_free(&t->pairs);
        free(t->counts);
        free(t->pair_counts);
    }
    answers_free(&c->answers);
    arena_free(&c->arena);
    *c = (struct count){0};
}
