/* intern64 -- from whole numbers to 0, 1, 2, ... in the order of their first coming.
 *
 * What intern is for byte strings: the index is the value, and callers keep counts
 * in arrays of their own at that index. A zeroed struct is empty. 8 bytes a key
 * and 4 bytes a slot at a load of at most 3/4. */
#ifndef INTERN64_H
#define INTERN64_H

#include <stddef.h>
#include <stdint.h>

#define INTERN64_NONE SIZE_MAX

struct intern64 {
    uint64_t *keys; /* by index */
    size_t count, keys_cap;
    uint32_t *slots; /* an index plus one; 0 is a free slot */
    size_t slots_cap;
    unsigned shift; /* 64 less the bits of slots_cap, a power of two */
};

/* The index of KEY, or INTERN64_NONE. */
size_t intern64_find(const struct intern64 *t, uint64_t key);

/* The index of KEY, added if new: then it equals the count from before. */
size_t intern64_add(struct intern64 *t, uint64_t key);

void intern64_free(struct intern64 *t);

#endif
