/* words_near -- the words before and behind a place of a text, within its clause.
 *
 * Lists of words are texts with spaces between them, and any case is theirs. */
#ifndef WORDS_NEAR_H
#define WORDS_NEAR_H

#include "among.h"
#include "date_read.h"

static inline char byte_at(struct span text, size_t at)
{
    return at < text.len ? text.at[at] : '\0';
}

static inline bool is_any_case(struct span word, const char *words)
{
    return is_among(word, words, AMONG_ANY_CASE);
}

/* How many digits stand at AT. */
size_t digits_at(struct span text, size_t at);

/* The word at AT: letters, with an apostrophe between them; perhaps empty. */
struct span word_at(struct span text, size_t at);

/* The word before *AT in its clause, to whose start *AT goes; empty if there is none. Between them
 * may stand spaces, signs of currencies and the point of "approx." */
struct span word_before(struct span text, size_t *at);

/* The word behind *AT in its clause, to whose end *AT goes; empty if there is none. */
struct span word_behind(struct span text, size_t *at);

bool before_is(struct span text, size_t at, const char *words);
bool behind_is(struct span text, size_t at, const char *words);

/* Whether a word of FIRST and then one of SECOND stand behind AT. */
bool behind_are(struct span text, size_t at, const char *first, const char *second);

#endif
