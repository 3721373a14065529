#include "stats/prng.h"

#include <math.h>

#ifdef __clang__
#pragma STDC FP_CONTRACT OFF /* a fused multiply-add rounds once where others round twice */
#endif

#define LOG_2 0.69314718055994530942
#define HALF_LOG_2_PI 0.91893853320467274178
#define STIRLING_FROM 16 /* 15! is the last factorial under 2^53, and so exact */

static uint64_t split_mix(uint64_t *state)
{
    uint64_t z = *state += 0x9e3779b97f4a7c15;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
    z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
    return z ^ (z >> 31);
}

void prng_init(struct prng *g, uint64_t seed)
{
    for (int i = 0; i < 4; i++)
        g->state[i] = split_mix(&seed);
}

static uint64_t rotate(uint64_t x, int by)
{
    return x << by | x >> (64 - by);
}

uint64_t prng_next(struct prng *g)
{
    uint64_t *s = g->state;
    uint64_t result = rotate(s[1] * 5, 7) * 9, t = s[1] << 17;
    s[2] ^= s[0];
    s[3] ^= s[1];
    s[1] ^= s[2];
    s[0] ^= s[3];
    s[2] ^= t;
    s[3] = rotate(s[3], 45);
    return result;
}

/* What is left over above the last whole multiple of BOUND is drawn again. */
uint64_t prng_below(struct prng *g, uint64_t bound)
{
    uint64_t over = (UINT64_MAX - bound + 1) % bound, drawn; /* 2^64 modulo BOUND */
    do
        drawn = prng_next(g);
    while (drawn < over);
    return drawn % bound;
}

double prng_unit(struct prng *g)
{
    return (double)(prng_next(g) >> 11) * 0x1p-53;
}

/* log(x) = e log 2 + 2 artanh((m - 1) / (m + 1)) with m within a factor of the root of 2 of 1. */
static double plain_log(double x)
{
    int e;
    double m = frexp(x, &e);
    if (m < 0.70710678118654752440) {
        m *= 2;
        e--;
    }
    double s = (m - 1) / (m + 1), square = s * s, sum = 0;
    for (int odd = 23; odd > 0; odd -= 2)
        sum = sum * square + 1.0 / odd;
    return e * LOG_2 + 2 * s * sum;
}

/* exp(x) for x <= 0: Taylor's series on what is left after taking out powers of 2. */
static double plain_exp(double x)
{
    if (x < -745)
        return 0;
    double powers = floor(x / LOG_2 + 0.5), rest = x - powers * LOG_2, sum = 1;
    for (int i = 16; i > 0; i--)
        sum = 1 + sum * rest / i;
    return ldexp(sum, (int)powers);
}

double prng_log_factorial(double n)
{
    if (n < STIRLING_FROM) {
        double product = 1;
        for (double i = 2; i <= n; i++)
            product *= i;
        return plain_log(product);
    }
    double square = n * n;
    double series =
        (1.0 / 12 -
         (1.0 / 360 - (1.0 / 1260 - (1.0 / 1680 - 1.0 / 1188 / square) / square) / square) /
             square) /
        n;
    return (n + 0.5) * plain_log(n) - n + HALF_LOG_2_PI + series;
}

static double log_choose(double n, double k)
{
    return prng_log_factorial(n) - prng_log_factorial(k) - prng_log_factorial(n - k);
}

/* Inversion: a walk over the whole numbers LEAST to MOST, whose probabilities fall from MODE on
 * both ways. RATIO is P(k + 1) / P(k). */
struct walk {
    double hits, misses, draws; /* hypergeometric */
    double odds;                /* binomial, with draws */
    double least, most, mode, at_mode;
    double (*ratio)(const struct walk *w, double k);
};

static double hypergeometric_ratio(const struct walk *w, double k)
{
    return (w->hits - k) * (w->draws - k) / ((k + 1) * (w->misses - w->draws + k + 1));
}

static double binomial_ratio(const struct walk *w, double k)
{
    return (w->draws - k) / (k + 1) * w->odds;
}

static double step_up(const struct walk *w, double k, double p)
{
    return k < w->most ? p * w->ratio(w, k) : 0;
}

static double step_down(const struct walk *w, double k, double p)
{
    return k > w->least ? p / w->ratio(w, k - 1) : 0;
}

/* Where the probabilities, the mode's first and then always the greater neighbour's, add up to more
 * than U; -1 if rounding left the sum of all under U. */
static double walk_to(const struct walk *w, double u)
{
    double rest = u - w->at_mode, up = w->mode, down = up;
    if (rest < 0)
        return w->mode;
    double next_up = step_up(w, up, w->at_mode), next_down = step_down(w, down, w->at_mode);
    while (next_up > 0 || next_down > 0) {
        bool goes_up = next_up >= next_down;
        rest -= goes_up ? next_up : next_down;
        if (goes_up) {
            up++;
            next_up = step_up(w, up, next_up);
        } else {
            down--;
            next_down = step_down(w, down, next_down);
        }
        if (rest < 0)
            return goes_up ? up : down;
    }
    return -1;
}

static double walk_randomly(struct prng *g, const struct walk *w)
{
    double drawn;
    do
        drawn = walk_to(w, prng_unit(g));
    while (drawn < 0);
    return drawn;
}

/* Products of counts near 2^53 round, so that a mode may come out one beyond the end. */
static double clamp(double mode, double least, double most)
{
    return mode < least ? least : mode > most ? most : mode;
}

double prng_hypergeometric(struct prng *g, double hits, double misses, double draws)
{
    struct walk w = {.hits = hits, .misses = misses, .draws = draws, .ratio = hypergeometric_ratio};
    w.least = draws > misses ? draws - misses : 0;
    w.most = draws < hits ? draws : hits;
    if (w.least == w.most)
        return w.least;
    w.mode = clamp(floor((draws + 1) / (hits + misses + 2) * (hits + 1)), w.least, w.most);
    w.at_mode = plain_exp(log_choose(hits, w.mode) + log_choose(misses, draws - w.mode) -
                          log_choose(hits + misses, draws));
    return walk_randomly(g, &w);
}

double prng_binomial(struct prng *g, double draws, double p)
{
    if (p <= 0 || draws == 0)
        return 0;
    if (p >= 1)
        return draws;
    struct walk w = {.draws = draws, .most = draws, .odds = p / (1 - p), .ratio = binomial_ratio};
    w.mode = clamp(floor((draws + 1) * p), 0, draws);
    double q = 1 - p, misses = draws - w.mode;
    double log_p = w.mode * plain_log(p), log_q = misses * plain_log(q);
    w.at_mode = plain_exp(log_choose(draws, w.mode) + log_p + log_q);
    return walk_randomly(g, &w);
}

void prng_multinomial(struct prng *g, double draws, const double *shares, size_t count,
                      double *into)
{
    double share_left = 0;
    for (size_t i = 0; i < count; i++)
        share_left += shares[i];
    for (size_t i = 0; i < count; i++) {
        bool last = i + 1 == count;
        into[i] = last ? draws : prng_binomial(g, draws, shares[i] / share_left);
        draws -= into[i];
        share_left -= shares[i];
    }
}

void prng_table(struct prng *g, const struct crosstab *like, struct crosstab *into, double *left)
{
    double total = like->sum;
    for (size_t c = 0; c < like->columns; c++)
        left[c] = like->column_sums[c];
    for (size_t r = 0; r < like->rows; r++) {
        double draws = like->row_sums[r], others = total;
        for (size_t c = 0; c < like->columns; c++) {
            others -= left[c];
            double count = prng_hypergeometric(g, left[c], others, draws);
            into->cells[r * into->columns + c] = count;
            left[c] -= count;
            draws -= count;
        }
        total -= like->row_sums[r];
    }
}
