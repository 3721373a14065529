/* cells -- tables of counts written as lines. */
#include "cells/cells.h"

#include "cells_line.h"
#include "stream/emit.h"

const struct choice CELLS_OF_WORDS[] = {{"column", CELLS_COLUMN}, {"row", CELLS_ROW},
                                        {"total", CELLS_TOTAL},   {"responses", CELLS_RESPONSES},
                                        {"cases", CELLS_COLUMN},  {0}};

struct span cells_of_name(enum cells_of of)
{
    return span_of(choice_word(CELLS_OF_WORDS, (int)of));
}

void cells_add_count(struct buf *b, double n)
{
    buf_addf(b, n == floor(n) ? "%.0f" : "%.1f", n);
}

/* ---- one line ---- */

/* The line being written: its place in the table. CELLS_NONE where there is none. */
struct place {
    const struct cells_table *table;
    enum cells_kind kind;
    struct span field;
    const struct cells_code *value;
    struct span text; /* in place of a value: a reason, a step */
    size_t layer, group;
};

static void emit_text_or_null(struct buf *b, struct span name, struct span text)
{
    emit_name(b, name);
    if (text.at)
        emit_string(b, text);
    else
        emit_null(b);
}

static void emit_raw_or_null(struct buf *b, struct span name, const struct cells_code *code)
{
    emit_name(b, name);
    if (code)
        buf_add(b, code->raw);
    else
        emit_null(b);
}

static const struct cells_code *code_of(const struct cells_code *codes, size_t index)
{
    return index == CELLS_NONE ? NULL : &codes[index];
}

static void emit_share(struct buf *b, const struct cells_share *s)
{
    emit_number_field(b, SPAN("base"), s->base);
    emit_number_field(b, SPAN("percent"), s->percent);
    emit_number_field(b, SPAN("low"), s->low);
    emit_number_field(b, SPAN("high"), s->high);
}

static void emit_label(struct buf *b, struct span name, const struct cells_code *code)
{
    if (code && code->label.at)
        emit_string_field(b, name, code->label);
}

static void emit_flag(struct buf *b, struct span name, bool truth)
{
    if (!truth)
        return;
    emit_name(b, name);
    emit_bool(b, truth);
}

static void begin_line(struct buf *b, const struct place *l)
{
    const struct cells_table *t = l->table;
    buf_addc(b, '{');
    emit_string_field(b, SPAN("table"), t->id);
    emit_text_or_null(b, SPAN("title"), t->title);
    emit_string_field(b, SPAN("kind"), cells_kind_name(l->kind));
    emit_text_or_null(b, SPAN("field"), l->field);
    if (l->text.at)
        emit_string_field(b, SPAN("value"), l->text);
    else
        emit_raw_or_null(b, SPAN("value"), l->value);
    emit_text_or_null(b, SPAN("by"), t->by);
    emit_raw_or_null(b, SPAN("group"), t->by.at ? code_of(t->groups, l->group) : NULL);
}

/* What only some tables have comes last, so that the common keys stand at the same places. */
static void end_line(struct filter *f, const struct place *l)
{
    struct buf *b = &f->out.buf;
    const struct cells_table *t = l->table;
    emit_name(b, SPAN("multiple"));
    emit_bool(b, t->multiple);
    emit_label(b, SPAN("label"), l->value);
    if (t->by.at)
        emit_label(b, SPAN("group_label"), code_of(t->groups, l->group));
    emit_flag(b, SPAN("by_multiple"), t->by_multiple);
    if (t->of[0] != CELLS_COLUMN)
        emit_string_field(b, SPAN("of"), cells_of_name(t->of[0]));
    if (t->strata.at) {
        emit_string_field(b, SPAN("strata"), t->strata);
        emit_raw_or_null(b, SPAN("stratum"), code_of(t->layers, l->layer));
        emit_label(b, SPAN("stratum_label"), code_of(t->layers, l->layer));
    }
    emit_flag(b, SPAN("suppressed"), t->suppressed);
    emit_flag(b, SPAN("summed"), t->summed);
    buf_addc(b, '}');
    filter_written(f);
}

/* A line but for its end, so that more can be added. */
static void begin_cell(struct filter *f, const struct place *l, const struct cells_cell *cell)
{
    struct buf *b = &f->out.buf;
    begin_line(b, l);
    emit_number_field(b, SPAN("n"), cell->n);
    emit_share(b, &cell->share);
    if (l->table->weighted)
        emit_number_field(b, SPAN("unweighted"), cell->unweighted);
    if (l->table->weighted && cell->squares > 0)
        emit_number_field(b, SPAN("squares"), cell->squares);
}

static void write_cell(struct filter *f, const struct place *l, const struct cells_cell *cell)
{
    begin_cell(f, l, cell);
    end_line(f, l);
}

/* ---- the parts of a table ---- */

static void emit_shares(struct buf *b, const struct cells_table *t, size_t place)
{
    emit_name(b, SPAN("shares"));
    buf_addc(b, '[');
    for (size_t k = 1; k < t->of_count; k++) {
        emit_item(b);
        buf_addc(b, '{');
        emit_string_field(b, SPAN("of"), cells_of_name(t->of[k]));
        emit_share(b, &t->shares[k][place]);
        buf_addc(b, '}');
    }
    buf_addc(b, ']');
}

static void emit_members(struct buf *b, const struct cells_members *m)
{
    emit_name(b, SPAN("records"));
    buf_addc(b, '[');
    for (size_t i = 0; i < m->count; i++) {
        emit_item(b);
        buf_add(b, m->at[i]);
    }
    buf_addc(b, ']');
}

static void write_cells(struct filter *f, const struct cells_table *t, size_t layer)
{
    struct buf *b = &f->out.buf;
    for (size_t v = 0; v < t->value_count; v++)
        for (size_t g = 0; g < t->group_count; g++) {
            struct place l = {t, CELLS_KIND_CELL, t->field, &t->values[v], {0}, layer, g};
            const struct cells_cell *cell = cells_at(t, layer, v, g);
            begin_cell(f, &l, cell);
            if (t->of_count > 1)
                emit_shares(b, t, (size_t)(cell - t->cells));
            if (t->members)
                emit_members(b, &t->members[cell - t->cells]);
            if (t->by_multiple && cell->row > 0)
                emit_number_field(b, SPAN("row"), cell->row);
            if (t->populations) {
                emit_number_field(b, SPAN("population"), t->populations[g]);
                emit_number_field(b, SPAN("lowest"), cell->lowest);
                emit_number_field(b, SPAN("highest"), cell->highest);
            }
            end_line(f, &l);
        }
}

static void write_rest(struct filter *f, const struct cells_table *t, size_t layer)
{
    for (size_t g = 0; g < t->group_count; g++) {
        struct place l = {t, CELLS_KIND_REST, t->field, NULL, {0}, layer, g};
        begin_cell(f, &l, &t->rest[layer * t->group_count + g]);
        emit_count_field(&f->out.buf, SPAN("values"), t->rest_values);
        end_line(f, &l);
    }
}

static void write_subtotals(struct filter *f, const struct cells_table *t, size_t layer)
{
    for (size_t s = 0; s < t->subtotal_count; s++)
        for (size_t g = 0; g < t->group_count; g++) {
            struct place l = {t, CELLS_KIND_SUBTOTAL, t->field, &t->subtotals[s], {0}, layer, g};
            write_cell(f, &l, cells_subtotal(t, layer, s, g));
        }
}

static void write_summary(struct filter *f, const struct place *l, struct cells_summary *s)
{
    struct cells_cell cell = {
        .n = s->n, .unweighted = s->unweighted, .share = {s->n, NAN, NAN, NAN}};
    begin_cell(f, l, &cell);
    double *numbers[CELLS_SUMMARY_COUNT];
    cells_summary_numbers(s, numbers);
    size_t count = l->table->weighted ? CELLS_SUMMARY_COUNT : CELLS_SUMMARY_PLAIN;
    for (size_t i = 0; i < count; i++)
        emit_number_field(&f->out.buf, cells_summary_names[i], *numbers[i]);
    end_line(f, l);
}

static void write_summaries(struct filter *f, const struct cells_table *t, size_t layer)
{
    struct place l = {t, CELLS_KIND_SUMMARY, t->field, NULL, {0}, layer, CELLS_NONE};
    if (t->by.at)
        for (l.group = 0; l.group < t->group_count; l.group++)
            write_summary(f, &l, &t->summaries[layer * t->group_count + l.group]);
    l.group = CELLS_NONE;
    write_summary(f, &l, &t->whole_summaries[layer]);
}

static void write_totals(struct filter *f, const struct cells_table *t, size_t layer)
{
    struct place l = {t, CELLS_KIND_TOTAL, t->field, NULL, {0}, layer, CELLS_NONE};
    if (t->by.at)
        for (l.group = 0; l.group < t->group_count; l.group++)
            write_cell(f, &l, cells_total(t, layer, l.group));
    l.group = CELLS_NONE;
    begin_cell(f, &l, &t->whole[layer]);
    if (t->chisq.at) {
        emit_name(&f->out.buf, SPAN("chisq"));
        buf_add(&f->out.buf, t->chisq);
    }
    if (t->interval.at) {
        emit_string_field(&f->out.buf, SPAN("interval"), t->interval);
        emit_number_field(&f->out.buf, SPAN("confidence"), t->confidence);
    }
    end_line(f, &l);
}

static void write_missing(struct filter *f, const struct cells_table *t, size_t layer)
{
    for (size_t i = 0; i < t->missing_count; i++) {
        const struct cells_missing *m = &t->missing[i];
        if (m->layer != layer)
            continue;
        struct place l = {t, CELLS_KIND_MISSING, m->field, NULL, m->reason, m->layer, m->group};
        struct cells_cell cell = {
            .n = m->n, .unweighted = m->unweighted, .share = {NAN, NAN, NAN, NAN}};
        write_cell(f, &l, &cell);
    }
}

static void write_pairs(struct filter *f, const struct cells_table *t, size_t layer, size_t group)
{
    struct buf *b = &f->out.buf;
    for (size_t v = 0; v < t->value_count; v++)
        for (size_t other = v + 1; other < t->value_count; other++) {
            struct place l = {t, CELLS_KIND_PAIR, t->field, &t->values[v], {0}, layer, group};
            begin_line(b, &l);
            emit_number_field(b, SPAN("n"), *cells_pair(t, layer, group, v, other));
            emit_raw_or_null(b, SPAN("other"), &t->values[other]);
            end_line(f, &l);
        }
}

static void write_steps(struct filter *f, const struct cells_table *t)
{
    for (size_t i = 0; i < t->step_count; i++) {
        const struct cells_step *s = &t->steps[i];
        struct place l = {
            t, s->is_rate ? CELLS_KIND_RATE : CELLS_KIND_FLOW, s->field, NULL, s->step, 0, 0};
        begin_cell(f, &l, &s->cell);
        if (s->detail.at)
            emit_string_field(&f->out.buf, SPAN("detail"), s->detail);
        end_line(f, &l);
    }
}

static void write_layer(struct filter *f, const struct cells_table *t, size_t layer)
{
    write_cells(f, t, layer);
    if (t->rest)
        write_rest(f, t, layer);
    write_subtotals(f, t, layer);
    if (t->summaries)
        write_summaries(f, t, layer);
    write_totals(f, t, layer);
    write_missing(f, t, layer);
    for (size_t g = 0; t->pairs && g < t->group_count; g++)
        write_pairs(f, t, layer, g);
}

void cells_write(struct filter *f, const struct cells_table *t)
{
    write_steps(f, t);
    for (size_t layer = 0; layer < t->layer_count; layer++)
        write_layer(f, t, layer);
    write_missing(f, t, CELLS_NONE);
}
