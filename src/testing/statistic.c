#include "testing/statistic.h"

#include "stats/effect.h"
#include "stats/paired.h"
#include "tested_parts.h"

/* A table of independent groups, by its counts. */
static bool is_table(const struct tested *t)
{
    return t->kind == TESTED_INDEPENDENCE &&
           (t->method == TESTED_PEARSON || t->method == TESTED_RAO_SCOTT_F);
}

/* ---- formulas, brought to one form ---- */

static enum stat_status yates(const struct tested *t, const struct tested_options *o,
                              struct statistic_value *v)
{
    struct strata_result strata;
    enum stat_status status;
    switch (t->kind) {
    case TESTED_INDEPENDENCE:
        return is_table(t) && t->method == TESTED_PEARSON ? tests_yates(&t->counts, &v->test)
                                                          : STAT_SHAPE;
    case TESTED_SYMMETRY:
        return paired_mcnemar_corrected(&t->counts, &v->test);
    case TESTED_CONDITIONAL:
        status = strata_mantel_haenszel(t->of.strata.layers, t->of.strata.layer_count,
                                        o->confidence, &strata);
        v->test = strata.corrected;
        return status;
    default:
        return STAT_SHAPE;
    }
}

static enum stat_status likelihood(const struct tested *t, const struct tested_options *o,
                                   struct statistic_value *v)
{
    (void)o;
    if (t->method == TESTED_RAO_SCOTT_F)
        return STAT_SHAPE;
    if (t->kind == TESTED_GOODNESS)
        return tests_goodness_g(t->counts.cells, t->of.pearson.shares, t->counts.rows, &v->test);
    return is_table(t) ? tests_g(&t->counts, &v->test) : STAT_SHAPE;
}

static enum stat_status odds_ratio(const struct tested *t, const struct tested_options *o,
                                   struct statistic_value *v)
{
    struct strata_result strata;
    if (is_table(t))
        return effect_odds_ratio(&t->counts, o->confidence, &v->estimate);
    if (t->kind != TESTED_CONDITIONAL)
        return STAT_SHAPE;
    enum stat_status status = strata_mantel_haenszel(t->of.strata.layers, t->of.strata.layer_count,
                                                     o->confidence, &strata);
    v->estimate = strata.ratio;
    v->method = "Robins, Breslow & Greenland";
    return status;
}

static enum stat_status cramers_v(const struct tested *t, const struct tested_options *o,
                                  struct statistic_value *v)
{
    return is_table(t) ? effect_cramers_v(&t->counts, o->confidence, &v->estimate) : STAT_SHAPE;
}

static enum stat_status corrected_v(const struct tested *t, const struct tested_options *o,
                                    struct statistic_value *v)
{
    (void)o;
    double value;
    enum stat_status status = is_table(t) && t->method == TESTED_PEARSON
                                  ? effect_corrected_v(&t->counts, &value)
                                  : STAT_SHAPE;
    if (status == STAT_OK)
        v->estimate = stat_estimate_of(value, NAN, NAN);
    return status;
}

static enum stat_status lambda(const struct tested *t, const struct tested_options *o,
                               struct statistic_value *v)
{
    return is_table(t) ? effect_lambda(&t->counts, o->confidence, &v->estimate) : STAT_SHAPE;
}

static enum stat_status phi(const struct tested *t, const struct tested_options *o,
                            struct statistic_value *v)
{
    return is_table(t) ? effect_phi(&t->counts, o->confidence, &v->estimate) : STAT_SHAPE;
}

/* The first row's share in the two columns; false if it is another table. */
static bool take_groups(const struct tested *t, struct effect_groups *groups)
{
    const struct crosstab *c = &t->counts;
    if (!is_table(t) || c->rows != 2 || c->columns != 2)
        return false;
    *groups = (struct effect_groups){crosstab_at(c, 0, 0), c->column_sums[0], crosstab_at(c, 0, 1),
                                     c->column_sums[1]};
    return true;
}

static enum stat_status risk_ratio(const struct tested *t, const struct tested_options *o,
                                   struct statistic_value *v)
{
    struct effect_groups groups;
    return take_groups(t, &groups) ? effect_risk_ratio(&groups, o->confidence, &v->estimate)
                                   : STAT_SHAPE;
}

static enum stat_status risk_difference(const struct tested *t, const struct tested_options *o,
                                        struct statistic_value *v)
{
    struct effect_groups groups;
    return take_groups(t, &groups) ? effect_risk_difference(&groups, o->confidence, &v->estimate)
                                   : STAT_SHAPE;
}

static enum stat_status binomial(const struct tested *t, const struct tested_options *o,
                                 struct statistic_value *v)
{
    double p;
    enum stat_status status = t->kind == TESTED_SYMMETRY && o->exact != TESTED_EXACT_NEVER
                                  ? paired_mcnemar_exact(&t->counts, &p)
                                  : STAT_SHAPE;
    if (status == STAT_OK)
        v->estimate = stat_estimate_of(p, NAN, NAN);
    return status;
}

static enum stat_status multinomial(const struct tested *t, const struct tested_options *o,
                                    struct statistic_value *v)
{
    (void)o;
    if (t->method != TESTED_PEARSON || !t->of.pearson.has_fit)
        return STAT_SHAPE;
    v->estimate = stat_estimate_of(t->of.pearson.fit_p, NAN, NAN);
    return STAT_OK;
}

static enum stat_status mean_difference(const struct tested *t, const struct tested_options *o,
                                        struct statistic_value *v)
{
    if (t->kind != TESTED_LOCATION || t->counts.columns != 2)
        return STAT_SHAPE;
    if (t->method == TESTED_WELCH)
        return location_difference(t->of.location.groups, o->confidence, &v->estimate);
    v->method = "Taylor linearisation";
    return location_wald_difference(t->of.location.groups, o->confidence, &v->estimate);
}

static enum stat_status mann_whitney(const struct tested *t, const struct tested_options *o,
                                     struct statistic_value *v)
{
    (void)o;
    return t->method == TESTED_WELCH && t->counts.columns == 2
               ? location_mann_whitney(t->of.location.groups, t->of.location.ties, &v->test)
               : STAT_SHAPE;
}

static enum stat_status kruskal_wallis(const struct tested *t, const struct tested_options *o,
                                       struct statistic_value *v)
{
    (void)o;
    return t->method == TESTED_WELCH
               ? location_kruskal_wallis(t->of.location.groups, t->counts.columns,
                                         t->of.location.ties, &v->test)
               : STAT_SHAPE;
}

static enum stat_status rank_test(const struct tested *t, const struct tested_options *o,
                                  struct statistic_value *v)
{
    (void)o;
    struct location_welch wald;
    enum stat_status status =
        t->method == TESTED_WALD
            ? location_wald(t->of.location.groups, t->counts.columns, LOCATION_PLACES, &wald)
            : STAT_SHAPE;
    if (status == STAT_OK)
        v->test = (struct tests_result){wald.statistic, wald.df, wald.p};
    return status;
}

static enum stat_status stuart_maxwell(const struct tested *t, const struct tested_options *o,
                                       struct statistic_value *v)
{
    (void)o;
    return t->kind == TESTED_SYMMETRY ? paired_stuart_maxwell(&t->counts, &v->test) : STAT_SHAPE;
}

/* ---- the rows ---- */

const struct statistic statistics[] = {
    {.name = SPAN_ROW("yates"),
     .of = yates,
     .r = "yates",
     .label = "corrected for continuity",
     .source = "Yates 1934; Mantel & Haenszel 1959; Edwards 1948"},
    {.name = SPAN_ROW("g"),
     .of = likelihood,
     .r = "likelihood_ratio",
     .label = "likelihood ratio G",
     .source = "Wilks 1935"},
    {.name = SPAN_ROW("fisher"),
     .form = STATISTIC_OWN,
     .emit = tested_emit_fisher,
     .label = "Fisher's exact test",
     .source = "Fisher 1935; Mehta & Patel 1983; Cornfield 1956"},
    {.name = SPAN_ROW("odds_ratio"),
     .form = STATISTIC_ESTIMATE,
     .of = odds_ratio,
     .r = "odds_ratio",
     .words = {"odds ratio", "OR", "OR", false, 2},
     .label = "odds ratio",
     .method = "Woolf",
     .source = "Woolf 1955; over strata Robins, Breslow & Greenland 1986"},
    {.name = SPAN_ROW("cramers_v"),
     .form = STATISTIC_ESTIMATE,
     .of = cramers_v,
     .r = "cramers_v",
     .words = {"Cramér's V", "Cramér V", "V", true, 3},
     .label = "Cramér's V",
     .method = "noncentral chi-square, unified",
     .source = "Cramér 1946, p. 282; Steiger 2004; Feldman & Cousins 1998"},
    {.name = SPAN_ROW("monte_carlo"),
     .form = STATISTIC_OWN,
     .emit = tested_emit_random,
     .label = "Monte Carlo test",
     .source = "Patefield 1981; Davison & Hinkley 1997, eq. 4.11"},
    {.name = SPAN_ROW("phi"),
     .form = STATISTIC_ESTIMATE,
     .of = phi,
     .r = "phi",
     .label = "phi",
     .method = "delta method",
     .source = "Bishop, Fienberg & Holland 1975, section 11.3"},
    {.name = SPAN_ROW("cramers_v_corrected"),
     .form = STATISTIC_NUMBER,
     .of = corrected_v,
     .r = "corrected_v",
     .label = "Cramér's V less its bias",
     .source = "Bergsma 2013"},
    {.name = SPAN_ROW("lambda"),
     .form = STATISTIC_ESTIMATE,
     .of = lambda,
     .r = "lambda",
     .label = "Goodman and Kruskal's lambda",
     .method = "Goodman & Kruskal",
     .source = "Goodman & Kruskal 1954, 1963"},
    {.name = SPAN_ROW("risk_ratio"),
     .form = STATISTIC_ESTIMATE,
     .of = risk_ratio,
     .r = "risk_ratio",
     .label = "risk ratio",
     .method = "Katz",
     .source = "Katz et al. 1978"},
    {.name = SPAN_ROW("risk_difference"),
     .form = STATISTIC_ESTIMATE,
     .of = risk_difference,
     .r = "risk_difference",
     .words = {"risk difference", "risk difference", "RD", true, 1},
     .label = "risk difference",
     .method = "Newcombe",
     .source = "Newcombe 1998, method 10"},
    {.name = SPAN_ROW("mean_difference"),
     .form = STATISTIC_ESTIMATE,
     .of = mean_difference,
     .r = "mean_difference",
     .words = {"mean difference", "mean difference", "MD", false, 1},
     .label = "difference of means",
     .method = "Welch",
     .source = "Welch 1947"},
    {.name = SPAN_ROW("mann_whitney"),
     .of = mann_whitney,
     .r = "mann_whitney",
     .label = "Mann-Whitney U",
     .source = "Mann & Whitney 1947"},
    {.name = SPAN_ROW("kruskal_wallis"),
     .of = kruskal_wallis,
     .r = "kruskal_wallis",
     .label = "Kruskal-Wallis H",
     .source = "Kruskal & Wallis 1952"},
    {.name = SPAN_ROW("rank_test"),
     .of = rank_test,
     .r = "rank_test",
     .label = "rank test of weighted numbers, t of two groups, F of more",
     .source = "Lumley & Scott 2013"},
    {.name = SPAN_ROW("location"),
     .form = STATISTIC_OWN,
     .emit = tested_emit_location,
     .label = "Welch's t, or F of more than two groups; of weighted numbers Wald's",
     .source = "Welch 1947, 1951; Lumley 2010"},
    {.name = SPAN_ROW("letters"),
     .form = STATISTIC_OWN,
     .emit = tested_emit_letters,
     .label = "columns with a smaller share, by letters",
     .source = "Fleiss, Levin & Paik 2003"},
    {.name = SPAN_ROW("trend"),
     .form = STATISTIC_OWN,
     .emit = tested_emit_trend,
     .label = "Cochran-Armitage trend",
     .source = "Cochran 1954; Armitage 1955"},
    {.name = SPAN_ROW("linear"),
     .form = STATISTIC_OWN,
     .emit = tested_emit_linear,
     .label = "linear by linear association",
     .source = "Mantel 1963"},
    {.name = SPAN_ROW("binomial_p"),
     .form = STATISTIC_NUMBER,
     .of = binomial,
     .r = "binomial_p",
     .label = "McNemar's test, exact",
     .source = "McNemar 1947"},
    {.name = SPAN_ROW("stuart_maxwell"),
     .of = stuart_maxwell,
     .r = "stuart_maxwell",
     .label = "Stuart-Maxwell test of the margins",
     .source = "Stuart 1955; Maxwell 1970"},
    {.name = SPAN_ROW("multinomial_p"),
     .form = STATISTIC_NUMBER,
     .of = multinomial,
     .r = "multinomial_p",
     .label = "exact multinomial test (binomial for two values)",
     .source = "Cressie & Read 1989"},
    {.name = SPAN_ROW("strata"),
     .form = STATISTIC_OWN,
     .emit = tested_emit_strata,
     .label = "homogeneity of the strata's odds ratios",
     .source = "Breslow & Day 1980, eq. 4.30; Tarone 1985"},
    {.name = SPAN_ROW("weighted"),
     .form = STATISTIC_OWN,
     .emit = tested_emit_weighted,
     .label = "Rao-Scott test of weighted counts",
     .source = "Rao & Scott 1984; Thomas & Rao 1987"},
    {.name = SPAN_ROW("spmi"),
     .form = STATISTIC_OWN,
     .emit = tested_emit_spmi,
     .label = "pairs of values of two multiple responses",
     .source = "Bilder & Loughin 2004"},
    {.name = SPAN_ROW("set"),
     .form = STATISTIC_OWN,
     .emit = tested_emit_set,
     .label = "all values of a multiple response",
     .source = "Rao & Scott 1981; Bilder & Loughin 2004"},
};

const size_t statistic_count = sizeof statistics / sizeof *statistics;
const size_t statistic_leading = 5;

#define EMPTY_CELL "no interval: a cell is 0"

/* A ratio of 0 has no logarithm, so it has no interval. */
static void explain_missing(const struct statistic *row, struct statistic_value *v)
{
    const struct stat_estimate *e = &v->estimate;
    if (row->form == STATISTIC_ESTIMATE && e->has_value && !e->has_low && !e->has_high)
        v->method = EMPTY_CELL;
}

/* Of weighted counts: the formulas of counts take weights for records, so the interval is that of
 * the linearised variance, which an empty cell does not have, or none. */
static void weigh(const struct statistic *row, struct statistic_value *v,
                  const struct weighted_effects *effects)
{
    const struct stat_estimate *e = row->of == odds_ratio        ? &effects->odds_ratio
                                    : row->of == risk_ratio      ? &effects->risk_ratio
                                    : row->of == risk_difference ? &effects->risk_difference
                                                                 : NULL;
    v->estimate.has_low = v->estimate.has_high = false;
    v->method = e ? EMPTY_CELL : "no interval: weighted counts";
    if (!e || !e->has_value)
        return;
    v->estimate = *e;
    v->method = "Taylor linearisation";
}

void statistic_compute(struct arena *a, struct tested *t, const struct tested_options *o)
{
    t->values = arena_array(a, statistic_count, sizeof *t->values);
    bool is_weighted = t->method == TESTED_RAO_SCOTT_F;
    struct weighted_effects effects = {0}; /* without values unless they can be had */
    if (is_weighted && t->kind == TESTED_INDEPENDENCE)
        (void)weighted_effects(&t->counts, t->squares, t->of.weighted.result.records, o->confidence,
                               &effects);
    for (size_t i = 0; i < statistic_count; i++) {
        struct statistic_value *v = &t->values[i];
        v->is_there = statistics[i].of && statistics[i].of(t, o, v) == STAT_OK;
        if (is_weighted)
            weigh(&statistics[i], v, &effects);
        else if (v->is_there)
            explain_missing(&statistics[i], v);
    }
}

const struct statistic_value *statistic_find(const struct tested *t, struct span name)
{
    for (size_t i = 0; t->values && i < statistic_count; i++)
        if (span_eq(statistics[i].name, name))
            return t->values[i].is_there ? &t->values[i] : NULL;
    return NULL;
}

const char *statistic_method(const struct statistic *s, const struct statistic_value *v)
{
    return v->method ? v->method : s->method;
}
