/* zip -- a package made around parts, none of them compressed, so that the search changes what
 * stands in them and not what a decompressor refuses. */
#ifndef ZIP_H
#define ZIP_H

#include "fuzz.h"

struct zip {
    struct buf bytes, list;
    unsigned count;
};

static inline void zip_number(struct buf *b, unsigned long n, int bytes)
{
    for (; bytes > 0; bytes--, n >>= 8)
        buf_addc(b, (char)(n & 0xff));
}

static inline unsigned long zip_sum(struct span text)
{
    unsigned long sum = 0xffffffff;
    for (size_t i = 0; i < text.len; i++) {
        sum ^= (unsigned char)text.at[i];
        for (int bit = 0; bit < 8; bit++)
            sum = sum & 1 ? sum >> 1 ^ 0xedb88320 : sum >> 1;
    }
    return sum ^ 0xffffffff;
}

/* What the local header and the list have alike. */
static inline void zip_head(struct buf *b, struct span name, struct span text)
{
    zip_number(b, 20, 2); /* the version that can read it */
    zip_number(b, 0, 8);  /* flags, stored, no time */
    zip_number(b, zip_sum(text), 4);
    zip_number(b, text.len, 4);
    zip_number(b, text.len, 4);
    zip_number(b, name.len, 2);
    zip_number(b, 0, 2);
}

static inline void zip_add(struct zip *z, const char *name, struct span text)
{
    size_t place = z->bytes.len;
    buf_add(&z->bytes, SPAN("PK\3\4"));
    zip_head(&z->bytes, span_of(name), text);
    buf_add(&z->bytes, span_of(name));
    buf_add(&z->bytes, text);
    buf_add(&z->list, SPAN("PK\1\2"));
    zip_number(&z->list, 20, 2);
    zip_head(&z->list, span_of(name), text);
    zip_number(&z->list, 0, 10);
    zip_number(&z->list, place, 4);
    buf_add(&z->list, span_of(name));
    z->count++;
}

/* The package, good until zip_free(). */
static inline struct span zip_end(struct zip *z)
{
    size_t place = z->bytes.len;
    buf_add(&z->bytes, buf_span(&z->list));
    buf_add(&z->bytes, SPAN("PK\5\6"));
    zip_number(&z->bytes, 0, 4);
    zip_number(&z->bytes, z->count, 2);
    zip_number(&z->bytes, z->count, 2);
    zip_number(&z->bytes, z->list.len, 4);
    zip_number(&z->bytes, place, 4);
    zip_number(&z->bytes, 0, 2);
    return buf_span(&z->bytes);
}

static inline void zip_free(struct zip *z)
{
    buf_free(&z->bytes);
    buf_free(&z->list);
}

#endif
