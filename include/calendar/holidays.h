/* holidays -- the bank holidays of the United Kingdom, for workdays.
 *
 * They come from a document in the form of gov.uk/bank-holidays.json: divisions,
 * each with its events, each with a date. One for 2012 to 2028 is compiled in, so that an
 * installed program needs no file. A year that some division does not list is
 * not known: a day there would be taken for a working day and shift every due
 * date behind it. */
#ifndef HOLIDAYS_H
#define HOLIDAYS_H

#include "base/fault.h"
#include "calendar/workdays.h"

struct holidays {
    struct workdays days;
    int first_year, last_year; /* which all divisions know */
    int64_t *off;
    size_t count, cap;
};

/* WHICH is "uk" (every division: the working day of section 10(6) of the Freedom of
 * Information Act 2000), "england", "scotland" or "northern-ireland" of what is
 * compiled in, or else the name of a file, of which every division counts. A
 * file that cannot be read or holds no such document ends the program with status 2. */
bool holidays_load(struct holidays *h, const char *which, struct fault *fault);

/* Whether DAY (date.h's numbers) is in the years that are known. */
bool holidays_known(const struct holidays *h, int64_t day);

void holidays_free(struct holidays *h);

#endif
