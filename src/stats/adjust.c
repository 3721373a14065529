#include "stats/adjust.h"

#include <math.h>
#include <stdlib.h>

#include "base/arena.h"

struct ranked {
    double p;
    size_t index;
};

/* By p; equal ones by place, so that qsort() has no choice. */
static int order_ranked(const void *a, const void *b)
{
    const struct ranked *x = a, *y = b;
    if (x->p != y->p)
        return x->p < y->p ? -1 : 1;
    return (x->index > y->index) - (x->index < y->index);
}

/* Each is at least the one before it, smallest first. */
static void step_down(const struct ranked *ranked, size_t count, double *adjusted)
{
    double most = 0;
    for (size_t i = 0; i < count; i++) {
        most = fmax(most, fmin(1, ranked[i].p * (double)(count - i)));
        adjusted[ranked[i].index] = most;
    }
}

/* Each is at most the one after it, largest first. */
static void step_up(const struct ranked *ranked, size_t count, double *adjusted)
{
    double least = 1;
    for (size_t i = count; i-- > 0;) {
        least = fmin(least, ranked[i].p * (double)count / (double)(i + 1));
        adjusted[ranked[i].index] = least;
    }
}

enum stat_status adjust_p(enum adjust_method method, const double *p, size_t count,
                          double *adjusted)
{
    for (size_t i = 0; i < count; i++)
        if (!(p[i] >= 0 && p[i] <= 1))
            return STAT_DOMAIN;
    if (method == ADJUST_NONE || method == ADJUST_BONFERRONI) {
        double factor = method == ADJUST_NONE ? 1 : (double)count;
        for (size_t i = 0; i < count; i++)
            adjusted[i] = fmin(1, p[i] * factor);
        return STAT_OK;
    }
    struct arena arena = {0};
    struct ranked *ranked = arena_array(&arena, count, sizeof *ranked);
    for (size_t i = 0; i < count; i++)
        ranked[i] = (struct ranked){p[i], i};
    qsort(ranked, count, sizeof *ranked, order_ranked);
    (method == ADJUST_HOLM ? step_down : step_up)(ranked, count, adjusted);
    arena_free(&arena);
    return STAT_OK;
}
