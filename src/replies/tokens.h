/* tokens -- a clean text as words and their places.
 *
 * A word is letters or digits of any script, with an apostrophe between letters ("don't");
 * everything else parts words, and so does the change from digits to letters ("31st" is
 * "31" and "st", "2018/19" is "2018" and "19"), since dates and years are written in too
 * many ways. */
#ifndef TOKENS_H
#define TOKENS_H

#include <stdint.h>

#include "base/buf.h"
#include "base/span.h"

struct token {
    uint32_t start, end; /* bytes in the text */
};

struct tokens {
    struct token *at;
    size_t count, cap;
    struct buf lower; /* the text in lower case (ASCII's letters: the rest tells nothing apart) */
};

void tokens_split(struct tokens *w, struct span text);

/* Word I in lower case. */
static inline struct span tokens_lower(const struct tokens *w, size_t i)
{
    return (struct span){w->lower.at + w->at[i].start, w->at[i].end - w->at[i].start};
}

/* The first word that starts at or behind byte OFFSET. */
size_t tokens_from(const struct tokens *w, size_t offset);

void tokens_free(struct tokens *w);

#endif
