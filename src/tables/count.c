/* count -- records into the tables of a plan. */
#include "tables/count.h"

#include <stdlib.h>

#include "base/fail.h"
#include "count_place.h"
#include "stream/emit.h"
#include "stream/scalar.h"

/* ---- whether a record can be counted ---- */

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

static __attribute__((noinline)) uint32_t new_index(struct count *c, struct count_table *t,
                                                    struct count_axis *a, uint32_t code)
{
    size_t before = a->count;
    uint32_t index = count_axis_add(a, code);
    if (a->count > before)
        count_check_size(c, t, c->answers.fields[a->field].name);
    return index;
}

static inline uint32_t index_of(struct count *c, struct count_table *t, struct count_axis *a,
                                uint32_t code)
{
    return code < a->index_cap && a->index[code] ? a->index[code] - 1 : new_index(c, t, a, code);
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
        list_add(&c->rows, index_of(c, t, &t->rows, status_code(c, t->rows.field)));
    else if (t->plan->rows == PLAN_BANDS || t->plan->rows == PLAN_NUMBERS)
        take_numbers(c, t);
    else if (t->plan->rows == PLAN_VALUES)
        for (size_t i = 0; i < a->count; i++) {
            uint32_t code = a->codes[i];
            list_add(&c->rows, index_of(c, t, &t->rows, code));
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
            list_add(&c->groups, index_of(c, t, &t->groups, a->codes[i]));
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
    return a->count ? index_of(c, t, &t->layers, a->codes[0]) : COUNT_NONE;
}

static void add_record(struct count *c, struct count_table *t)
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

/* ---- the common case ---- */

/* Counts by the codes of group and row, which need no place of their own: what a count of zero
 * meets comes for the first time, and takes its places on the axes then. */
struct count_dense {
    uint64_t cells[COUNT_DENSE_COLUMNS][COUNT_DENSE_ROWS];
    uint64_t totals[COUNT_DENSE_COLUMNS]; /* records */
};

/* Whether the record has values and, if the table asks for it, one group: then nothing can be
 * wrong with it. */
static bool is_common(struct count *c, const struct count_table *t)
{
    if (!t->is_plain)
        return false;
    enum variable_state rows = variables_get(&c->answers, t->rows.field)->state;
    bool is_counted = rows == VARIABLE_ONE || (rows == VARIABLE_LIST && !t->plan->pairs);
    return is_counted && (t->groups.field == INTERN_NONE ||
                          variables_get(&c->answers, t->groups.field)->state == VARIABLE_ONE);
}

static __attribute__((noinline)) void make_dense(struct count_table *t)
{
    t->dense = calloc(1, sizeof *t->dense);
    if (!t->dense)
        fail_memory();
}

/* A row or a group that may be new to the table. */
static __attribute__((noinline)) void meet(struct count *c, struct count_table *t,
                                           struct count_axis *a, uint32_t code)
{
    if (a->field != INTERN_NONE)
        index_of(c, t, a, code);
}

static inline void add_cell(struct count *c, struct count_table *t, uint32_t group, uint32_t row)
{
    uint64_t *cell = &t->dense->cells[group][row];
    if (*cell == 0)
        meet(c, t, &t->rows, row);
    ++*cell;
}

/* Whether all rows of A, a list, are of those that are counted by their codes. */
static inline bool are_few(const struct variable *a)
{
    uint32_t most = 0;
    for (size_t i = 0; i < a->count; i++)
        most = a->codes[i] > most ? a->codes[i] : most;
    return most < COUNT_DENSE_ROWS;
}

static void add_common(struct count *c, struct count_table *t)
{
    const struct variable *fields = c->answers.fields, *rows = &fields[t->rows.field];
    uint32_t group = t->groups.field == INTERN_NONE ? 0 : fields[t->groups.field].codes[0];
    if (group >= COUNT_DENSE_COLUMNS || !are_few(rows)) {
        add_record(c, t);
        return;
    }
    if (!t->dense)
        make_dense(t);
    for (size_t i = 0; i < rows->count; i++)
        add_cell(c, t, group, rows->codes[i]);
    if (t->dense->totals[group] == 0)
        meet(c, t, &t->groups, group);
    t->dense->totals[group]++;
    t->multiple |= rows->state == VARIABLE_LIST;
}

/* The counts of one group into the places of COLUMN. */
static void fold_column(struct count_table *t, uint64_t column, uint32_t group)
{
    size_t place = count_place_add(t, COUNT_TOTAL, column, 0); /* may move the counts */
    t->counts[place] += t->dense->totals[group];
    for (uint32_t row = 0; row < t->rows.count; row++) {
        uint32_t code = t->rows.codes[row];
        uint64_t count = code < COUNT_DENSE_ROWS ? t->dense->cells[group][code] : 0;
        if (count == 0)
            continue;
        place = count_place_add(t, COUNT_CELL, column, row);
        t->counts[place] += count;
    }
}

static void fold_group(struct count_table *t, uint32_t group)
{
    uint32_t code = t->groups.codes[group];
    if (code >= COUNT_DENSE_COLUMNS || t->dense->totals[code] == 0)
        return;
    fold_column(t, count_column(t, 0, COUNT_NONE), code);
    fold_column(t, count_column(t, 0, group), code);
}

void count_fold(struct count_table *t)
{
    if (t->dense && t->groups.field == INTERN_NONE)
        fold_column(t, count_column(t, 0, COUNT_NONE), 0);
    for (uint32_t group = 0; t->dense && group < t->groups.count; group++)
        fold_group(t, group);
    free(t->dense);
    t->dense = NULL;
}

/* ---- a record ---- */

/* The cell of a record that has one value and one group, if it was counted before. */
static inline uint64_t *known_cell(struct count *c, struct count_table *t)
{
    const struct variable *rows = variables_get(&c->answers, t->rows.field);
    uint32_t group = 0;
    if (rows->state != VARIABLE_ONE || !t->dense)
        return NULL;
    if (t->groups.field != INTERN_NONE) {
        const struct variable *groups = variables_get(&c->answers, t->groups.field);
        if (groups->state != VARIABLE_ONE)
            return NULL;
        group = groups->codes[0];
    }
    if (group >= COUNT_DENSE_COLUMNS || rows->codes[0] >= COUNT_DENSE_ROWS)
        return NULL;
    uint64_t *cell = &t->dense->cells[group][rows->codes[0]];
    t->total = &t->dense->totals[group];
    return *cell ? cell : NULL;
}

/* Whether T can count the record, or passes it by. */
static __attribute__((noinline)) bool can_take_any(struct count *c, struct filter *f,
                                                   struct count_table *t)
{
    t->selected = t->is_common = false;
    if (t->plan->where_count) {
        if (!can_select(c, f, t))
            return false;
        if (!is_selected(c, t))
            return true;
    }
    t->selected = true;
    t->is_common = is_common(c, t);
    return t->is_common || can_count(c, f, t);
}

static inline bool can_take(struct count *c, struct filter *f, struct count_table *t)
{
    t->cell = t->is_plain && t->takes_all ? known_cell(c, t) : NULL;
    return t->cell || can_take_any(c, f, t);
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
        } else if (t->is_common) {
            add_common(c, t);
        } else if (t->selected) {
            add_record(c, t);
        }
    }
}
