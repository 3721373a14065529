/* chart_mosaic -- what each group answered: a bar of 100% for each, as high as the group is
 * large, with the adjusted residual of each cell where the table was tested. */
#include "chart.h"

#include "testline.h"

#define LABEL 150.0
#define RIGHT 16.0
#define HEIGHT 46.0 /* of a bar on the average */
#define LEAST_HEIGHT 30.0
#define GAP 4.0
#define HEAD 20.0
#define LARGE 1.96  /* a residual beyond this is rare without an association */
#define NARROW 27.0 /* a cell without room for a residual */
#define MOST_GROUPS ((size_t)40)

struct mosaic {
    struct results *results;
    const struct layout *layout;
    struct drawing *d;
    const json_t *test; /* NULL for none */
    size_t rows, columns;
    double sum;
};

static const json_t *test_of(const struct results *s, const struct layout *l)
{
    for (size_t i = 0; i < s->test_count; i++) {
        const json_t *test = s->tests[i].json;
        if (span_eq(s->tests[i].table, l->table->id) && !testline_get(test, "pair") &&
            !testline_get(test, "item") && !testline_get(test, "stratum") &&
            json_array_size(testline_get(test, "residuals")))
            return test;
    }
    return NULL;
}

/* The adjusted residual of a cell, NAN if there is none. */
static double residual(const struct mosaic *m, size_t value, size_t group)
{
    const struct cells_table *t = m->layout->table;
    size_t i;
    json_t *cell;
    for (i = 0; (cell = json_array_get(testline_get(m->test, "residuals"), i)) != NULL; i++) {
        const struct cells_code *row =
            testline_code(t->values, t->value_count, testline_get(cell, "value"));
        const struct cells_code *column =
            testline_code(t->groups, t->group_count, testline_get(cell, "group"));
        if (row == &t->values[value] && column == &t->groups[group])
            return testline_number(cell, "adjusted");
    }
    return NAN;
}

static double sum_of(const struct mosaic *m, size_t column)
{
    double sum = 0;
    for (size_t r = 1; r <= m->rows; r++) {
        double n = grid_at(&m->layout->counts, r, column)->n;
        sum += isnan(n) ? 0 : n;
    }
    return sum;
}

static void draw_cell(const struct mosaic *m, size_t row, size_t column, double x, double y,
                      double width, double height)
{
    struct drawing *d = m->d;
    const struct grid_cell *cell = grid_at(&m->layout->counts, row, column);
    double sum = sum_of(m, column);
    struct cells_share share = {sum, 100 * cell->n / sum, NAN, NAN};
    enum drawing_paint ink, tint = drawing_tint(row - 1, &ink);
    drawing_rect(d, x, y, width, height, tint, DRAWING_PAPER);
    struct span figure =
        chart_text(d, "%.0f (%.*s)", cell->n,
                   SPAN_ARGS(chart_percent(d, cell->n, &share, m->layout->decimals)));
    double r = m->test ? residual(m, row - 1, column - 1) : NAN;
    double up = isnan(r) || width < NARROW ? 4 : -2;
    if (drawing_text_width(figure, CHART_SMALL) > width - 6)
        figure = chart_text(d, "%.0f", cell->n);
    if (drawing_text_width(figure, CHART_SMALL) > width - 4)
        return;
    drawing_text(d, x + width / 2, y + height / 2 + up, CHART_SMALL, DRAWING_MIDDLE, ink, figure);
    if (isnan(r) || width < NARROW)
        return;
    struct span text =
        chart_text(d, "%s%.1f%s", r < 0 ? "−" : "+", fabs(r), fabs(r) > LARGE ? "*" : "");
    drawing_text(d, x + width / 2, y + height / 2 + 12, CHART_SMALL, DRAWING_MIDDLE, ink, text);
    if (fabs(r) > LARGE)
        drawing_bold(d);
}

static void draw_group(const struct mosaic *m, size_t column, double y, double height)
{
    struct drawing *d = m->d;
    double x = LABEL + 10, whole = CHART_WIDTH - x - RIGHT, sum = sum_of(m, column);
    struct span label = grid_at(&m->layout->counts, 0, column)->text;
    drawing_text(d, LABEL, y + height / 2 - 2, CHART_SIZE, DRAWING_END, DRAWING_INK,
                 drawing_fit(d, label, CHART_SIZE, LABEL));
    drawing_text(d, LABEL, y + height / 2 + 12, CHART_SMALL, DRAWING_END, DRAWING_MUTED,
                 chart_text(d, "N = %.0f", sum));
    for (size_t r = 1; r <= m->rows && sum > 0; r++) {
        double n = grid_at(&m->layout->counts, r, column)->n;
        double width = (isnan(n) ? 0 : n) / sum * whole;
        if (width > 0)
            draw_cell(m, r, column, x, y, width, height);
        x += width;
    }
}

/* Each value's part of the first bar. */
static double first_width(const struct mosaic *m, size_t row)
{
    double n = grid_at(&m->layout->counts, row, 1)->n, sum = sum_of(m, 1);
    return isnan(n) || !(sum > 0) ? 0 : n / sum * (CHART_WIDTH - LABEL - 10 - RIGHT);
}

/* The values above their parts of the first bar. False, with nothing drawn, if one lacks the room.
 */
static bool draw_heads(const struct mosaic *m)
{
    double x = LABEL + 10;
    for (size_t r = 1; r <= m->rows; r++)
        if (drawing_text_width(grid_at(&m->layout->counts, r, 0)->text, CHART_SIZE) >
            first_width(m, r) - 6)
            return false;
    for (size_t r = 1; r <= m->rows; r++) {
        drawing_text(m->d, x + 2, 14, CHART_SIZE, DRAWING_START, DRAWING_INK,
                     grid_at(&m->layout->counts, r, 0)->text);
        x += first_width(m, r);
    }
    return true;
}

/* What each colour is, where it cannot be said at the bars: above them, beside the colour. */
static double draw_key(const struct mosaic *m)
{
    struct drawing *d = m->d;
    double x = LABEL + 10, y = 14;
    if (draw_heads(m))
        return y + 8;
    for (size_t r = 1; r <= m->rows; r++) {
        struct span label =
            drawing_fit(d, grid_at(&m->layout->counts, r, 0)->text, CHART_SIZE, 260);
        double width = drawing_text_width(label, CHART_SIZE) + 34;
        if (x + width > CHART_WIDTH && x > LABEL + 10) {
            x = LABEL + 10;
            y += HEAD;
        }
        enum drawing_paint ink, tint = drawing_tint(r - 1, &ink);
        drawing_rect(d, x, y - 10, 11, 11, tint, DRAWING_NONE);
        drawing_text(d, x + 16, y, CHART_SIZE, DRAWING_START, DRAWING_INK, label);
        x += width;
    }
    return y + 10;
}

void chart_mosaic(struct results *s, const struct layout *l, struct drawing *d)
{
    struct mosaic m = {.results = s, .layout = l, .d = d, .test = test_of(s, l)};
    m.rows = l->table->value_count;
    m.columns = l->table->group_count;
    size_t shown = m.columns < MOST_GROUPS ? m.columns : MOST_GROUPS;
    for (size_t c = 1; c <= shown; c++)
        m.sum += sum_of(&m, c);
    double y = draw_key(&m);
    for (size_t c = 1; c <= shown; c++) {
        double share = m.sum > 0 ? sum_of(&m, c) / m.sum : 0;
        double height = fmax(LEAST_HEIGHT, share * HEIGHT * (double)shown);
        draw_group(&m, c, y, height);
        y += height + GAP;
    }
    if (m.test) {
        drawing_text(d, LABEL + 10, y + 12, CHART_SMALL, DRAWING_START, DRAWING_MUTED,
                     SPAN("Second line: adjusted residuals; * beyond ±1.96."));
        y += 16;
    }
    if (shown < m.columns) {
        drawing_text(d, LABEL + 10, y + 12, CHART_SMALL, DRAWING_START, DRAWING_MUTED,
                     chart_text(d, "and %zu more groups, in the table", m.columns - shown));
        y += 16;
    }
    d->height = y + 4;
}
