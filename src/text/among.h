/* among -- whether a word is one of a list, which a text with spaces between them gives. */
#ifndef AMONG_H
#define AMONG_H

#include <strings.h>

#include "base/span.h"

enum among { AMONG_EXACT, AMONG_ANY_CASE };

static inline bool is_among(struct span word, const char *words, enum among letters)
{
    for (const char *at = words; *at; at += strspn(at, " ")) {
        size_t len = strcspn(at, " ");
        if (len == word.len && (letters == AMONG_EXACT ? memcmp(at, word.at, len) == 0
                                                       : strncasecmp(at, word.at, len) == 0))
            return true;
        at += len;
    }
    return false;
}

#endif
