/* spacing -- where the paragraphs of a PDF's page end, by the places of its lines. */
#include "spacing.h"

#include <math.h>
#include <stdlib.h>

#include "base/arena.h"
#include "places.h"

#define FULL 0.85  /* of the text's width, from which on a line was broken and did not end */
#define MORE 1.3   /* times as far apart as the lines of a paragraph are */
#define COLUMN 2.0 /* heights of a line, of white within it: it is a table's */
#define NEAR 0.8   /* heights of a line: two that are nearer stand beside each other */

struct page {
    struct places_line *lines;
    size_t count;
    double left, right; /* where its text stands */
};

static double height(const struct places_line *line)
{
    return line->words->bottom - line->words->top;
}

static double right_of(const struct places_line *line)
{
    return line->words[line->count - 1].right;
}

static struct page lay_out(const struct places *places, struct arena *a)
{
    struct page p = {.left = INFINITY, .right = -INFINITY};
    p.lines = places_lines(places, &p.count, a);
    for (size_t k = 0; k < p.count; k++) {
        p.left = fmin(p.left, p.lines[k].words->left);
        p.right = fmax(p.right, right_of(&p.lines[k]));
    }
    return p;
}

static bool is_of_table(const struct places_line *line)
{
    for (size_t i = 1; i < line->count; i++)
        if (line->words[i].left - line->words[i - 1].right > COLUMN * height(line))
            return true;
    return false;
}

static double above(const struct page *p, size_t k)
{
    return p->lines[k].middle - p->lines[k - 1].middle;
}

static int by_size(const void *a, const void *b)
{
    const double *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

/* How far apart the lines of a paragraph are: what stands below those that were broken. 0 if the
 * page does not tell. */
static double leading(const struct page *p, struct arena *a)
{
    double *found = arena_array(a, p->count + 1, sizeof *found);
    size_t count = 0;
    for (size_t k = 1; k < p->count; k++) {
        bool full = right_of(&p->lines[k - 1]) - p->left >= FULL * (p->right - p->left);
        if (full && above(p, k) >= NEAR * height(&p->lines[k]))
            found[count++] = above(p, k);
    }
    if (count == 0)
        return 0;
    qsort(found, count, sizeof *found, by_size);
    return found[(count - 1) / 2];
}

static bool starts_with(const char *at, const char *end, struct span word)
{
    while (at < end && *at == ' ')
        at++;
    return (size_t)(end - at) >= word.len && memcmp(at, word.at, word.len) == 0;
}

static bool is_blank(const char *at, const char *end)
{
    while (at < end && *at == ' ')
        at++;
    return at == end || *at == '\n';
}

/* Each line is found by the letters before it; where the text goes another way it stays as it is.
 */
static void put_lines(struct span text, const struct page *p, double apart, struct buf *out)
{
    const char *at = text.at, *end = span_end(text);
    for (size_t k = 1, from = 0; k < p->count; k++) {
        if (above(p, k) <= MORE * apart || is_of_table(&p->lines[k]) ||
            is_of_table(&p->lines[k - 1]))
            continue;
        const char *stop = places_behind(at, end, places_letters(p->lines, from, k));
        if (!stop)
            break;
        buf_add(out, span_from(at, stop));
        at = stop;
        from = k;
        if (!is_blank(at, end) && starts_with(at, end, p->lines[k].words->text))
            buf_addc(out, '\n');
    }
    buf_add(out, span_from(at, end));
}

static void put_page(struct span text, const struct places *places, struct buf *out)
{
    struct arena arena = {0};
    struct page p = lay_out(places, &arena);
    double apart = leading(&p, &arena);
    if (apart > 0)
        put_lines(text, &p, apart, out);
    else
        buf_add(out, text);
    arena_free(&arena);
}

void spacing_put(struct span text, struct span told, struct buf *out)
{
    places_each(text, told, put_page, out);
}

bool spacing_likely(struct span text)
{
    for (size_t i = 1; i + 1 < text.len; i++)
        if (text.at[i] == '\n' && strchr(".?!:", text.at[i - 1]) &&
            !is_blank(text.at + i + 1, span_end(text)) && text.at[i + 1] != '\f')
            return true;
    return false;
}
