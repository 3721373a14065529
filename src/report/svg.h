/* svg -- a drawing as SVG, in a page or as a file of its own. */
#ifndef SVG_H
#define SVG_H

#include "drawing.h"

enum svg_place {
    SVG_PAGE, /* coloured by the page's style: class "p3" is paint 3 */
    SVG_FILE  /* whole, in the colours of white paper */
};

/* MM is the width of a file. */
void svg_write(struct buf *b, const struct drawing *d, enum svg_place place, double mm);

#endif
