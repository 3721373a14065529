/* memory -- allocation for libraries that would make of a failed one a wrong result.
 *
 * Jansson, libxml2 and Hyperscan hand a failed allocation back as `invalid token`, as a missing
 * member or not at all. Given these functions they never meet one: the program ends with "out of
 * memory" and status 1, as it does where its own allocations fail. */
#ifndef MEMORY_H
#define MEMORY_H

#include <stddef.h>

void *memory_alloc(size_t size);
void *memory_grow(void *at, size_t size);
char *memory_copy(const char *text);
void memory_free(void *at);

#endif
