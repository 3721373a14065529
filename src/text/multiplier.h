/* multiplier -- the word or letter behind a number that says how many it is of: 1.2m, 350k, 3 bn.
 */
#ifndef MULTIPLIER_H
#define MULTIPLIER_H

#include "base/buf.h"
#include "base/span.h"

/* The bytes of the multiplier that TEXT begins with, spaces before it included; 0 if there is none.
 * *POWER is that of ten which it stands for. */
size_t multiplier_length(struct span text, size_t *power);

/* Multiplies the number at the end of B, which begins at FROM, by ten to the POWER: its point is
 * moved and noughts are added, so that no digit is lost. False if it has an exponent. */
bool multiplier_apply(struct buf *b, size_t from, size_t power);

#endif
