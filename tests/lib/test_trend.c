/* Ordered categories. Long figures are R 4.2.2's. */
#include "printed.h"
#include "stats/trend.h"

/* prop.trend.test(c(83, 90, 129, 70), c(86, 93, 136, 82)), and with scores c(0, 0, 0, 1):
 * smokers by hospital, R's ?prop.test after Fleiss (1981). */
static void cochran_armitage(struct arena *a)
{
    struct tests_result r;
    double z;
    struct crosstab t = crosstab_of(a, 2, 4, (double[]){83, 90, 129, 70, 3, 3, 7, 12});
    CHECK(trend_cochran_armitage(&t, NULL, &z, &r) == STAT_OK, "a trend over four columns");
    CHECK_NEAR(r.statistic, 8.224922285197710181, 1e-13, "the trend's statistic is R's");
    CHECK_NEAR(r.p, 0.004131897477641487, 1e-12, "the trend's p is R's");
    CHECK_NEAR(z, -sqrt(8.224922285197710181), 1e-13, "a falling share has a negative z");
    CHECK(trend_cochran_armitage(&t, (double[]){0, 0, 0, 1}, &z, &r) == STAT_OK, "with scores");
    CHECK_NEAR(r.statistic, 12.17314622074025, 1e-13, "with scores: the statistic is R's");
    CHECK_NEAR(r.p, 4.848245934416745e-04, 1e-12, "with scores: p is R's");
    CHECK(trend_cochran_armitage(&t, (double[]){2, 2, 2, 2}, &z, &r) == STAT_UNDEFINED,
          "equal scores have no trend");
    struct crosstab wide = crosstab_of(a, 3, 2, (double[]){1, 2, 3, 4, 5, 6});
    CHECK(trend_cochran_armitage(&wide, NULL, &z, &r) == STAT_SHAPE, "three rows are refused");
    struct crosstab empty = crosstab_of(a, 2, 2, (double[]){1, 0, 3, 0});
    CHECK(trend_cochran_armitage(&empty, NULL, &z, &r) == STAT_MARGIN,
          "an empty column is refused");
}

/* SAS PROC FREQ; and R: (n - 1) * cor(row, column)^2 over the records of R's job table. */
static void linear(struct arena *a)
{
    struct tests_result r;
    double correlation;
    struct crosstab t = crosstab_of(a, 2, 2, (double[]){11, 4, 2, 6});
    CHECK(trend_linear(&t, NULL, NULL, &correlation, &r) == STAT_OK, "linear association");
    CHECK_PRINTED(r.statistic, "4.7441", "SAS 2x2: Mantel-Haenszel");
    CHECK_PRINTED(r.p, ".0294", "SAS 2x2: Mantel-Haenszel's p");
    t = crosstab_of(a, 4, 4, (double[]){1, 2, 1, 0, 3, 3, 6, 1, 10, 10, 14, 9, 6, 7, 12, 11});
    CHECK(trend_linear(&t, NULL, NULL, &correlation, &r) == STAT_OK, "linear association, 4x4");
    CHECK_NEAR(correlation, 0.17720009863050126, 1e-13, "the correlation is R's");
    CHECK_NEAR(r.statistic, 2.98298812069264052, 1e-13, "the statistic is R's");
    CHECK_NEAR(r.p, 0.08414379470642799, 1e-12, "its p is R's");
}

int main(void)
{
    struct arena a = {0};
    cochran_armitage(&a);
    linear(&a);
    arena_free(&a);
    return check_done();
}
