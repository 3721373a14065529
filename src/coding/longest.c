/* longest -- of mentions that lie across each other, the longest. */
#include "longest.h"

#include <stdlib.h>

static uint32_t length(const struct mention *m)
{
    return m->end - m->start;
}

/* The longest first; of equal ones the earlier, then what is not void, then what
 * is no plural, then the order of the codebook. */
static int by_length(const void *a, const void *b)
{
    const struct mention *x = a, *y = b;
    if (length(x) != length(y))
        return length(x) > length(y) ? -1 : 1;
    if (x->start != y->start)
        return x->start < y->start ? -1 : 1;
    if (x->is_void != y->is_void)
        return x->is_void - y->is_void;
    if (x->plural != y->plural)
        return x->plural - y->plural;
    return (x->term > y->term) - (x->term < y->term);
}

static int by_place(const void *a, const void *b)
{
    const struct mention *x = a, *y = b;
    if (x->start != y->start)
        return x->start < y->start ? -1 : 1;
    if (x->end != y->end)
        return x->end > y->end ? -1 : 1;
    return (x->term > y->term) - (x->term < y->term);
}

/* Is the mention one of another code for the very text that LAST takes? */
static bool shares(const struct mentions *m, const struct mention *last,
                   const struct mention *mention)
{
    const struct codebook_term *terms = m->field->terms;
    return last->start == mention->start && last->end == mention->end &&
           last->plural == mention->plural && terms[last->term].code != terms[mention->term].code;
}

#define FEW 32 /* mentions that are sorted faster by insertion than by qsort */

static void sort(struct mention *at, size_t count, int (*order)(const void *, const void *))
{
    if (count > FEW) {
        qsort(at, count, sizeof *at, order);
        return;
    }
    for (size_t i = 1; i < count; i++) {
        struct mention mention = at[i];
        size_t j = i;
        for (; j > 0 && order(&at[j - 1], &mention) > 0; j--)
            at[j] = at[j - 1];
        at[j] = mention;
    }
}

/* Mentions that lie across each other, or that others join so; by place. */
struct knot {
    struct mention *at;
    size_t count;
    uint32_t start, end; /* bytes in the answer */
};

static struct knot next_knot(const struct mentions *m, size_t first)
{
    struct mention *at = m->mentions + first;
    struct knot knot = {at, 1, at->start, at->end};
    for (; first + knot.count < m->count && at[knot.count].start < knot.end; knot.count++)
        if (at[knot.count].end > knot.end)
            knot.end = at[knot.count].end;
    return knot;
}

/* Drops every mention across which a longer one lies, be that void or not: its
 * words are taken. The longest come first, so a kept one that lies across this
 * one covers its first or last byte. */
static void keep_longest(struct mentions *m, struct knot *knot)
{
    size_t kept = 0;
    buf_clear(&m->taken);
    buf_reserve(&m->taken, knot->end - knot->start);
    memset(m->taken.at, 0, knot->end - knot->start);
    char *taken = m->taken.at;
    sort(knot->at, knot->count, by_length);
    for (size_t i = 0; i < knot->count; i++) {
        struct mention mention = knot->at[i];
        uint32_t start = mention.start - knot->start;
        if ((taken[start] || taken[start + length(&mention) - 1]) &&
            !(kept > 0 && shares(m, &knot->at[kept - 1], &mention)))
            continue;
        memset(taken + start, 1, length(&mention));
        knot->at[kept++] = mention;
    }
    knot->count = kept;
    sort(knot->at, kept, by_place);
}

void longest_keep(struct mentions *m)
{
    size_t kept = 0;
    for (size_t i = 0; i < m->count;) {
        struct knot knot = next_knot(m, i);
        i += knot.count;
        if (knot.count > 1)
            keep_longest(m, &knot);
        if (knot.at != m->mentions + kept)
            memmove(m->mentions + kept, knot.at, knot.count * sizeof *knot.at);
        kept += knot.count;
    }
    m->count = kept;
}
