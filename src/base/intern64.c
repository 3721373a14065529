/* intern64 -- a hash of whole numbers that remembers their order. */
#include "base/intern64.h"

#include <stdlib.h>

#include "base/arena.h"
#include "base/fail.h"
#include "base/intern.h"

#define FIRST_BITS 6 /* 64 slots */

/* By intern_hash()'s secret numbers: keys may be made from data, such as the bits of its
 * numbers. The order of nothing depends on it. */
static size_t start_of(const struct intern64 *t, uint64_t key)
{
    return (size_t)(intern_mix(key) >> t->shift);
}

/* The slot of KEY, or the free slot where it would stand. */
static uint32_t *slot_of(const struct intern64 *t, uint64_t key)
{
    size_t at = start_of(t, key);
    while (t->slots[at] && t->keys[t->slots[at] - 1] != key)
        at = (at + 1) & (t->slots_cap - 1);
    return &t->slots[at];
}

static void grow_slots(struct intern64 *t)
{
    free(t->slots);
    t->shift = t->slots_cap ? t->shift - 1 : 64 - FIRST_BITS;
    t->slots_cap = (size_t)1 << (64 - t->shift);
    t->slots = calloc(t->slots_cap, sizeof *t->slots);
    if (!t->slots)
        fail_memory();
    for (size_t i = 0; i < t->count; i++)
        *slot_of(t, t->keys[i]) = (uint32_t)(i + 1);
}

size_t intern64_find(const struct intern64 *t, uint64_t key)
{
    if (t->count == 0)
        return INTERN64_NONE;
    uint32_t index = *slot_of(t, key);
    return index ? index - 1 : INTERN64_NONE;
}

size_t intern64_add(struct intern64 *t, uint64_t key)
{
    if (t->count >= t->slots_cap / 4 * 3)
        grow_slots(t);
    uint32_t *slot = slot_of(t, key);
    if (*slot)
        return *slot - 1;
    if (t->count >= UINT32_MAX - 1)
        fail(STATUS_DATA, "more than %u distinct keys", UINT32_MAX - 1);
    t->keys = array_grow(t->keys, &t->keys_cap, t->count + 1, sizeof *t->keys);
    t->keys[t->count] = key;
    *slot = (uint32_t)++t->count;
    return t->count - 1;
}

void intern64_free(struct intern64 *t)
{
    free(t->keys);
    free(t->slots);
    *t = (struct intern64){0};
}
