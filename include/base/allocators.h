/* allocators -- for a program whose libraries cannot bear that an allocation fails.
 *
 * GLib ends by a signal then, before main() where it sets itself up; libarchive, libxlsxwriter and
 * the C library's own time zones read through a null. Included once, by the program's own file,
 * this takes the place of malloc, calloc and realloc for all of them: what fails ends the program
 * with "out of memory" and status 1. A request of ALLOCATORS_LARGE and more is handed back as ever:
 * a size that a document claims is looked at by whoever asks for it. Sanitizers have allocators of
 * their own.
 */
#ifndef ALLOCATORS_H
#define ALLOCATORS_H

#include <dlfcn.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>

#include "base/fail.h"
#include "base/watched.h"

#define ALLOCATORS_LARGE ((size_t)16 << 20)

#if !WATCHED

/* The next function of that name after ours. */
#define ALLOCATORS_NEXT(name) (__extension__(__typeof__(&name)) dlsym(RTLD_NEXT, #name))

static void *allocators_checked(void *got, size_t size)
{
    if (got || size == 0 || size >= ALLOCATORS_LARGE || fail_is_mine())
        return got; /* the message itself may want memory */
    fail_memory();
}

void *malloc(size_t size)
{
    static __typeof__(&malloc) next;
    next = next ? next : ALLOCATORS_NEXT(malloc);
    return allocators_checked(next(size), size);
}

void *calloc(size_t count, size_t size)
{
    static __typeof__(&calloc) next;
    next = next ? next : ALLOCATORS_NEXT(calloc);
    size_t all = size && count > SIZE_MAX / size ? SIZE_MAX : count * size;
    return allocators_checked(next(count, size), all);
}

void *realloc(void *old, size_t size)
{
    static __typeof__(&realloc) next;
    next = next ? next : ALLOCATORS_NEXT(realloc);
    return allocators_checked(next(old, size), size);
}

#endif
#endif
