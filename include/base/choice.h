/* choice -- words beside the values they stand for.
 *
 * One table serves the option that takes the word, the file that may hold it and the
 * output that prints it; word and value stand in one row, so that no order ties them. */
#ifndef CHOICE_H
#define CHOICE_H

#include "base/buf.h"

struct choice {
    const char *word; /* NULL in the row behind the last */
    int value;
};

/* Whether WORD is one of CHOICES; *VALUE is then what it stands for. */
bool choice_find(const struct choice *choices, struct span word, int *value);

/* The word of VALUE, which must have one. */
const char *choice_word(const struct choice *choices, int value);

/* Adds all words as "keep|drop|reject", or with another SEPARATOR. */
void choice_list(struct buf *b, const struct choice *choices, const char *separator);

#endif
