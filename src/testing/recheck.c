#include "testing/recheck.h"

#include "base/fail.h"
#include "recheck_script.h"
#include "stream/emit.h"
#include "stream/output.h"

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

static void put_result(struct buf *b, const char *name, bool there, const struct tests_result *r)
{
    struct buf p = {0};
    buf_addf(&p, "%s_p", name);
    put_if(b, name, there, r->statistic);
    put_if(b, buf_text(&p), there, r->p);
    buf_free(&p);
}

/* NAME_value, NAME_low, NAME_high: R takes a name that only begins so for the name itself. */
static void put_estimate(struct buf *b, const char *name, const struct stat_estimate *e)
{
    const struct {
        const char *name;
        bool there;
        double number;
    } parts[] = {{"value", e->has_value, e->value},
                 {"low", e->has_low, e->low},
                 {"high", e->has_high, e->high}};
    for (size_t i = 0; i < 3; i++) {
        struct buf part = {0};
        buf_addf(&part, "%s_%s", name, parts[i].name);
        put_if(b, buf_text(&part), parts[i].there, parts[i].number);
        buf_free(&part);
    }
}

static void put_random(struct buf *b, const struct tested *t, const struct tested_options *o)
{
    const struct montecarlo_result *r = &t->random.result;
    bool there = t->random.is_there;
    put_if(b, "random", there, r->p);
    put_if(b, "replicates", there, (double)r->replicates);
    put_if(b, "seed", there, (double)(o->seed % 1000000007)); /* R takes 31 bits */
    buf_addf(b, ",\n  by_fisher = %s",
             t->random.statistic == MONTECARLO_FISHER && there ? "TRUE" : "FALSE");
}

/* "list(level = ..., statistic = ..., df = ..., p = ...": left open. */
static void begin_wanted(struct buf *b, const struct tested *t, const struct tested_options *o)
{
    buf_add(b, SPAN(", list(\n  level = "));
    emit_number(b, o->confidence);
    put_if(b, "statistic", true, t->result.statistic);
    put_if(b, "df", true, t->result.df);
    put_if(b, "p", true, t->result.p);
    put_result(b, "yates", t->has_yates, &t->yates);
}

static void put_residuals(struct buf *b, const struct tested *t)
{
    buf_add(b, SPAN(",\n  residuals = "));
    put_vector(b, t->residuals.adjusted, t->counts.rows * t->counts.columns);
}

static void put_trend(struct buf *b, const struct tested *t, struct span where)
{
    const struct tested_trend *trend = &t->trend;
    if (!trend->has_linear)
        return;
    buf_add(b, SPAN("trend("));
    put_text(b, where);
    buf_add(b, SPAN(", "));
    put_matrix(b, &t->counts);
    buf_add(b, SPAN(", "));
    put_vector(b, trend->row_scores, t->counts.rows);
    buf_add(b, SPAN(", "));
    put_vector(b, trend->column_scores, t->counts.columns);
    buf_addf(b, ", list(\n  rows = %zu", t->counts.rows);
    put_result(b, "linear", true, &trend->linear);
    put_result(b, "trend", trend->has_armitage, &trend->armitage);
    buf_add(b, SPAN("))\n"));
}

static void put_pearson(struct buf *b, const struct tested *t, const struct tested_options *o)
{
    const struct tested_effects *e = &t->effects;
    bool is_2x2 = t->kind == TESTED_INDEPENDENCE && t->counts.rows == 2 && t->counts.columns == 2;
    if (t->kind == TESTED_GOODNESS) {
        put_vector(b, t->counts.cells, t->counts.rows);
        buf_add(b, SPAN(", "));
        if (t->shares)
            put_vector(b, t->shares, t->counts.rows);
        else
            buf_addf(b, "rep(1, %zu)", t->counts.rows);
    } else {
        put_matrix(b, &t->counts);
    }
    begin_wanted(b, t, o);
    put_result(b, "g", t->has_g, &t->g);
    put_if(b, "least", true, t->expected.min);
    put_if(b, "fisher", t->fisher.is_there, t->fisher.tails.two_sided);
    if (is_2x2 && t->fisher.is_there)
        put_estimate(b, "exact", &t->fisher.ratio);
    put_estimate(b, "v", &e->v);
    put_if(b, "corrected_v", e->corrected_v.has_value, e->corrected_v.value);
    put_estimate(b, "ratio", &e->odds_ratio);
    put_if(b, "phi", e->phi.has_value, e->phi.value);
    put_estimate(b, "risk", &e->risk_ratio);
    put_estimate(b, "difference", &e->risk_difference);
    put_random(b, t, o);
    put_residuals(b, t);
}

static void put_strata(struct buf *b, const struct tested *t, const struct tested_options *o)
{
    bool any = false;
    buf_add(b, SPAN("c("));
    for (size_t i = 0; i < t->layer_count; i++) {
        const struct strata_layer *l = &t->layers[i];
        double cells[] = {l->a, l->c, l->b, l->d};
        if (!(l->a + l->b > 0 && l->c + l->d > 0 && l->a + l->c > 0 && l->b + l->d > 0))
            continue; /* it tells nothing */
        if (any)
            buf_add(b, SPAN(",\n  "));
        put_vector(b, cells, 4);
        any = true;
    }
    buf_addc(b, ')');
    begin_wanted(b, t, o);
    put_estimate(b, "ratio", &t->effects.odds_ratio);
    put_if(b, "breslow_day", t->has_homogeneity, t->homogeneity.breslow_day.statistic);
    put_if(b, "tarone", t->has_homogeneity, t->homogeneity.tarone.statistic);
}

static void put_set(struct buf *b, const struct tested *t, const struct tested_options *o)
{
    const struct multiple_set *set = t->set_counts;
    put_vector(b, set->n, set->groups);
    buf_add(b, SPAN(", "));
    put_vector(b, set->hits, set->groups * set->items);
    buf_add(b, SPAN(",\n  "));
    put_vector(b, set->both, set->groups * set->items * set->items);
    begin_wanted(b, t, o);
    put_if(b, "sum", true, t->set.sum);
}

/* What the test is called in R's messages. */
static struct span name_of(struct buf *b, const struct tested *t)
{
    buf_clear(b);
    buf_add(b, t->table->id);
    if (t->stratum) {
        buf_add(b, SPAN(", "));
        buf_add(b, t->stratum->text);
    }
    if (t->item) {
        buf_add(b, SPAN(", "));
        buf_add(b, t->item->text);
    }
    if (t->is_pair)
        buf_addf(b, ", %.*s and %.*s", SPAN_ARGS(t->columns[0].text),
                 SPAN_ARGS(t->columns[1].text));
    return buf_span(b);
}

static void put_test(struct buf *b, const struct tested *t, const struct tested_options *o,
                     struct buf *name)
{
    static const char *const functions[] = {[TESTED_INDEPENDENCE] = "independence",
                                            [TESTED_GOODNESS] = "goodness",
                                            [TESTED_CONDITIONAL] = "conditional",
                                            [TESTED_SYMMETRY] = "symmetry"};
    struct span where = name_of(name, t);
    buf_addf(b, "%s(", t->method == TESTED_RAO_SCOTT ? "set" : functions[t->kind]);
    put_text(b, where);
    buf_add(b, SPAN(", "));
    switch (t->method) {
    case TESTED_PEARSON:
        put_pearson(b, t, o);
        break;
    case TESTED_MANTEL_HAENSZEL:
        put_strata(b, t, o);
        break;
    case TESTED_RAO_SCOTT:
        put_set(b, t, o);
        break;
    default:
        put_matrix(b, &t->counts);
        begin_wanted(b, t, o);
        put_if(b, "binomial", t->has_binomial, t->binomial_p);
    }
    buf_add(b, SPAN("))\n"));
    put_trend(b, t, where);
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
    for (size_t i = 0; RECHECK_SCRIPT[i]; i++)
        buf_addf(&out.buf, "%s\n", RECHECK_SCRIPT[i]);
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
