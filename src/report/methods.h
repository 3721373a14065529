/* methods -- how the figures of a study were made, in the words of a paper's methods section,
 * from what its cells and tests say of themselves. */
#ifndef METHODS_H
#define METHODS_H

#include "report/results.h"

enum methods_kind {
    METHODS_TEXT,
    METHODS_ITEM,    /* of the list that the paragraph before it begins */
    METHODS_FAMILIES /* the tests that were adjusted together, by name */
};

struct methods_part {
    struct span text; /* kept by the study */
    enum methods_kind kind;
};

struct methods {
    struct methods_part *parts;
    size_t count, cap;
};

/* The paragraphs in their order. */
struct methods methods_of(struct results *s);

void methods_free(struct methods *m);

/* Whether there is a part I and it is an item. */
bool methods_is_item(const struct methods *m, size_t i);

/* Whether a form without a place of its own for them tells them: where there are tests of
 * chisq, since what a percentage is of and how its interval is made stands below each table. */
bool methods_are_told(const struct results *s);

#endif
