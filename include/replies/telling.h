/* telling -- a reply as a record, and the lists beside it. */
#ifndef TELLING_H
#define TELLING_H

#include "decisions/decisions.h"
#include "replies/dossier.h"

struct telling {
    const struct questions *questions;
    const struct span *key; /* a field that gets the reply's code too, or NULL */
    double at_least;
    struct decisions *decisions; /* or NULL */

    size_t statuses[DOSSIER_UNKNOWN + 1];
    size_t answered, missing, ruled, corrections, conflicts;
    bool *met; /* by question: some reply answers it */
    struct buf missing_text, evidence;
};

/* The record of a dossier that is settled, without its line end; what came of the request. */
enum dossier_status telling_record(struct telling *t, const struct dossier *it, struct buf *b);

/* A line each: what was found and not taken; what was replaced or stands against another. */
size_t telling_unplaced(const struct telling *t, const struct dossier *it, struct buf *b);
size_t telling_clashes(struct telling *t, const struct dossier *it, struct buf *b);

void telling_free(struct telling *t);

#endif
