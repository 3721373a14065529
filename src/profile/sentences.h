/* sentences -- columns of answers to "how many", some of which are sentences that state a figure.
 */
#ifndef SENTENCES_H
#define SENTENCES_H

#include "profile/guess.h"

/* Makes of G, the guess about C so far, that of such a column if it asks for a figure, is not of
 * numbers already, and half of its values state one. */
void sentences_look(const struct column *c, struct guess *g);

/* The values that state none, with their counts. The caller frees them. */
struct column_counted sentences_others(const struct column *c);

#endif
