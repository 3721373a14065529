#include "text/hyper.h"

#include <string.h>

#include "base/fail.h"
#include "base/memory.h"

void hyper_start(void)
{
    (void)hs_set_allocator(memory_alloc, memory_free); /* fails where there is none to set */
}

void hyper_check(const hs_compile_error_t *error)
{
    if (strstr(error->message, "allocate memory"))
        fail_memory();
}
