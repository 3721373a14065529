/* workdays -- counting the days on which an authority has to work.
 *
 * Saturdays and Sundays are off, and so are the days of a list. What belongs
 * into the list is the law's matter: for section 10(6) of the Freedom of
 * Information Act 2000 it is Christmas Day, Good Friday and every bank holiday
 * of any part of the United Kingdom (2 January and St Patrick's Day count for
 * an English authority, too); for the Scottish Act it is Scotland's alone.
 *
 * The n-th working day following a day does not count that day itself: the
 * request that comes on Friday or on the weekend has Monday as its first. Days
 * are date.h's numbers. */
#ifndef WORKDAYS_H
#define WORKDAYS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct workdays {
    const int64_t *off; /* the caller's list */
    size_t count;
    int64_t first_known, last_known; /* 1 January and 31 December of the list's years */
};

/* Puts the COUNT day numbers at OFF in order, leaves out weekends and
 * repetitions, and makes W of them. OFF must live as long as W. */
void workdays_init(struct workdays *w, int64_t *off, size_t count);

/* Whether FROM and TO are in years that the list speaks of. An empty list
 * knows no year: the days found without it may be too early. */
bool workdays_known(const struct workdays *w, int64_t from, int64_t to);

bool workdays_has(const struct workdays *w, int64_t day);

/* The N-th working day following DAY (section 10(1): N is 20). N 0 is DAY. */
int64_t workdays_after(const struct workdays *w, int64_t day, int64_t n);

/* The working days after FROM up to and with TO; 0 if TO is not later. */
int64_t workdays_between(const struct workdays *w, int64_t from, int64_t to);

#endif
