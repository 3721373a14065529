/* kinds -- words that say what kind of body a name is one of.
 *
 * Such words tell little: that two are councils is nothing for them. But some exclude each other:
 * Newcastle College is not Newcastle University. */
#ifndef KINDS_H
#define KINDS_H

#include <stdint.h>

#include "base/span.h"

enum kinds_class {
    KINDS_COUNCIL = 1,
    KINDS_UNIVERSITY = 2,
    KINDS_COLLEGE = 4,
    KINDS_POLICE = 8,
    KINDS_FIRE = 16,
    KINDS_HEALTH = 32,
    KINDS_COMPANY = 64
};

/* Is WORD one that says the kind? */
bool kinds_has(struct span word);

/* The classes that the words of FORM (organisation.h) are of, as bits; 0 if it does not say. */
uint32_t kinds_of(struct span form);

#endif
