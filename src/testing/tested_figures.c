/* tested_figures -- everything that is computed of one table of counts. */
#include <stdlib.h>
#include <string.h>

#include "stats/multinomial.h"
#include "stats/network.h"
#include "stats/proportions.h"
#include "stats/trend.h"
#include "stream/scalar.h"
#include "tested_parts.h"

/* Column fillings that a test may look at. On request it may take seconds, by itself a tenth of
 * one. */
#define BUDGET_ALWAYS NETWORK_BUDGET
#define BUDGET_AUTO (NETWORK_BUDGET / 50)

/* Ways to spread the records over the values. */
#define WAYS_ALWAYS 1e7
#define WAYS_AUTO 1e6

#define LETTERS 26
#define MOST_LETTERED 100 /* columns */

/* ---- exact and Monte Carlo ---- */

static size_t replicates(const struct tested *t, const struct tested_options *o)
{
    return o->replicates ? o->replicates : montecarlo_default(&t->counts);
}

static void take_random(struct tested_list *list, struct tested *t, enum stat_status status)
{
    t->of.pearson.random.is_there = status == STAT_OK;
    if (status == STAT_OK)
        return;
    buf_addf(&list->scratch, "no Monte Carlo test: %s", stat_reason(status));
    tested_add_warning(list, t);
}

static void draw(struct tested_list *list, struct tested *t, const struct tested_options *o,
                 enum montecarlo_statistic statistic)
{
    t->of.pearson.random.statistic = statistic;
    take_random(list, t,
                montecarlo_test(&t->counts, statistic, replicates(t, o), o->seed, o->confidence,
                                &t->of.pearson.random.result));
}

/* Whether STATUS is that of an exact test that was made. If one was needed and could not be made
 * for these counts, that is said. */
static bool is_exact(struct tested_list *list, struct tested *t, const struct tested_options *o,
                     enum stat_status status)
{
    bool wanted = o->exact == TESTED_EXACT_ALWAYS || !t->of.pearson.expected.cochran_ok;
    t->of.pearson.fisher.is_there = status == STAT_OK;
    if (wanted && status != STAT_OK && status != STAT_BUDGET) {
        buf_addf(&list->scratch, "no exact test: %s", stat_reason(status));
        tested_add_warning(list, t);
    }
    return t->of.pearson.fisher.is_there;
}

static void test_2x2(struct tested_list *list, struct tested *t, const struct tested_options *o)
{
    enum stat_status status = exact_fisher_2x2(&t->counts, &t->of.pearson.fisher.tails);
    if (is_exact(list, t, o, status))
        exact_odds_ratio(&t->counts, o->confidence, &t->of.pearson.fisher.ratio);
}

/* Where the exact test is beyond the budget, random tables stand in for it if it was needed; where
 * Pearson's may be trusted they would say less. */
static void test_larger(struct tested_list *list, struct tested *t, const struct tested_options *o)
{
    struct tested_pearson *pearson = &t->of.pearson;
    size_t budget = o->exact == TESTED_EXACT_ALWAYS ? BUDGET_ALWAYS : BUDGET_AUTO;
    enum stat_status status = network_fisher(&t->counts, budget, &pearson->fisher.tails.two_sided);
    if (is_exact(list, t, o, status) || status != STAT_BUDGET)
        return;
    if (pearson->expected.cochran_ok) {
        if (o->exact == TESTED_EXACT_ALWAYS)
            tested_warn(list, t,
                        SPAN("Fisher's exact test would take too long: Pearson's, which may be "
                             "trusted by Cochran's rule, is preferred"));
        return;
    }
    if (o->replicates)
        return; /* they were asked for by Pearson's statistic */
    draw(list, t, o, MONTECARLO_FISHER);
    if (!pearson->random.is_there)
        return;
    buf_addf(&list->scratch,
             "Fisher's exact test would take too long (over %zu steps): p is from %zu random "
             "tables, seed %zu",
             budget, pearson->random.result.replicates, (size_t)o->seed);
    tested_add_warning(list, t);
}

static void test_small(struct tested_list *list, struct tested *t, const struct tested_options *o)
{
    bool is_2x2 = t->counts.rows == 2 && t->counts.columns == 2;
    if (is_2x2 && o->exact != TESTED_EXACT_NEVER)
        test_2x2(list, t, o);
    else if (o->exact != TESTED_EXACT_NEVER)
        test_larger(list, t, o);
    if (o->replicates && !t->of.pearson.random.is_there)
        draw(list, t, o, MONTECARLO_PEARSON);
}

static void warn_small(struct tested_list *list, struct tested *t)
{
    static const char *const instead[] = {
        [TESTED_PEARSON] = ", too many for the chi-square distribution: take p with care",
        [TESTED_FISHER] = ", so Fisher's exact test is preferred",
        [TESTED_MONTE_CARLO] = ", so the Monte Carlo test is preferred",
        [TESTED_BINOMIAL] = ", so the exact binomial test is preferred",
        [TESTED_MULTINOMIAL] = ", so the exact multinomial test is preferred",
    };
    const struct tests_expected *e = &t->of.pearson.expected;
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
    if (t->of.pearson.expected.cochran_ok && o->exact != TESTED_EXACT_ALWAYS)
        return;
    if (t->of.pearson.has_fit) {
        t->p = t->of.pearson.fit_p;
        t->preferred = t->counts.rows == 2 ? TESTED_BINOMIAL : TESTED_MULTINOMIAL;
    } else if (t->of.pearson.fisher.is_there) {
        t->preferred = TESTED_FISHER;
        t->p = t->of.pearson.fisher.tails.two_sided;
    } else if (t->of.pearson.random.is_there && !t->of.pearson.expected.cochran_ok) {
        t->preferred = TESTED_MONTE_CARLO;
        t->p = t->of.pearson.random.result.p;
    }
    if (!t->of.pearson.expected.cochran_ok)
        warn_small(list, t);
}

/* ---- residuals, effects, trends ---- */

static void new_residuals(struct tested_list *list, struct tested *t, size_t cells)
{
    double **arrays[] = {&t->of.pearson.residuals.expected, &t->of.pearson.residuals.adjusted,
                         &t->of.pearson.residuals.p, &t->of.pearson.residuals.contribution,
                         &t->of.pearson.residual_p};
    for (size_t i = 0; i < sizeof arrays / sizeof *arrays; i++)
        *arrays[i] = arena_array(&list->arena, cells, sizeof **arrays[i]);
}

/* The number that a code is, or that its text is: spreadsheets' numbers are often texts. */
static bool number_of(struct tested_list *list, const struct cells_code *code, double *number)
{
    struct value v = value_from(code->raw);
    if (scalar_number(&v, number))
        return true;
    if (code->raw.len == 0 || code->raw.at[0] != '"')
        return false;
    struct buf *b = &list->scratch;
    size_t before = b->len;
    buf_add(b, scalar_text(code->raw, b));
    char *end;
    const char *text = buf_text(b) + before;
    *number = strtod(text, &end);
    bool is_number = end != text && !*end && isfinite(*number) && !strpbrk(text, "xXnN \t");
    b->len = before;
    return is_number;
}

/* The codes' own numbers if all are numbers, such as years; else 1, 2, 3, by their places among
 * ALL, so that one that is empty here keeps its place. */
static double *default_scores(struct tested_list *list, const struct cells_code *codes,
                              size_t count, const struct cells_code *all, size_t all_count)
{
    double *scores = arena_array(&list->arena, count, sizeof *scores);
    bool numbers = true;
    for (size_t i = 0; i < count && numbers; i++)
        numbers = number_of(list, &codes[i], &scores[i]);
    for (size_t i = 0, place = 0; i < count && !numbers; i++, place++) {
        while (place < all_count && all[place].raw.at != codes[i].raw.at)
            place++;
        scores[i] = (double)((place < all_count ? place : i) + 1);
    }
    return scores;
}

/* The plan gives the scores of the table's groups: those of the groups that are left. */
static const double *column_scores(struct tested_list *list, struct tested *t,
                                   const struct settings *s)
{
    const struct cells_table *table = t->table;
    if (!s->scores)
        return default_scores(list, t->columns, t->counts.columns, table->groups,
                              table->group_count);
    double *scores = arena_array(&list->arena, t->counts.columns, sizeof *scores);
    for (size_t c = 0, g = 0; c < t->counts.columns; c++, g++) {
        while (table->groups[g].raw.at != t->columns[c].raw.at)
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

static void tested_trends(struct tested_list *list, struct tested *t,
                          const struct tested_options *o)
{
    struct tested_trend *trend = &t->of.pearson.trend;
    const struct crosstab *c = &t->counts;
    trend->row_scores = default_scores(list, t->rows, c->rows, t->table->values,
                                       t->item ? 0 : t->table->value_count);
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

/* ---- weighted counts ---- */

/* By the records behind the counts; false if they are not known, as in cells from elsewhere. */
static bool has_weights(const struct tested *t)
{
    double squares = 0;
    for (size_t i = 0; t->squares && i < t->counts.rows * t->counts.columns; i++)
        squares += t->squares[i];
    return squares > 0;
}

static void test_weighted(struct tested_list *list, struct tested *t)
{
    const struct crosstab *c = &t->counts;
    const double *shares = t->of.pearson.shares;
    struct tested_weighted weighted = {.shares = shares, .sum = c->sum};
    double records = 0;
    for (size_t i = 0; i < c->rows * c->columns; i++)
        records += t->records[i];
    enum stat_status status =
        t->kind == TESTED_GOODNESS
            ? weighted_goodness(c->cells, t->squares, shares, c->rows, records, &weighted.result)
            : weighted_independence(c, t->squares, records, &weighted.result);
    if (!tested_succeeded(list, t, status, TESTED_RAO_SCOTT_F))
        return;
    t->of.weighted = weighted;
    t->result = (struct tests_result){weighted.result.f, weighted.result.df, weighted.result.p};
    t->preferred = TESTED_RAO_SCOTT_F;
    t->p = t->result.p;
}

/* ---- letters of columns ---- */

void tested_add_letter(struct buf *b, size_t column)
{
    if (column >= LETTERS)
        tested_add_letter(b, column / LETTERS - 1);
    buf_addc(b, (char)('A' + column % LETTERS));
}

static void take_letters(struct tested_list *list, struct tested *t, const struct tested_options *o)
{
    const struct crosstab *c = &t->counts;
    size_t cells = c->rows * c->columns;
    bool *above = arena_array(&list->arena, cells, c->columns * sizeof *above);
    struct span *letters = arena_array(&list->arena, cells, sizeof *letters);
    if (proportions_compare(c, 1 - o->confidence, above) != STAT_OK)
        return;
    for (size_t i = 0; i < cells; i++) {
        struct buf *b = &list->scratch;
        for (size_t other = 0; other < c->columns; other++) {
            if (!above[i * c->columns + other])
                continue;
            if (b->len && c->columns > LETTERS) /* AAB is A and AB, or AA and B */
                buf_addc(b, ' ');
            tested_add_letter(b, other);
        }
        letters[i] = arena_copy(&list->arena, buf_span(b));
        buf_clear(b);
    }
    t->of.pearson.letters = letters;
}

/* ---- the tests ---- */

void tested_independence(struct tested_list *list, struct tested *t, const struct tested_options *o)
{
    const struct crosstab *c = &t->counts;
    if (has_weights(t)) {
        test_weighted(list, t);
        return;
    }
    if (!tested_succeeded(list, t, tests_pearson(c, &t->result), TESTED_PEARSON))
        return;
    size_t cells = c->rows * c->columns;
    new_residuals(list, t, cells);
    tests_expected(c, &t->of.pearson.expected);
    tests_residuals(c, &t->of.pearson.residuals);
    adjust_p(o->adjust, t->of.pearson.residuals.p, cells, t->of.pearson.residual_p);
    test_small(list, t, o);
    if (o->settings.trend && !t->is_pair)
        tested_trends(list, t, o);
    if (o->settings.letters && !t->is_pair && c->columns <= MOST_LETTERED)
        take_letters(list, t, o);
    prefer(list, t, o);
}

void tested_goodness(struct tested_list *list, struct tested *t, const struct tested_options *o)
{
    const struct crosstab *c = &t->counts;
    if (has_weights(t)) {
        test_weighted(list, t);
        return;
    }
    if (!tested_succeeded(list, t,
                          tests_goodness(c->cells, t->of.pearson.shares, c->rows, &t->result),
                          TESTED_PEARSON))
        return;
    new_residuals(list, t, c->rows);
    tests_goodness_expected(c->cells, t->of.pearson.shares, c->rows, &t->of.pearson.expected);
    tests_goodness_residuals(c->cells, t->of.pearson.shares, c->rows, &t->of.pearson.residuals);
    adjust_p(o->adjust, t->of.pearson.residuals.p, c->rows, t->of.pearson.residual_p);
    struct tested_pearson *pearson = &t->of.pearson;
    pearson->has_fit = o->exact != TESTED_EXACT_NEVER &&
                       multinomial_test(c->cells, pearson->shares, c->rows,
                                        o->exact == TESTED_EXACT_ALWAYS ? WAYS_ALWAYS : WAYS_AUTO,
                                        &pearson->fit_p) == STAT_OK;
    bool needed =
        !pearson->expected.cochran_ok && o->exact != TESTED_EXACT_NEVER && !pearson->has_fit;
    if (o->replicates || needed)
        take_random(list, t,
                    montecarlo_goodness(c->cells, t->of.pearson.shares, c->rows, replicates(t, o),
                                        o->seed, o->confidence, &t->of.pearson.random.result));
    prefer(list, t, o);
}
