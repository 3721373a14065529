/* denial -- sentences of replies that have no answer and cite no exemption, by their grammar.
 *
 * Not the set phrases that refusal.h knows, but what they are made of: a negated verb of
 * recording ("dates are not logged"), no records that there are ("no list was kept"), a
 * negated verb of telling ("cannot be worked out"), another who must be asked, a promise
 * of the answer, a question back. A sentence that goes on with "but" and does not deny behind it
 * has told something. English only. */
#ifndef DENIAL_H
#define DENIAL_H

#include "text/refusal.h"

enum denial {
    DENIAL_NONE,
    DENIAL_COST,        /* the limit of time or cost is named */
    DENIAL_WITHHELD,    /* it is not given */
    DENIAL_UNRECORDED,  /* it is not kept, recorded, logged */
    DENIAL_UNABLE,      /* it cannot be told from what there is */
    DENIAL_ELSEWHERE,   /* others must be asked for it */
    DENIAL_LATER,       /* it will be sent */
    DENIAL_ASKS,        /* the authority asks something itself */
    DENIAL_INAPPLICABLE /* the question does not arise */
};

struct denial_found {
    enum denial kind;
    struct span word; /* the verb or noun that is denied: a question that has it is answered */
};

/* What SENTENCE (clean, on one line, "n't" written "not") denies. R is this recogniser's own
 * room: zeroed at first, freed by refusal_free(). */
struct denial_found denial_find(struct refusal_reader *r, struct span sentence);

#endif
