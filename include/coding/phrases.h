/* phrases -- which of many phrases stand in an answer, found in one pass.
 *
 * The time hardly grows with their number: phrases of whole words are followed in a tree of words
 * (lexicon.h), wildcards looked for all at once in the folded words of prose.h, and regular
 * expressions in the answer as it stands, both with Hyperscan. Each phrase has a number from 0; the
 * same words added again have the same number. */
#ifndef PHRASES_H
#define PHRASES_H

#include <hs.h>
#include <stdint.h>

#include "base/arena.h"
#include "coding/lexicon.h"

#define PHRASES_NONE SIZE_MAX

struct phrase_hit {
    uint32_t phrase;
    uint32_t start, end;  /* bytes in the answer */
    uint32_t first, last; /* the answer's own words that it touches */
    bool plural;          /* the phrase with the ending of a plural */
    bool reread;          /* in a further reading of the answer's words */
};

struct phrase_text;
struct phrases {
    struct lexicon words;
    struct phrase_text *wildcards, *patterns;
    size_t wildcard_count, wildcards_cap, pattern_count, patterns_cap;
    size_t count;
    hs_database_t *wildcards_database, *patterns_database;
    hs_scratch_t *scratch;
    struct prose prose; /* of the last phrase, then of the last answer */
    struct buf pattern;
    struct arena arena;

    struct phrase_hit *hits; /* of the last answer, by start */
    size_t hit_count, hits_cap;
};

/* PHRASES_NONE if TEXT holds no word or mark. */
size_t phrases_add_words(struct phrases *p, struct span text);
size_t phrases_add_wildcard(struct phrases *p, struct span text);

/* TEXT has a NUL behind it. PLACE names it in the message if it cannot be used. */
size_t phrases_add_pattern(struct phrases *p, struct span text, bool exact_case, const char *place);

/* Can the regular expression TEXT be used? If not, WHY says what is wrong with it. */
bool phrases_try_pattern(struct span text, struct buf *why);

/* To be called once, when all are added. */
void phrases_compile(struct phrases *p);

/* Fills P->hits and P->prose. */
void phrases_find(struct phrases *p, struct span answer);

void phrases_free(struct phrases *p);

#endif
