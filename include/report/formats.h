/* formats -- what report can print: one row a format. */
#ifndef FORMATS_H
#define FORMATS_H

#include "report/results.h"

struct format {
    const char *name;
    void (*write)(struct results *s, struct filter *f); /* all of S into F's output */
    bool lines;        /* whether it needs the lines as they came */
    bool apart;        /* whether intervals stand beside the text of a cell */
    const char *about; /* for the manual */
};

/* The format called NAME, or the end of the program with a message that lists them. */
const struct format *formats_find(const char *name);

/* A line for each, with what it is. */
void formats_list(struct buf *b);

#endif
