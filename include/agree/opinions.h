/* opinions -- files of people's decisions as codings, so that their agreement can be measured.
 *
 * A unit is what was decided on: an item with the text that was seen, so people who saw different
 * texts are not compared. Coders are those in the column `coder`; where it tells fewer than two,
 * each file is a coder. Rows that settle disagreements are nobody's own coding, and left out. What
 * nobody coded (a code `missing:REASON`) is a gap. */
#ifndef OPINIONS_H
#define OPINIONS_H

#include "agree/ratings.h"
#include "decisions/decisions.h"

struct opinions {
    struct decisions decisions;
    struct intern coders;
    struct intern codes; /* that are known as such */
    bool by_file;        /* each file is a coder */
    struct buf key, json, own;
};

/* Reads FILES; whatever is wrong is a fault (base/fault.h). */
void opinions_load(struct opinions *o, char *const *files, size_t count);

/* The fields that rows are about, in order of first appearance. */
void opinions_fields(const struct opinions *o, struct intern *fields);

/* The codings of FIELD as ratings by o->coders. Gives their number. */
size_t opinions_take(struct opinions *o, struct span field, struct ratings *to);

void opinions_free(struct opinions *o);

#endif
