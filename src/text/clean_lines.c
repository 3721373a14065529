/* clean_lines -- free text made plain, its lines and tabs kept. */
#include "base/utf8.h"
#include "text/clean.h"

/* The end of the line that starts at AT; *NEXT is where the next one starts. */
static const char *line_end(const char *at, const char *end, const char **next)
{
    while (at < end) {
        const char *start = at;
        uint32_t c = utf8_next(&at);
        if ((c < '\n' || c > '\r') && c != 0x85 && c != 0x2028 && c != 0x2029)
            continue;
        *next = at + (c == '\r' && at < end && *at == '\n');
        return start;
    }
    *next = end;
    return end;
}

/* The cells of LINE, what is empty at either end left out. */
static void add_line(struct buf *b, struct span line, struct buf *scratch)
{
    const char *at = line.at, *end = span_end(line);
    size_t tabs = 0, from = b->len;
    for (;;) {
        const char *tab = memchr(at, '\t', (size_t)(end - at));
        struct span cell = clean_text(span_from(at, tab ? tab : end), scratch);
        for (; cell.len > 0 && tabs > 0; tabs--)
            if (b->len > from)
                buf_addc(b, '\t');
        buf_add(b, cell);
        if (!tab)
            return;
        tabs += b->len > from;
        at = tab + 1;
    }
}

struct span clean_lines(struct span text, struct buf *to, struct buf *scratch)
{
    const char *at = text.at, *end = span_end(text), *next;
    size_t breaks = 0;
    buf_clear(to);
    buf_reserve(to, 1); /* a text of nothing stands somewhere, too */
    for (; at < end; at = next) {
        struct span line = span_from(at, line_end(at, end, &next));
        size_t before = to->len;
        if (before > 0)
            buf_add(to, breaks > 1 ? SPAN("\n\n") : SPAN("\n"));
        size_t from = to->len;
        add_line(to, line, scratch);
        breaks = to->len > from ? 1 : breaks + 1;
        if (to->len == from)
            to->len = before;
    }
    return buf_span(to);
}

bool clean_has_lines(struct span text)
{
    const char *next;
    return line_end(text.at, span_end(text), &next) < span_end(text);
}
