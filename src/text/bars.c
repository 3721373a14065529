/* bars -- several texts in one cell, "|" between them. */
#include "text/bars.h"

/* How many backslashes stand before AT, not before FROM. */
static size_t backslashes(const char *from, const char *at)
{
    size_t count = 0;
    while (at - count > from && at[-1 - (ptrdiff_t)count] == '\\')
        count++;
    return count;
}

/* TEXT, which ends before a bar of its own or before the one that ends it, with half the
 * backslashes that stand at its end. */
static void add_halved(struct buf *own, struct span text)
{
    size_t count = text.len ? backslashes(text.at, span_end(text)) : 0;
    buf_add(own, (struct span){text.at, text.len - (count + 1) / 2});
}

bool bars_next(struct span *rest, struct buf *own, struct span *part)
{
    if (rest->len == 0)
        return false;
    const char *from = rest->at, *end = span_end(*rest), *bar;
    size_t before = 0;
    buf_clear(own);
    while ((bar = memchr(from, '|', (size_t)(end - from)))) {
        before = backslashes(from, bar);
        if (before % 2 == 0)
            break;
        add_halved(own, span_from(from, bar));
        buf_addc(own, '|');
        from = bar + 1;
    }
    struct span last = span_from(from, bar ? bar : end);
    if (bar && before)
        add_halved(own, last);
    else if (own->len)
        buf_add(own, last);
    *part = span_trimmed(own->len ? buf_span(own) : last);
    *rest = span_from(bar ? bar + 1 : end, end);
    return true;
}

static void add_backslashes(struct buf *cell, size_t count)
{
    while (count--)
        buf_addc(cell, '\\');
}

void bars_add(struct buf *cell, struct span part)
{
    if (cell->len) {
        add_backslashes(cell, backslashes(cell->at, cell->at + cell->len));
        buf_addc(cell, '|');
    }
    for (size_t i = 0; i < part.len; i++) {
        if (part.at[i] == '|')
            add_backslashes(cell, backslashes(part.at, part.at + i) + 1);
        buf_addc(cell, part.at[i]);
    }
}
