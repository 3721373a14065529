/* result_order -- the order of rows, groups and layers, when all counts are known. */
#include "result.h"

#include <stdlib.h>

#include "stream/scalar.h"

struct ranked {
    struct span spelling;
    double n;
    size_t index; /* in the order of coming */
    size_t order; /* that a schema gives, PLAN_NONE for none */
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

static int as_they_came(const void *a, const void *b)
{
    const struct ranked *x = a, *y = b;
    if (x->order != y->order)
        return x->order < y->order ? -1 : 1;
    return (x->index > y->index) - (x->index < y->index);
}

/* What the plan lists stands first, in its order; then what a schema orders. */
static size_t order_of(struct result *r, const struct count_axis *axis, const struct ranked *item,
                       size_t listed)
{
    if (axis->names || item->index < listed)
        return 0;
    struct span field = r->counts->answers.fields[axis->field].name;
    size_t order = plan_code_order(r->counts->plan, field, item->spelling, &r->scratch);
    return order == PLAN_NONE ? PLAN_NONE : order + 1;
}

static struct ranked *rank_axis(struct result *r, const struct count_axis *axis, size_t listed,
                                struct arena *ranking)
{
    struct ranked *ranked = arena_array(ranking, axis->count, sizeof *ranked);
    for (size_t i = 0; i < axis->count; i++) {
        ranked[i].spelling = count_axis_spelling(r->counts, axis, i);
        ranked[i].index = i;
        ranked[i].order = order_of(r, axis, &ranked[i], listed);
    }
    return ranked;
}

static void sort_ranked(struct ranked *ranked, size_t count, enum plan_sort sort)
{
    static int (*const orders[])(const void *, const void *) = {
        [PLAN_AS_LISTED] = as_they_came, [PLAN_BY_COUNT] = by_count, [PLAN_BY_VALUE] = by_value};
    if (count)
        qsort(ranked, count, sizeof *ranked, orders[sort]);
}

/* The first KEPT of RANKED as codes; gives where each of the COUNT of the axis has gone. */
static size_t *place_codes(struct result *r, const struct ranked *ranked, size_t count, size_t kept,
                           struct cells_code **codes)
{
    size_t *at = arena_array(r->arena, count, sizeof *at);
    *codes = arena_array(r->arena, kept, sizeof **codes);
    for (size_t i = 0; i < count; i++)
        at[i] = CELLS_NONE;
    for (size_t i = 0; i < kept; i++) {
        at[ranked[i].index] = i;
        (*codes)[i].raw = ranked[i].spelling;
    }
    return at;
}

/* The plan's label, or the schema's. */
static struct span label_of(struct result *r, const struct count_axis *axis, struct span raw,
                            struct span listed)
{
    if (listed.at || axis->names)
        return listed;
    struct span field = r->counts->answers.fields[axis->field].name;
    return plan_code_label(r->counts->plan, field, raw, &r->scratch);
}

/* The text of a spelling: a part of it where it has no escapes. */
static struct span text_of(struct result *r, struct span raw)
{
    struct span text = scalar_text(raw, &r->scratch);
    return text.at == r->scratch.at ? arena_copy(r->arena, text) : text;
}

static void name_codes(struct result *r, struct cells_code *codes, const struct count_axis *axis,
                       const size_t *at, const struct plan_value *values, size_t listed)
{
    size_t count = axis->count;
    for (size_t i = 0; i < count; i++) {
        if (at[i] == CELLS_NONE)
            continue;
        struct cells_code *code = &codes[at[i]];
        code->label = label_of(r, axis, code->raw, i < listed ? values[i].label : (struct span){0});
        code->text = code->label.at ? code->label : text_of(r, code->raw);
    }
}

static void count_rows(const struct result *r, struct ranked *ranked)
{
    for (size_t i = 0; i < r->from->places.count; i++) {
        struct count_place p = count_place_of(r->from, r->from->places.keys[i]);
        if (p.kind != COUNT_CELL || p.group != COUNT_NONE)
            continue;
        if (r->from->weight == INTERN_NONE)
            ranked[p.row].n += (double)r->from->counts[i];
        else
            ranked[p.row].n += fixed_value(&r->from->weights[i].sum);
    }
}

/* The band below the first end is shown only if something is in it. */
static size_t drop_empty_band(const struct result *r, struct ranked *ranked, size_t count)
{
    if (r->plan->rows != PLAN_BANDS || ranked[0].n > 0)
        return count;
    memmove(ranked, ranked + 1, (count - 1) * sizeof *ranked);
    return count - 1;
}

static void order_rows(struct result *r)
{
    const struct count_axis *axis = &r->from->rows;
    struct arena ranking = {0};
    struct ranked *ranked = rank_axis(r, axis, r->plan->value_count, &ranking);
    if (r->plan->rows != PLAN_NUMBERS)
        count_rows(r, ranked);
    size_t kept = drop_empty_band(r, ranked, axis->count);
    enum plan_sort sort = r->plan->sort;
    if (r->plan->rows == PLAN_BANDS && sort == PLAN_BY_VALUE)
        sort = PLAN_AS_LISTED; /* the bands' own order, not that of their names */
    if (r->plan->top && r->plan->top < kept) {
        sort_ranked(ranked, kept, PLAN_BY_COUNT);
        kept = r->plan->top;
    }
    sort_ranked(ranked, kept, sort);
    r->to->rest_values = axis->count - kept;
    r->row_at = place_codes(r, ranked, axis->count, kept, &r->to->values);
    r->to->value_count = kept;
    arena_free(&ranking);
    name_codes(r, r->to->values, axis, r->row_at, r->plan->values, r->plan->value_count);
}

/* Groups and layers have no order by count: only by value or as they came. */
static size_t *order_others(struct result *r, const struct count_axis *axis,
                            const struct plan_value *values, size_t listed,
                            struct cells_code **codes, size_t *count)
{
    if (axis->field == INTERN_NONE) {
        *count = 1;
        *codes = arena_alloc(r->arena, sizeof **codes);
        **codes = (struct cells_code){SPAN("null"), SPAN(""), {0}};
        return arena_array(r->arena, 1, sizeof(size_t));
    }
    struct arena ranking = {0};
    struct ranked *ranked = rank_axis(r, axis, listed, &ranking);
    enum plan_sort sort =
        r->plan->sort == PLAN_BY_VALUE && !axis->names ? PLAN_BY_VALUE : PLAN_AS_LISTED;
    sort_ranked(ranked, axis->count, sort);
    size_t *at = place_codes(r, ranked, axis->count, axis->count, codes);
    *count = axis->count;
    arena_free(&ranking);
    name_codes(r, *codes, axis, at, values, listed);
    return at;
}

static void name_subtotals(struct result *r)
{
    r->to->subtotal_count = r->plan->subtotal_count;
    r->to->subtotals = arena_array(r->arena, r->plan->subtotal_count, sizeof *r->to->subtotals);
    for (size_t i = 0; i < r->plan->subtotal_count; i++) {
        struct cells_code *code = &r->to->subtotals[i];
        code->raw = r->plan->subtotals[i];
        code->text = arena_copy(r->arena, scalar_text(code->raw, &r->scratch));
    }
}

void result_order(struct result *r)
{
    order_rows(r);
    r->group_at = order_others(r, &r->from->groups, r->plan->groups, r->plan->group_count,
                               &r->to->groups, &r->to->group_count);
    r->layer_at = order_others(r, &r->from->layers, NULL, 0, &r->to->layers, &r->to->layer_count);
    name_subtotals(r);
}
