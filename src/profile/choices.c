#include "choices.h"

#include <stdlib.h>

#include "base/arena.h"

#define MOST_CHOICES 40 /* that a question offers */
#define LEAST_WAYS 3    /* of choosing several, where some choice is never seen apart */
#define FEW_SEVERAL 10  /* one cell in so many must hold several choices */
#define FEW_SINGLE 20   /* and one in so many a single one */

/* What is known of an item but its count. */
struct neighbour {
    size_t before; /* the item that it came behind; its number, plus one */
    bool is_free;  /* it came first, or behind different ones */
};

struct parted {
    struct column_counted *items;
    struct neighbour *at; /* by item */
    size_t cap;
    size_t single, several; /* cells */
    size_t ways;            /* different cells with several */
};

/* The item behind number BEFORE (plus one; 0 for none), COUNT times. Its own number, plus one. */
static size_t add_item(struct parted *p, struct span item, size_t before, size_t count)
{
    size_t known = p->items->names.count;
    column_count(p->items, item, count);
    size_t index = intern_find(&p->items->names, item);
    p->at = array_grow(p->at, &p->cap, index + 1, sizeof *p->at);
    if (index == known)
        p->at[index] = (struct neighbour){.before = before};
    p->at[index].is_free |= before == 0 || p->at[index].before != before;
    return index + 1;
}

/* The next item of a cell, whose rest is *CELL; items without a text are passed over. */
static bool next_item(struct span *cell, char by, struct span *item)
{
    while (cell->at) {
        const char *end = span_end(*cell), *next = memchr(cell->at, by, cell->len);
        *item = span_trimmed(span_from(cell->at, next ? next : end));
        *cell = next ? span_from(next + 1, end) : (struct span){0};
        if (item->len)
            return true;
    }
    return false;
}

static void part_cell(struct parted *p, struct span cell, char by, size_t count)
{
    size_t items = 0, before = 0;
    for (struct span item; next_item(&cell, by, &item); items++)
        before = add_item(p, item, before, count);
    *(items > 1 ? &p->several : &p->single) += count;
    p->ways += items > 1;
}

/* How many of the cells with several items hold only such as come again. */
static size_t count_known(const struct parted *p, const struct column *c, char by)
{
    size_t known = 0;
    for (size_t i = 0; i < c->values.names.count; i++) {
        struct span cell = c->values.names.keys[i], item;
        size_t items = 0, once = 0;
        for (; next_item(&cell, by, &item); items++)
            once += p->items->counts[intern_find(&p->items->names, item)] < 2;
        known += items > 1 && once == 0 ? c->values.counts[i] : 0;
    }
    return known;
}

/* Few items that come again make nearly all of what is there. The separator may belong to an
 * answer ("Yes, but rarely"): then what is behind it always stands behind the same words. */
static bool are_choices(const struct parted *p, char by)
{
    size_t mentions = 0, again = 0, choices = 0;
    for (size_t i = 0; i < p->items->names.count; i++) {
        size_t count = p->items->counts[i];
        mentions += count;
        if (count < 2)
            continue;
        again += count;
        choices++;
        if (!p->at[i].is_free && (by == ',' || p->ways < LEAST_WAYS))
            return false;
    }
    size_t cells = p->single + p->several;
    return choices >= 2 && choices <= MOST_CHOICES && again * 10 >= mentions * 8 &&
           mentions >= choices * 2 && p->several * FEW_SEVERAL >= cells &&
           p->single * FEW_SINGLE >= cells;
}

bool choices_find(const struct column *c, char by, struct column_counted *items)
{
    struct parted p = {.items = items};
    for (size_t i = 0; i < c->values.names.count; i++)
        part_cell(&p, c->values.names.keys[i], by, c->values.counts[i]);
    bool are = !c->overflows && are_choices(&p, by) && count_known(&p, c, by) * 2 >= p.several;
    free(p.at);
    return are;
}
