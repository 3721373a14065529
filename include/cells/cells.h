/* cells -- tables of counts, as lines of a stream and as arrays.
 *
 * What tabulate writes and chisq and report read. One line is one cell, one
 * total, one reason for missing answers and so on; a table is put together from
 * its lines whatever their order, values and groups in the order of their first
 * coming. A JSON null is a NAN in here, which emit_number() writes as null again.
 *
 * The columns are the groups of `by`; a one-way table has one column whose group
 * is null. A stratified table has a layer for each stratum, any other one layer
 * whose stratum is null. So all counts stand in one array:
 *
 *     cell  [layer][value][group]    cells_at()
 *     total [layer][group]           the records of the column
 *     whole [layer]                  the records of all columns, each once
 *
 * Memory: the counts; everything is freed by cells_free(). */
#ifndef CELLS_H
#define CELLS_H

#include <math.h>

#include "base/arena.h"
#include "base/choice.h"
#include "base/intern.h"
#include "cells/labels.h"
#include "stream/filter.h"
#include "stream/record.h"

/* What a percentage is of. Column: of the records in the group that gave an
 * answer (percent of cases, for a multiple response). */
enum cells_of { CELLS_COLUMN, CELLS_ROW, CELLS_TOTAL, CELLS_RESPONSES, CELLS_OF_COUNT };

/* The words for it in plans and lines; "cases" is the field's word for column percentages of a
 * multiple response. */
extern const struct choice CELLS_OF_WORDS[];
struct span cells_of_name(enum cells_of of);

/* A count for people: weighted ones show one decimal of their fraction, whole ones none. */
void cells_add_count(struct buf *b, double n);

/* A value, a group or a stratum. */
struct cells_code {
    struct span
        raw; /* JSON text: "yes" in quotes, 3, true; null for the one column of a one-way table */
    struct span text;  /* for people: the label where there is one, else the text without quotes */
    struct span label; /* a NULL at where there is none */
};

/* A percentage with its base and interval, in percent. */
struct cells_share {
    double base, percent, low, high;
};

struct cells_cell {
    double n;                 /* NAN if suppressed */
    double unweighted;        /* the records behind a weighted n; NAN in a table without weights */
    double squares;           /* the sum of their squared weights, for tests; NAN if not known */
    struct cells_share share; /* the table's first percentage, t->of[0] */
    /* With a population, in percent: what the share would be if all who gave no answer
     * had given another, or this one. NAN without. */
    double lowest, highest;
    double row; /* where groups overlap: the records with the value, each once; else 0 or NAN */
};

/* A field of numbers in one column. NAN where there is no such number: no answers, or the
 * deviation of a single one. */
struct cells_summary {
    double n, mean, sd, min, q1, median, q3, max;
    double unweighted;
    double sum, mean_low, mean_high; /* the interval of the mean, by Student's t; none of weights */
    /* Of a table with groups: the sum of the column's ranks among all of its layer, and on the
     * whole the sum of t^3 - t over numbers that came t times. For tests; NAN if not known. */
    double rank_sum, ties;
    /* Of weighted numbers with groups: the linearised standard error of the mean but for the number
     * of records, and the mean and its error of the numbers' places in the whole from 0 to 1. */
    double error, place_mean, place_error;
};

/* The records of a cell: texts of JSON. */
struct cells_members {
    struct span *at;
    size_t count;
};

/* One line of an account of the replies: who was asked, who answered, what is usable. */
struct cells_step {
    bool is_rate;       /* a response rate, named by the step: RR1, RR2 */
    struct span field;  /* the status, or the question whose usable answers these are */
    struct span step;   /* "asked", "complete", "refused", "usable" ... */
    struct span detail; /* one of the statuses that make up the step, a NULL at for all of them */
    struct cells_cell cell;
};

/* One reason for which answers are missing. */
struct cells_missing {
    struct span field;  /* whose answer is missing: the table's field or its by */
    struct span reason; /* decoded */
    size_t layer;       /* CELLS_NONE where the stratum itself is missing */
    size_t group;       /* CELLS_NONE where by is missing: the record is in no column */
    double n, unweighted;
};

#define CELLS_NONE ((size_t)-1)

struct cells_table {
    struct span id, title;
    struct span field, by, strata;                   /* a NULL at where there is none */
    struct span field_label, by_label, strata_label; /* for people; set by cells_finish() */
    bool multiple;    /* a record can have several values: rows overlap */
    bool by_multiple; /* a record can be in several groups: columns overlap */
    bool weighted;
    bool summed;     /* of numbers that are summarised: people are to see their sums */
    bool suppressed; /* some counts are withheld or rounded: no test may use them */

    struct cells_code *values, *groups, *layers;
    size_t value_count, group_count, layer_count;

    struct cells_cell *cells;  /* [layer][value][group] */
    struct cells_cell *totals; /* [layer][group]: n and base */
    struct cells_cell *whole;  /* [layer] */
    struct cells_missing *missing;
    size_t missing_count;

    /* The shares of all kinds that the plan asked for: of[0] is the one in the
     * cells; shares[k] is laid out as the cells for k from 1 on. */
    enum cells_of of[CELLS_OF_COUNT];
    size_t of_count;
    struct cells_share *shares[CELLS_OF_COUNT];

    /* What the top rows leave: the answers with any other value, of which there are
     * REST_VALUES. [layer][group], NULL if no row was left out. */
    struct cells_cell *rest;
    size_t rest_values;

    /* Groups of codes, a record once for each. [layer][subtotal][group]. */
    struct cells_code *subtotals;
    size_t subtotal_count;
    struct cells_cell *subtotal_cells;

    /* A table of numbers has no values, but these: [layer][group] and [layer]. NULL otherwise. */
    struct cells_summary *summaries, *whole_summaries;

    /* An account of replies has neither, but these. */
    struct cells_step *steps;
    size_t step_count;

    /* [layer][group][value][value], the records with both values; NULL if the
     * plan did not ask for pairs. The diagonal is the cell itself. */
    double *pairs;

    /* Who is behind the cells, by what identifies a public record. [layer][value][group]; NULL if
     * the plan names nothing that is public. */
    struct cells_members *members;

    double *populations; /* [group]; NULL if the plan gives none */

    struct span chisq; /* how to test the table: see settings.h; a NULL at for the usual way */

    struct span interval; /* the method of the percentages' intervals; a NULL at for none */
    double confidence;    /* theirs; NAN if it is not told */

    const char *file; /* where the table was first seen, for messages */
    size_t line;
};

static inline struct cells_cell *cells_at(const struct cells_table *t, size_t layer, size_t value,
                                          size_t group)
{
    return &t->cells[(layer * t->value_count + value) * t->group_count + group];
}

static inline struct cells_cell *cells_total(const struct cells_table *t, size_t layer,
                                             size_t group)
{
    return &t->totals[layer * t->group_count + group];
}

static inline double *cells_pair(const struct cells_table *t, size_t layer, size_t group,
                                 size_t value, size_t other)
{
    size_t column = layer * t->group_count + group;
    return &t->pairs[(column * t->value_count + value) * t->value_count + other];
}

/* The records in the column, which is the base of its percentages of cases:
 * for a test of each value of a multiple response, n against base - n. */
static inline double cells_base(const struct cells_table *t, size_t layer, size_t group)
{
    return cells_total(t, layer, group)->n;
}

/* Writes the table's lines, counted as written by F. */
void cells_write(struct filter *f, const struct cells_table *t);

static inline struct cells_cell *cells_subtotal(const struct cells_table *t, size_t layer,
                                                size_t subtotal, size_t group)
{
    return &t->subtotal_cells[(layer * t->subtotal_count + subtotal) * t->group_count + group];
}

/* Whether R is a line of a table (it has a `kind`), not a test or anything else. */
bool cells_is_line(const struct record *r);

/* Tables being read. A zeroed struct is ready. */
struct cells_draft;
struct cells {
    struct cells_table *tables; /* in order of first appearance; set by cells_finish() */
    size_t count;
    struct intern ids; /* of the tables: its index is the table's */
    struct cells_draft *drafts;
    size_t drafts_cap;
    struct labels labels;
    struct arena arena;
    struct arena line; /* texts of the line being read */
    struct buf scratch, decoded;
};

/* Takes in the line R. If it is no good (a key missing or of the wrong type, a
 * cell that was there before, a table that contradicts its other lines), it is
 * rejected through F, and left out if that goes on. */
void cells_add(struct cells *c, struct filter *f, const struct record *r);

/* Puts the tables together. A table that does not add up or lacks a cell ends
 * the program with status 1. */
void cells_finish(struct cells *c);

void cells_free(struct cells *c);

#endif
