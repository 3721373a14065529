/* tested -- a test as a line of JSON. Its keys are always there: what does not apply is null. */
#include "emit.h"
#include "tested.h"

struct span tested_preferred_name(enum tested_preferred preferred)
{
    static const struct span names[] = {
        [TESTED_PEARSON] = SPAN_ROW("pearson"),
        [TESTED_FISHER] = SPAN_ROW("fisher"),
    };
    return names[preferred];
}

static struct span adjust_name(enum adjust_method method)
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
static void emit_if(struct buf *b, struct span name, bool there, double number)
{
    emit_number_field(b, name, there ? number : NAN);
}

static void emit_null_field(struct buf *b, struct span name)
{
    emit_name(b, name);
    emit_null(b);
}

static void emit_code(struct buf *b, struct span name, const struct cells_code *code)
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
        emit_null_field(b, name);
}

/* "NAME":{"statistic":...,"p":...}, or null. */
static void emit_result(struct buf *b, struct span name, bool there,
                        const struct tests_result *result)
{
    if (!there) {
        emit_null_field(b, name);
        return;
    }
    emit_name(b, name);
    buf_addc(b, '{');
    emit_number_field(b, SPAN("statistic"), result->statistic);
    emit_number_field(b, SPAN("p"), result->p);
    buf_addc(b, '}');
}

static void emit_ends(struct buf *b, const struct stat_estimate *e)
{
    emit_if(b, SPAN("low"), e->has_low, e->low);
    emit_if(b, SPAN("high"), e->has_high, e->high);
}

static void emit_estimate(struct buf *b, struct span name, const struct stat_estimate *e)
{
    if (!e->has_value && !e->has_low && !e->has_high) {
        emit_null_field(b, name);
        return;
    }
    emit_name(b, name);
    buf_addc(b, '{');
    emit_if(b, SPAN("value"), e->has_value, e->value);
    emit_ends(b, e);
    buf_addc(b, '}');
}

static void emit_adjust(struct buf *b, const struct tested_family *family)
{
    emit_name(b, SPAN("adjust"));
    buf_addc(b, '{');
    emit_string_field(b, SPAN("method"), adjust_name(family->method));
    emit_string_field(b, SPAN("family"), family->name);
    emit_count_field(b, SPAN("size"), family->size);
    buf_addc(b, '}');
}

static void emit_fisher(struct buf *b, const struct tested *t)
{
    if (!t->has_fisher) {
        emit_null_field(b, SPAN("fisher"));
        return;
    }
    emit_name(b, SPAN("fisher"));
    buf_addc(b, '{');
    emit_number_field(b, SPAN("p"), t->fisher.two_sided);
    emit_number_field(b, SPAN("less"), t->fisher.less);
    emit_number_field(b, SPAN("greater"), t->fisher.greater);
    emit_if(b, SPAN("odds_ratio"), t->exact_ratio.has_value, t->exact_ratio.value);
    emit_ends(b, &t->exact_ratio);
    buf_addc(b, '}');
}

static void emit_expected(struct buf *b, const struct tested *t)
{
    if (!t->has_result) {
        emit_null_field(b, SPAN("expected"));
        emit_null_field(b, SPAN("cochran_ok"));
        emit_null_field(b, SPAN("preferred"));
        return;
    }
    emit_name(b, SPAN("expected"));
    buf_addc(b, '{');
    emit_number_field(b, SPAN("min"), t->expected.min);
    emit_count_field(b, SPAN("below_5"), t->expected.below_5);
    emit_count_field(b, SPAN("cells"), t->expected.cells);
    buf_addc(b, '}');
    emit_name(b, SPAN("cochran_ok"));
    emit_bool(b, t->expected.cochran_ok);
    emit_string_field(b, SPAN("preferred"), tested_preferred_name(t->preferred));
}

/* Of an item those who named it: the others' residuals are the same with the other sign. */
static void emit_residuals(struct buf *b, const struct tested *t)
{
    emit_name(b, SPAN("residuals"));
    buf_addc(b, '[');
    size_t rows = !t->has_result ? 0 : t->item ? 1 : t->counts.rows;
    for (size_t r = 0; r < rows; r++)
        for (size_t c = 0; c < t->counts.columns; c++) {
            size_t at = r * t->counts.columns + c;
            emit_item(b);
            buf_addc(b, '{');
            emit_code(b, SPAN("value"), &t->rows[r]);
            emit_code(b, SPAN("group"), &t->columns[c]);
            emit_number_field(b, SPAN("expected"), t->residuals.expected[at]);
            emit_number_field(b, SPAN("adjusted"), t->residuals.adjusted[at]);
            buf_addc(b, '}');
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

/* What the contract does not name comes behind what it does. */
static void emit_further(struct buf *b, const struct tested *t)
{
    emit_text(b, SPAN("title"), t->table->title);
    emit_text(b, SPAN("field"), t->table->field);
    emit_text(b, SPAN("by"), t->table->by);
    emit_code(b, SPAN("item"), t->item);
    emit_code(b, SPAN("stratum"), t->stratum);
}

void tested_emit(struct buf *b, const struct tested *t)
{
    bool there = t->has_result;
    buf_addc(b, '{');
    emit_string_field(b, SPAN("table"), t->table->id);
    emit_string_field(b, SPAN("test"),
                      t->kind == TESTED_GOODNESS ? SPAN("goodness_of_fit") : SPAN("independence"));
    emit_number_field(b, SPAN("n"), t->counts.sum);
    emit_count_field(b, SPAN("rows"), t->counts.rows);
    emit_count_field(b, SPAN("columns"), t->counts.columns);
    emit_if(b, SPAN("statistic"), there, t->pearson.statistic);
    emit_if(b, SPAN("df"), there, t->pearson.df);
    emit_if(b, SPAN("p"), there, t->pearson.p);
    emit_number_field(b, SPAN("p_adjusted"), t->family.p_adjusted);
    emit_adjust(b, &t->family);
    emit_result(b, SPAN("yates"), t->has_yates, &t->yates);
    emit_result(b, SPAN("g"), t->has_g, &t->g);
    emit_fisher(b, t);
    emit_estimate(b, SPAN("odds_ratio"), &t->odds_ratio);
    emit_estimate(b, SPAN("cramers_v"), &t->v);
    emit_expected(b, t);
    emit_residuals(b, t);
    emit_notes(b, t);
    emit_further(b, t);
    buf_addc(b, '}');
}
