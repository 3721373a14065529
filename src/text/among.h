/* among -- whether a word is one of a list, which a text with spaces between them gives. */
#ifndef AMONG_H
#define AMONG_H

#include "base/span.h"

enum among {
    AMONG_EXACT,
    AMONG_ANY_CASE /* the list is in lower case */
};

static inline bool is_among(struct span word, const char *words, enum among letters)
{
    for (const char *at = words; *at;) {
        size_t same = 0;
        while (same < word.len && *at && *at != ' ') {
            char c = word.at[same];
            if (*at != (letters == AMONG_ANY_CASE && c >= 'A' && c <= 'Z' ? c | 0x20 : c))
                break;
            same++;
            at++;
        }
        if (same == word.len && (*at == ' ' || *at == '\0'))
            return word.len > 0;
        while (*at && *at != ' ')
            at++;
        at += *at == ' ';
    }
    return false;
}

#endif
