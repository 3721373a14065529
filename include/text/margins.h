/* margins -- whether a line at the edge of several pages is the page's and not the letter's. */
#ifndef MARGINS_H
#define MARGINS_H

#include "base/span.h"

/* Whether LINE, which stands alike at the same edge of PAGES pages, is a header or a footer. Three
 * pages are evidence enough for a line of words. Two may end in the same answer ("Not held", "The
 * Trust does not record this."): there it must look like one as well, with a number, an address, a
 * name's capitals or far to the right. */
bool margins_repeat(struct span line, size_t pages);

#endif
