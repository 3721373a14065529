/* held -- lines kept in blocks, with a hash index that holds no keys.
 *
 * A line is followed by its line end, and, as far as there is room for them, the places of its
 * values with their number before them, all in bytes without alignment. */
#include "join/held.h"

#include <stdlib.h>

#include "base/fail.h"
#include "base/intern.h"

#define LINES_BYTES ((size_t)256 * 1024)
#define BLOCK_RECORDS 1024
#define FIRST_SLOTS 64

struct held_record {
    char *at; /* the line */
    uint32_t len;
    uint32_t next; /* with the same key; the last one's is the first */
    uint64_t line : 61;
    uint64_t placed : 1;
    uint64_t dropped : 1;
    uint64_t matched : 1;
};

struct held_slot {
    uint32_t hash;
    uint32_t last; /* record with the key, plus one; 0 is a free slot */
};

void held_init(struct held *h, const struct joinkey *key)
{
    *h = (struct held){.reading = HELD_NONE, .places_most = HELD_PLACES};
    joinkey_like(&h->key, key);
}

static struct held_record *record_at(const struct held *h, size_t record)
{
    return &h->blocks[record / BLOCK_RECORDS][record % BLOCK_RECORDS];
}

/* What stands before the places of a held record. */
struct places_head {
    uint32_t count;
    uint32_t shape; /* of the record when it was read last, 0 if it was not */
};

/* The places of R's values behind its line in TO. */
static void copy_places(char *to, const struct record *r)
{
    struct places_head head = {(uint32_t)r->count, 0};
    memcpy(to, &head, sizeof head);
    to += sizeof head;
    for (size_t i = 0; i < r->count; i++) {
        const struct value *v = &r->fields[i].value;
        size_t value = (size_t)(v->raw.at - r->line.at);
        struct value_place place = {(uint16_t)value, (uint16_t)(value + v->raw.len),
                                    (uint8_t)v->type, v->escaped};
        memcpy(to + i * sizeof place, &place, sizeof place);
    }
}

/* The bytes that the places of R take, 0 if they are not to be kept. */
static size_t places_bytes(const struct held *h, const struct record *r)
{
    size_t size = sizeof(struct places_head) + r->count * sizeof(struct value_place);
    bool fits = r->count > 0 && r->line.len <= UINT16_MAX;
    return fits && size <= h->places_most - h->places_bytes ? size : 0;
}

/* The line of R kept, with what a scanner needs to find behind it; PLACES bytes are for the
 * places of its values. */
static char *keep_line(struct held *h, const struct record *r, size_t places)
{
    struct span line = r->line;
    size_t needed = line.len + 1 + places;
    if ((size_t)(h->end - h->at) < needed) {
        size_t size = needed > LINES_BYTES ? needed : LINES_BYTES;
        h->at = arena_alloc(&h->arena, size + SCAN_PAD);
        h->end = h->at + size;
        h->first_end = h->first ? h->first_end : h->end;
        h->first = h->first ? h->first : h->at;
    }
    char *at = h->at;
    memcpy(at, line.at, line.len);
    at[line.len] = '\n';
    if (places)
        copy_places(at + line.len + 1, r);
    h->places_bytes += places;
    h->at += needed;
    return at;
}

static size_t new_record(struct held *h, const struct record *r)
{
    if (r->line.len > UINT32_MAX || h->count >= UINT32_MAX - 1)
        fail(STATUS_DATA, "%s:%zu: more than 4 billion records or bytes cannot be held", r->file,
             r->number);
    if (h->count == h->blocks_count * BLOCK_RECORDS) {
        h->blocks = array_grow(h->blocks, &h->blocks_cap, h->blocks_count + 1,
                               sizeof(struct held_record *));
        h->blocks[h->blocks_count] = calloc(BLOCK_RECORDS, sizeof(struct held_record));
        if (!h->blocks[h->blocks_count++])
            fail_memory();
    }
    h->file = r->file;
    struct held_record *kept = record_at(h, h->count);
    *kept = (struct held_record){0};
    size_t places = places_bytes(h, r);
    kept->at = keep_line(h, r, places);
    kept->placed = places > 0;
    kept->len = (uint32_t)r->line.len;
    kept->line = r->number & (UINT64_MAX >> 3);
    return h->count++;
}

static void grow_slots(struct held *h)
{
    size_t cap = h->slots_cap ? h->slots_cap * 2 : FIRST_SLOTS;
    struct held_slot *slots = calloc(cap, sizeof *slots);
    if (!slots)
        fail_memory();
    for (size_t i = 0; i < h->slots_cap; i++) {
        if (h->slots[i].last == 0)
            continue;
        size_t at = h->slots[i].hash & (cap - 1);
        while (slots[at].last)
            at = (at + 1) & (cap - 1);
        slots[at] = h->slots[i];
    }
    free(h->slots);
    h->slots = slots;
    h->slots_cap = cap;
}

/* The slot of KEY, or the free slot where it would stand. */
static struct held_slot *slot_of(struct held *h, struct span key, uint32_t hash)
{
    size_t at = hash & (h->slots_cap - 1);
    for (; h->slots[at].last; at = (at + 1) & (h->slots_cap - 1))
        if (h->slots[at].hash == hash &&
            joinkey_is(&h->key, held_read(h, record_at(h, h->slots[at].last - 1)->next), key))
            break;
    return &h->slots[at];
}

size_t held_add(struct held *h, const struct record *r, struct span key)
{
    if (key.len == 0) {
        new_record(h, r);
        return HELD_NONE;
    }
    if (h->slots_cap == 0 || h->slots_used >= h->slots_cap / 4 * 3)
        grow_slots(h);
    uint32_t hash = intern_hash(key);
    struct held_slot *slot = slot_of(h, key, hash);
    size_t record = new_record(h, r);
    struct held_record *kept = record_at(h, record);
    size_t first = HELD_NONE;
    kept->next = (uint32_t)record;
    if (slot->last) {
        struct held_record *last = record_at(h, slot->last - 1);
        first = kept->next = last->next;
        last->next = (uint32_t)record;
    } else {
        h->slots_used++;
    }
    *slot = (struct held_slot){hash, (uint32_t)record + 1};
    return first;
}

/* The first from RECORD on, along the ring, that was not dropped. */
static size_t not_dropped(const struct held *h, size_t record)
{
    while (record_at(h, record)->dropped) {
        size_t next = record_at(h, record)->next;
        if (next <= record)
            return HELD_NONE;
        record = next;
    }
    return record;
}

size_t held_find(struct held *h, struct span key)
{
    if (h->slots_used == 0)
        return HELD_NONE;
    const struct held_slot *slot = slot_of(h, key, intern_hash(key));
    return slot->last ? not_dropped(h, record_at(h, slot->last - 1)->next) : HELD_NONE;
}

size_t held_next(const struct held *h, size_t record)
{
    size_t next = record_at(h, record)->next;
    return next > record ? not_dropped(h, next) : HELD_NONE; /* the ring closes where it falls */
}

/* The record by its places. Once its names were checked, its shape is what tells them. */
static bool read_placed(struct held *h, struct held_record *kept)
{
    struct places_head head;
    char *from = kept->at + kept->len + 1;
    memcpy(&head, from, sizeof head);
    h->places = array_grow(h->places, &h->places_cap, head.count, sizeof *h->places);
    memcpy(h->places, from + sizeof head, head.count * sizeof *h->places);
    struct span line = {kept->at, kept->len};
    struct places_told places = {h->places, head.count, head.shape};
    if (!scan_placed(&h->scan, line, &places, &h->record))
        return false;
    if (head.shape == 0 && h->record.shape <= UINT32_MAX) {
        head.shape = (uint32_t)h->record.shape;
        memcpy(from, &head, sizeof head);
    }
    return true;
}

const struct record *held_read(struct held *h, size_t record)
{
    if (h->reading == record)
        return &h->record;
    struct held_record *kept = record_at(h, record);
    if (!(kept->placed && read_placed(h, kept)) &&
        !scan_record(&h->scan, (struct span){kept->at, kept->len}, &h->record))
        fail(STATUS_DATA, "internal error: a held record is not valid");
    h->record.file = h->file;
    h->record.number = held_line(h, record);
    h->reading = record;
    return &h->record;
}

struct span held_text(const struct held *h, size_t record)
{
    return (struct span){record_at(h, record)->at, record_at(h, record)->len};
}

size_t held_line(const struct held *h, size_t record)
{
    return record_at(h, record)->line;
}

void held_match(struct held *h, size_t first)
{
    if (held_matched(h, first))
        return;
    for (size_t at = first; at != HELD_NONE; at = held_next(h, at))
        record_at(h, at)->matched = 1;
}

bool held_matched(const struct held *h, size_t record)
{
    return record_at(h, record)->matched;
}

size_t held_partner(struct held *h, size_t first, size_t line)
{
    if (!h->partners) {
        h->partners = calloc(h->count, sizeof *h->partners);
        if (!h->partners)
            fail_memory();
    }
    size_t before = h->partners[first];
    if (before == 0)
        h->partners[first] = line;
    return before;
}

void held_drop(struct held *h, size_t record)
{
    record_at(h, record)->dropped = 1;
}

bool held_dropped(const struct held *h, size_t record)
{
    return record_at(h, record)->dropped;
}

void held_clear(struct held *h)
{
    if (h->at && h->end != h->first_end) { /* blocks beyond the first are given back */
        arena_free(&h->arena);
        h->first = h->first_end = NULL;
    }
    h->at = h->first;
    h->end = h->first_end;
    for (size_t i = 1; i < h->blocks_count; i++)
        free(h->blocks[i]);
    if (h->blocks_count > 1)
        h->blocks_count = 1;
    if (h->slots_used && h->slots_cap > FIRST_SLOTS) {
        free(h->slots);
        h->slots = NULL;
        h->slots_cap = 0;
    } else if (h->slots_used) {
        memset(h->slots, 0, h->slots_cap * sizeof *h->slots);
    }
    free(h->partners);
    h->partners = NULL;
    h->slots_used = h->count = h->places_bytes = 0;
    h->reading = HELD_NONE;
}

void held_free(struct held *h)
{
    for (size_t i = 0; i < h->blocks_count; i++)
        free(h->blocks[i]);
    free(h->blocks);
    free(h->slots);
    free(h->partners);
    arena_free(&h->arena);
    free(h->places);
    joinkey_free(&h->key);
    scan_free(&h->scan);
    *h = (struct held){0};
}
