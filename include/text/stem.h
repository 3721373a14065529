/* stem -- what is left of an English word without its endings.
 *
 * Crude on purpose: it must put "developer", "developed" and "development" together, and an
 * error only costs a word's weight. Not a linguistic stem as Porter's (1980), which
 * keeps them apart. */
#ifndef STEM_H
#define STEM_H

#include "base/span.h"

/* WORD is in lower case; a slice of it. */
struct span stem_of(struct span word);

/* Whether two words are the same but for a typing error: one letter wrong, missing, too many
 * or two exchanged, in words of at least five letters. */
bool stem_typo(struct span a, struct span b);

/* Whether two longer words begin alike: "maintains", "maintenance". */
bool stem_akin(struct span a, struct span b);

#endif
