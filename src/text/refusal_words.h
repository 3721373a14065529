/* refusal_words -- the words of a reply, and patterns of words.
 *
 * A pattern is words with one space between them. A word may list others with |
 * between them; one that ends in ? may be left out; * stands for up to four
 * words of the same sentence. */
#ifndef REFUSAL_WORDS_H
#define REFUSAL_WORDS_H

#include <stdint.h>

#include "text/refusal.h"

/* What a word can be. */
enum refusal_flag {
    WORD_EMPTY = 1,     /* says nothing beside a reason */
    WORD_CUE = 2,       /* speaks of refusing */
    WORD_NOT = 4,       /* takes that back */
    WORD_DOUBT = 8,     /* makes an answer, or a policy, of the sentence that refuses */
    WORD_ANSWER = 16,   /* makes an answer of another sentence */
    WORD_COURTESY = 32, /* begins a sentence that letters have */
    WORD_FORMAL = 64,   /* stands in such a sentence */
    WORD_USUAL = 128,   /* a figure that belongs to refusals */
    WORD_YES_NO = 256,
    WORD_SECTION = 512, /* announces the number of a section */
    WORD_OTHER = 1024,  /* behind a section's number: it is not the Act's */
    WORD_AUX = 2048,    /* "do", "is": with "not" behind it, a sentence denies something */
    WORD_LAW = 8192,    /* begins the name of a law beside the Act, or of its parts */
    WORD_SILENT = 4096  /* what one does not do when one does not answer: "hold", "disclose" */
};

struct refusal_word {
    unsigned flags;
    uint64_t phrases; /* those that begin with it, a bit each */
};

struct refusal_token {
    struct span word;
    struct refusal_word known;
    size_t sentence; /* from 0 */
    size_t cited;    /* words of the citation that begins here, or 0 */
    struct span reason;
    bool explained; /* part of what was recognised */
};

/* The words in LIST, with | between them, get FLAGS and PHRASES too. */
void refusal_learn(struct refusal_reader *r, const char *list, size_t len, unsigned flags,
                   uint64_t phrases);

/* The words of TEXT put into R, with the Act's sections that are cited. */
void refusal_split(struct refusal_reader *r, struct span text);

/* The number of words from I on that PATTERN matches, 0 if it does not. */
size_t refusal_match(const struct refusal_reader *r, size_t i, const char *pattern);

/* The words behind the citation that begins at I that cite more sections: "and 43(2)". */
size_t refusal_further(const struct refusal_reader *r, size_t i);

bool refusal_has_digit(struct span word);

#endif
