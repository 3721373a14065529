/* numbering -- the labels of lists that a program numbers by itself, as it shows them. */
#ifndef NUMBERING_H
#define NUMBERING_H

#include "base/buf.h"
#include "base/intern.h"

#define NUMBERING_LEVELS 10

struct numbering_level {
    struct span format; /* "decimal", "lowerLetter", ...; empty is none */
    struct span text;   /* "%1.%2" */
    size_t start;
    bool legal; /* all numbers in decimal */
};

struct numbering_list {
    struct numbering_level levels[NUMBERING_LEVELS];
    size_t counts[NUMBERING_LEVELS];
    bool begun[NUMBERING_LEVELS];
};

/* Counts the list on at LEVEL and puts the label at the end of B, with a space behind it. */
void numbering_label(struct numbering_list *list, size_t level, struct buf *b);

#endif
