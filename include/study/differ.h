/* differ -- what changed between two results of a study.
 *
 * Records are compared by the study's key, field by field; cells by their table, value and
 * group; tests by their table. Memory: the older side's lines. */
#ifndef DIFFER_H
#define DIFFER_H

#include <stdbool.h>

#include "stream/output.h"

/* Writes what differs between the results in the folders OLD and NEW, a line each. Gives
 * whether anything does. */
bool differ_results(const char *old, const char *new, struct output *out);

#endif
