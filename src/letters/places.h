/* places -- the words of a PDF's pages with their places, as `pdftotext -bbox-layout` tells them.
 *
 * The text of a word is good as long as the arena. */
#ifndef PLACES_H
#define PLACES_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/span.h"

struct place {
    double left, right, top, bottom; /* points from the page's top left corner */
    struct span text;
    size_t line; /* among the page's, from the top */
};

struct places {
    struct place *at;
    size_t count;
};

/* The words of the next page of TOLD, from *AT on, by line and from the left. False if there is no
 * more page; a page of more than PLACES_MAX words has none. */
#define PLACES_MAX 20000
bool places_next(struct span told, size_t *at, struct places *p, struct arena *a);

/* Writes one page of a layout, with the places of its words. */
typedef void places_put(struct span page, const struct places *p, struct buf *out);

/* Has PUT write each page of TEXT, laid out, with what is TOLD of places; a page without any is
 * copied. */
void places_each(struct span text, struct span told, places_put *put, struct buf *out);

/* The words of one height, from the left. */
struct places_line {
    const struct place *words;
    size_t count;
    double middle;
};

/* The lines of P from the top, COUNT of them; they are good as long as the arena. */
struct places_line *places_lines(const struct places *p, size_t *count, struct arena *a);

/* The bytes of all words in LINES from FROM up to TO, which is the same in any layout of them. */
size_t places_letters(const struct places_line *lines, size_t from, size_t to);

/* The start of the line of a laid out page, from AT on, that COUNT letters stand before; NULL if
 * they end within one. */
const char *places_behind(const char *at, const char *end, size_t count);

#endif
