/* saved -- decisions.csv, taken up and written again. */
#ifndef REVIEW_SAVED_H
#define REVIEW_SAVED_H

#include "decisions/decisions.h"
#include "review/items.h"

/* A row that is saved along; where an item stands at its place, on another text, until that one is
 * decided. */
struct saved_other {
    size_t row, item; /* SIZE_MAX: none */
};

struct saved {
    const char *file;
    struct decisions decisions; /* as they stood in FILE */
    struct saved_other *others; /* rows that no item takes up */
    size_t other_count, cap;
    struct buf lock; /* the name of the file that only one person's program holds */
};

/* FILE is this program's until saved_free(), whatever ends it; another that holds it is status 1.
 *
 * Takes up what the files DECIDED say about the items, where these are still the same (of a blind
 * CODER their own alone), then what FILE says, if it is there. One that holds something else is
 * status 2. */
void saved_load(struct saved *k, const char *file, const struct opt_list *decided,
                const char *coder, struct items *items);

/* The file as it is now, in B. */
void saved_add(const struct saved *k, const struct items *items, struct buf *b);

/* The same to the file; false with errno if that failed. */
bool saved_write(const struct saved *k, const struct items *items);

void saved_free(struct saved *k);

#endif
