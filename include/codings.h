/* codings -- what several coders made of the same answers.
 *
 * A unit is an answer, named by its key; a coder's coding of it is a list of
 * codes, one code for a single-valued field. A null or absent coding is a gap: the
 * coder did not code that unit. An empty list is a coding that found nothing.
 * Memory: the codes, by number, of every unit and coder. */
#ifndef CODINGS_H
#define CODINGS_H

#include "arena.h"
#include "map.h"
#include "record.h"

struct coding {
    size_t *codes; /* indexes of codings->codes, each once, in the coder's order */
    size_t count;
    bool given; /* false: a gap */
};

struct codings {
    struct span *coders; /* their names */
    size_t coder_count;
    struct map units;       /* keys, as key.h writes them */
    struct map codes;       /* spellings, as scalar.h writes them */
    struct coding *by_unit; /* [unit][coder] */
    size_t by_unit_cap;
    struct span *keys;  /* [unit]: the key as JSON */
    struct span *texts; /* [unit]: the answer as JSON; a NULL at if it was never given */
    size_t keys_cap, texts_cap;
    bool multiple; /* some coding is a list */
    struct arena arena;
    struct buf scratch, decoded;
};

/* NAMES are kept by the caller. */
void codings_init(struct codings *c, struct span *names, size_t count);

/* The number of the unit with KEY, new or known; JSON is its key for people. */
size_t codings_unit(struct codings *c, struct span key, struct span json);

/* The answer that unit is, if it is not known yet. */
void codings_text(struct codings *c, size_t unit, const struct value *text);

/* CODER's coding of UNIT. NULL if it was taken in, else what is wrong with it. */
const char *codings_add(struct codings *c, size_t unit, size_t coder, const struct value *v);

static inline const struct coding *codings_at(const struct codings *c, size_t unit, size_t coder)
{
    return &c->by_unit[unit * c->coder_count + coder];
}

bool coding_has(const struct coding *coding, size_t code);

/* Whether the two hold the same codes, in any order. Neither may be a gap. */
bool coding_same(const struct coding *a, const struct coding *b);

void codings_free(struct codings *c);

#endif
