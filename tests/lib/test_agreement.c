/* Agreement of coders. */
#include "printed.h"
#include "stats/agreement.h"

#define GAP AGREEMENT_GAP

/* irrCAC's documentation; the longer figures by R 4.2.2 from Fleiss, Cohen & Everitt's equations.
 */
static void cohen(struct arena *a)
{
    struct agreement_kappa k;
    struct crosstab t = crosstab_of(a, 3, 3, (double[]){13, 0, 0, 0, 20, 7, 0, 4, 56});
    CHECK(agreement_cohen(&t, AGREEMENT_EXACT, 0.95, &k) == STAT_OK, "two coders");
    CHECK_PRINTED(k.observed, ".89", "two coders: percent agreement");
    CHECK_PRINTED(k.kappa.value, ".7964094", "two coders: kappa");
    CHECK_PRINTED(k.se, ".0589", "two coders: standard error");
    CHECK_PRINTED(k.kappa.low, ".68", "two coders: low end");
    CHECK_PRINTED(k.kappa.high, ".913", "two coders: high end");
    CHECK_NEAR(k.se, 0.05891071832608148, 1e-12, "two coders: R's standard error");
    CHECK(agreement_cohen(&t, AGREEMENT_LINEAR, 0.95, &k) == STAT_OK, "linear weights");
    /* by hand: 89 agree, and 11 are one of two steps apart: half right, or 3/4 */
    CHECK_NEAR(k.observed, 0.945, 1e-13, "linear weights: weighted agreement");
    CHECK_NEAR(k.kappa.value, 0.84290202799200242, 1e-13, "linear weights: kappa");
    CHECK_NEAR(k.se, 0.04787212159033969, 1e-12, "linear weights: standard error");
    CHECK(agreement_cohen(&t, AGREEMENT_QUADRATIC, 0.95, &k) == STAT_OK, "quadratic weights");
    CHECK_NEAR(k.observed, 0.9725, 1e-13, "quadratic weights: weighted agreement");
    CHECK_NEAR(k.kappa.value, 0.8921568627450981, 1e-13, "quadratic weights: kappa");
    CHECK_NEAR(k.se, 0.0353515075756592, 1e-12, "quadratic weights: standard error");
}

static void cohen_extremes(struct arena *a)
{
    struct agreement_kappa k;
    struct crosstab t = crosstab_of(a, 2, 2, (double[]){9, 0, 0, 0});
    CHECK(agreement_cohen(&t, AGREEMENT_EXACT, 0.95, &k) == STAT_UNDEFINED,
          "one category only has no kappa");
    t = crosstab_of(a, 2, 2, (double[]){5, 0, 0, 7});
    CHECK(agreement_cohen(&t, AGREEMENT_EXACT, 0.95, &k) == STAT_OK && k.kappa.value == 1 &&
              k.kappa.high == 1,
          "full agreement is 1");
    t = crosstab_of(a, 2, 2, (double[]){5, 2, 0, 0});
    CHECK(agreement_cohen(&t, AGREEMENT_EXACT, 0.95, &k) == STAT_OK && k.kappa.value == 0 &&
              k.se == 0,
          "one coder who knows one category has no error either");
    t = crosstab_of(a, 2, 2, (double[]){0, 0, 0, 0});
    CHECK(agreement_cohen(&t, AGREEMENT_EXACT, 0.95, &k) == STAT_EMPTY, "nothing coded");
    t = crosstab_of(a, 2, 2, (double[]){0, 1, 0, 0});
    CHECK(agreement_cohen(&t, AGREEMENT_EXACT, 0.95, &k) == STAT_OK && k.kappa.has_value &&
              !k.kappa.has_low,
          "one record has no interval");
    t = crosstab_of(a, 2, 3, (double[]){1, 2, 3, 4, 5, 6});
    CHECK(agreement_cohen(&t, AGREEMENT_EXACT, 0.95, &k) == STAT_SHAPE,
          "a table that is not square is refused");
    t = crosstab_of(a, 1, 1, (double[]){5});
    CHECK(agreement_cohen(&t, AGREEMENT_LINEAR, 0.95, &k) == STAT_SHAPE,
          "so is one of a single category, which has no steps");
}

/* Fleiss's kappa of 14 coders, 10 records, 5 categories: the example that encyclopaedias carry,
 * .210. The longer figures by R 4.2.2 from Fleiss, Nee & Landis's equations. */
static void fleiss(struct arena *a)
{
    struct agreement_fleiss f;
    struct crosstab t =
        crosstab_of(a, 10, 5, (double[]){0, 0, 0, 0, 14, 0, 2, 6, 4, 2, 0, 0, 3, 5, 6, 0, 3,
                                         9, 2, 0, 2, 2,  8, 1, 1, 7, 7, 0, 0, 0, 3, 2, 6, 3,
                                         0, 2, 5, 3, 2,  2, 6, 5, 2, 1, 0, 0, 2, 2, 3, 7});
    CHECK(agreement_fleiss(&t, &f) == STAT_OK, "fourteen coders");
    CHECK_PRINTED(f.kappa, ".210", "fourteen coders: kappa");
    CHECK_NEAR(f.observed, 0.37802197802197801, 1e-13, "fourteen coders: observed");
    CHECK_NEAR(f.expected, 0.21275510204081632, 1e-13, "fourteen coders: expected");
    CHECK_NEAR(f.se, 0.01696506922439313, 1e-12, "fourteen coders: standard error");
    CHECK_NEAR(f.z, 12.37429105919046357, 1e-12, "fourteen coders: z");
    t = crosstab_of(a, 2, 2, (double[]){3, 0, 2, 0});
    CHECK(agreement_fleiss(&t, &f) == STAT_SHAPE, "records by unequal numbers of coders");
    t = crosstab_of(a, 2, 2, (double[]){1, 0, 0, 1});
    CHECK(agreement_fleiss(&t, &f) == STAT_SHAPE, "a single coder");
    t = crosstab_of(a, 2, 2, (double[]){3, 0, 3, 0});
    CHECK(agreement_fleiss(&t, &f) == STAT_UNDEFINED, "one category only");
}

/* Krippendorff (2011), data C: 4 coders, 12 units, with gaps. */
static const size_t data_c[] = {1, 2, 3, 3,   2, 1, 4,   1, 2,   GAP, GAP, GAP, 1, 2, 3, 3,
                                2, 2, 4, 1,   2, 5, GAP, 3, GAP, 3,   3,   3,   2, 3, 4, 2,
                                2, 5, 1, GAP, 1, 2, 3,   3, 2,   4,   4,   1,   2, 5, 1, GAP};
static const double own_numbers[] = {0, 1, 2, 3, 4, 5};

static struct agreement_alpha alpha_of(enum agreement_metric metric)
{
    struct agreement_ratings r = {4, 12, 6, data_c, own_numbers};
    struct agreement_alpha alpha = {0};
    CHECK(agreement_alpha(&r, metric, &alpha) == STAT_OK, "data C has an alpha");
    return alpha;
}

static void krippendorff(void)
{
    CHECK_PRINTED(alpha_of(AGREEMENT_NOMINAL).alpha, ".743", "data C: nominal");
    CHECK_PRINTED(alpha_of(AGREEMENT_ORDINAL).alpha, ".815", "data C: ordinal");
    CHECK_PRINTED(alpha_of(AGREEMENT_INTERVAL).alpha, ".849", "data C: interval");
    struct agreement_alpha alpha = alpha_of(AGREEMENT_NOMINAL);
    CHECK(alpha.paired == 11 && alpha.pairable == 40, "data C: 40 pairable values in 11 units");
}

/* The two coders of cohen(), record by record: irrCAC's alpha. */
static void alpha_of_two(struct arena *a)
{
    const size_t counts[3][3] = {{13, 0, 0}, {0, 20, 7}, {0, 4, 56}};
    size_t *ratings = arena_array(a, 200, sizeof *ratings), unit = 0;
    for (size_t i = 0; i < 3; i++)
        for (size_t j = 0; j < 3; j++)
            for (size_t n = 0; n < counts[i][j]; n++, unit++) {
                ratings[unit] = i;
                ratings[100 + unit] = j;
            }
    struct agreement_ratings r = {2, 100, 3, ratings, NULL};
    struct agreement_alpha alpha;
    CHECK(agreement_alpha(&r, AGREEMENT_NOMINAL, &alpha) == STAT_OK, "two coders have an alpha");
    CHECK_PRINTED(alpha.alpha, ".7972585", "two coders: alpha");
    CHECK_NEAR(alpha.agreement, 0.89, 1e-14, "two coders: agreement");
}

static void alpha_extremes(void)
{
    struct agreement_alpha alpha;
    struct agreement_ratings r = {2, 2, 3, (size_t[]){0, GAP, GAP, 1}, own_numbers};
    CHECK(agreement_alpha(&r, AGREEMENT_NOMINAL, &alpha) == STAT_EMPTY, "no unit coded twice");
    r.ratings = (size_t[]){1, 1, 1, 1};
    CHECK(agreement_alpha(&r, AGREEMENT_NOMINAL, &alpha) == STAT_UNDEFINED,
          "one value only has no alpha");
    CHECK(agreement_alpha(&r, AGREEMENT_ORDINAL, &alpha) == STAT_UNDEFINED,
          "nor has it an ordinal one");
    r.ratings = (size_t[]){0, 3, 1, 1};
    CHECK(agreement_alpha(&r, AGREEMENT_NOMINAL, &alpha) == STAT_DOMAIN, "an unknown level");
    r.ratings = (size_t[]){0, 2, 0, 2};
    CHECK(agreement_alpha(&r, AGREEMENT_NOMINAL, &alpha) == STAT_OK && alpha.alpha == 1,
          "full agreement is 1");
    r.values = (double[]){0, 1, NAN};
    CHECK(agreement_alpha(&r, AGREEMENT_INTERVAL, &alpha) == STAT_DOMAIN,
          "a value that is not a number");
    r.units = 0;
    CHECK(agreement_alpha(&r, AGREEMENT_NOMINAL, &alpha) == STAT_EMPTY, "no units");
}

int main(void)
{
    struct arena a = {0};
    cohen(&a);
    cohen_extremes(&a);
    fleiss(&a);
    krippendorff();
    alpha_of_two(&a);
    alpha_extremes();
    arena_free(&a);
    return check_done();
}
