/* reliability_emit -- the agreement of coders as members of a JSON object. */
#include "agree/reliability_emit.h"

#include <math.h>

#include "stream/emit.h"

static void emit_bounds(struct buf *b, double se, const struct stat_estimate *e)
{
    emit_number_field(b, SPAN("se"), e->has_low ? se : NAN);
    emit_number_field(b, SPAN("low"), e->has_low ? e->low : NAN);
    emit_number_field(b, SPAN("high"), e->has_high ? e->high : NAN);
}

static void emit_cohen(struct buf *b, struct span name, bool has, const struct agreement_kappa *k)
{
    emit_name(b, name);
    if (!has) {
        emit_null(b);
        return;
    }
    buf_addc(b, '{');
    emit_number_field(b, SPAN("kappa"), k->kappa.value);
    emit_number_field(b, SPAN("se"), k->se);
    emit_number_field(b, SPAN("low"), k->kappa.has_low ? k->kappa.low : NAN);
    emit_number_field(b, SPAN("high"), k->kappa.has_high ? k->kappa.high : NAN);
    buf_addc(b, '}');
}

static void emit_gwet(struct buf *b, struct span name, bool has, const struct agreement_gaps *g)
{
    emit_name(b, name);
    if (!has) {
        emit_null(b);
        return;
    }
    buf_addc(b, '{');
    emit_number_field(b, SPAN("value"), g->coefficient.value);
    emit_bounds(b, g->se, &g->coefficient);
    buf_addc(b, '}');
}

static void emit_fleiss(struct buf *b, const struct reliability *r)
{
    emit_name(b, SPAN("fleiss"));
    if (!r->fleiss.has) {
        emit_null(b);
        return;
    }
    bool bounded = r->gaps_is.coefficient.has_low;
    buf_addc(b, '{');
    emit_number_field(b, SPAN("kappa"),
                      r->has_gaps ? r->gaps_is.coefficient.value : r->fleiss_is.kappa);
    emit_number_field(b, SPAN("se"),
                      !r->has_gaps ? r->fleiss_is.se
                      : bounded    ? r->gaps_is.se
                                   : NAN);
    emit_number_field(b, SPAN("p"), !r->has_gaps ? r->fleiss_is.p : bounded ? r->gaps_is.p : NAN);
    buf_addc(b, '}');
}

void reliability_emit(struct buf *b, const struct reliability *r)
{
    emit_name(b, SPAN("agreement"));
    emit_number(b, r->units ? r->agreement : NAN);
    emit_cohen(b, SPAN("cohen"), r->cohen.has, &r->cohen_is);
    emit_cohen(b, SPAN("weighted"), r->weighted.has, &r->weighted_is);
    emit_fleiss(b, r);
    emit_name(b, SPAN("alpha"));
    emit_number(b, r->alpha.has ? r->alpha_is.alpha : NAN);
    emit_gwet(b, SPAN("ac1"), r->ac1.has, &r->ac1_is);
    emit_gwet(b, SPAN("ac2"), r->ac2.has, &r->ac2_is);
}

/* A coder who always says the same can agree by chance alone: kappa is then 0 or less. */
static void warn_constant(struct buf *b, const struct reliability *r, const struct span *coders,
                          size_t count)
{
    struct buf text = {0};
    for (size_t k = 0; k < count; k++) {
        if (r->only[k] == RELIABILITY_ALL || r->levels < 2)
            continue;
        buf_clear(&text);
        buf_addf(&text, "coder '%.*s' gave all units the same category, so kappa says little",
                 SPAN_ARGS(coders[k]));
        emit_item(b);
        emit_string(b, buf_span(&text));
    }
    buf_free(&text);
}

void reliability_emit_warnings(struct buf *b, const struct reliability *r,
                               const struct span *coders, size_t count)
{
    emit_name(b, SPAN("warnings"));
    buf_addc(b, '[');
    const struct reliability_measure *measures[] = {&r->cohen, &r->fleiss, &r->alpha};
    for (size_t i = 0; i < 3; i++) {
        bool not_asked = (i == 0 && r->fleiss.has) || (i == 1 && r->cohen.has);
        if (measures[i]->has || not_asked || (i < 2 && strstr(measures[i]->why, " is for ")))
            continue;
        emit_item(b);
        emit_string(b, span_of(measures[i]->why));
    }
    if (r->fleiss.has && r->has_gaps) {
        emit_item(b);
        emit_string(b, SPAN("not every unit was coded by every coder: standard error of Fleiss' "
                            "kappa after Gwet 2014"));
    }
    warn_constant(b, r, coders, count);
    buf_addc(b, ']');
}
