/* result -- the counts of a table as the arrays of cells.h, with percentages.
 *
 * Rows are sorted here, when all counts are known. A percentage of responses
 * gets no interval: the answers of one record do not come independently. */
#include "count.h"

#include <stdlib.h>

#include "interval.h"
#include "scalar.h"

struct result {
    const struct count *counts;
    const struct count_table *from;
    const struct plan_table *plan;
    struct arena *arena;
    struct cells_table *to;
    size_t *row_at, *group_at, *layer_at; /* from the order of coming to that of the table */
    double *row_wholes;                   /* [layer][value]: over all groups, each record once */
    struct buf scratch;
};

/* ---- the order of rows, groups and layers ---- */

struct ranked {
    struct span spelling;
    double n;
    size_t index; /* in the order of coming */
};

static int by_value(const void *a, const void *b)
{
    const struct ranked *x = a, *y = b;
    return scalar_order(x->spelling, y->spelling);
}

/* The most frequent first; ties by value, so that no input order shows. */
static int by_count(const void *a, const void *b)
{
    const struct ranked *x = a, *y = b;
    return x->n != y->n ? (x->n < y->n) - (x->n > y->n) : by_value(a, b);
}

static struct span label_of(const struct plan_value *values, size_t count, size_t index)
{
    return index < count ? values[index].label : (struct span){0};
}

/* Puts the codes of AXIS in their order into CODES; gives where each has gone. */
static size_t *order_axis(struct result *r, const struct count_axis *axis, struct ranked *ranked,
                          enum plan_sort sort, struct cells_code **codes)
{
    const struct answers *answers = &r->counts->answers;
    for (size_t i = 0; i < axis->count; i++) {
        ranked[i].spelling = answers->fields[axis->field].values.keys[axis->codes[i]];
        ranked[i].index = i;
    }
    if (sort != PLAN_AS_LISTED && axis->count)
        qsort(ranked, axis->count, sizeof *ranked, sort == PLAN_BY_COUNT ? by_count : by_value);
    size_t *at = arena_array(r->arena, axis->count, sizeof *at);
    *codes = arena_array(r->arena, axis->count, sizeof **codes);
    for (size_t i = 0; i < axis->count; i++) {
        at[ranked[i].index] = i;
        (*codes)[i].raw = ranked[i].spelling;
    }
    return at;
}

static void name_codes(struct result *r, struct cells_code *codes, const size_t *at, size_t count,
                       const struct plan_value *values, size_t listed)
{
    for (size_t i = 0; i < count; i++) {
        struct cells_code *code = &codes[at[i]];
        code->label = label_of(values, listed, i);
        code->text = code->label.at ? code->label
                                    : arena_copy(r->arena, scalar_text(code->raw, &r->scratch));
    }
}

static void count_rows(struct result *r, struct ranked *ranked)
{
    for (size_t i = 0; i < r->from->places.count; i++) {
        struct count_place p = count_place(r->from, r->from->places.keys[i]);
        if (p.kind == COUNT_CELL && p.group == COUNT_NONE)
            ranked[p.row].n += (double)r->from->counts[i];
    }
}

static void order_rows(struct result *r)
{
    const struct count_axis *axis = &r->from->rows;
    struct ranked *ranked = arena_array(r->arena, axis->count, sizeof *ranked);
    count_rows(r, ranked);
    r->row_at = order_axis(r, axis, ranked, r->plan->sort, &r->to->values);
    r->to->value_count = axis->count;
    name_codes(r, r->to->values, r->row_at, axis->count, r->plan->values, r->plan->value_count);
}

/* Groups and layers have no order by count: only by value or as they came. */
static size_t *order_others(struct result *r, const struct count_axis *axis,
                            const struct plan_value *values, size_t listed,
                            struct cells_code **codes, size_t *count)
{
    if (axis->field == MAP_NONE) {
        *count = 1;
        *codes = arena_alloc(r->arena, sizeof **codes);
        **codes = (struct cells_code){SPAN("null"), SPAN(""), {0}};
        return arena_array(r->arena, 1, sizeof(size_t));
    }
    struct ranked *ranked = arena_array(r->arena, axis->count, sizeof *ranked);
    enum plan_sort sort = r->plan->sort == PLAN_BY_VALUE ? PLAN_BY_VALUE : PLAN_AS_LISTED;
    size_t *at = order_axis(r, axis, ranked, sort, codes);
    *count = axis->count;
    name_codes(r, *codes, at, axis->count, values, listed);
    return at;
}

/* ---- counts ---- */

static void allocate(struct result *r)
{
    struct cells_table *t = r->to;
    size_t columns = t->layer_count * t->group_count;
    size_t count = columns * t->value_count; /* at most PLAN_MOST_CELLS */
    t->cells = arena_array(r->arena, count, sizeof *t->cells);
    t->totals = arena_array(r->arena, columns, sizeof *t->totals);
    t->whole = arena_array(r->arena, t->layer_count, sizeof *t->whole);
    r->row_wholes = arena_array(r->arena, t->layer_count * t->value_count, sizeof *r->row_wholes);
    t->missing = arena_array(r->arena, r->from->places.count, sizeof *t->missing);
    for (size_t k = 1; k < t->of_count; k++)
        t->shares[k] = arena_array(r->arena, count, sizeof *t->shares[k]);
    if (r->plan->pairs)
        t->pairs = arena_array(r->arena, count * t->value_count, sizeof *t->pairs);
}

static struct span role_name(const struct result *r, enum count_role role)
{
    switch (role) {
    case ROLE_BY:
        return r->plan->by;
    case ROLE_STRATA:
        return r->plan->strata;
    case ROLE_UNIT:
        return r->plan->unit;
    default:
        return r->plan->field;
    }
}

static void add_missing(struct result *r, const struct count_place *p, double n, double new)
{
    struct cells_table *t = r->to;
    bool one_way = r->from->groups.field == MAP_NONE;
    size_t group = p->group == COUNT_NONE ? CELLS_NONE : r->group_at[p->group];
    size_t layer = p->layer == COUNT_NONE ? CELLS_NONE : r->layer_at[p->layer];
    if (p->role == ROLE_FIELD && one_way)
        group = 0;
    if (p->role == ROLE_FIELD && r->plan->missing == PLAN_INCLUDE) {
        if (p->group == COUNT_NONE)
            t->whole[layer].n += new;
        if (group != CELLS_NONE)
            cells_total(t, layer, group)->n += new;
    }
    /* A group's missing answers stand in its column; the whole would tell them twice. */
    if (n == 0 || (p->role == ROLE_FIELD && group == CELLS_NONE))
        return;
    t->missing[t->missing_count++] = (struct cells_missing){
        role_name(r, p->role), r->counts->answers.reasons.keys[p->row], layer, group, n, NAN};
}

/* NEW is the part of N that no other reason has put into the base. */
static void take_count(struct result *r, const struct count_place *p, double n, double new)
{
    struct cells_table *t = r->to;
    if (p->kind == COUNT_MISSING) {
        add_missing(r, p, n, new);
        return;
    }
    size_t layer = r->layer_at[p->layer];
    bool is_whole = p->group == COUNT_NONE, one_way = r->from->groups.field == MAP_NONE;
    size_t group = is_whole ? 0 : r->group_at[p->group];
    if (p->kind == COUNT_TOTAL) {
        if (is_whole)
            t->whole[layer].n += n;
        if (!is_whole || one_way)
            cells_total(t, layer, group)->n += n;
        return;
    }
    size_t row = r->row_at[p->row];
    if (is_whole)
        r->row_wholes[layer * t->value_count + row] += n;
    if (!is_whole || one_way)
        cells_at(t, layer, row, group)->n += n;
}

static void take_pairs(struct result *r)
{
    struct cells_table *t = r->to;
    for (size_t i = 0; t->pairs && i < r->from->pairs.count; i++) {
        struct count_pair p = count_pair(r->from, r->from->pairs.keys[i]);
        size_t layer = r->layer_at[p.layer];
        size_t group = p.group == COUNT_NONE ? 0 : r->group_at[p.group];
        size_t row = r->row_at[p.row], other = r->row_at[p.other];
        double n = (double)r->from->pair_counts[i];
        *cells_pair(t, layer, group, row, other) = n;
        *cells_pair(t, layer, group, other, row) = n;
    }
    for (size_t layer = 0; t->pairs && layer < t->layer_count; layer++)
        for (size_t g = 0; g < t->group_count; g++)
            for (size_t v = 0; v < t->value_count; v++)
                *cells_pair(t, layer, g, v, v) = cells_at(t, layer, v, g)->n;
}

/* ---- distinct units ---- */

/* A unit is missing from a column only if none of its records there has an answer,
 * and it is out of the table only if none of its records is in it. */
static bool is_answered(const struct count_table *t, uint64_t place, uint64_t unit)
{
    size_t total = tally_find(&t->places, count_total_key(t->places.keys[place]));
    return total != TALLY_NONE && tally_find(&t->seen, (uint64_t)total << 32 | unit) != TALLY_NONE;
}

/* Units that stand under a reason for missing but must not count there. */
struct corrections {
    uint64_t *answered; /* by place: units that are answered elsewhere */
    uint64_t *repeated; /* by place: units that another reason has put into the base before */
};

static struct corrections correct_units(struct result *r)
{
    const struct count_table *t = r->from;
    struct corrections c = {arena_array(r->arena, t->places.count, sizeof *c.answered),
                            arena_array(r->arena, t->places.count, sizeof *c.repeated)};
    struct tally based = {0};
    for (size_t i = 0; i < t->seen.count; i++) {
        uint64_t place = t->seen.keys[i] >> 32, unit = t->seen.keys[i] & UINT32_MAX;
        uint64_t key = t->places.keys[place];
        if (count_place(t, key).kind != COUNT_MISSING)
            continue;
        size_t before = based.count;
        if (is_answered(t, place, unit))
            c.answered[place]++;
        else if (tally_add(&based, count_total_key(key) ^ unit) < before)
            c.repeated[place]++;
    }
    tally_free(&based);
    return c;
}

/* Units may have several values or groups over their records, as lists have. */
static void find_overlaps(struct cells_table *t)
{
    for (size_t layer = 0; layer < t->layer_count; layer++) {
        double columns = 0;
        for (size_t g = 0; g < t->group_count; g++) {
            double rows = 0;
            for (size_t v = 0; v < t->value_count; v++)
                rows += cells_at(t, layer, v, g)->n;
            t->multiple |= rows > cells_total(t, layer, g)->n;
            columns += cells_total(t, layer, g)->n;
        }
        t->by_multiple |= columns > t->whole[layer].n;
    }
}

static void take_counts(struct result *r)
{
    const struct count_table *from = r->from;
    struct corrections c = {0};
    if (from->unit != MAP_NONE)
        c = correct_units(r);
    for (size_t i = 0; i < from->places.count; i++) {
        struct count_place p = count_place(from, from->places.keys[i]);
        uint64_t n = from->counts[i] - (c.answered ? c.answered[i] : 0);
        take_count(r, &p, (double)n, (double)(n - (c.repeated ? c.repeated[i] : 0)));
    }
    take_pairs(r);
    if (from->unit != MAP_NONE)
        find_overlaps(r->to);
}

/* ---- percentages ---- */

static double responses_in(const struct cells_table *t, size_t layer, size_t group)
{
    double sum = 0;
    for (size_t v = 0; v < t->value_count; v++)
        sum += cells_at(t, layer, v, group)->n;
    return sum;
}

static double base_of(const struct result *r, enum cells_of of, size_t layer, size_t value,
                      size_t group)
{
    const struct cells_table *t = r->to;
    switch (of) {
    case CELLS_ROW:
        return r->row_wholes[layer * t->value_count + value];
    case CELLS_TOTAL:
        return t->whole[layer].n;
    case CELLS_RESPONSES:
        return responses_in(t, layer, group);
    default:
        return cells_total(t, layer, group)->n;
    }
}

static void set_interval(const struct result *r, double n, struct cells_share *s)
{
    static enum stat_status (*const methods[])(double, double, double, struct stat_estimate *) = {
        [PLAN_WILSON] = interval_wilson,
        [PLAN_EXACT] = interval_clopper_pearson,
        [PLAN_AGRESTI_COULL] = interval_agresti_coull,
    };
    struct stat_estimate e;
    if (r->plan->interval == PLAN_NO_INTERVAL ||
        methods[r->plan->interval](n, s->base, r->counts->plan->confidence, &e) != STAT_OK)
        return;
    s->low = 100 * e.low;
    s->high = 100 * e.high;
}

static struct cells_share share_of(const struct result *r, enum cells_of of, double n, double base)
{
    struct cells_share s = {base, NAN, NAN, NAN};
    if (base <= 0)
        return s;
    s.percent = 100 * n / base;
    if (of != CELLS_RESPONSES)
        set_interval(r, n, &s);
    return s;
}

static void set_shares(struct result *r)
{
    struct cells_table *t = r->to;
    for (size_t layer = 0; layer < t->layer_count; layer++)
        for (size_t v = 0; v < t->value_count; v++)
            for (size_t g = 0; g < t->group_count; g++)
                for (size_t k = 0; k < t->of_count; k++) {
                    struct cells_cell *cell = cells_at(t, layer, v, g);
                    double base = base_of(r, t->of[k], layer, v, g);
                    struct cells_share s = share_of(r, t->of[k], cell->n, base);
                    if (k == 0)
                        cell->share = s;
                    else
                        t->shares[k][cell - t->cells] = s;
                }
}

/* A total's percentage is of the base that its table's percentages have. */
static struct cells_share total_share(const struct result *r, size_t layer, size_t group, double n)
{
    const struct cells_table *t = r->to;
    struct cells_share s = {n, NAN, NAN, NAN};
    if (t->of[0] == CELLS_ROW || t->of[0] == CELLS_TOTAL)
        s.base = t->whole[layer].n;
    if (t->of[0] == CELLS_RESPONSES) {
        s.base = 0;
        for (size_t g = 0; g < t->group_count; g++)
            if (g == group || group == CELLS_NONE)
                s.base += responses_in(t, layer, g);
    } else if (s.base > 0) {
        s.percent = 100 * n / s.base;
    }
    return s;
}

static void set_totals(struct result *r)
{
    struct cells_table *t = r->to;
    for (size_t layer = 0; layer < t->layer_count; layer++) {
        for (size_t g = 0; g < t->group_count; g++) {
            struct cells_cell *total = cells_total(t, layer, g);
            total->share = total_share(r, layer, g, total->n);
        }
        t->whole[layer].share = total_share(r, layer, CELLS_NONE, t->whole[layer].n);
    }
}

void count_result(struct count *c, size_t index, struct arena *arena, struct cells_table *result)
{
    struct result r = {.counts = c,
                       .from = &c->tables[index],
                       .plan = &c->plan->tables[index],
                       .arena = arena,
                       .to = result};
    *result = (struct cells_table){
        .id = r.plan->id,
        .title = r.plan->title,
        .field = r.plan->field,
        .by = r.plan->by,
        .strata = r.plan->strata,
        .multiple = r.from->multiple,
        .by_multiple = r.from->by_multiple,
        .of_count = r.plan->of_count,
    };
    memcpy(result->of, r.plan->of, sizeof result->of);
    order_rows(&r);
    r.group_at = order_others(&r, &r.from->groups, r.plan->groups, r.plan->group_count,
                              &result->groups, &result->group_count);
    r.layer_at = order_others(&r, &r.from->layers, NULL, 0, &result->layers, &result->layer_count);
    allocate(&r);
    take_counts(&r);
    set_shares(&r);
    set_totals(&r);
    buf_free(&r.scratch);
}
