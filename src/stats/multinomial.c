#include "stats/multinomial.h"

#include <math.h>

#include "base/arena.h"
#include "distribution.h"
#include "stats/crosstab.h"

#define TIE_TOLERANCE 1e-7
#define MOST_CATEGORIES 64 /* the walk goes as deep */

/* The walk over all ways to spread what is left over the categories from a place on. */
struct spread {
    size_t count;
    const double *share; /* of the category in those from it on */
    double limit;        /* the probability of the observed counts, and a little more */
    double p;
};

static enum stat_status check(const double *counts, const double *shares, size_t count, double *sum)
{
    if (count < 2)
        return STAT_SHAPE;
    enum stat_status status = crosstab_check_counts(counts, count, sum);
    if (status == STAT_OK)
        status = crosstab_check_whole(counts, count);
    for (size_t i = 0; shares && status == STAT_OK && i < count; i++)
        if (!(shares[i] > 0) || !isfinite(shares[i]))
            status = STAT_UNDEFINED;
    return status;
}

/* C(sum + count - 1, count - 1), or more than BUDGET. */
static double ways(double sum, size_t count, double budget)
{
    double all = 1;
    for (size_t i = 1; i < count && all <= budget; i++)
        all *= (sum + (double)i) / (double)i;
    return all;
}

/* The first category is binomial among all, the next among the rest, and so on. */
static double probability(const struct spread *s, const double *counts, double sum)
{
    double p = 1;
    for (size_t i = 0; i + 1 < s->count; i++) {
        p *= distribution_binomial(counts[i], sum, s->share[i]);
        sum -= counts[i];
    }
    return p;
}

/* LEFT records over the categories from PLACE on, which have probability P so far. */
static void walk(struct spread *s, size_t place, double left, double p)
{
    if (place + 1 == s->count) {
        if (p <= s->limit)
            s->p += p;
        return;
    }
    for (double n = 0; n <= left; n++)
        walk(s, place + 1, left - n, p * distribution_binomial(n, left, s->share[place]));
}

static const double *conditional_shares(struct arena *a, const double *shares, size_t count)
{
    double *share = arena_array(a, count, sizeof *share), rest = 0;
    for (size_t i = count; i-- > 0;) {
        double own = shares ? shares[i] : 1;
        rest += own;
        share[i] = own / rest;
    }
    return share;
}

enum stat_status multinomial_test(const double *counts, const double *shares, size_t count,
                                  double budget, double *p)
{
    double sum;
    enum stat_status status = check(counts, shares, count, &sum);
    if (status != STAT_OK)
        return status;
    if (count > MOST_CATEGORIES || ways(sum, count, budget) > budget)
        return STAT_BUDGET;
    struct arena arena = {0};
    struct spread s = {.count = count, .share = conditional_shares(&arena, shares, count)};
    s.limit = probability(&s, counts, sum) * (1 + TIE_TOLERANCE);
    walk(&s, 0, sum, 1);
    *p = fmin(1, s.p);
    arena_free(&arena);
    return STAT_OK;
}
