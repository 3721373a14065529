/* count -- records into the tables of a plan. */
#include "tables/count.h"

#include "base/fail.h"
#include "count_check.h"
#include "count_dense.h"
#include "count_place.h"
#include "stream/emit.h"
#include "stream/scalar.h"

/* ---- rows and groups ---- */

static inline void list_add(struct count_list *list, uint32_t index)
{
    if (list->count == list->cap)
        list->at = array_grow(list->at, &list->cap, list->count + 1, sizeof *list->at);
    list->at[list->count++] = index;
}

/* For lists that stay short: bands, groups of codes. */
static void list_add_once(struct count_list *list, uint32_t index)
{
    for (size_t i = 0; i < list->count; i++)
        if (list->at[i] == index)
            return;
    list_add(list, index);
}

/* The reason for a missing answer; it was found to be readable before. */
static uint32_t reason_of(struct count *c, size_t field)
{
    uint32_t reason = 0;
    variables_reason(&c->answers, field, &reason);
    if (reason >= c->max_cells)
        fail(STATUS_DATA, "%s:%zu: field '_missing': more than %zu reasons (%s)",
             c->answers.r->file, c->answers.r->number, c->max_cells, c->advice);
    return reason;
}

/* The code of a status: of the value, or of the reason where it is missing. */
static uint32_t status_code(struct count *c, size_t field)
{
    const struct variable *a = &c->answers.fields[field];
    if (a->count)
        return a->codes[0];
    struct buf *spelling = &c->answers.decoded;
    buf_clear(spelling);
    emit_string(spelling, c->answers.reasons.keys[reason_of(c, field)]);
    return variables_code(&c->answers, field, buf_span(spelling));
}

static uint32_t band_of(const struct plan_table *p, double number)
{
    uint32_t band = 0;
    while (band < p->band_count && number >= p->bands[band])
        band++;
    return band;
}

static void take_numbers(struct count *c, struct count_table *t)
{
    const struct variable *a = &c->answers.fields[t->rows.field];
    for (size_t i = 0; i < a->number_count; i++) {
        if (t->plan->rows == PLAN_BANDS) {
            list_add_once(&c->rows, band_of(t->plan, a->numbers[i]));
            continue;
        }
        uint64_t bits;
        memcpy(&bits, &a->numbers[i], sizeof bits);
        list_add(&c->rows, (uint32_t)intern64_add(&t->numbers, bits));
    }
}

static void take_rows(struct count *c, struct count_table *t)
{
    c->rows.count = c->subtotals.count = 0;
    const struct variable *a = &c->answers.fields[t->rows.field];
    if (t->plan->rows == PLAN_STATUSES)
        list_add(&c->rows, count_index(c, t, &t->rows, status_code(c, t->rows.field)));
    else if (t->plan->rows == PLAN_BANDS || t->plan->rows == PLAN_NUMBERS)
        take_numbers(c, t);
    else if (t->plan->rows == PLAN_VALUES)
        for (size_t i = 0; i < a->count; i++) {
            uint32_t code = a->codes[i];
            list_add(&c->rows, count_index(c, t, &t->rows, code));
            if (code < t->subtotals_cap && t->subtotals[code])
                list_add_once(&c->subtotals, t->subtotals[code] - 1);
        }
}

/* Respondents are the first group of their table, the others the second; who was
 * not to be asked is in neither. */
static void take_respondent(struct count *c, struct count_table *t)
{
    uint32_t code = status_code(c, t->groups.field);
    struct span spelling = c->answers.fields[t->groups.field].values.keys[code];
    struct span text = scalar_text(spelling, &c->answers.scratch);
    enum plan_class class = plan_class_of(t->plan->respondents, text);
    if (class != PLAN_NOT_ELIGIBLE)
        list_add(&c->groups, class == PLAN_COMPLETE || class == PLAN_PARTIAL ? 0 : 1);
}

static void take_groups(struct count *c, struct count_table *t)
{
    c->groups.count = 0;
    const struct variable *a = &c->answers.fields[t->groups.field];
    if (t->plan->respondents)
        take_respondent(c, t);
    else
        for (size_t i = 0; i < a->count; i++)
            list_add(&c->groups, count_index(c, t, &t->groups, a->codes[i]));
}

/* ---- counting ---- */

static void add_weight(struct count *c, struct count_table *t, size_t place)
{
    struct count_weight *w = &t->weights[place];
    if (!fixed_add(&w->sum, c->weight) || !fixed_add(&w->squares, c->weight * c->weight))
        fail(STATUS_DATA, "%s:%zu: field %s: the sum of the weights is too large",
             c->answers.r->file, c->answers.r->number, quote(t->plan->weight));
}

static void count_up(struct count *c, struct count_table *t, enum count_kind kind, uint64_t column,
                     uint32_t row)
{
    size_t place = count_place_add(t, kind, column, row);
    if (t->unit != INTERN_NONE) {
        const struct variable *unit = &c->answers.fields[t->unit];
        size_t before = t->seen.count;
        if (unit->count == 1 &&
            intern64_add(&t->seen, (uint64_t)place << 32 | unit->codes[0]) < before)
            return;
    }
    t->counts[place]++;
    if (kind == COUNT_CELL)
        count_member(c, t, place);
    if (t->weight != INTERN_NONE)
        add_weight(c, t, place);
}

static void add_missing(struct count *c, struct count_table *t, uint64_t column,
                        enum count_role role, size_t field)
{
    count_up(c, t, COUNT_MISSING, column, count_missing_row(role, reason_of(c, field)));
}

static void add_column(struct count *c, struct count_table *t, uint64_t column)
{
    const struct variable *a = &c->answers.fields[t->rows.field];
    if (a->state == VARIABLE_MISSING && t->plan->rows != PLAN_STATUSES) {
        add_missing(c, t, column, ROLE_FIELD, t->rows.field);
        return;
    }
    t->multiple |= a->state == VARIABLE_LIST;
    count_up(c, t, COUNT_TOTAL, column, 0);
    for (size_t i = 0; i < c->rows.count; i++)
        count_up(c, t, COUNT_CELL, column, c->rows.at[i]);
    for (size_t i = 0; i < c->subtotals.count; i++)
        count_up(c, t, COUNT_SUBTOTAL, column, c->subtotals.at[i]);
}

/* A column that tests are made of, with the pairs that they may need. */
static void add_group(struct count *c, struct count_table *t, uint64_t column)
{
    add_column(c, t, column);
    if (!t->plan->pairs)
        return;
    for (size_t i = 0; i < c->rows.count; i++)
        for (size_t k = i + 1; k < c->rows.count; k++) {
            size_t place = count_pair_add(t, column, c->rows.at[i], c->rows.at[k]);
            t->pair_counts[place]++;
        }
}

/* A list of no groups is an answer, as a list of no values is: the record stands beside all
 * columns, and a test of each value with each group needs it; but if it has no values either, no
 * column would tell of it. */
static void add_groups(struct count *c, struct count_table *t, uint32_t layer, uint64_t whole)
{
    const struct variable *fields = c->answers.fields;
    bool is_list = !t->plan->respondents && fields[t->groups.field].state == VARIABLE_LIST;
    take_groups(c, t);
    if (c->groups.count == 0 && (!is_list || fields[t->rows.field].state == VARIABLE_MISSING)) {
        uint32_t reason = t->plan->respondents
                              ? (uint32_t)intern_add(&c->answers.reasons, SPAN("not_eligible"))
                              : reason_of(c, t->groups.field);
        count_up(c, t, COUNT_MISSING, whole, count_missing_row(ROLE_BY, reason));
        return;
    }
    t->by_multiple |= is_list;
    add_column(c, t, whole);
    for (size_t i = 0; i < c->groups.count; i++)
        add_group(c, t, count_column(t, layer, c->groups.at[i]));
}

/* The layer: 0 without strata, COUNT_NONE if its field is missing. */
static uint32_t layer_of(struct count *c, struct count_table *t)
{
    if (t->layers.field == INTERN_NONE)
        return 0;
    const struct variable *a = &c->answers.fields[t->layers.field];
    return a->count ? count_index(c, t, &t->layers, a->codes[0]) : COUNT_NONE;
}

/* Not inline: most records go by count_dense_add(), and would save its registers for nothing. */
static __attribute__((noinline)) void add_record(struct count *c, struct count_table *t)
{
    const struct variable *fields = c->answers.fields;
    uint32_t layer = layer_of(c, t);
    uint64_t whole = count_column(t, layer, COUNT_NONE);
    c->weight = 0;
    if (layer == COUNT_NONE) {
        add_missing(c, t, whole, ROLE_STRATA, t->layers.field);
        return;
    }
    if (t->unit != INTERN_NONE && fields[t->unit].count == 0) {
        add_missing(c, t, whole, ROLE_UNIT, t->unit);
        return;
    }
    if (t->weight != INTERN_NONE && fields[t->weight].number_count == 0) {
        add_missing(c, t, whole, ROLE_WEIGHT, t->weight);
        return;
    }
    if (t->weight != INTERN_NONE)
        c->weight = fields[t->weight].numbers[0];
    take_rows(c, t);
    if (t->groups.field == INTERN_NONE)
        add_group(c, t, whole);
    else
        add_groups(c, t, layer, whole);
    if (t->plan->rows == PLAN_NUMBERS)
        count_check_size(c, t, t->plan->field);
}

static inline bool can_take(struct count *c, struct filter *f, struct count_table *t)
{
    t->cell = t->is_plain && t->takes_all ? count_dense_cell(c, t) : NULL;
    return t->cell || count_check(c, f, t);
}

void count_record(struct count *c, struct filter *f, const struct record *r)
{
    variables_begin(&c->answers, r);
    for (size_t i = 0; i < c->plan->count; i++)
        if (!can_take(c, f, &c->tables[i]))
            return;
    if (c->bodies.are_kept)
        count_body(c, r);
    for (size_t i = 0; i < c->plan->count; i++) {
        struct count_table *t = &c->tables[i];
        if (t->cell) {
            ++*t->cell;
            ++*t->total;
        } else if (t->selected && !(t->is_common && count_dense_add(c, t))) {
            add_record(c, t);
        }
    }
}
