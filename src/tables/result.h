/* result -- what the files that turn counts into a table share; nobody else's business. */
#ifndef RESULT_H
#define RESULT_H

#include "count_place.h"

/* A base with what an interval needs to know of it: for weighted counts the number of
 * equally weighted records that would be as exact (Kish 1965, "Survey Sampling", eq. 8.2.2). */
struct base {
    double n, effective;
};

/* A sum of weights, or a count. */
struct amount {
    double n, squares, unweighted;
};

struct result {
    const struct count *counts;
    const struct count_table *from;
    const struct plan_table *plan;
    struct arena *arena;
    struct cells_table *to;
    size_t *row_at, *group_at, *layer_at; /* from the order of coming to that of the table;
                                             CELLS_NONE for a row beyond the top */
    struct amount *totals;                /* [layer][group] */
    struct amount *wholes;                /* [layer] */
    struct amount *rows; /* [layer][value]: over all groups, each record once; or NULL */
    struct buf scratch;
};

/* The places of rows, groups and layers in the table, and their names. */
void result_order(struct result *r);

/* Withholds and rounds counts where the plan asks for it. */
void result_suppress(struct result *r);

/* The percentages of all cells and totals, from their counts. */
void result_shares(struct result *r);

/* A table of numbers: what each column comes to. */
void result_summaries(struct result *r);

/* The steps of an account of replies, with its questions' usable answers. */
void result_flow(struct result *r);

#endif
