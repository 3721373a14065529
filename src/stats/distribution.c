#include "distribution.h"

#include <float.h>
#include <gsl/gsl_cdf.h>
#include <math.h>

#define TERM_NEGLIGIBLE 1e-18     /* of the sum so far: under half a unit in its last place */
#define DENSITY_NEGLIGIBLE 1e-290 /* its tail is nothing beside 1, and it has lost digits */
#define SERIES_TERMS 1e4
#define GSL_DF_MAX 1e5 /* gsl_cdf_chisq_Q() ends the program for some x above 2e6 */

double distribution_z(double confidence)
{
    return gsl_cdf_ugaussian_Qinv((1 - confidence) / 2);
}

double distribution_normal_two_sided(double z)
{
    return 2 * gsl_cdf_ugaussian_Q(fabs(z));
}

/* log(n!) less Stirling's formula: Loader (2000), section 2. */
static double stirling_error(double n)
{
    if (n <= 15)
        return n == 0 ? 0 : lgamma(n + 1) - (n + 0.5) * log(n) + n - 0.5 * log(2 * M_PI);
    double nn = n * n;
    return (1.0 / 12 - (1.0 / 360 - (1.0 / 1260 - (1.0 / 1680 - 1.0 / 1188 / nn) / nn) / nn) / nn) /
           n;
}

/* x log(x/m) + m - x without cancellation: Loader (2000), section 3. */
static double deviance(double x, double m)
{
    if (fabs(x - m) >= 0.1 * (x + m))
        return x == 0 ? m : x * log(x / m) + m - x;
    double v = (x - m) / (x + m);
    double sum = (x - m) * v, term = 2 * x * v;
    for (double odd = 3;; odd += 2) {
        term *= v * v;
        double next = sum + term / odd;
        if (next == sum)
            return sum;
        sum = next;
    }
}

double distribution_poisson(double k, double mean)
{
    if (mean == 0)
        return k == 0 ? 1 : 0;
    if (k == 0)
        return exp(-mean);
    return exp(-stirling_error(k) - deviance(k, mean)) / sqrt(2 * M_PI * k);
}

/* Where Q = 1 - P is known better than from P, which may be near 1. */
static double binomial_of(double k, double n, double p, double q)
{
    if (k < 0 || k > n)
        return 0;
    if (p <= 0 || q <= 0)
        return (p <= 0 ? k == 0 : k == n) ? 1 : 0;
    if (k == 0)
        return exp(p < 0.1 ? n * log1p(-p) : n * log(q));
    if (k == n)
        return exp(n * log(p));
    double log_part = stirling_error(n) - stirling_error(k) - stirling_error(n - k) -
                      deviance(k, n * p) - deviance(n - k, n * q);
    return exp(log_part) * sqrt(n / (2 * M_PI * k * (n - k)));
}

double distribution_binomial(double k, double n, double p)
{
    return binomial_of(k, n, p, 1 - p);
}

/* The share of three binomials with one p, which cancels out of the ratio and
 * is chosen to make all three large: Loader (2000), section 5. */
double distribution_hypergeometric(double k, double hits, double misses, double draws)
{
    double n = hits + misses;
    if (k < 0 || k > hits || k > draws || draws - k > misses)
        return 0;
    if (draws == 0 || draws == n)
        return 1;
    double p = draws / n;
    return distribution_binomial(k, hits, p) * distribution_binomial(draws - k, misses, p) /
           distribution_binomial(draws, n, p);
}

/* P(Gamma(shape) > y) for a large shape: the density at shape - 1, shape - 2, ..., summed
 * until the terms vanish. */
static double gamma_upper(double shape, double y)
{
    double sum = 0, term = distribution_poisson(shape - 1, y);
    if (term < DENSITY_NEGLIGIBLE && y < shape)
        return 1;
    for (double a = shape - 1; a > 0 && term > 0; a--) {
        sum += term;
        if (a < y && term < sum * TERM_NEGLIGIBLE)
            break;
        term *= a / y;
    }
    return fmin(sum, 1);
}

double distribution_chisq_tail(double x, double df)
{
    if (x <= 0)
        return 1;
    return df > GSL_DF_MAX ? gamma_upper(df / 2, x / 2) : gsl_cdf_chisq_Q(x, df);
}

/* The density at A from that at a neighbour times RATIO; anew, where the neighbour's had vanished.
 * 0 where it has lost digits. */
static double step_density(double neighbour, double ratio, double a, double y)
{
    double density = neighbour > 0 ? neighbour * ratio : distribution_poisson(a, y);
    return density < DENSITY_NEGLIGIBLE ? 0 : density;
}

/* P(Gamma(shape) < y) as the sum of the densities at shape, shape + 1, ... */
static double gamma_lower(double shape, double y, double density)
{
    if (density == 0)
        return y > shape ? 1 : 0;
    double sum = 0, term = density;
    for (double a = shape; term > 0; a++) {
        sum += term;
        if (a > y && term < sum * TERM_NEGLIGIBLE)
            break;
        term *= y / (a + 1);
    }
    return sum;
}

/* The mixture's lower tail over the terms FROM..TO, walking down so that
 * P(Gamma(a) < y) = P(Gamma(a + 1) < y) + density only ever adds. */
static double mix_down(double shape, double y, double mean, double from, double to)
{
    double weight = distribution_poisson(to, mean);
    double density = step_density(0, 0, shape + to, y);
    double below = gamma_lower(shape + to, y, density);
    double lower = weight * below;
    for (double j = to; j > from; j--) {
        weight *= j / mean;
        density = step_density(density, (shape + j) / y, shape + j - 1, y);
        below += density;
        lower += weight * below;
    }
    return fmin(lower, 1);
}

/* The same for the upper tail, walking up. */
static double mix_up(double shape, double y, double mean, double from, double to)
{
    double weight = distribution_poisson(from, mean);
    double density = step_density(0, 0, shape + from, y);
    double above = distribution_chisq_tail(2 * y, 2 * (shape + from));
    double upper = weight * above;
    for (double j = from; j < to; j++) {
        above += density;
        density = step_density(density, y / (shape + j + 1), shape + j + 1, y);
        weight *= mean / (j + 1);
        upper += weight * above;
    }
    return fmin(upper, 1);
}

void distribution_noncentral_chisq(double x, double df, double lambda, double *lower, double *upper)
{
    double mean = lambda / 2, y = x / 2, shape = df / 2;
    if (x <= 0) {
        *lower = 0;
        *upper = 1;
        return;
    }
    /* Beyond these lie less than 1e-18 of the Poisson weights (Chernoff). */
    double reach = 10 * sqrt(mean) + 50;
    double from = floor(fmax(mean - reach, 0)), to = mean == 0 ? 0 : ceil(mean + reach);
    double spread = 40 * sqrt(shape + to + y) + 400;
    if (y > shape + to + spread || y < shape + from - spread) {
        *lower = y > mean ? 1 : 0;
        *upper = 1 - *lower;
        return;
    }
    *lower = mix_down(shape, y, mean, from, to);
    *upper = mix_up(shape, y, mean, from, to);
}

/* The continued fraction of the incomplete beta function by Lentz's method:
 * DLMF 8.17.22; about sqrt(max(a, b)) rounds. */
static double beta_fraction(double x, double a, double b)
{
    double tiny = 1e-300, c = 1, d = 1 - (a + b) * x / (a + 1);
    d = 1 / (fabs(d) < tiny ? tiny : d);
    double value = d;
    double rounds = 1000 + 20 * sqrt(fmax(a, b));
    for (double m = 1; m < rounds; m++) {
        double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
        double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
        double step = 1;
        for (int half = 0; half < 2; half++) {
            double part = half ? odd : even;
            d = 1 + part * d;
            d = 1 / (fabs(d) < tiny ? tiny : d);
            c = 1 + part / c;
            c = fabs(c) < tiny ? tiny : c;
            step = c * d;
            value *= step;
        }
        if (fabs(step - 1) < 5e-16)
            break;
    }
    return value;
}

/* 2F1(a + b, 1; a + 1; x), which times x^a (1 - x)^b / (a B(a, b)) is the same (DLMF 8.17.8): about
 * (a + b) x terms, all positive. */
static double beta_series(double x, double a, double b)
{
    double sum = 1, term = 1;
    for (double n = 0; term > sum * TERM_NEGLIGIBLE; n++) {
        term *= (a + b + n) / (a + 1 + n) * x;
        sum += term;
    }
    return sum;
}

double distribution_beta(double x, double y, double a, double b)
{
    if (x <= 0 || y <= 0)
        return x <= 0 ? 0 : 1;
    double density = /* x^a (1-x)^b / (a b B(a,b)) */
        binomial_of(a, a + b, x, y) / (a + b);
    if (x < (a + 1) / (a + b + 2))
        return density * b * beta_fraction(x, a, b);
    if (x < y && x * (a + b) < SERIES_TERMS) /* y has lost what x still has */
        return fmin(1, density * b * beta_series(x, a, b));
    return 1 - density * a * beta_fraction(y, b, a);
}

/* The secant's point, or the middle where that is outside or not yet due. */
static double next_guess(double low, double high, double below, double above, int step)
{
    double middle = low + (high - low) / 2;
    double guess = low - below / (above - below) * (high - low);
    return step % 3 == 2 || !(guess > low && guess < high) ? middle : guess;
}

double distribution_invert(double (*f)(double x, const void *with), const void *with, double target,
                           double low, double high)
{
    double below = f(low, with) - target, above = f(high, with) - target;
    if (below >= 0 || above <= 0)
        return below >= 0 ? low : high;
    /* A side that stays twice has its value halved (Dowell & Jarratt 1971, "Illinois"), and every
     * third step halves the reach whatever F does. */
    int stayed = 0;
    for (int step = 0;; step++) {
        double guess = next_guess(low, high, below, above, step);
        if (guess <= low || guess >= high || high - low <= DBL_EPSILON * fabs(guess))
            return guess;
        double value = f(guess, with) - target;
        if (value == 0)
            return guess;
        if (value < 0) {
            low = guess;
            below = value;
            above = stayed > 0 ? above / 2 : above;
            stayed = 1;
        } else {
            high = guess;
            above = value;
            below = stayed < 0 ? below / 2 : below;
            stayed = -1;
        }
    }
}
