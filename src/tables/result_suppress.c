/* result_suppress -- the layers of a table as grids that are protected, and back.
 *
 * A grid has a row for each value, for the rest beyond the top, for each reason of
 * missing answers that is part of the base; then one that is bound by nothing if rows
 * overlap; then the totals. Its last column is the sum over the groups: the same field's
 * one-way table may show it. It is bound by nothing in a one-way table, or if groups overlap. */
#include "base/fail.h"
#include "result.h"
#include "stats/suppress.h"

struct layout {
    size_t layer;
    size_t rest;    /* the row of the rest, CELLS_NONE for none */
    size_t missing; /* the first row of a reason */
    struct intern reasons;
    bool open; /* the last column is bound by nothing */
};

static struct layout lay_out(const struct result *r, size_t layer)
{
    const struct cells_table *t = r->to;
    struct layout l = {.layer = layer, .rest = CELLS_NONE};
    l.missing = t->value_count;
    if (t->rest)
        l.rest = l.missing++;
    for (size_t i = 0; i < t->missing_count && r->plan->missing == PLAN_INCLUDE; i++)
        if (t->missing[i].layer == layer && span_eq(t->missing[i].field, r->plan->field))
            intern_add(&l.reasons, t->missing[i].reason);
    l.open = !t->by.at || t->by_multiple;
    return l;
}

/* The row of a reason, or CELLS_NONE if it is not part of the base. */
static size_t row_of_missing(const struct layout *l, const struct cells_missing *m)
{
    size_t index = m->layer == l->layer && m->group != CELLS_NONE
                       ? intern_find(&l->reasons, m->reason)
                       : INTERN_NONE;
    return index == INTERN_NONE ? CELLS_NONE : l->missing + index;
}

static void put_count(struct suppress *s, size_t row, size_t column, double n)
{
    suppress_at(s, row, column)->n = (int64_t)n;
    suppress_at(s, row, s->columns - 1)->n += (int64_t)n; /* over the groups */
}

static void free_line(struct suppress *s, size_t row, size_t column, bool is_row)
{
    for (size_t i = 0; i < (is_row ? s->columns : s->rows); i++)
        suppress_at(s, is_row ? row : i, is_row ? i : column)->state = SUPPRESS_FREE;
}

static struct suppress fill(const struct result *r, const struct layout *l)
{
    const struct cells_table *t = r->to;
    size_t rows = l->missing + l->reasons.count + t->multiple + 1;
    size_t columns = t->group_count + 1;
    if (rows > SUPPRESS_MOST / columns)
        fail(STATUS_DATA, "table %s: too many cells to suppress (at most %d)", quote(t->id),
             SUPPRESS_MOST);
    struct suppress s = suppress_grid(r->arena, rows, columns, r->plan->below, r->plan->round);
    for (size_t g = 0; g < t->group_count; g++) {
        for (size_t v = 0; v < t->value_count; v++)
            put_count(&s, v, g, cells_at(t, l->layer, v, g)->n);
        if (t->rest)
            put_count(&s, l->rest, g, t->rest[l->layer * t->group_count + g].n);
        put_count(&s, rows - 1, g, r->totals[l->layer * t->group_count + g].n);
    }
    for (size_t i = 0; i < t->missing_count; i++) {
        size_t row = row_of_missing(l, &t->missing[i]);
        if (row != CELLS_NONE)
            put_count(&s, row, t->missing[i].group, t->missing[i].n);
    }
    if (t->multiple)
        free_line(&s, rows - 2, 0, true);
    if (l->open)
        free_line(&s, 0, columns - 1, false);
    return s;
}

/* What is shown of a count that is in no grid. */
static double alone(const struct suppress *s, double n)
{
    if (n > 0 && n < (double)s->below)
        return NAN;
    return (double)suppress_rounded(s, (int64_t)n);
}

static double shown(const struct suppress *s, size_t row, size_t column)
{
    const struct suppress_cell *c = suppress_at(s, row, column);
    return c->state == SUPPRESS_WITHHELD ? NAN : (double)suppress_rounded(s, c->n);
}

static void show_amount(struct amount *a, double n)
{
    *a = (struct amount){n, n, n};
}

static void take_back(struct result *r, const struct layout *l, const struct suppress *s)
{
    struct cells_table *t = r->to;
    size_t last = s->rows - 1, all = s->columns - 1;
    for (size_t g = 0; g < t->group_count; g++) {
        for (size_t v = 0; v < t->value_count; v++)
            cells_at(t, l->layer, v, g)->n = shown(s, v, g);
        if (t->rest)
            t->rest[l->layer * t->group_count + g].n = shown(s, l->rest, g);
        show_amount(&r->totals[l->layer * t->group_count + g], shown(s, last, g));
    }
    for (size_t v = 0; v < t->value_count; v++) {
        struct amount *row = &r->rows[l->layer * t->value_count + v];
        show_amount(row, l->open ? alone(s, row->n) : shown(s, v, all));
    }
    struct amount *whole = &r->wholes[l->layer];
    show_amount(whole, !t->by.at ? shown(s, last, 0)
                       : l->open ? alone(s, whole->n)
                                 : shown(s, last, all));
    for (size_t i = 0; i < t->missing_count; i++) {
        size_t row = row_of_missing(l, &t->missing[i]);
        if (row != CELLS_NONE)
            t->missing[i].n = shown(s, row, t->missing[i].group);
    }
}

/* Reasons that are part of no base are in no sum. */
static void show_missing(struct result *r, const struct suppress *s)
{
    struct cells_table *t = r->to;
    for (size_t i = 0; i < t->missing_count; i++)
        if (r->plan->missing != PLAN_INCLUDE || !span_eq(t->missing[i].field, r->plan->field))
            t->missing[i].n = alone(s, t->missing[i].n);
}

static bool is_withheld(const struct suppress *s)
{
    for (size_t i = 0; i < s->rows * s->columns; i++)
        if (s->cells[i].state == SUPPRESS_WITHHELD)
            return true;
    return false;
}

void result_suppress(struct result *r)
{
    struct cells_table *t = r->to;
    t->suppressed = r->plan->round;
    for (size_t layer = 0; layer < t->layer_count; layer++) {
        struct layout l = lay_out(r, layer);
        struct suppress s = fill(r, &l);
        suppress_grid_protect(&s);
        take_back(r, &l, &s);
        t->suppressed |= is_withheld(&s) || isnan(r->wholes[layer].n);
        intern_free(&l.reasons);
    }
    struct suppress none = {.below = (int64_t)r->plan->below, .round = (int64_t)r->plan->round};
    show_missing(r, &none);
    for (size_t i = 0; i < t->missing_count; i++)
        t->suppressed |= isnan(t->missing[i].n);
}
