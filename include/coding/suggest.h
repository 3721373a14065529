/* suggest -- terms that phrases which no term took may be meant for.
 *
 * By glue: the letters of a term, whatever stands between them or is glued behind
 * ("SQLServer2016"); by spelling: near a term's (nearest.h: "Javscript"); by neighbourhood: the
 * code that mostly stands nearest, whose group the phrase may be of. A suggestion is a row of a
 * codebook that is not used until a person writes yes under `accept`. */
#ifndef SUGGEST_H
#define SUGGEST_H

#include "coding/residue.h"

/* The ranked phrases with what is suggested for each; one for which nothing is is left out. */
void suggest_write(const struct residue *r, const struct codebook *book, struct buf *b);

#endif
