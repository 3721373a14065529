/* wrap -- text broken into lines of so many columns. */
#ifndef WRAP_H
#define WRAP_H

#include "base/span.h"

/* Cuts the next line of at most WIDTH columns off TEXT, at a space where there is one, never
 * in "p = .04" or before a number; a longer word is cut. False at the end. */
bool wrap_next(struct span *text, size_t width, struct span *line);

/* The same for the sentence of a test: a line ends behind a comma outside of brackets, so that no
 * name stands on another line than its figures; a part wider than WIDTH is cut as other text. */
bool wrap_next_part(struct span *text, size_t width, struct span *line);

/* Takes the first such part off TEXT, the comma and the space behind it included. False at the
 * end. */
bool wrap_part(struct span *text, struct span *part);

/* How much of a part is the name with its figure, before the interval in brackets. */
size_t wrap_figure(struct span part);

/* The number of lines. */
size_t wrap_count(struct span text, size_t width);

#endif
