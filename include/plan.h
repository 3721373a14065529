/* plan -- which tables to make, as a study's plan.json or the command line says.
 *
 * Everything is checked when the plan is read: a fault ends the program with
 * status 2 and the place in the file. Values are held in their spelling
 * (scalar.h), so that they match with their type. All texts are good until plan_free(). */
#ifndef PLAN_H
#define PLAN_H

#include "cells.h"
#include "opt.h"
#include "span.h"

/* One key of `where`: the records whose FIELD has one of the values. */
struct plan_where {
    struct span field;
    struct span *values;
    size_t count, cap;
    bool missing; /* null is among the values */
    bool negated;
};

/* A value that the plan lists: it has a row, or a column, even if it never comes. */
struct plan_value {
    struct span spelling;
    struct span label; /* a NULL at where there is none */
};

#define PLAN_MOST_CELLS ((size_t)1 << 27) /* of a table, whatever --max-cells says */

enum plan_missing { PLAN_EXCLUDE, PLAN_INCLUDE };
enum plan_sort { PLAN_AS_LISTED, PLAN_BY_COUNT, PLAN_BY_VALUE };
enum plan_interval { PLAN_WILSON, PLAN_EXACT, PLAN_AGRESTI_COULL, PLAN_NO_INTERVAL };

struct plan_table {
    struct span id, title, field;
    struct span by, strata, unit, weight; /* a NULL at where there is none */
    struct plan_where *where;
    size_t where_count;
    struct plan_value *values, *groups;
    size_t value_count, group_count;
    enum cells_of of[CELLS_OF_COUNT];
    size_t of_count;
    enum plan_missing missing;
    enum plan_sort sort;
    enum plan_interval interval;
    bool pairs;
};

struct plan {
    double confidence;
    struct plan_table *tables;
    size_t count;
    struct arena arena;
    struct buf scratch, decoded;
};

void plan_load(struct plan *p, const char *file);

/* The plan of one table from the words of the command line; NULL where not given.
 * WHERE is a list of "FIELD=VALUE": the value matches the string, and the number, true, false
 * or null that is spelled so. */
void plan_single(struct plan *p, const char *field, const char *by, const struct opt_list *where,
                 const char *unit);

void plan_free(struct plan *p);

#endif
