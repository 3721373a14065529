#include "present.h"

#include <stdio.h>

static int decimals(double base)
{
    return base < 100 ? 0 : base < 1000 ? 1 : 2;
}

/* Weighted counts have a fraction; whole ones show none. */
static void add_count(struct buf *b, double n)
{
    buf_addf(b, n == floor(n) ? "%.0f" : "%.1f", n);
}

void present_share(struct buf *b, double n, const struct cells_share *share,
                   enum present_intervals intervals)
{
    if (isnan(n)) {
        buf_add(b, SPAN("withheld"));
        return;
    }
    add_count(b, n);
    if (isnan(share->percent) || isnan(share->base))
        return;
    buf_addc(b, '/');
    add_count(b, share->base);
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

static void fill_heads(struct page *p, const struct cells_table *t, struct buf *b)
{
    *page_at(p, 0, 0) = t->field;
    for (size_t g = 0; g < t->group_count; g++) {
        if (t->by.at)
            add_group(b, t, g);
        else
            buf_add(b, SPAN("n/N (%)"));
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
            add_count(b, included ? total->share.base : total->n);
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
        add_count(b, m->n);
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

struct page present_table(struct arena *a, const struct cells_table *t, size_t layer,
                          enum present_intervals intervals)
{
    struct buf b = {0};
    add_title(&b, t, layer);
    struct page p = page_new(a, kept(a, &b), t->value_count + 1, t->group_count + 1);
    fill_heads(&p, t, &b);
    for (size_t v = 0; v < t->value_count; v++) {
        *page_at(&p, v + 1, 0) = t->values[v].text;
        for (size_t g = 0; g < t->group_count; g++) {
            const struct cells_cell *cell = cells_at(t, layer, v, g);
            present_share(&b, cell->n, &cell->share, intervals);
            *page_at(&p, v + 1, g + 1) = kept(a, &b);
        }
    }
    note_bases(&p, t, layer, &b);
    for (size_t g = 0; g < t->group_count; g++)
        note_missing(&p, t, layer, g, &b);
    note_missing(&p, t, layer, CELLS_NONE, &b);
    buf_free(&b);
    return p;
}
