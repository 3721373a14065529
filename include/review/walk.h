/* walk -- items decided one after the other on a terminal, by single keys.
 *
 * FILE is written after each key, whole beside it and then renamed, so that nothing is lost however
 * the program ends. What stands in it already is taken up, and its rows about other things stay. */
#ifndef WALK_H
#define WALK_H

#include "review/items.h"

struct walk {
    struct items *items;
    const char *file, *coder;
    const struct opt_list *decided; /* files of what was decided before */
    bool colours;
};

/* Until the person leaves; the number of items that are decided. B gets what FILE holds. */
size_t walk_items(const struct walk *w, struct buf *b);

#endif
