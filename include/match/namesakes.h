/* namesakes -- names of bodies, and those of them that another name probably means.
 *
 * Names are compared as the words of their comparable form (organisation.h). A
 * word weighs by how rare it is among the names held: the square of its inverse
 * document frequency (Spärck Jones 1972; the squares are those of the cosine of Salton &
 * Buckley 1988). Only names that share a rare word are looked at: the word itself, one with a
 * typing error or a short form (nearwords.h), or one behind initials (initials.h); words that
 * say no more than what kind of body it is (NHS, trust, hospital, council) are never rare. So all
 * pairs are never compared, and no name is proposed for what every name has.
 *
 * A word that no name has weighs half of the rarest, since it tells nothing apart. Names whose
 * kinds exclude each other (a college, a university: kinds.h) are not alike, whatever they share,
 * and a name with a word of its own for one of another name is less so. A typing error in a word
 * that is right as it stands is unlikely.
 *
 * The score is f^3/4 * h^1/4, with f the share of the weight of the words asked for that the
 * held name has and h the share of the held name's that was asked for. With two halves
 * it would be the cosine; three quarters, because people leave words out and seldom
 * add any. 1 is kept for names whose forms are equal. Nothing depends on the order in
 * which names were added. */
#ifndef NAMESAKES_H
#define NAMESAKES_H

#include "base/intern.h"
#include "match/initials.h"
#include "match/nearwords.h"
#include "text/organisation.h"

struct namesakes_score {
    uint32_t name; /* its index in NAMES */
    uint32_t main; /* that of the name it is another name of; else NAME */
    double score;  /* in [0,1], to four decimals */
};

/* How a word asked for was found in the held name at hand. */
enum namesakes_how { NOT_FOUND, SAME_WORD, EDITED_WORD, SHORT_WORD, INITIALS_WORD };

/* A word asked for that may be one of the words held. */
struct namesakes_reading {
    uint32_t word, token;
    enum namesakes_how how;
    double likeness;
    size_t edits;
    size_t next; /* reading of the same held word, plus one; 0 is none */
};

struct namesakes_token {
    struct span text; /* of the form asked for */
    uint32_t word;    /* NAMESAKES_NO_WORD if no name has it */
    /* in the held name at hand: */
    enum namesakes_how how;
    double likeness;
    size_t edits, place;
    uint32_t covered; /* by initials */
};

/* Initials asked for that may be those of a name. */
struct namesakes_initials {
    uint32_t name, token, covered;
};

struct namesakes_mark {
    uint32_t query;
    uint32_t first; /* reading, plus one */
};

struct namesakes {
    struct intern names, words, forms;
    struct organisation organisation;
    struct buf form, reason;
    uint32_t *flat; /* the words of all names, one behind the other, */
    size_t *starts; /* and where those of a name start */
    size_t flat_count, flat_cap, starts_cap;
    uint32_t *main_name, *classes; /* by name: the one it is another name of; enum kinds_class */
    size_t main_cap, classes_cap, others;
    struct postings by_word, by_form, by_join; /* by_word: rare ones; by_join: two written as one */
    struct postings by_pair;                   /* two words side by side, small ones left out */
    struct initials initials;
    struct nearwords near;
    struct arena arena;
    double *weights; /* by word */
    bool *is_rare;
    double unknown, slight; /* weights of words that no name has: others, and slight ones */

    /* the name asked for */
    uint32_t query, asked_form, asked_classes;
    struct namesakes_token *tokens;
    size_t token_count, tokens_cap;
    struct namesakes_reading *readings;
    size_t reading_count, readings_cap;
    struct namesakes_mark *marks; /* by word */
    uint32_t *seen;               /* by name: the query that last looked at it */
    struct namesakes_initials *hits;
    size_t hit_count, hits_cap;
    struct arena joined;   /* words put together or parted */
    double *held_likeness; /* by word of the held name at hand: 0 if it was not asked for */
    size_t held_likeness_cap;

    struct namesakes_score *found; /* the best first */
    size_t found_count, found_cap;
};

/* NAME (valid UTF-8) is held; one that is held already changes nothing. */
void namesakes_add(struct namesakes *n, struct span name);

/* OTHER is another name of NAME, which is held: Welsh, former, short. Unless it is a name by
 * itself, or another one of a name before. */
void namesakes_add_other(struct namesakes *n, struct span name, struct span other);

/* All names are held: to be called once, before anything is asked. */
void namesakes_build(struct namesakes *n);

/* Names that NAME may mean, with a score of AT_LEAST, at most TOP, into N->found. NAME itself,
 * if it is held, is the only one. */
void namesakes_find(struct namesakes *n, struct span name, size_t top, double at_least);

/* Why the name number I of the last namesakes_find() was found: items of a JSON list of
 * texts at the end of B. */
void namesakes_reasons(struct namesakes *n, struct span asked, size_t i, struct buf *b);

void namesakes_free(struct namesakes *n);

#endif
