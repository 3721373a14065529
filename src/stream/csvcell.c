#include "stream/csvcell.h"

/* Readers may trim spaces at the ends of unquoted cells, so those are quoted too. */
static bool needs_quotes(struct span text, char separator)
{
    if (text.len == 0)
        return false;
    if (text.at[0] == ' ' || text.at[text.len - 1] == ' ')
        return true;
    for (size_t i = 0; i < text.len; i++)
        if (text.at[i] == separator || text.at[i] == '"' || text.at[i] == '\n' ||
            text.at[i] == '\r')
            return true;
    return false;
}

void csvcell_put(struct buf *b, struct span text, char separator)
{
    if (!needs_quotes(text, separator)) {
        buf_add(b, text);
        return;
    }
    buf_addc(b, '"');
    const char *at = text.at, *end = at + text.len;
    for (const char *quote; (quote = memchr(at, '"', (size_t)(end - at))); at = quote + 1) {
        buf_add(b, span_from(at, quote + 1));
        buf_addc(b, '"');
    }
    buf_add(b, span_from(at, end));
    buf_addc(b, '"');
}
