/* disagreements -- items that coders decided differently, as records to be reviewed.
 *
 * Each has the columns of a decision that name the item, and "opinions": coder, value, comment and
 * date of each. Codes count as a set. What one coder alone decided on is no disagreement, nor
 * is what a row has settled. */
#ifndef DISAGREEMENTS_H
#define DISAGREEMENTS_H

#include "base/buf.h"
#include "base/intern.h"
#include "decisions/decisions.h"

struct disagreements {
    struct decisions decisions;
    struct intern items; /* by what names them */
    uint32_t *first;     /* decision on each item, or DECISIONS_NONE */
    uint32_t *next;      /* of each decision: the next on its item, or DECISIONS_NONE */
    struct buf key;
};

/* Reads FILES of decisions; whatever is wrong is a fault (base/fault.h). */
void disagreements_load(struct disagreements *d, char *const *files, size_t count);

/* Item I as a JSON line in B, without its end; false, with nothing put there, if there is no
 * disagreement about it. */
bool disagreements_emit(const struct disagreements *d, size_t i, struct buf *b);

void disagreements_free(struct disagreements *d);

#endif
