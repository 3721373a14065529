/* partner -- which fields of two tables hold the same keys. */
#ifndef PARTNER_H
#define PARTNER_H

#include "base/buf.h"

/* Looks through both files of records, and writes one line for people's scripts at the end of B:
 *
 *     same                  both have the same fields: two parts of one table
 *     key LEFT RIGHT M OF EXACT     field LEFT of the first is a key of its own and holds the keys
 *                                   that RIGHT has; M of OF records find one, EXACT of them as both
 *                                   are written
 *     field LEFT RIGHT M OF EXACT   the same, but several records of the first have one value
 *     many LEFT                     several records of the second hold a key that LEFT has
 *     none
 *
 * with tabs between. Texts are compared trimmed and in any case. */
void partner_find(const char *left, const char *right, struct buf *b);

#endif
