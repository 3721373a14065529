/* wrap -- text broken into lines of so many columns. */
#ifndef WRAP_H
#define WRAP_H

#include "base/span.h"

/* Cuts the next line of at most WIDTH columns off TEXT, at a space where there is one, never
 * in "p = .04" or before a number; a longer word is cut. False at the end. */
bool wrap_next(struct span *text, size_t width, struct span *line);

/* The number of lines. */
size_t wrap_count(struct span text, size_t width);

#endif
