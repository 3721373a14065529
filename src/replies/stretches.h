/* stretches -- the text of an answer, out of a stretch of a letter. */
#ifndef STRETCHES_H
#define STRETCHES_H

#include "paper.h"

/* The stretch [START, END) at the end of B: without "Answer:" and bullets in front; lines that a
 * page's width broke are joined, others keep their line feed. *AT is set to the byte where
 * it starts. */
void stretches_text(const struct paper *l, size_t start, size_t end, struct buf *b, size_t *at);

/* Whether LINE goes on with the sentence of the line before it. */
bool stretches_continues(const struct paper *l, size_t line);

/* Whether LINE begins within a sentence: the line above ends in the middle of the page's width, so
 * to speak, and this one with a small letter. No formula or heading begins there. */
bool stretches_wraps(const struct paper *l, size_t line);

/* The end of the sentence that starts at START, at END at the latest. */
size_t stretches_sentence(const struct paper *l, size_t start, size_t end);

/* The sentence that byte AT is in, within its paragraph. */
void stretches_around(const struct paper *l, size_t at, size_t *start, size_t *end);

/* The end of the first paragraph of the stretch, and the number of its paragraphs. */
size_t stretches_paragraph(const struct paper *l, size_t start, size_t end, size_t *paragraphs);

#endif
