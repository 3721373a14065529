/* numeral -- numbers in words. */
#ifndef NUMERAL_H
#define NUMERAL_H

#include "base/span.h"

/* The bytes of the word at the start of TEXT, in any case, that is a number from one to twenty, and
 * in *NUMBER what it counts; 0 if there is none. */
size_t numeral_read(struct span text, size_t *number);

/* The same for words that go together to a number below a thousand million: "forty-four", "a
 * hundred and four", "two million, three hundred thousand". */
size_t numeral_phrase(struct span text, size_t *number);

#endif
