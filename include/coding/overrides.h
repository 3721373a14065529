/* overrides -- what a person decided about single answers, against the codebook.
 *
 * A sheet with the columns `field` (the field that codes go into), `add`,
 * `remove`, `set` (codes, separated by "|"; `[]` under set: none), `coder` and
 * `why`; every other column is part of the key and has the name of a field of
 * the records. A row can add and remove, or set; a later row comes after an
 * earlier one. Faults end the program with status 2. */
#ifndef OVERRIDES_H
#define OVERRIDES_H

#include "coding/coding.h"
#include "docs/sheet.h"
#include "stream/record.h"

#define OVERRIDES_NONE SIZE_MAX

struct override {
    size_t line, target;
    uint32_t *add, *remove, *set; /* codes, in the arena */
    size_t add_count, remove_count, set_count;
    bool sets; /* `set` is given, be it none */
    struct span coder, why;
    bool came, changed; /* its record; something by it */
    size_t next;        /* of the same key, or OVERRIDES_NONE */
};

struct overrides {
    struct sheet sheet;
    struct lookup *keys; /* the fields that make up the key */
    size_t *key_columns, key_count;
    struct override *at;
    size_t count;
    struct intern index; /* from key to the first of its overrides, by `first` and `last` */
    size_t *first, *last, first_cap, last_cap;
    struct buf key, scratch;
    struct arena arena;
};

bool overrides_load(struct overrides *o, const char *file, const struct codebook *book,
                    struct fault *fault);
void overrides_free(struct overrides *o);

/* The first override for R, or OVERRIDES_NONE. */
size_t overrides_find(struct overrides *o, const struct record *r);

/* Applies override I to what CODING found; true if that changed it. EVIDENCE,
 * unless NULL, gets an object for each code. */
bool overrides_apply(struct overrides *o, size_t i, struct coding *coding, struct buf *evidence);

/* Tells on standard error which overrides changed nothing or found no record.
 * Gives their number. */
size_t overrides_report(const struct overrides *o);

#endif
