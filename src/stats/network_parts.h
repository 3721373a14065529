/* network_parts -- what the files of network share; nobody else's business. */
#ifndef NETWORK_PARTS_H
#define NETWORK_PARTS_H

#include <stdint.h>

#include "base/intern.h"
#include "bounds.h"
#include "filling.h"
#include "stats/network.h"

#define NETWORK_ENTRIES 1000000 /* of a stage, and nodes: about 100 bytes each */
#define NETWORK_ROWS_A_STEP 4   /* a filling is heavier the more rows it has */
#define NETWORK_GRID                                                                               \
    0x1p30 /* partial tables are merged if their log probabilities agree to 1e-9                   \
            */

/* What the test works on: the shorter side as rows, both by falling sums. */
struct problem {
    size_t rows, columns;
    double *row_sums, *column_sums;
    const double *log_factorial; /* 0..n */
    double limit;                /* log probability of the observed table, and a little more */
    double p;                    /* of the tables counted so far */
    size_t steps, budget;
};

/* ---- one column (network_fill) ---- */

/* All fillings of the column for one node: their log probabilities, and the nodes they lead to. */
struct fillings {
    struct arena arena;
    struct filling walk;
    double *left, *child;
    double *log_p, *mass; /* the mass is its exponential, made by list_children() */
    uint64_t *to;
    size_t count, log_p_cap, mass_cap, to_cap;
};

void network_fillings_init(struct fillings *all, size_t rows);
void network_fillings_free(struct fillings *all);

/* For qsort: doubles, the largest first. */
int network_falling(const void *a, const void *b);

/* What is left of the rows as the key of a node. */
struct span network_key(const double *left, size_t rows);

/* There are at least so many ways to fill a column of sum COLUMN where LEFT is left of the rows:
 * one row against the others. */
double network_fewest(const double *left, size_t rows, double column);

/* All ways to fill a column of sum COLUMN from a node. False if the budget is spent. */
bool network_list(struct problem *pr, struct fillings *all, struct span node, double column);

/* The same with what each filling leads to, among NODES. */
bool network_children(struct problem *pr, struct fillings *all, struct span node, double column,
                      struct intern *nodes);

/* ---- what the columns so far leave (network_stage) ---- */

/* Partial tables after some columns: a node is what is left of the rows, in falling order; an entry
 * a node with the log probability of the columns filled so far. MASS is the joint probability of an
 * entry's partial tables. */
struct stage {
    struct intern nodes, entries;
    double *mass;
    size_t mass_cap;
    struct bounds *bounds; /* by node */
    size_t bounded, bounds_cap;
};

/* An entry's key. All bytes are members, so that equal keys are equal bytes. */
struct entry {
    uint64_t node;
    int64_t log_p; /* in units of 1 / LOG_GRID */
};

struct entry network_entry(const struct stage *s, size_t index);
void network_add(struct stage *s, struct entry e, double mass);
void network_stage_free(struct stage *s);

/* The entries' indices, those of one node together; node i has FROM[i] to FROM[i + 1]. */
size_t *network_group(const struct stage *s, struct arena *a, size_t **from);

/* Bounds of what the columns from COLUMN on add to the log probability, for the nodes of S that are
 * new since the last call. False if the budget is spent. */
bool network_bound(struct problem *pr, struct stage *s, double *scratch, size_t column);

/* Can all that is left be filled once within the budget? Known before any of it is. */
bool network_fits(const struct problem *pr, const struct stage *s, const size_t *from,
                  size_t column, double *scratch);

/* ---- the last columns (network_tail) ---- */

/* Adds the probability of all completions, over the last three columns, that make a table no more
 * probable than the limit. */
enum stat_status network_complete(struct problem *pr, const struct stage *s, struct fillings *all);

/* A table of two columns: the first says all. */
enum stat_status network_complete_two(struct problem *pr);

#endif
