/* residue_phrase -- a phrase that no term took, as the table of them holds it. */
#ifndef RESIDUE_PHRASE_H
#define RESIDUE_PHRASE_H

#include "coding/residue.h"

struct residue_phrase {
    struct span shown; /* as first written */
    size_t target, words;
    size_t count, last; /* records that have it, and the last of them */
    size_t missed;      /* records that may have had it before it was held */
    uint32_t beside;    /* the code that mostly stands nearest, or MENTIONS_NONE */
    size_t beside_lead; /* by how many records */
    size_t around;      /* the highest count of a longer phrase that holds it */
};

#endif
