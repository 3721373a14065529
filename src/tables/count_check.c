/* count_check -- which answers a table can use, and which records its `where` selects. */
#include "count_check.h"

#include "count_dense.h"

/* Whether the record has one of the values, or none of them if negated. */
static bool is_in_range(struct variables *answers, const struct count_condition *condition)
{
    const struct variable *a = variables_numbers(answers, condition->field);
    for (size_t i = 0; i < a->number_count; i++)
        if (a->numbers[i] >= condition->range->min && a->numbers[i] <= condition->range->max)
            return true;
    return false;
}

static bool holds(struct variables *answers, const struct count_condition *condition)
{
    if (condition->range)
        return is_in_range(answers, condition) != condition->negated;
    const struct variable *a = variables_find(answers, condition->field);
    bool has = a->state == VARIABLE_MISSING && condition->missing;
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

/* Whether A can be used. A missing answer can if its reason can be read. */
static bool check_answer(struct count *c, struct filter *f, const struct variable *a,
                         enum list list)
{
    if (a->state == VARIABLE_ONE || (a->state == VARIABLE_LIST && list == LIST_COUNTS))
        return true;
    const struct record *r = c->answers.r;
    uint32_t reason;
    if (a->state == VARIABLE_NESTED)
        filter_reject(f, r, a->name, "%s cannot be counted",
                      a->value->type == VALUE_OBJECT ? "an object" : "a list within a list");
    else if (a->state == VARIABLE_LIST)
        filter_reject(f, r, a->name, "expected a single value, not a list");
    else if (!variables_reason(&c->answers, (size_t)(a - c->answers.fields), &reason))
        filter_reject(f, r, SPAN("_missing"), "expected an object of strings");
    else
        return true;
    return false;
}

static bool can_use(struct count *c, struct filter *f, size_t field, enum list list)
{
    return field == INTERN_NONE || check_answer(c, f, variables_get(&c->answers, field), list);
}

static bool can_use_number(struct count *c, struct filter *f, size_t field, enum list list)
{
    if (field == INTERN_NONE)
        return true;
    const struct variable *a = variables_numbers(&c->answers, field);
    if (!check_answer(c, f, a, list))
        return false;
    if (a->no_number)
        filter_reject(f, c->answers.r, a->name, "expected a number, not %s", a->no_number);
    return !a->no_number;
}

static bool can_use_weight(struct count *c, struct filter *f, size_t field)
{
    if (field == INTERN_NONE)
        return true;
    if (!can_use_number(c, f, field, LIST_IS_WRONG))
        return false;
    const struct variable *a = &c->answers.fields[field];
    if (a->number_count == 0 || (a->numbers[0] >= 0 && a->numbers[0] <= FIXED_MOST))
        return true;
    filter_reject(f, c->answers.r, a->name, "a weight is a number from 0 to %.0f", FIXED_MOST);
    return false;
}

static bool can_use_rows(struct count *c, struct filter *f, const struct count_table *t)
{
    switch (t->plan->rows) {
    case PLAN_BANDS:
        return can_use_number(c, f, t->rows.field, LIST_COUNTS);
    case PLAN_NUMBERS:
        return can_use_number(c, f, t->rows.field, LIST_IS_WRONG);
    case PLAN_STATUSES:
        return can_use(c, f, t->rows.field, LIST_IS_WRONG);
    case PLAN_NO_ROWS:
        return check_answer(c, f, variables_find(&c->answers, t->rows.field), LIST_COUNTS);
    default:
        return can_use(c, f, t->rows.field, LIST_COUNTS);
    }
}

/* What is no number cannot be said to lie between two. */
static bool can_select(struct count *c, struct filter *f, const struct count_table *t)
{
    for (size_t i = 0; i < t->plan->where_count; i++)
        if (t->conditions[i].range && !can_use_number(c, f, t->conditions[i].field, LIST_COUNTS))
            return false;
    return true;
}

static bool can_count(struct count *c, struct filter *f, const struct count_table *t)
{
    return can_use(c, f, t->layers.field, LIST_IS_WRONG) && can_use(c, f, t->unit, LIST_IS_WRONG) &&
           can_use_weight(c, f, t->weight) &&
           can_use(c, f, t->groups.field, t->plan->respondents ? LIST_IS_WRONG : LIST_COUNTS) &&
           can_use_rows(c, f, t);
}

bool count_check(struct count *c, struct filter *f, struct count_table *t)
{
    t->selected = t->is_common = false;
    if (t->plan->where_count) {
        if (!can_select(c, f, t))
            return false;
        if (!is_selected(c, t))
            return true;
    }
    t->selected = true;
    t->is_common = count_dense_fits(c, t);
    return t->is_common || can_count(c, f, t);
}
