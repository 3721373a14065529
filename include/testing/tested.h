/* tested -- the tests of tables of counts, each with all that is to be said about it.
 *
 * A table of groups gets a test of independence, a one-way table one of goodness of fit, a
 * multiple response one for each of its values: those who named it against those who did
 * not, since its rows overlap and a chi-square of the pooled table would count records twice. What
 * cannot be tested is a test too, without a result but with a warning that says why.
 *
 * Everything lies in the list's arena, good until tested_free(). The tables are borrowed. */
#ifndef TESTED_H
#define TESTED_H

#include "cells/cells.h"
#include "cells/settings.h"
#include "stats/adjust.h"
#include "stats/exact.h"
#include "stats/location.h"
#include "stats/montecarlo.h"
#include "stats/multiple.h"
#include "stats/strata.h"
#include "stats/tests.h"
#include "stats/weighted.h"

/* What is asked of the counts. */
enum tested_kind {
    TESTED_INDEPENDENCE,
    TESTED_GOODNESS,
    TESTED_CONDITIONAL, /* independence within the strata, one answer for all of them */
    TESTED_SYMMETRY,    /* of two answers of the same records */
    TESTED_LOCATION,    /* of numbers in groups */
    TESTED_EQUALITY     /* of the values of a multiple response, by the same records */
};

struct span tested_kind_name(enum tested_kind kind);

struct statistic_value;

/* How it is answered: by which method the statistic is made, and which p is to be reported. */
enum tested_way {
    TESTED_NOTHING,
    TESTED_PEARSON,
    TESTED_FISHER,
    TESTED_MONTE_CARLO,
    TESTED_MANTEL_HAENSZEL,
    TESTED_CONDITIONAL_EXACT,
    TESTED_MCNEMAR,
    TESTED_BOWKER,
    TESTED_BINOMIAL,    /* of two values, or McNemar's test: exact */
    TESTED_MULTINOMIAL, /* a goodness of fit of more values: exact */
    TESTED_RAO_SCOTT,
    TESTED_RAO_SCOTT_F, /* of weighted counts */
    TESTED_WELCH,
    TESTED_WALD,      /* of weighted numbers */
    TESTED_SPMI,      /* of two multiple responses, pair by pair */
    TESTED_COCHRAN_Q, /* of all values of a multiple response, no groups */
    TESTED_WAY_COUNT
};

struct span tested_way_name(enum tested_way way);

/* What a paper's methods section calls it. */
const char *tested_way_words(enum tested_way way);

/* "holm bh bonferroni none". */
struct span tested_adjust_name(enum adjust_method method);

#define TESTED_MOST_MEMBERS 50

/* The tests that count as made together, over which p is adjusted. */
struct tested_family {
    struct span name;
    enum adjust_method method;
    size_t size;                /* tests with a p */
    const struct span *members; /* their names; the first TESTED_MOST_MEMBERS */
    double p_adjusted;          /* NAN without a result */
};

/* Records that are not in the test. */
struct tested_excluded {
    struct span reason;
    double n;
};

/* What two rows or columns in an order add. Arrays are borrowed or in the arena. */
struct tested_trend {
    bool has_linear, has_armitage;
    struct tests_result linear, armitage;
    double r, z;
    const double *row_scores, *column_scores;
    bool is_turned; /* two columns, the order is that of the rows */
};

struct tested_fisher {
    bool is_there;
    struct exact_fisher tails; /* of a larger table two_sided alone */
    struct stat_estimate ratio;
};

struct tested_random {
    bool is_there;
    enum montecarlo_statistic statistic;
    struct montecarlo_result result;
};

/* ---- what belongs to one way of testing alone ---- */

struct tested_pearson {
    const double *shares; /* of a goodness of fit; NULL for equal ones */
    const struct span
        *letters; /* by cell: of the columns with a smaller share; NULL if not asked */
    bool has_fit; /* exact test of a goodness of fit */
    double fit_p;
    struct tested_fisher fisher;
    struct tested_random random;
    struct tests_expected expected;
    struct tests_residuals residuals;
    double *residual_p; /* adjusted over the cells */
    struct tested_trend trend;
};

struct tested_strata {
    const struct strata_layer *layers;
    size_t layer_count, layers_used;
    bool has_homogeneity, has_exact;
    struct strata_homogeneity homogeneity; /* of the strata's odds ratios */
    double mantel_fleiss, exact_p;
};

struct tested_location {
    struct location_group *groups;
    double ties, df2;
};

/* Two by two tables of each value by each group, those who named both and so on. */
struct tested_spmi {
    const struct cells_table *table;
    size_t layer, pairs; /* the pairs that can be compared */
    double records, most;
    const struct cells_code *value, *group; /* of the largest statistic */
};

struct tested_weighted {
    const double *shares; /* of a goodness of fit, as in tested_pearson: it must stay the first */
    struct weighted_result result;
    double sum; /* of the weights */
};

struct tested_set {
    struct multiple_result result;
    const struct multiple_set *counts;
};

struct tested {
    const struct cells_table *table;
    const struct cells_code *stratum; /* NULL for a test of all strata, or if there are none */
    const struct cells_code *item;    /* of a multiple response; NULL for all values */
    bool is_pair;                     /* two groups of several: the columns */
    enum tested_kind kind;
    struct crosstab counts; /* what was tested: empty rows and columns are dropped */
    struct cells_code *rows, *columns;
    double *squares, *records; /* of weighted counts, cell by cell; NULL if they are not */

    enum tested_way method; /* TESTED_NOTHING: no result, and nothing of what follows is set */
    struct tests_result result;
    struct statistic_value *values; /* a value for each row of statistic.h */
    union {
        struct tested_pearson pearson;
        struct tested_spmi spmi;
        struct tested_location location; /* TESTED_WELCH, TESTED_WALD */
        struct tested_weighted weighted; /* TESTED_RAO_SCOTT_F */
        struct tested_strata strata;     /* TESTED_MANTEL_HAENSZEL */
        struct tested_set set;           /* TESTED_RAO_SCOTT */
    } of;                                /* by METHOD: what none of the others has */
    enum tested_way preferred;
    double p; /* the preferred one */

    struct tested_family family;
    struct tested_excluded *excluded;
    size_t excluded_count;
    struct span *warnings; /* clauses without a full stop */
    size_t warning_count, warning_cap;
    struct span sentence, explanation; /* a NULL at where there is none */
};

enum tested_exact { TESTED_EXACT_ALWAYS, TESTED_EXACT_AUTO, TESTED_EXACT_NEVER };

struct tested_options {
    double confidence;
    enum adjust_method adjust;
    enum tested_exact exact;
    bool equal;        /* test one-way tables against equal shares though their plan does not ask */
    size_t replicates; /* of a Monte Carlo test; 0 if none was asked for */
    uint64_t seed;
    struct settings settings; /* what the plan can say otherwise for a table */
};

/* A zeroed struct is ready. */
struct tested_list {
    struct tested *at;
    size_t count, cap;
    size_t shares_used; /* tables that were tested against the command line's shares */
    size_t unasked;     /* one-way tables that nobody asked to be tested */
    struct arena arena;
    struct buf scratch;
};

static inline bool tested_has_result(const struct tested *t)
{
    return t->method != TESTED_NOTHING;
}

/* The records that were tested; of weighted counts they are not their sum. */
static inline double tested_n(const struct tested *t)
{
    return t->method == TESTED_RAO_SCOTT_F ? t->of.weighted.result.records : t->counts.sum;
}

/* The tests of T. Shares that name some of a one-way table's values but not all end the
 * program with status 2. */
void tested_add(struct tested_list *list, const struct tested_options *o,
                const struct cells_table *t);

/* Adjusts p in each family, when all tests are added. */
void tested_adjust(struct tested_list *list, enum adjust_method method);

/* What the test is called: its table, and the stratum, value or pair of groups. */
void tested_add_name(struct buf *b, const struct tested *t);

/* The test as a JSON object into OUT, which passes a long one on as it comes. */
void tested_emit(struct output *out, const struct tested *t, const struct tested_options *o);

void tested_free(struct tested_list *list);

#endif
