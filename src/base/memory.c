#include "base/memory.h"

#include <stdlib.h>
#include <string.h>

#include "base/fail.h"

static void *checked(void *at)
{
    if (!at)
        fail_memory();
    return at;
}

void *memory_alloc(size_t size)
{
    return checked(malloc(size ? size : 1));
}

void *memory_grow(void *at, size_t size)
{
    return checked(realloc(at, size ? size : 1));
}

char *memory_copy(const char *text)
{
    return checked(strdup(text));
}

void memory_free(void *at)
{
    free(at);
}
