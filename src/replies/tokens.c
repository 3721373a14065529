/* tokens -- a clean text as words and their places. */
#include "tokens.h"

#include <stdlib.h>

#include "base/arena.h"

enum kind { GAP, DIGIT, LETTER };

static enum kind kind_of(char c)
{
    if (c >= '0' && c <= '9')
        return DIGIT;
    if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (unsigned char)c >= 0x80)
        return LETTER;
    return GAP;
}

/* Signs beyond ASCII that part words: bullets, boxes, pounds and the like, by their lead bytes
 * (U+00A0..00BF, U+2000..2FFF). */
static size_t sign_length(const char *at, const char *end)
{
    unsigned char c = (unsigned char)*at;
    if (c == 0xC2 && end - at >= 2)
        return 2;
    return c == 0xE2 && end - at >= 3 ? 3 : 0;
}

static char lower_of(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static void add_word(struct tokens *w, size_t start, size_t end)
{
    w->at = array_grow(w->at, &w->cap, w->count + 1, sizeof *w->at);
    w->at[w->count++] = (struct token){(uint32_t)start, (uint32_t)end};
}

void tokens_split(struct tokens *w, struct span text)
{
    const char *end = span_end(text);
    w->count = 0;
    buf_clear(&w->lower);
    buf_reserve(&w->lower, text.len + 1);
    for (size_t i = 0; i < text.len; i++)
        buf_addc(&w->lower, lower_of(text.at[i]));
    /* fonts that show "ti" by this letter: both are two bytes */
    for (size_t i = 0; i + 1 < w->lower.len; i++)
        if (memcmp(w->lower.at + i, "\u019F", 2) == 0)
            memcpy(w->lower.at + i, "ti", 2);
    for (size_t i = 0; i < text.len;) {
        enum kind kind = kind_of(text.at[i]);
        size_t sign = sign_length(text.at + i, end);
        if (kind == GAP || sign) {
            i += sign ? sign : 1;
            continue;
        }
        size_t start = i;
        while (i < text.len) {
            bool inner = text.at[i] == '\'' && kind == LETTER && i + 1 < text.len &&
                         kind_of(text.at[i + 1]) == LETTER;
            if ((kind_of(text.at[i]) != kind && !inner) || sign_length(text.at + i, end))
                break;
            i++;
        }
        add_word(w, start, i);
    }
}

size_t tokens_from(const struct tokens *w, size_t offset)
{
    size_t low = 0, high = w->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (w->at[middle].start < offset)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

void tokens_free(struct tokens *w)
{
    free(w->at);
    buf_free(&w->lower);
    *w = (struct tokens){0};
}
