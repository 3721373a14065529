/* chart_bars -- a horizontal bar for each row, with its interval, by group. */
#include "chart.h"

#include <stdlib.h>

#define MOST_ROWS ((size_t)25)
#define MOST_LABEL 230.0
#define FIGURES 170.0 /* room for "81/138 (58.7%)" behind the longest bar */
#define BAR 15.0
#define THIN_BAR 12.0
#define GAP 8.0 /* between rows */
#define TOP 6.0
#define AXIS 22.0

struct bars {
    struct results *results;
    const struct layout *layout;
    struct drawing *d;
    size_t *rows; /* of the grid, in the order of the chart */
    size_t count, left_out, groups;
    double label, plot, most; /* the width of labels and of the scale, and what it ends at */
};

static double share_of(const struct layout *l, size_t row)
{
    double sum = 0;
    for (size_t c = 1; c < l->counts.columns; c++) {
        const struct grid_cell *cell = grid_at(&l->counts, row, c);
        sum += isnan(cell->n) ? 0 : cell->n;
    }
    return sum;
}

/* The most frequent first, where the order says nothing: in a multiple response. */
static void sort_rows(struct bars *b)
{
    for (size_t i = 1; i < b->count; i++) {
        size_t row = b->rows[i], j = i;
        for (; j > 0 && share_of(b->layout, b->rows[j - 1]) < share_of(b->layout, row); j--)
            b->rows[j] = b->rows[j - 1];
        b->rows[j] = row;
    }
}

static void choose_rows(struct bars *b)
{
    const struct grid *g = &b->layout->counts;
    b->rows = arena_array(b->d->arena, g->rows, sizeof *b->rows);
    for (size_t r = 1; r < g->rows; r++)
        if (grid_at(g, r, 1)->kind == GRID_SHARE)
            b->rows[b->count++] = r;
    if (b->layout->table->multiple && b->count < 2000)
        sort_rows(b);
    if (b->count > MOST_ROWS) {
        b->left_out = b->count - MOST_ROWS;
        b->count = MOST_ROWS;
    }
}

/* A scale that ends at a round number beyond the longest bar and its interval. */
static double scale_end(const struct bars *b)
{
    static const double ends[] = {10, 20, 25, 40, 50, 60, 80, 100};
    double most = 0;
    for (size_t i = 0; i < b->count; i++)
        for (size_t c = 1; c <= b->groups; c++) {
            const struct cells_share *s = &grid_at(&b->layout->counts, b->rows[i], c)->share;
            most = fmax(most, isnan(s->high) ? s->percent : s->high);
        }
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        if (most <= ends[i])
            return ends[i];
    return 100;
}

static double at_percent(const struct bars *b, double percent)
{
    return b->label + 10 + fmin(percent, b->most) / b->most * b->plot;
}

static void draw_axis(const struct bars *b, double bottom)
{
    struct drawing *d = b->d;
    size_t steps = b->most == 25 || b->most == 100 || b->most == 10 ? 5 : 4;
    for (size_t i = 0; i <= steps; i++) {
        double percent = b->most * (double)i / (double)steps, x = at_percent(b, percent);
        drawing_line(d, x, TOP, x, bottom, DRAWING_RULE, i == 0 ? 1.5 : 0.5);
        drawing_text(d, x, bottom + 15, CHART_SMALL, DRAWING_MIDDLE, DRAWING_MUTED,
                     chart_text(d, "%g%%", percent));
    }
}

/* The ends of an interval, with a line between that can be seen on and off the bar. */
static void draw_interval(const struct bars *b, const struct cells_share *s, double y, double half)
{
    if (isnan(s->low) || isnan(s->high))
        return;
    double from = at_percent(b, s->low), to = at_percent(b, s->high);
    drawing_line(b->d, from, y, to, y, DRAWING_INK, 1.2);
    drawing_line(b->d, from, y - half, from, y + half, DRAWING_INK, 1.2);
    drawing_line(b->d, to, y - half, to, y + half, DRAWING_INK, 1.2);
}

static void draw_bar(const struct bars *b, size_t row, size_t group, double y, double height,
                     bool is_first)
{
    const struct grid *g = &b->layout->counts;
    const struct grid_cell *cell = grid_at(g, row, group + 1);
    const struct cells_share *s = &cell->share;
    struct drawing *d = b->d;
    double end = at_percent(b, 0), middle = y + height / 2;
    if (!isnan(s->percent)) {
        double width = at_percent(b, s->percent) - at_percent(b, 0);
        drawing_rect(d, at_percent(b, 0), y, width, height, drawing_series(group), DRAWING_NONE);
        draw_interval(b, s, middle, height / 4);
        end = at_percent(b, isnan(s->high) ? s->percent : fmax(s->high, s->percent));
    }
    struct span figure = cell->text;
    if (!isnan(s->percent) && b->groups > 1)
        figure = chart_percent(d, cell->n, s, b->layout->decimals);
    double room = CHART_WIDTH - end - 8;
    struct span text = figure;
    if (is_first && b->groups > 1)
        text = chart_text(d, "%.*s  %.*s", SPAN_ARGS(figure),
                          SPAN_ARGS(grid_at(g, 0, group + 1)->text));
    drawing_text(d, end + 7, middle + 4, CHART_SMALL, DRAWING_START,
                 is_first && b->groups > 1 ? drawing_series(group) : DRAWING_INK,
                 drawing_fit(d, text, CHART_SMALL, room));
    if (is_first && b->groups > 1)
        drawing_bold(d);
}

static double draw_row(const struct bars *b, size_t i, double y)
{
    const struct grid *g = &b->layout->counts;
    double height = b->groups > 1 ? THIN_BAR : BAR;
    double block = height * (double)b->groups + (b->groups > 1 ? (double)(b->groups - 1) : 0);
    struct span label = grid_at(g, b->rows[i], 0)->text;
    drawing_text(b->d, b->label, y + block / 2 + 4, CHART_SIZE, DRAWING_END, DRAWING_INK,
                 drawing_fit(b->d, label, CHART_SIZE, b->label));
    for (size_t group = 0; group < b->groups; group++)
        draw_bar(b, b->rows[i], group, y + (double)group * (height + 1), height, i == 0);
    return y + block + GAP;
}

static double label_width(const struct bars *b)
{
    double most = 60;
    for (size_t i = 0; i < b->count; i++)
        most = fmax(
            most, drawing_text_width(grid_at(&b->layout->counts, b->rows[i], 0)->text, CHART_SIZE));
    return fmin(most, MOST_LABEL);
}

void chart_bars(struct results *s, const struct layout *l, struct drawing *d)
{
    struct bars b = {.results = s, .layout = l, .d = d, .groups = l->counts.columns - 1};
    choose_rows(&b);
    b.label = label_width(&b);
    b.plot = CHART_WIDTH - b.label - 10 - FIGURES;
    b.most = scale_end(&b);
    double row = (b.groups > 1 ? (THIN_BAR + 1) * (double)b.groups - 1 : BAR) + GAP;
    double bottom = TOP + 4 + row * (double)b.count - GAP / 2, y = TOP + 4;
    draw_axis(&b, bottom);
    for (size_t i = 0; i < b.count; i++)
        y = draw_row(&b, i, y);
    d->height = bottom + AXIS;
    if (b.left_out) {
        drawing_text(d, b.label + 10, bottom + AXIS + 12, CHART_SMALL, DRAWING_START, DRAWING_MUTED,
                     chart_text(d, "and %zu more, in the table", b.left_out));
        d->height += 18;
    }
}
