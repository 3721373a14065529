/* Tables in layers. Long figures are R 4.2.2's mantelhaen.test(); Breslow-Day, which R's stats
 * lacks, by uniroot() on each layer's fitted cell (tol = 1e-14). */
#include "printed.h"
#include "stats/strata.h"

/* R's UCBAdmissions: admitted or not by men and women, in six departments. */
static const struct strata_layer berkeley[] = {{512, 89, 313, 19},   {353, 17, 207, 8},
                                               {120, 202, 205, 391}, {138, 131, 279, 244},
                                               {53, 94, 138, 299},   {22, 24, 351, 317}};

static void documented(void)
{
    struct strata_result r;
    CHECK(strata_mantel_haenszel(berkeley, 6, 0.95, &r) == STAT_OK && r.used == 6, "Berkeley");
    CHECK_PRINTED(r.corrected.statistic, "1.4269", "Berkeley: statistic");
    CHECK_PRINTED(r.corrected.p, ".2323", "Berkeley: p");
    CHECK_PRINTED(r.ratio.value, ".9046968", "Berkeley: odds ratio");
    CHECK_PRINTED(r.ratio.low, ".7719074", "Berkeley: low end");
    CHECK_PRINTED(r.ratio.high, "1.0603298", "Berkeley: high end");
    CHECK_NEAR(r.plain.statistic, 1.5246066604434356, 1e-12, "Berkeley, uncorrected: statistic");
    CHECK_NEAR(r.plain.p, 0.2169236970555184, 1e-12, "Berkeley, uncorrected: p");
    struct strata_homogeneity h;
    CHECK(strata_breslow_day(berkeley, 6, &h) == STAT_OK && h.used == 6, "Berkeley, Breslow-Day");
    CHECK_NEAR(h.breslow_day.statistic, 18.825513705236005535, 1e-10, "Berkeley: Breslow-Day");
    CHECK_NEAR(h.breslow_day.p, 0.002071390349918027, 1e-10, "Berkeley: Breslow-Day's p");
    CHECK_NEAR(h.tarone.statistic, 18.825501252052720957, 1e-10, "Berkeley: Tarone");
    CHECK(h.tarone.df == 5, "Berkeley: Tarone's df");
    CHECK(h.above_5 == 1, "Berkeley: all are expected to be above 5");
}

/* 5.34, 11.34, 15.66, 19.66 and 9.36 are expected, and 2.36, 2.64 and 1.64 (uniroot, as above). */
static void small_layer(void)
{
    const struct strata_layer layers[] = {{16, 11, 5, 20}, {2, 3, 2, 9}};
    struct strata_homogeneity h;
    CHECK(strata_breslow_day(layers, 2, &h) == STAT_OK && h.above_5 == 5. / 8,
          "five of eight are expected to be above 5");
}

/* SAS PROC FREQ, the migraine example. */
static void migraine(void)
{
    const struct strata_layer layers[] = {{16, 11, 5, 20}, {12, 16, 7, 19}};
    struct strata_result r;
    struct strata_homogeneity h;
    CHECK(strata_mantel_haenszel(layers, 2, 0.95, &r) == STAT_OK, "migraine");
    CHECK_PRINTED(r.plain.statistic, "8.3052", "migraine: statistic");
    CHECK_PRINTED(r.plain.p, "0.0040", "migraine: p");
    CHECK_PRINTED(r.ratio.value, "3.3132", "migraine: odds ratio");
    CHECK_PRINTED(r.ratio.low, "1.4456", "migraine: low end");
    CHECK_PRINTED(r.ratio.high, "7.5934", "migraine: high end");
    CHECK(strata_breslow_day(layers, 2, &h) == STAT_OK, "migraine, Breslow-Day");
    CHECK_PRINTED(h.breslow_day.statistic, "1.4929", "migraine: Breslow-Day");
    CHECK_PRINTED(h.breslow_day.p, "0.2218", "migraine: Breslow-Day's p");
    CHECK_NEAR(h.tarone.statistic, 1.4905373373471213, 1e-10, "migraine: Tarone");
    CHECK_NEAR(h.tarone.p, 0.2221331076412350, 1e-10, "migraine: Tarone's p");
}

static void extremes(void)
{
    struct strata_result r, with;
    struct strata_homogeneity h;
    struct strata_layer layers[7];
    memcpy(layers, berkeley, sizeof berkeley);
    layers[6] = (struct strata_layer){5, 3, 0, 0};
    strata_mantel_haenszel(berkeley, 6, 0.95, &r);
    CHECK(strata_mantel_haenszel(layers, 7, 0.95, &with) == STAT_OK && with.used == 6 &&
              with.plain.statistic == r.plain.statistic,
          "a layer with an empty row is left out");
    const struct strata_layer zero[] = {{5, 0, 3, 4}, {2, 0, 1, 6}};
    CHECK(strata_mantel_haenszel(zero, 2, 0.95, &r) == STAT_OK && !r.ratio.has_value &&
              !r.ratio.has_low && !r.ratio.has_high,
          "an infinite common odds ratio is not given");
    CHECK(strata_breslow_day(zero, 2, &h) == STAT_UNDEFINED, "nor is its homogeneity");
    CHECK(strata_breslow_day(berkeley, 1, &h) == STAT_SHAPE, "one layer is homogeneous");
    const struct strata_layer none[] = {{0, 0, 0, 0}}, one[] = {{5, 3, 0, 0}},
                              bad[] = {{-1, 1, 1, 1}};
    CHECK(strata_mantel_haenszel(none, 1, 0.95, &r) == STAT_EMPTY, "layers without counts");
    CHECK(strata_mantel_haenszel(none, 0, 0.95, &r) == STAT_EMPTY, "no layers");
    CHECK(strata_mantel_haenszel(one, 1, 0.95, &r) == STAT_MARGIN, "only empty margins");
    CHECK(strata_mantel_haenszel(bad, 1, 0.95, &r) == STAT_DOMAIN, "a negative count");
    const struct strata_layer large[] = {{1e9, 1e9, 1e9, 1000100000}, {3, 5, 7, 9}};
    CHECK(strata_mantel_haenszel(large, 2, 0.95, &r) == STAT_OK && r.ratio.has_high &&
              strata_breslow_day(large, 2, &h) == STAT_OK,
          "counts of 1e9 are tested");
}

/* Two layers whose first cell can hold 5 counts each: 5 products for the first, 25 for the second.
 */
static void test_budget(void)
{
    const struct strata_layer layers[] = {{2, 2, 3, 9}, {1, 3, 4, 7}};
    double p;
    CHECK(strata_exact(layers, 2, 30, &p) == STAT_OK, "30 products are within a budget of 30");
    CHECK(strata_exact(layers, 2, 29, &p) == STAT_BUDGET, "and beyond one of 29");
}

int main(void)
{
    documented();
    small_layer();
    migraine();
    extremes();
    test_budget();
    return check_done();
}
