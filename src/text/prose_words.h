/* prose_words -- what the parts of the splitter share: words put down, and which may be read
 * again. */
#ifndef PROSE_WORDS_H
#define PROSE_WORDS_H

#include "text/prose.h"

#define PROSE_AGAIN 32        /* beside the flags of prose.h: may be read another way */
#define PROSE_MIN_VERSIONED 3 /* letters of a name that a version is glued to */

/* The ordinal of the word to be put down next. */
static inline uint32_t prose_next_ordinal(const struct prose *p)
{
    if (p->count == 0)
        return 0;
    const struct prose_word *last = &p->at[p->count - 1];
    return last->ordinal + !(last->flags & PROSE_MARK);
}

/* Puts down the word at the bytes from START to END, a space before it; its folded text is for
 * the caller to add. The word may move when another is put down. */
struct prose_word *prose_add_word(struct prose *p, size_t start, size_t end, unsigned flags);

/* Has only the case of ASCII letters to be folded in TEXT? */
bool prose_is_plain(struct span text);

/* Adds TEXT in the form in which words are compared. */
void prose_fold(struct prose *p, struct span text, bool plain);

/* Puts down the words from AT on, where one starts, that are ASCII letters and digits with one
 * space behind each, or a comma or full stop and a space, or the end of the text. Where it
 * stopped: at AT, behind the space, or at the end. */
const char *prose_plain(struct prose *p, struct span text, const char *at);

/* Adds the further readings of words that have PROSE_AGAIN, which they lose. */
void prose_again(struct prose *p, struct span text);

static inline bool prose_is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Can a version end with the word: a digit, a plus sign, or the letter of a release behind
 * either? */
static inline bool prose_ends_version(struct span word)
{
    char last = word.at[word.len - 1];
    if (prose_is_digit(last) || last == '+')
        return true;
    if (word.len <= PROSE_MIN_VERSIONED)
        return false;
    char before = word.at[word.len - 2];
    return (prose_is_digit(before) || before == '.') && strchr("cgirx", last);
}

#endif
