/* xml -- text in HTML and SVG. */
#include "xml.h"

void xml_add(struct buf *b, struct span text)
{
    for (size_t i = 0; i < text.len; i++)
        switch (text.at[i]) {
        case '<':
            buf_add(b, SPAN("&lt;"));
            break;
        case '>':
            buf_add(b, SPAN("&gt;"));
            break;
        case '&':
            buf_add(b, SPAN("&amp;"));
            break;
        case '"':
            buf_add(b, SPAN("&quot;"));
            break;
        default:
            buf_addc(b, text.at[i]);
        }
}

void xml_add_id(struct buf *b, struct span name)
{
    for (size_t i = 0; i < name.len; i++) {
        unsigned char c = (unsigned char)name.at[i];
        bool is_plain = (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') ||
                        c == '-' || c == '_' || c == '.';
        buf_addf(b, is_plain ? "%c" : "_%02x", c);
    }
}
