/* cells_build -- the lines of a table put into its arrays, and checked as a whole. */
#include "cells_line.h"

#include "base/fail.h"
#include "stream/emit.h"
#include "stream/scalar.h"

_Noreturn static void table_fails(const struct cells_table *t, const char *what)
{
    fail(STATUS_DATA, "%s:%zu: table %s: %s", t->file, t->line, quote(t->id), what);
}

static bool is_space(char c)
{
    return (unsigned char)c <= ' ';
}

/* Texts that people could not tell from others are shown in quotes, as JSON: the text "1" beside
 * the number, and a space at an end. */
static void tell_apart(struct cells_code *codes, size_t count)
{
    struct intern texts = {0};
    struct arena arena = {0};
    size_t *first = arena_array(&arena, count, sizeof *first);
    bool *alike = arena_array(&arena, count, sizeof *alike);
    for (size_t i = 0; i < count; i++) {
        struct span text = codes[i].text;
        size_t before = texts.count, index = intern_add_borrowed(&texts, text);
        if (index == before)
            first[index] = i;
        else
            alike[i] = alike[first[index]] = true;
        alike[i] |= text.len && (is_space(text.at[0]) || is_space(text.at[text.len - 1]));
    }
    for (size_t i = 0; i < count; i++)
        if (alike[i] && !codes[i].label.at && codes[i].raw.at[0] == '"')
            codes[i].text = codes[i].raw;
    intern_free(&texts);
    arena_free(&arena);
}

static struct cells_code *codes_array(struct cells *c, const struct cells_codes *codes,
                                      bool has_none, size_t *count)
{
    *count = has_none ? 1 : codes->spellings.count;
    struct cells_code *array = arena_array(&c->arena, *count, sizeof *array);
    if (has_none) {
        array[0] = (struct cells_code){SPAN("null"), SPAN(""), {0}};
        return array;
    }
    for (size_t i = 0; i < *count; i++) {
        struct span raw = arena_copy(&c->arena, codes->spellings.keys[i]);
        struct span label = codes->labels[i];
        struct span text = label.at ? label : arena_copy(&c->arena, scalar_text(raw, &c->scratch));
        array[i] = (struct cells_code){raw, text, label};
    }
    tell_apart(array, *count);
    return array;
}

static size_t product(const struct cells_table *t, size_t a, size_t b)
{
    if (b && a > SIZE_MAX / sizeof(struct cells_cell) / b)
        table_fails(t, "too large for this machine");
    return a * b;
}

static struct cells_cell *blank_cells(struct cells *c, size_t count)
{
    struct cells_cell *cells = arena_array(&c->arena, count, sizeof *cells);
    for (size_t i = 0; i < count; i++)
        cells[i] = (struct cells_cell){-1,  NAN, NAN, {NAN, NAN, NAN, NAN},
                                       NAN, NAN, NAN}; /* n -1: not yet seen */
    return cells;
}

/* How many lines of a kind there are. */
static size_t count_of(const struct cells_draft *d, enum cells_kind kind)
{
    size_t count = 0;
    for (size_t i = 0; i < d->count; i++)
        count += d->entries[i].kind == kind;
    return count;
}

static void allocate_more(struct cells *c, const struct cells_draft *d, struct cells_table *t,
                          size_t columns)
{
    t->missing = arena_array(&c->arena, count_of(d, CELLS_KIND_MISSING), sizeof *t->missing);
    t->steps = arena_array(&c->arena, count_of(d, CELLS_KIND_FLOW) + count_of(d, CELLS_KIND_RATE),
                           sizeof *t->steps);
    t->subtotals = codes_array(c, &d->subtotals, false, &t->subtotal_count);
    t->subtotal_cells = blank_cells(c, product(t, columns, t->subtotal_count));
    if (count_of(d, CELLS_KIND_REST))
        t->rest = blank_cells(c, columns);
    if (count_of(d, CELLS_KIND_SUMMARY)) {
        t->summaries = arena_array(&c->arena, columns, sizeof *t->summaries);
        t->whole_summaries = arena_array(&c->arena, t->layer_count, sizeof *t->whole_summaries);
    }
}

static void allocate(struct cells *c, const struct cells_draft *d, struct cells_table *t)
{
    t->values = codes_array(c, &d->values, false, &t->value_count);
    t->groups = codes_array(c, &d->groups, !t->by.at, &t->group_count);
    t->layers = codes_array(c, &d->layers, !t->strata.at, &t->layer_count);
    size_t columns = product(t, t->layer_count, t->group_count);
    size_t count = product(t, columns, t->value_count);
    t->cells = blank_cells(c, count);
    t->totals = blank_cells(c, columns);
    t->whole = blank_cells(c, t->layer_count);
    for (size_t k = 1; k < t->of_count; k++)
        t->shares[k] = arena_array(&c->arena, count, sizeof *t->shares[k]);
    allocate_more(c, d, t, columns);
    if (count_of(d, CELLS_KIND_PAIR) == 0)
        return;
    count = product(t, count, t->value_count);
    t->pairs = arena_array(&c->arena, count, sizeof *t->pairs);
    for (size_t i = 0; i < count; i++)
        t->pairs[i] = -1;
}

static void place_cell(struct cells *c, struct cells_table *t, const struct cells_entry *e,
                       size_t layer, size_t group)
{
    struct cells_cell *cell = cells_at(t, layer, e->value, group);
    *cell = e->cell;
    for (size_t k = 1; k < t->of_count; k++)
        t->shares[k][cell - t->cells] = e->shares[k];
    if (e->members && !t->members)
        t->members = arena_array(&c->arena, t->layer_count * t->value_count * t->group_count,
                                 sizeof *t->members);
    if (e->members)
        t->members[cell - t->cells] = *e->members;
    if (isnan(e->population))
        return;
    if (!t->populations)
        t->populations = arena_array(&c->arena, t->group_count, sizeof *t->populations);
    t->populations[group] = e->population;
}

static void place_total(struct cells_table *t, const struct cells_entry *e, size_t layer,
                        size_t group)
{
    if (e->kind == CELLS_KIND_SUMMARY) {
        if (e->group == CELLS_NONE)
            t->whole_summaries[layer] = *e->summary;
        if (group != CELLS_NONE)
            t->summaries[layer * t->group_count + group] = *e->summary;
        return;
    }
    if (e->group == CELLS_NONE)
        t->whole[layer] = e->cell;
    if (group != CELLS_NONE)
        *cells_total(t, layer, group) = e->cell;
}

static void place(struct cells *c, struct cells_table *t, const struct cells_entry *e)
{
    size_t group = t->by.at ? e->group : 0;
    size_t layer = t->strata.at ? e->layer : 0;
    switch (e->kind) {
    case CELLS_KIND_CELL:
        place_cell(c, t, e, layer, group);
        break;
    case CELLS_KIND_TOTAL:
    case CELLS_KIND_SUMMARY:
        place_total(t, e, layer, group);
        break;
    case CELLS_KIND_MISSING:
        t->missing[t->missing_count++] =
            (struct cells_missing){e->field, e->text, layer, group, e->cell.n, e->cell.unweighted};
        break;
    case CELLS_KIND_PAIR:
        *cells_pair(t, layer, group, e->value, e->other) = e->cell.n;
        *cells_pair(t, layer, group, e->other, e->value) = e->cell.n;
        break;
    case CELLS_KIND_REST:
        t->rest[layer * t->group_count + group] = e->cell;
        t->rest_values = isnan(e->values) ? 0 : (size_t)fmin(e->values, 9e15);
        break;
    case CELLS_KIND_SUBTOTAL:
        *cells_subtotal(t, layer, e->value, group) = e->cell;
        break;
    default:
        t->steps[t->step_count++] =
            (struct cells_step){e->kind == CELLS_KIND_RATE, e->field, e->text, e->detail, e->cell};
    }
}

static void check_cells(struct buf *why, const struct cells_table *t)
{
    for (size_t layer = 0; layer < t->layer_count; layer++)
        for (size_t v = 0; v < t->value_count; v++)
            for (size_t g = 0; g < t->group_count; g++) {
                if (cells_at(t, layer, v, g)->n >= 0 || isnan(cells_at(t, layer, v, g)->n))
                    continue;
                buf_addf(why, "no cell for value %s", quote(t->values[v].text));
                if (t->by.at)
                    buf_addf(why, " in group %s", quote(t->groups[g].text));
                table_fails(t, buf_text(why));
            }
}

static void check_pairs(const struct cells_table *t)
{
    for (size_t layer = 0; t->pairs && layer < t->layer_count; layer++)
        for (size_t g = 0; g < t->group_count; g++)
            for (size_t v = 0; v < t->value_count; v++) {
                *cells_pair(t, layer, g, v, v) = cells_at(t, layer, v, g)->n;
                for (size_t other = 0; other < v; other++)
                    if (*cells_pair(t, layer, g, v, other) < 0)
                        table_fails(t, "some of its pairs are not there");
            }
}

static double sum_of_column(const struct cells_table *t, size_t layer, size_t group)
{
    double sum = 0;
    for (size_t v = 0; v < t->value_count; v++)
        sum += cells_at(t, layer, v, group)->n;
    if (t->rest)
        sum += t->rest[layer * t->group_count + group].n;
    return sum;
}

static double missing_in_column(const struct cells_table *t, size_t layer, size_t group)
{
    double sum = 0;
    for (size_t i = 0; i < t->missing_count; i++)
        if (t->missing[i].layer == layer && t->missing[i].group == group &&
            span_eq(t->missing[i].field, t->field))
            sum += t->missing[i].n;
    return sum;
}

/* Whole counts must agree; sums of weights may differ by their rounding. */
static bool nearly(double a, double b)
{
    return fabs(a - b) <= 1e-9 * fmax(fabs(a), fabs(b));
}

static void check_column(struct buf *why, const struct cells_table *t, size_t layer, size_t group)
{
    struct cells_cell *total = cells_total(t, layer, group);
    double sum = sum_of_column(t, layer, group);
    if (total->n == -1) {
        if (t->multiple || t->suppressed)
            table_fails(t, "no total, without which a multiple response has no base");
        *total = (struct cells_cell){sum, NAN, NAN, {sum, NAN, NAN, NAN}, NAN, NAN, NAN};
    }
    if (t->suppressed || t->summaries || t->step_count)
        return;
    if (!t->multiple && !nearly(sum, total->n) &&
        !nearly(sum + missing_in_column(t, layer, group), total->n)) {
        buf_addf(why, "the cells add up to ");
        emit_number(why, sum);
        buf_addf(why, ", but the total is ");
        emit_number(why, total->n);
        table_fails(t, buf_text(why));
    }
    for (size_t v = 0; v < t->value_count; v++)
        if (cells_at(t, layer, v, group)->n > total->n * (1 + 1e-9))
            table_fails(t, "a cell is larger than the total of its column");
}

static void check_layer(struct buf *why, struct cells_table *t, size_t layer)
{
    double sum = 0;
    for (size_t g = 0; g < t->group_count; g++) {
        check_column(why, t, layer, g);
        sum += cells_total(t, layer, g)->n;
    }
    if (t->whole[layer].n != -1)
        return;
    if (t->by_multiple || t->suppressed)
        table_fails(t, "no total over all groups, which cannot be had from groups that overlap");
    t->whole[layer] = (struct cells_cell){sum, NAN, NAN, {sum, NAN, NAN, NAN}, NAN, NAN, NAN};
}

void cells_build(struct cells *c, const struct cells_draft *d, struct cells_table *t)
{
    *t = d->table;
    if (!d->has_field) /* every record is missing its stratum */
        t->field = d->entries[0].field;
    allocate(c, d, t);
    for (size_t i = 0; i < d->count; i++)
        place(c, t, &d->entries[i]);
    struct buf why = {0};
    check_cells(&why, t);
    check_pairs(t);
    for (size_t layer = 0; layer < t->layer_count; layer++)
        check_layer(&why, t, layer);
    buf_free(&why);
}
