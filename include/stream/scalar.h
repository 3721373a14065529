/* scalar -- one spelling for each value that can be a category.
 *
 * Categories are kept and compared as JSON text, so that they keep their type
 * and can be written as they are: "yes" with its quotes, true, 3. A string with
 * escapes is spelled without those it does not need, and a number in its normal
 * form, so "\u0041" is "A" and 1.0 is 1. */
#ifndef SCALAR_H
#define SCALAR_H

#include <stdint.h>

#include "stream/record.h"

/* The spelling of V, a string, a number, true, false or null. A slice of the line where
 * that is spelled so already, else put into SCRATCH. DECODED is for strings. */
struct span scalar_spell(const struct value *v, struct buf *scratch, struct buf *decoded);

/* The text for people of a spelling: a string's without quotes and escapes. */
struct span scalar_text(struct span spelling, struct buf *scratch);

/* The double nearest to a number. False if V is not a number or too large for a double. */
bool scalar_number(const struct value *v, double *number);

/* V as a count. False if it is absent, no whole number from 0, or too large. */
bool scalar_count(const struct value *v, uint64_t *count);

/* What V is, for messages: "a string", "a list". */
const char *scalar_type_name(const struct value *v);

/* Order for sorted tables: null, false, true, numbers by size, strings by bytes. */
int scalar_order(struct span a, struct span b);

#endif
