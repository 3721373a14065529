/* flags -- doubtful cells, listed for a person to look at.
 *
 * A flag is a line {"file","line","field","kind","value"}, with "detail" and "reason" where
 * there is more to say. File and line are those of `_origin` if the record has one, since that is
 * where the person will look. Flags are counted by kind also when no list is asked for. */
#ifndef FLAGS_H
#define FLAGS_H

#include "schema/reading.h"
#include "stream/filter.h"

struct flags {
    struct output out;
    bool listed; /* a file was named */
    struct intern kinds;
    size_t *counts; /* by index in KINDS */
    size_t cap, total;
    struct lookup origin;
    struct buf text;
};

/* FILE NULL: they are only counted. */
void flags_open(struct flags *fl, const char *file);

/* The cell V of FIELD in R; NULL if R has no such field. */
void flags_add(struct flags *fl, const struct record *r, struct span field, const struct value *v,
               const struct reading_doubt *doubt);

/* The flag as a line at the end of B, for later; nothing if no list was asked for. */
void flags_put(struct flags *fl, struct buf *b, const struct record *r, struct span field,
               const struct value *v, const struct reading_doubt *doubt);

/* FLAGS of KIND that were held back are flags now; LINES lists them, or the first of them. */
void flags_release(struct flags *fl, const char *kind, size_t flags, struct span lines);

/* Puts the counts into --stats, says how many cells there are if nobody listed them, and
 * finishes the list. */
void flags_close(struct flags *fl, struct filter *f);

#endif
