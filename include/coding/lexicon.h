/* lexicon -- the phrases of a codebook that are made of words, as a tree followed word by word.
 *
 * Each word that a phrase holds has a number, and each node of the tree stands for the words that
 * some phrase starts with. A word of an answer is looked up once, by its first bytes. So the time
 * hardly grows with the number of phrases, and the tree is made as fast as a codebook is read. A
 * zeroed struct is empty. */
#ifndef LEXICON_H
#define LEXICON_H

#include "base/buf.h"
#include "base/intern64.h"
#include "text/prose.h"

#define LEXICON_NONE UINT32_MAX
#define LEXICON_READ 8  /* bytes that must be readable behind a text that is searched */
#define LEXICON_STEMS 2 /* "axes": of "axe" and of "ax" */

/* A word that some phrase holds. */
struct lexicon_word {
    uint64_t hash;
    size_t at;                     /* in the lexicon's text */
    uint32_t node;                 /* behind the root, or 0 */
    uint32_t stems[LEXICON_STEMS]; /* the words whose plural it is, plus one; 0 ends */
};

/* Where it is looked up: a word of up to 8 bytes needs nothing else. */
struct lexicon_slot {
    uint64_t start;       /* its first 8 bytes */
    uint32_t len, number; /* the number plus one; 0 is a free slot */
};

/* What the words up to a node are. */
struct lexicon_node {
    uint32_t phrase; /* that ends here, or LEXICON_NONE */
    bool plural;     /* it is the plural of the phrase */
    bool has_plural; /* its last word may have the ending of a plural */
    uint64_t behind; /* bits of the words that stand behind it: none if no phrase goes on */
};

struct lexicon {
    struct lexicon_word *words;
    size_t word_count, words_cap;
    struct lexicon_slot *slots;
    unsigned shift;  /* 64 less the bits of the number of slots */
    uint64_t secret; /* keeps words from being made to meet in one slot */
    struct buf text;
    struct intern64 branches;   /* a node and a word: the index is that of the next node less 1 */
    struct lexicon_node *nodes; /* the first is the root */
    size_t node_count, nodes_cap;
    uint32_t *read;   /* the words of the answer: their numbers, or LEXICON_NONE */
    uint32_t *starts; /* which of them some phrase starts with */
    size_t read_cap, starts_cap;
};

/* The node that P's own words lead to, made if it is new; LAST, unless it has no bytes, stands for
 * the last of them. It may move when another is made. */
struct lexicon_node *lexicon_node(struct lexicon *l, const struct prose *p, struct span last);

/* Makes known how the plural of WORD, the last one of a phrase, is written: with s or, behind a
 * hiss, es. */
void lexicon_add_plurals(struct lexicon *l, struct span word);

/* Tells each phrase in the words of P by its first and last word, by the first and then the shorter
 * one. */
void lexicon_find(struct lexicon *l, const struct prose *p,
                  void (*take)(void *context, uint32_t phrase, size_t first, size_t last,
                               bool plural),
                  void *context);

void lexicon_free(struct lexicon *l);

#endif
