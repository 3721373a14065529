/* distribution -- densities and tails that the tests stand on.
 *
 * GSL gives the normal and the central chi-square distribution. What it lacks
 * (noncentral chi-square) or loses for counts of 1e9 (its incomplete beta gives
 * NaN there, its Poisson and binomial densities six digits) is built here on
 * the saddle-point densities of Loader (2000, "Fast and accurate computation of
 * binomial probabilities"), and on sums of positive terms only, so nothing cancels. */
#ifndef DISTRIBUTION_H
#define DISTRIBUTION_H

/* z with P(|Z| <= z) = CONFIDENCE: 1.96 for 0.95. */
double distribution_z(double confidence);

/* P(|Z| >= |z|). */
double distribution_normal_two_sided(double z);

/* P(X >= x) for central chi-square, DF > 0; the tail itself, good down to 1e-307.
 * 0 means less than the smallest double, 4.9e-324. */
double distribution_chisq_tail(double x, double df);

/* P(X <= x) and P(X > x) for chi-square with noncentrality LAMBDA >= 0, DF a
 * whole number. The Poisson mixture of central tails (Johnson, Kotz & Balakrishnan
 * 1995, eq. 29.2). Work grows with the square root of LAMBDA: 1e9 takes milliseconds. */
void distribution_noncentral_chisq(double x, double df, double lambda, double *lower,
                                   double *upper);

/* Densities; K and N need not be whole (the gamma function joins them). */
double distribution_poisson(double k, double mean);
double distribution_binomial(double k, double n, double p);

/* P(K = k), K hits among DRAWS from a population of HITS and MISSES. */
double distribution_hypergeometric(double k, double hits, double misses, double draws);

/* P(B <= x) for the beta distribution, A and B > 0. Y = 1 - X, from the caller, who alone may know
 * it to its last digit where X is near 1. */
double distribution_beta(double x, double y, double a, double b);

/* The x in [LOW, HIGH] where F, which never falls, crosses TARGET, to the last bits. An
 * end where F lies on one side of TARGET everywhere. */
double distribution_invert(double (*f)(double x, const void *with), const void *with, double target,
                           double low, double high);

#endif
