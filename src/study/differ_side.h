/* differ_side -- the lines of a file of the older results, by their keys. */
#ifndef DIFFER_SIDE_H
#define DIFFER_SIDE_H

#include "base/intern.h"
#include "stream/jsonl.h"

/* Puts a line's key at the end of B; false if the line is to be passed over. */
typedef bool differ_key(struct buf *b, const struct record *r, void *with);

struct differ_side {
    struct intern keys;
    struct span *lines; /* by the key's index */
    bool *met;          /* on the newer side too */
    size_t cap, met_cap;
    struct arena arena;
    struct scan scan; /* of the line that differ_side_get() gave */
    struct buf key, line;
    struct record record;
};

/* Reads FILE. A key that comes again gets a number behind it. */
void differ_side_read(struct differ_side *s, const char *file, differ_key *key, void *with);

/* The line of KEY, or NULL; it is met then. Good until the next call. */
const struct record *differ_side_get(struct differ_side *s, struct span key);

/* Walks the keys that were not met; I from 0. False at the end. */
bool differ_side_lone(struct differ_side *s, size_t *i, struct span *key);

void differ_side_free(struct differ_side *s);

#endif
