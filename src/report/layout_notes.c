/* layout_notes -- what stands below a table: bases, bounds, missing answers. */
#include "layout.h"

#include "shown.h"
#include "stats/interval.h"
#include "text/key.h"

#define ROUNDING 1e-9 /* weights do not add up to the last digit */

/* Whether the base of column GROUP holds missing answers: they are no cell. Not to be
 * seen in a multiple response, where cells do not add up to anything. */
static bool holds_missing(const struct cells_table *t, size_t layer, size_t group)
{
    double sum = 0;
    for (size_t v = 0; v < t->value_count; v++)
        sum += cells_at(t, layer, v, group)->n;
    if (t->rest)
        sum += t->rest[layer * t->group_count + group].n;
    return t->of[0] == CELLS_COLUMN && !t->multiple &&
           cells_total(t, layer, group)->share.base > sum * (1 + ROUNDING);
}

static bool any_holds_missing(const struct cells_table *t, size_t layer)
{
    bool any = false;
    for (size_t g = 0; g < t->group_count; g++)
        any |= holds_missing(t, layer, g);
    return any;
}

/* "Base: 161, with the missing answers."; the bases of groups are a row of the table. */
static void add_base(struct buf *b, const struct layout *l)
{
    const struct cells_table *t = l->table;
    bool included = any_holds_missing(t, l->layer);
    if (t->by.at) {
        if (included)
            buf_add(b, SPAN("Bases include the missing answers."));
        return;
    }
    const struct cells_cell *total = cells_total(t, l->layer, 0);
    buf_add(b, t->of[0] == CELLS_COLUMN ? SPAN("Base: ") : SPAN("Records: "));
    shown_count(b, included && !isnan(total->n) ? total->share.base : total->n);
    buf_add(b, included ? SPAN(", with the missing answers.") : SPAN("."));
}

/* "95% CI: Wilson score interval.", with what the counts make of it. */
static void note_interval(struct results *s, struct layout *l, struct buf *b)
{
    const struct cells_table *t = l->table;
    const struct interval_method *method = interval_named(t->interval);
    if (!s->options.intervals || !t->interval.at)
        return;
    buf_addf(b, "%.4g%% CI: ", 100 * t->confidence);
    buf_add(b, method ? span_of(method->label) : t->interval);
    if (t->populations)
        buf_add(b, SPAN(", corrected for the finite population"));
    if (t->weighted)
        buf_add(b, SPAN(", of as many records as the weights are worth"));
    buf_addc(b, '.');
    layout_add_note(s, l, LAYOUT_BASE, b);
}

static void note_base(struct results *s, struct layout *l, struct buf *b)
{
    static const struct span of[] = {SPAN_ROW(""), SPAN_ROW(" Percentages are of the row."),
                                     SPAN_ROW(" Percentages are of the whole table."),
                                     SPAN_ROW(" Percentages are of the answers given.")};
    const struct cells_table *t = l->table;
    add_base(b, l);
    buf_add(b, of[t->of[0]]);
    if (t->multiple)
        buf_add(b, SPAN(" Several answers were possible."));
    if (t->by_multiple)
        buf_add(b, SPAN(" A record can be in several groups, or in none."));
    if (t->weighted)
        buf_add(b, SPAN(" Counts are weighted."));
    if (t->suppressed)
        buf_add(b, SPAN(" Small counts are withheld or rounded."));
    if (b->len && b->at[0] == ' ')
        memmove(b->at, b->at + 1, --b->len);
    if (b->len)
        layout_add_note(s, l, LAYOUT_BASE, b);
}

/* ---- missing answers ---- */

static bool is_here(const struct layout *l, const struct cells_missing *m)
{
    return (m->layer == l->layer || m->layer == CELLS_NONE) && m->n != 0;
}

/* The reason, with the field's label where it is not the table's own field. */
static void add_reason(struct buf *b, struct results *s, const struct cells_table *t,
                       const struct cells_missing *m)
{
    if (!span_eq(m->field, t->field)) {
        buf_add(b, shown_other_field(s, m->field));
        buf_add(b, SPAN(": "));
    }
    buf_add(b, shown_reason(s, m->reason));
}

/* The reasons of column GROUP in one line. */
static void note_missing(struct results *s, struct layout *l, size_t group, struct span head,
                         struct buf *b)
{
    const struct cells_table *t = l->table;
    for (size_t i = 0; i < t->missing_count; i++) {
        const struct cells_missing *m = &t->missing[i];
        if (!is_here(l, m) || m->group != group)
            continue;
        buf_add(b, b->len ? SPAN("; ") : head);
        shown_count(b, m->n);
        buf_addc(b, ' ');
        add_reason(b, s, t, m);
    }
    if (b->len) {
        buf_addc(b, '.');
        layout_add_note(s, l, LAYOUT_MISSING, b);
    }
}

/* Whether M stands in the small table of reasons; then its row, each reason having one. */
static bool reason_row(const struct layout *l, const struct cells_missing *m,
                       struct intern *reasons, struct buf *key, size_t *row)
{
    if (!is_here(l, m) || m->group == CELLS_NONE)
        return false;
    buf_clear(key);
    key_add(key, KEY_OTHER, m->field);
    key_add(key, KEY_OTHER, m->reason);
    *row = intern_add(reasons, buf_span(key)) + 1;
    return true;
}

static struct grid missing_grid(struct results *s, const struct cells_table *t, size_t reasons)
{
    struct grid g = grid_new(&s->arena, reasons + 1, t->group_count + 1);
    g.spanner = SPAN(""); /* the counts above have it */
    grid_put(&g, 0, 0, SPAN("Missing answers"));
    for (size_t c = 1; c <= t->group_count; c++) {
        grid_put(&g, 0, c, shown_code(s, &t->groups[c - 1]));
        for (size_t r = 1; r <= reasons; r++)
            *grid_at(&g, r, c) =
                (struct grid_cell){SPAN("0"), GRID_COUNT, 0, {NAN, NAN, NAN, NAN}, NULL, 0};
    }
    return g;
}

/* The reasons of all groups as a small table. */
static void lay_missing(struct results *s, struct layout *l, struct buf *b)
{
    const struct cells_table *t = l->table;
    struct intern reasons = {0};
    struct buf key = {0};
    size_t row;
    for (size_t i = 0; i < t->missing_count; i++)
        reason_row(l, &t->missing[i], &reasons, &key, &row);
    if (reasons.count)
        l->missing = missing_grid(s, t, reasons.count);
    for (size_t i = 0; i < t->missing_count; i++) {
        const struct cells_missing *m = &t->missing[i];
        if (!reason_row(l, m, &reasons, &key, &row))
            continue;
        struct grid_cell *cell = grid_at(&l->missing, row, m->group + 1);
        add_reason(b, s, t, m);
        grid_put(&l->missing, row, 0, shown_keep(s, b));
        shown_count(b, m->n);
        cell->text = shown_keep(s, b);
        cell->n = m->n;
    }
    intern_free(&reasons);
    buf_free(&key);
}

/* What the percentage would be if those who did not answer had all answered one way. */
static void note_bounds(struct results *s, struct layout *l, struct buf *b)
{
    const struct cells_table *t = l->table;
    if (!t->populations)
        return;
    buf_add(b, SPAN("If none, or all, of those who did not answer belonged here:"));
    bool any = false;
    for (size_t v = 0; v < t->value_count; v++)
        for (size_t g = 0; g < t->group_count; g++) {
            const struct cells_cell *cell = cells_at(t, l->layer, v, g);
            if (isnan(cell->lowest) || isnan(cell->highest))
                continue;
            buf_add(b, any ? SPAN(", ") : SPAN(" "));
            any = true;
            buf_add(b, shown_code(s, &t->values[v]));
            if (t->by.at) {
                buf_add(b, SPAN(" ("));
                buf_add(b, shown_code(s, &t->groups[g]));
                buf_addc(b, ')');
            }
            buf_addc(b, ' ');
            shown_interval(b, s, cell->lowest, cell->highest, l->decimals);
            buf_addc(b, '%');
        }
    buf_addc(b, '.');
    layout_add_note(s, l, LAYOUT_BOUNDS, b);
}

void layout_notes(struct results *s, struct layout *l)
{
    const struct cells_table *t = l->table;
    struct buf b = {0};
    if (t->step_count == 0 && !t->summaries) {
        note_base(s, l, &b);
        note_interval(s, l, &b);
        note_bounds(s, l, &b);
    }
    if (t->by.at) {
        lay_missing(s, l, &b);
        note_missing(s, l, CELLS_NONE, SPAN("Not in the table: "), &b);
    } else {
        note_missing(s, l, 0, SPAN("Missing: "), &b);
        note_missing(s, l, CELLS_NONE, SPAN("Not in the table: "), &b);
    }
    buf_free(&b);
}
