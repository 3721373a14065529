/* postings -- an index from 32-bit keys to pairs of numbers, as one sorted array.
 *
 * Built whole, then asked: 12 bytes an entry, where a map of lists takes several
 * times that. A key may be a hash, so what is found must still be compared. A zeroed struct
 * is empty. */
#ifndef POSTINGS_H
#define POSTINGS_H

#include <stddef.h>
#include <stdint.h>

struct posting {
    uint32_t key, a, b;
};

struct postings {
    struct posting *at;
    size_t count, cap;
    size_t *first; /* of each step: its first entry, and behind the last one the count */
    size_t steps, first_cap;
    unsigned shift; /* of a key, to its step */
};

void postings_add(struct postings *p, uint32_t key, uint32_t a, uint32_t b);

/* Sorts, and drops what stands there twice. To be called before anything is looked for. */
void postings_sort(struct postings *p);

/* The entries of KEY, by A and B: the first, and in COUNT how many. */
const struct posting *postings_find(const struct postings *p, uint32_t key, size_t *count);

void postings_free(struct postings *p);

#endif
