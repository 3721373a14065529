/* chart -- the picture that fits a table. */
#include "chart.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/fail.h"
#include "shown.h"

/* The values of a field exclude each other, and the groups are compared. */
static bool is_mosaic(const struct cells_table *t)
{
    return t->by.at && !t->multiple && !t->by_multiple && !t->suppressed &&
           t->of[0] == CELLS_COLUMN && t->value_count > 1 && t->group_count > 1;
}

enum chart_kind chart_kind_of(const struct layout *l)
{
    const struct cells_table *t = l->table;
    if (!t || t->summaries || l->counts.rows < 2)
        return CHART_NONE;
    if (t->step_count)
        return CHART_FLOW;
    return is_mosaic(t) ? CHART_MOSAIC : CHART_BARS;
}

/* The figures of L in words, row by row. */
static struct span in_words(struct drawing *d, const struct layout *l)
{
    struct buf b = {0};
    const struct grid *g = &l->counts;
    for (size_t r = 1; r < g->rows; r++) {
        buf_add(&b, grid_at(g, r, 0)->text);
        for (size_t c = 1; c < g->columns; c++) {
            buf_add(&b, c > 1 ? SPAN(", ") : SPAN(": "));
            if (l->table->by.at) {
                buf_add(&b, grid_at(g, 0, c)->text);
                buf_addc(&b, ' ');
            }
            buf_add(&b, grid_at(g, r, c)->text);
        }
        buf_add(&b, SPAN(". "));
    }
    struct span text = arena_copy(d->arena, buf_span(&b));
    buf_free(&b);
    return text;
}

struct drawing chart_make(struct results *s, const struct layout *l)
{
    static void (*const makers[])(struct results *, const struct layout *, struct drawing *) = {
        [CHART_BARS] = chart_bars, [CHART_MOSAIC] = chart_mosaic, [CHART_FLOW] = chart_flow};
    struct drawing d = {.arena = &s->arena, .width = CHART_WIDTH, .title = l->title};
    d.id = l->layer ? chart_text(&d, "%.*s-%zu", SPAN_ARGS(l->id), l->layer + 1) : l->id;
    d.text = in_words(&d, l);
    makers[chart_kind_of(l)](s, l, &d);
    return d;
}

struct span chart_text(struct drawing *d, const char *format, ...)
{
    va_list args;
    char *text = NULL;
    va_start(args, format);
    int length = vasprintf(&text, format, args);
    va_end(args);
    if (length < 0)
        fail_memory();
    struct span kept = arena_copy(d->arena, span_of(text));
    free(text);
    return kept;
}

struct span chart_percent(struct drawing *d, double n, const struct cells_share *share,
                          int decimals)
{
    struct buf b = {0};
    shown_percent(&b, n, share, decimals);
    struct span kept = arena_copy(d->arena, buf_span(&b));
    buf_free(&b);
    return kept;
}
