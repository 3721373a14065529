/* formulas_parts -- what the files of formulas share; nobody else's business. */
#ifndef FORMULAS_PARTS_H
#define FORMULAS_PARTS_H

#include "formulas.h"

/* How much of its line a formula must be. */
enum extent {
    BEGINS, /* the beginning of the line or of a sentence */
    WHOLE,  /* all of it but marks: a heading, a close */
    LEADS,  /* all of it, or the line ends in a colon */
    ASKS    /* the same, or a colon stands behind it */
};

struct formulas_row {
    enum formula kind;
    enum extent extent;
    const char *pattern;
};

struct formulas_part {
    enum formula kind;
    const char *pattern;
};

/* Those at the start of a line or of a sentence, and those anywhere. */
extern const struct formulas_row formulas_starts[];
extern const size_t formulas_start_count;
extern const struct formulas_part formulas_anywhere[];
extern const size_t formulas_anywhere_count;

#endif
