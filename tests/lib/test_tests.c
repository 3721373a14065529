/* Chi-square tests. Figures in quotes are as their source prints them; longer
 * ones are R 4.2.2's, chisq.test(m, correct = FALSE) unless the comment says otherwise. */
#include "printed.h"
#include "stats/adjust.h"
#include "stats/tests.h"

static struct tests_result run(enum stat_status (*test)(const struct crosstab *,
                                                        struct tests_result *),
                               size_t rows, size_t columns, const double *counts)
{
    struct arena a = {0};
    struct crosstab t = crosstab_of(&a, rows, columns, counts);
    struct tests_result result = {0};
    CHECK(test(&t, &result) == STAT_OK, "the table can be tested");
    arena_free(&a);
    return result;
}

/* R's ?chisq.test, after Agresti (2007) p. 39. */
static void party(void)
{
    const double counts[] = {762, 327, 468, 484, 239, 477};
    struct tests_result r = run(tests_pearson, 2, 3, counts);
    CHECK_PRINTED(r.statistic, "30.07", "party by gender: X-squared");
    CHECK(r.df == 2, "party by gender: df");
    CHECK_PRINTED(r.p, "2.954e-07", "party by gender: p");
    CHECK_NEAR(r.statistic, 30.070149095754672, 1e-13, "party by gender: R's X-squared");
    CHECK_NEAR(r.p, 2.9535891832117569e-07, 1e-12, "party by gender: R's p");

    struct arena a = {0};
    struct crosstab t = crosstab_of(&a, 2, 3, counts);
    double expected[6], adjusted[6], p[6], contribution[6];
    struct tests_residuals into = {expected, adjusted, p, contribution};
    CHECK(tests_residuals(&t, &into) == STAT_OK, "party by gender: residuals");
    const char *printed[] = {"703.6714", "319.6453", "533.6834",
                             "542.3286", "246.3547", "411.3166"};
    double sum = 0;
    for (int i = 0; i < 6; i++) {
        CHECK_PRINTED(expected[i], printed[i], "party by gender: expected count");
        sum += contribution[i];
    }
    CHECK_PRINTED(adjusted[0], "4.5020535", "party by gender: adjusted residual 1");
    CHECK_PRINTED(adjusted[1], "0.6994517", "party by gender: adjusted residual 2");
    CHECK_PRINTED(adjusted[2], "-5.3159455", "party by gender: adjusted residual 3");
    CHECK_NEAR(adjusted[3], -4.5020535210867054, 1e-13, "party by gender: R's stdres");
    CHECK_NEAR(p[2], 1.0610488189573501e-07, 1e-12, "party by gender: 2 * pnorm(-5.3159455427)");
    CHECK_NEAR(sum, r.statistic, 1e-14, "contributions add up to X-squared");
    arena_free(&a);
}

/* SAS PROC FREQ documentation: fat comparison, and eye by hair colour. */
static void sas(void)
{
    const double fat[] = {11, 4, 2, 6};
    struct tests_result r = run(tests_pearson, 2, 2, fat);
    CHECK_PRINTED(r.statistic, "4.9597", "SAS 2x2: Pearson");
    CHECK_PRINTED(r.p, ".0259", "SAS 2x2: Pearson's p");
    r = run(tests_g, 2, 2, fat);
    CHECK_PRINTED(r.statistic, "5.0975", "SAS 2x2: likelihood ratio");
    CHECK_PRINTED(r.p, ".0240", "SAS 2x2: likelihood ratio's p");
    r = run(tests_yates, 2, 2, fat);
    CHECK_PRINTED(r.statistic, "3.1879", "SAS 2x2: Yates");
    CHECK_PRINTED(r.p, ".0742", "SAS 2x2: Yates's p");

    const double eyes[] = {69, 28, 68, 51, 6, 69, 38, 55, 37, 0, 90, 47, 94, 94, 16};
    r = run(tests_pearson, 3, 5, eyes);
    CHECK_PRINTED(r.statistic, "20.9248", "SAS eye by hair: Pearson");
    CHECK(r.df == 8, "SAS eye by hair: df");
    CHECK_PRINTED(r.p, ".0073", "SAS eye by hair: p");
    r = run(tests_g, 3, 5, eyes);
    CHECK_PRINTED(r.statistic, "25.9733", "SAS eye by hair: likelihood ratio");
    CHECK_PRINTED(r.p, ".0011", "SAS eye by hair: likelihood ratio's p");
}

/* SAS/STAT Getting Started: the summer camp, by sex and for all. */
static void camp(void)
{
    const double boys[] = {35, 29, 14, 27}, girls[] = {32, 10, 53, 23}, all[] = {67, 39, 67, 50};
    struct tests_result r = run(tests_pearson, 2, 2, boys);
    CHECK_PRINTED(r.statistic, "4.23661395", "boys: Pearson");
    CHECK_PRINTED(r.p, ".039560993", "boys: p");
    r = run(tests_yates, 2, 2, boys);
    CHECK_PRINTED(r.statistic, "3.4514934", "boys: Yates");
    CHECK_PRINTED(r.p, ".063194646", "boys: Yates's p");
    r = run(tests_pearson, 2, 2, girls);
    CHECK_PRINTED(r.statistic, ".55926894", "girls: Pearson");
    CHECK_PRINTED(r.p, ".45455495", "girls: p");
    r = run(tests_yates, 2, 2, girls);
    CHECK_PRINTED(r.statistic, ".2847875", "girls: Yates");
    CHECK_NEAR(r.p, .593580349, 1e-9, "girls: Yates's p"); /* printed cut off: .59358034 */
    r = run(tests_pearson, 2, 2, all);
    CHECK_PRINTED(r.statistic, ".8189423", "all: Pearson");
    CHECK_PRINTED(r.p, ".365489592", "all: p");
    r = run(tests_yates, 2, 2, all);
    CHECK_PRINTED(r.statistic, ".58989261", "all: Yates");
    CHECK_PRINTED(r.p, ".44246065", "all: Yates's p");
}

/* Stata's tabulate in its basics guide; PSPP's manual; scipy's docstring. */
static void others(void)
{
    const double stata[] = {280, 14, 150, 16, 59, 14};
    struct tests_result r = run(tests_pearson, 3, 2, stata);
    CHECK_PRINTED(r.statistic, "16.6563", "Stata: Pearson");
    CHECK_PRINTED(r.p, ".000", "Stata: p");
    struct arena a = {0};
    struct crosstab t = crosstab_of(&a, 3, 2, stata);
    const char *expected[] = {"269.7", "24.3", "152.3", "13.7", "67.0", "6.0"};
    for (size_t i = 0; i < 6; i++)
        CHECK_PRINTED(crosstab_expected(&t, i / 2, i % 2), expected[i], "Stata: expected count");

    const double scipy[] = {10, 10, 20, 20, 20, 20};
    r = run(tests_pearson, 2, 3, scipy);
    CHECK_NEAR(r.statistic, 2.7777777777777777, 1e-14, "scipy: Pearson");
    CHECK_NEAR(r.p, 0.24935220877729619, 1e-13, "scipy: p");
    r = run(tests_g, 2, 3, scipy);
    CHECK_NEAR(r.statistic, 2.7688587616781319, 1e-14, "scipy: G");
    CHECK_NEAR(r.p, 0.25046668010954165, 1e-13, "scipy: G's p");

    const double pspp[] = {26, 31, 12, 32, 27, 18, 8, 7};
    r = run(tests_pearson, 4, 2, pspp);
    CHECK_PRINTED(r.statistic, "10.09", "PSPP: Pearson");
    CHECK_PRINTED(r.p, ".018", "PSPP: p");
    r = run(tests_g, 4, 2, pspp);
    CHECK_PRINTED(r.statistic, "10.35", "PSPP: likelihood ratio");
    CHECK_PRINTED(r.p, ".016", "PSPP: likelihood ratio's p");
    struct crosstab u = crosstab_of(&a, 4, 2, pspp);
    double adjusted[8];
    struct tests_residuals into = {.adjusted = adjusted};
    CHECK(tests_residuals(&u, &into) == STAT_OK, "PSPP: residuals");
    const char *printed[] = {".05", "-2.82", "2.33", ".65"};
    for (int i = 0; i < 4; i++)
        CHECK_PRINTED(adjusted[2 * i], printed[i], "PSPP: adjusted residual");

    const double smoke[] = {73, 13, 90, 3, 114, 22, 75, 7}; /* statsmodels, hits and misses */
    r = run(tests_pearson, 4, 2, smoke);
    CHECK_NEAR(r.statistic, 11.11938768628861, 1e-14, "statsmodels: Pearson");
    CHECK_NEAR(r.p, 0.011097511366581344, 1e-13, "statsmodels: p");
    arena_free(&a);
}

/* Two published comparisons of trusts: register sent, and in time. R: chisq.test(). */
static void trusts(void)
{
    struct tests_result r = run(tests_pearson, 2, 2, (double[]){119, 66, 36, 15});
    CHECK_PRINTED(r.statistic, "0.69587", "register sent by type of trust: X-squared");
    CHECK_PRINTED(r.p, ".4042", "register sent by type of trust: p");
    r = run(tests_pearson, 2, 2, (double[]){103, 62, 52, 19});
    CHECK_PRINTED(r.statistic, "2.5758", "in time by type of trust: X-squared");
    CHECK_PRINTED(r.p, ".1085", "in time by type of trust: p");
}

/* statsmodels' proportions_chisquare_allpairs, from R; Holm over the six. */
static void pairwise(void)
{
    struct arena a = {0};
    struct crosstab t = crosstab_of(&a, 2, 4, (double[]){73, 90, 114, 75, 13, 3, 22, 7});
    struct tests_pair pairs[6];
    const double expected[] = {.00533824886503131,  .8327574849753566, .1880573726722516,
                               .002026764254350234, .1309487516334318, .1076118730631731};
    const char *holm[] = {".0266912", ".8327575", ".4304475", ".0121606", ".4304475", ".4304475"};
    double p[6];
    CHECK(tests_pairwise(&t, pairs) == STAT_OK, "pairs of groups are tested");
    for (int i = 0; i < 6; i++) {
        p[i] = pairs[i].result.p;
        CHECK(pairs[i].status == STAT_OK, "a pair of groups can be tested");
        CHECK_NEAR(p[i], expected[i], 1e-12, "a pair's p");
    }
    CHECK(pairs[3].first == 1 && pairs[3].second == 2, "pairs come in order");
    adjust_p(ADJUST_HOLM, p, 6, p);
    for (int i = 0; i < 6; i++)
        CHECK_PRINTED(p[i], holm[i], "a pair's p after Holm");
    t = crosstab_of(&a, 2, 3, (double[]){5, 3, 4, 0, 0, 6});
    CHECK(tests_pairwise(&t, pairs) == STAT_OK && pairs[0].status == STAT_SHAPE &&
              pairs[1].status == STAT_OK,
          "two groups that share one answer cannot be tested");
    t = crosstab_of(&a, 3, 2, (double[]){5, 3, 4, 7, 1, 1});
    CHECK(tests_pairwise(&t, pairs) == STAT_OK && pairs[0].result.df == 2, "two groups, one pair");
    arena_free(&a);
}

static void extremes(void)
{
    struct tests_result r = run(tests_pearson, 2, 2, (double[]){300, 100, 100, 300});
    CHECK_NEAR(r.p, 2.0884875837625449e-45, 1e-12, "p of 1e-45 is R's");
    r = run(tests_pearson, 2, 2, (double[]){1000, 320, 305, 1100});
    CHECK_NEAR(r.statistic, 796.70861089059804, 1e-13, "X-squared of 797 is R's");
    CHECK_NEAR(r.p, 2.8033040072941246e-175, 1e-11, "p of 1e-175 is R's");
    r = run(tests_pearson, 2, 2, (double[]){400, 0, 0, 900});
    CHECK_NEAR(r.statistic, 1300, 1e-14, "a perfect table has X-squared n");
    CHECK_NEAR(r.p, 1.130372844149403e-284, 1e-11, "p of 1e-284 is R's");
    r = run(tests_pearson, 2, 2, (double[]){1e9, 1e9, 1e9, 1000100000});
    CHECK_NEAR(r.statistic, 2.4998125124975803, 1e-11, "counts of 1e9: X-squared is R's");
    CHECK_NEAR(r.p, 0.11385985217209188, 1e-11, "counts of 1e9: p is R's");
    r = run(tests_pearson, 2, 2, (double[]){1e9, 1, 1, 1e9});
    CHECK(r.p == 0 && isfinite(r.statistic), "a tail under the smallest double is 0");
    r = run(tests_pearson, 2, 2, (double[]){4e15, 1e-30, 1e-30, 4e15});
    CHECK(isfinite(r.statistic), "the largest and the smallest counts give a finite statistic");
    r = run(tests_g, 2, 2, (double[]){1e6 / 3, 1e6 / 3, 1e6 / 3, 1e6 / 3});
    CHECK(r.statistic >= 0 && r.p <= 1, "G of a perfect fit is not negative");
    r = run(tests_yates, 2, 2, (double[]){5, 5, 5, 5});
    CHECK(r.statistic == 0 && r.p == 1, "Yates takes no more than the difference");
}

static void refuses(void)
{
    struct arena a = {0};
    struct tests_result r = {.p = -1};
    struct tests_expected e;
    struct tests_residuals none = {0};
    struct crosstab one = crosstab_of(&a, 1, 3, (double[]){1, 2, 3});
    struct crosstab wide = crosstab_of(&a, 2, 3, (double[]){1, 2, 3, 4, 5, 6});
    struct crosstab cell = crosstab_of(&a, 2, 2, (double[]){9, 0, 0, 0});
    CHECK(tests_pearson(&one, &r) == STAT_SHAPE && r.p == -1, "Pearson refuses 1 by k");
    CHECK(tests_g(&cell, &r) == STAT_MARGIN, "G refuses all counts in one cell");
    CHECK(tests_yates(&wide, &r) == STAT_SHAPE, "Yates refuses 2 by 3");
    CHECK(tests_expected(&cell, &e) == STAT_MARGIN, "expected counts refuse an empty row");
    CHECK(tests_residuals(&one, &none) == STAT_SHAPE, "residuals refuse 1 by k");
    arena_free(&a);
}

/* Cochran's rule, the expected counts by hand from the margins. */
static void cochran(void)
{
    struct arena a = {0};
    struct tests_expected e;
    struct crosstab t = crosstab_of(&a, 2, 2, (double[]){11, 4, 2, 6}); /* 8.48 6.52 4.52 3.48 */
    tests_expected(&t, &e);
    CHECK(e.below_5 == 2 && e.cells == 4 && !e.cochran_ok, "half the cells under 5 break the rule");
    CHECK_PRINTED(e.min, "3.478", "the least expected count is 8 * 10 / 23");
    t = crosstab_of(&a, 2, 5, (double[]){9, 30, 30, 30, 30, 0, 30, 30, 30, 30});
    tests_expected(&t, &e); /* first column 4.66 and 4.34 */
    CHECK(e.below_5 == 2 && e.cochran_ok, "a fifth of the cells under 5 keeps the rule");
    t = crosstab_of(&a, 2, 5, (double[]){1, 30, 30, 30, 30, 0, 30, 30, 30, 30});
    tests_expected(&t, &e); /* .502 and .498 */
    CHECK(e.below_1 == 2 && !e.cochran_ok, "an expected count under 1 breaks the rule");
    t = crosstab_of(&a, 2, 2, (double[]){5, 5, 5, 5});
    tests_expected(&t, &e);
    CHECK(e.below_5 == 0 && e.min == 5 && e.cochran_ok, "an expected count of 5 is not under 5");
    arena_free(&a);
}

/* R's ?chisq.test; residuals are its stdres. */
static void goodness(void)
{
    struct tests_result r;
    CHECK(tests_goodness((double[]){20, 15, 25}, NULL, 3, &r) == STAT_OK, "fit to equal shares");
    CHECK_NEAR(r.statistic, 2.5, 1e-15, "fit to equal shares: X-squared");
    CHECK(r.df == 2, "fit to equal shares: df");
    CHECK_PRINTED(r.p, ".2865", "fit to equal shares: p");
    const double counts[] = {89, 37, 30, 28, 2}, shares[] = {40, 20, 20, 15, 5};
    CHECK(tests_goodness(counts, shares, 5, &r) == STAT_OK, "fit to given shares");
    CHECK_PRINTED(r.statistic, "9.9901", "fit to given shares: X-squared");
    CHECK_PRINTED(r.p, ".04059", "fit to given shares: p");
    CHECK_NEAR(r.p, 0.040594043344781221, 1e-12, "fit to given shares: R's p");
    CHECK(tests_goodness_g(counts, shares, 5, &r) == STAT_OK, "G of a fit");
    /* R: e <- 186 * c(40, 20, 20, 15, 5) / 100; 2 * sum(o * log(o / e)) */
    CHECK_NEAR(r.statistic, 12.6413997060575, 1e-12, "G of a fit is R's");
    double adjusted[5];
    struct tests_residuals into = {.adjusted = adjusted};
    struct tests_expected e;
    tests_goodness_residuals(counts, shares, 5, &into);
    CHECK_NEAR(adjusted[0], 2.185197841325760670, 1e-12, "residual of a fit is R's");
    CHECK_NEAR(adjusted[4], -2.455950352421584881, 1e-12, "last residual of a fit is R's");
    CHECK(tests_goodness_expected(counts, shares, 5, &e) == STAT_OK && e.cells == 5 && e.cochran_ok,
          "a fit has expected counts");
    CHECK_NEAR(e.min, 9.3, 1e-14, "the least expected count of a fit");
    CHECK(tests_goodness((double[]){0, 0}, NULL, 2, &r) == STAT_EMPTY, "a fit of nothing");
    CHECK(tests_goodness((double[]){4}, NULL, 1, &r) == STAT_SHAPE, "a fit of one category");
    CHECK(tests_goodness(counts, (double[]){1, 1, 0, 1, 1}, 5, &r) == STAT_UNDEFINED,
          "a share of 0 is refused");
    CHECK(tests_goodness(counts, (double[]){1, 1, -1, 1, 1}, 5, &r) == STAT_DOMAIN,
          "a negative share is refused");
}

int main(void)
{
    party();
    sas();
    camp();
    others();
    trusts();
    pairwise();
    extremes();
    refuses();
    cochran();
    goodness();
    return check_done();
}
