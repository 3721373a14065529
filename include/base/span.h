/* span -- a slice of bytes that somebody else owns.
 *
 * The one lifetime rule: a span never owns. It is good until the thing it was
 * taken from moves on. It is bytes, not a string: it may hold NULs and has no
 * terminator. */
#ifndef SPAN_H
#define SPAN_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

struct span {
    const char *at;
    size_t len;
};

/* A span over a string literal, its length known to the compiler. */
#define SPAN(literal) ((struct span){(literal), sizeof(literal) - 1})

/* The same for the rows of a constant table. */
#define SPAN_ROW(literal)                                                                          \
    {                                                                                              \
        (literal), sizeof(literal) - 1                                                             \
    }

/* Arguments for printf's "%.*s"; only for short texts known to be printable. */
#define SPAN_ARGS(s) (int)(s).len, (s).at

static inline struct span span_of(const char *text)
{
    return (struct span){text, strlen(text)};
}

static inline struct span span_from(const char *from, const char *to)
{
    return (struct span){from, (size_t)(to - from)};
}

/* Where S ends; of an empty one without a place nothing is added to NULL. */
static inline const char *span_end(struct span s)
{
    return s.len ? s.at + s.len : s.at;
}

/* LEN bytes of S from byte FROM on; none of them for one without a place. */
static inline struct span span_part(struct span s, size_t from, size_t len)
{
    return (struct span){len ? s.at + from : s.at, len};
}

/* S without the spaces and control bytes of ASCII at its ends. */
static inline struct span span_trimmed(struct span s)
{
    while (s.len && (unsigned char)s.at[0] <= ' ')
        s = (struct span){s.at + 1, s.len - 1};
    while (s.len && (unsigned char)s.at[s.len - 1] <= ' ')
        s.len--;
    return s;
}

/* Length first, then bytes: a prefix is never equal. */
static inline bool span_eq(struct span a, struct span b)
{
    return a.len == b.len && (a.len == 0 || memcmp(a.at, b.at, a.len) == 0);
}

/* Order by unsigned bytes, a prefix before what it begins; for qsort. */
static inline int span_order(struct span a, struct span b)
{
    size_t shorter = a.len < b.len ? a.len : b.len;
    int order = shorter ? memcmp(a.at, b.at, shorter) : 0;
    if (order != 0)
        return order;
    return (a.len > b.len) - (a.len < b.len);
}

static inline bool span_starts(struct span text, struct span prefix)
{
    return text.len >= prefix.len &&
           (prefix.len == 0 || memcmp(text.at, prefix.at, prefix.len) == 0);
}

#endif
