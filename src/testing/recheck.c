#include "testing/recheck.h"

#include "base/fail.h"
#include "stream/emit.h"
#include "stream/output.h"
#include "testing/statistic.h"

/* The part of the script that is the same for every run. */
static const char SCRIPT[] = {
#include "recheck.inc"
};

/* A text as an R string: what quote() leaves of control bytes is plain. */
static void put_text(struct buf *b, struct span text)
{
    emit_string(b, span_of(quote(text)));
}

static void put_vector(struct buf *b, const double *numbers, size_t count)
{
    buf_add(b, SPAN("c("));
    for (size_t i = 0; i < count; i++) {
        if (i > 0)
            buf_add(b, i % 10 ? SPAN(", ") : SPAN(",\n  "));
        emit_number(b, numbers[i]);
    }
    buf_addc(b, ')');
}

static void put_matrix(struct buf *b, const struct crosstab *t)
{
    buf_add(b, SPAN("matrix("));
    put_vector(b, t->cells, t->rows * t->columns);
    buf_addf(b, ", nrow = %zu, byrow = TRUE)", t->rows);
}

/* ", NAME = NUMBER" if it is there. */
static void put_if(struct buf *b, const char *name, bool there, double number)
{
    if (!there)
        return;
    buf_addf(b, ",\n  %s = ", name);
    emit_number(b, number);
}

static void put_random(struct buf *b, const struct tested *t, const struct tested_options *o)
{
    const struct montecarlo_result *r = &t->of.pearson.random.result;
    bool there = t->of.pearson.random.is_there;
    put_if(b, "random", there, r->p);
    put_if(b, "replicates", there, (double)r->replicates);
    put_if(b, "seed", there, (double)(o->seed % 1000000007)); /* R takes 31 bits */
    buf_addf(b, ",\n  by_fisher = %s",
             t->of.pearson.random.statistic == MONTECARLO_FISHER && there ? "TRUE" : "FALSE");
}

/* "w <- list(kind = ..., level = ..., statistic = ..., df = ..., p = ...": left open. */
static void begin_wanted(struct buf *b, const struct tested *t, const struct tested_options *o)
{
    buf_add(b, SPAN("w <- list(kind = "));
    emit_string(b, tested_kind_name(t->kind));
    put_if(b, "level", true, o->confidence);
    put_if(b, "statistic", true, t->result.statistic);
    put_if(b, "df", true, t->result.df);
    put_if(b, "p", true, t->result.p);
}

static void put_trend(struct buf *b, const struct tested *t, struct span where)
{
    const struct tested_trend *trend = &t->of.pearson.trend;
    if (t->method != TESTED_PEARSON || !trend->has_linear)
        return;
    buf_add(b, SPAN("trend("));
    put_text(b, where);
    buf_add(b, SPAN(", m, "));
    put_vector(b, trend->row_scores, t->counts.rows);
    buf_add(b, SPAN(", "));
    put_vector(b, trend->column_scores, t->counts.columns);
    buf_addf(b, ", list(\n  rows = %zu", t->counts.rows);
    put_if(b, "linear", true, trend->linear.statistic);
    put_if(b, "linear_p", true, trend->linear.p);
    put_if(b, "trend", trend->has_armitage, trend->armitage.statistic);
    put_if(b, "trend_p", trend->has_armitage, trend->armitage.p);
    buf_add(b, SPAN("))\n"));
}

static void put_shares(struct buf *b, const struct tested *t)
{
    buf_add(b, SPAN(",\n  shares = "));
    if (t->of.pearson.shares)
        put_vector(b, t->of.pearson.shares, t->counts.rows);
    else
        buf_addf(b, "rep(1, %zu)", t->counts.rows);
}

static void put_pearson(struct buf *b, const struct tested *t, const struct tested_options *o)
{
    const struct tested_pearson *pearson = &t->of.pearson;
    const struct tested_fisher *fisher = &pearson->fisher;
    begin_wanted(b, t, o);
    if (t->kind == TESTED_GOODNESS)
        put_shares(b, t);
    put_if(b, "least", true, pearson->expected.min);
    put_if(b, "fisher", fisher->is_there, fisher->tails.two_sided);
    if (fisher->is_there) {
        put_if(b, "exact_value", fisher->ratio.has_value, fisher->ratio.value);
        put_if(b, "exact_low", fisher->ratio.has_low, fisher->ratio.low);
        put_if(b, "exact_high", fisher->ratio.has_high, fisher->ratio.high);
    }
    put_random(b, t, o);
    buf_add(b, SPAN(",\n  residuals = "));
    put_vector(b, pearson->residuals.adjusted, t->counts.rows * t->counts.columns);
}

static void put_layers(struct buf *b, const struct tested *t)
{
    bool any = false;
    buf_add(b, SPAN("array(c("));
    for (size_t i = 0; i < t->of.strata.layer_count; i++) {
        const struct strata_layer *l = &t->of.strata.layers[i];
        double cells[] = {l->a, l->c, l->b, l->d};
        if (!(l->a + l->b > 0 && l->c + l->d > 0 && l->a + l->c > 0 && l->b + l->d > 0))
            continue; /* it tells nothing */
        if (any)
            buf_add(b, SPAN(",\n  "));
        put_vector(b, cells, 4);
        any = true;
    }
    buf_addf(b, "), c(2, 2, %zu))", t->of.strata.layers_used);
}

static void put_strata(struct buf *b, const struct tested *t, const struct tested_options *o)
{
    const struct tested_strata *strata = &t->of.strata;
    const struct strata_homogeneity *h = &strata->homogeneity;
    begin_wanted(b, t, o);
    put_if(b, "breslow_day", strata->has_homogeneity, h->breslow_day.statistic);
    put_if(b, "exact", strata->has_exact && strata->layers_used > 1, strata->exact_p);
    put_if(b, "tarone", strata->has_homogeneity, h->tarone.statistic);
}

static void put_set(struct buf *b, const struct multiple_set *set)
{
    buf_add(b, SPAN("list(n = "));
    put_vector(b, set->n, set->groups);
    buf_add(b, SPAN(", hits = "));
    put_vector(b, set->hits, set->groups * set->items);
    buf_add(b, SPAN(",\n  both = "));
    put_vector(b, set->both, set->groups * set->items * set->items);
    buf_addc(b, ')');
}

static void put_group_figures(struct buf *b, const struct tested *t, const char *name,
                              size_t offset)
{
    buf_addf(b, "%s = c(", name);
    for (size_t g = 0; g < t->counts.columns; g++) {
        double number;
        memcpy(&number, (const char *)&t->of.location.groups[g] + offset, sizeof number);
        if (g > 0)
            buf_add(b, SPAN(", "));
        if (isnan(number))
            buf_add(b, SPAN("NA"));
        else
            emit_number(b, number);
    }
    buf_addc(b, ')');
}

static void put_groups(struct buf *b, const struct tested *t)
{
    buf_add(b, SPAN("list("));
    put_group_figures(b, t, "n", offsetof(struct location_group, n));
    put_group_figures(b, t, ",\n  mean", offsetof(struct location_group, mean));
    put_group_figures(b, t, ",\n  sd", offsetof(struct location_group, sd));
    if (t->method == TESTED_WALD) {
        put_group_figures(b, t, ",\n  error", offsetof(struct location_group, error));
        put_group_figures(b, t, ",\n  place", offsetof(struct location_group, place_mean));
        put_group_figures(b, t, ",\n  place_error", offsetof(struct location_group, place_error));
    }
    put_group_figures(b, t, ",\n  rank_sum", offsetof(struct location_group, rank_sum));
    put_if(b, "ties", isfinite(t->of.location.ties), t->of.location.ties);
    buf_addc(b, ')');
}

static void put_spmi(struct buf *b, const struct tested_spmi *s)
{
    const struct cells_table *t = s->table;
    buf_addf(b, "list(records = %.0f, rows = c(", s->records);
    for (size_t v = 0; v < t->value_count; v++)
        buf_addf(b, v ? ", %.0f" : "%.0f", t->group_count ? cells_at(t, s->layer, v, 0)->row : 0);
    buf_add(b, SPAN("), columns = c("));
    for (size_t g = 0; g < t->group_count; g++)
        buf_addf(b, g ? ", %.0f" : "%.0f", cells_base(t, s->layer, g));
    buf_add(b, SPAN("),\n  both = matrix(c("));
    for (size_t i = 0; i < t->value_count * t->group_count; i++)
        buf_addf(b, i ? ", %.0f" : "%.0f", cells_at(t, s->layer, 0, 0)[i].n);
    buf_addf(b, "), nrow = %zu, byrow = TRUE))", t->value_count);
}

/* "m <- ...": what was counted. */
static void put_counts(struct buf *b, const struct tested *t)
{
    buf_add(b, SPAN("m <- "));
    if (t->method == TESTED_RAO_SCOTT || t->method == TESTED_COCHRAN_Q)
        put_set(b, t->of.set.counts);
    else if (t->method == TESTED_MANTEL_HAENSZEL)
        put_layers(b, t);
    else if (t->kind == TESTED_GOODNESS)
        put_vector(b, t->counts.cells, t->counts.rows);
    else if (t->kind == TESTED_LOCATION)
        put_groups(b, t);
    else if (t->method == TESTED_SPMI)
        put_spmi(b, &t->of.spmi);
    else
        put_matrix(b, &t->counts);
    buf_addc(b, '\n');
}

static void put_weighted(struct buf *b, const struct tested *t)
{
    const struct weighted_result *r = &t->of.weighted.result;
    if (t->kind == TESTED_GOODNESS)
        put_shares(b, t);
    put_if(b, "records", true, r->records);
    put_if(b, "df2", true, r->df2);
    put_if(b, "first", true, r->first);
    put_if(b, "first_p", true, r->first_p);
    buf_add(b, SPAN(",\n  squares = "));
    put_vector(b, t->squares, t->counts.rows * t->counts.columns);
}

static void put_wanted(struct buf *b, const struct tested *t, const struct tested_options *o)
{
    if (t->method == TESTED_PEARSON)
        put_pearson(b, t, o);
    else if (t->method == TESTED_MANTEL_HAENSZEL)
        put_strata(b, t, o);
    else
        begin_wanted(b, t, o);
    if (t->method == TESTED_RAO_SCOTT_F)
        put_weighted(b, t);
    if (t->kind == TESTED_LOCATION)
        put_if(b, "df2", t->of.location.df2 > 0, t->of.location.df2);
    if (t->method == TESTED_RAO_SCOTT)
        put_if(b, "sum", true, t->of.set.result.sum);
    buf_add(b, SPAN(")\n"));
}

static void put_number(struct buf *b, bool there, double number)
{
    if (there)
        emit_number(b, number);
    else
        buf_add(b, SPAN("NA"));
}

static void put_value(struct buf *b, enum statistic_form form, const struct statistic_value *v)
{
    const struct stat_estimate *e = &v->estimate;
    buf_add(b, SPAN("c("));
    if (form == STATISTIC_TEST) {
        emit_number(b, v->test.statistic);
        buf_add(b, SPAN(", "));
        emit_number(b, v->test.p);
    } else {
        put_number(b, e->has_value, e->value);
        buf_add(b, SPAN(", "));
        put_number(b, e->has_low, e->low);
        buf_add(b, SPAN(", "));
        put_number(b, e->has_high, e->high);
    }
    buf_addc(b, ')');
}

/* "figure("where", "phi", phi(m, w), c(...))" for each statistic that the test has. */
static void put_statistics(struct buf *b, const struct tested *t, struct span where)
{
    for (size_t row = 0; row < statistic_count; row++) {
        const struct statistic *s = &statistics[row];
        if (!s->r || !t->values[row].is_there)
            continue;
        buf_add(b, SPAN("figure("));
        put_text(b, where);
        buf_add(b, SPAN(", "));
        emit_string(b, span_of(s->label));
        buf_addf(b, ", %s(m, w), ", s->r);
        put_value(b, s->form, &t->values[row]);
        buf_add(b, SPAN(")\n"));
    }
}

static void put_letters(struct buf *b, const struct tested *t, struct span where)
{
    if (t->method != TESTED_PEARSON || !t->of.pearson.letters)
        return;
    buf_add(b, SPAN("smaller_columns("));
    put_text(b, where);
    buf_add(b, SPAN(", m, w, c("));
    for (size_t i = 0; i < t->counts.rows * t->counts.columns; i++) {
        if (i > 0)
            buf_add(b, SPAN(", "));
        put_text(b, t->of.pearson.letters[i]);
    }
    buf_add(b, SPAN("))\n"));
}

static void put_test(struct buf *b, const struct tested *t, const struct tested_options *o,
                     struct buf *name)
{
    static const char *const functions[] = {
        [TESTED_INDEPENDENCE] = "independence", [TESTED_GOODNESS] = "goodness",
        [TESTED_CONDITIONAL] = "conditional",   [TESTED_SYMMETRY] = "symmetry",
        [TESTED_LOCATION] = "location",         [TESTED_EQUALITY] = "cochran_q"};
    buf_clear(name);
    tested_add_name(name, t);
    struct span where = buf_span(name);
    put_counts(b, t);
    put_wanted(b, t, o);
    buf_addf(b, "%s(",
             t->method == TESTED_RAO_SCOTT     ? "set"
             : t->method == TESTED_RAO_SCOTT_F ? "weighted"
             : t->method == TESTED_SPMI        ? "spmi"
             : t->method == TESTED_WALD        ? "weighted_location"
                                               : functions[t->kind]);
    put_text(b, where);
    buf_add(b, SPAN(", m, w)\n"));
    put_statistics(b, t, where);
    put_trend(b, t, where);
    put_letters(b, t, where);
}

/* ---- families ---- */

static void put_column(struct buf *b, const struct tested_list *list, struct span family,
                       bool adjusted)
{
    bool any = false;
    buf_add(b, SPAN("c("));
    for (size_t i = 0; i < list->count; i++) {
        const struct tested *t = &list->at[i];
        if (!tested_has_result(t) || !span_eq(t->family.name, family))
            continue;
        if (any)
            buf_add(b, SPAN(",\n  "));
        any = true;
        emit_number(b, adjusted ? t->family.p_adjusted : t->p);
    }
    buf_addc(b, ')');
}

static void put_families(struct buf *b, const struct tested_list *list, enum adjust_method method)
{
    struct intern names = {0};
    for (size_t i = 0; i < list->count; i++)
        if (tested_has_result(&list->at[i]))
            intern_add_borrowed(&names, list->at[i].family.name);
    for (size_t i = 0; i < names.count; i++) {
        buf_add(b, SPAN("family("));
        put_text(b, names.keys[i]);
        buf_add(b, SPAN(", "));
        emit_string(b, method == ADJUST_BH ? SPAN("BH") : tested_adjust_name(method));
        buf_add(b, SPAN(", "));
        put_column(b, list, names.keys[i], false);
        buf_add(b, SPAN(",\n  "));
        put_column(b, list, names.keys[i], true);
        buf_add(b, SPAN(")\n"));
    }
    intern_free(&names);
}

void recheck_write(const char *file, const struct tested_list *list, const struct tested_options *o)
{
    struct output out;
    struct buf name = {0};
    size_t tests = 0;
    output_open(&out, file, OUTPUT_WHOLE);
    buf_add(&out.buf, SPAN("# Computes the tests of a run of chisq again, in base R, and stops if "
                           "one differs: Rscript FILE\n"));
    buf_add(&out.buf, (struct span){SCRIPT, sizeof SCRIPT});
    for (size_t i = 0; i < list->count; i++) {
        if (!tested_has_result(&list->at[i]))
            continue;
        tests++;
        buf_addc(&out.buf, '\n');
        put_test(&out.buf, &list->at[i], o, &name);
        if (out.buf.len >= OUTPUT_BLOCK)
            output_flush(&out);
    }
    put_families(&out.buf, list, o->adjust);
    buf_addf(&out.buf,
             "\nfor (s in skipped) cat(\"not compared:\", s, \"\\n\")\n"
             "cat(\"%zu test%s,\", compared, \"numbers compared: all agree\\n\")\n",
             tests, tests == 1 ? "" : "s");
    output_close(&out);
    buf_free(&name);
}
