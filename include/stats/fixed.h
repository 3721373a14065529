/* fixed -- sums of weights that do not depend on the order of addition.
 *
 * Doubles are not associative: shuffled records, or records shared out among
 * processes, would give sums that differ in their last digits. So a weight is cut
 * to a multiple of 2^-64 once, and multiples are added as whole numbers: every
 * weight from 2^-11 up is exact, a smaller one is off by less than 2^-64. */
#ifndef FIXED_H
#define FIXED_H

#include <stdbool.h>
#include <stdint.h>

/* A zeroed struct is 0. */
struct fixed {
    uint64_t whole, fraction; /* fraction / 2^64 */
};

/* The largest number that can be added: its square can be added too. */
#define FIXED_MOST 4294967295.0

/* False, and nothing is added, if the sum gets too large. NUMBER is from 0 to FIXED_MOST squared.
 */
bool fixed_add(struct fixed *sum, double number);
bool fixed_add_fixed(struct fixed *sum, const struct fixed *number);

/* The nearest double, but for the last bit. */
double fixed_value(const struct fixed *sum);

#endif
