/* places -- the words of a PDF's pages with their places, as `pdftotext -bbox-layout` tells them.
 *
 * The text of a word is good as long as the arena. */
#ifndef PLACES_H
#define PLACES_H

#include "base/arena.h"
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

#endif
