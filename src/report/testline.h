/* testline -- a line of chisq taken apart, as the forms of a report need it. */
#ifndef TESTLINE_H
#define TESTLINE_H

#include "layout.h"

/* A member that is not null, or NULL. */
const json_t *testline_get(const json_t *object, const char *key);
double testline_number(const json_t *object, const char *key); /* NAN if it is none */

struct span testline_text(const json_t *string);
void testline_add_text(struct buf *b, const json_t *scalar); /* a string, a number, true, false */

/* The code among CODES that RAW, a value of JSON, is; NULL for none. */
const struct cells_code *testline_code(const struct cells_code *codes, size_t count,
                                       const json_t *raw);

/* Whether test I stands below L and has not been told. */
bool testline_is_shown(const struct results *s, size_t i, const struct layout *l);

/* "χ²(1) = 2.13", "Fisher's exact", and the p of that test, which is not always the main one. */
void testline_add_way(struct buf *b, const json_t *test);
double testline_p(const json_t *test);
const char *testline_adjust_label(const char *method);

#endif
