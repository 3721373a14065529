#include "base/listing.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/fail.h"

void listing_add(struct listing *l, const char *format, ...)
{
    if (l->count++ >= l->max)
        return;
    if (l->last.len)
        warn("%s", buf_text(&l->last));
    char *text;
    va_list args;
    va_start(args, format);
    if (vasprintf(&text, format, args) < 0)
        fail_memory();
    va_end(args);
    buf_clear(&l->last);
    buf_add(&l->last, span_of(text));
    free(text);
}

void listing_end(struct listing *l, const char *what)
{
    if (l->count == 0)
        return;
    if (l->count <= l->max)
        fail(STATUS_DATA, "%s", buf_text(&l->last));
    if (l->last.len)
        warn("%s", buf_text(&l->last));
    fail(STATUS_DATA, "%zu more %s (see --max-listed)", l->count - l->max, what);
}
