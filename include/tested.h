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

#include "adjust.h"
#include "cells.h"
#include "exact.h"
#include "tests.h"

enum tested_kind { TESTED_INDEPENDENCE, TESTED_GOODNESS };

/* Which p is to be reported. */
enum tested_preferred { TESTED_NOTHING, TESTED_PEARSON, TESTED_FISHER };

/* "pearson fisher"; not for TESTED_NOTHING. */
struct span tested_preferred_name(enum tested_preferred preferred);

/* The tests that count as made together, over which p is adjusted. */
struct tested_family {
    struct span name;
    enum adjust_method method;
    size_t size;       /* tests with a p */
    double p_adjusted; /* NAN without a result */
};

/* Records that are not in the test. */
struct tested_excluded {
    struct span reason;
    double n;
};

struct tested {
    const struct cells_table *table;
    const struct cells_code *stratum; /* NULL if the table has none */
    const struct cells_code *item;    /* NULL for a test of the whole table */
    enum tested_kind kind;
    struct crosstab counts; /* what was tested: empty rows and columns are dropped */
    struct cells_code *rows, *columns;
    bool equal_shares; /* of a goodness of fit: no others were given */

    bool has_result; /* else nothing of what follows, up to the warnings, is set */
    struct tests_result pearson, g, yates;
    struct exact_fisher fisher;
    struct stat_estimate exact_ratio; /* Fisher's */
    struct stat_estimate odds_ratio, v;
    bool has_g, has_yates, has_fisher;
    struct tests_expected expected;
    struct tests_residuals residuals;
    enum tested_preferred preferred;
    double p; /* the preferred test's */

    struct tested_family family;
    struct tested_excluded *excluded;
    size_t excluded_count;
    struct span *warnings; /* clauses without a full stop */
    size_t warning_count, warning_cap;
    struct span sentence; /* a NULL at without a result */
};

/* An expected share of a goodness of fit. */
struct tested_share {
    struct span value; /* as people write it, or JSON text */
    double share;
};

struct tested_options {
    double confidence;
    const struct tested_share *shares;
    size_t share_count;
};

/* A zeroed struct is ready. */
struct tested_list {
    struct tested *at;
    size_t count, cap;
    size_t shares_used; /* tables that were tested against the given shares */
    struct arena arena;
    struct buf scratch;
};

/* The tests of T. Shares that name some of a one-way table's values but not all end the
 * program with status 2. */
void tested_add(struct tested_list *list, const struct tested_options *o,
                const struct cells_table *t);

/* Adjusts p in each family, when all tests are added. */
void tested_adjust(struct tested_list *list, enum adjust_method method);

/* The test as a JSON object at the end of B. */
void tested_emit(struct buf *b, const struct tested *t);

void tested_free(struct tested_list *list);

#endif
