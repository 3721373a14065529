/* result -- the counts of a table as the arrays of cells.h. */
#include "result.h"

#include "count_dense.h"

/* ---- counts ---- */

static bool is_one_way(const struct result *r)
{
    return r->from->groups.field == INTERN_NONE;
}

/* In a table of one column its cells say it all. */
static bool needs_rows(const struct result *r)
{
    bool needs = !is_one_way(r) || r->plan->below;
    for (size_t k = 0; k < r->plan->of_count; k++)
        needs |= r->plan->of[k] == CELLS_ROW;
    return needs;
}

static size_t count_reasons(const struct count_table *t)
{
    size_t count = 0;
    for (size_t i = 0; i < t->places.count; i++)
        count += count_place_of(t, t->places.keys[i]).kind == COUNT_MISSING;
    return count;
}

static void allocate(struct result *r)
{
    struct cells_table *t = r->to;
    size_t columns = t->layer_count * t->group_count;
    size_t count = columns * t->value_count; /* at most PLAN_MOST_CELLS */
    t->cells = arena_array(r->arena, count, sizeof *t->cells);
    t->totals = arena_array(r->arena, columns, sizeof *t->totals);
    t->whole = arena_array(r->arena, t->layer_count, sizeof *t->whole);
    t->subtotal_cells =
        arena_array(r->arena, columns * t->subtotal_count, sizeof *t->subtotal_cells);
    if (r->plan->top && t->rest_values)
        t->rest = arena_array(r->arena, columns, sizeof *t->rest);
    r->totals = arena_array(r->arena, columns, sizeof *r->totals);
    r->wholes = arena_array(r->arena, t->layer_count, sizeof *r->wholes);
    if (needs_rows(r))
        r->rows = arena_array(r->arena, t->layer_count * t->value_count, sizeof *r->rows);
    t->missing = arena_array(r->arena, count_reasons(r->from), sizeof *t->missing);
    for (size_t k = 1; k < t->of_count; k++)
        t->shares[k] = arena_array(r->arena, count, sizeof *t->shares[k]);
    if (r->plan->pairs)
        t->pairs = arena_array(r->arena, count * t->value_count, sizeof *t->pairs);
}

static void amount_add(struct amount *to, const struct amount *more)
{
    to->n += more->n;
    to->squares += more->squares;
    to->unweighted += more->unweighted;
}

static void cell_add(struct cells_cell *cell, const struct amount *more)
{
    cell->n += more->n;
    cell->unweighted += more->unweighted;
    cell->squares += more->squares;
}

static struct span role_name(const struct result *r, enum count_role role)
{
    const struct span names[ROLE_COUNT] = {r->plan->field, r->plan->by, r->plan->strata,
                                           r->plan->unit, r->plan->weight};
    return names[role];
}

/* NEW is the part of N that no other reason has put into the base. */
static void add_missing(struct result *r, const struct count_place *p, const struct amount *n,
                        const struct amount *new)
{
    struct cells_table *t = r->to;
    size_t group = p->group == COUNT_NONE ? CELLS_NONE : r->group_at[p->group];
    size_t layer = p->layer == COUNT_NONE ? CELLS_NONE : r->layer_at[p->layer];
    if (p->role == ROLE_FIELD && is_one_way(r))
        group = 0;
    if (p->role == ROLE_FIELD && r->plan->missing == PLAN_INCLUDE) {
        if (p->group == COUNT_NONE)
            amount_add(&r->wholes[layer], new);
        if (group != CELLS_NONE)
            amount_add(&r->totals[layer * t->group_count + group], new);
    }
    /* A group's missing answers stand in its column; the whole would tell them twice. */
    if (n->unweighted == 0 || (p->role == ROLE_FIELD && group == CELLS_NONE))
        return;
    double shown = p->role == ROLE_WEIGHT ? n->unweighted : n->n;
    t->missing[t->missing_count++] = (struct cells_missing){
        role_name(r, p->role), r->counts->answers.reasons.keys[p->row], layer, group, shown,
        n->unweighted};
}

static void add_cell(struct result *r, const struct count_place *p, size_t layer, size_t group,
                     const struct amount *n)
{
    struct cells_table *t = r->to;
    bool is_whole = p->group == COUNT_NONE;
    if (r->plan->rows == PLAN_NUMBERS)
        return;
    if (p->kind == COUNT_SUBTOTAL) {
        if (!is_whole || is_one_way(r))
            cell_add(cells_subtotal(t, layer, p->row, group), n);
        return;
    }
    size_t row = r->row_at[p->row];
    if (r->rows && is_whole && row != CELLS_NONE)
        amount_add(&r->rows[layer * t->value_count + row], n);
    if (is_whole && !is_one_way(r))
        return;
    if (row == CELLS_NONE)
        cell_add(&t->rest[layer * t->group_count + group], n);
    else
        cell_add(cells_at(t, layer, row, group), n);
}

static void take_count(struct result *r, const struct count_place *p, const struct amount *n,
                       const struct amount *new)
{
    if (p->kind == COUNT_MISSING) {
        add_missing(r, p, n, new);
        return;
    }
    bool is_whole = p->group == COUNT_NONE;
    size_t layer = r->layer_at[p->layer];
    size_t group = is_whole ? 0 : r->group_at[p->group];
    if (p->kind != COUNT_TOTAL) {
        add_cell(r, p, layer, group, n);
        return;
    }
    if (is_whole)
        amount_add(&r->wholes[layer], n);
    if (!is_whole || is_one_way(r))
        amount_add(&r->totals[layer * r->to->group_count + group], n);
}

static void take_pairs(struct result *r)
{
    struct cells_table *t = r->to;
    for (size_t i = 0; t->pairs && i < r->from->pairs.count; i++) {
        struct count_pair p = count_pair_of(r->from, r->from->pairs.keys[i]);
        size_t layer = r->layer_at[p.layer];
        size_t group = p.group == COUNT_NONE ? 0 : r->group_at[p.group];
        size_t row = r->row_at[p.row], other = r->row_at[p.other];
        double n = (double)r->from->pair_counts[i];
        *cells_pair(t, layer, group, row, other) = n;
        *cells_pair(t, layer, group, other, row) = n;
    }
}

/* Where a record can be in several groups, its row cannot be had by adding them up. */
static void take_rows(struct result *r)
{
    struct cells_table *t = r->to;
    for (size_t layer = 0; layer < t->layer_count; layer++)
        for (size_t v = 0; v < t->value_count && t->by_multiple; v++)
            for (size_t g = 0; g < t->group_count; g++)
                cells_at(t, layer, v, g)->row = r->rows[layer * t->value_count + v].n;
}

/* ---- distinct units ---- */

/* A unit is missing from a column only if none of its records there has an answer,
 * and it is out of the table only if none of its records is in it. */
static bool is_answered(const struct count_table *t, uint64_t place, uint64_t unit)
{
    size_t total = intern64_find(&t->places, count_total_key(t->places.keys[place]));
    return total != INTERN64_NONE &&
           intern64_find(&t->seen, (uint64_t)total << 32 | unit) != INTERN64_NONE;
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
    struct intern64 based = {0};
    for (size_t i = 0; i < t->seen.count; i++) {
        uint64_t place = t->seen.keys[i] >> 32, unit = t->seen.keys[i] & UINT32_MAX;
        uint64_t key = t->places.keys[place];
        struct count_place p = count_place_of(t, key);
        if (p.kind != COUNT_MISSING)
            continue;
        size_t before = based.count;
        if (is_answered(t, place, unit))
            c.answered[place]++;
        else if (p.role == ROLE_FIELD && intern64_add(&based, count_total_key(key) ^ unit) < before)
            c.repeated[place]++;
    }
    intern64_free(&based);
    return c;
}

/* Units may have several values or groups over their records, as lists have. */
static void find_overlaps(struct result *r)
{
    struct cells_table *t = r->to;
    for (size_t layer = 0; layer < t->layer_count; layer++) {
        double columns = 0;
        for (size_t g = 0; g < t->group_count; g++) {
            double rows = 0;
            for (size_t v = 0; v < t->value_count; v++)
                rows += cells_at(t, layer, v, g)->n;
            double total = r->totals[layer * t->group_count + g].n;
            t->multiple |= rows > total;
            columns += total;
        }
        t->by_multiple |= columns > r->wholes[layer].n;
    }
}

static struct amount amount_at(const struct count_table *t, size_t place)
{
    double n = (double)t->counts[place];
    if (t->weight == INTERN_NONE)
        return (struct amount){n, n, n};
    const struct count_weight *w = &t->weights[place];
    return (struct amount){fixed_value(&w->sum), fixed_value(&w->squares), n};
}

static void take_counts(struct result *r)
{
    const struct count_table *from = r->from;
    struct corrections c = {0};
    if (from->unit != INTERN_NONE)
        c = correct_units(r);
    for (size_t i = 0; i < from->places.count; i++) {
        struct count_place p = count_place_of(from, from->places.keys[i]);
        struct amount n = amount_at(from, i), new = n;
        if (c.answered) { /* units have no weights: all parts of the amount are the count */
            double kept = (double)(from->counts[i] - c.answered[i]);
            double fresh = kept - (double)c.repeated[i];
            n = (struct amount){kept, kept, kept};
            new = (struct amount){fresh, fresh, fresh};
        }
        take_count(r, &p, &n, &new);
    }
    take_pairs(r);
    take_rows(r);
    if (from->unit != INTERN_NONE)
        find_overlaps(r);
}

/* What identifies a record: the first of its public fields. */
static struct span identity(struct span body)
{
    struct span rest = body;
    struct value first;
    return value_next(&rest, NULL, &first) ? first.raw : SPAN("null");
}

/* The cell that a place is, as an index; CELLS_NONE for one that is not shown. */
static size_t cell_of(const struct result *r, size_t place)
{
    const struct cells_table *t = r->to;
    struct count_place p = count_place_of(r->from, r->from->places.keys[place]);
    bool is_whole = p.group == COUNT_NONE;
    if (is_whole != is_one_way(r) || r->row_at[p.row] == CELLS_NONE)
        return CELLS_NONE;
    size_t group = is_whole ? 0 : r->group_at[p.group];
    return (size_t)(cells_at(t, r->layer_at[p.layer], r->row_at[p.row], group) - t->cells);
}

static void take_members(struct result *r)
{
    struct cells_table *t = r->to;
    const struct count_table *from = r->from;
    if (from->member_count == 0 || !r->counts->bodies.are_kept || t->value_count == 0)
        return;
    t->members =
        arena_array(r->arena, t->layer_count * t->value_count * t->group_count, sizeof *t->members);
    for (size_t i = 0; i < from->member_count; i++) {
        size_t cell = cell_of(r, from->members[i] >> 32);
        if (cell != CELLS_NONE)
            t->members[cell].count++;
    }
    for (size_t i = 0; i < t->layer_count * t->value_count * t->group_count; i++) {
        t->members[i].at = arena_array(r->arena, t->members[i].count, sizeof(struct span));
        t->members[i].count = 0;
    }
    for (size_t i = 0; i < from->member_count; i++) {
        size_t cell = cell_of(r, from->members[i] >> 32);
        struct span body = r->counts->bodies.at[(uint32_t)from->members[i]];
        if (cell != CELLS_NONE)
            t->members[cell].at[t->members[cell].count++] = identity(body);
    }
}

/* Percentages of answers given have no interval, and numbers no percentages. */
static void set_method(struct result *r)
{
    const struct interval_method *method = r->plan->interval;
    bool is_of_records = false;
    for (size_t k = 0; k < r->plan->of_count; k++)
        is_of_records |= r->plan->of[k] != CELLS_RESPONSES;
    if (!method || !is_of_records || r->plan->rows == PLAN_NUMBERS)
        return;
    r->to->interval = span_of(method->name);
    r->to->confidence = r->counts->plan->confidence;
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
        .chisq = r.plan->chisq,
        .multiple = r.from->multiple,
        .by_multiple = r.from->by_multiple,
        .weighted = r.from->weight != INTERN_NONE,
        .summed = r.plan->sums,
        .of_count = r.plan->of_count,
    };
    set_method(&r);
    memcpy(result->of, r.plan->of, sizeof result->of);
    count_dense_fold(&c->tables[index]);
    result_order(&r);
    allocate(&r);
    take_counts(&r);
    if (r.plan->below)
        result_suppress(&r);
    result_shares(&r);
    if (r.plan->rows == PLAN_NUMBERS)
        result_summaries(&r);
    if (r.plan->flow)
        result_flow(&r);
    take_members(&r);
    buf_free(&r.scratch);
}
