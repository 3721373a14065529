/* tested_emit -- a test as a line of JSON. Its keys are always there: what does not apply is null.
 */
#include "base/version.h"
#include "stream/emit.h"
#include "tested_parts.h"
#include "testing/statistic.h"

struct span tested_kind_name(enum tested_kind kind)
{
    static const struct span names[] = {
        [TESTED_INDEPENDENCE] = SPAN_ROW("independence"),
        [TESTED_GOODNESS] = SPAN_ROW("goodness_of_fit"),
        [TESTED_CONDITIONAL] = SPAN_ROW("conditional_independence"),
        [TESTED_SYMMETRY] = SPAN_ROW("symmetry"),
        [TESTED_LOCATION] = SPAN_ROW("location"),
        [TESTED_EQUALITY] = SPAN_ROW("equality"),
    };
    return names[kind];
}

struct span tested_adjust_name(enum adjust_method method)
{
    static const struct span names[] = {
        [ADJUST_NONE] = SPAN_ROW("none"),
        [ADJUST_BONFERRONI] = SPAN_ROW("bonferroni"),
        [ADJUST_HOLM] = SPAN_ROW("holm"),
        [ADJUST_BH] = SPAN_ROW("bh"),
    };
    return names[method];
}

/* NUMBER if it is there, else null. */
void tested_emit_if(struct buf *b, struct span name, bool there, double number)
{
    emit_number_field(b, name, there ? number : NAN);
}

void tested_emit_none(struct buf *b, struct span name)
{
    emit_name(b, name);
    emit_null(b);
}

void tested_emit_code(struct buf *b, struct span name, const struct cells_code *code)
{
    emit_name(b, name);
    if (code)
        buf_add(b, code->raw);
    else
        emit_null(b);
}

static void emit_text(struct buf *b, struct span name, struct span text)
{
    if (text.at)
        emit_string_field(b, name, text);
    else
        tested_emit_none(b, name);
}

void tested_emit_result(struct buf *b, const struct tests_result *result)
{
    buf_addc(b, '{');
    emit_number_field(b, SPAN("statistic"), result->statistic);
    emit_number_field(b, SPAN("p"), result->p);
    buf_addc(b, '}');
}

void tested_emit_ends(struct buf *b, const struct stat_estimate *e)
{
    tested_emit_if(b, SPAN("low"), e->has_low, e->low);
    tested_emit_if(b, SPAN("high"), e->has_high, e->high);
}

static void emit_estimate(struct buf *b, const struct stat_estimate *e, const char *method)
{
    buf_addc(b, '{');
    tested_emit_if(b, SPAN("value"), e->has_value, e->value);
    tested_emit_ends(b, e);
    if (method)
        emit_string_field(b, SPAN("method"), span_of(method));
    buf_addc(b, '}');
}

/* A row of the table of statistics. */
static void emit_statistic(struct buf *b, const struct tested *t, const struct tested_options *o,
                           size_t row)
{
    const struct statistic *s = &statistics[row];
    const struct statistic_value *v = t->values ? &t->values[row] : NULL;
    if (s->form == STATISTIC_OWN) {
        s->emit(b, s->name, t, o);
        return;
    }
    emit_name(b, s->name);
    if (!v || !v->is_there)
        emit_null(b);
    else if (s->form == STATISTIC_TEST)
        tested_emit_result(b, &v->test);
    else if (s->form == STATISTIC_NUMBER)
        emit_number(b, v->estimate.value);
    else if (v->estimate.has_value || v->estimate.has_low || v->estimate.has_high)
        emit_estimate(b, &v->estimate, statistic_method(s, v));
    else
        emit_null(b);
}

static void emit_adjust(struct buf *b, const struct tested_family *family)
{
    emit_name(b, SPAN("adjust"));
    buf_addc(b, '{');
    emit_string_field(b, SPAN("method"), tested_adjust_name(family->method));
    emit_string_field(b, SPAN("family"), family->name);
    emit_count_field(b, SPAN("size"), family->size);
    emit_name(b, SPAN("members"));
    buf_addc(b, '[');
    for (size_t i = 0; i < family->size && i < TESTED_MOST_MEMBERS; i++) {
        emit_item(b);
        emit_string(b, family->members[i]);
    }
    buf_add(b, SPAN("]}"));
}

/* Whether chi-square's distribution may be trusted, where that was what mattered. */
static void emit_expected(struct buf *b, const struct tested *t)
{
    if (t->method != TESTED_PEARSON) {
        tested_emit_none(b, SPAN("expected"));
        tested_emit_none(b, SPAN("cochran_ok"));
    } else {
        emit_name(b, SPAN("expected"));
        buf_addc(b, '{');
        emit_number_field(b, SPAN("min"), t->of.pearson.expected.min);
        emit_count_field(b, SPAN("below_5"), t->of.pearson.expected.below_5);
        emit_count_field(b, SPAN("cells"), t->of.pearson.expected.cells);
        buf_addc(b, '}');
        emit_name(b, SPAN("cochran_ok"));
        emit_bool(b, t->of.pearson.expected.cochran_ok);
    }
    emit_text(b, SPAN("preferred"), tested_way_name(t->preferred));
}

static void emit_residual(struct buf *b, const struct tested *t, size_t row, size_t column)
{
    size_t at = row * t->counts.columns + column;
    emit_item(b);
    buf_addc(b, '{');
    tested_emit_code(b, SPAN("value"), &t->rows[row]);
    tested_emit_code(b, SPAN("group"), &t->columns[column]);
    emit_number_field(b, SPAN("expected"), t->of.pearson.residuals.expected[at]);
    emit_number_field(b, SPAN("adjusted"), t->of.pearson.residuals.adjusted[at]);
    emit_number_field(b, SPAN("p"), t->of.pearson.residuals.p[at]);
    emit_number_field(b, SPAN("p_adjusted"), t->of.pearson.residual_p[at]);
    emit_number_field(b, SPAN("contribution"), t->of.pearson.residuals.contribution[at]);
    buf_addc(b, '}');
}

static void emit_residuals(struct output *out, const struct tested *t)
{
    struct buf *b = &out->buf;
    emit_name(b, SPAN("residuals"));
    buf_addc(b, '[');
    for (size_t r = 0; t->method == TESTED_PEARSON && r < t->counts.rows; r++)
        for (size_t c = 0; c < t->counts.columns; c++) {
            emit_residual(b, t, r, c);
            output_part(out);
        }
    buf_addc(b, ']');
}

static void emit_notes(struct buf *b, const struct tested *t)
{
    emit_name(b, SPAN("excluded"));
    buf_addc(b, '{');
    for (size_t i = 0; i < t->excluded_count; i++)
        emit_number_field(b, t->excluded[i].reason, t->excluded[i].n);
    buf_addc(b, '}');
    emit_name(b, SPAN("warnings"));
    buf_addc(b, '[');
    for (size_t i = 0; i < t->warning_count; i++) {
        emit_item(b);
        emit_string(b, t->warnings[i]);
    }
    buf_addc(b, ']');
    emit_text(b, SPAN("sentence"), t->sentence);
}

/* ---- behind what the contract names ---- */

static void emit_about(struct buf *b, const struct tested *t)
{
    emit_text(b, SPAN("title"), t->table->title);
    emit_text(b, SPAN("field"), t->table->field);
    emit_text(b, SPAN("by"), t->table->by);
    tested_emit_code(b, SPAN("item"), t->item);
    tested_emit_code(b, SPAN("stratum"), t->stratum);
    if (!t->is_pair) {
        tested_emit_none(b, SPAN("pair"));
        return;
    }
    emit_name(b, SPAN("pair"));
    buf_addc(b, '[');
    for (size_t c = 0; c < t->counts.columns; c++) {
        emit_item(b);
        buf_add(b, t->columns[c].raw);
    }
    buf_addc(b, ']');
}

static void emit_further(struct buf *b, const struct tested *t, const struct tested_options *o)
{
    emit_about(b, t);
    emit_text(b, SPAN("method"), tested_way_name(t->method));
    for (size_t row = statistic_leading; row < statistic_count; row++)
        emit_statistic(b, t, o, row);
    emit_text(b, SPAN("explanation"), t->explanation);
    emit_string_field(b, SPAN("software"), SPAN("foi-filters " FOI_VERSION));
}

void tested_emit(struct output *out, const struct tested *t, const struct tested_options *o)
{
    struct buf *b = &out->buf;
    bool there = tested_has_result(t);
    buf_addc(b, '{');
    emit_string_field(b, SPAN("table"), t->table->id);
    emit_string_field(b, SPAN("test"), tested_kind_name(t->kind));
    emit_number_field(b, SPAN("n"), tested_n(t));
    emit_count_field(b, SPAN("rows"), t->counts.rows);
    emit_count_field(b, SPAN("columns"), t->counts.columns);
    tested_emit_if(b, SPAN("statistic"), there, t->result.statistic);
    tested_emit_if(b, SPAN("df"), there, t->result.df);
    tested_emit_if(b, SPAN("p"), there, t->result.p);
    emit_number_field(b, SPAN("p_adjusted"), t->family.p_adjusted);
    emit_adjust(b, &t->family);
    for (size_t row = 0; row < statistic_leading; row++)
        emit_statistic(b, t, o, row);
    emit_expected(b, t);
    emit_residuals(out, t);
    emit_notes(b, t);
    emit_further(b, t, o);
    buf_addc(b, '}');
}
