/* reuse -- what a run takes over from the results that are there (--from results). */
#ifndef REUSE_H
#define REUSE_H

#include "settings_read.h"

struct reuse {
    const char *old;         /* the folder of the last results */
    const char *staging;     /* and the one being made */
    const char *stats;       /* in it: where the stages leave their counts */
    const char *yes_no_book; /* or NULL */
};

/* Takes the merged records and all before them over, with their counts, if nothing that they
 * were made of has changed since, by the hashes in the manifest. False if something has:
 * then REASON says what, and nothing was taken. */
bool reuse_merged(const struct reuse *u, const struct settings *s, struct buf *reason);

#endif
