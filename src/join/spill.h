/* spill -- records of a join that memory does not hold, in parts by their keys' hashes.
 *
 * All parts stand in one temporary file in $TMPDIR that has no name, so that nothing is left
 * behind however the program ends: blocks of one size, of which each part has its own. A part is
 * read in the order in which it was written. A failed write ends the program. */
#ifndef SPILL_H
#define SPILL_H

#include <stdint.h>

#include "base/buf.h"

#define SPILL_PARTS 64

struct spill_part {
    char *block; /* being filled; NULL if nothing is in it */
    size_t used;
    uint64_t *blocks; /* where those that were written stand in the file */
    size_t count, cap;
    uint64_t bytes, entries;
};

struct spill {
    int fd;
    size_t block; /* bytes of one */
    uint64_t end; /* of the file */
    struct spill_part parts[SPILL_PARTS];
};

/* What is written of a record; its key and its line follow. */
struct spill_head {
    uint64_t seq;    /* the order in which all parts together are read */
    uint64_t record; /* the number of the record, counted from 0 */
    uint64_t line;   /* on which it stood */
    uint32_t key_len, line_len;
};

struct spill_entry {
    struct spill_head head;
    struct span key,
        text; /* good until the next; readable bytes follow the text, a line end first */
};

void spill_open(struct spill *s, size_t block);
void spill_add(struct spill *s, size_t part, const struct spill_entry *e);
void spill_close(struct spill *s);

/* A reader of one part, from its start; no more is written to it then. */
struct spill_reader {
    struct spill *spill;
    struct spill_part *part;
    size_t next; /* of the part's blocks */
    char *block;
    size_t at, held;
    struct buf bytes;
    struct spill_entry entry; /* the one that was read last */
    bool has;                 /* there is one: false at the end */
};

void spill_reader_open(struct spill_reader *r, struct spill *s, size_t part);
bool spill_reader_next(struct spill_reader *r);
void spill_reader_close(struct spill_reader *r);

/* All parts in the order of SEQ, equal ones in the order of their parts. */
struct spill_merge {
    struct spill_reader readers[SPILL_PARTS];
    size_t heap[SPILL_PARTS], count;
    bool started;
};

void spill_merge_open(struct spill_merge *m, struct spill *s);
const struct spill_entry *spill_merge_next(struct spill_merge *m);
void spill_merge_close(struct spill_merge *m);

/* A file without a name in $TMPDIR, for what has to be read twice. */
int spill_file(void);

/* LEN bytes at OFFSET of such a file. */
void spill_write(int fd, const char *at, size_t len, uint64_t offset);

#endif
