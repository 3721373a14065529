/* Effect sizes with their intervals. */
#include "printed.h"
#include "stats/effect.h"

typedef enum stat_status effect_fn(const struct crosstab *, double, struct stat_estimate *);

static struct stat_estimate run(effect_fn *effect, size_t rows, size_t columns,
                                const double *counts)
{
    struct arena a = {0};
    struct crosstab t = crosstab_of(&a, rows, columns, counts);
    struct stat_estimate e = {0};
    CHECK(effect(&t, 0.95, &e) == STAT_OK, "the effect is defined");
    arena_free(&a);
    return e;
}

/* Long figures: R 4.2.2, lambda by uniroot(function(l) pchisq(x2, df, l, lower = FALSE) - tail,
 * tol = 1e-14), sqrt(lambda / (n * (k - 1))). */
static void cramers_v(void)
{
    const double party[] = {762, 327, 468, 484, 239, 477};
    struct stat_estimate v = run(effect_cramers_v, 2, 3, party);
    CHECK_PRINTED(v.value, "0.1044358", "rstatix: V");
    CHECK_PRINTED(v.low, "0.0649", "rstatix: V's low end");
    CHECK_PRINTED(v.high, "0.140", "rstatix: V's high end");
    CHECK_NEAR(v.low, 0.06490741810255524, 1e-9, "V's low end is R's");
    CHECK_NEAR(v.high, 0.14026390466568628, 1e-9, "V's high end is R's");
    const double eyes[] = {69, 28, 68, 51, 6, 69, 38, 55, 37, 0, 90, 47, 94, 94, 16};
    CHECK_PRINTED(run(effect_cramers_v, 3, 5, eyes).value, ".1172", "SAS eye by hair: V");
    const double scipy[] = {100, 150, 203, 322, 420, 700, 320, 210};
    v = run(effect_cramers_v, 4, 2, scipy);
    CHECK_NEAR(v.value, 0.18617813077483678, 1e-14, "scipy: V");
    CHECK_NEAR(v.low, 0.1438584681117217, 1e-9, "scipy's table: low end is R's");
    CHECK_NEAR(v.high, 0.2239588713120465, 1e-9, "scipy's table: high end is R's");
    v = run(effect_cramers_v, 2, 2, (double[]){11, 4, 2, 6});
    CHECK_NEAR(v.low, 0.115821868741847, 1e-9, "V is above 0 where p is under .05: one tail");
    CHECK_NEAR(v.high, 0.8730523875913309, 1e-9, "SAS 2x2: V's high end is R's");
    v = run(effect_cramers_v, 2, 2, (double[]){5, 0, 0, 5});
    CHECK(v.value == 1 && v.high == 1 && v.low > 0, "V of a perfect table is 1");
    v = run(effect_cramers_v, 2, 2, (double[]){1e9, 1e9, 1e9, 1000100000});
    CHECK(v.low == 0 && v.high > v.value && v.high < 1e-4, "V of counts of 1e9");
    v = run(effect_cramers_v, 2, 2, (double[]){1e9, 1, 1, 1e9});
    CHECK(v.value < 1 && v.low > 0.9999 && v.high == 1, "V of counts of 1e9, nearly perfect");
}

/* R: Bergsma's equations on chisq.test(m, correct = FALSE)$statistic. */
static void corrected_v(void)
{
    struct arena a = {0};
    double v;
    struct crosstab t = crosstab_of(&a, 4, 2, (double[]){100, 150, 203, 322, 420, 700, 320, 210});
    CHECK(effect_corrected_v(&t, &v) == STAT_OK, "corrected V of scipy's table");
    CHECK_NEAR(v, 0.1828618805648083, 1e-12, "corrected V of scipy's table is R's");
    t = crosstab_of(&a, 2, 3, (double[]){762, 327, 468, 484, 239, 477});
    CHECK(effect_corrected_v(&t, &v) == STAT_OK, "corrected V of party by gender");
    CHECK_NEAR(v, 0.1009199827844089, 1e-12, "corrected V of party by gender is R's");
    t = crosstab_of(&a, 2, 2, (double[]){67, 39, 67, 50});
    CHECK(effect_corrected_v(&t, &v) == STAT_OK && v == 0, "a V under its bias is 0");
    t = crosstab_of(&a, 2, 2, (double[]){1, 0, 0, 1});
    CHECK(effect_corrected_v(&t, &v) == STAT_UNDEFINED, "two records have no corrected V");
    arena_free(&a);
}

/* R: the multinomial delta method with numerical derivatives (step 1e-6). */
static void phi(void)
{
    struct stat_estimate e = run(effect_phi, 2, 2, (double[]){11, 4, 2, 6});
    CHECK_PRINTED(e.value, ".4644", "SAS 2x2: phi");
    CHECK_NEAR(e.low, 0.1002975678659345, 1e-8, "SAS 2x2: phi's low end");
    CHECK_NEAR(e.high, 0.8284457242035708, 1e-8, "SAS 2x2: phi's high end");
    e = run(effect_phi, 2, 2, (double[]){2, 15, 10, 3});
    CHECK_NEAR(e.value, -0.6590820436573077, 1e-14, "R's twins: phi has a sign");
    CHECK_NEAR(e.low, -0.9306268217365544, 1e-8, "R's twins: phi's low end");
    CHECK_NEAR(e.high, -0.3875372655780610, 1e-8, "R's twins: phi's high end");
    e = run(effect_phi, 2, 2, (double[]){5, 0, 0, 5});
    CHECK(e.value <= 1 && e.high <= 1 && e.value > 1 - 1e-15, "phi of a perfect table is 1");
}

static void odds_ratio(void)
{
    struct stat_estimate e = run(effect_odds_ratio, 2, 2, (double[]){11, 4, 2, 6});
    CHECK_NEAR(e.value, 8.25, 1e-15, "SAS 2x2: odds ratio");
    CHECK_PRINTED(e.low, "1.1535", "SAS 2x2: odds ratio's low end");
    CHECK_PRINTED(e.high, "59.0029", "SAS 2x2: odds ratio's high end");
    e = run(effect_odds_ratio, 2, 2, (double[]){0, 10, 8, 5});
    CHECK(e.has_value && e.value == 0 && !e.has_low && !e.has_high,
          "an odds ratio of 0 has no Wald interval");
    e = run(effect_odds_ratio, 2, 2, (double[]){10, 0, 5, 8});
    CHECK(!e.has_value && !e.has_low && !e.has_high && e.value == 0,
          "an infinite odds ratio has no value");
    e = run(effect_odds_ratio, 2, 2, (double[]){4e15, 1e-30, 1e-30, 4e15});
    CHECK(e.has_value && e.value > 1e90 && !e.has_high,
          "an interval wider than doubles reach has no end");
}

/* Newcombe (1998, "Interval estimation for the difference", table II, method 10). */
static void risk_difference(void)
{
    static const struct {
        struct effect_groups groups;
        const char *low, *high;
    } cases[] = {
        {{56, 70, 48, 80}, "0.0524", "0.3339"}, {{9, 10, 3, 10}, "0.1705", "0.8090"},
        {{6, 7, 2, 7}, "0.0582", "0.8062"},     {{5, 56, 0, 29}, "-0.0381", "0.1926"},
        {{0, 10, 0, 20}, "-0.1611", "0.2775"},  {{0, 10, 0, 10}, "-0.2775", "0.2775"},
        {{10, 10, 0, 20}, "0.6791", "1.0000"},  {{10, 10, 0, 10}, "0.6075", "1.0000"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct stat_estimate e;
        CHECK(effect_risk_difference(&cases[i].groups, 0.95, &e) == STAT_OK, "Newcombe's case");
        CHECK_PRINTED(e.low, cases[i].low, "Newcombe's case: low end");
        CHECK_PRINTED(e.high, cases[i].high, "Newcombe's case: high end");
    }
}

/* By hand: log(1.333) +- 1.959964 sqrt(1/56 - 1/70 + 1/48 - 1/80). */
static void risk_ratio(void)
{
    struct stat_estimate e;
    struct effect_groups g = {56, 70, 48, 80};
    CHECK(effect_risk_ratio(&g, 0.95, &e) == STAT_OK, "relative risk");
    CHECK_NEAR(e.value, 4.0 / 3, 1e-14, "relative risk of .8 over .6");
    CHECK_PRINTED(e.low, "1.0766264", "relative risk's low end");
    CHECK_PRINTED(e.high, "1.6512485", "relative risk's high end");
    effect_risk_ratio(&(struct effect_groups){0, 10, 5, 10}, 0.95, &e);
    CHECK(e.has_value && e.value == 0 && !e.has_low && !e.has_high, "a relative risk of 0");
    effect_risk_ratio(&(struct effect_groups){5, 10, 0, 10}, 0.95, &e);
    CHECK(!e.has_value && !e.has_low && !e.has_high, "a relative risk over 0 has no value");
    effect_risk_ratio(&(struct effect_groups){0, 10, 0, 10}, 0.95, &e);
    CHECK(!e.has_value && !e.has_low && !e.has_high, "a relative risk of 0 over 0 has no value");
    CHECK(effect_risk_ratio(&(struct effect_groups){0, 0, 5, 10}, 0.95, &e) == STAT_EMPTY,
          "a relative risk in a group of none");
    CHECK(effect_risk_difference(&(struct effect_groups){5, 4, 5, 10}, 0.95, &e) == STAT_DOMAIN,
          "hits above their base");
}

/* Eye by hair colour in Baden: Goodman & Kruskal (1954), p. 744, lambda_a = .2241 and, turned,
 * lambda_b = .1924. The interval is the hand calculation .2241 -+ 1.96 sqrt((6800 - 3954)(3954 +
 * 3132
 * - 2 * 2186) / 3668^3). */
static void lambda(void)
{
    struct arena arena = {0}, *a = &arena;
    const double counts[] = {1768, 807, 189, 47, 946, 1387, 746, 53, 115, 438, 288, 16};
    const double turned[] = {1768, 946, 115, 807, 1387, 438, 189, 746, 288, 47, 53, 16};
    struct crosstab t = crosstab_of(a, 3, 4, counts), other = crosstab_of(a, 4, 3, turned);
    struct stat_estimate e;
    CHECK(effect_lambda(&t, 0.95, &e) == STAT_OK && fabs(e.value - 0.2241) < 0.00005,
          "lambda of eye colour by hair colour");
    double se = sqrt((6800.0 - 3954) * (3954 + 3132 - 2 * 2186) / (3668.0 * 3668 * 3668));
    CHECK_NEAR(e.low, 822.0 / 3668 - 1.959963984540054 * se, 1e-12, "lambda's low end");
    CHECK(effect_lambda(&other, 0.95, &e) == STAT_OK && fabs(e.value - 0.1924) < 0.00005,
          "lambda of hair colour by eye colour");
    arena_free(a);
}

int main(void)
{
    cramers_v();
    lambda();
    corrected_v();
    phi();
    odds_ratio();
    risk_difference();
    risk_ratio();
    return check_done();
}
