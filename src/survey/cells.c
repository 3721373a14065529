/* cells -- tables of counts written as lines. */
#include "cells.h"

#include "emit.h"

struct span cells_of_name(enum cells_of of)
{
    static const struct span names[] = {
        [CELLS_COLUMN] = {"column", 6},
        [CELLS_ROW] = {"row", 3},
        [CELLS_TOTAL] = {"total", 5},
        [CELLS_RESPONSES] = {"responses", 9},
    };
    return names[of];
}

/* ---- one line ---- */

/* The line being written: its place in the table. CELLS_NONE where there is none. */
struct line {
    const struct cells_table *table;
    const char *kind;
    struct span field;
    const struct cells_code *value;
    struct span reason; /* in place of a value */
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

static void begin_line(struct buf *b, const struct line *l)
{
    const struct cells_table *t = l->table;
    buf_addc(b, '{');
    emit_string_field(b, SPAN("table"), t->id);
    emit_text_or_null(b, SPAN("title"), t->title);
    emit_string_field(b, SPAN("kind"), span_of(l->kind));
    emit_text_or_null(b, SPAN("field"), l->field);
    if (l->reason.at)
        emit_string_field(b, SPAN("value"), l->reason);
    else
        emit_raw_or_null(b, SPAN("value"), l->value);
    emit_text_or_null(b, SPAN("by"), t->by);
    emit_raw_or_null(b, SPAN("group"), t->by.at ? code_of(t->groups, l->group) : NULL);
}

/* What only some tables have comes last, so that the common keys stand at the same places. */
static void end_line(struct filter *f, const struct line *l)
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
    buf_addc(b, '}');
    filter_written(f);
}

static void write_cell(struct filter *f, const struct line *l, const struct cells_cell *cell,
                       size_t place)
{
    const struct cells_table *t = l->table;
    struct buf *b = &f->out.buf;
    begin_line(b, l);
    emit_number_field(b, SPAN("n"), cell->n);
    emit_share(b, &cell->share);
    if (t->weighted)
        emit_number_field(b, SPAN("unweighted"), cell->unweighted);
    if (t->of_count > 1 && place != CELLS_NONE) {
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
    end_line(f, l);
}

/* ---- the table ---- */

static void write_cells(struct filter *f, const struct cells_table *t, size_t layer)
{
    for (size_t v = 0; v < t->value_count; v++)
        for (size_t g = 0; g < t->group_count; g++) {
            struct line l = {t, "cell", t->field, &t->values[v], {0}, layer, g};
            const struct cells_cell *cell = cells_at(t, layer, v, g);
            write_cell(f, &l, cell, (size_t)(cell - t->cells));
        }
}

static void write_totals(struct filter *f, const struct cells_table *t, size_t layer)
{
    struct line l = {t, "total", t->field, NULL, {0}, layer, CELLS_NONE};
    if (t->by.at)
        for (l.group = 0; l.group < t->group_count; l.group++)
            write_cell(f, &l, cells_total(t, layer, l.group), CELLS_NONE);
    l.group = CELLS_NONE;
    write_cell(f, &l, &t->whole[layer], CELLS_NONE);
}

static void write_missing(struct filter *f, const struct cells_table *t,
                          const struct cells_missing *m)
{
    struct line l = {t, "missing", m->field, NULL, m->reason, m->layer, m->group};
    struct cells_cell cell = {.n = m->n, .unweighted = NAN, .share = {NAN, NAN, NAN, NAN}};
    write_cell(f, &l, &cell, CELLS_NONE);
}

static void write_pairs(struct filter *f, const struct cells_table *t, size_t layer, size_t group)
{
    struct buf *b = &f->out.buf;
    for (size_t v = 0; v < t->value_count; v++)
        for (size_t other = v + 1; other < t->value_count; other++) {
            struct line l = {t, "pair", t->field, &t->values[v], {0}, layer, group};
            begin_line(b, &l);
            emit_number_field(b, SPAN("n"), *cells_pair(t, layer, group, v, other));
            emit_raw_or_null(b, SPAN("other"), &t->values[other]);
            end_line(f, &l);
        }
}

void cells_write(struct filter *f, const struct cells_table *t)
{
    for (size_t layer = 0; layer < t->layer_count; layer++) {
        write_cells(f, t, layer);
        write_totals(f, t, layer);
        for (size_t i = 0; i < t->missing_count; i++)
            if (t->missing[i].layer == layer)
                write_missing(f, t, &t->missing[i]);
        for (size_t g = 0; t->pairs && g < t->group_count; g++)
            write_pairs(f, t, layer, g);
    }
    for (size_t i = 0; i < t->missing_count; i++)
        if (t->missing[i].layer == CELLS_NONE)
            write_missing(f, t, &t->missing[i]);
}
