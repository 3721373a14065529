/* charset -- text in the encoding that a letter claims, as UTF-8.
 *
 * Claims are often wrong: what is no text in the encoding claimed is taken for UTF-8 if it is
 * that, else for windows-1252. */
#ifndef CHARSET_H
#define CHARSET_H

#include "letters/letter.h"

/* BYTES at the end of B. CLAIMED may be NULL. What was not as claimed is noted in L. */
void charset_decode(struct span bytes, const char *claimed, struct buf *b, struct letter *l);

/* The charset that the head of an HTML page names, in NAME (of SIZE). False if it names none. */
bool charset_of_page(struct span page, char *name, size_t size);

#endif
