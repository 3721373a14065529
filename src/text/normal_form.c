/* normal_form -- utf8proc's forms of a text in a buffer, without allocation. */
#include "normal_form.h"

#include <utf8proc.h>

#include "base/utf8.h"

/* UAX 15 calls 30 marks in a row safe for every script. */
#define MAX_MARKS 64

/* Whether NFC could change the text: below U+0300 (lead byte CC) no character
 * decomposes or combines in a way that it would change. */
static bool composition_needed(struct span text)
{
    for (size_t i = 0; i < text.len; i++)
        if ((unsigned char)text.at[i] >= 0xCC)
            return true;
    return false;
}

static bool too_many_marks(struct span text)
{
    const char *at = text.at, *end = span_end(text);
    for (size_t marks = 0; at < end;) {
        int32_t c = (int32_t)utf8_next(&at);
        marks = c >= 0x300 && utf8proc_get_property(c)->combining_class ? marks + 1 : 0;
        if (marks > MAX_MARKS)
            return true;
    }
    return false;
}

/* The code points lie behind the text in the same buffer, so nothing is
 * allocated once the buffer has grown. */
bool normal_form(struct buf *b, size_t from, int options)
{
    size_t len = b->len - from, room = len + 1;
    int32_t *codes;
    ptrdiff_t count;
    if (too_many_marks(span_part(buf_span(b), from, len)))
        return false;
    for (;;) {
        buf_reserve(b, (room + 2) * sizeof *codes);
        codes = (int32_t *)(void *)(b->at + ((b->len + 3) & ~(size_t)3));
        count = utf8proc_decompose((const uint8_t *)b->at + from, (ptrdiff_t)len, codes,
                                   (ptrdiff_t)room, (utf8proc_option_t)options);
        if (count <= (ptrdiff_t)room)
            break;
        room = (size_t)count;
    }
    if (count >= 0)
        count = utf8proc_reencode(codes, count, (utf8proc_option_t)options);
    if (count < 0) /* invalid UTF-8, which the caller has ruled out */
        return false;
    if ((size_t)count == len && memcmp(b->at + from, codes, len) == 0)
        return false;
    memmove(b->at + from, codes, (size_t)count);
    b->len = from + (size_t)count;
    return true;
}

bool normal_form_compose(struct buf *b, size_t from)
{
    if (from == b->len)
        return false; /* the buffer may have no bytes to point at */
    struct span text = span_part(buf_span(b), from, b->len - from);
    return composition_needed(text) && normal_form(b, from, UTF8PROC_STABLE | UTF8PROC_COMPOSE);
}
