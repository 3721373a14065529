/* reliability -- the agreement of coders on one question: on a single code against
 * all others, on all categories of a single-valued field, or on all codes of all
 * answers together. */
#ifndef RELIABILITY_H
#define RELIABILITY_H

#include "agree/ratings.h"
#include "stats/agreement.h"

/* A measure, or why there is none. */
struct reliability_measure {
    bool has;
    const char *why; /* a clause, if not */
};

struct reliability {
    size_t units;     /* coded by two coders or more */
    size_t ratings;   /* codings of those units */
    size_t left_out;  /* units that one coder alone has coded */
    size_t *used;     /* [coder]: how many of them the coder gave this code, of */
    size_t *coded;    /* [coder]: so many that he coded */
    double agreement; /* the share of agreeing pairs of codings; only if UNITS > 0 */
    struct reliability_measure cohen, fleiss, alpha, weighted, ac1, ac2;
    bool has_gaps; /* not every unit was coded by every coder */
    size_t *only;  /* [coder]: the one level that he used, */
    size_t levels; /* of so many that were used; RELIABILITY_ALL: several */
    struct agreement_kappa cohen_is;
    struct agreement_fleiss fleiss_is;
    struct agreement_alpha alpha_is;
    struct agreement_kappa weighted_is;            /* Cohen's, two coders */
    struct agreement_gaps ac1_is, ac2_is, gaps_is; /* GAPS_IS: Fleiss' where there are gaps */
};

enum reliability_scale { RELIABILITY_NOMINAL, RELIABILITY_ORDINAL, RELIABILITY_INTERVAL };

#define RELIABILITY_ALL ((size_t)-1)

/* Agreement on CODE, or with RELIABILITY_ALL on everything: the categories of a
 * single-valued field; in a multiple one whether each code stands, for each answer and
 * code. LEVELS gives each code its rank for the scale (and VALUES by rank for the
 * interval scale); both are read with RELIABILITY_ALL on a single-valued field only. Arrays in
 * RESULT lie in A. */
struct reliability_order {
    enum reliability_scale scale;
    const size_t *levels;
    const double *values;
    enum agreement_weights weights; /* of weighted kappa and AC2; exact: there are none */
};
void reliability_measure(struct arena *a, const struct ratings *c, size_t code,
                         const struct reliability_order *order, double confidence,
                         struct reliability *result);

#endif
