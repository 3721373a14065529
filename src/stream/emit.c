#include "stream/emit.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/bytes.h"
#include "base/utf8.h"

static void escape(struct buf *b, char c)
{
    static const char hex[] = "0123456789abcdef";
    static const char letters[] = "btn?fr"; /* for 0x08 to 0x0d */
    unsigned char u = (unsigned char)c;
    if (c == '"' || c == '\\') {
        char text[2] = {'\\', c};
        buf_add(b, (struct span){text, 2});
    } else if (u >= 0x08 && u <= 0x0d && u != 0x0b) {
        char text[2] = {'\\', letters[u - 0x08]};
        buf_add(b, (struct span){text, 2});
    } else {
        char text[6] = {'\\', 'u', '0', '0', hex[u >> 4], hex[u & 15]};
        buf_add(b, (struct span){text, 6});
    }
}

/* A string of which the bytes from STOP on are not all plain. */
static void emit_escaped(struct buf *b, const char *at, const char *stop, const char *end)
{
    buf_addc(b, '"');
    for (; at < end; stop = bytes_skip_plain(at, end)) {
        /* beyond ASCII nothing needs an escape: take it with the plain run */
        while (stop < end && (unsigned char)*stop >= 0x80)
            stop = bytes_skip_plain(stop + 1, end);
        buf_add(b, span_from(at, stop));
        if (stop < end)
            escape(b, *stop++);
        at = stop;
    }
    buf_addc(b, '"');
}

void emit_string(struct buf *b, struct span text)
{
    const char *end = span_end(text);
    const char *stop = bytes_skip_plain(text.at, end);
    buf_reserve(b, text.len + 2);
    if (stop < end) {
        emit_escaped(b, text.at, stop, end);
        return;
    }
    char *to = b->at + b->len;
    *to++ = '"';
    if (text.len > 0)
        memcpy(to, text.at, text.len);
    to[text.len] = '"';
    b->len += text.len + 2;
}

void emit_any_string(struct buf *b, struct span text)
{
    if (utf8_valid(text, NULL)) {
        emit_string(b, text);
        return;
    }
    struct buf shown = {0};
    for (const char *at = text.at, *end = at + text.len; at < end;) {
        size_t length = utf8_sequence(at, end);
        buf_add(&shown, length ? (struct span){at, length} : SPAN("\xef\xbf\xbd"));
        at += length ? length : 1;
    }
    emit_string(b, buf_span(&shown));
    buf_free(&shown);
}

void emit_name(struct buf *b, struct span name)
{
    emit_item(b);
    emit_string(b, name);
    buf_addc(b, ':');
}

void emit_number(struct buf *b, double number)
{
    if (!isfinite(number)) {
        emit_null(b);
        return;
    }
    if (number == 0) {
        buf_addc(b, '0'); /* a negative zero says nothing to a reader */
        return;
    }
    char text[32];
    for (int digits = 15; digits <= 17; digits++) {
        snprintf(text, sizeof text, "%.*g", digits, number);
        if (strtod(text, NULL) == number)
            break;
    }
    buf_add(b, span_of(text));
}

void emit_integer(struct buf *b, int64_t number)
{
    buf_addf(b, "%" PRId64, number);
}

void emit_count(struct buf *b, size_t number)
{
    char text[24];
    char *at = text + sizeof text;
    do
        *--at = (char)('0' + number % 10);
    while (number /= 10);
    buf_add(b, span_from(at, text + sizeof text));
}

void emit_bool(struct buf *b, bool truth)
{
    buf_add(b, truth ? SPAN("true") : SPAN("false"));
}

void emit_string_field(struct buf *b, struct span name, struct span text)
{
    emit_name(b, name);
    emit_string(b, text);
}

void emit_number_field(struct buf *b, struct span name, double number)
{
    emit_name(b, name);
    emit_number(b, number);
}

void emit_count_field(struct buf *b, struct span name, size_t number)
{
    emit_name(b, name);
    emit_count(b, number);
}
