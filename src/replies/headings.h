/* headings -- lines that name a question by a few of its words.
 *
 * "Fully electric vehicles" above the answer, "Students seen: 1,123". A few words are weak
 * evidence, so a heading and a question must be each other's best match, and there must be several.
 */
#ifndef HEADINGS_H
#define HEADINGS_H

#include "quotes.h"

/* Adds the headings of L to the quotes, by place. CLAIMED has a byte for each line: it is read as a
 * table. */
void headings_find(struct quotes *s, const struct questions *q, const struct paper *l,
                   const unsigned char *claimed);

/* Whether a verb makes a sentence of what would be a heading. */
bool headings_state(const struct paper *l, size_t start, size_t end);

#endif
