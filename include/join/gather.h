/* gather -- all the RIGHT records that a LEFT record's list of keys found, as
 * one RIGHT record whose fields are lists.
 *
 * Every list has an item for each found record and a null for each key that
 * found none, in the order of the keys, so that item N of one list belongs to item
 * N of the others. A value that is a list itself puts in its items, since lists of
 * lists are not in the format. A field of which nothing was found is null, with a
 * reason. `_origin` gathers too; what else the tools say of one record is left out.
 *
 * RIGHT records are given by slices of lines that must outlive gather_record(). */
#ifndef GATHER_H
#define GATHER_H

#include "join/outer.h"
#include "stream/missing.h"

struct gather {
    const struct outer *side; /* whose names the lists have */
    struct value *values;     /* those of each name, `_missing` and `_origin`, record by record */
    size_t count, cap;
    struct lookup *lookups;
    size_t lookups_count, lookups_cap;
    struct missing missing;
    struct buf text, reasons;
    struct scan scan;
    struct record record;
};

/* SIDE has seen all records that will be added. */
void gather_init(struct gather *g, const struct outer *side);
void gather_clear(struct gather *g);
void gather_add(struct gather *g, const struct record *right);
void gather_add_none(struct gather *g);

/* Good until the next gather_record(). */
const struct record *gather_record(struct gather *g);

void gather_free(struct gather *g);

#endif
