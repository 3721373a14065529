/* words -- texts that mean something in a field: missing, true, false, or
 * another text.
 *
 * Looked up for every cell, so a mask of the lengths that occur answers for
 * most cells, and a handful of words is compared by their first eight bytes
 * before any is hashed. A zeroed struct is empty. */
#ifndef WORDS_H
#define WORDS_H

#include <stdint.h>

#include "base/bytes.h"
#include "base/intern.h"

enum word_kind { WORD_MISSING, WORD_TRUE, WORD_FALSE, WORD_REPLACE };

struct word {
    enum word_kind kind;
    struct span to; /* the reason of a missing value, the text that replaces */
    uint64_t head;  /* words_head() of it */
};

#define WORDS_FEW 8 /* up to here comparing beats hashing */

struct words {
    struct intern texts;
    struct word *at; /* by index in TEXTS */
    size_t cap;
    bool *used; /* by index in TEXTS: it replaced something */
    size_t used_cap;
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

static inline const struct word *words_find_few(const struct words *w, struct span text)
{
    uint64_t head = bytes_head(text.at, text.len);
    for (size_t i = 0; i < w->texts.count; i++)
        if (w->at[i].head == head && w->texts.keys[i].len == text.len &&
            (text.len <= 8 || memcmp(w->texts.keys[i].at, text.at, text.len) == 0))
            return &w->at[i];
    return NULL;
}

/* What TEXT means, or NULL. */
static inline const struct word *words_find(const struct words *w, struct span text)
{
    if (!(w->lengths & words_length_bit(text.len)))
        return NULL;
    if (w->texts.count <= WORDS_FEW)
        return words_find_few(w, text);
    size_t index = intern_find(&w->texts, text);
    return index == INTERN_NONE ? NULL : &w->at[index];
}

/* Notes that WORD, which W holds, replaced something. */
static inline void words_use(const struct words *w, const struct word *word)
{
    w->used[word - w->at] = true;
}

/* Whether W's word number INDEX, or the same replacement in another form, was used. */
bool words_was_used(const struct words *w, size_t index);

void words_free(struct words *w);

#endif
