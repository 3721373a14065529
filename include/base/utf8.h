/* utf8 -- strict UTF-8, one sequence or a whole text at a time.
 *
 * Strict means Unicode 15 table 3-7 (RFC 3629): overlong forms, surrogates,
 * code points above U+10FFFF and sequences cut short are all refused. Nothing
 * here is ever replaced by U+FFFD. utf8_sequence() is inline because the
 * record reader calls it for each character beyond ASCII. */
#ifndef UTF8_H
#define UTF8_H

#include <stdint.h>

#include "base/buf.h"
#include "base/span.h"

/* Whether C is a continuation byte. */
static inline bool utf8_tail(unsigned char c)
{
    return (c & 0xC0) == 0x80;
}

/* The length in bytes (1 to 4) of the valid sequence at AT, or 0 if what
 * stands there before END is none. AT == END gives 0. */
static inline size_t utf8_sequence(const char *at, const char *end)
{
    const unsigned char *s = (const unsigned char *)at;
    ptrdiff_t left = end - at;
    if (left <= 0)
        return 0;
    if (s[0] < 0x80)
        return 1;
    if (s[0] < 0xC2 || s[0] > 0xF4 || left < 2 || !utf8_tail(s[1]))
        return 0;
    if (s[0] < 0xE0)
        return 2;
    if (left < 3 || !utf8_tail(s[2]))
        return 0;
    if (s[0] < 0xF0) /* E0 below A0 is overlong, ED from A0 on is a surrogate */
        return (s[0] == 0xE0 && s[1] < 0xA0) || (s[0] == 0xED && s[1] >= 0xA0) ? 0 : 3;
    if (left < 4 || !utf8_tail(s[3])) /* F0 below 90 is overlong, F4 from 90 on is above U+10FFFF */
        return 0;
    return (s[0] == 0xF0 && s[1] < 0x90) || (s[0] == 0xF4 && s[1] >= 0x90) ? 0 : 4;
}

/* Whether all of TEXT is valid. If not, *BAD (which may be NULL) is the offset
 * of the first byte of the first sequence that is not. ASCII is passed over
 * eight bytes at a time. */
bool utf8_valid(struct span text, size_t *bad);

/* Whether TEXT has no byte from 0x80 on. */
bool utf8_ascii(struct span text);

/* The code point of the sequence at *AT, which must be valid; *AT moves past it. */
uint32_t utf8_next(const char **at);

/* CODE in UTF-8 at TO: the bytes written, 1 to 4, or 0 if CODE is a surrogate
 * or above U+10FFFF. */
size_t utf8_encode(uint32_t code, char to[4]);

/* The same at the end of B; false if CODE cannot be encoded. */
bool utf8_add(struct buf *b, uint32_t code);

/* The number of code points in TEXT, which must be valid. */
size_t utf8_count(struct span text);

#endif
