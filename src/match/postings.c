/* postings -- an index from 32-bit keys to pairs of numbers, as one sorted array. */
#include "match/postings.h"

#include <stdlib.h>

#include "base/arena.h"

#define PART 65536 /* entries: qsort() takes as much memory again as what it sorts */

void postings_add(struct postings *p, uint32_t key, uint32_t a, uint32_t b)
{
    if (p->count == p->cap) {
        if (p->count >= PART)
            postings_sort(p); /* most may stand there twice */
        if (p->count >= p->cap / 2)
            p->at = array_grow(p->at, &p->cap, p->cap + 1, sizeof *p->at);
    }
    p->at[p->count++] = (struct posting){key, a, b};
}

static int by_key(const void *x, const void *y)
{
    const struct posting *p = x, *q = y;
    if (p->key != q->key)
        return p->key < q->key ? -1 : 1;
    if (p->a != q->a)
        return p->a < q->a ? -1 : 1;
    return (p->b > q->b) - (p->b < q->b);
}

/* By the bits of the key from BIT on, in place, down to parts that qsort() may copy. */
static void sort_from(struct posting *at, size_t count, unsigned bit)
{
    while (count > PART && bit-- > 0) {
        size_t low = 0, high = count;
        while (low < high) {
            if (at[low].key >> bit & 1) {
                struct posting other = at[--high];
                at[high] = at[low];
                at[low] = other;
            } else {
                low++;
            }
        }
        sort_from(at + low, count - low, bit);
        count = low;
    }
    if (count > 1)
        qsort(at, count, sizeof *at, by_key);
}

void postings_sort(struct postings *p)
{
    size_t kept = 0;
    sort_from(p->at, p->count, 32);
    for (size_t i = 0; i < p->count; i++)
        if (kept == 0 || by_key(&p->at[kept - 1], &p->at[i]) != 0)
            p->at[kept++] = p->at[i];
    p->count = kept;
}

/* The first entry whose key is not below KEY. */
static size_t first_from(const struct postings *p, uint64_t key)
{
    size_t low = 0, high = p->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (p->at[middle].key < key)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

const struct posting *postings_find(const struct postings *p, uint32_t key, size_t *count)
{
    size_t first = first_from(p, key);
    *count = first_from(p, (uint64_t)key + 1) - first;
    return *count ? p->at + first : NULL;
}

void postings_free(struct postings *p)
{
    free(p->at);
    *p = (struct postings){0};
}
