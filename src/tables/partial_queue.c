/* partial_queue -- the ledger of the parts: each once, none left out. */
#include "partial_queue.h"

#include <stdlib.h>

#include "base/fail.h"
#include "stream/scalar.h"

static uint64_t number(const struct record *r, struct span name)
{
    uint64_t n;
    return scalar_count(record_get(r, name), &n) ? n : 0;
}

static void copy_digest(struct partial_queue *q, const struct record *r, struct span name,
                        char to[DIGEST_TEXT])
{
    const struct value *v = record_get(r, name);
    struct span text = v ? value_text(v, &q->scratch) : (struct span){0};
    if (text.len != DIGEST_TEXT - 1)
        return;
    memcpy(to, text.at, text.len);
    to[text.len] = '\0';
}

/* Two parts can have the same records by chance, if these are few and tell no origin. */
static void doubt_twice(struct partial_queue *q, const struct partial_part *part,
                        const struct record *r)
{
    size_t before = q->seen.count;
    if (part->records == 0 || !part->sha256[0])
        return;
    if (intern_add(&q->seen, span_of(part->sha256)) < before)
        warn("%s:%zu: this part has the same records as one before it (is it there twice?)",
             r->file, r->number);
}

static void read_begin(struct partial_queue *q, const struct record *r, struct partial_part *part)
{
    *part = (struct partial_part){.through = number(r, SPAN("through"))};
    part->cut.part = number(r, SPAN("part"));
    part->cut.of = number(r, SPAN("of"));
    part->cut.first = number(r, SPAN("first"));
    part->cut.last = number(r, SPAN("last"));
    part->records = number(r, SPAN("records"));
    copy_digest(q, r, SPAN("cuts"), part->cut.list);
    copy_digest(q, r, SPAN("sha256"), part->sha256);
    part->through = part->through < part->cut.part ? part->cut.part : part->through;
    q->records += part->records;
    doubt_twice(q, part, r);
}

static void keep_line(struct partial_queue *q, const struct record *r)
{
    struct buf *b = &q->parts[q->count - 1].bytes;
    buf_add(b, r->line);
    buf_addc(b, '\n');
}

static bool is_word(struct partial_queue *q, const struct record *r, struct span word)
{
    const struct value *v = record_get(r, SPAN("partial"));
    return v && v->type == VALUE_STRING && span_eq(value_text(v, &q->scratch), word);
}

static bool begin(struct partial_queue *q, const struct record *r)
{
    struct partial_part part;
    read_begin(q, r, &part);
    if (part.cut.part == 0) {
        q->unnumbered_file = part.records ? r->file : q->unnumbered_file;
        q->unnumbered_line = part.records ? r->number : q->unnumbered_line;
        q->unnumbered++;
        q->skips_open = true;
        return false;
    }
    q->parts = array_grow(q->parts, &q->cap, q->count + 1, sizeof *q->parts);
    q->parts[q->count++] = (struct partial_kept){part, r->file, r->number, {0}, 0, {0}};
    q->open = true;
    keep_line(q, r);
    return true;
}

bool partial_queue_take(struct partial_queue *q, const struct record *r)
{
    bool begins = is_word(q, r, SPAN("begin")), ends = is_word(q, r, SPAN("end"));
    if (q->open && begins)
        fail(STATUS_DATA, "%s:%zu: a part begins before the last one ended", r->file, r->number);
    if (!q->open && !q->skips_open && begins)
        return begin(q, r);
    if (q->open)
        keep_line(q, r);
    bool taken = q->open;
    if (ends)
        q->open = q->skips_open = false;
    return taken;
}

/* ---- the order ---- */

static int by_number(const void *a, const void *b)
{
    const struct partial_kept *left = a, *right = b;
    uint64_t l = left->part.cut.part, r = right->part.cut.part;
    return l < r ? -1 : l > r;
}

static _Noreturn void missing(const struct partial_kept *from, uint64_t first, uint64_t last)
{
    if (first == last)
        fail(STATUS_DATA, "%s:%zu: part %llu is there, part %llu is missing", from->file,
             from->line, (unsigned long long)from->part.cut.part, (unsigned long long)first);
    fail(STATUS_DATA, "%s:%zu: part %llu is there, parts %llu to %llu are missing", from->file,
         from->line, (unsigned long long)from->part.cut.part, (unsigned long long)first,
         (unsigned long long)last);
}

/* NEXT comes behind PREVIOUS in the order of their numbers. */
static void check_numbers(const struct partial_kept *previous, const struct partial_kept *next)
{
    const struct partial_part *a = &previous->part, *b = &next->part;
    if (b->cut.part <= a->through)
        fail(STATUS_DATA, "%s:%zu: part %llu is there twice, also at %s:%zu", next->file,
             next->line, (unsigned long long)b->cut.part, previous->file, previous->line);
    if (b->cut.part > a->through + 1)
        missing(next, a->through + 1, b->cut.part - 1);
    if (a->cut.of && b->cut.of && a->cut.of != b->cut.of)
        fail(STATUS_DATA, "%s:%zu: part %llu is one of %llu, that at %s:%zu one of %llu",
             next->file, next->line, (unsigned long long)b->cut.part, (unsigned long long)b->cut.of,
             previous->file, previous->line, (unsigned long long)a->cut.of);
}

static void check_range(const struct partial_kept *previous, const struct partial_kept *next)
{
    const struct cut *a = &previous->part.cut, *b = &next->part.cut;
    if (!a->first != !b->first || strcmp(a->list, b->list) != 0)
        fail(STATUS_DATA, "%s:%zu: part %llu was cut otherwise than part %llu at %s:%zu",
             next->file, next->line, (unsigned long long)b->part, (unsigned long long)a->part,
             previous->file, previous->line);
    if (b->first != 0 && b->first != a->last + 1)
        fail(STATUS_DATA,
             "%s:%zu: part %llu begins with record %llu, and the one before it ends "
             "with %llu: %s",
             next->file, next->line, (unsigned long long)b->part, (unsigned long long)b->first,
             (unsigned long long)a->last,
             b->first > a->last ? "some are in no part" : "some are in both");
}

static void check_ends(const struct partial_queue *q)
{
    const struct partial_kept *first = &q->parts[0], *last = &q->parts[q->count - 1];
    if (first->part.cut.part > 1)
        missing(first, 1, first->part.cut.part - 1);
    if (last->part.cut.of > last->part.through)
        missing(last, last->part.through + 1, last->part.cut.of);
}

static void put_together(const struct partial_queue *q, struct partial_part *whole)
{
    const struct partial_part *last = &q->parts[q->count - 1].part;
    *whole = q->parts[0].part;
    whole->through = last->through;
    whole->cut.last = last->cut.last;
    whole->cut.of = whole->cut.of ? whole->cut.of : last->cut.of;
    if (q->count > 1)
        whole->sha256[0] = '\0';
}

size_t partial_queue_sort(struct partial_queue *q, struct partial_part *whole,
                          enum partial_wants wants)
{
    *whole = (struct partial_part){0};
    if (q->open)
        fail(STATUS_DATA, "%s:%zu: the part that begins here is cut off",
             q->parts[q->count - 1].file, q->parts[q->count - 1].line);
    if (q->count && q->unnumbered_file)
        fail(STATUS_DATA, "%s:%zu: a part without a number, where others have one (see --part)",
             q->unnumbered_file, q->unnumbered_line);
    if (q->count)
        qsort(q->parts, q->count, sizeof *q->parts, by_number);
    for (size_t i = 1; i < q->count; i++) {
        check_numbers(&q->parts[i - 1], &q->parts[i]);
        check_range(&q->parts[i - 1], &q->parts[i]);
    }
    if (q->count && wants == PARTIAL_ALL)
        check_ends(q);
    if (q->count)
        put_together(q, whole);
    whole->records = q->records;
    return q->count + q->unnumbered;
}

bool partial_kept_next(struct partial_kept *k, size_t *line, struct record *r)
{
    if (k->at == 0) { /* so that a line can be read in blocks to its end */
        buf_reserve(&k->bytes, SCAN_PAD);
        memset(k->bytes.at + k->bytes.len, 0, SCAN_PAD);
    }
    if (k->at == k->bytes.len)
        return false;
    const char *at = k->bytes.at + k->at;
    const char *end = memchr(at, '\n', k->bytes.len - k->at);
    if (!end || !scan_record(&k->scan, span_from(at, end), r))
        fail(STATUS_DATA, "internal error: a part's line is not valid");
    r->file = k->file;
    r->number = k->line + (*line)++;
    k->at = (size_t)(end - k->bytes.at) + 1;
    return true;
}

void partial_queue_free(struct partial_queue *q)
{
    for (size_t i = 0; i < q->count; i++) {
        buf_free(&q->parts[i].bytes);
        scan_free(&q->parts[i].scan);
    }
    free(q->parts);
    intern_free(&q->seen);
    buf_free(&q->scratch);
}
