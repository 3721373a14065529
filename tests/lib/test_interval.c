/* Intervals of a proportion. R is 4.2.2; Wilson is prop.test(x, n, correct = FALSE),
 * Clopper-Pearson binom.test(x, n). */
#include "check.h"
#include "stats/interval.h"

typedef enum stat_status interval_fn(double, double, double, struct stat_estimate *);

static void check_ends(interval_fn *interval, double hits, double base, double low, double high,
                       const char *name)
{
    struct stat_estimate share;
    if (!CHECK(interval(hits, base, 0.95, &share) == STAT_OK, name))
        return;
    CHECK(share.value == hits / base && share.has_value && share.has_low && share.has_high, name);
    /* R builds 1 - p first, so an end by 0 or 1 carries its rounding. */
    CHECK(fabs(share.low - low) <= 1e-9 * fmin(low, 1e-4), name);
    CHECK(fabs(share.high - high) < 1e-9 * fmin(high, 1e-4), name);
}

static void reference(void)
{
    interval_fn *wilson = interval_wilson, *exact = interval_clopper_pearson;
    check_ends(wilson, 18, 20, 0.69896635477151281, 0.97213351878623178, "wilson of 18/20");
    check_ends(exact, 18, 20, 0.68301728598091771, 0.98765147282970522, "exact of 18/20");
    check_ends(wilson, 4, 20, 0.080657662579798076, 0.41601743225189353, "wilson of 4/20");
    check_ends(exact, 4, 20, 0.057333997050032788, 0.4366140029966683, "exact of 4/20");
    check_ends(wilson, 0, 30, 0, 0.11351339317396873, "wilson of 0/30");
    check_ends(exact, 0, 30, 0, 0.11570330822202779, "exact of 0/30");
    check_ends(wilson, 38, 38, 0.90819013177441588, 1, "wilson of 38/38");
    check_ends(exact, 38, 38, 0.90748723858412172, 1, "exact of 38/38");
    check_ends(wilson, 0, 77, 0, 0.047518425282434058, "wilson of 0/77");
    check_ends(exact, 0, 77, 0, 0.046778068160404085, "exact of 0/77");
    check_ends(wilson, 35, 161, 0.16066740392248124, 0.28728700845028826, "wilson of 35/161");
    check_ends(exact, 35, 161, 0.15633595496378208, 0.28914669425248485, "exact of 35/161");
    check_ends(wilson, 1, 1, 0.2065493143772375, 1, "wilson of 1/1");
    check_ends(exact, 1, 1, 0.025000000000000022, 1, "exact of 1/1");
    check_ends(wilson, 3e8, 1e9, 0.29997159819182695, 0.3000284033447565, "wilson of 3e8/1e9");
    check_ends(exact, 3e8, 1e9, 0.2999715975023966, 0.30002840365535277, "exact of 3e8/1e9");
    check_ends(wilson, 1, 1e9, 1.7652455495696337e-10, 5.6649342432974352e-09, "wilson of 1/1e9");
    check_ends(exact, 1, 1e9, 2.5317807983969421e-11, 5.5716433782031108e-09, "exact of 1/1e9");
    struct stat_estimate share;
    interval_clopper_pearson(3, 1e9, 0.95, &share); /* qbeta(c(.025, .975), 3:4, 1e9 - 2:3) */
    CHECK_NEAR(share.low, 6.1867212332289529e-10, 1e-13, "exact of 3/1e9, low");
    CHECK_NEAR(share.high, 8.7672730444606942e-09, 1e-13, "exact of 3/1e9, high");
    interval_clopper_pearson(1e9 - 3, 1e9, 0.95, &share);
    CHECK_NEAR(1 - share.low, 8.7672730444606942e-09, 2e-8,
               "exact of 1e9-3/1e9, as near 1 as can be");
    interval_clopper_pearson(35, 161, 0.99, &share); /* binom.test(35, 161, conf.level = .99) */
    CHECK_NEAR(share.low, 0.14002950989027749, 1e-12, "exact of 35/161 at 99%, low");
    CHECK_NEAR(share.high, 0.31202145460253516, 1e-12, "exact of 35/161 at 99%, high");
}

/* R 4.2.2: qbeta(c(.025, .975), x + .5, n - x + .5). */
static void jeffreys(void)
{
    interval_fn *f = interval_jeffreys;
    check_ends(f, 18, 20, 0.71614674269574752, 0.97862751197752518, "jeffreys of 18/20");
    check_ends(f, 4, 20, 0.071520052478730722, 0.40822576251692555, "jeffreys of 4/20");
    check_ends(f, 0, 30, 0, 0.079678173817259945, "jeffreys of 0/30");
    check_ends(f, 38, 38, 0.9364417450297795, 1, "jeffreys of 38/38");
    check_ends(f, 35, 161, 0.15906081371938724, 0.28577587481199596, "jeffreys of 35/161");
    check_ends(f, 3, 1e9, 8.4493459103789047e-10, 8.0063821152715574e-09, "jeffreys of 3/1e9");
    struct stat_estimate share;
    CHECK(interval_jeffreys(3, 2, 0.95, &share) == STAT_DOMAIN, "jeffreys of hits above the base");
}

/* By hand: z = 1.959964, 18/20 gives p~ = (18 + 1.920729) / 23.841459 = .8355499, half =
 * z sqrt(.8355499 * .1644501 / 23.841459) = .1487938. */
static void agresti_coull(void)
{
    struct stat_estimate share;
    CHECK(interval_agresti_coull(18, 20, 0.95, &share) == STAT_OK, "agresti-coull of 18/20");
    CHECK(fabs(share.low - 0.6867561) < 1e-6 && fabs(share.high - 0.9843438) < 1e-6,
          "agresti-coull of 18/20 is the hand calculation's");
    interval_agresti_coull(0, 30, 0.95, &share);
    CHECK(share.low == 0, "agresti-coull of 0/30 is cut at 0");
    interval_agresti_coull(38, 38, 0.95, &share);
    CHECK(share.high == 1, "agresti-coull of 38/38 is cut at 1");
}

static void finite_population(void)
{
    struct stat_estimate share, plain;
    /* By hand: with z^2 (226 - 191) / 225 in place of z^2 the bounds are those of Wilson at
     * z = .773020, that is at confidence 2 pnorm(.773020) - 1 = .5604896 (R's pnorm). */
    CHECK(interval_wilson_finite(161, 191, 226, 0.95, &share) == STAT_OK, "finite of 161/191");
    interval_wilson(161, 191, 0.5604896, &plain);
    CHECK(fabs(share.low - plain.low) < 1e-6 && fabs(share.high - plain.high) < 1e-6,
          "a finite population shortens z by the root of (N - n) / (N - 1)");
    interval_wilson_finite(161, 191, 191, 0.95, &share);
    CHECK(share.low == share.value && share.high > share.value - 1e-15 &&
              share.high < share.value + 1e-15,
          "a census has no sampling error");
    CHECK(interval_wilson_finite(0, 1, 1, 0.95, &share) == STAT_OK && share.high == 0,
          "a population of one that answered no has a share of 0");
    CHECK(interval_wilson_finite(1, 5, 4, 0.95, &share) == STAT_DOMAIN,
          "a population less than the base is refused");
    CHECK(interval_bounds(161, 191, 226, &share) == STAT_OK, "bounds of 161/191 in 226");
    CHECK_NEAR(share.low, 161.0 / 226, 1e-15, "bounds: all silent ones a no");
    CHECK_NEAR(share.high, 196.0 / 226, 1e-15, "bounds: all silent ones a yes");
}

static void refuses(void)
{
    struct stat_estimate share;
    CHECK(interval_wilson(0, 0, 0.95, &share) == STAT_EMPTY, "wilson of 0/0 is empty");
    CHECK(interval_clopper_pearson(0, 0, 0.95, &share) == STAT_EMPTY, "exact of 0/0 is empty");
    CHECK(interval_agresti_coull(0, 0, 0.95, &share) == STAT_EMPTY, "agresti-coull of 0/0");
    CHECK(interval_wilson(3, 2, 0.95, &share) == STAT_DOMAIN, "hits above the base");
    CHECK(interval_wilson(-1, 2, 0.95, &share) == STAT_DOMAIN, "negative hits");
    CHECK(interval_wilson(1, NAN, 0.95, &share) == STAT_DOMAIN, "a base that is not a number");
    CHECK(interval_wilson(1, 2, 1, &share) == STAT_DOMAIN, "a confidence of 1");
    CHECK(interval_wilson(1, 2, 0, &share) == STAT_DOMAIN, "a confidence of 0");
}

int main(void)
{
    reference();
    jeffreys();
    agresti_coull();
    finite_population();
    refuses();
    return check_done();
}
