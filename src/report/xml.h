/* xml -- text in HTML and SVG. */
#ifndef XML_H
#define XML_H

#include "base/buf.h"

/* TEXT escaped for content and for values in double quotes. */
void xml_add(struct buf *b, struct span text);

/* NAME as an id or the end of one: other characters than letters and digits as _HH. */
void xml_add_id(struct buf *b, struct span name);

#endif
