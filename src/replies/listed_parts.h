/* listed_parts -- what the files of listed share; nobody else's business. */
#ifndef LISTED_PARTS_H
#define LISTED_PARTS_H

#include "finder_parts.h"

/* An answer of a list: what stands before it, where that tells, and its own bytes. */
struct listed_item {
    size_t start, named; /* of what names it; as long as nothing where nothing does */
    size_t from, to;
    size_t ordinal; /* that it is called by, from 1; 0 if by none */
};

struct listed {
    struct finder *f;
    struct listed_item *at;
    size_t count, cap;
    struct arena arena;
};

struct listed_item *listed_add(struct listed *s, struct listed_item it);

/* Gives the answers to the questions: PAIRED[i] is that of item I, or QUESTIONS_NONE. */
void listed_take(struct listed *s, const uint32_t *paired, enum finding_how how, float score);

/* Gives item I to all COUNT questions from FIRST on. */
void listed_take_item(struct listed *s, size_t i, uint32_t first, size_t count,
                      enum finding_how how, float score);

/* Names, then answers, in the bytes [START, END): "Cameras: 44. Toilets: none." */
bool listed_named(struct listed *s, size_t start, size_t end);

/* Ordinals, in the whole letter: "First, we own two. Secondly, ..." */
bool listed_ordinals(struct listed *s);

#endif
