/* reservoir -- some of the records, each with the same chance.
 *
 * The first N records are kept, and record number i takes the place of one of them with the chance
 * N / i (algorithm R of Vitter 1985, "Random sampling with a reservoir"). The same input and seed
 * give the same records on every machine. Memory: the N records. */
#ifndef RESERVOIR_H
#define RESERVOIR_H

#include "stats/prng.h"
#include "stream/record.h"

struct reservoir_kept {
    size_t number; /* of the record, from 0 */
    struct buf line;
};

struct reservoir {
    struct reservoir_kept *kept;
    size_t count, cap;
    size_t most, seen;
    struct prng random;
};

void reservoir_init(struct reservoir *s, size_t most, size_t seed);
void reservoir_add(struct reservoir *s, const struct record *r);

/* After the last record: what was drawn stands in the order of the input. */
void reservoir_sort(struct reservoir *s);

void reservoir_free(struct reservoir *s);

#endif
