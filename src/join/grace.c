/* grace -- what fits in memory is joined there, what does not in parts. */
#include "join/grace.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/fail.h"
#include "joiner_admit.h"
#include "split.h"

#define RECORD_BYTES 58 /* of a held record beside its line, at the worst moment */

/* ---- RIGHT ---- */

static void spill_right(struct grace *g, const struct record *r)
{
    const struct joinkey *key = &g->j->key[ON_RIGHT];
    bool lacking = key->lacking < key->count;
    struct spill_entry e = {.head = {.seq = g->rights, .record = g->rights, .line = r->number},
                            .text = r->line};
    if (!lacking)
        e.key = key->key;
    g->file = r->file;
    spill_add(&g->right, lacking ? g->rights % SPILL_PARTS : split_part(e.key, 0), &e);
    g->rights++;
}

/* What was held so far goes to the parts, and all that comes. */
static void start_spilling(struct grace *g)
{
    struct joiner *j = g->j;
    spill_open(&g->right, g->block);
    for (size_t i = 0; i < j->held.count; i++) {
        const struct record *r = held_read(&j->held, i);
        joinkey_take(&j->key[ON_RIGHT], r, false);
        joinkey_next(&j->key[ON_RIGHT]);
        spill_right(g, r);
    }
    held_clear(&j->held);
    g->spills = j->by_parts = true;
}

/* As joiner_hold(), but that a key is not yet known to be there once only. */
static void take_right(struct grace *g, const struct record *r)
{
    struct joiner *j = g->j;
    if (!joiner_take_keys(j, ON_RIGHT, r))
        return;
    joinkey_next(&j->key[ON_RIGHT]);
    outer_see(&j->outer[ON_RIGHT], r);
    spill_right(g, r);
}

static size_t read_right(struct grace *g)
{
    struct filter *f = g->f;
    struct jsonl reader;
    struct record r;
    size_t bytes = 0;
    jsonl_open(&reader, f->operands, 1, f->options.max_line);
    while (filter_next_from(f, &reader, &r)) {
        if (g->spills) {
            take_right(g, &r);
            continue;
        }
        joiner_hold(g->j, &r);
        bytes += r.line.len + RECORD_BYTES;
        if (bytes > g->limit)
            start_spilling(g);
    }
    filter_say(f, "%s: %zu records %s", reader.in.name, g->spills ? g->rights : g->j->held.count,
               g->spills ? "split by their keys" : "held");
    size_t records = reader.records;
    jsonl_close(&reader);
    return records;
}

/* ---- keys of RIGHT that are there again ---- */

static int by_record(const void *a, const void *b)
{
    const struct split_again *left = a, *right = b;
    return left->record < right->record ? -1 : left->record > right->record;
}

/* Tells the RIGHT records whose keys were there before, in their order, and takes the fields of
 * the side from the others alone, as a join in memory does. */
static void refuse_again(struct grace *g)
{
    struct joiner *j = g->j;
    struct spill_merge m;
    struct scan scan = {0};
    size_t next = 0;
    if (g->again_count == 0)
        return;
    qsort(g->again, g->again_count, sizeof *g->again, by_record);
    joiner_forget_right(j);
    spill_merge_open(&m, &g->right);
    for (const struct spill_entry *e; (e = spill_merge_next(&m));) {
        struct record r;
        split_record(g, e, &scan, &r);
        if (next < g->again_count && g->again[next].record == e->head.record)
            joiner_refuse_right(j, &r, g->again[next++].first_line);
        else
            outer_see(&j->outer[ON_RIGHT], &r);
    }
    spill_merge_close(&m);
    scan_free(&scan);
}

/* ---- LEFT ---- */

/* LEFT once more as a file, if it cannot be read twice. Line ends stand for blank lines, so that
 * each line keeps its number. */
struct copy {
    int fd;
    uint64_t end;
    size_t lines;
    struct buf bytes;
};

static void flush_copy(struct copy *c)
{
    spill_write(c->fd, c->bytes.at, c->bytes.len, c->end);
    c->end += c->bytes.len;
    buf_clear(&c->bytes);
}

static void copy_line(struct copy *c, const struct jsonl *reader)
{
    for (; c->lines + 1 < reader->in.line; c->lines++)
        buf_addc(&c->bytes, '\n');
    buf_add(&c->bytes, reader->line);
    buf_addc(&c->bytes, '\n');
    c->lines++;
    if (c->bytes.len >= OUTPUT_BLOCK)
        flush_copy(c);
}

static bool is_file(const struct filter *f)
{
    struct stat s;
    bool named = f->operand_count > 1 && strcmp(f->operands[1], "-") != 0;
    return named && stat(f->operands[1], &s) == 0 && S_ISREG(s.st_mode);
}

/* A key that cannot be taken, or matches nothing, is told when the record is joined. */
static void take_left_key(struct grace *g, const struct record *r)
{
    struct joinkey *key = &g->j->key[ON_LEFT];
    if (!joinkey_take(key, r, false))
        return;
    joinkey_next(key);
    if (key->lacking < key->count)
        return;
    struct spill_entry e = {.head = {.seq = g->lefts}, .key = key->key};
    spill_add(&g->left, split_part(e.key, 0), &e);
}

static void read_left_keys(struct grace *g)
{
    struct filter *f = g->f;
    struct jsonl reader;
    struct record r;
    struct copy copy = {.fd = is_file(f) ? -1 : spill_file()};
    enum jsonl_status status;
    spill_open(&g->left, g->block);
    jsonl_open(&reader, f->operands + 1, f->operand_count - 1, f->options.max_line);
    while ((status = jsonl_next(&reader, &r)) != JSONL_END) {
        if (copy.fd >= 0)
            copy_line(&copy, &reader);
        if (status == JSONL_BAD)
            continue; /* told when it is read again */
        take_left_key(g, &r);
        g->lefts++;
    }
    jsonl_close(&reader);
    if (copy.fd >= 0) {
        flush_copy(&copy);
        input_instead(&f->in.in, copy.fd);
    }
    buf_free(&copy.bytes);
}

/* ---- LEFT with its partners ---- */

struct partners {
    struct spill_reader readers[SPILL_PARTS];
    uint64_t *records; /* of RIGHT: those held now */
    size_t count, cap;
};

/* Holds the partners of LEFT record number SEQ. */
static void hold_partners(struct grace *g, struct partners *p, uint64_t seq, const struct record *r)
{
    struct joinkey *key = &g->j->key[ON_LEFT];
    p->count = 0;
    if (g->j->held.count)
        held_clear(&g->j->held);
    if (!joinkey_take(key, r, false))
        return;
    joinkey_next(key);
    if (key->lacking < key->count)
        return;
    struct spill_reader *from = &p->readers[split_part(key->key, 0)];
    for (; from->has && from->entry.head.seq == seq; spill_reader_next(from)) {
        const struct spill_entry *e = &from->entry;
        struct record right = {.line = e->text, .file = g->file, .number = e->head.line};
        held_add(&g->j->held, &right, key->key);
        p->records = array_grow(p->records, &p->cap, p->count + 1, sizeof *p->records);
        p->records[p->count++] = e->head.record;
    }
}

static void note_matched(struct grace *g, const struct partners *p)
{
    if (p->count == 0 || !held_matched(&g->j->held, 0))
        return;
    for (size_t i = 0; i < p->count; i++)
        split_mark(g->matched, p->records[i]);
}

static void join_left(struct grace *g)
{
    struct partners *p = calloc(1, sizeof *p);
    struct record r;
    uint64_t seq = 0;
    if (!p)
        fail_memory();
    for (size_t i = 0; i < SPILL_PARTS; i++) {
        spill_reader_open(&p->readers[i], &g->found, i);
        spill_reader_next(&p->readers[i]);
    }
    while (filter_next(g->f, &r)) {
        hold_partners(g, p, seq++, &r);
        joiner_join(g->j, &r);
        note_matched(g, p);
    }
    if (seq != g->lefts)
        fail(STATUS_DATA, "%s: changed while it was read", g->f->in.in.name);
    for (size_t i = 0; i < SPILL_PARTS; i++)
        spill_reader_close(&p->readers[i]);
    free(p->records);
    free(p);
    held_clear(&g->j->held);
}

/* ---- the end ---- */

static size_t count_marks(const uint8_t *marks, uint64_t records)
{
    size_t count = 0;
    for (uint64_t i = 0; i < records; i++)
        count += split_is_marked(marks, i);
    return count;
}

/* RIGHT records that nobody has found, in RIGHT's order, if anybody wants to see them. */
static void finish_right(struct grace *g)
{
    struct joiner *j = g->j;
    struct spill_merge m;
    struct scan scan = {0};
    size_t matched = count_marks(g->matched, g->rights);
    joiner_end_left(j);
    j->counts.matched[ON_RIGHT] += matched;
    if (!joiner_tells_right(j)) {
        j->counts.unmatched[ON_RIGHT] += (size_t)g->rights - matched - g->again_count;
        return;
    }
    spill_merge_open(&m, &g->right);
    for (const struct spill_entry *e; (e = spill_merge_next(&m));) {
        struct record r;
        if (split_is_marked(g->matched, e->head.record) ||
            split_is_marked(g->dropped, e->head.record))
            continue;
        split_record(g, e, &scan, &r);
        joiner_pass_right(j, &r);
    }
    spill_merge_close(&m);
    scan_free(&scan);
}

static uint8_t *new_marks(uint64_t records)
{
    uint8_t *marks = calloc((size_t)(records / 8) + 1, 1);
    if (!marks)
        fail_memory();
    return marks;
}

static void join_parts(struct grace *g)
{
    g->matched = new_marks(g->rights);
    g->dropped = new_marks(g->rights);
    read_left_keys(g);
    spill_open(&g->found, g->block);
    split_all(g);
    spill_close(&g->left);
    refuse_again(g);
    joiner_held_all(g->j);
    join_left(g);
    spill_close(&g->found);
    finish_right(g);
    spill_close(&g->right);
    free(g->matched);
    free(g->dropped);
    free(g->again);
}

size_t grace_join(struct joiner *j, struct filter *f, size_t size)
{
    struct grace g = {.j = j, .f = f, .limit = size / 4 * 3};
    struct record r;
    g.block = size / (16 * SPILL_PARTS);
    if (j->held.places_most > size / 16)
        j->held.places_most = size / 16;
    g.block = g.block < 4096 ? 4096 : g.block > 32768 ? 32768 : g.block;
    size_t read = read_right(&g);
    if (g.spills) {
        join_parts(&g);
    } else {
        joiner_held_all(j);
        while (filter_next(f, &r))
            joiner_join(j, &r);
    }
    filter_count(f, "right_split", (size_t)g.rights);
    return read;
}
