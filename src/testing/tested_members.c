/* tested_members -- members of a test's line that are objects of their own kind: Fisher's test,
 * trends, strata, letters. Each is named by its row of the table of statistics. */
#include "stream/emit.h"
#include "tested_parts.h"

void tested_emit_fisher(struct buf *b, struct span name, const struct tested *t,
                        const struct tested_options *o)
{
    (void)o;
    const struct tested_fisher *fisher = &t->of.pearson.fisher;
    bool is_2x2 = t->counts.rows == 2 && t->counts.columns == 2;
    if (t->method != TESTED_PEARSON || !fisher->is_there) {
        tested_emit_none(b, name);
        return;
    }
    emit_name(b, name);
    buf_addc(b, '{');
    emit_number_field(b, SPAN("p"), fisher->tails.two_sided);
    tested_emit_if(b, SPAN("less"), is_2x2, fisher->tails.less);
    tested_emit_if(b, SPAN("greater"), is_2x2, fisher->tails.greater);
    tested_emit_if(b, SPAN("odds_ratio"), fisher->ratio.has_value, fisher->ratio.value);
    tested_emit_ends(b, &fisher->ratio);
    buf_addc(b, '}');
}

void tested_emit_random(struct buf *b, struct span name, const struct tested *t,
                        const struct tested_options *o)
{
    const struct tested_random *random = &t->of.pearson.random;
    const struct montecarlo_result *result = &random->result;
    if (t->method != TESTED_PEARSON || !random->is_there) {
        tested_emit_none(b, name);
        return;
    }
    emit_name(b, name);
    buf_addc(b, '{');
    emit_string_field(b, SPAN("statistic"),
                      random->statistic == MONTECARLO_FISHER ? SPAN("fisher") : SPAN("pearson"));
    emit_number_field(b, SPAN("p"), result->p);
    emit_number_field(b, SPAN("low"), result->low);
    emit_number_field(b, SPAN("high"), result->high);
    emit_count_field(b, SPAN("replicates"), result->replicates);
    emit_count_field(b, SPAN("extreme"), result->extreme);
    emit_count_field(b, SPAN("seed"), (size_t)o->seed);
    buf_addc(b, '}');
}

static void emit_scores(struct buf *b, struct span name, const double *scores, size_t count)
{
    emit_name(b, name);
    buf_addc(b, '[');
    for (size_t i = 0; i < count; i++) {
        emit_item(b);
        emit_number(b, scores[i]);
    }
    buf_addc(b, ']');
}

/* "NAME":{"HEAD":...,"statistic":...,"df":1,"p":...,"row_scores":[...],"column_scores":[...]} */
static void emit_scored(struct buf *b, struct span head, double number,
                        const struct tests_result *result, const struct tested *t)
{
    const struct tested_trend *trend = &t->of.pearson.trend;
    buf_addc(b, '{');
    emit_number_field(b, head, number);
    emit_number_field(b, SPAN("statistic"), result->statistic);
    emit_number_field(b, SPAN("df"), result->df);
    emit_number_field(b, SPAN("p"), result->p);
    emit_scores(b, SPAN("row_scores"), trend->row_scores, t->counts.rows);
    emit_scores(b, SPAN("column_scores"), trend->column_scores, t->counts.columns);
    buf_addc(b, '}');
}

void tested_emit_trend(struct buf *b, struct span name, const struct tested *t,
                       const struct tested_options *o)
{
    (void)o;
    const struct tested_trend *trend = &t->of.pearson.trend;
    emit_name(b, name);
    if (t->method == TESTED_PEARSON && trend->has_armitage)
        emit_scored(b, SPAN("z"), trend->z, &trend->armitage, t);
    else
        emit_null(b);
}

void tested_emit_linear(struct buf *b, struct span name, const struct tested *t,
                        const struct tested_options *o)
{
    (void)o;
    const struct tested_trend *trend = &t->of.pearson.trend;
    emit_name(b, name);
    if (t->method == TESTED_PEARSON && trend->has_linear)
        emit_scored(b, SPAN("r"), trend->r, &trend->linear, t);
    else
        emit_null(b);
}

static void emit_homogeneity(struct buf *b, const struct tested_strata *strata)
{
    const struct strata_homogeneity *h = &strata->homogeneity;
    if (!strata->has_homogeneity) {
        tested_emit_none(b, SPAN("breslow_day"));
        tested_emit_none(b, SPAN("tarone"));
        tested_emit_none(b, SPAN("df"));
        return;
    }
    emit_name(b, SPAN("breslow_day"));
    tested_emit_result(b, &h->breslow_day);
    emit_name(b, SPAN("tarone"));
    tested_emit_result(b, &h->tarone);
    emit_number_field(b, SPAN("df"), h->breslow_day.df);
}

void tested_emit_strata(struct buf *b, struct span name, const struct tested *t,
                        const struct tested_options *o)
{
    (void)o;
    emit_name(b, name);
    if (t->method != TESTED_MANTEL_HAENSZEL) {
        emit_null(b);
        return;
    }
    buf_addc(b, '{');
    emit_count_field(b, SPAN("count"), t->of.strata.layer_count);
    emit_count_field(b, SPAN("used"), t->of.strata.layers_used);
    emit_homogeneity(b, &t->of.strata);
    emit_number_field(b, SPAN("mantel_fleiss"), t->of.strata.mantel_fleiss);
    tested_emit_if(b, SPAN("exact_p"), t->of.strata.has_exact, t->of.strata.exact_p);
    buf_addc(b, '}');
}

/* Of each cell the letter of its column, and those of the columns with a smaller share. */
void tested_emit_letters(struct buf *b, struct span name, const struct tested *t,
                         const struct tested_options *o)
{
    struct buf letter = {0};
    emit_name(b, name);
    if (t->method != TESTED_PEARSON || !t->of.pearson.letters) {
        emit_null(b);
        return;
    }
    buf_addc(b, '[');
    for (size_t i = 0; i < t->counts.rows * t->counts.columns; i++) {
        emit_item(b);
        buf_addc(b, '{');
        tested_emit_code(b, SPAN("value"), &t->rows[i / t->counts.columns]);
        tested_emit_code(b, SPAN("group"), &t->columns[i % t->counts.columns]);
        buf_clear(&letter);
        tested_add_letter(&letter, i % t->counts.columns);
        emit_string_field(b, SPAN("letter"), buf_span(&letter));
        emit_string_field(b, SPAN("above"), t->of.pearson.letters[i]);
        tested_emit_if(b, SPAN("level"), true, round((1 - o->confidence) * 1e12) / 1e12);
        buf_addc(b, '}');
    }
    buf_addc(b, ']');
    buf_free(&letter);
}

void tested_emit_spmi(struct buf *b, struct span name, const struct tested *t,
                      const struct tested_options *o)
{
    (void)o;
    const struct tested_spmi *spmi = &t->of.spmi;
    emit_name(b, name);
    if (t->method != TESTED_SPMI) {
        emit_null(b);
        return;
    }
    buf_addc(b, '{');
    emit_count_field(b, SPAN("pairs"), spmi->pairs);
    emit_number_field(b, SPAN("most"), spmi->most);
    tested_emit_code(b, SPAN("value"), spmi->value);
    tested_emit_code(b, SPAN("group"), spmi->group);
    buf_addc(b, '}');
}

void tested_emit_location(struct buf *b, struct span name, const struct tested *t,
                          const struct tested_options *o)
{
    (void)o;
    const struct tested_location *location = &t->of.location;
    emit_name(b, name);
    if (t->kind != TESTED_LOCATION || !tested_has_result(t)) {
        emit_null(b);
        return;
    }
    buf_addc(b, '{');
    tested_emit_if(b, SPAN("df2"), location->df2 > 0, location->df2);
    emit_name(b, SPAN("groups"));
    buf_addc(b, '[');
    for (size_t g = 0; g < t->counts.columns; g++) {
        emit_item(b);
        buf_addc(b, '{');
        tested_emit_code(b, SPAN("group"), &t->columns[g]);
        emit_number_field(b, SPAN("n"), location->groups[g].n);
        emit_number_field(b, SPAN("mean"), location->groups[g].mean);
        emit_number_field(b, SPAN("sd"), location->groups[g].sd);
        buf_addc(b, '}');
    }
    buf_add(b, SPAN("]}"));
}

void tested_emit_weighted(struct buf *b, struct span name, const struct tested *t,
                          const struct tested_options *o)
{
    (void)o;
    const struct tested_weighted *weighted = &t->of.weighted;
    const struct weighted_result *r = &weighted->result;
    emit_name(b, name);
    if (t->method != TESTED_RAO_SCOTT_F) {
        emit_null(b);
        return;
    }
    buf_addc(b, '{');
    emit_number_field(b, SPAN("sum"), weighted->sum);
    emit_number_field(b, SPAN("df2"), r->df2);
    emit_number_field(b, SPAN("design_effect"), r->deff);
    emit_name(b, SPAN("chisq"));
    buf_addc(b, '{');
    emit_number_field(b, SPAN("statistic"), r->first);
    emit_number_field(b, SPAN("df"), r->first_df);
    emit_number_field(b, SPAN("p"), r->first_p);
    buf_add(b, SPAN("}}"));
}

void tested_emit_set(struct buf *b, struct span name, const struct tested *t,
                     const struct tested_options *o)
{
    (void)o;
    emit_name(b, name);
    if (t->method != TESTED_RAO_SCOTT) {
        emit_null(b);
        return;
    }
    buf_addc(b, '{');
    emit_number_field(b, SPAN("sum"), t->of.set.result.sum);
    emit_count_field(b, SPAN("items"), t->of.set.result.used);
    buf_addc(b, '}');
}
