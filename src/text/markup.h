/* markup -- pieces of HTML, and of a workbook's own escapes, that were left in a cell. */
#ifndef MARKUP_H
#define MARKUP_H

#include "base/span.h"

/* The length of the piece that TEXT begins with, 0 if that is none: a character reference (&amp;
 * &#39; &rsquo;), a tag of HTML (<br>, </p>, <a href="...">), or Excel's _x000D_. */
size_t markup_length(struct span text);

#endif
