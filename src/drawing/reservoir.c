/* reservoir -- some of the records, each with the same chance. */
#include "drawing/reservoir.h"

#include <stdlib.h>

#include "base/arena.h"

void reservoir_init(struct reservoir *s, size_t most, size_t seed)
{
    *s = (struct reservoir){.most = most};
    prng_init(&s->random, seed);
}

/* The place for the record that comes next, or NULL if it is not drawn. */
static struct reservoir_kept *draw_place(struct reservoir *s)
{
    if (s->count == s->most) {
        uint64_t place = prng_below(&s->random, (uint64_t)s->seen + 1);
        return place < s->count ? &s->kept[place] : NULL;
    }
    s->kept = array_grow(s->kept, &s->cap, s->count + 1, sizeof *s->kept);
    s->kept[s->count] = (struct reservoir_kept){0};
    return &s->kept[s->count++];
}

void reservoir_add(struct reservoir *s, const struct record *r)
{
    struct reservoir_kept *k = draw_place(s);
    if (k) {
        k->number = s->seen;
        buf_clear(&k->line);
        record_write(&k->line, r);
    }
    s->seen++;
}

static int by_number(const void *a, const void *b)
{
    const struct reservoir_kept *x = a, *y = b;
    return (x->number > y->number) - (x->number < y->number);
}

void reservoir_sort(struct reservoir *s)
{
    if (s->count)
        qsort(s->kept, s->count, sizeof *s->kept, by_number);
}

void reservoir_free(struct reservoir *s)
{
    for (size_t i = 0; i < s->count; i++)
        buf_free(&s->kept[i].line);
    free(s->kept);
    *s = (struct reservoir){0};
}
