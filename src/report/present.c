#include "report/present.h"

#include <stdio.h>

static int decimals(double base)
{
    return base < 100 ? 0 : base < 1000 ? 1 : 2;
}

void present_share(struct buf *b, double n, const struct cells_share *share,
                   enum present_intervals intervals)
{
    if (isnan(n)) {
        buf_add(b, SPAN("withheld"));
        return;
    }
    cells_add_count(b, n);
    if (isnan(share->percent) || isnan(share->base))
        return;
    buf_addc(b, '/');
    cells_add_count(b, share->base);
    buf_addf(b, " (%.*f%%", decimals(share->base), share->percent);
    if (intervals == PRESENT_INTERVALS && !isnan(share->low) && !isnan(share->high))
        buf_addf(b, ", %.*f–%.*f", decimals(share->base), share->low, decimals(share->base),
                 share->high);
    buf_addc(b, ')');
}

static struct span kept(struct arena *a, struct buf *b)
{
    struct span text = arena_copy(a, buf_span(b));
    buf_clear(b);
    return text;
}

static void add_title(struct buf *b, const struct cells_table *t, size_t layer)
{
    buf_add(b, t->title.len ? t->title : t->id);
    if (!t->strata.at)
        return;
    buf_add(b, SPAN(" – "));
    buf_add(b, t->strata);
    buf_add(b, SPAN(" = "));
    buf_add(b, t->layers[layer].text);
}

/* "gde = funded". */
static void add_group(struct buf *b, const struct cells_table *t, size_t group)
{
    buf_add(b, t->by);
    buf_add(b, SPAN(" = "));
    buf_add(b, t->groups[group].text);
}

static void fill_heads(struct page *p, const struct cells_table *t, struct span alone,
                       struct buf *b)
{
    *page_at(p, 0, 0) = t->field;
    for (size_t g = 0; g < t->group_count; g++) {
        if (t->by.at)
            add_group(b, t, g);
        else
            buf_add(b, alone);
        *page_at(p, 0, g + 1) = kept(p->arena, b);
    }
}

/* Whether the base of column GROUP holds missing answers: they are no cell. Not to be
 * seen in a multiple response, where cells do not add up to anything. */
static bool holds_missing(const struct cells_table *t, size_t layer, size_t group)
{
    double sum = 0;
    for (size_t v = 0; v < t->value_count; v++)
        sum += cells_at(t, layer, v, group)->n;
    return t->of[0] == CELLS_COLUMN && !t->multiple &&
           cells_total(t, layer, group)->share.base > sum;
}

static void note_bases(struct page *p, const struct cells_table *t, size_t layer, struct buf *b)
{
    buf_add(b, t->of[0] == CELLS_COLUMN ? SPAN("Base: ") : SPAN("Records: "));
    for (size_t g = 0; g < t->group_count; g++) {
        const struct cells_cell *total = cells_total(t, layer, g);
        bool included = holds_missing(t, layer, g);
        if (g > 0)
            buf_add(b, SPAN(", "));
        if (isnan(total->n))
            buf_add(b, SPAN("withheld"));
        else
            cells_add_count(b, included ? total->share.base : total->n);
        if (included)
            buf_add(b, SPAN(" with the missing answers"));
        if (t->by.at) {
            buf_add(b, SPAN(" ("));
            add_group(b, t, g);
            buf_addc(b, ')');
        }
    }
    buf_addc(b, '.');
    static const char *const of[] = {"", " Percentages are of the row.",
                                     " Percentages are of the whole table.",
                                     " Percentages are of the answers given."};
    buf_add(b, span_of(of[t->of[0]]));
    if (t->multiple)
        buf_add(b, SPAN(" Several answers were possible."));
    if (t->by_multiple)
        buf_add(b, SPAN(" A record can be in several groups."));
    if (t->weighted)
        buf_add(b, SPAN(" Counts are weighted."));
    if (t->suppressed)
        buf_add(b, SPAN(" Small counts are withheld or rounded."));
    page_note(p, buf_span(b));
    buf_clear(b);
}

static void add_missing(struct buf *b, const struct cells_table *t, const struct cells_missing *m)
{
    if (!span_eq(m->field, t->field)) {
        buf_add(b, m->field);
        buf_addc(b, ' ');
    }
    buf_add(b, m->reason);
    buf_addc(b, ' ');
    if (isnan(m->n))
        buf_add(b, SPAN("withheld"));
    else
        cells_add_count(b, m->n);
}

/* The reasons of column GROUP in one line. */
static void note_missing(struct page *p, const struct cells_table *t, size_t layer, size_t group,
                         struct buf *b)
{
    bool any = false;
    for (size_t i = 0; i < t->missing_count; i++) {
        const struct cells_missing *m = &t->missing[i];
        if ((m->layer != layer && m->layer != CELLS_NONE) || m->group != group || m->n == 0)
            continue;
        if (any) {
            buf_add(b, SPAN(", "));
        } else if (t->by.at && group != CELLS_NONE) {
            buf_add(b, SPAN("Missing ("));
            add_group(b, t, group);
            buf_add(b, SPAN("): "));
        } else {
            buf_add(b, SPAN("Missing: "));
        }
        any = true;
        add_missing(b, t, m);
    }
    if (any) {
        buf_addc(b, '.');
        page_note(p, buf_span(b));
    }
    buf_clear(b);
}

static void note_all_missing(struct page *p, const struct cells_table *t, size_t layer,
                             struct buf *b)
{
    for (size_t g = 0; g < t->group_count; g++)
        note_missing(p, t, layer, g, b);
    note_missing(p, t, layer, CELLS_NONE, b);
}

/* The other percentages that the plan asked for, inside the bracket of the first. */
static void add_shares(struct buf *b, const struct cells_table *t, size_t place)
{
    for (size_t k = 1; k < t->of_count; k++) {
        const struct cells_share *share = &t->shares[k][place];
        if (isnan(share->percent) || b->len == 0 || b->at[b->len - 1] != ')')
            continue;
        b->len--; /* the closing bracket */
        buf_addf(b, "; %.*f%% of ", decimals(share->base), share->percent);
        buf_add(b, cells_of_name(t->of[k]));
        buf_addc(b, ')');
    }
}

static void fill_row(struct page *p, size_t row, struct span head, const struct cells_table *t,
                     const struct cells_cell *cells, enum present_intervals intervals,
                     struct buf *b)
{
    *page_at(p, row, 0) = head;
    for (size_t g = 0; g < t->group_count; g++) {
        present_share(b, cells[g].n, &cells[g].share, intervals);
        if (t->cells && cells >= t->cells &&
            cells < t->cells + t->layer_count * t->value_count * t->group_count)
            add_shares(b, t, (size_t)(&cells[g] - t->cells));
        *page_at(p, row, g + 1) = kept(p->arena, b);
    }
}

/* What the percentage would be if those who did not answer had all answered one way. */
static void note_bounds(struct page *p, const struct cells_table *t, size_t layer, struct buf *b)
{
    if (!t->populations)
        return;
    buf_add(b, SPAN("If none, or all, of those who did not answer belonged here:"));
    for (size_t v = 0; v < t->value_count; v++)
        for (size_t g = 0; g < t->group_count; g++) {
            const struct cells_cell *cell = cells_at(t, layer, v, g);
            if (isnan(cell->lowest) || isnan(cell->highest))
                continue;
            buf_add(b, v + g > 0 ? SPAN(", ") : SPAN(" "));
            buf_add(b, t->values[v].text);
            if (t->by.at) {
                buf_add(b, SPAN(" ("));
                buf_add(b, t->groups[g].text);
                buf_addc(b, ')');
            }
            int places = decimals(t->populations[g]);
            buf_addf(b, " %.*f–%.*f%%", places, cell->lowest, places, cell->highest);
        }
    buf_addc(b, '.');
    page_note(p, buf_span(b));
    buf_clear(b);
}

static struct page present_counts(struct arena *a, const struct cells_table *t, size_t layer,
                                  enum present_intervals intervals, struct buf *b)
{
    size_t rows = 1 + t->value_count + (t->rest ? 1 : 0) + t->subtotal_count;
    add_title(b, t, layer);
    struct page p = page_new(a, kept(a, b), rows, t->group_count + 1);
    fill_heads(&p, t, SPAN("n/N (%)"), b);
    size_t row = 1;
    for (size_t v = 0; v < t->value_count; v++)
        fill_row(&p, row++, t->values[v].text, t, cells_at(t, layer, v, 0), intervals, b);
    if (t->rest) {
        buf_addf(b, "(%zu other values)", t->rest_values);
        fill_row(&p, row++, kept(a, b), t, &t->rest[layer * t->group_count], intervals, b);
    }
    for (size_t i = 0; i < t->subtotal_count; i++) {
        buf_add(b, SPAN("any "));
        buf_add(b, t->subtotals[i].text);
        fill_row(&p, row++, kept(a, b), t, cells_subtotal(t, layer, i, 0), intervals, b);
    }
    note_bases(&p, t, layer, b);
    note_bounds(&p, t, layer, b);
    note_all_missing(&p, t, layer, b);
    return p;
}

/* --- tables of numbers --- */

static void add_figure(struct buf *b, double x)
{
    if (isnan(x))
        buf_add(b, SPAN("–"));
    else
        buf_addf(b, "%.4g", x);
}

/* One row of a summary: a figure, or two with what stands between and behind them. */
static void add_figures(struct buf *b, size_t row, const struct cells_summary *s)
{
    switch (row) {
    case 1:
        cells_add_count(b, s->n);
        break;
    case 2:
        add_figure(b, s->mean);
        buf_add(b, SPAN(" ("));
        add_figure(b, s->sd);
        buf_addc(b, ')');
        break;
    case 3:
        add_figure(b, s->median);
        buf_add(b, SPAN(" ("));
        add_figure(b, s->q1);
        buf_add(b, SPAN("–"));
        add_figure(b, s->q3);
        buf_addc(b, ')');
        break;
    default:
        add_figure(b, s->min);
        buf_add(b, SPAN("–"));
        add_figure(b, s->max);
    }
}

static struct page present_summary(struct arena *a, const struct cells_table *t, size_t layer,
                                   struct buf *b)
{
    static const struct span heads[] = {SPAN_ROW(""), SPAN_ROW("n"), SPAN_ROW("mean (SD)"),
                                        SPAN_ROW("median (quartiles)"), SPAN_ROW("range")};
    add_title(b, t, layer);
    struct page p = page_new(a, kept(a, b), 5, t->group_count + 1);
    fill_heads(&p, t, SPAN("value"), b);
    for (size_t row = 1; row < 5; row++) {
        *page_at(&p, row, 0) = heads[row];
        for (size_t g = 0; g < t->group_count; g++) {
            add_figures(b, row, &t->summaries[layer * t->group_count + g]);
            *page_at(&p, row, g + 1) = kept(a, b);
        }
    }
    note_all_missing(&p, t, layer, b);
    return p;
}

/* --- accounts of replies --- */

static void add_step(struct buf *b, const struct cells_table *t, const struct cells_step *step)
{
    if (step->detail.at)
        buf_add(b, SPAN("– "));
    buf_add(b, step->detail.at ? step->detail : step->step);
    if (!step->is_rate && step->field.at && !span_eq(step->field, t->field)) {
        buf_add(b, SPAN(": "));
        buf_add(b, step->field);
    }
}

static struct page present_flow(struct arena *a, const struct cells_table *t,
                                enum present_intervals intervals, struct buf *b)
{
    add_title(b, t, 0);
    struct page p = page_new(a, kept(a, b), t->step_count + 1, 2);
    *page_at(&p, 0, 0) = t->field;
    *page_at(&p, 0, 1) = SPAN("n/N (%)");
    for (size_t i = 0; i < t->step_count; i++) {
        add_step(b, t, &t->steps[i]);
        *page_at(&p, i + 1, 0) = kept(a, b);
        present_share(b, t->steps[i].cell.n, &t->steps[i].cell.share, intervals);
        *page_at(&p, i + 1, 1) = kept(a, b);
    }
    return p;
}

struct page present_table(struct arena *a, const struct cells_table *t, size_t layer,
                          enum present_intervals intervals)
{
    struct buf b = {0};
    struct page p = t->step_count  ? present_flow(a, t, intervals, &b)
                    : t->summaries ? present_summary(a, t, layer, &b)
                                   : present_counts(a, t, layer, intervals, &b);
    buf_free(&b);
    return p;
}
