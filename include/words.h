/* words -- texts that mean something in a field: missing, true, false, or
 * another text.
 *
 * Looked up for every cell, so a mask of the lengths that occur answers for
 * most cells without a hash. A zeroed struct is empty. */
#ifndef WORDS_H
#define WORDS_H

#include <stdint.h>

#include "map.h"

enum word_kind { WORD_MISSING, WORD_TRUE, WORD_FALSE, WORD_REPLACE };

struct word {
    enum word_kind kind;
    struct span to; /* the reason of a missing value, the text that replaces */
};

struct words {
    struct map texts;
    struct word *at; /* by index in TEXTS */
    size_t cap;
    uint64_t lengths; /* bit N is set if a text of N bytes occurs, bit 63 for all longer ones */
};

/* TEXT means KIND and TO, which is borrowed. What TEXT meant already, if
 * that is something else: then nothing is changed. */
const struct word *words_add(struct words *w, struct span text, enum word_kind kind,
                             struct span to);

/* What a message calls a word of KIND: "a missing value". */
const char *words_kind_name(enum word_kind kind);

static inline uint64_t words_length_bit(size_t len)
{
    return UINT64_C(1) << (len < 63 ? len : 63);
}

/* What TEXT means, or NULL. */
static inline const struct word *words_find(const struct words *w, struct span text)
{
    if (!(w->lengths & words_length_bit(text.len)))
        return NULL;
    size_t index = map_find(&w->texts, text);
    return index == MAP_NONE ? NULL : &w->at[index];
}

void words_free(struct words *w);

#endif
