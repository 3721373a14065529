/* count_open -- the tables of a plan made ready for counting. */
#include <stdlib.h>

#include "count_place.h"

static size_t field_of(struct count *c, struct span name)
{
    return name.at ? variables_field(&c->answers, name) : INTERN_NONE;
}

static void open_axis(struct count *c, struct count_axis *a, struct span name,
                      const struct plan_value *values, size_t count)
{
    a->field = field_of(c, name);
    for (size_t i = 0; i < count; i++)
        count_axis_add(a, variables_code(&c->answers, a->field, values[i].spelling));
}

/* An axis whose places are named by the plan, and not by values that come. */
static void open_named(struct count *c, struct count_axis *a, struct span name,
                       const struct plan_value *names, size_t count)
{
    a->field = field_of(c, name);
    a->names = names;
    for (size_t i = 0; i < count; i++)
        count_axis_add(a, (uint32_t)i);
}

static void open_condition(struct count *c, struct count_condition *condition,
                           const struct plan_where *w)
{
    *condition = (struct count_condition){
        .missing = w->missing, .negated = w->negated, .range = w->is_range ? w : NULL};
    condition->field = variables_field(&c->answers, w->field);
    for (size_t i = 0; i < w->count; i++) {
        uint32_t code = variables_code(&c->answers, condition->field, w->values[i]);
        size_t before = condition->known;
        condition->wanted = array_grow(condition->wanted, &condition->known, (size_t)code + 1,
                                       sizeof *condition->wanted);
        memset(condition->wanted + before, 0, condition->known - before);
        condition->wanted[code] = true;
    }
}

static void open_subtotals(struct count *c, struct count_table *t, const struct plan_table *p)
{
    for (size_t i = 0; p->subtotal_count && i < p->value_count; i++) {
        if (p->values[i].subtotal == PLAN_NONE)
            continue;
        uint32_t code = variables_code(&c->answers, t->rows.field, p->values[i].spelling);
        size_t before = t->subtotals_cap;
        t->subtotals =
            array_grow(t->subtotals, &t->subtotals_cap, (size_t)code + 1, sizeof *t->subtotals);
        memset(t->subtotals + before, 0, (t->subtotals_cap - before) * sizeof *t->subtotals);
        t->subtotals[code] = (uint32_t)p->values[i].subtotal + 1;
    }
}

static void open_table(struct count *c, struct count_table *t, const struct plan_table *p)
{
    t->plan = p;
    if (p->rows == PLAN_BANDS)
        open_named(c, &t->rows, p->field, p->values, p->value_count);
    else
        open_axis(c, &t->rows, p->field, p->values, p->value_count);
    if (p->respondents)
        open_named(c, &t->groups, p->by, p->groups, p->group_count);
    else
        open_axis(c, &t->groups, p->by, p->groups, p->group_count);
    open_axis(c, &t->layers, p->strata, NULL, 0);
    open_subtotals(c, t, p);
    t->unit = field_of(c, p->unit);
    t->weight = field_of(c, p->weight);
    t->is_plain = !c->bodies.are_kept && p->rows == PLAN_VALUES && !p->strata.at && !p->unit.at &&
                  !p->weight.at && !p->subtotal_count && !p->respondents;
    t->takes_all = p->where_count == 0;
    t->conditions = arena_array(&c->arena, p->where_count, sizeof *t->conditions);
    for (size_t i = 0; i < p->where_count; i++)
        open_condition(c, &t->conditions[i], &p->where[i]);
}

void count_open(struct count *c, const struct plan *p, size_t max_cells, const char *advice)
{
    *c = (struct count){.plan = p, .max_cells = max_cells, .advice = advice};
    c->bodies.are_kept = p->labels.records.open.count > 0;
    c->tables = arena_array(&c->arena, p->count, sizeof *c->tables);
    for (size_t i = 0; i < p->count; i++)
        open_table(c, &c->tables[i], &p->tables[i]);
}

static void axis_free(struct count_axis *a)
{
    free(a->index);
    free(a->codes);
}

static void table_free(struct count_table *t)
{
    for (size_t i = 0; i < t->plan->where_count; i++)
        free(t->conditions[i].wanted);
    axis_free(&t->rows);
    axis_free(&t->groups);
    axis_free(&t->layers);
    intern64_free(&t->numbers);
    intern64_free(&t->columns);
    intern64_free(&t->places);
    intern64_free(&t->seen);
    intern64_free(&t->pairs);
    free(t->subtotals);
    free(t->counts);
    free(t->weights);
    free(t->pair_counts);
    free(t->dense);
    free(t->members);
}

void count_free(struct count *c)
{
    for (size_t i = 0; i < c->plan->count; i++)
        table_free(&c->tables[i]);
    free(c->asked);
    free(c->bodies.at);
    arena_free(&c->bodies.arena);
    free(c->rows.at);
    free(c->groups.at);
    free(c->subtotals.at);
    variables_free(&c->answers);
    arena_free(&c->arena);
    *c = (struct count){0};
}
