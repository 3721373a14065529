/* constraint -- the constraints of a schema's field on one value. */
#ifndef CONSTRAINT_H
#define CONSTRAINT_H

#include "schema/cast.h"

/* Scratch space, zeroed to start. */
struct constraint {
    struct buf spelled, decoded;
    struct buf why; /* what is wrong: "'12' is more than the maximum 10" */
};

/* Whether the value in C, which is not missing, is allowed in F. */
bool constraint_holds(struct constraint *k, const struct schema_field *f, const struct cast *c);

/* Whether the string TEXT is one of the values that the field F lists. */
bool constraint_lists(struct constraint *k, const struct schema_field *f, struct span text);

void constraint_free(struct constraint *k);

#endif
