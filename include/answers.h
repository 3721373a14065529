/* answers -- the values of a record's fields as small numbers.
 *
 * Twenty tables of a plan look at the same few fields again and again, so each
 * field is looked up and each of its values hashed once a record, however many
 * tables use it: a value becomes a code, 0 for the field's first, 1 for the
 * next new one, and the tables count codes. Measured for 20 tables over 1
 * million records: see docs/benchmarks.md. Memory: the distinct values. */
#ifndef ANSWERS_H
#define ANSWERS_H

#include <stdint.h>

#include "map.h"
#include "missing.h"
#include "record.h"

#define ANSWERS_NONE UINT32_MAX

enum answer_state {
    ANSWER_UNREAD,
    ANSWER_MISSING, /* null, absent, or a list of nothing but nulls; see answers_reason() */
    ANSWER_ONE,     /* a single value: one code */
    ANSWER_LIST,    /* a list: each code once, perhaps none at all */
    ANSWER_NESTED   /* an object, or a list that holds one or a list */
};

struct answer {
    struct lookup lookup;
    struct map values; /* spellings; their indexes are the codes */
    size_t *last;      /* by code: the last reading that met it, to see repetitions in a list */
    size_t last_cap, reads;

    size_t record; /* the record to which what follows belongs, 0 for none */
    enum answer_state state;
    bool has_new; /* a value that has no code yet, as answers_find() leaves it */
    const struct value *value;
    uint32_t *codes;
    size_t count, cap;

    size_t number_record; /* the record to which the numbers belong */
    double *numbers;
    size_t number_count, numbers_cap;
    const char *no_number; /* what it is that is none, for a message; NULL if all are */
};

struct answers {
    struct answer *fields;
    struct map names; /* its indexes are those of the fields */
    size_t cap;
    struct map reasons;

    const struct record *r;
    size_t record; /* records so far */
    struct missing missing;
    size_t missing_record; /* the record whose reasons were read */
    size_t null_items;     /* nulls in lists that had other items, over all records */
    struct buf scratch, decoded;
};

/* The index of a field, made known if it is new. */
size_t answers_field(struct answers *a, struct span name);

/* The code of a value known beforehand, such as the plan's. */
uint32_t answers_code(struct answers *a, size_t field, struct span spelling);

/* The record to look at from now on. */
void answers_begin(struct answers *a, const struct record *r);

/* The answer read from the record, whatever was read before. */
enum answers_adding { ANSWERS_ADD, ANSWERS_LEAVE };
const struct answer *answers_read(struct answers *a, size_t field, enum answers_adding adding);

/* The answer to FIELD. Values that have no code yet get one from answers_get()
 * and are left out by answers_find(), which is for conditions. */
static inline const struct answer *answers_get(struct answers *a, size_t field)
{
    const struct answer *f = &a->fields[field];
    return f->record == a->record && !f->has_new ? f : answers_read(a, field, ANSWERS_ADD);
}

static inline const struct answer *answers_find(struct answers *a, size_t field)
{
    const struct answer *f = &a->fields[field];
    return f->record == a->record ? f : answers_read(a, field, ANSWERS_LEAVE);
}

/* The answer to FIELD with its numbers: those of a list in their order, repeated ones too. */
const struct answer *answers_numbers(struct answers *a, size_t field);

/* The reason for a missing answer as an index into a->reasons.keys. False if the record's
 * `_missing` is no object of strings. */
bool answers_reason(struct answers *a, size_t field, uint32_t *reason);

void answers_free(struct answers *a);

#endif
