/* listing -- faults that are told one line each, up to a number, before the
 * program ends with status 1: a person mends a file in one go, not fault by fault. */
#ifndef LISTING_H
#define LISTING_H

#include "base/buf.h"

struct listing {
    size_t max, count; /* how many to tell, and how many there are */
    struct buf last;   /* kept back, since the last message is the one that ends the program */
};

void listing_add(struct listing *l, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Ends the program if anything was added; WHAT names those that were not told. */
void listing_end(struct listing *l, const char *what);

#endif
