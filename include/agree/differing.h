/* differing -- the list of answers that coders did not code alike, with all codings. */
#ifndef DIFFERING_H
#define DIFFERING_H

#include "agree/ratings.h"
#include "stream/output.h"

/* Lists them in OUT, unless that is NULL; FIELD is told if it has an at. Gives their number. */
size_t differing_list(const struct ratings *c, struct span field, struct output *out);

#endif
