/* habit -- what the cells of a column have in common, so that one that breaks with it is told.
 *
 * A date such as 7/1/2020 is read day first, until the column has one such as 7/15/2020: then
 * whoever filled it wrote months first, and all dates that could be either way are doubtful, those
 * above too. So flags for these are held back until then, up to a bound.
 * Numbers of one column have one unit: 30 minutes beside 2 hours is no 30 and no 2. All numbers but
 * those with the most frequent unit are doubtful, which is known at the end. A number need not have
 * the unit that others have, but for 0.45 beside 45%. So whatever the order of the records, the
 * same cells are flagged. */
#ifndef HABIT_H
#define HABIT_H

#include "schema/flags.h"

#define HABIT_UNITS 32 /* told apart */

struct habit_unit {
    size_t count;
    struct buf held; /* flags of its numbers, some of them perhaps in no line */
};

struct habit {
    struct intern units;
    struct habit_unit by_unit[HABIT_UNITS + 1]; /* the last for all others */
    struct habit_unit fractions;                /* 0.45, of no unit */
    bool month_first;                           /* a date that can be read in no other way came */
    struct buf held;                            /* lines of flags, for the list */
    size_t held_count; /* flags held back, some of them perhaps in no line */
};

/* Whether A, what a cell of F was read as, has anything that a habit can be broken with. */
bool habit_concerns(const struct schema_field *f, const struct reading *a);

/* Looks at A, what the cell V of F in R was read as, and flags it if it breaks with the habit. */
void habit_see(struct habit *h, struct flags *fl, const struct reading *a,
               const struct schema_field *f, const struct record *r, const struct value *v);

/* No more cells come. */
void habit_end(struct habit *h, struct flags *fl);

void habit_free(struct habit *h);

#endif
