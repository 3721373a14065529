/* london -- the day in London of an instant.
 *
 * The Act's days are those of the United Kingdom: what is sent at 23:30 UTC in June comes on the
 * next day. Summer time as it is since 1996 (Summer Time Order 2002): from 01:00 UTC on the last
 * Sunday of March to 01:00 UTC on the last Sunday of October. */
#ifndef LONDON_H
#define LONDON_H

#include "text/date.h"

/* The number of the day of D, a date that may have a time. Without an offset it is the day as
 * written: then the time is taken for London's. */
int64_t london_day(const struct date *d);

#endif
