/* tables_rivers -- the white that runs down a page between the columns of a table. */
#include <string.h>

#include "tables_parts.h"
#include "text/label.h"

#define ALIGNED 0.2   /* points that they may be off */
#define FEW_ALIGNED 4 /* lines that must show it */
#define WIDER 1.5     /* times the white between words */
#define STRAIGHT 3    /* lines that must show it where the table could go on */
#define WIDE 8.0      /* points of white there */
#define UP 1.25       /* lines of white, less one, that a cell's lines have above */
#define MAX_LINES 400 /* of a table */

/* Takes the words of LINE out of the white between COUNT gaps; gives how many are left. */
static size_t flow_round(struct gap *gaps, size_t count, const struct places_line *line,
                         double least)
{
    struct gap kept[TABLES_COLUMNS] = {0};
    size_t n = 0;
    for (size_t i = 0; i < count; i++) {
        struct gap g = gaps[i];
        for (size_t k = 0; k < line->count; k++) {
            const struct place *w = &line->words[k];
            if (w->right <= g.left || w->left >= g.right)
                continue;
            if (w->left - g.left >= least && n < TABLES_COLUMNS)
                kept[n++] = (struct gap){g.left, w->left};
            g.left = w->right;
        }
        if (g.right - g.left >= least && n < TABLES_COLUMNS)
            kept[n++] = g;
    }
    memcpy(gaps, kept, n * sizeof *gaps);
    return n;
}

size_t tables_rivers_column(const struct table *t, const struct place *w)
{
    size_t column = 0;
    while (column < t->river_count && w->left >= t->rivers[column].right - 0.01)
        column++;
    return column;
}

/* Whether what stands behind river I begins at one place in LEAST lines or more, as no words of
 * prose do. */
static bool is_aligned(const struct table *t, size_t i, size_t least)
{
    const struct gap *g = &t->rivers[i];
    size_t aligned = 0, ragged = 0;
    for (size_t k = t->first; k < t->last; k++) {
        const struct places_line *line = &t->lines[k];
        size_t w = 0;
        while (w < line->count && line->words[w].left < g->right - 0.01)
            w++;
        bool next = i + 1 >= t->river_count ||
                    (w < line->count && line->words[w].left < t->rivers[i + 1].right - 0.01);
        if (w < line->count && next)
            *(line->words[w].left - g->right <= ALIGNED ? &aligned : &ragged) += 1;
    }
    return aligned >= least && ragged == 0;
}

/* Whether the white of river I is wider than between words in a third of its lines: in a sentence
 * it is as wide as the others in each. */
static bool is_uneven(const struct table *t, size_t i)
{
    size_t wide = 0, all = 0;
    for (size_t k = t->first; k < t->last; k++) {
        const struct places_line *line = &t->lines[k];
        for (size_t w = 1; w < line->count; w++) {
            if (tables_rivers_column(t, &line->words[w - 1]) > i ||
                tables_rivers_column(t, &line->words[w]) <= i)
                continue;
            all++;
            wide += line->words[w].left - line->words[w - 1].right > WIDER * t->space;
        }
    }
    return 3 * wide >= all;
}

static bool is_river(const struct table *t, size_t i)
{
    return t->rivers[i].right - t->rivers[i].left >= t->wide ||
           (is_aligned(t, i, FEW_ALIGNED) && is_uneven(t, i));
}

/* Whether all rivers are so straight, and wide or told by so many lines, that a line across them is
 * none of the table's. */
static bool is_strict(const struct table *t)
{
    for (size_t i = 0; i < t->river_count; i++) {
        bool wide = t->rivers[i].right - t->rivers[i].left >= WIDE;
        if (!is_aligned(t, i, wide ? STRAIGHT : FEW_ALIGNED) || !(wide || is_uneven(t, i)))
            return false;
    }
    return true;
}

/* Leaves the rivers that have words on both sides of them in the table's lines. */
static void keep_inner(struct table *t)
{
    size_t kept = 0;
    for (size_t i = 0; i < t->river_count; i++) {
        size_t left = 0, right = 0;
        for (size_t k = t->first; k < t->last; k++) {
            const struct places_line *line = &t->lines[k];
            left += line->words[0].right <= t->rivers[i].left + 0.01;
            right += line->words[line->count - 1].left >= t->rivers[i].right - 0.01;
        }
        if (left > 1 && right > 1 && is_river(t, i))
            t->rivers[kept++] = t->rivers[i];
    }
    t->river_count = kept;
}

/* Whether all that stands left of the first river are numbers and bullets of a list. */
static bool only_labels(const struct table *t)
{
    for (size_t k = t->first; k < t->last; k++) {
        const struct places_line *line = &t->lines[k];
        for (size_t i = 0; i < line->count && line->words[i].left < t->rivers[0].left; i++) {
            struct label label;
            size_t end;
            if (line->words[i].text.len > 3 && !(label_read(line->words[i].text, 0, &label, &end) &&
                                                 end >= line->words[i].text.len))
                return false;
        }
    }
    return true;
}

/* The cells that have another one to their left in a line. */
static size_t neighbours(const struct table *t)
{
    size_t count = 0;
    for (size_t k = t->first; k < t->last; k++) {
        const struct places_line *line = &t->lines[k];
        for (size_t i = 1; i < line->count; i++)
            count += tables_rivers_column(t, &line->words[i]) !=
                     tables_rivers_column(t, &line->words[i - 1]);
    }
    return count;
}

static size_t wide_ones(const struct gap *gaps, size_t count)
{
    size_t wide = 0;
    for (size_t i = 0; i < count; i++)
        wide += gaps[i].right - gaps[i].left >= WIDE;
    return wide;
}

/* Takes the lines up to LAST with the COUNT gaps between them for the table if no fewer cells stand
 * beside each other there than the MOST so far. Where it GOES_ON with fewer or narrower gaps they
 * must be strict. */
static void settle(struct table *t, size_t last, const struct gap *gaps, size_t count, bool goes_on,
                   size_t *most)
{
    struct table as = *t;
    as.last = last;
    as.river_count = count;
    memcpy(as.rivers, gaps, count * sizeof *gaps);
    if (last - t->first < 2)
        return;
    keep_inner(&as);
    size_t cells = as.river_count ? neighbours(&as) : 0;
    if (as.river_count == 0 || cells < *most || (goes_on && !is_strict(&as)))
        return;
    *t = as;
    t->is_cut = goes_on;
    *most = cells;
}

bool tables_rivers_find(struct table *t, size_t first)
{
    struct gap gaps[TABLES_COLUMNS] = {{-1e6, 1e6}};
    size_t count = 1, last = first, most = 0;
    t->first = t->last = first;
    t->river_count = 0;
    t->is_cut = false;
    while (last < t->line_count && last - first < MAX_LINES) {
        struct gap next[TABLES_COLUMNS];
        memcpy(next, gaps, sizeof next);
        size_t left = flow_round(next, count, &t->lines[last], t->least);
        if (left < 3) /* the margins, and one between */
            break;
        if (left < count || wide_ones(next, left) < wide_ones(gaps, count))
            settle(t, last, gaps, count, true, &most);
        memcpy(gaps, next, sizeof gaps);
        count = left;
        last++;
    }
    settle(t, last, gaps, count, false, &most);
    return t->river_count > 0 && !(t->river_count == 1 && only_labels(t));
}

void tables_rivers_extend(struct table *t, size_t lowest)
{
    while (t->first > lowest) {
        const struct places_line *line = &t->lines[t->first - 1];
        struct gap gaps[TABLES_COLUMNS];
        memcpy(gaps, t->rivers, sizeof gaps);
        if (t->lines[t->first].middle - line->middle > UP * t->leading)
            return;
        if (flow_round(gaps, t->river_count, line, t->least) != t->river_count)
            return;
        t->first--;
    }
}
