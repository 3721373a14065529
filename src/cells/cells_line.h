/* cells_line -- one line of a table, as the files that write and read them share it;
 * nobody else's business. */
#ifndef CELLS_LINE_H
#define CELLS_LINE_H

#include "cells/cells.h"

enum cells_kind {
    CELLS_KIND_CELL,
    CELLS_KIND_TOTAL,
    CELLS_KIND_MISSING,
    CELLS_KIND_PAIR,
    CELLS_KIND_REST,
    CELLS_KIND_SUBTOTAL,
    CELLS_KIND_SUMMARY,
    CELLS_KIND_FLOW,
    CELLS_KIND_RATE,
    CELLS_KIND_COUNT
};

struct span cells_kind_name(enum cells_kind kind);

/* The numbers of a summary behind n, which is the line's own, in their order. */
#define CELLS_SUMMARY_COUNT 15
#define CELLS_SUMMARY_NEEDED 7 /* the others may be absent */
#define CELLS_SUMMARY_PLAIN 12 /* the others are of weighted numbers alone */
extern const struct span cells_summary_names[CELLS_SUMMARY_COUNT];
void cells_summary_numbers(struct cells_summary *s, double *numbers[CELLS_SUMMARY_COUNT]);

/* The line being read; texts are good until the next line. */
struct cells_line {
    struct cells *cells;
    struct filter *f;
    const struct record *r;
    enum cells_kind kind;
    struct span table, title, field, by, strata, detail;
    struct span value, group, stratum, other; /* spellings; a NULL at for null */
    struct span label, group_label, stratum_label;
    bool multiple, by_multiple, weighted, suppressed, summed;
    struct cells_cell cell;
    double population, values;
    struct cells_summary summary;
    struct span chisq;    /* JSON text; a NULL at for none */
    struct span interval; /* the name of a method; a NULL at for none */
    double confidence;
    enum cells_of of[CELLS_OF_COUNT];
    size_t of_count;
    struct cells_share shares[CELLS_OF_COUNT];
};

/* Takes L->r apart and checks that line by itself. False if it was rejected. */
bool cells_line_take(struct cells_line *l);

/* A line that was taken in. */
struct cells_entry {
    enum cells_kind kind;
    size_t layer, value, group, other; /* indexes, CELLS_NONE for null */
    struct span field, text, detail;   /* text: the reason of missing answers, the step */
    struct cells_cell cell;
    double population, values;
    struct cells_summary *summary; /* NULL for none */
    struct cells_share *shares;    /* those behind the first; NULL for none */
    struct cells_members *members; /* NULL for none */
};

/* Values, groups or layers in the order of their first coming. */
struct cells_codes {
    struct intern spellings;
    struct span *labels;
    size_t cap;
};

/* A table of which not all lines have come. */
struct cells_draft {
    struct cells_table table;
    bool has_field; /* some lines name another field than the table's */
    struct cells_codes values, groups, layers, subtotals;
    struct intern seen; /* lines, to find one that comes twice */
    struct cells_entry *entries;
    size_t count, cap;
};

/* D as the table T, or the end of the program if it contradicts itself. */
void cells_build(struct cells *c, const struct cells_draft *d, struct cells_table *t);

#endif
