/* plan -- which tables to make, as a study's plan.json or the command line says.
 *
 * Everything is checked when the plan is read: a fault ends the program with
 * status 2 and the place in the file. Values are held in their spelling
 * (scalar.h), so that they match with their type. An account of replies ("flow") becomes
 * several tables: its own, one that is not shown for each question, and one that
 * compares respondents for each field to compare. All texts are good until plan_free(). */
#ifndef PLAN_H
#define PLAN_H

#include "base/fault.h"
#include "base/opt.h"
#include "base/span.h"
#include "cells/cells.h"
#include "stats/interval.h"

/* One key of `where`: the records whose FIELD has one of the values. */
struct plan_where {
    struct span field;
    struct span *values;
    size_t count;
    bool missing; /* null is among the values */
    bool negated;
    bool is_range; /* in place of values: numbers from MIN to MAX, which may be infinite */
    double min, max;
};

#define PLAN_NONE ((size_t)-1)

/* A value that the plan lists: it has a row, or a column, even if it never comes. */
struct plan_value {
    struct span spelling;
    struct span label; /* a NULL at where there is none */
    size_t subtotal;   /* PLAN_NONE for none */
};

#define PLAN_MOST_CELLS ((size_t)1 << 27) /* of a table, whatever --max-cells says */

enum plan_missing { PLAN_EXCLUDE, PLAN_INCLUDE };
enum plan_sort { PLAN_AS_LISTED, PLAN_BY_COUNT, PLAN_BY_VALUE };

/* What the rows of a table are. */
enum plan_rows {
    PLAN_VALUES,   /* the values of the field */
    PLAN_BANDS,    /* bands of a number */
    PLAN_NUMBERS,  /* none: the numbers are summarised */
    PLAN_STATUSES, /* the values of the field, and the reasons where it is missing */
    PLAN_NO_ROWS   /* none: only whether there is an answer counts */
};

/* How many there are in a group, of whom some gave no answer. */
struct plan_population {
    struct span group; /* its spelling; a NULL at in a one-way table */
    double size;
};

/* What a status in an account of replies means. */
enum plan_class {
    PLAN_COMPLETE,
    PLAN_PARTIAL,
    PLAN_REFUSED,
    PLAN_NO_REPLY,
    PLAN_OTHER,
    PLAN_UNKNOWN, /* whether it was one to be asked */
    PLAN_NOT_ELIGIBLE,
    PLAN_CLASS_COUNT
};

struct plan_flow {
    struct span
        *statuses[PLAN_CLASS_COUNT]; /* texts; one that ends with * stands for a beginning */
    size_t status_counts[PLAN_CLASS_COUNT];
    size_t first_question, question_count; /* places in the plan's tables */
    double e; /* the share of eligible ones among the unknown; NAN for that among the known */
};

struct plan_table {
    struct span id, title, field;
    struct span by, strata, unit, weight; /* a NULL at where there is none */
    struct plan_where *where;
    size_t where_count;
    struct plan_value *values, *groups;
    size_t value_count, group_count;
    struct span *subtotals; /* spellings of the codebook's groups */
    size_t subtotal_count;
    enum cells_of of[CELLS_OF_COUNT];
    size_t of_count;
    enum plan_rows rows;
    enum plan_missing missing;
    enum plan_sort sort;
    const struct interval_method *interval; /* NULL for none */
    size_t top;                             /* rows to keep, 0 for all */
    bool pairs;
    bool sums;     /* of numbers that are summarised: their sums are of interest */
    double *bands; /* lower ends, rising */
    size_t band_count;
    struct plan_population *populations;
    size_t population_count;
    size_t below, round; /* counts to withhold, and what the others are rounded to; 0 for not */
    bool hidden;         /* made for a flow, not shown */
    const struct plan_flow *flow;        /* the account that this table is */
    const struct plan_flow *respondents; /* the account by which `by` is respondent or not */
    struct span chisq; /* JSON text of how chisq is to test it; a NULL at for the usual way */
};

struct plan {
    double confidence;
    struct plan_table *tables;
    size_t count, cap;
    struct labels labels;     /* what the plan and the schemas call things */
    struct labels_list codes; /* by field and spelling: see plan_code_label() */
    struct intern order;      /* field and spelling: the order that a schema gives to values */
    char *digest;             /* what tells this plan from others, for partial counts */
    struct arena arena;
    struct buf scratch, decoded;
};

bool plan_load(struct plan *p, const char *file, struct fault *fault);

/* The plan of one table from the words of the command line; NULL where not given.
 * WHERE is a list of "FIELD=VALUE": the value matches the string, and the number, true, false
 * or null that is spelled so. */
void plan_single(struct plan *p, const char *field, const char *by, const struct opt_list *where,
                 const char *unit);

/* Adds the titles of fields and the labels of categories that the table schema FILE gives, where
 * the plan gives none, and the order of bands and of categories that are said to have one. */
void plan_add_schema(struct plan *p, const char *file);

/* Titles of the comparisons of accounts of replies, once all labels are known. */
void plan_title_comparisons(struct plan *p);

/* What a schema calls the value of FIELD that is spelled so; a NULL at for nothing. */
struct span plan_code_label(const struct plan *p, struct span field, struct span spelling,
                            struct buf *scratch);

/* The place of the value among those of FIELD, by a schema's bands or ordered categories;
 * PLAN_NONE if none says. */
size_t plan_code_order(const struct plan *p, struct span field, struct span spelling,
                       struct buf *scratch);

void plan_free(struct plan *p);

/* What the status TEXT means in FLOW. */
enum plan_class plan_class_of(const struct plan_flow *flow, struct span text);
struct span plan_class_name(enum plan_class class);

#endif
