/* key -- keys of several parts, taken apart again. */
#include "text/key.h"

bool key_next(struct span *rest, enum key_type *type, struct span *part)
{
    const char *at = rest->at, *end = span_end(*rest);
    if (end - at < 2)
        return false;
    *type = (enum key_type)(unsigned char)*at++;
    size_t len = 0;
    for (unsigned shift = 0;; shift += 7) {
        unsigned char c = (unsigned char)*at++;
        len |= (size_t)(c & 0x7F) << shift;
        if (!(c & 0x80))
            break;
    }
    *part = (struct span){at, len};
    *rest = span_from(at + len, end);
    return true;
}
