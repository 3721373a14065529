/* held -- the side of a join that is kept in memory, found by its keys.
 *
 * A record is kept as the bytes of its line, and read again when it is wanted, which at over 1 GB/s
 * costs less than keeping its slices would; while they take less than HELD_PLACES in all, the
 * places of its values are kept too, by which that takes a third. The index keeps 32 bits of a
 * key's hash and proves the key on the record itself, so a key costs nothing however long it is.
 * Records with the same key form a ring in their own order. Cost beside the bytes of the lines: 24
 * bytes a record, 1 for its line end, and 8 a slot of the index at a load between 3/8
 * and 3/4; 57 bytes a record at the worst moment, when the index grows. */
#ifndef HELD_H
#define HELD_H

#include <stdint.h>

#include "join/joinkey.h"
#include "stream/scan.h"

#define HELD_NONE SIZE_MAX
#define HELD_PLACES ((size_t)4 * 1024 * 1024)

struct held_record;
struct held_slot;
struct held {
    struct arena arena;      /* blocks of lines */
    char *first, *first_end; /* the first of them */
    char *at, *end;          /* what is free of the last */
    struct held_record **blocks;
    size_t blocks_count, blocks_cap;
    size_t count; /* of records */

    struct held_slot *slots;
    size_t slots_cap, slots_used;

    size_t *partners; /* by record: the line of the other side's first, 0 for none; or NULL */

    struct joinkey key; /* proves keys on records read again */
    struct scan scan;
    struct value_place *places; /* of the record that was read last */
    size_t places_cap;
    size_t places_bytes, places_most; /* of all records; fewer may be set before the first */
    struct record record;
    size_t reading; /* the number of the record that RECORD holds, or HELD_NONE */
    const char *file;
};

/* KEY names the fields by which records are found. */
void held_init(struct held *h, const struct joinkey *key);

/* Keeps R, and gives the first record with the same KEY or HELD_NONE if R is the
 * first. A KEY of length 0 is none: the record is never found. */
size_t held_add(struct held *h, const struct record *r, struct span key);

/* The first record with KEY, and the one after it with the same key, in the
 * order in which they were added; or HELD_NONE. */
size_t held_find(struct held *h, struct span key);
size_t held_next(const struct held *h, size_t record);

/* Record number RECORD. Good until the next record is read or looked for. */
const struct record *held_read(struct held *h, size_t record);
size_t held_line(const struct held *h, size_t record);
struct span held_text(const struct held *h, size_t record);

/* Marks all records with the key of FIRST, which held_find() gave, as matched. */
void held_match(struct held *h, size_t first);
bool held_matched(const struct held *h, size_t record);

/* Notes that the other side's record in LINE, from 1, has the key of FIRST, which held_find() gave;
 * the line of the first that had it, or 0 if this is it. All records are held by then. */
size_t held_partner(struct held *h, size_t first, size_t line);

/* RECORD is passed over from now on. */
void held_drop(struct held *h, size_t record);
bool held_dropped(const struct held *h, size_t record);

void held_clear(struct held *h); /* empty again, memory kept */
void held_free(struct held *h);

#endif
