/* asked -- what a question has to do with the words around a figure of its answer.
 *
 * Words are compared without their endings, and those that every question has do not count. */
#ifndef ASKED_H
#define ASKED_H

#include "base/buf.h"
#include "figures.h"

/* The stretch of TEXT around FROM to TO up to the nearest of MARKS that space or the end follows.
 */
struct span asked_stretch(struct span text, size_t from, size_t to, const char *marks);

/* How many words of QUESTION, but for those that every question has, stand in PART, whatever their
 * endings. WORD is room for one. */
size_t asked_shared(struct span question, struct span part, struct buf *word);

/* Whether the question has words that an answer could share. */
bool asked_says_much(struct span question);

/* Whether more than one figure is asked for: of each of several, of two years, "how many ... and
 * how many of these". */
bool asked_several(struct span question);

/* Whether it asks for a part: "of these, how many". */
bool asked_part(struct span question);

/* Whether it asks for a count in so many words, which no share is and no sum of money. */
bool asked_count(struct span question);

/* Whether KIND is that of what the question wants, as far as its words tell. */
bool asked_wants(struct span question, enum figure_kind kind);

/* Whether the question has NUMBER itself, as digits. */
bool asked_has(struct span question, struct span number);

/* Whether TEXT says that something is not recorded, held or told. */
bool asked_is_denied(struct span text);

/* Whether PART speaks of what should be, or is not, and the question does not: posts that are
 * vacant, a target. */
bool asked_is_other(struct span question, struct span part);

/* How many words PART has. */
size_t asked_words(struct span part);

#endif
