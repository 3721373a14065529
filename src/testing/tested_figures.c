/* tested_figures -- everything that is computed of one table of counts. */
#include "stats/effect.h"
#include "stats/network.h"
#include "stats/trend.h"
#include "stream/scalar.h"
#include "tested_parts.h"

/* Column fillings that a test may look at. On request it may take seconds, by itself not. */
#define BUDGET_ALWAYS NETWORK_BUDGET
#define BUDGET_AUTO (NETWORK_BUDGET / 10)

/* Where an exact test is out of reach and no other number was asked for. */
#define REPLICATES 10000

/* ---- exact and Monte Carlo ---- */

static size_t replicates(const struct tested_options *o)
{
    return o->replicates ? o->replicates : REPLICATES;
}

static void take_random(struct tested_list *list, struct tested *t, enum stat_status status)
{
    t->random.is_there = status == STAT_OK;
    if (status == STAT_OK)
        return;
    buf_addf(&list->scratch, "no Monte Carlo test: %s", stat_reason(status));
    tested_add_warning(list, t);
}

static void draw(struct tested_list *list, struct tested *t, const struct tested_options *o,
                 enum montecarlo_statistic statistic)
{
    t->random.statistic = statistic;
    take_random(list, t,
                montecarlo_test(&t->counts, statistic, replicates(o), o->seed, o->confidence,
                                &t->random.result));
}

/* Whether STATUS is that of an exact test that was made. If one was needed and could not be made
 * for these counts, that is said. */
static bool is_exact(struct tested_list *list, struct tested *t, const struct tested_options *o,
                     enum stat_status status)
{
    bool wanted = o->exact == TESTED_EXACT_ALWAYS || !t->expected.cochran_ok;
    t->fisher.is_there = status == STAT_OK;
    if (wanted && status != STAT_OK && status != STAT_BUDGET) {
        buf_addf(&list->scratch, "no exact test: %s", stat_reason(status));
        tested_add_warning(list, t);
    }
    return t->fisher.is_there;
}

static void test_2x2(struct tested_list *list, struct tested *t, const struct tested_options *o)
{
    enum stat_status status = exact_fisher_2x2(&t->counts, &t->fisher.tails);
    if (is_exact(list, t, o, status))
        exact_odds_ratio(&t->counts, o->confidence, &t->fisher.ratio);
}

static void test_larger(struct tested_list *list, struct tested *t, const struct tested_options *o)
{
    size_t budget = o->exact == TESTED_EXACT_ALWAYS ? BUDGET_ALWAYS : BUDGET_AUTO;
    enum stat_status status = network_fisher(&t->counts, budget, &t->fisher.tails.two_sided);
    if (is_exact(list, t, o, status) || status != STAT_BUDGET)
        return;
    draw(list, t, o, MONTECARLO_FISHER);
    if (!t->random.is_there)
        return;
    buf_addf(&list->scratch,
             "Fisher's exact test would take too long (over %zu steps): p is from %zu random "
             "tables, seed %zu",
             budget, t->random.result.replicates, (size_t)o->seed);
    tested_add_warning(list, t);
}

static void test_small(struct tested_list *list, struct tested *t, const struct tested_options *o)
{
    bool is_2x2 = t->counts.rows == 2 && t->counts.columns == 2;
    bool needed = !t->expected.cochran_ok && o->replicates == 0;
    if (is_2x2 && o->exact != TESTED_EXACT_NEVER)
        test_2x2(list, t, o);
    else if (o->exact == TESTED_EXACT_ALWAYS || (o->exact == TESTED_EXACT_AUTO && needed))
        test_larger(list, t, o);
    if (o->replicates && !t->random.is_there)
        draw(list, t, o, MONTECARLO_PEARSON);
}

static void warn_small(struct tested_list *list, struct tested *t)
{
    static const char *const instead[] = {
        [TESTED_PEARSON] = ", too many for the chi-square distribution: take p with care",
        [TESTED_FISHER] = ", so Fisher's exact test is preferred",
        [TESTED_MONTE_CARLO] = ", so the Monte Carlo test is preferred",
    };
    const struct tests_expected *e = &t->expected;
    buf_addf(&list->scratch, "%zu of %zu expected counts %s under 5 (least %.2g)%s", e->below_5,
             e->cells, e->below_5 == 1 ? "is" : "are", e->min, instead[t->preferred]);
    tested_add_warning(list, t);
}

/* Pearson's where Cochran's rule lets its distribution be trusted; else, or if exact tests are
 * always wanted, Fisher's; else the Monte Carlo test. */
static void prefer(struct tested_list *list, struct tested *t, const struct tested_options *o)
{
    t->preferred = TESTED_PEARSON;
    t->p = t->result.p;
    if (t->expected.cochran_ok && o->exact != TESTED_EXACT_ALWAYS)
        return;
    if (t->fisher.is_there) {
        t->preferred = TESTED_FISHER;
        t->p = t->fisher.tails.two_sided;
    } else if (t->random.is_there) {
        t->preferred = TESTED_MONTE_CARLO;
        t->p = t->random.result.p;
    }
    if (!t->expected.cochran_ok)
        warn_small(list, t);
}

/* ---- residuals, effects, trends ---- */

static void new_residuals(struct tested_list *list, struct tested *t, size_t cells)
{
    double **arrays[] = {&t->residuals.expected, &t->residuals.adjusted, &t->residuals.p,
                         &t->residuals.contribution, &t->residual_p};
    for (size_t i = 0; i < sizeof arrays / sizeof *arrays; i++)
        *arrays[i] = arena_array(&list->arena, cells, sizeof **arrays[i]);
}

static void measure(struct tested *t, double confidence)
{
    const struct crosstab *c = &t->counts;
    struct tested_effects *e = &t->effects;
    double corrected;
    effect_cramers_v(c, confidence, &e->v);
    if (effect_corrected_v(c, &corrected) == STAT_OK)
        e->corrected_v = stat_estimate_of(corrected, NAN, NAN);
    if (c->rows != 2 || c->columns != 2)
        return;
    struct effect_groups groups = {crosstab_at(c, 0, 0), c->column_sums[0], crosstab_at(c, 0, 1),
                                   c->column_sums[1]};
    effect_odds_ratio(c, confidence, &e->odds_ratio);
    effect_phi(c, confidence, &e->phi);
    effect_risk_ratio(&groups, confidence, &e->risk_ratio);
    effect_risk_difference(&groups, confidence, &e->risk_difference);
}

static bool number_of(const struct cells_code *code, double *number)
{
    struct value v = value_from(code->raw);
    return scalar_number(&v, number);
}

/* The codes' own numbers if all are numbers, such as years; else 1, 2, 3. */
static double *default_scores(struct tested_list *list, const struct cells_code *codes,
                              size_t count)
{
    double *scores = arena_array(&list->arena, count, sizeof *scores);
    bool numbers = true;
    for (size_t i = 0; i < count && numbers; i++)
        numbers = number_of(&codes[i], &scores[i]);
    for (size_t i = 0; i < count && !numbers; i++)
        scores[i] = (double)(i + 1);
    return scores;
}

/* The plan gives the scores of the table's groups: those of the groups that are left. */
static const double *column_scores(struct tested_list *list, struct tested *t,
                                   const struct settings *s)
{
    if (!s->scores)
        return default_scores(list, t->columns, t->counts.columns);
    double *scores = arena_array(&list->arena, t->counts.columns, sizeof *scores);
    for (size_t c = 0, g = 0; c < t->counts.columns; c++, g++) {
        while (t->table->groups[g].raw.at != t->columns[c].raw.at)
            g++;
        scores[c] = s->scores[g];
    }
    return scores;
}

static struct crosstab turned(struct arena *a, const struct crosstab *t)
{
    struct crosstab into = crosstab_new(a, t->columns, t->rows);
    for (size_t r = 0; r < t->rows; r++)
        for (size_t c = 0; c < t->columns; c++)
            into.cells[c * t->rows + r] = crosstab_at(t, r, c);
    crosstab_total(&into);
    return into;
}

void tested_trends(struct tested_list *list, struct tested *t, const struct tested_options *o)
{
    struct tested_trend *trend = &t->trend;
    const struct crosstab *c = &t->counts;
    trend->row_scores = default_scores(list, t->rows, c->rows);
    trend->column_scores = column_scores(list, t, &o->settings);
    trend->has_linear = trend_linear(c, trend->row_scores, trend->column_scores, &trend->r,
                                     &trend->linear) == STAT_OK;
    if (c->rows == 2) {
        trend->has_armitage =
            trend_cochran_armitage(c, trend->column_scores, &trend->z, &trend->armitage) == STAT_OK;
    } else if (c->columns == 2) {
        struct crosstab other = turned(&list->arena, c);
        trend->is_turned = true;
        trend->has_armitage = trend_cochran_armitage(&other, trend->row_scores, &trend->z,
                                                     &trend->armitage) == STAT_OK;
    }
    if (!trend->has_linear)
        tested_warn(list, t, SPAN("no trend: all scores are the same"));
}

/* ---- the tests ---- */

void tested_independence(struct tested_list *list, struct tested *t, const struct tested_options *o)
{
    const struct crosstab *c = &t->counts;
    if (!tested_succeeded(list, t, tests_pearson(c, &t->result), TESTED_PEARSON))
        return;
    size_t cells = c->rows * c->columns;
    new_residuals(list, t, cells);
    t->has_g = tests_g(c, &t->g) == STAT_OK;
    t->has_yates = tests_yates(c, &t->yates) == STAT_OK;
    tests_expected(c, &t->expected);
    tests_residuals(c, &t->residuals);
    adjust_p(o->adjust, t->residuals.p, cells, t->residual_p);
    measure(t, o->confidence);
    test_small(list, t, o);
    if (o->settings.trend && !t->is_pair)
        tested_trends(list, t, o);
    prefer(list, t, o);
}

void tested_goodness(struct tested_list *list, struct tested *t, const struct tested_options *o)
{
    const struct crosstab *c = &t->counts;
    if (!tested_succeeded(list, t, tests_goodness(c->cells, t->shares, c->rows, &t->result),
                          TESTED_PEARSON))
        return;
    new_residuals(list, t, c->rows);
    t->has_g = tests_goodness_g(c->cells, t->shares, c->rows, &t->g) == STAT_OK;
    tests_goodness_expected(c->cells, t->shares, c->rows, &t->expected);
    tests_goodness_residuals(c->cells, t->shares, c->rows, &t->residuals);
    adjust_p(o->adjust, t->residuals.p, c->rows, t->residual_p);
    if (o->replicates || (!t->expected.cochran_ok && o->exact != TESTED_EXACT_NEVER))
        take_random(list, t,
                    montecarlo_goodness(c->cells, t->shares, c->rows, replicates(o), o->seed,
                                        o->confidence, &t->random.result));
    prefer(list, t, o);
}
