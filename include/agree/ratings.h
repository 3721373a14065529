/* ratings -- what several coders made of the same answers.
 *
 * A unit is an answer, named by its key; a coder's coding of it is a list of
 * codes, one code for a single-valued field. A null or absent coding is a gap: the
 * coder did not code that unit. An empty list is a coding that found nothing.
 * Memory: the codes, by number, of every unit and coder. */
#ifndef RATINGS_H
#define RATINGS_H

#include "base/arena.h"
#include "base/intern.h"
#include "stream/record.h"

struct rating {
    size_t *codes; /* indexes of codings->codes, each once, in the coder's order */
    size_t count;
    bool given; /* false: a gap */
};

struct ratings {
    struct span *coders; /* their names */
    size_t coder_count;
    struct intern units;    /* their keys */
    struct intern codes;    /* spellings, as scalar.h writes them */
    struct rating *by_unit; /* [unit][coder] */
    size_t by_unit_cap;
    struct span *keys;  /* [unit]: the key as JSON */
    struct span *texts; /* [unit]: the answer as JSON; a NULL at if it was never given */
    size_t keys_cap, texts_cap;
    bool multiple; /* some coding is a list */
    struct arena arena;
    struct buf scratch, decoded;
};

/* NAMES are kept by the caller. */
void ratings_init(struct ratings *c, struct span *names, size_t count);

/* The number of the unit with KEY, new or known; JSON is its key for people; it may be
 * KEY itself, which is kept once. */
size_t ratings_unit(struct ratings *c, struct span key, struct span json);

/* The answer that unit is, if it is not known yet. */
void ratings_text(struct ratings *c, size_t unit, const struct value *text);

/* CODER's coding of UNIT. NULL if it was taken in, else what is wrong with it. */
const char *ratings_add(struct ratings *c, size_t unit, size_t coder, const struct value *v);

static inline const struct rating *ratings_at(const struct ratings *c, size_t unit, size_t coder)
{
    return &c->by_unit[unit * c->coder_count + coder];
}

bool rating_has(const struct rating *coding, size_t code);

/* Whether the two hold the same codes, in any order. Neither may be a gap. */
bool rating_same(const struct rating *a, const struct rating *b);

void ratings_free(struct ratings *c);

#endif
