/* walking -- a person's way through the items on a terminal: what is drawn, asked and decided. */
#ifndef REVIEW_WALKING_H
#define REVIEW_WALKING_H

#include "review/walk.h"
#include "saved.h"

struct undo {
    size_t at;
    struct item before;
};

struct walking {
    const struct walk *w;
    struct items *items;
    struct saved saved;
    size_t at, rows, columns, skip; /* skip: lines of the screen above what is shown */
    struct undo *past;
    size_t past_count, past_cap;
    struct buf screen, entry, shown;
    char date[16];
    const char *said;
    bool helping; /* the keys are shown instead of the item */
};

static inline struct item *walking_item(struct walking *k)
{
    return &k->items->at[k->at];
}

/* The item, or the keys, and QUESTION, if it is not empty, at the foot. */
void walking_draw(struct walking *k, struct span question);

/* A line that the person types; false if it was left by Esc or is empty. */
bool walking_ask(struct walking *k, const char *question, struct span *answer);

/* The same for a code: the one that what was typed stands for, which is shown along; the arrows
 * go to others that hold what was typed. CODE without an at: there is none. */
bool walking_ask_code(struct walking *k, const char *question, struct span *code);

#endif
