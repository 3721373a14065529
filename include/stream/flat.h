/* flat -- records as rows of cells: which fields are columns, and what a cell holds.
 *
 * The columns are those that were asked for, or else the fields of the first record: so one
 * pass is enough, and a later record with another field is bad data rather than a field lost.
 * Serves tocsv and toxlsx. A zeroed struct with its settings is ready. */
#ifndef FLAT_H
#define FLAT_H

#include "stream/filter.h"
#include "stream/missing.h"

struct flat {
    const char *list_separator; /* between the items of a list */
    const char *missing;        /* for a missing value, unless REASONS */
    bool reasons;
    bool are_asked; /* NAMES were asked for */
    struct intern names;
    struct lookup *columns; /* by index in NAMES; NULL until flat_begin() */
    size_t cap, left_out;   /* values of the tools' own fields */
    struct missing reading;
    struct buf list, scratch;
};

/* The columns asked for in FIELDS, the words of the option --fields; NULL for none. */
void flat_ask(struct flat *t, struct filter *f, const char *fields);

/* The columns, if need be from the first record R. False if that gives none: it is rejected. */
bool flat_begin(struct flat *t, struct filter *f, const struct record *r);

/* Before the cells of R: false if its reasons are needed and are none: it is rejected. */
bool flat_next(struct flat *t, struct filter *f, const struct record *r);

/* The text of column I, good until the next call; *V is its value, NULL for absent. False if no
 * cell can hold it: R is rejected. */
bool flat_text(struct flat *t, struct filter *f, const struct record *r, size_t i,
               const struct value **v, struct span *text);

/* After all cells, of which FOUND were there: false if R has fields without a column. */
bool flat_end(struct flat *t, struct filter *f, const struct record *r, size_t found);

/* Counts for --stats, and what was left out for --verbose. */
void flat_tell(const struct flat *t, struct filter *f);
void flat_free(struct flat *t);

#endif
