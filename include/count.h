/* count -- all tables of a plan counted in one pass over the records.
 *
 * Each table keeps one number for each cell, total and reason that has come, in
 * a hash by its place, so the order of the records does not matter. A record
 * is looked at twice: first whether every table can use it, then it is counted, so
 * that one that is rejected is in no table. Nothing is allocated a record.
 * Memory: the cells; with `unit` also the distinct units of each cell. */
#ifndef COUNT_H
#define COUNT_H

#include "answers.h"
#include "cells.h"
#include "filter.h"
#include "plan.h"
#include "tally.h"

/* What a number counts; part of its place in the hash. */
enum count_kind {
    COUNT_CELL,    /* row and column */
    COUNT_TOTAL,   /* column */
    COUNT_MISSING, /* column; the row holds whose answer is missing, and why */
};

/* Whose answer is missing. */
enum count_role { ROLE_FIELD, ROLE_BY, ROLE_STRATA, ROLE_UNIT };

#define COUNT_NONE UINT32_MAX /* no group, no layer */

/* The rows, groups or layers of a table, in the order of their coming, the plan's first. */
struct count_axis {
    size_t field;    /* in answers, MAP_NONE for none */
    uint32_t *index; /* by code, plus one; 0 for a code that has not come */
    size_t index_cap;
    uint32_t *codes; /* by index */
    size_t count, cap;
};

struct count_condition {
    size_t field;
    bool *wanted; /* by code, for the codes that the plan made known */
    size_t known;
    bool missing, negated;
};

struct count_table {
    const struct plan_table *plan;
    struct count_condition *conditions;
    struct count_axis rows, groups, layers;
    size_t unit;          /* in answers, MAP_NONE for none */
    struct tally columns; /* of a layer and a group; used with strata only */
    struct tally places;
    uint64_t *counts; /* by the index of the place */
    size_t counts_cap;
    struct tally seen;  /* a place and a unit that was counted there */
    struct tally pairs; /* of two rows in a column */
    uint64_t *pair_counts;
    size_t pair_counts_cap;
    bool multiple, by_multiple; /* a list has come */
    bool selected;              /* the current record passes `where` */
};

struct count {
    const struct plan *plan;
    struct count_table *tables;
    struct answers answers;
    size_t max_cells; /* of a table */
    struct arena arena;
};

void count_open(struct count *c, const struct plan *p, size_t max_cells);

/* Counts R in every table whose `where` it passes, or rejects it through F. */
void count_record(struct count *c, struct filter *f, const struct record *r);

/* The parts of a place, for count_result(). */
struct count_place {
    enum count_kind kind;
    uint32_t layer, group; /* COUNT_NONE for none */
    uint32_t row;
    enum count_role role; /* of a missing answer: ROW is then the reason */
};
struct count_place count_place(const struct count_table *t, uint64_t key);

/* The key of the total of the column in which the place KEY is. */
uint64_t count_total_key(uint64_t key);

struct count_pair {
    uint32_t layer, group, row, other;
};
struct count_pair count_pair(const struct count_table *t, uint64_t key);

/* The table number INDEX of the plan, its percentages worked out, in memory of ARENA. */
void count_result(struct count *c, size_t index, struct arena *arena, struct cells_table *result);

void count_free(struct count *c);

#endif
