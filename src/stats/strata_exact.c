/* strata_exact -- small strata: how small, and a test that does not mind. */
#include <math.h>

#include "base/arena.h"
#include "distribution.h"
#include "stats/strata.h"

#define TIE_TOLERANCE 1e-7

/* What the first cell of a layer can be, its margins given. */
struct span_of_cell {
    double least, most, expected;
};

static bool tells(const struct strata_layer *l, struct span_of_cell *cell)
{
    double row = l->a + l->b, other = l->c + l->d, column = l->a + l->c, n = row + other;
    if (!(row > 0 && other > 0 && column > 0 && column < n))
        return false;
    *cell = (struct span_of_cell){fmax(0, column - other), fmin(row, column), row * column / n};
    return true;
}

double strata_mantel_fleiss(const struct strata_layer *layers, size_t count)
{
    double down = 0, up = 0;
    struct span_of_cell cell;
    for (size_t i = 0; i < count; i++)
        if (tells(&layers[i], &cell)) {
            down += cell.expected - cell.least;
            up += cell.most - cell.expected;
        }
    return fmin(down, up);
}

/* The distribution of the sum of the first cells: density[k] of LEAST + k. */
struct sum {
    double least, observed;
    double *density;
    size_t count;
};

static void add_layer(struct arena *a, struct sum *s, const struct strata_layer *l,
                      const struct span_of_cell *cell)
{
    size_t width = (size_t)(cell->most - cell->least) + 1, count = s->count + width - 1;
    double *into = arena_array(a, count, sizeof *into);
    for (size_t k = 0; k < width; k++) {
        double p = distribution_hypergeometric(cell->least + (double)k, l->a + l->c, l->b + l->d,
                                               l->a + l->b);
        for (size_t i = 0; i < s->count; i++)
            into[i + k] += p * s->density[i];
    }
    s->density = into;
    s->count = count;
    s->least += cell->least;
    s->observed += l->a;
}

/* Multiplications, and doubles kept. */
static double work_of(const struct strata_layer *layers, size_t count)
{
    double width = 1, work = 0;
    struct span_of_cell cell;
    for (size_t i = 0; i < count; i++)
        if (tells(&layers[i], &cell)) {
            work += width * (cell.most - cell.least + 1);
            width += cell.most - cell.least;
        }
    return work;
}

enum stat_status strata_exact(const struct strata_layer *layers, size_t count, double budget,
                              double *p)
{
    for (size_t i = 0; i < count; i++) {
        const double cells[] = {layers[i].a, layers[i].b, layers[i].c, layers[i].d};
        enum stat_status status = crosstab_check_whole(cells, 4);
        if (status != STAT_OK)
            return status;
    }
    if (!(work_of(layers, count) <= budget))
        return STAT_BUDGET;
    struct arena arena = {0};
    double one = 1, total = 0;
    struct sum s = {.density = &one, .count = 1};
    struct span_of_cell cell;
    for (size_t i = 0; i < count; i++)
        if (tells(&layers[i], &cell))
            add_layer(&arena, &s, &layers[i], &cell);
    double limit = s.density[(size_t)(s.observed - s.least)] * (1 + TIE_TOLERANCE);
    for (size_t k = 0; k < s.count; k++)
        total += s.density[k] <= limit ? s.density[k] : 0;
    bool any = s.count > 1;
    arena_free(&arena);
    *p = fmin(1, total);
    return any ? STAT_OK : STAT_MARGIN;
}
