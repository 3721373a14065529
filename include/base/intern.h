/* intern -- from byte strings to 0, 1, 2, ... in the order of their first coming.
 *
 * The index is the value: callers keep what belongs to a key in arrays of
 * their own at that index, and walking 0..count-1 gives the order of first
 * appearance, so no hash order can ever show in an output. A zeroed struct is
 * an empty map. Cost: 8 bytes a slot at a load of at most 3/4, and a span a key. */
#ifndef INTERN_H
#define INTERN_H

#include <stdint.h>

#include "base/arena.h"
#include "base/span.h"

#define INTERN_NONE SIZE_MAX

struct intern_slot {
    uint32_t hash;
    uint32_t index; /* of the key, plus one; 0 is a free slot */
};

struct intern {
    struct span *keys; /* by index */
    size_t count, keys_cap;
    struct intern_slot *slots;
    size_t slots_cap;   /* a power of two */
    struct arena arena; /* copies of keys */
};

/* What places a key in the map, for indexes that keep their keys elsewhere. It is another one
 * in each process, by secret numbers of the system, so that nobody can make keys that all meet in
 * one place; the order of nothing may depend on it. */
uint32_t intern_hash(struct span key);

/* The same of a whole number, all 64 bits of it mixed. */
uint64_t intern_mix(uint64_t key);

/* The index of KEY, or INTERN_NONE. */
size_t intern_find(const struct intern *m, struct span key);

/* The index of KEY, added if new: then it equals the count from before.
 * intern_add() copies a new key; intern_add_borrowed() leaves it to the caller to
 * keep the bytes. At most 2^32 - 2 keys; more end the program. */
size_t intern_add(struct intern *m, struct span key);
size_t intern_add_borrowed(struct intern *m, struct span key);

void intern_clear(struct intern *m); /* empty again, memory kept */
void intern_free(struct intern *m);

#endif
