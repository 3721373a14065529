/* split -- parts of both sides put together, and split again where they are too large. */
#ifndef SPLIT_H
#define SPLIT_H

#include "base/intern.h"
#include "join/joiner.h"
#include "spill.h"

/* A RIGHT record whose key stood before, where it may not. */
struct split_again {
    uint64_t record;
    size_t first_line;
};

struct grace {
    struct joiner *j;
    struct filter *f;
    size_t limit, block; /* bytes to hold; of a block of a temporary file */
    bool spills;
    const char *file;                /* of RIGHT */
    struct spill right, left, found; /* records; keys; what each LEFT record finds */
    uint64_t rights, lefts;          /* records */
    uint8_t *matched, *dropped;      /* a bit for each of RIGHT */
    struct split_again *again;
    size_t again_count, again_cap;
};

/* The part of KEY among those of LEVEL, which tells apart what stands in one of the level above. */
static inline size_t split_part(struct span key, unsigned level)
{
    return (size_t)(intern_mix((uint64_t)level << 32 | intern_hash(key)) >> 20) % SPILL_PARTS;
}

static inline void split_mark(uint8_t *marks, uint64_t record)
{
    marks[record / 8] = (uint8_t)(marks[record / 8] | 1U << record % 8);
}

static inline bool split_is_marked(const uint8_t *marks, uint64_t record)
{
    return marks[record / 8] >> record % 8 & 1;
}

/* The RIGHT record that E holds, with its key taken. */
void split_record(struct grace *g, const struct spill_entry *e, struct scan *scan,
                  struct record *r);

/* Finds what each LEFT key finds, in LEFT's order within each part of G->found. */
void split_all(struct grace *g);

#endif
