/* postings -- an index from 32-bit keys to pairs of numbers, as one sorted array. */
#include "match/postings.h"

#include <stdlib.h>

#include "base/arena.h"

#define PART 65536 /* entries: qsort() takes as much memory again as what it sorts */
#define STEP 16    /* entries to a step of the index, or so */

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

static void sort_each_once(struct postings *p)
{
    size_t kept = 0;
    sort_from(p->at, p->count, 32);
    for (size_t i = 0; i < p->count; i++)
        if (kept == 0 || by_key(&p->at[kept - 1], &p->at[i]) != 0)
            p->at[kept++] = p->at[i];
    p->count = kept;
}

void postings_add(struct postings *p, uint32_t key, uint32_t a, uint32_t b)
{
    if (p->count == p->cap) {
        if (p->count >= PART)
            sort_each_once(p); /* most may stand there twice */
        if (p->count >= p->cap / 2)
            p->at = array_grow(p->at, &p->cap, p->cap + 1, sizeof *p->at);
    }
    p->at[p->count++] = (struct posting){key, a, b};
}

/* Keys are parted by their leading bits into steps. */
void postings_sort(struct postings *p)
{
    sort_each_once(p);
    p->steps = 0;
    if (p->count == 0)
        return;
    uint32_t last = p->at[p->count - 1].key;
    for (p->shift = 0; last >> p->shift > p->count / STEP + 1; p->shift++)
        ;
    size_t steps = (last >> p->shift) + 1;
    p->first = array_grow(p->first, &p->first_cap, steps + 1, sizeof *p->first);
    for (size_t i = 0; i < p->count; i++)
        while (p->steps <= p->at[i].key >> p->shift)
            p->first[p->steps++] = i;
    p->first[steps] = p->count;
}

const struct posting *postings_find(const struct postings *p, uint32_t key, size_t *count)
{
    size_t step = key >> p->shift;
    *count = 0;
    if (step >= p->steps)
        return NULL;
    size_t low = p->first[step], high = p->first[step + 1], end = high;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (p->at[middle].key < key)
            low = middle + 1;
        else
            high = middle;
    }
    while (low + *count < end && p->at[low + *count].key == key)
        ++*count;
    return *count ? p->at + low : NULL;
}

void postings_free(struct postings *p)
{
    free(p->at);
    free(p->first);
    *p = (struct postings){0};
}
