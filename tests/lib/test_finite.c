/* Whatever goes in, no NaN and no infinity comes out: every function on tables made of the hardest
 * counts, by a fixed seed. */
#include "check.h"
#include "stats/agreement.h"
#include "stats/describe.h"
#include "stats/effect.h"
#include "stats/exact.h"
#include "stats/interval.h"
#include "stats/montecarlo.h"
#include "stats/multiple.h"
#include "stats/network.h"
#include "stats/paired.h"
#include "stats/prng.h"
#include "stats/strata.h"
#include "stats/tests.h"
#include "stats/trend.h"

#define ROUNDS 1000
#define SIZE_MOST 4

static const double whole[] = {0, 0, 0, 1, 1, 2, 3, 7, 40, 1000, 1e6, 1e9};
static const double hard[] = {0,   1e-30, 1e-9, 0.1, 1.0 / 3, 1,        2.5,   1e9,
                              1e9, 4e15,  9e15, -1,  1e-200,  INFINITY, 1e300, NAN};

/* TRUTH, and on the first few lies says which. */
static bool said(bool truth, const char *what)
{
    static int lies;
    if (!truth && lies++ < 10)
        printf("# not so: %s\n", what);
    return truth;
}
#define SAID(truth) said((truth), #truth)

static double pick(struct prng *g, const double *from, size_t count)
{
    return from[prng_next(g) % count];
}

static bool is_p(double p)
{
    return p >= 0 && p <= 1;
}

static bool is_result(enum stat_status status, const struct tests_result *r)
{
    return status != STAT_OK || (isfinite(r->statistic) && r->statistic >= 0 && isfinite(r->df) &&
                                 r->df > 0 && is_p(r->p));
}

static bool is_estimate(enum stat_status status, const struct stat_estimate *e)
{
    if (status != STAT_OK)
        return true;
    return isfinite(e->value) && isfinite(e->low) && isfinite(e->high) &&
           (e->has_value || e->value == 0) && (e->has_low || e->low == 0) &&
           (e->has_high || e->high == 0) && (!e->has_low || !e->has_high || e->low <= e->high);
}

static bool tests_are_finite(const struct crosstab *t)
{
    struct tests_result r = {0};
    double z = 0, v = 0, spread[SIZE_MOST * SIZE_MOST] = {0}, p[SIZE_MOST * SIZE_MOST] = {0};
    struct tests_residuals into = {.adjusted = spread, .p = p};
    struct tests_pair pairs[SIZE_MOST * SIZE_MOST];
    bool fine = SAID(is_result(tests_pearson(t, &r), &r));
    fine &= SAID(is_result(tests_g(t, &r), &r));
    fine &= SAID(is_result(tests_yates(t, &r), &r));
    fine &= SAID(is_result(paired_mcnemar(t, &r), &r));
    fine &= SAID(is_result(paired_mcnemar_corrected(t, &r), &r));
    fine &= SAID(is_result(trend_cochran_armitage(t, NULL, &z, &r), &r) && isfinite(z));
    fine &= SAID(is_result(trend_linear(t, NULL, NULL, &z, &r), &r) && isfinite(z));
    fine &= SAID(is_result(tests_goodness(t->cells, NULL, t->rows * t->columns, &r), &r));
    fine &= SAID(is_result(tests_goodness(t->cells, t->cells, t->rows * t->columns, &r), &r));
    if (tests_residuals(t, &into) == STAT_OK)
        for (size_t i = 0; i < t->rows * t->columns; i++)
            fine &= SAID(isfinite(spread[i]) && is_p(p[i]));
    if (tests_pairwise(t, pairs) == STAT_OK)
        for (size_t i = 0; i < t->columns * (t->columns - 1) / 2; i++)
            fine &= SAID(is_result(pairs[i].status, &pairs[i].result));
    return fine & SAID((effect_corrected_v(t, &v) != STAT_OK || is_p(v)));
}

static bool effects_are_finite(const struct crosstab *t)
{
    struct stat_estimate e = {0};
    const double *x = t->cells;
    struct effect_groups g = {x[0], x[1], x[2], x[3]};
    bool fine = SAID(is_estimate(effect_cramers_v(t, 0.95, &e), &e));
    fine &= SAID(is_estimate(effect_phi(t, 0.95, &e), &e));
    fine &= SAID(is_estimate(effect_odds_ratio(t, 0.95, &e), &e));
    fine &= SAID(is_estimate(effect_risk_ratio(&g, 0.95, &e), &e));
    fine &= SAID(is_estimate(effect_risk_difference(&g, 0.95, &e), &e));
    fine &= SAID(is_estimate(interval_wilson(x[0], x[1], 0.95, &e), &e));
    fine &= SAID(is_estimate(interval_wilson_finite(x[0], x[1], x[2], 0.95, &e), &e));
    fine &= SAID(is_estimate(interval_agresti_coull(x[0], x[1], 0.95, &e), &e));
    fine &= SAID(is_estimate(interval_clopper_pearson(x[0], x[1], 0.95, &e), &e));
    return fine & SAID(is_estimate(interval_bounds(x[0], x[1], x[2], &e), &e));
}

static bool others_are_finite(const struct crosstab *t)
{
    const double *x = t->cells;
    struct strata_layer layers[] = {{x[0], x[1], x[2], x[3]}, {3, 1, 4, 1}};
    struct strata_result s = {0};
    struct strata_homogeneity h = {0};
    struct agreement_kappa k = {0};
    struct agreement_fleiss f = {0};
    enum stat_status status = strata_mantel_haenszel(layers, 2, 0.95, &s);
    bool fine = SAID(is_result(status, &s.plain) & is_result(status, &s.corrected));
    fine &= SAID(is_estimate(status, &s.ratio));
    status = strata_breslow_day(layers, 2, &h);
    fine &= SAID(is_result(status, &h.breslow_day) & is_result(status, &h.tarone));
    status = agreement_cohen(t, AGREEMENT_LINEAR, 0.95, &k);
    fine &= SAID(is_estimate(status, &k.kappa) & isfinite(k.se));
    fine &= SAID(agreement_fleiss(t, &f) != STAT_OK ||
                 (isfinite(f.kappa) && isfinite(f.z) && is_p(f.p)));

    const double n[] = {x[0] + x[1], x[2] + x[3]}, hits[] = {x[0], x[2]};
    struct multiple_set set = {2, 1, n, hits, hits};
    struct multiple_result m = {0};
    status = multiple_rao_scott(&set, &m);
    fine &= SAID(status != STAT_OK ||
                 (isfinite(m.sum) && isfinite(m.statistic) && isfinite(m.df) && is_p(m.p)));
    struct describe_values v = {(double[]){-1e100, 0, 1e-9, 1e100}, x, 4, 0};
    struct describe_summary d = {0};
    status = describe_summarise(&v, &d);
    return fine & SAID((status != STAT_OK || (isfinite(d.mean) && isfinite(d.sd))));
}

static bool exact_is_finite(const struct crosstab *t)
{
    struct exact_fisher f = {0};
    struct stat_estimate e = {0};
    struct montecarlo_result m = {0};
    double p = 0;
    bool fine = SAID(exact_fisher_2x2(t, &f) != STAT_OK ||
                     (is_p(f.two_sided) && is_p(f.less) && is_p(f.greater)));
    fine &= SAID(t->sum > 1e7 || is_estimate(exact_odds_ratio(t, 0.95, &e), &e));
    fine &= SAID(network_fisher(t, 5000, &p) != STAT_OK || is_p(p));
    fine &= SAID(paired_mcnemar_exact(t, &p) != STAT_OK || is_p(p));
    fine &= SAID(t->sum > 1e7 || montecarlo_test(t, MONTECARLO_FISHER, 9, 1, 0.95, &m) != STAT_OK ||
                 (is_p(m.p) && m.low <= m.high && is_p(m.low) && is_p(m.high)));
    return fine;
}

static bool all_are_finite(const struct crosstab *t)
{
    return tests_are_finite(t) & effects_are_finite(t) & others_are_finite(t) & exact_is_finite(t);
}

static void print_table(const struct crosstab *t)
{
    printf("# fault:");
    for (size_t i = 0; i < t->rows * t->columns; i++)
        printf("%s %g", i > 0 && i % t->columns == 0 ? " /" : "", t->cells[i]);
    printf("\n");
}

static void run(const double *from, size_t count, uint64_t seed, const char *name)
{
    struct prng g;
    prng_init(&g, seed);
    size_t faults = 0;
    for (int round = 0; round < ROUNDS; round++) {
        struct arena a = {0};
        bool two = round % 2 == 0;
        size_t rows = two ? 2 : 2 + prng_next(&g) % (SIZE_MOST - 1);
        size_t columns = two ? 2 : 2 + prng_next(&g) % (SIZE_MOST - 1);
        struct crosstab t = crosstab_new(&a, rows, columns);
        for (size_t i = 0; i < rows * columns; i++)
            t.cells[i] = pick(&g, from, count);
        crosstab_total(&t);
        if (!all_are_finite(&t) && faults++ < 5)
            print_table(&t);
        arena_free(&a);
    }
    CHECK(faults == 0, name);
}

int main(void)
{
    run(whole, sizeof whole / sizeof *whole, 1, "whole counts give finite figures");
    run(hard, sizeof hard / sizeof *hard, 2,
        "weights and nonsense give finite figures or a status");
    /* Without the nonsense, so that tables get past the first check. */
    run(hard, 11, 3, "weights from 1e-30 to 9e15 give finite figures");
    return check_done();
}
