/* sentence -- the line of a paper.
 *
 * P values: two digits, three under .01 and where two would hide on which side of .05 it lies (AMA
 * Manual of Style, 11th edition, section 19.5, which JMIR follows); in APA's style three digits
 * throughout (Publication Manual, 7th edition, section 6.36). Numbers that cannot pass 1 lose their
 * zero in APA's style. */
#include "testing/sentence.h"

#include "testing/statistic.h"

#include <math.h>

struct form {
    const char *p, *equals, *less, *greater; /* "p", " = ", " < ", " > " */
    const char *next;                        /* between the parts */
};

static const struct form FORMS[] = {
    [SENTENCE_PLAIN] = {"p", " = ", " < ", " > ", ", "},
    [SENTENCE_JMIR] = {"P", "=", "<", ">", "; "},
    [SENTENCE_APA] = {"p", " = ", " < ", " > ", ", "},
};

/* A number under 1 without its zero: ".40". */
static void add_share(struct buf *b, int digits, double share)
{
    size_t at = b->len;
    buf_addf(b, "%.*f", digits, share);
    at += b->at[at] == '-';
    if (b->at[at] == '0') {
        memmove(b->at + at, b->at + at + 1, b->len - at - 1);
        b->len--;
    }
}

static int p_digits(double p, enum sentence_style style)
{
    if (style == SENTENCE_APA)
        return 3;
    return p < 0.01 || (p >= 0.045 && p < 0.055) ? 3 : 2;
}

void sentence_p(struct buf *b, double p, enum sentence_style style)
{
    const struct form *form = &FORMS[style];
    int digits = p_digits(p, style);
    double most = style == SENTENCE_APA ? 0.999 : 0.99;
    buf_addf(b, "%s", form->p);
    if (p < 0.001) {
        buf_addf(b, "%s.001", form->less);
    } else if (p > most) {
        buf_addf(b, "%s", form->greater);
        add_share(b, digits, most);
    } else {
        buf_addf(b, "%s", form->equals);
        add_share(b, digits, p);
    }
}

/* "N" for all records that the table is of, "n" for a part of them (Publication Manual of the APA,
 * 7th edition, table 6.5). */
static char letter_of_n(const struct tested *t)
{
    return t->stratum || t->is_pair || t->excluded_count ? 'n' : 'N';
}

/* ---- what is tested, where the table's own name does not say it ---- */

static void add_subject(struct buf *b, const struct tested *t)
{
    if (t->stratum) {
        buf_add(b, t->table->strata);
        buf_add(b, SPAN(" = "));
        buf_add(b, t->stratum->text);
        buf_add(b, SPAN(": "));
    }
    if (t->is_pair) {
        buf_add(b, t->columns[0].text);
        buf_add(b, SPAN(" and "));
        buf_add(b, t->columns[1].text);
        buf_add(b, SPAN(": "));
    }
    if (t->item) {
        buf_add(b, t->item->text);
        buf_add(b, SPAN(": "));
    }
    if (t->kind == TESTED_GOODNESS)
        buf_add(b, t->of.pearson.shares ? SPAN("Goodness of fit to the expected shares: ")
                                        : SPAN("Goodness of fit to equal shares: "));
}

/* ---- the test ---- */

static void add_subscript(struct buf *b, double df)
{
    static const char *const digits[] = {"₀", "₁", "₂", "₃", "₄", "₅", "₆", "₇", "₈", "₉"};
    struct buf text = {0};
    buf_addf(&text, df == floor(df) ? "%.0f" : "%.2f", df);
    for (size_t i = 0; i < text.len; i++)
        if (text.at[i] >= '0' && text.at[i] <= '9')
            buf_add(b, span_of(digits[text.at[i] - '0']));
        else
            buf_addc(b, text.at[i]);
    buf_free(&text);
}

/* "χ²(1, N = 236) = 0.70", or "χ²₁=0.70 (N=236)". */
static void add_statistic(struct buf *b, const struct tested *t, enum sentence_style style)
{
    double df = t->result.df;
    buf_add(b, SPAN("χ²"));
    if (style == SENTENCE_JMIR) {
        add_subscript(b, df);
        buf_addf(b, "=%.2f (%c=", t->result.statistic, letter_of_n(t));
        cells_add_count(b, tested_n(t));
        buf_addc(b, ')');
        return;
    }
    buf_addf(b, df == floor(df) ? "(%.0f, %c = " : "(%.2f, %c = ", df, letter_of_n(t));
    cells_add_count(b, tested_n(t));
    buf_addf(b, ") = %.2f", t->result.statistic);
}

static void add_exact(struct buf *b, const struct tested *t, const char *name,
                      enum sentence_style style)
{
    buf_addf(b, "%s, %c%s", name, letter_of_n(t), FORMS[style].equals);
    cells_add_count(b, tested_n(t));
}

/* "(95% CI .065–.075, 10000 random tables, seed 1)": of the p that endless tables would give. */
static void add_draws(struct buf *b, const struct tested *t, const struct tested_options *o,
                      enum sentence_style style)
{
    const struct montecarlo_result *r = &t->of.pearson.random.result;
    buf_addf(b, " (%.4g%% CI ", 100 * o->confidence);
    add_share(b, 3, r->low);
    buf_add(b, style == SENTENCE_PLAIN ? SPAN("–") : SPAN("-"));
    add_share(b, 3, r->high);
    buf_addf(b, ", %zu random tables, seed %zu)", r->replicates, (size_t)o->seed);
}

/* "Rao–Scott F(1, 19) = 1.73, N = 20 weighted records". */
static void add_f(struct buf *b, const struct tested *t, enum sentence_style style)
{
    const struct weighted_result *r = &t->of.weighted.result;
    const struct form *form = &FORMS[style];
    buf_addf(b, r->df == floor(r->df) ? "Rao–Scott F(%.0f, " : "Rao–Scott F(%.2f, ", r->df);
    buf_addf(b, r->df2 == floor(r->df2) ? "%.0f)" : "%.2f)", r->df2);
    buf_addf(b, "%s%.2f%s%c%s", form->equals, r->f, form->next, letter_of_n(t), form->equals);
    cells_add_count(b, r->records);
    buf_add(b, SPAN(" weighted records"));
}

/* "Welch's t(17.8) = 2.35, N = 20", or F of more groups; of weighted numbers "design-based t(18) =
 * 2.35, N = 20 weighted records". */
static void add_welch(struct buf *b, const struct tested *t, enum sentence_style style)
{
    const struct form *form = &FORMS[style];
    bool is_welch = t->preferred == TESTED_WELCH;
    const char *who = is_welch ? "Welch's" : "design-based";
    if (t->counts.columns == 2)
        buf_addf(b, "%s t(%.*f)", who, is_welch, t->result.df);
    else
        buf_addf(b, "%s F(%.0f, %.*f)", who, t->result.df, is_welch, t->of.location.df2);
    buf_addf(b, "%s%.2f%s%c%s", form->equals, t->result.statistic, form->next, letter_of_n(t),
             form->equals);
    cells_add_count(b, t->counts.sum);
    if (!is_welch)
        buf_add(b, SPAN(" weighted records"));
}

/* What ranks say of the same numbers. */
static void add_ranks(struct buf *b, const struct tested *t, enum sentence_style style)
{
    static const struct {
        struct span name;
        const char *form;
    } tests[] = {{SPAN_ROW("kruskal_wallis"), "; Kruskal–Wallis H%s%.2f%s"},
                 {SPAN_ROW("mann_whitney"), "; Mann–Whitney U%s%.6g%s"},
                 {SPAN_ROW("rank_test"), "; design-based rank test F%s%.2f%s"},
                 {SPAN_ROW("rank_test"), "; design-based rank test t%s%.2f%s"}};
    size_t i = t->preferred == TESTED_WALD ? 2 : 0;
    i += t->counts.columns == 2 ? 1 : 0;
    const struct statistic_value *v = statistic_find(t, tests[i].name);
    if (!v)
        return;
    buf_addf(b, tests[i].form, FORMS[style].equals, v->test.statistic, FORMS[style].next);
    sentence_p(b, v->test.p, style);
}

/* Two by two there are corrections, so it is said that this is none of them. */
static void add_pearson_head(struct buf *b, const struct tested *t)
{
    if (t->kind == TESTED_INDEPENDENCE && t->counts.rows == 2 && t->counts.columns == 2)
        buf_add(b, SPAN("Pearson's uncorrected "));
}

static void add_test(struct buf *b, const struct tested *t, const struct tested_options *o,
                     enum sentence_style style)
{
    static const char *const heads[] = {[TESTED_MANTEL_HAENSZEL] = "Mantel–Haenszel ",
                                        [TESTED_MCNEMAR] = "McNemar ",
                                        [TESTED_BOWKER] = "Bowker ",
                                        [TESTED_SPMI] = "Pairwise marginal independence, sum of ",
                                        [TESTED_COCHRAN_Q] = "Cochran's Q, ",
                                        [TESTED_RAO_SCOTT] = "Rao–Scott "};
    bool by_tables = t->preferred == TESTED_MONTE_CARLO;
    if (t->preferred == TESTED_CONDITIONAL_EXACT)
        add_exact(b, t, "exact conditional test over the strata", style);
    else if (t->preferred == TESTED_FISHER)
        add_exact(b, t, "Fisher's exact test", style);
    else if (t->preferred == TESTED_BINOMIAL)
        add_exact(b, t, t->kind == TESTED_SYMMETRY ? "McNemar's exact test" : "exact binomial test",
                  style);
    else if (t->preferred == TESTED_MULTINOMIAL)
        add_exact(b, t, "exact multinomial test", style);
    else if (by_tables && t->of.pearson.random.statistic == MONTECARLO_FISHER)
        add_exact(b, t, "Fisher's test by Monte Carlo", style);
    else if (t->preferred == TESTED_RAO_SCOTT_F)
        add_f(b, t, style);
    else if (t->kind == TESTED_LOCATION)
        add_welch(b, t, style);
    else {
        if (!by_tables && t->preferred != TESTED_PEARSON)
            buf_addf(b, "%s", heads[t->preferred]);
        else
            add_pearson_head(b, t);
        add_statistic(b, t, style);
    }
    buf_addf(b, "%s", FORMS[style].next);
    if (t->preferred == TESTED_SPMI)
        buf_addf(b, "Bonferroni over %zu pairs ", t->of.spmi.pairs);
    if (by_tables && t->of.pearson.random.statistic == MONTECARLO_PEARSON)
        buf_add(b, SPAN("Monte Carlo "));
    sentence_p(b, t->p, style);
    if (by_tables)
        add_draws(b, t, o, style);
}

/* ---- what goes with it ---- */

static void add_adjusted(struct buf *b, const struct tested_family *family,
                         enum sentence_style style)
{
    static const char *const names[] = {
        [ADJUST_BONFERRONI] = "Bonferroni", [ADJUST_HOLM] = "Holm", [ADJUST_BH] = "BH"};
    if (family->method == ADJUST_NONE || family->size < 2)
        return;
    buf_addf(b, "%s%s-adjusted over %zu tests ", FORMS[style].next, names[family->method],
             family->size);
    sentence_p(b, family->p_adjusted, style);
}

static void add_number(struct buf *b, double number, const struct statistic_words *words,
                       enum sentence_style style)
{
    if (style == SENTENCE_APA && words->bounded)
        add_share(b, 2, number);
    else
        buf_addf(b, number == 0 && style != SENTENCE_APA ? "%.0f" : "%.2f", number);
}

/* "(95% CI 0.05–0.70, Newcombe)"; "to" where a minus would be taken for a dash. */
static void add_interval(struct buf *b, const struct statistic_words *words,
                         const struct stat_estimate *e, const char *method, double confidence,
                         enum sentence_style style)
{
    bool is_apa = style == SENTENCE_APA;
    buf_addf(b, is_apa ? ", %.4g%% CI [" : " (%.4g%% CI ", 100 * confidence);
    add_number(b, e->low, words, style);
    if (is_apa)
        buf_add(b, SPAN(", "));
    else if (e->low < 0)
        buf_add(b, SPAN(" to "));
    else
        buf_add(b, style == SENTENCE_JMIR ? SPAN("-") : SPAN("–"));
    add_number(b, e->high, words, style);
    if (method && !is_apa)
        buf_addf(b, ", %s", method);
    buf_addc(b, is_apa ? ']' : ')');
}

enum with_interval { VALUE_ALONE, VALUE_AND_INTERVAL, VALUE_AND_WHY_ALONE };

static void add_estimate(struct buf *b, const struct statistic_words *words,
                         const struct stat_estimate *e, const char *method, enum with_interval with,
                         const struct tested_options *o, enum sentence_style style)
{
    const char *const names[] = {words->plain, words->jmir, words->apa};
    if (!e->has_value) { /* a ratio by 0 */
        buf_addf(b, "%s%s unbounded", FORMS[style].next, names[style]);
        return;
    }
    buf_addf(b, "%s%s%s", FORMS[style].next, names[style], FORMS[style].equals);
    if (words->bounded && style == SENTENCE_APA)
        add_share(b, 2, e->value);
    else
        buf_addf(b, "%.2f", e->value);
    if (with == VALUE_AND_INTERVAL && e->has_low && e->has_high)
        add_interval(b, words, e, method, o->confidence, style);
    else if (with == VALUE_AND_WHY_ALONE)
        buf_addf(b, " (%s)", method);
}

#define RANKS 3
#define RANKS_SHOWN                                                                                \
    2 /* with method and interval; the others with an interval if they are the first */

/* The least rank of the effects that T has. */
static int first_rank(const struct tested *t)
{
    int first = 0;
    for (size_t row = 0; row < statistic_count; row++) {
        int rank = statistics[row].words.rank;
        if (rank && t->values[row].is_there && (!first || rank < first))
            first = rank;
    }
    return first;
}

static enum with_interval interval_of(int rank, int first, const struct stat_estimate *e)
{
    if (rank > RANKS_SHOWN && rank != first)
        return VALUE_ALONE;
    return e->has_low || e->has_high ? VALUE_AND_INTERVAL : VALUE_AND_WHY_ALONE;
}

/* The chief effects with interval and method, others beside. */
static void add_effects(struct buf *b, const struct tested *t, const struct tested_options *o,
                        enum sentence_style style)
{
    static const struct statistic_words common = {"common odds ratio", "common OR", "OR", false, 2};
    int first = first_rank(t);
    for (int rank = first; first && rank <= RANKS; rank++)
        for (size_t row = 0; row < statistic_count; row++) {
            const struct statistic *s = &statistics[row];
            const struct statistic_value *v = &t->values[row];
            if (s->words.rank != rank || !v->is_there)
                continue;
            enum with_interval with = interval_of(rank, first, &v->estimate);
            bool is_named = rank <= RANKS_SHOWN || with == VALUE_AND_WHY_ALONE;
            add_estimate(b, t->kind == TESTED_CONDITIONAL ? &common : &s->words, &v->estimate,
                         is_named ? statistic_method(s, v) : NULL, with, o, style);
        }
}

#define MOST_SCORES 8 /* more are in the record alone */

static void add_scores(struct buf *b, const double *scores, size_t count)
{
    if (count > MOST_SCORES)
        return;
    buf_add(b, SPAN(" (scores "));
    for (size_t i = 0; i < count; i++)
        buf_addf(b, i ? ", %.6g" : "%.6g", scores[i]);
    buf_addc(b, ')');
}

static void add_trend(struct buf *b, const struct tested *t, enum sentence_style style)
{
    const struct form *form = &FORMS[style];
    const struct tested_trend *trend = &t->of.pearson.trend;
    if (trend->has_armitage) {
        buf_addf(b, "; Cochran–Armitage trend z%s%.2f%s", form->equals, trend->z, form->next);
        sentence_p(b, trend->armitage.p, style);
    } else if (trend->has_linear) {
        buf_addf(b, "; linear-by-linear χ²%s%.2f%s", form->equals, trend->linear.statistic,
                 form->next);
        sentence_p(b, trend->linear.p, style);
    }
    if (trend->has_armitage && trend->is_turned)
        add_scores(b, trend->row_scores, t->counts.rows);
    else if (trend->has_linear)
        add_scores(b, trend->column_scores, t->counts.columns);
}

void sentence_add(struct buf *b, const struct tested *t, const struct tested_options *o,
                  enum sentence_style style)
{
    add_subject(b, t);
    add_test(b, t, o, style);
    add_adjusted(b, &t->family, style);
    add_effects(b, t, o, style);
    if (t->method == TESTED_PEARSON)
        add_trend(b, t, style);
    if (t->kind == TESTED_LOCATION)
        add_ranks(b, t, style);
}
