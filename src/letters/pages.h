/* pages -- the text of a laid out document, with what only the paper needed undone.
 *
 * Page headers, footers and page numbers that repeat go into the margins; words that were cut at
 * the end of a line are whole again; gaps between the columns of a table are tabs. Only what the
 * pages themselves show is undone. */
#ifndef PAGES_H
#define PAGES_H

#include "letters/letter.h"

/* TEXT has its pages ended by form feeds. Fills the text, margins, pages and notes of L. */
void pages_read(struct span text, struct letter *l);

#endif
