#include "base/buf.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/fail.h"
#include "base/watched.h"

#define FIRST_CAP 256

/* To twice as much, so that what is added byte by byte is moved now and then; where memory is
 * watched, to little more than is asked for. */
static size_t more(size_t cap)
{
    return WATCHED ? cap + cap / 8 + 1 : 2 * (cap ? cap : FIRST_CAP / 2);
}

void buf_free(struct buf *b)
{
    if (!b->lent)
        free(b->at);
    *b = (struct buf){0};
}

void buf_grow(struct buf *b, size_t extra)
{
    if (extra > SIZE_MAX / 2 - b->len)
        fail_memory();
    size_t needed = b->len + extra;
    size_t cap = b->cap ? b->cap : more(0);
    while (cap < needed)
        cap = more(cap);
    char *at = realloc(b->lent ? NULL : b->at, cap);
    if (!at)
        fail_memory();
    if (b->lent && b->len)
        memcpy(at, b->at, b->len);
    b->at = at;
    b->cap = cap;
    b->lent = false;
}

void buf_addv(struct buf *b, const char *format, va_list args)
{
    va_list again;
    va_copy(again, args);
    int length = vsnprintf(NULL, 0, format, again);
    va_end(again);
    if (length < 0)
        fail_memory();
    buf_reserve(b, (size_t)length + 1);
    vsnprintf(b->at + b->len, (size_t)length + 1, format, args);
    b->len += (size_t)length;
}

void buf_addf(struct buf *b, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    buf_addv(b, format, args);
    va_end(args);
}

const char *buf_text(struct buf *b)
{
    buf_reserve(b, 1);
    b->at[b->len] = '\0';
    return b->at;
}
