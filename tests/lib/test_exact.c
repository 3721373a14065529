/* Fisher's exact test and odds ratio of 2 by 2 tables. p values are R 4.2.2's fisher.test().
 *
 * R's estimate and interval come from uniroot() at its loose default (1e-4), so they are
 * not used; the expected ones solve the same equations with tol = 1e-15:
 *   w <- function(L) {x <- exp(dhyper(s, a+c, b+d, a+b, log=TRUE) + L*s); x / sum(x)}
 *   uniroot(function(L) sum(s*w(L)) - a, c(-60, 60), tol=1e-15)           # estimate
 *   uniroot(function(L) sum(w(L)[s >= a]) - .025, c(-60, 60), tol=1e-15)  # low; high with s <= a
 */
#include "printed.h"
#include "stats/exact.h"

static struct exact_fisher fisher_of(double a, double b, double c, double d)
{
    struct arena arena = {0};
    struct crosstab t = crosstab_of(&arena, 2, 2, (double[]){a, b, c, d});
    struct exact_fisher p = {0};
    CHECK(exact_fisher_2x2(&t, &p) == STAT_OK, "the table can be tested");
    arena_free(&arena);
    return p;
}

static struct stat_estimate ratio_of(double a, double b, double c, double d, double confidence)
{
    struct arena arena = {0};
    struct crosstab t = crosstab_of(&arena, 2, 2, (double[]){a, b, c, d});
    struct stat_estimate ratio = {0};
    CHECK(exact_odds_ratio(&t, confidence, &ratio) == STAT_OK, "the table has an odds ratio");
    arena_free(&arena);
    return ratio;
}

static void documented(void)
{
    struct exact_fisher p = fisher_of(11, 4, 2, 6);
    CHECK_PRINTED(p.two_sided, ".0393", "SAS 2x2: two-sided");
    CHECK_PRINTED(p.greater, ".0367", "SAS 2x2: right");
    CHECK_PRINTED(p.less, ".9967", "SAS 2x2: left");
    CHECK_PRINTED(fisher_of(35, 29, 14, 27).two_sided, ".046665258", "boys: two-sided");
    CHECK_PRINTED(fisher_of(32, 10, 53, 23).two_sided, ".524477809", "girls: two-sided");
    CHECK_PRINTED(fisher_of(67, 39, 67, 50).two_sided, ".41215159", "all: two-sided");
    CHECK_PRINTED(fisher_of(3, 1, 1, 3).greater, ".2429", "R's tea: one-sided");
    CHECK_PRINTED(fisher_of(2, 15, 10, 3).two_sided, ".0005367", "R's twins: two-sided");
    CHECK_NEAR(fisher_of(2, 3, 0, 2).two_sided, 1, 1e-12, "ties count on both sides");
    struct stat_estimate fat = ratio_of(11, 4, 2, 6, 0.95);
    CHECK_PRINTED(fat.low, "0.8677", "SAS 2x2: exact low end");
    CHECK_PRINTED(fat.high, "105.5488", "SAS 2x2: exact high end");
    /* R prints 6.408309 and .04693661 (.003325764-.363182271), good to four digits only. */
    CHECK_NEAR(ratio_of(3, 1, 1, 3, 0.95).value, 6.408309, 1e-4, "R's tea: odds ratio");
    struct stat_estimate twins = ratio_of(2, 15, 10, 3, 0.95);
    CHECK_NEAR(twins.value, 0.04693661, 1e-4, "R's twins: odds ratio");
    CHECK_NEAR(twins.low, 0.003325764, 5e-3, "R's twins: low end");
    CHECK_NEAR(twins.high, 0.363182271, 1e-4, "R's twins: high end");
}

static void against_r(void)
{
    struct exact_fisher p = fisher_of(300, 100, 100, 300);
    CHECK_NEAR(p.two_sided, 6.0062998309573441e-47, 1e-11, "p of 1e-47 is R's");
    CHECK_NEAR(p.greater, 3.0031499154786764e-47, 1e-11, "one-sided p of 1e-47 is R's");
    CHECK_NEAR(p.less, 1, 1e-14, "the other side of it is 1");
    p = fisher_of(10, 0, 5, 8);
    CHECK_NEAR(p.two_sided, 0.0027166264883319658, 1e-12, "a zero cell: two-sided is R's");
    CHECK_NEAR(p.greater, 0.0026248485664288569, 1e-12, "a zero cell: greater is R's");
    p = fisher_of(0, 10, 8, 5);
    CHECK_NEAR(p.two_sided, 0.0027166264883319658, 1e-12, "first cell 0: two-sided is R's");
    CHECK_NEAR(p.less, 0.0026248485664288569, 1e-12, "first cell 0: less is R's");
    p = fisher_of(5, 0, 0, 5);
    CHECK_NEAR(p.two_sided, 0.0079365079365079395, 1e-12, "a perfect table is R's");
    p = fisher_of(10000, 10100, 9900, 10050);
    CHECK_NEAR(p.two_sided, 0.80270605853276877, 1e-11, "counts of 1e4: two-sided is R's");
    CHECK_NEAR(p.less, 0.60431145123583097, 1e-11, "counts of 1e4: less is R's");
    CHECK_NEAR(p.greater, 0.40340832954767736, 1e-11, "counts of 1e4: greater is R's");
    /* The continuity-corrected normal gives .11387 here: (1e5 / 4 - 0.5)^2 over the variance. */
    p = fisher_of(1e9, 1e9, 1e9, 1000100000);
    CHECK_NEAR(p.two_sided, 0.11387, 1e-4, "counts of 1e9 are tested");
    p = fisher_of(1e9, 1, 1, 1e9);
    CHECK(p.two_sided == 0 && p.greater == 0 && p.less == 1, "a p under the smallest double is 0");
}

static void check_ratio(struct stat_estimate got, double value, double low, double high,
                        const char *name)
{
    CHECK(got.has_value && got.has_low && got.has_high, name);
    CHECK_NEAR(got.value, value, 1e-12, name);
    CHECK_NEAR(got.low, low, 1e-12, name);
    CHECK_NEAR(got.high, high, 1e-12, name);
}

static void ratios(void)
{
    check_ratio(ratio_of(3, 1, 1, 3, 0.95), 6.4083196581996678, 0.2117355954465787,
                626.2435305888127459, "odds ratio of the tea");
    check_ratio(ratio_of(2, 15, 10, 3, 0.95), 0.046936639049680005, 0.003317163950657367,
                0.363189602356680519, "odds ratio of the twins");
    check_ratio(ratio_of(11, 4, 2, 6, 0.95), 7.4002055151661805, 0.8677371550425665,
                105.5488310049438496, "odds ratio of SAS's table");
    check_ratio(ratio_of(11, 4, 2, 6, 0.99), 7.4002055151661805, 0.5173977060591668,
                254.6925966091158955, "odds ratio of SAS's table at 99%");
    check_ratio(ratio_of(300, 100, 100, 300, 0.95), 8.970049916630956, 6.454312099177171,
                12.558380932850707, "odds ratio of hundreds");
    check_ratio(ratio_of(10000, 10100, 9900, 10050, 0.95), 1.0051003823730906, 0.9662939647296975,
                1.0454655340986985, "odds ratio of ten thousands");
    struct stat_estimate most = ratio_of(10, 0, 5, 8, 0.95);
    CHECK(!most.has_value && most.has_low && !most.has_high && most.value == 0 && most.high == 0,
          "an infinite odds ratio has a low end alone");
    CHECK_NEAR(most.low, 2.129789844608897, 1e-12, "the low end of an infinite odds ratio");
    struct stat_estimate least = ratio_of(0, 10, 8, 5, 0.95);
    CHECK(least.has_value && least.value == 0 && least.has_low && least.low == 0,
          "an odds ratio of 0 has a low end of 0");
    CHECK_NEAR(least.high, 0.4695298940086903, 1e-12, "the high end of an odds ratio of 0");
    struct stat_estimate large = ratio_of(1e9, 1, 1, 1e9, 0.95);
    CHECK(large.has_value && large.has_high && large.low < 1e18 && large.high > 1e18 &&
              isfinite(large.high),
          "a vast odds ratio stays finite");
}

static void refuses(void)
{
    struct arena a = {0};
    struct exact_fisher p;
    struct stat_estimate ratio;
    struct crosstab half = crosstab_of(&a, 2, 2, (double[]){1.5, 2, 3, 4});
    struct crosstab empty = crosstab_of(&a, 2, 2, (double[]){0, 0, 3, 4});
    struct crosstab nothing = crosstab_of(&a, 2, 2, (double[]){0, 0, 0, 0});
    struct crosstab wide = crosstab_of(&a, 2, 3, (double[]){1, 2, 3, 4, 5, 6});
    struct crosstab good = crosstab_of(&a, 2, 2, (double[]){1, 2, 3, 4});
    CHECK(exact_fisher_2x2(&half, &p) == STAT_FRACTION, "fisher refuses fractions");
    CHECK(exact_fisher_2x2(&empty, &p) == STAT_MARGIN, "fisher refuses an empty row");
    CHECK(exact_fisher_2x2(&nothing, &p) == STAT_EMPTY, "fisher refuses n of 0");
    CHECK(exact_fisher_2x2(&wide, &p) == STAT_SHAPE, "fisher 2x2 refuses 2 by 3");
    CHECK(exact_odds_ratio(&half, 0.95, &ratio) == STAT_FRACTION, "odds ratio refuses fractions");
    CHECK(exact_odds_ratio(&good, 1, &ratio) == STAT_DOMAIN, "odds ratio refuses certainty");
    arena_free(&a);
}

int main(void)
{
    documented();
    against_r();
    ratios();
    refuses();
    return check_done();
}
