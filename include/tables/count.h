/* count -- all tables of a plan counted in one pass over the records.
 *
 * Each table keeps one number for each cell, total and reason that has come, in
 * a hash by its place, so the order of the records does not matter. A record
 * is looked at twice: first whether every table can use it, then it is counted, so
 * that one that is rejected is in no table. Nothing is allocated a record.
 * Memory: the cells; with `unit` also the distinct units of each cell. */
#ifndef COUNT_H
#define COUNT_H

#include "base/intern64.h"
#include "cells/cells.h"
#include "stats/fixed.h"
#include "stream/filter.h"
#include "tables/plan.h"
#include "tables/variables.h"

/* What a number counts; part of its place in the hash. */
enum count_kind {
    COUNT_CELL,    /* row and column */
    COUNT_TOTAL,   /* column */
    COUNT_MISSING, /* column; the row holds whose answer is missing, and why */
    COUNT_SUBTOTAL /* column; the row is a group of codes */
};

/* Whose answer is missing. */
enum count_role { ROLE_FIELD, ROLE_BY, ROLE_STRATA, ROLE_UNIT, ROLE_WEIGHT, ROLE_COUNT };

#define COUNT_NONE UINT32_MAX /* no group, no layer */

/* The rows, groups or layers of a table, in the order of their coming, the plan's first. */
struct count_axis {
    size_t field;                   /* in answers, INTERN_NONE for none */
    const struct plan_value *names; /* of an axis that is not made of values, else NULL */
    uint32_t *index;                /* by code, plus one; 0 for a code that has not come */
    size_t index_cap;
    uint32_t *codes; /* by index */
    size_t count, cap;
};

struct count_condition {
    size_t field;
    bool *wanted; /* by code, for the codes that the plan made known */
    size_t known;
    bool missing, negated;
    const struct plan_where *range; /* NULL if it is of values */
};

struct count_weight {
    struct fixed sum, squares;
};

/* A list of row or group indexes of the current record. */
struct count_list {
    uint32_t *at;
    size_t count, cap;
};

struct count_dense;
struct count_table {
    const struct plan_table *plan;
    struct count_condition *conditions;
    struct count_axis rows, groups, layers;
    struct intern64 numbers; /* the rows of a table of numbers: their bits */
    uint32_t *subtotals;     /* by code of the field, plus one; 0 for none */
    size_t subtotals_cap;
    size_t unit, weight;     /* in answers, INTERN_NONE for none */
    struct intern64 columns; /* of a layer and a group; used with strata only */
    struct intern64 places;
    uint64_t *counts; /* by the index of the place */
    size_t counts_cap;
    struct count_weight *weights; /* the same; with a weight only */
    size_t weights_cap;
    struct intern64 seen;  /* a place and a unit that was counted there */
    struct intern64 pairs; /* of two rows in a column */
    uint64_t *pair_counts;
    size_t pair_counts_cap;
    bool multiple, by_multiple; /* a list has come */
    bool selected;              /* the current record passes `where` */
    bool is_common;             /* and has one value or a list of them, and one group */
    bool is_plain;              /* made of values, without strata, unit, weight or subtotals */
    bool takes_all;             /* has no `where` */
    struct count_dense *dense;  /* of a plain table; NULL before the first record */
    uint64_t *cell, *total;     /* there, of the current record, if they are known; else NULL */
    uint64_t *members; /* a place and a record that was counted there, if they are public */
    size_t member_count, members_cap;
};

/* A value that the plan names, and its row in the list of what was asked (stream/asked.h). */
struct count_asked {
    size_t field, row;
    uint32_t code;
    bool listed; /* it has a row or column of its own, which shows that it never came */
};

/* The records that anybody may see: the fields that the plan names as public, as lists of JSON. */
struct count_bodies {
    struct span *at;
    size_t count, cap;
    bool are_kept; /* the plan names fields, and there are not too many records */
    struct arena arena;
};

struct count {
    const struct plan *plan;
    struct count_table *tables;
    struct variables answers;
    size_t max_cells;                          /* of a table */
    const char *advice;                        /* for one that has more */
    struct count_list rows, groups, subtotals; /* of the current record and table */
    double weight;                             /* the same */
    struct count_bodies bodies;
    struct count_asked *asked;
    size_t asked_count, asked_cap;
    struct arena arena;
};

/* A table of more than MAX_CELLS ends the program; the message ends with ADVICE. By default a table
 * takes up to 64 MiB; a field with so many values is one that should not be counted. */
#define COUNT_MOST_CELLS ((size_t)250000)
void count_open(struct count *c, const struct plan *p, size_t max_cells, const char *advice);

/* Asks F for the fields and values that the plan names; FILE is the plan's, NULL for that of the
 * command line. At the end count_answer() says which values came. */
void count_ask(struct count *c, struct filter *f, const char *file);
void count_answer(struct count *c, struct filter *f);

/* Counts R in every table whose `where` it passes, or rejects it through F. */
void count_record(struct count *c, struct filter *f, const struct record *r);

/* The table number INDEX of the plan, its percentages worked out, in memory of ARENA and C. */
void count_result(struct count *c, size_t index, struct arena *arena, struct cells_table *result);

void count_free(struct count *c);

/* The records behind the counts, kept if the plan names public fields; beyond COUNT_MOST_BODIES
 * none are. count_body() is for each record that is counted while they are kept, count_member() for
 * each place. */
#define COUNT_MOST_BODIES ((size_t)5000)
void count_body(struct count *c, const struct record *r);
void count_member(struct count *c, struct count_table *t, size_t place);

/* The same of what another process has counted: a record by its public fields, the place of record
 * BODY. */
void count_body_add(struct count *c, struct span fields);
void count_member_add(struct count_table *t, size_t place, size_t body);

/* There are too many to be looked at by anybody: none are listed, and that is said. */
void count_bodies_none(struct count *c);

#endif
