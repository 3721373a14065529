/* places -- the words of a PDF's pages with their places. */
#include "places.h"

#include <math.h>
#include <stdlib.h>

#include "base/utf8.h"

#define SAME_LINE                                                                                  \
    0.25            /* of a word's height, that the middles of a line's words are apart at most */
#define WORD_MIN 40 /* bytes of the shortest tag that is taken for a word; pdftotext spends 70 */

/* The end of what stands between FROM and END and the place behind WHAT in it; NULL if it is not
 * there. */
static const char *behind(const char *from, const char *end, const char *what)
{
    const char *at = memmem(from, (size_t)(end - from), what, strlen(what));
    return at ? at + strlen(what) : NULL;
}

static bool number_of(struct span tag, const char *name, double *value)
{
    char digits[32];
    const char *at = behind(tag.at, span_end(tag), name);
    size_t len = 0;
    while (at && at + len < span_end(tag) && len + 1 < sizeof digits &&
           strchr("-.0123456789", at[len])) {
        digits[len] = at[len];
        len++;
    }
    digits[len] = '\0';
    *value = strtod(digits, NULL);
    return len > 0 && isfinite(*value);
}

/* TEXT without the escapes of XML. */
static struct span plain(struct span text, struct arena *a)
{
    static const struct span escapes[][2] = {{SPAN_ROW("&amp;"), SPAN_ROW("&")},
                                             {SPAN_ROW("&lt;"), SPAN_ROW("<")},
                                             {SPAN_ROW("&gt;"), SPAN_ROW(">")},
                                             {SPAN_ROW("&quot;"), SPAN_ROW("\"")},
                                             {SPAN_ROW("&apos;"), SPAN_ROW("'")}};
    struct span copy = arena_copy(a, text);
    char *to = (char *)copy.at;
    for (size_t i = 0; i < text.len;) {
        struct span rest = {text.at + i, text.len - i};
        size_t k = 0, all = sizeof escapes / sizeof *escapes;
        while (k < all && !span_starts(rest, escapes[k][0]))
            k++;
        *to++ = k < all ? escapes[k][1].at[0] : text.at[i];
        i += k < all ? escapes[k][0].len : 1;
    }
    return (struct span){copy.at, (size_t)(to - copy.at)};
}

/* The word that the tag at AT begins; gives the place behind it, or NULL. */
static const char *read_word(const char *at, const char *end, struct place *p, struct arena *a)
{
    const char *close = memchr(at, '>', (size_t)(end - at));
    const char *stop = close ? behind(close, end, "</word>") : NULL;
    if (!stop)
        return NULL;
    struct span tag = span_from(at, close);
    if (!number_of(tag, "xMin=\"", &p->left) || !number_of(tag, "yMin=\"", &p->top) ||
        !number_of(tag, "xMax=\"", &p->right) || !number_of(tag, "yMax=\"", &p->bottom))
        return NULL;
    p->text = plain(span_from(close + 1, stop - strlen("</word>")), a);
    return stop;
}

static double middle(const struct place *p)
{
    return (p->top + p->bottom) / 2;
}

static int by_middle(const void *a, const void *b)
{
    const struct place *x = a, *y = b;
    if (middle(x) != middle(y))
        return middle(x) < middle(y) ? -1 : 1;
    return (x->left > y->left) - (x->left < y->left);
}

static int by_line(const void *a, const void *b)
{
    const struct place *x = a, *y = b;
    if (x->line != y->line)
        return x->line < y->line ? -1 : 1;
    return (x->left > y->left) - (x->left < y->left);
}

static void find_lines(struct places *p)
{
    size_t line = 0;
    if (p->count == 0)
        return;
    qsort(p->at, p->count, sizeof *p->at, by_middle);
    const struct place *first = &p->at[0];
    for (size_t i = 0; i < p->count; i++) {
        double high = p->at[i].bottom - p->at[i].top;
        if (middle(&p->at[i]) - middle(first) > SAME_LINE * high) {
            first = &p->at[i];
            line++;
        }
        p->at[i].line = line;
    }
    qsort(p->at, p->count, sizeof *p->at, by_line);
}

bool places_next(struct span told, size_t *at, struct places *p, struct arena *a)
{
    const char *end = span_end(told);
    const char *page = *at < told.len ? behind(told.at + *at, end, "<page ") : NULL;
    *p = (struct places){0};
    if (!page)
        return false;
    const char *stop = behind(page, end, "</page>");
    stop = stop ? stop : end;
    *at = (size_t)(stop - told.at);
    size_t most = (size_t)(stop - page) / WORD_MIN + 1;
    p->at = arena_array(a, most < PLACES_MAX ? most : PLACES_MAX + 1, sizeof *p->at);
    for (const char *word = page; (word = behind(word, stop, "<word "));) {
        struct place next = {0};
        word = read_word(word, stop, &next, a);
        if (!word || p->count > PLACES_MAX) {
            p->count = 0;
            return true;
        }
        if (next.text.len)
            p->at[p->count++] = next;
    }
    find_lines(p);
    return true;
}

struct places_line *places_lines(const struct places *p, size_t *count, struct arena *a)
{
    struct places_line *lines = arena_array(a, p->count + 1, sizeof *lines);
    *count = 0;
    for (size_t i = 0; i < p->count; i++) {
        if (i == 0 || p->at[i].line != p->at[i - 1].line)
            lines[(*count)++] = (struct places_line){&p->at[i], 0, middle(&p->at[i])};
        lines[*count - 1].count++;
    }
    return lines;
}

size_t places_letters(const struct places_line *lines, size_t from, size_t to)
{
    size_t count = 0;
    for (size_t k = from; k < to; k++)
        for (size_t w = 0; w < lines[k].count; w++)
            count += lines[k].words[w].text.len;
    return count;
}

static bool is_white(char c)
{
    return strchr(" \t\n\r\f", c) != NULL;
}

const char *places_behind(const char *at, const char *end, size_t count)
{
    if (count == 0)
        return at;
    for (; at < end && count; at++)
        count -= !is_white(*at);
    if (count)
        return NULL;
    while (at < end && is_white(*at) && *at != '\n')
        at++;
    if (at < end && *at != '\n')
        return NULL;
    return at < end ? at + 1 : end;
}

void places_each(struct span text, struct span told, places_put *put, struct buf *out)
{
    struct arena arena = {0};
    size_t page = 0;
    const char *at = text.at, *end = span_end(text);
    while (at < end) {
        struct places places;
        const char *stop = memchr(at, '\f', (size_t)(end - at));
        stop = stop ? stop + 1 : end;
        if (places_next(told, &page, &places, &arena))
            put(span_from(at, stop), &places, out);
        else
            buf_add(out, span_from(at, stop));
        arena_clear(&arena);
        at = stop;
    }
    arena_free(&arena);
}
