/* xls_records -- the records of an Excel 97 to 2003 workbook, and the texts in them. */
#include "xls_records.h"

#include "base/utf8.h"

#define CONTINUE 0x3C

bool xls_records_next(struct span stream, size_t *at, struct xls_record *record)
{
    if (*at + 4 > stream.len)
        return false;
    size_t len = xls_records_u16(stream, *at + 2);
    if (len > stream.len - *at - 4)
        return false;
    *record = (struct xls_record){xls_records_u16(stream, *at), {stream.at + *at + 4, len}};
    *at += 4 + len;
    return true;
}

uint32_t xls_records_u16(struct span data, size_t at)
{
    const unsigned char *p = (const unsigned char *)data.at + at;
    return at + 2 > data.len ? 0 : (uint32_t)p[0] | (uint32_t)p[1] << 8;
}

uint32_t xls_records_u32(struct span data, size_t at)
{
    return xls_records_u16(data, at) | xls_records_u16(data, at + 2) << 16;
}

double xls_records_double(struct span data, size_t at)
{
    uint64_t bits = (uint64_t)xls_records_u32(data, at + 4) << 32 | xls_records_u32(data, at);
    double number;
    memcpy(&number, &bits, sizeof number);
    return number;
}

double xls_records_rk(uint32_t rk)
{
    double number;
    if (rk & 2) {
        number = (double)((int32_t)rk >> 2);
    } else {
        uint64_t bits = (uint64_t)(rk & 0xFFFFFFFCU) << 32;
        memcpy(&number, &bits, sizeof number);
    }
    return rk & 1 ? number / 100 : number;
}

/* Goes on in the CONTINUE record that follows. */
static bool go_on(struct xls_cursor *c)
{
    struct xls_record next;
    size_t at = 0;
    if (!xls_records_next(c->rest, &at, &next) || next.type != CONTINUE)
        return false;
    c->rest = (struct span){c->rest.at + at, c->rest.len - at};
    c->record = next.data;
    return true;
}

static void pass(struct xls_cursor *c, size_t len)
{
    c->record = (struct span){c->record.at + len, c->record.len - len};
}

/* Passes LEN bytes, over as many records as that takes. */
static bool skip(struct xls_cursor *c, size_t len)
{
    while (len > c->record.len) {
        len -= c->record.len;
        if (!go_on(c))
            return false;
    }
    pass(c, len);
    return true;
}

static bool take(struct xls_cursor *c, size_t bytes, uint32_t *number)
{
    while (c->record.len == 0)
        if (!go_on(c))
            return false;
    if (c->record.len < bytes)
        return false;
    *number = bytes == 1   ? (unsigned char)*c->record.at
              : bytes == 2 ? xls_records_u16(c->record, 0)
                           : xls_records_u32(c->record, 0);
    pass(c, bytes);
    return true;
}

/* The next unit; where the text goes on in another record, that says anew how wide they are. */
static bool take_unit(struct xls_cursor *c, uint32_t *unit)
{
    if (c->record.len == 0) {
        uint32_t width;
        if (!go_on(c) || !take(c, 1, &width))
            return false;
        c->wide = width & 1;
    }
    return take(c, c->wide ? 2 : 1, unit);
}

static bool take_units(struct xls_cursor *c, size_t count, struct buf *b)
{
    uint32_t high = 0, unit;
    for (size_t i = 0; i < count; i++) {
        if (!take_unit(c, &unit))
            return false;
        if (high && unit >= 0xDC00 && unit < 0xE000)
            utf8_add(b, 0x10000 + ((high - 0xD800) << 10) + (unit - 0xDC00));
        else if (high)
            utf8_add(b, 0xFFFD);
        bool pair = high && unit >= 0xDC00 && unit < 0xE000;
        high = unit >= 0xD800 && unit < 0xDC00 ? unit : 0;
        if (!pair && !high && unit && !utf8_add(b, unit))
            utf8_add(b, 0xFFFD);
    }
    return true;
}

bool xls_records_characters(struct xls_cursor *c, size_t count, struct buf *b)
{
    uint32_t width;
    if (!go_on(c) || !take(c, 1, &width))
        return false;
    c->wide = width & 1;
    return take_units(c, count, b);
}

bool xls_records_string(struct xls_cursor *c, enum xls_string kind, struct buf *b)
{
    uint32_t count, flags, runs = 0, extra = 0;
    if (!take(c, kind == XLS_LONG ? 2 : 1, &count) || !take(c, 1, &flags))
        return false;
    if (((flags & 8) && !take(c, 2, &runs)) || ((flags & 4) && !take(c, 4, &extra)))
        return false;
    c->wide = flags & 1;
    return take_units(c, count, b) && skip(c, (size_t)runs * 4) && skip(c, extra);
}
