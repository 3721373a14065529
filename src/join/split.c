/* split -- the parts of a grace hash join, one after the other. */
#include "split.h"

#include <stdlib.h>

#include "base/fail.h"
#include "joiner_admit.h"

#define RECORD_BYTES 58
#define MOST_LEVELS 5 /* 64^5 parts; what is too large then has one key, or the same hash */

/* A part of both sides, and where what they find goes. */
struct split {
    struct spill *right, *left, *found;
    size_t part, found_part;
    unsigned level;
};

static void split_one(struct grace *g, const struct split *s);

void split_record(struct grace *g, const struct spill_entry *e, struct scan *scan, struct record *r)
{
    struct joinkey *key = &g->j->key[ON_RIGHT];
    if (!scan_record(scan, e->text, r))
        fail(STATUS_DATA, "internal error: a record of a temporary file is not valid");
    r->file = g->file;
    r->number = (size_t)e->head.line;
    joinkey_take(key, r, false);
    joinkey_next(key);
}

static void note_again(struct grace *g, uint64_t record, size_t first_line)
{
    if (split_is_marked(g->dropped, record))
        return;
    split_mark(g->dropped, record);
    g->again = array_grow(g->again, &g->again_cap, g->again_count + 1, sizeof *g->again);
    g->again[g->again_count++] = (struct split_again){record, first_line};
}

/* ---- what fits ---- */

struct loaded {
    struct held held;
    uint64_t *records; /* their numbers */
    size_t cap;
};

/* Holds what FROM has, but not much more than LIMIT bytes. False if there was nothing. */
static bool load(struct grace *g, struct loaded *l, struct spill_reader *from, size_t limit)
{
    bool unique = joiner_is_unique(g->j, ON_RIGHT);
    size_t bytes = 0;
    held_clear(&l->held);
    for (; from->has && bytes <= limit; spill_reader_next(from)) {
        const struct spill_entry *e = &from->entry;
        struct record r = {.line = e->text, .file = g->file, .number = (size_t)e->head.line};
        size_t first = unique && e->key.len ? held_find(&l->held, e->key) : HELD_NONE;
        if (first != HELD_NONE)
            note_again(g, e->head.record, held_line(&l->held, first));
        if (first != HELD_NONE || e->key.len == 0)
            continue;
        l->records = array_grow(l->records, &l->cap, l->held.count + 1, sizeof *l->records);
        l->records[l->held.count] = e->head.record;
        held_add(&l->held, &r, e->key);
        bytes += e->text.len + RECORD_BYTES;
    }
    return l->held.count > 0;
}

static void loaded_free(struct loaded *l)
{
    held_free(&l->held);
    free(l->records);
}

/* What each LEFT key of the part finds among what is loaded. */
static void look_up(const struct split *s, struct loaded *l, struct spill *to, size_t to_part)
{
    struct spill_reader left;
    spill_reader_open(&left, s->left, s->part);
    while (spill_reader_next(&left)) {
        size_t at = held_find(&l->held, left.entry.key);
        for (; at != HELD_NONE; at = held_next(&l->held, at)) {
            struct spill_entry e = {.head = {.seq = left.entry.head.seq,
                                             .record = l->records[at],
                                             .line = held_line(&l->held, at)},
                                    .text = held_text(&l->held, at)};
            spill_add(to, to_part, &e);
        }
    }
    spill_reader_close(&left);
}

/* All parts of FROM as one of another, in their order; FROM goes. */
static void gather(struct spill *from, struct spill *to, size_t part)
{
    struct spill_merge *m = malloc(sizeof *m);
    if (!m)
        fail_memory();
    spill_merge_open(m, from);
    for (const struct spill_entry *e; (e = spill_merge_next(m));)
        spill_add(to, part, e);
    spill_merge_close(m);
    free(m);
    spill_close(from);
}

/* The bits of a key with very many records, each behind those before it. */
static void join_bits(struct grace *g, const struct split *s, struct loaded *l,
                      struct spill_reader *right, size_t limit)
{
    struct spill bits, fewer;
    size_t count = 0;
    spill_open(&bits, g->block);
    while (load(g, l, right, limit)) {
        if (count == SPILL_PARTS) {
            spill_open(&fewer, g->block);
            gather(&bits, &fewer, 0);
            bits = fewer;
            count = 1;
        }
        look_up(s, l, &bits, count++);
    }
    gather(&bits, s->found, s->found_part);
}

static void join_loaded(struct grace *g, const struct split *s, size_t limit)
{
    struct loaded l = {.records = NULL};
    struct spill_reader right;
    held_init(&l.held, &g->j->key[ON_RIGHT]);
    spill_reader_open(&right, s->right, s->part);
    spill_reader_next(&right);
    if (limit != SIZE_MAX)
        join_bits(g, s, &l, &right, limit);
    else if (load(g, &l, &right, limit))
        look_up(s, &l, s->found, s->found_part);
    spill_reader_close(&right);
    loaded_free(&l);
}

/* ---- a part that does not fit ---- */

static void deal_out(struct spill *from, size_t part, struct spill *to, unsigned level)
{
    struct spill_reader r;
    spill_reader_open(&r, from, part);
    while (spill_reader_next(&r))
        if (r.entry.key.len)
            spill_add(to, split_part(r.entry.key, level), &r.entry);
    spill_reader_close(&r);
}

static void join_parts(struct grace *g, const struct split *s)
{
    struct spill right, left, found;
    spill_open(&right, g->block);
    spill_open(&left, g->block);
    spill_open(&found, g->block);
    deal_out(s->right, s->part, &right, s->level + 1);
    deal_out(s->left, s->part, &left, s->level + 1);
    for (size_t i = 0; i < SPILL_PARTS; i++) {
        struct split below = {&right, &left, &found, i, i, s->level + 1};
        if (right.parts[i].bytes >= s->right->parts[s->part].bytes / 10 * 9)
            below.level = MOST_LEVELS; /* one key has nearly all */
        split_one(g, &below);
    }
    spill_close(&right);
    spill_close(&left);
    gather(&found, s->found, s->found_part);
}

static void split_one(struct grace *g, const struct split *s)
{
    const struct spill_part *right = &s->right->parts[s->part];
    bool unique = joiner_is_unique(g->j, ON_RIGHT);
    bool fits = right->bytes <= g->limit &&
                right->entries <= (g->limit - (size_t)right->bytes) / RECORD_BYTES;
    if (right->entries == 0)
        return;
    if (fits || (s->level >= MOST_LEVELS && unique)) /* but once each, few keys stay of many */
        join_loaded(g, s, SIZE_MAX);
    else if (s->level >= MOST_LEVELS)
        join_loaded(g, s, g->limit);
    else
        join_parts(g, s);
}

void split_all(struct grace *g)
{
    for (size_t i = 0; i < SPILL_PARTS; i++) {
        struct split top = {&g->right, &g->left, &g->found, i, i, 0};
        split_one(g, &top);
    }
}
