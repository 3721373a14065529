/* statistic -- what is told of a test beside its own statistic and p: one row each.
 *
 * The row holds all that anybody must know of it: its member in the JSON line, its formula, the
 * function of recheck.R that computes it again, and its words for people. A new one is its formula
 * (stats/), its row, its R function, its line in the manual, and its test. */
#ifndef STATISTIC_H
#define STATISTIC_H

#include "testing/tested.h"

enum statistic_form {
    STATISTIC_TEST,     /* {"statistic","p"} */
    STATISTIC_ESTIMATE, /* {"value","low","high","method"} */
    STATISTIC_NUMBER,   /* the value alone */
    STATISTIC_OWN       /* an object of its own kind, by the row's emit */
};

/* TEST or ESTIMATE by the form; a number is the estimate's value. */
struct statistic_value {
    bool is_there;
    struct tests_result test;
    struct stat_estimate estimate;
    const char *method; /* of this estimate, where it is not the row's; else NULL */
};

/* The part of a sentence, by style; a NULL plain for none. */
struct statistic_words {
    const char *plain, *jmir, *apa;
    bool bounded; /* it cannot pass 1 */
    int rank;     /* its place; 1, 2 and the first there is come with an interval */
};

struct statistic {
    struct span name; /* the member in JSON */
    enum statistic_form form;
    /* Its value for T, which has its result; a status other than STAT_OK: T has none. */
    enum stat_status (*of)(const struct tested *t, const struct tested_options *o,
                           struct statistic_value *v);
    void (*emit)(struct buf *b, struct span name, const struct tested *t,
                 const struct tested_options *o);
    const char *r; /* in recheck.R: of the counts and what is wanted; NULL for compared elsewhere */
    struct statistic_words words;
    const char *label, *method; /* what it is, and how it or its interval is made */
    const char *source;         /* author, year, equation */
};

extern const struct statistic statistics[];
extern const size_t statistic_count;

/* How many of the rows stand before "expected" in the line: those that the contract names. */
extern const size_t statistic_leading;

/* Fills in T->values, in A. */
void statistic_compute(struct arena *a, struct tested *t, const struct tested_options *o);

/* How the estimate V of the row S is made. */
const char *statistic_method(const struct statistic *s, const struct statistic_value *v);

/* The value of the row that is called NAME, NULL if T has none. */
const struct statistic_value *statistic_find(const struct tested *t, struct span name);

#endif
