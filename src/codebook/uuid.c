/* uuid -- name-based identifiers; SHA-1 as RFC 3174 states it, since nothing here
 * needs it to be secure and a library for one hash would be one more to install. */
#include "uuid.h"

#include <stdint.h>

#define BLOCK 64

struct sha1 {
    uint32_t h[5];
    uint8_t block[BLOCK];
    size_t filled;
    uint64_t bytes;
};

static uint32_t rotate(uint32_t x, unsigned by)
{
    return x << by | x >> (32 - by);
}

static void spread(const uint8_t *block, uint32_t w[80])
{
    for (size_t i = 0; i < 16; i++)
        w[i] = (uint32_t)block[4 * i] << 24 | (uint32_t)block[4 * i + 1] << 16 |
               (uint32_t)block[4 * i + 2] << 8 | block[4 * i + 3];
    for (size_t i = 16; i < 80; i++)
        w[i] = rotate(w[i - 3] ^ w[i - 8] ^ w[i - 14] ^ w[i - 16], 1);
}

/* RFC 3174, section 6.1. */
static void take_block(struct sha1 *s)
{
    static const uint32_t k[4] = {0x5a827999, 0x6ed9eba1, 0x8f1bbcdc, 0xca62c1d6};
    uint32_t w[80], a = s->h[0], b = s->h[1], c = s->h[2], d = s->h[3], e = s->h[4];
    spread(s->block, w);
    for (size_t i = 0; i < 80; i++) {
        uint32_t f = b ^ c ^ d;
        if (i < 20)
            f = (b & c) | (~b & d);
        else if (i >= 40 && i < 60)
            f = (b & c) | (b & d) | (c & d);
        uint32_t next = rotate(a, 5) + f + e + w[i] + k[i / 20];
        e = d;
        d = c;
        c = rotate(b, 30);
        b = a;
        a = next;
    }
    s->h[0] += a;
    s->h[1] += b;
    s->h[2] += c;
    s->h[3] += d;
    s->h[4] += e;
    s->filled = 0;
}

static void sha1_take(struct sha1 *s, const uint8_t *bytes, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        s->block[s->filled++] = bytes[i];
        if (s->filled == BLOCK)
            take_block(s);
    }
    s->bytes += count;
}

static void finish(struct sha1 *s)
{
    static const uint8_t end = 0x80, zero = 0;
    uint8_t length[8];
    for (unsigned i = 0; i < 8; i++)
        length[i] = (uint8_t)(s->bytes * 8 >> (56 - 8 * i));
    sha1_take(s, &end, 1);
    while (s->filled != BLOCK - sizeof length)
        sha1_take(s, &zero, 1);
    sha1_take(s, length, sizeof length);
}

void uuid_of_name(char text[UUID_TEXT], struct span name)
{
    static const uint8_t urls[16] = {0x6b, 0xa7, 0xb8, 0x11, 0x9d, 0xad, 0x11, 0xd1,
                                     0x80, 0xb4, 0x00, 0xc0, 0x4f, 0xd4, 0x30, 0xc8};
    struct sha1 s = {.h = {0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0}};
    sha1_take(&s, urls, sizeof urls);
    sha1_take(&s, (const uint8_t *)name.at, name.len);
    finish(&s);
    for (size_t i = 0; i < 16; i++) {
        static const char digits[] = "0123456789abcdef";
        uint8_t byte = (uint8_t)(s.h[i / 4] >> (24 - 8 * (i % 4)));
        if (i == 6)
            byte = (uint8_t)((byte & 0x0f) | 0x50); /* the version */
        if (i == 8)
            byte = (uint8_t)((byte & 0x3f) | 0x80); /* the variant */
        if (i == 4 || i == 6 || i == 8 || i == 10)
            *text++ = '-';
        *text++ = digits[byte >> 4];
        *text++ = digits[byte & 15];
    }
    *text = '\0';
}
