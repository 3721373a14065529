/* Two answers of the same records. Long figures are R 4.2.2's, mcnemar.test() and binom.test(). */
#include "printed.h"
#include "stats/paired.h"

static void approval(struct arena *a) /* R's ?mcnemar.test, after Agresti (1990) p. 350 */
{
    struct tests_result r;
    double p;
    struct crosstab t = crosstab_of(a, 2, 2, (double[]){794, 150, 86, 570});
    CHECK(paired_mcnemar_corrected(&t, &r) == STAT_OK, "approval, corrected");
    CHECK_PRINTED(r.statistic, "16.818", "approval, corrected: statistic");
    CHECK(r.df == 1, "approval, corrected: df");
    CHECK_PRINTED(r.p, "4.115e-05", "approval, corrected: p");
    CHECK(paired_mcnemar(&t, &r) == STAT_OK, "approval");
    CHECK_NEAR(r.statistic, 17.35593220338983, 1e-14, "approval: R's statistic");
    CHECK_NEAR(r.p, 3.099293441045218e-05, 1e-12, "approval: R's p");
    CHECK(paired_mcnemar_exact(&t, &p) == STAT_OK, "approval, exact");
    CHECK_NEAR(p, 3.71593613957143e-05, 1e-12, "approval, exact: binom.test(86, 236)");
}

static void others(struct arena *a)
{
    struct tests_result r;
    double p;
    struct crosstab t = crosstab_of(a, 3, 3, (double[]){20, 5, 3, 8, 30, 6, 4, 10, 25});
    CHECK(paired_mcnemar(&t, &r) == STAT_OK && r.df == 3, "Bowker of three categories");
    CHECK_NEAR(r.statistic, 1.8351648351648351, 1e-14, "Bowker: R's statistic");
    CHECK_NEAR(r.p, 0.6073127339209033, 1e-12, "Bowker: R's p");
    CHECK(paired_mcnemar_corrected(&t, &r) == STAT_SHAPE, "no correction for three categories");
    t = crosstab_of(a, 3, 3, (double[]){20, 5, 0, 8, 30, 0, 0, 0, 25});
    CHECK(paired_mcnemar(&t, &r) == STAT_OK && r.df == 1, "pairs of empty cells have no df");
    t = crosstab_of(a, 2, 2, (double[]){0, 3, 7, 0});
    CHECK(paired_mcnemar_exact(&t, &p) == STAT_OK, "an empty diagonal is no fault");
    CHECK_NEAR(p, 0.3437500000000001, 1e-14, "binom.test(3, 10)");
    t = crosstab_of(a, 2, 2, (double[]){9, 4, 4, 1});
    CHECK(paired_mcnemar_exact(&t, &p) == STAT_OK && p == 1, "as many either way: p is 1");
    CHECK(paired_mcnemar_corrected(&t, &r) == STAT_OK && r.statistic == 0,
          "the correction stops at 0");
    t = crosstab_of(a, 2, 2, (double[]){9, 0, 0, 1});
    CHECK(paired_mcnemar(&t, &r) == STAT_UNDEFINED, "no change, no test");
    CHECK(paired_mcnemar_exact(&t, &p) == STAT_UNDEFINED, "no change, no exact test");
    t = crosstab_of(a, 2, 2, (double[]){0, 0, 0, 0});
    CHECK(paired_mcnemar(&t, &r) == STAT_EMPTY, "nobody, no test");
    t = crosstab_of(a, 2, 3, (double[]){1, 2, 3, 4, 5, 6});
    CHECK(paired_mcnemar(&t, &r) == STAT_SHAPE, "a table that is not square is refused");
    t = crosstab_of(a, 2, 2, (double[]){1, 2.5, 3, 4});
    CHECK(paired_mcnemar_exact(&t, &p) == STAT_FRACTION, "the exact test needs whole counts");
}

int main(void)
{
    struct arena a = {0};
    approval(&a);
    others(&a);
    arena_free(&a);
    return check_done();
}
