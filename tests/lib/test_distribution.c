/* Densities and tails. Expected values are R 4.2.2's, by the command in each comment. */
#include "check.h"
#include "stats/distribution.h"

static void check_noncentral(double x, double df, double lambda, double lower, double upper)
{
    double got_lower, got_upper;
    distribution_noncentral_chisq(x, df, lambda, &got_lower, &got_upper);
    CHECK_NEAR(got_lower, lower, 2e-11, "noncentral chi-square's lower tail is R's");
    CHECK_NEAR(got_upper, upper, 2e-11, "noncentral chi-square's upper tail is R's");
}

/* pchisq(x, df, lower.tail = FALSE) */
static void central(void)
{
    CHECK_NEAR(distribution_chisq_tail(300, 1), 3.2943623833140410e-67, 1e-12, "p of 1e-67");
    CHECK_NEAR(distribution_chisq_tail(300, 3), 9.948758346327708e-65, 1e-12, "p of 1e-64");
    CHECK_NEAR(distribution_chisq_tail(1373, 1), 1.5474877847297963e-300, 1e-12, "p of 1e-300");
    CHECK_NEAR(distribution_chisq_tail(1400, 50), 3.1523799988189979e-260, 1e-12, "p of 1e-260");
    CHECK_NEAR(distribution_chisq_tail(1e-8, 3), 0.99999999999973399, 1e-15, "p near 1");
    CHECK_NEAR(distribution_chisq_tail(197000, 2e5), 9.9999906174450059e-01, 1e-11,
               "a large df, far below its mean");
    CHECK_NEAR(distribution_chisq_tail(2e5, 2e5), 4.9957947788963480e-01, 1e-11,
               "a large df at its mean");
    CHECK_NEAR(distribution_chisq_tail(203000, 2e5), 1.1736845137221673e-06, 1e-11,
               "a large df, far above its mean");
    CHECK(distribution_chisq_tail(0, 2) == 1, "a statistic of 0 has p 1");
    CHECK(distribution_chisq_tail(1e9, 1) == 0, "a tail under the smallest double is 0");
    CHECK(distribution_chisq_tail(1e18, 4e6) == 0, "the same for a df where GSL gives up");
    CHECK(distribution_chisq_tail(1, 4e6) == 1, "a statistic far under a vast df has p 1");
}

/* pchisq(x, df, lambda), pchisq(x, df, lambda, lower.tail = FALSE) */
static void noncentral(void)
{
    check_noncentral(30, 2, 15, 0.932594242609163349, 0.067405757390836665);
    check_noncentral(10, 3, 40, 0.00035768279887525789, 0.99964231720112473045);
    check_noncentral(5, 1, 0.5, 0.935238643217161436, 0.064761356782838536);
    check_noncentral(1000, 4, 900, 0.942264789406773051, 0.057735210593226949);
    check_noncentral(1, 8, 0, 0.0017516225562908233, 0.9982483774437092006);
    check_noncentral(3e4, 5, 3.05e4, 0.073681271419413677, 0.926318728580586281);
    double lower, upper;
    distribution_noncentral_chisq(1e6, 3, 1e6, &lower, &upper);
    CHECK_NEAR(lower + upper, 1, 1e-13, "the tails for a noncentrality of 1e6 add up");
    CHECK_NEAR(lower, 0.4996010574645687, 1e-9, "it is R's, as far as R sums there");
    distribution_noncentral_chisq(1e9, 3, 1e9, &lower, &upper);
    CHECK_NEAR(lower + upper, 1, 1e-12, "the tails for a noncentrality of 1e9 add up");
    CHECK(fabs(lower - 0.5) < 2e-5, "the lower tail for a noncentrality of 1e9 is about half");
    distribution_noncentral_chisq(1000, 1, 0, &lower, &upper);
    CHECK_NEAR(upper, distribution_chisq_tail(1000, 1), 1e-12, "no noncentrality is central");
    CHECK_NEAR(lower, 1, 1e-12, "a statistic where the density vanishes has all below it");
    /* R: pchisq(1e-9, 1, 2); pchisq(1e-9, 1, 2, lower.tail = FALSE) */
    check_noncentral(1e-9, 1, 2, 9.2820858235696986e-06, 0.99999071791417637);
    distribution_noncentral_chisq(0, 1, 4, &lower, &upper);
    CHECK(lower == 0 && upper == 1, "nothing lies below a statistic of 0");
    distribution_noncentral_chisq(1e9, 1, 4, &lower, &upper);
    CHECK(lower == 1 && upper == 0, "all lies below a statistic of 1e9");
}

static void densities(void)
{
    /* dpois(3, 2.5), dpois(1e9, 1e9 + 5e4) */
    CHECK_NEAR(distribution_poisson(3, 2.5), 2.1376301724973648e-01, 1e-14, "Poisson is R's");
    CHECK_NEAR(distribution_poisson(1e9, 1e9 + 5e4), 3.6145984525462994e-06, 1e-13,
               "Poisson of 1e9 is R's");
    CHECK(distribution_poisson(0, 0) == 1, "Poisson with mean 0 is 0 for certain");
    /* dbinom(3, 10, .25), dbinom(3e8, 1e9, .3), dbinom(0, 1e9, 1e-10) */
    CHECK_NEAR(distribution_binomial(3, 10, 0.25), 2.5028228759765625e-01, 1e-14,
               "binomial is R's");
    CHECK_NEAR(distribution_binomial(3e8, 1e9, 0.3), 2.7529632778422603e-05, 1e-13,
               "binomial of 1e9 is R's");
    CHECK_NEAR(distribution_binomial(0, 1e9, 1e-10), 9.0483741803143536e-01, 1e-14,
               "binomial with a tiny share is R's");
    CHECK_NEAR(distribution_binomial(5, 5, 0.5), 1.0 / 32, 1e-14, "binomial, all hits");
    CHECK(distribution_binomial(0, 5, 0) == 1 && distribution_binomial(1, 5, 0) == 0 &&
              distribution_binomial(5, 5, 1) == 1,
          "binomial with a share of 0 or 1 is certain");
    /* dhyper(250, 1000, 1000, 500), dhyper(0, 5, 5, 5), dhyper(100, 1000, 1000, 500) */
    CHECK_NEAR(distribution_hypergeometric(250, 1000, 1000, 500), 4.1180269541539784e-02, 1e-13,
               "hypergeometric is R's");
    CHECK_NEAR(distribution_hypergeometric(0, 5, 5, 5), 3.9682539682539680e-03, 1e-13,
               "hypergeometric at its end is R's");
    CHECK(distribution_hypergeometric(6, 5, 5, 6) == 0, "hypergeometric beyond its end is 0");
    /* pbeta(.3, 3e8, 7e8), pbeta(.3, 3e4, 7e4), pbeta(.5, 2, 3), pbeta(.9, .5, .5), pbeta(1e-5, 2,
     * 3) */
    CHECK_NEAR(distribution_beta(0.3, 1 - 0.3, 3e8, 7e8), 5.0000367061770556e-01, 1e-10,
               "beta of 1e9");
    CHECK_NEAR(distribution_beta(0.3, 1 - 0.3, 3e4, 7e4), 5.0036706233661399e-01, 1e-12,
               "beta of 1e5");
    CHECK_NEAR(distribution_beta(0.5, 0.5, 2, 3), 0.6875, 1e-14, "beta of small numbers");
    CHECK_NEAR(distribution_beta(0.9, 0.1, 0.5, 0.5), 7.9516723530086664e-01, 1e-14,
               "beta of halves");
    CHECK_NEAR(distribution_beta(1e-5, 1 - 1e-5, 2, 3), 5.9999200003000063e-10, 1e-14,
               "beta near 0");
    CHECK_NEAR(distribution_z(0.95), 1.959963984540054, 1e-15, "z of 95% is qnorm(.975)");
}

int main(void)
{
    central();
    noncentral();
    densities();
    return check_done();
}
