/* write_flat -- the cells as one flat table with labels, as CSV or as JSON Lines, for spreadsheets
 * and other programs.
 *
 * Names and labels stand beside each other, numbers at full precision: nothing is rounded. In
 * CSV a text that a spreadsheet would compute is guarded, and all is shown as people may be shown
 * it; in JSON values keep their type and every byte. */
#include "writers.h"

#include "shown.h"
#include "stream/csvcell.h"
#include "stream/emit.h"
#include "stream/scalar.h"

static const struct span HEADS[] = {
    SPAN_ROW("table"),       SPAN_ROW("title"),         SPAN_ROW("kind"),        SPAN_ROW("field"),
    SPAN_ROW("field_label"), SPAN_ROW("value"),         SPAN_ROW("value_label"), SPAN_ROW("by"),
    SPAN_ROW("by_label"),    SPAN_ROW("group"),         SPAN_ROW("group_label"), SPAN_ROW("strata"),
    SPAN_ROW("stratum"),     SPAN_ROW("stratum_label"), SPAN_ROW("n"),           SPAN_ROW("base"),
    SPAN_ROW("percent"),     SPAN_ROW("low"),           SPAN_ROW("high")};

#define HEAD_COUNT (sizeof HEADS / sizeof *HEADS)

enum flat_form { FLAT_CSV, FLAT_JSON };

struct row {
    struct results *results;
    struct buf *out, guarded, text;
    const struct cells_table *table;
    enum flat_form form;
    size_t column;
};

/* What stands before the next cell. */
static void begin_cell(struct row *r)
{
    if (r->form == FLAT_JSON)
        emit_name(r->out, HEADS[r->column]);
    else if (r->column > 0)
        buf_addc(r->out, ',');
    r->column++;
}

/* A NULL at is nothing: an empty cell, or null. */
static void put(struct row *r, struct span text)
{
    begin_cell(r);
    if (r->form == FLAT_CSV) {
        struct span safe = shown_text(r->results, text);
        csvcell_put_guarded(r->out, safe, ',', CSVCELL_USUAL, &r->guarded);
    } else if (text.at) {
        emit_string(r->out, text);
    } else {
        emit_null(r->out);
    }
}

static void put_number(struct row *r, double x)
{
    begin_cell(r);
    if (r->form == FLAT_JSON || !isnan(x))
        emit_number(r->out, x);
}

/* A value with its label; nothing for NULL. */
static void put_code(struct row *r, const struct cells_code *code)
{
    if (r->form == FLAT_CSV || !code) {
        put(r, code ? scalar_text(code->raw, &r->text) : (struct span){0});
    } else {
        begin_cell(r);
        buf_add(r->out, code->raw);
    }
    put(r, code ? code->text : (struct span){0});
}

static void put_row(struct row *r, const char *kind, const struct cells_code *value, size_t layer,
                    size_t group, const struct cells_cell *cell)
{
    const struct cells_table *t = r->table;
    r->column = 0;
    if (r->form == FLAT_JSON)
        buf_addc(r->out, '{');
    put(r, t->id);
    put(r, t->title);
    put(r, span_of(kind));
    put(r, t->field);
    put(r, t->field_label);
    put_code(r, value);
    put(r, t->by);
    put(r, t->by_label);
    put_code(r, t->by.at && group != CELLS_NONE ? &t->groups[group] : NULL);
    put(r, t->strata);
    put_code(r, t->strata.at && layer != CELLS_NONE ? &t->layers[layer] : NULL);
    put_number(r, cell->n);
    put_number(r, cell->share.base);
    put_number(r, cell->share.percent);
    put_number(r, cell->share.low);
    put_number(r, cell->share.high);
    buf_add(r->out, r->form == FLAT_JSON ? SPAN("}\n") : SPAN("\n"));
}

static void put_missing(struct row *r)
{
    for (size_t i = 0; i < r->table->missing_count; i++) {
        const struct cells_missing *m = &r->table->missing[i];
        struct buf raw = {0};
        emit_string(&raw, m->reason);
        struct cells_code code = {buf_span(&raw), shown_reason(r->results, m->reason), {0}};
        struct cells_cell cell = {.n = m->n, .share = {NAN, NAN, NAN, NAN}};
        put_row(r, "missing", &code, m->layer, m->group, &cell);
        buf_free(&raw);
    }
}

static void put_layer(struct row *r, size_t layer)
{
    const struct cells_table *t = r->table;
    for (size_t v = 0; v < t->value_count; v++)
        for (size_t g = 0; g < t->group_count; g++)
            put_row(r, "cell", &t->values[v], layer, g, cells_at(t, layer, v, g));
    for (size_t g = 0; t->rest && g < t->group_count; g++)
        put_row(r, "rest", NULL, layer, g, &t->rest[layer * t->group_count + g]);
    for (size_t i = 0; i < t->subtotal_count; i++)
        for (size_t g = 0; g < t->group_count; g++)
            put_row(r, "subtotal", &t->subtotals[i], layer, g, cells_subtotal(t, layer, i, g));
    for (size_t g = 0; g < t->group_count; g++)
        put_row(r, "total", NULL, layer, g, cells_total(t, layer, g));
}

static void put_steps(struct row *r)
{
    for (size_t i = 0; i < r->table->step_count; i++) {
        const struct cells_step *s = &r->table->steps[i];
        struct buf raw = {0};
        emit_string(&raw, s->detail.at ? s->detail : s->step);
        struct span label = s->detail.at ? shown_reason(r->results, s->detail) : s->step;
        struct cells_code code = {buf_span(&raw), label, {0}};
        put_row(r, s->is_rate ? "rate" : "flow", &code, 0, CELLS_NONE, &s->cell);
        buf_free(&raw);
    }
}

static void write_rows(struct results *s, struct filter *f, enum flat_form form)
{
    struct row r = {.results = s, .out = &f->out.buf, .form = form};
    for (size_t i = 0; i < s->cells.count; i++) {
        r.table = &s->cells.tables[i];
        put_steps(&r);
        for (size_t layer = 0; layer < r.table->layer_count; layer++)
            put_layer(&r, layer);
        put_missing(&r);
        f->written++;
        if (r.out->len >= OUTPUT_BLOCK)
            output_flush(&f->out);
    }
    buf_free(&r.guarded);
    buf_free(&r.text);
}

void write_csv(struct results *s, struct filter *f)
{
    for (size_t i = 0; i < HEAD_COUNT; i++) {
        if (i > 0)
            buf_addc(&f->out.buf, ',');
        buf_add(&f->out.buf, HEADS[i]);
    }
    buf_addc(&f->out.buf, '\n');
    write_rows(s, f, FLAT_CSV);
}

void write_jsonl(struct results *s, struct filter *f)
{
    write_rows(s, f, FLAT_JSON);
}
