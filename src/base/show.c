/* show -- one place that knows what must not reach a terminal or a page raw. */
#include "base/show.h"

#include "base/utf8.h"

bool show_is_hidden(uint32_t code)
{
    return (code >= 0x80 && code < 0xA0) ||      /* C1 */
           code == 0x061C ||                     /* Arabic letter mark */
           code == 0x200E || code == 0x200F ||   /* left-to-right and right-to-left mark */
           (code >= 0x2028 && code <= 0x202E) || /* line and paragraph separator, embeddings */
           (code >= 0x2066 && code <= 0x2069) || /* isolates */
           code == 0xFEFF;                       /* byte order mark */
}

static bool is_space(char c)
{
    return c == '\n' || c == '\r' || c == '\t';
}

static void add_control(struct buf *b, char c, enum show_spaces spaces)
{
    if (!is_space(c))
        buf_addf(b, "\\x%02x", (unsigned)(unsigned char)c);
    else if (spaces == SHOW_FOLDED)
        buf_addc(b, ' ');
    else
        buf_addf(b, "\\%c", c == '\n' ? 'n' : c == '\r' ? 'r' : 't');
}

const char *show_next(struct buf *b, const char *at, const char *end, enum show_spaces spaces)
{
    size_t length = utf8_sequence(at, end);
    unsigned char c = (unsigned char)*at;
    if (length == 0) {
        buf_addf(b, "\\x%02x", (unsigned)c);
        return at + 1;
    }
    if (length == 1 && (c < 0x20 || c == 0x7f)) {
        add_control(b, *at, spaces);
        return at + 1;
    }
    const char *next = at;
    uint32_t code = utf8_next(&next);
    if (show_is_hidden(code) && code < 0x100)
        buf_addf(b, "\\x%02x\\x%02x", (unsigned)c, (unsigned)(unsigned char)at[1]);
    else if (show_is_hidden(code))
        buf_addf(b, "\\u%04x", (unsigned)code);
    else
        buf_add(b, (struct span){at, length});
    return next;
}

void show_add(struct buf *b, struct span text, enum show_spaces spaces)
{
    for (const char *at = text.at, *end = at + text.len; at < end;)
        at = show_next(b, at, end, spaces);
}
