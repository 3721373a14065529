/* results -- all that report read: the cells, the tests, and how they are to be shown.
 *
 * A zeroed struct with its options set is ready; results_take() takes in a line,
 * results_finish() puts the tables together. Texts are good until results_free(). Memory:
 * the cells and the tests, never the records. */
#ifndef RESULTS_H
#define RESULTS_H

#include <jansson.h>

#include "cells/cells.h"
#include "stream/filter.h"

enum results_style { RESULTS_JMIR, RESULTS_APA, RESULTS_PLAIN };

/* Where intervals stand: behind the bracket of a percentage, in it, or in places of their own. */
enum results_intervals { RESULTS_NO_INTERVALS, RESULTS_BEHIND, RESULTS_WITHIN, RESULTS_APART };

#define RESULTS_BY_STYLE ((size_t)-1) /* decimals */

struct results_options {
    int style;       /* enum results_style */
    size_t decimals; /* of percentages; RESULTS_BY_STYLE: as the style says */
    bool names;      /* print the names of the stream, not their labels */
    enum results_intervals intervals;
    size_t width; /* of a line of text or Markdown */
    bool bars, colour;
    bool lines;        /* keep the lines as they came */
    const char *title; /* NULL for the plan's */
};

/* One line of chisq. */
struct results_test {
    struct span table;
    json_t *json; /* the whole line */
    bool told;    /* below its table */
};

/* A line as it came. */
struct results_line {
    struct span text;
    struct span records; /* in it: the public records that it lists, a NULL at for none */
};

struct results {
    struct results_options options;
    struct cells cells;
    struct results_test *tests;
    size_t test_count, tests_cap;
    struct results_line *lines; /* if the options ask for them */
    size_t line_count, lines_cap;
    json_t *manifest;  /* of study.sh; NULL for none */
    json_t *agreement; /* the lines of kappa, an array; NULL for none */
    struct arena arena;
    struct buf scratch;
};

void results_take(struct results *s, struct filter *f, const struct record *r);
void results_finish(struct results *s);

/* Reads the manifest of study.sh; a fault ends the program with status 2. */
void results_manifest(struct results *s, const char *file);

/* Reads the lines of kappa; what is none ends the program with status 2. */
void results_agreement(struct results *s, const char *file);

/* The title of the whole, for people. */
struct span results_title(struct results *s);

void results_free(struct results *s);

#endif
