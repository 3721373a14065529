/* missing -- why answers are missing: the `_missing` object of a record.
 *
 * A missing answer is null, and `_missing` of its record says why:
 * {"grant":"not_held"}. A field that the record lacks counts as null with the
 * reason "absent"; a null of which nothing is said has the reason "missing".
 *
 * A zeroed struct is ready. What missing_read() takes in is good until the
 * next record is read; nothing is allocated a record. */
#ifndef MISSING_H
#define MISSING_H

#include <stdint.h>

#include "stream/record.h"

struct missing_entry {
    struct span field, reason; /* nothing at either: it was dropped */
};

struct missing {
    struct missing_entry *entries;
    size_t count;     /* of reasons */
    size_t end, cap;  /* of entries: more than COUNT if some were dropped */
    size_t guess;     /* where the next look-up starts: they come in order */
    size_t passed;    /* entries that look-ups went by: many are worth an index, */
    uint32_t *slots;  /* of places, plus one, by the hash of the field */
    size_t slots_cap; /* a power of two */
    bool indexed;
    const char *fault;    /* what missing_read() found wrong */
    struct lookup object; /* `_missing` in a record */
    struct arena arena;   /* decoded names and reasons that had escapes */
    struct buf scratch;
};

/* Takes the reasons from R's `_missing`, in place of those held. False if that is neither null nor
 * an object of strings, or one of more than a record may have fields: FAULT says so. Fields of
 * entries may be renamed until the first is looked for. */
bool missing_read(struct missing *m, const struct record *r);

/* The reason for V, the value of FIELD, which must be missing: NULL or a null. */
struct span missing_reason(struct missing *m, struct span field, const struct value *v);

/* The reason that `_missing` gives for FIELD; a NULL at if it gives none. */
struct span missing_find(struct missing *m, struct span field);

/* The reason of FIELD is REASON now. Both are borrowed. */
void missing_set(struct missing *m, struct span field, struct span reason);

/* FIELD, which is known to have no reason yet, gets REASON. */
void missing_add(struct missing *m, struct span field, struct span reason);

/* FIELD is not missing. */
void missing_drop(struct missing *m, struct span field);

void missing_clear(struct missing *m);

/* The object, {} if there is no reason: callers look at COUNT first. */
void missing_emit(const struct missing *m, struct buf *b);

void missing_free(struct missing *m);

#endif
