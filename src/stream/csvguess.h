/* csvguess -- what the start of a file says about its separator and where its headers stand. */
#ifndef CSVGUESS_H
#define CSVGUESS_H

#include "stream/csvin.h"

enum csvguess_from {
    CSVGUESS_FIRST, /* the first row is the headers, or a row like all others */
    CSVGUESS_FIND   /* titles may stand above */
};

struct csvguess {
    char separator;
    char tied;     /* another that fits equally well; '\0' for none */
    size_t header; /* lines above the headers */
};

/* The separator among SEPARATORS with which the rows that C holds agree best on a number of
 * columns. If some agree equally well, it is the one that makes most columns, then the one
 * that is less often followed by a space, as in sentences, then the earlier of SEPARATORS; if none
 * makes columns, the comma. */
struct csvguess csvguess_find(struct csvin *c, const char *separators, enum csvguess_from from);

/* The place behind the last cell that has text, in the rows of TEXT, cut by ROW's separator. */
size_t csvguess_filled(struct csvrow *row, struct span text, bool last);

#endif
