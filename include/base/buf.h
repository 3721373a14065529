/* buf -- a byte buffer that grows; the one place where text is put together.
 *
 * A zeroed struct is an empty buffer. The bytes move when it grows, so a span
 * of it is good until the next addition. Running out of memory ends the
 * program, so no call here can fail. */
#ifndef BUF_H
#define BUF_H

#include <stdarg.h>

#include "base/span.h"

struct buf {
    char *at;
    size_t len, cap;
    bool lent; /* AT is somebody else's: it moves when it has to grow, and is not freed */
};

void buf_free(struct buf *b);
void buf_grow(struct buf *b, size_t extra); /* room for EXTRA more bytes */
void buf_addf(struct buf *b, const char *format, ...) __attribute__((format(printf, 2, 3)));
void buf_addv(struct buf *b, const char *format, va_list args)
    __attribute__((format(printf, 2, 0)));

static inline void buf_clear(struct buf *b)
{
    b->len = 0;
}

static inline struct span buf_span(const struct buf *b)
{
    return (struct span){b->at, b->len};
}

/* What stands from byte FROM on. */
static inline struct span buf_from(const struct buf *b, size_t from)
{
    return span_part(buf_span(b), from, b->len - from);
}

static inline void buf_reserve(struct buf *b, size_t extra)
{
    if (b->cap - b->len < extra)
        buf_grow(b, extra);
}

static inline void buf_add(struct buf *b, struct span text)
{
    buf_reserve(b, text.len);
    if (text.len)
        memcpy(b->at + b->len, text.at, text.len);
    b->len += text.len;
}

/* The same of a text that mostly is short and has BUF_SHORT readable bytes from its start on:
 * copied without a call. */
#define BUF_SHORT 48
static inline void buf_add_short(struct buf *b, struct span text)
{
    if (text.len > BUF_SHORT || b->cap - b->len < BUF_SHORT) {
        buf_add(b, text);
        return;
    }
    memcpy(b->at + b->len, text.at, BUF_SHORT);
    b->len += text.len;
}

static inline void buf_addc(struct buf *b, char c)
{
    buf_reserve(b, 1);
    b->at[b->len++] = c;
}

/* The bytes as a C string, a NUL put behind them but not counted. */
const char *buf_text(struct buf *b);

#endif
