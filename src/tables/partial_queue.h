/* partial_queue -- parts with numbers, kept until all are there: they may come in any order, but
 * count in theirs, since values stand in the order of their first appearance. Nobody else's
 * business. Memory: the parts' lines. */
#ifndef PARTIAL_QUEUE_H
#define PARTIAL_QUEUE_H

#include "stream/scan.h"
#include "tables/partial.h"

struct partial_kept {
    struct partial_part part;
    const char *file; /* where it began */
    size_t line;
    struct buf bytes; /* its lines */
    size_t at;        /* of the next line in BYTES */
    struct scan scan;
};

struct partial_queue {
    struct partial_kept *parts;
    size_t count, cap;
    bool open;       /* the last of the parts has not ended */
    bool skips_open; /* nor has one without a number */
    size_t unnumbered, records;
    const char *unnumbered_file;
    size_t unnumbered_line;
    struct intern seen; /* the records' hashes */
    struct buf scratch;
};

/* Whether R belongs to a part with a number, and was kept. */
bool partial_queue_take(struct partial_queue *q, const struct record *r);

/* Puts the parts in order and WHOLE to what they are together. A part twice, missing or of another
 * cut ends the program. The number of parts, those without a number too. */
size_t partial_queue_sort(struct partial_queue *q, struct partial_part *whole,
                          enum partial_wants wants);

/* The next line of the part, of which LINE is the number within it. */
bool partial_kept_next(struct partial_kept *k, size_t *line, struct record *r);

void partial_queue_free(struct partial_queue *q);

#endif
