/* xlsx_texts -- the shared strings of a workbook and the comments of a sheet.
 *
 * A text is made of runs; what says how to pronounce it (rPh) is left out. */
#include <stdlib.h>

#include "base/utf8.h"
#include "xlsx_parts.h"

#define MAX_STRINGS ((size_t)1 << 30) /* bytes */

struct reading {
    struct book *book;
    struct buf *text;
    struct xlsx_strings *strings;
    struct xlsx_comments *comments;
    size_t from;
    size_t phonetic;
    bool collects;
};

static int hex(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    c |= 32;
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* The number in _xHHHH_ at AT, or -1. */
static int32_t escape(const char *at, const char *end)
{
    if (end - at < 7 || at[0] != '_' || at[1] != 'x' || at[6] != '_')
        return -1;
    int32_t code = 0;
    for (int i = 2; i < 6; i++) {
        int digit = hex(at[i]);
        if (digit < 0)
            return -1;
        code = code * 16 + digit;
    }
    return code;
}

/* The character that the escapes at AT stand for, at TO; how many bytes of text they take. 0 if
 * they stand for none. */
static size_t decode_one(const char *at, const char *end, char to[4], size_t *len)
{
    int32_t code = escape(at, end);
    size_t taken = 7;
    if (code >= 0xD800 && code < 0xDC00) {
        int32_t low = escape(at + 7, end);
        if (low < 0xDC00 || low > 0xDFFF)
            return 0;
        code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
        taken = 14;
    }
    *len = code > 0 ? utf8_encode((uint32_t)code, to) : 0;
    return *len ? taken : 0;
}

void xlsx_decode(struct buf *text, size_t from)
{
    if (text->len == from) /* a buffer that never held anything has no place */
        return;
    const char *at = text->at + from, *end = text->at + text->len;
    if (!memmem(at, text->len - from, "_x", 2))
        return;
    char *to = text->at + from;
    while (at < end) {
        char bytes[4];
        size_t len, taken = *at == '_' ? decode_one(at, end, bytes, &len) : 0;
        if (taken) {
            memcpy(to, bytes, len);
            to += len;
            at += taken;
        } else {
            *to++ = *at++;
        }
    }
    text->len = (size_t)(to - text->at);
}

static void begin_comment(struct reading *r, const struct xml_attributes *a)
{
    struct xlsx_comments *c = r->comments;
    struct merges_range at;
    if (!book_reference(xml_attribute(a, NULL, "ref"), &at))
        return;
    c->at = array_grow(c->at, &c->cap, c->count + 1, sizeof *c->at);
    c->at[c->count++] = (struct xlsx_comment){at.first_row, at.first_column, c->text.len, 0};
}

static void start(void *data, struct span name, const struct xml_attributes *a)
{
    struct reading *r = data;
    if (span_eq(name, SPAN("t")))
        r->collects = r->phonetic == 0;
    else if (span_eq(name, SPAN("rPh")))
        r->phonetic++;
    else if (span_eq(name, SPAN("si")))
        r->from = r->text->len;
    else if (r->comments && span_eq(name, SPAN("comment"))) {
        r->from = r->text->len;
        begin_comment(r, a);
    }
}

static void end(void *data, struct span name)
{
    struct reading *r = data;
    if (span_eq(name, SPAN("t")))
        r->collects = false;
    else if (span_eq(name, SPAN("rPh")))
        r->phonetic -= r->phonetic != 0;
    else if (r->strings && span_eq(name, SPAN("si"))) {
        struct xlsx_strings *s = r->strings;
        xlsx_decode(r->text, r->from);
        s->ends = array_grow(s->ends, &s->cap, s->count + 1, sizeof *s->ends);
        s->ends[s->count++] = r->text->len;
    } else if (r->comments && r->comments->count && span_eq(name, SPAN("comment"))) {
        struct xlsx_comment *last = &r->comments->at[r->comments->count - 1];
        xlsx_decode(r->text, r->from);
        last->len = r->text->len - last->from;
    }
}

static void text(void *data, struct span piece)
{
    struct reading *r = data;
    if (!r->collects)
        return;
    if (r->text->len > MAX_STRINGS)
        trouble_set(r->book->trouble, TROUBLE_TOO_LARGE, "more than %zu bytes of text",
                    MAX_STRINGS);
    else
        buf_add(r->text, piece);
}

static const struct xml_handler HANDLER = {start, end, text};

bool xlsx_strings_read(struct book *b, struct span part, struct xlsx_strings *s)
{
    struct reading r = {.book = b, .text = &s->text, .strings = s};
    return xml_read(b->package, part, &HANDLER, &r, b->trouble) || b->trouble->kind == TROUBLE_NONE;
}

static int order(const void *a, const void *b)
{
    const struct xlsx_comment *x = a, *y = b;
    if (x->row != y->row)
        return x->row < y->row ? -1 : 1;
    return (x->column > y->column) - (x->column < y->column);
}

bool xlsx_comments_read(struct book *b, struct span part, struct xlsx_comments *c)
{
    buf_clear(&c->text);
    struct reading r = {.book = b, .text = &c->text, .comments = c};
    bool read = xml_read(b->package, part, &HANDLER, &r, b->trouble);
    if (c->count)
        qsort(c->at, c->count, sizeof *c->at, order);
    return read || b->trouble->kind == TROUBLE_NONE;
}

const struct xlsx_comment *xlsx_comments_find(const struct xlsx_comments *c, size_t row,
                                              size_t column)
{
    struct xlsx_comment key = {.row = row, .column = column};
    return c->count ? bsearch(&key, c->at, c->count, sizeof key, order) : NULL;
}
