/* prng -- random numbers that are the same on every machine for the same seed.
 *
 * xoshiro256** (Blackman & Vigna 2018, "Scrambled linear pseudorandom number
 * generators") seeded through SplitMix64 (Steele, Lea & Flood 2014). What is drawn
 * uses integers and IEEE's exactly rounded + - * / only: not even libm's log() and
 * exp(), whose last digit differs between machines. */
#ifndef PRNG_H
#define PRNG_H

#include <stdint.h>

#include "stats/crosstab.h"

struct prng {
    uint64_t state[4];
};

void prng_init(struct prng *g, uint64_t seed);

/* 64 random bits. */
uint64_t prng_next(struct prng *g);

/* A whole number below BOUND, which is not 0, each as likely as any other. */
uint64_t prng_below(struct prng *g, uint64_t bound);

/* In [0, 1), a multiple of 2^-53. */
double prng_unit(struct prng *g);

/* log(n!) for a whole n >= 0, to about 15 digits, the same on every machine. */
double prng_log_factorial(double n);

/* How many of DRAWS taken from a population of HITS and MISSES are hits. All whole, their sum at
 * most 2^53, DRAWS at most HITS + MISSES. Time grows with the standard deviation. */
double prng_hypergeometric(struct prng *g, double hits, double misses, double draws);

/* How many of DRAWS succeed, each with probability P; DRAWS whole, at most 2^53. */
double prng_binomial(struct prng *g, double draws, double p);

/* DRAWS spread over COUNT categories by their SHARES, positive and in any scale. */
void prng_multinomial(struct prng *g, double draws, const double *shares, size_t count,
                      double *into);

/* Fills INTO's cells with a random table of the margins of LIKE, each with its probability under
 * independence: cell by cell, after Patefield (1981, AS 159). Both of the same shape, LIKE whole;
 * INTO's margins are left alone and LEFT, room for the columns, is scratch. */
void prng_table(struct prng *g, const struct crosstab *like, struct crosstab *into, double *left);

#endif
