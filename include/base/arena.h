/* arena -- memory that is freed all at once.
 *
 * A zeroed struct is an empty arena. What it hands out stays where it is until
 * arena_free() or arena_clear(). Running out of memory ends the program. */
#ifndef ARENA_H
#define ARENA_H

#include "base/span.h"

struct arena_block;
struct arena {
    struct arena_block *blocks;
    char *at, *end;
};

void *arena_alloc(struct arena *a, size_t size);               /* aligned for any type, zeroed */
void *arena_array(struct arena *a, size_t count, size_t size); /* overflow checked, zeroed */
struct span arena_copy(struct arena *a, struct span text);     /* bytes packed, no alignment */
const char *arena_text(struct arena *a, struct span text);     /* with a NUL behind it */
void arena_clear_used(struct arena *a);                        /* for arena_clear() alone */
void arena_free(struct arena *a);

/* Empty again, one block kept. Many are cleared for every record, and hold nothing. */
static inline void arena_clear(struct arena *a)
{
    if (a->blocks)
        arena_clear_used(a);
}

/* realloc for arrays: overflow checked, ends the program when memory runs out. */
void *array_grow_more(void *at, size_t *cap, size_t needed, size_t size);
static inline void *array_grow(void *at, size_t *cap, size_t needed, size_t size)
{
    return needed <= *cap ? at : array_grow_more(at, cap, needed, size);
}

#endif
