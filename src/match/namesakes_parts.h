/* namesakes_parts -- what the files of namesakes.h share: the index of the names held
 * (namesakes_index.c), the search in it (namesakes.c), and how much two names are alike
 * (namesakes_score.c). */
#ifndef NAMESAKES_PARTS_H
#define NAMESAKES_PARTS_H

#include "match/namesakes.h"

#define NAMESAKES_NO_WORD UINT32_MAX /* of no name */

/* Whether WORD says little wherever it stands: nhs, trust, hospital, of. */
bool namesakes_is_slight(struct span word);

/* The next word of a form, in which single spaces part words; false behind the last. */
bool namesakes_next_word(struct span *rest, struct span *word);

/* Two words as a key of by_join, written as one in B, and of by_pair. */
uint32_t namesakes_hash_joined(struct buf *b, struct span first, struct span second);
uint32_t namesakes_hash_pair(struct buf *b, struct span first, struct span second);

/* How much the held NAME is like the one asked for, in [0,1]; sets what each token found there. */
double namesakes_score(struct namesakes *n, uint32_t name);

static inline size_t namesakes_word_count(const struct namesakes *n, uint32_t name)
{
    return n->starts[name + 1] - n->starts[name];
}

#endif
