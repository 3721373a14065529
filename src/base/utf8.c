/* utf8 -- strict UTF-8: validation with a fast path for ASCII, decode, encode. */
#include "base/utf8.h"

/* The top bit of each of eight bytes. */
#define HIGH_BITS UINT64_C(0x8080808080808080)

static const char *past_ascii(const char *at, const char *end)
{
    uint64_t word;
    while (end - at >= 8) {
        memcpy(&word, at, 8);
        if (word & HIGH_BITS)
            break;
        at += 8;
    }
    while (at < end && !((unsigned char)*at & 0x80))
        at++;
    return at;
}

bool utf8_valid(struct span text, size_t *bad)
{
    if (text.len == 0)
        return true; /* there may be no bytes to point at */
    const char *at = text.at, *end = span_end(text);
    while ((at = past_ascii(at, end)) < end) {
        size_t len = utf8_sequence(at, end);
        if (len == 0) {
            if (bad)
                *bad = (size_t)(at - text.at);
            return false;
        }
        at += len;
    }
    return true;
}

bool utf8_ascii(struct span text)
{
    return past_ascii(text.at, span_end(text)) == span_end(text);
}

uint32_t utf8_next(const char **at)
{
    const unsigned char *s = (const unsigned char *)*at;
    if (s[0] < 0x80) {
        *at += 1;
        return s[0];
    }
    if (s[0] < 0xE0) {
        *at += 2;
        return (s[0] & 0x1FU) << 6 | (s[1] & 0x3FU);
    }
    if (s[0] < 0xF0) {
        *at += 3;
        return (s[0] & 0x0FU) << 12 | (s[1] & 0x3FU) << 6 | (s[2] & 0x3FU);
    }
    *at += 4;
    return (s[0] & 0x07U) << 18 | (s[1] & 0x3FU) << 12 | (s[2] & 0x3FU) << 6 | (s[3] & 0x3FU);
}

size_t utf8_encode(uint32_t code, char to[4])
{
    if (code < 0x80) {
        to[0] = (char)code;
        return 1;
    }
    if (code < 0x800) {
        to[0] = (char)(0xC0 | code >> 6);
        to[1] = (char)(0x80 | (code & 0x3F));
        return 2;
    }
    if (code < 0x10000) {
        if (code >= 0xD800 && code <= 0xDFFF)
            return 0;
        to[0] = (char)(0xE0 | code >> 12);
        to[1] = (char)(0x80 | (code >> 6 & 0x3F));
        to[2] = (char)(0x80 | (code & 0x3F));
        return 3;
    }
    if (code > 0x10FFFF)
        return 0;
    to[0] = (char)(0xF0 | code >> 18);
    to[1] = (char)(0x80 | (code >> 12 & 0x3F));
    to[2] = (char)(0x80 | (code >> 6 & 0x3F));
    to[3] = (char)(0x80 | (code & 0x3F));
    return 4;
}

bool utf8_add(struct buf *b, uint32_t code)
{
    buf_reserve(b, 4);
    size_t len = utf8_encode(code, b->at + b->len);
    b->len += len;
    return len != 0;
}

size_t utf8_count(struct span text)
{
    size_t count = 0;
    for (size_t i = 0; i < text.len; i++)
        count += !utf8_tail((unsigned char)text.at[i]);
    return count;
}
