#include "base/arena.h"

#include <stdalign.h>
#include <stdint.h>
#include <stdlib.h>

#include "base/fail.h"
#include "base/watched.h"

/* Blocks double up to the second: there are tables of thousands of columns with an arena each. */
#define FIRST_BYTES ((size_t)1024)
#define BLOCK_BYTES ((size_t)64 * 1024)

struct arena_block {
    struct arena_block *next;
    size_t size;
    alignas(max_align_t) char bytes[];
};

static void add_block(struct arena *a, size_t needed)
{
    size_t size = a->blocks ? a->blocks->size : FIRST_BYTES / 2;
    size = size > BLOCK_BYTES / 2 ? BLOCK_BYTES : 2 * size;
    if (size < needed || WATCHED)
        size = needed;
    if (size > SIZE_MAX - sizeof(struct arena_block))
        fail_memory();
    struct arena_block *block = malloc(sizeof *block + size);
    if (!block)
        fail_memory();
    block->next = a->blocks;
    block->size = size;
    a->blocks = block;
    a->at = block->bytes;
    a->end = block->bytes + size;
}

static char *take(struct arena *a, size_t size)
{
    if (!a->at || (size_t)(a->end - a->at) < size)
        add_block(a, size);
    char *at = a->at;
    a->at += size;
    return at;
}

void *arena_alloc(struct arena *a, size_t size)
{
    size_t align = alignof(max_align_t);
    if (size > SIZE_MAX - align)
        fail_memory();
    if (size == 0)
        size = 1;
    size_t skip = a->at ? (align - (uintptr_t)a->at % align) % align : 0;
    size_t left = a->at ? (size_t)(a->end - a->at) : 0;
    if (left < skip || left - skip < size)
        add_block(a, size); /* which starts aligned */
    else
        a->at += skip;
    char *at = take(a, size);
    memset(at, 0, size);
    return at;
}

void *arena_array(struct arena *a, size_t count, size_t size)
{
    if (size && count > SIZE_MAX / size)
        fail_memory();
    return arena_alloc(a, count * size);
}

struct span arena_copy(struct arena *a, struct span text)
{
    if (text.len == 0)
        return (struct span){"", 0};
    char *at = take(a, text.len);
    memcpy(at, text.at, text.len);
    return (struct span){at, text.len};
}

const char *arena_text(struct arena *a, struct span text)
{
    if (text.len == SIZE_MAX)
        fail_memory();
    char *at = take(a, text.len + 1);
    if (text.len)
        memcpy(at, text.at, text.len);
    at[text.len] = '\0';
    return at;
}

void arena_clear_used(struct arena *a)
{
    if (WATCHED) {
        arena_free(a);
        return;
    }
    struct arena_block *keep = a->blocks;
    while (keep->next) {
        struct arena_block *next = keep->next;
        keep->next = next->next;
        free(next);
    }
    a->at = keep->bytes;
    a->end = keep->bytes + keep->size;
}

void arena_free(struct arena *a)
{
    for (struct arena_block *block = a->blocks; block;) {
        struct arena_block *next = block->next;
        free(block);
        block = next;
    }
    *a = (struct arena){0};
}

void *array_grow_more(void *at, size_t *cap, size_t needed, size_t size)
{
    size_t grown = WATCHED ? needed + needed / 8 : *cap ? *cap : 4; /* many are of one or two */
    while (grown < needed) {
        if (grown > SIZE_MAX / 2)
            fail_memory();
        grown *= 2;
    }
    if (size && grown > SIZE_MAX / size)
        fail_memory();
    void *moved = realloc(at, grown * size);
    if (!moved)
        fail_memory();
    *cap = grown;
    return moved;
}
