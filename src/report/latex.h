/* latex -- text that every engine sets as it stands. */
#ifndef LATEX_H
#define LATEX_H

#include "base/buf.h"

/* TEXT, valid UTF-8, with what TeX would obey or a font of pdfTeX lacks in LaTeX's own words.
 * A letter that only XeTeX and LuaTeX can set stands with its number for pdfTeX. */
void latex_add(struct buf *b, struct span text);

#endif
