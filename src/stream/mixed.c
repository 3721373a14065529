/* mixed -- byte by byte, since such rows are few. */
#include "mixed.h"

#include "base/fail.h"
#include "base/utf8.h"

#define LONGEST 3 /* bytes of UTF-8 that a byte of windows-1252 becomes */

/* 0x80 to 0x9F (the WHATWG's table, without the five that it has as controls); above, windows-1252
 * is Latin-1. */
static const unsigned short MARKS[32] = {
    0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0,      0x017D, 0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178};

/* The text of a cell at the end of TO, which has room. False if it is none. */
static bool add_text(struct buf *to, struct span cell)
{
    const char *at = cell.at, *end = span_end(cell);
    while (at < end) {
        size_t len = utf8_sequence(at, end);
        unsigned char byte = (unsigned char)*at;
        if (byte == 0)
            return false;
        if (len) {
            buf_add(to, (struct span){at, len});
            at += len;
            continue;
        }
        uint32_t code = byte < 0xA0 ? MARKS[byte - 0x80] : byte;
        if (code == 0)
            return false;
        utf8_add(to, code);
        at++;
    }
    return true;
}

bool mixed_repair(struct csvrow *row, size_t raw_len, struct buf *to)
{
    if (raw_len > (SIZE_MAX - CSVROW_PAD) / LONGEST)
        fail_memory();
    buf_clear(to);
    buf_reserve(to, raw_len * LONGEST + CSVROW_PAD); /* it must not move below */
    for (size_t i = 0; i < row->count; i++)
        if (!add_text(to, row->cells[i]))
            return false;
    const char *at = to->at;
    buf_clear(to);
    for (size_t i = 0; i < row->count; i++) {
        size_t from = to->len;
        add_text(to, row->cells[i]);
        row->cells[i] = (struct span){at + from, to->len - from};
    }
    row->escapes = true;
    return true;
}
