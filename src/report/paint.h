/* paint -- a drawing on paper or as pixels, by Cairo and Pango. Only where they were found when
 * the project was built: PAINT_IS_THERE. */
#ifndef PAINT_H
#define PAINT_H

#include "drawing.h"

#ifdef HAVE_PANGOCAIRO
#define PAINT_IS_THERE true
#else
#define PAINT_IS_THERE false
#endif

enum paint_form { PAINT_PDF, PAINT_PNG };

/* The bytes of the file at the end of B. The picture is MM wide; DPI is of a PNG. NULL but in the
 * program that is linked with the libraries, see full.h. */
void paint_write(struct buf *b, const struct drawing *d, enum paint_form form, double mm,
                 double dpi) __attribute__((weak));

#endif
