/* variables -- the values of a record's fields as small numbers.
 *
 * Twenty tables of a plan look at the same few fields again and again, so each
 * field is looked up and each of its values hashed once a record, however many
 * tables use it: a value becomes a code, 0 for the field's first, 1 for the
 * next new one, and the tables count codes. Measured for 20 tables over 1
 * million records: see docs/benchmarks.md. Memory: the distinct values. */
#ifndef VARIABLES_H
#define VARIABLES_H

#include <stdint.h>

#include "base/intern.h"
#include "base/memo.h"
#include "stream/missing.h"
#include "stream/record.h"

#define VARIABLES_NONE UINT32_MAX
#define VARIABLES_SHAPES 4 /* in which the places of the fields are remembered */

enum variable_state {
    VARIABLE_UNREAD,
    VARIABLE_MISSING, /* null, absent, or a list of nothing but nulls; see variables_reason() */
    VARIABLE_ONE,     /* a single value: one code */
    VARIABLE_LIST,    /* a list: each code once, perhaps none at all */
    VARIABLE_NESTED   /* an object, or a list that holds one or a list */
};

struct variable {
    struct span name;
    struct intern values; /* spellings; their indexes are the codes */
    struct memo known;    /* the codes of values as they stand in the line */
    uint32_t truths[2];   /* those of false and true, plus one; 0 for none yet */
    size_t *last;         /* by code: the last reading that met it, to see repetitions in a list */
    size_t last_cap, reads;
    bool *met; /* by code, for those that were known when variables_watch() was called */
    size_t watched, unmet;
    struct intern others; /* values without a code that came while some were unmet; a few */

    size_t record; /* the record to which what follows belongs, 0 for none */
    size_t whole; /* the same if all values have codes; variables_find() leaves out those without */
    enum variable_state state;
    const struct value *value;
    uint32_t *codes;
    size_t count, cap;

    size_t reason_record; /* the record to which the reason belongs */
    uint32_t reason;      /* why the answer is missing, see variables_reason() */

    size_t number_record; /* the record to which the numbers belong */
    double *numbers;
    size_t number_count, numbers_cap;
    const char *no_number; /* what it is that is none, for a message; NULL if all are */
};

struct variables {
    struct variable *fields;
    struct intern names; /* its indexes are those of the fields */
    size_t cap;
    struct intern reasons;

    const struct record *r;
    size_t record; /* records so far */
    struct variables_shape {
        size_t shape; /* 0 for none */
        size_t *places, cap;
    } shapes[VARIABLES_SHAPES];
    const size_t *places; /* of the fields in R, its count where one is absent */
    struct missing missing;
    size_t missing_record; /* the record whose reasons were read */
    size_t null_items;     /* nulls in lists that had other items, over all records */
    struct buf scratch, decoded;
};

/* The index of a field, made known if it is new. */
size_t variables_field(struct variables *a, struct span name);

/* The code of a value known beforehand, such as the plan's. */
uint32_t variables_code(struct variables *a, size_t field, struct span spelling);

/* From now on it is noted which of the values known so far come. */
void variables_watch(struct variables *a);

/* Whether a value came: one known beforehand was met, any other came to be known so. */
bool variables_came(const struct variables *a, size_t field, uint32_t code);

/* The record to look at from now on. */
void variables_begin(struct variables *a, const struct record *r);

/* The answer read from the record, whatever was read before. */
enum variables_adding { VARIABLES_ADD, VARIABLES_LEAVE };
const struct variable *variables_read(struct variables *a, size_t field,
                                      enum variables_adding adding);

/* The answer to FIELD. Values that have no code yet get one from variables_get()
 * and are left out by variables_find(), which is for conditions. */
static inline const struct variable *variables_get(struct variables *a, size_t field)
{
    const struct variable *f = &a->fields[field];
    return f->whole == a->record ? f : variables_read(a, field, VARIABLES_ADD);
}

static inline const struct variable *variables_find(struct variables *a, size_t field)
{
    const struct variable *f = &a->fields[field];
    return f->record == a->record ? f : variables_read(a, field, VARIABLES_LEAVE);
}

/* The answer to FIELD with its numbers: those of a list in their order, repeated ones too. */
const struct variable *variables_numbers(struct variables *a, size_t field);

/* The reason for a missing answer as an index into a->reasons.keys. False if the record's
 * `_missing` is no object of strings. */
bool variables_reason(struct variables *a, size_t field, uint32_t *reason);

void variables_free(struct variables *a);

#endif
