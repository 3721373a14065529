/* fits -- whether one text could be read as what its column is taken for. */
#ifndef FITS_H
#define FITS_H

#include "profile/guess.h"

/* yes, no, y, n, true or false, in any case */
bool fits_truth(struct span text);

/* Whether there is a digit in it. */
bool fits_digit(struct span text);

/* A number that is not told because it is small, "<5" or "fewer than 10": of two digits at most. */
bool fits_small(struct span text);

/* A word for a number, "Nil" or "twelve", and in *NUMBER which: up to twenty. */
bool fits_numeral(struct span text, size_t *number);

/* What may stand in the stead of a number or a date: words, or a small number. */
bool fits_stand_in(struct span text);

/* Whether a multiplier in TEXT is one: of sums of money, or in full; "10m" may be metres. */
bool fits_multiplier(struct span text);

/* A number as it is, one with a unit or groups to be taken away, or one of thousands or millions.
 * *JSON is good while SCRATCH is. */
enum fits_number { FITS_NO_NUMBER, FITS_PLAIN, FITS_MEASURE, FITS_MULTIPLIED };
enum fits_number fits_number(struct span text, struct buf *scratch, struct span *json);

/* TEXT is clean. Types that any text is of fit always. */
bool fits_type(enum guess_type type, struct span text, struct buf *scratch);

#endif
