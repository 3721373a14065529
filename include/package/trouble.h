/* trouble -- why a document cannot be read.
 *
 * A document is not the program's own input: one that is broken becomes a record
 * with a reason, or a message of the program that was asked for just that one. So
 * nothing that reads documents ends the program; it fills a struct trouble. */
#ifndef TROUBLE_H
#define TROUBLE_H

#include "base/buf.h"

enum trouble_kind {
    TROUBLE_NONE,
    TROUBLE_SCANNED,
    TROUBLE_ENCRYPTED,
    TROUBLE_CORRUPT,
    TROUBLE_UNSUPPORTED,
    TROUBLE_TOO_LARGE
};

struct trouble {
    enum trouble_kind kind;
    struct buf what; /* for people */
};

/* "scanned", "encrypted", ...; the word of a record's reason. */
const char *trouble_word(enum trouble_kind kind);

/* The first trouble is kept: what follows from it says nothing new. */
void trouble_set(struct trouble *t, enum trouble_kind kind, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

void trouble_clear(struct trouble *t);
void trouble_free(struct trouble *t);

#endif
