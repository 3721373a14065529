/* key -- keys of several parts as one byte string, for a map.
 *
 * Each part is written as its type, its length and its bytes, so two keys are
 * the same bytes only if they have the same parts: ("a\tb","c") is not
 * ("a","b\tc"), and the number 1 is not the string "1". No separator is
 * trusted to be absent from data. */
#ifndef KEY_H
#define KEY_H

#include "base/buf.h"
#include "base/span.h"

/* A key is only ever compared with keys of the same run, so the values are free. */
enum key_type {
    KEY_NULL = 'z',
    KEY_BOOL = 'b',
    KEY_NUMBER = 'n', /* in one spelling, or 1 and 1.0 are two keys */
    KEY_STRING = 's', /* decoded, or "\u0041" and "A" are two keys */
    KEY_OTHER = 'o'   /* lists and objects, by their JSON text */
};

/* One more part at the end of B. */
static inline void key_add(struct buf *b, enum key_type type, struct span part)
{
    buf_reserve(b, part.len + 11);
    char *at = b->at + b->len;
    *at++ = (char)type;
    size_t rest = part.len; /* seven bits a byte, the lowest first */
    for (; rest >= 0x80; rest >>= 7)
        *at++ = (char)(0x80 | (rest & 0x7F));
    *at++ = (char)rest;
    if (part.len)
        memcpy(at, part.at, part.len);
    b->len = (size_t)(at - b->at) + part.len;
}

/* Whether KEY is of one part, the string TEXT. */
static inline bool key_is_string(struct span key, struct span text)
{
    if (text.len >= 0x80 || key.len != text.len + 2)
        return false;
    return key.at[0] == (char)KEY_STRING && key.at[1] == (char)text.len &&
           memcmp(key.at + 2, text.at, text.len) == 0;
}

/* The next part of the key at *REST, which moves past it; false at its end.
 * For messages that show a key. The part is a slice of the key. */
bool key_next(struct span *rest, enum key_type *type, struct span *part);

#endif
