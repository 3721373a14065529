/* items -- what there is to decide in records, for the terminal. The page makes the same of them in
 * its script (items.js). */
#ifndef ITEMS_H
#define ITEMS_H

#include "base/arena.h"
#include "codebook/codebook.h"
#include "drawing/reservoir.h"

struct item_mark {
    size_t start, end; /* in the text, in bytes */
    bool negated;
};

struct item {
    struct span kind, by, reply, field, text, was, shown, settles;
    struct span value, comment, coder, date; /* decided: value.at, or comment.at */
    struct span sides[9];                    /* to choose from, by the keys 1 to 9 */
    size_t side_count;
    struct item_mark *marks;
    size_t mark_count;
    struct span told;    /* lines about negated mentions */
    struct span context; /* "name: value" lines, of the rest of the record */
    size_t target;       /* of the codebook, or SIZE_MAX */
    bool is_code, is_pair, is_negated;
    int urgency;
};

struct items {
    struct item *at;
    size_t count, cap;
    const struct codebook *book; /* NULL: none */
    struct span key;             /* the field that names coded records */
    bool blind;
    struct arena arena;
    struct buf scratch, text;
};

/* The first field that every coded record of LINES has and in which no value comes twice; empty if
 * there is none. */
struct span items_key(struct items *all, const struct reservoir *lines);

/* The items of one record, a JSON object. */
void items_add(struct items *all, struct span line);

/* Those that need a person first come first; of WHICH ("uncoded", ...) alone, "all" for all. */
void items_sort(struct items *all, struct span which);

void items_free(struct items *all);

#endif
