/* plan_more -- the keys of a table that bring rows or numbers of their own:
 * `codebook`, `bands`, `population`, `suppress`. */
#include "plan_read.h"

#include "codebook/codebook.h"
#include "stream/emit.h"

/* ---- codebook ---- */

/* A path that is relative is so to the folder of the plan, wherever that is run from. */
static const char *beside(struct plan *p, const char *file, struct span path)
{
    const char *slash = strrchr(file, '/');
    struct buf whole = {0};
    if (slash && path.at[0] != '/')
        buf_add(&whole, span_from(file, slash + 1));
    buf_add(&whole, path);
    const char *kept = arena_text(&p->arena, buf_span(&whole));
    buf_free(&whole);
    return kept;
}

static struct span spell_text(struct plan *p, struct span text)
{
    struct buf json = {0};
    emit_string(&json, text);
    struct span spelling = plan_keep(p, buf_span(&json));
    buf_free(&json);
    return spelling;
}

/* Rows that are being put together: those listed in the plan, then the codebook's. */
struct rows {
    struct plan *plan;
    struct plan_value *values;
    struct intern spellings;
    struct intern subtotals;
};

static struct plan_value *add_row(struct rows *rows, struct span text)
{
    struct span spelling = spell_text(rows->plan, text);
    size_t before = rows->spellings.count;
    size_t index = intern_add(&rows->spellings, spelling);
    if (index == before)
        rows->values[index] = (struct plan_value){spelling, {0}, PLAN_NONE};
    return &rows->values[index];
}

static void add_codes(struct rows *rows, const struct codebook_field *f)
{
    for (size_t i = 0; i < f->code_count; i++) {
        const struct codebook_code *code = &f->codes[i];
        struct plan_value *row = add_row(rows, code->code);
        if (!row->label.at)
            row->label = plan_keep(rows->plan, code->label);
        if (code->group.at)
            row->subtotal = intern_add(&rows->subtotals, spell_text(rows->plan, code->group));
    }
}

static void add_groups(struct rows *rows, const struct codebook_field *f)
{
    for (size_t i = 0; i < f->code_count; i++)
        if (f->codes[i].group.at)
            add_row(rows, f->codes[i].group);
}

static const struct codebook_target *target_of(struct codebook *book, struct span field)
{
    if (codebook_is_general(book))
        codebook_apply(book, field, field);
    for (size_t i = 0; i < book->target_count; i++) {
        const struct codebook_target *t = &book->targets[i];
        if (span_eq(t->into, field) || (t->group_into.at && span_eq(t->group_into, field)))
            return t;
    }
    return NULL;
}

static void keep_subtotals(struct plan *p, const struct rows *rows, struct plan_table *t)
{
    t->subtotal_count = rows->subtotals.count;
    t->subtotals = arena_array(&p->arena, t->subtotal_count, sizeof *t->subtotals);
    for (size_t i = 0; i < t->subtotal_count; i++)
        t->subtotals[i] = plan_keep(p, rows->subtotals.keys[i]);
}

void plan_read_codebook(struct plan *p, const struct document *table, struct plan_table *t,
                        const char *file)
{
    struct document d;
    bool subtotals = document_bool_or(table, "subtotals", false);
    if (!document_get(table, "codebook", &d)) {
        if (subtotals)
            document_fail(table, "'subtotals' needs a 'codebook'");
        return;
    }
    struct codebook book;
    struct fault fault;
    if (!codebook_load(&book, beside(p, file, document_text(&d)), &fault)) {
        codebook_free(&book);
        fault_throw(fault);
    }
    const struct codebook_target *target = target_of(&book, t->field);
    if (!target) {
        codebook_free(&book);
        document_fail(&d, "the codebook has no codes for the field '%.*s'", SPAN_ARGS(t->field));
    }
    const struct codebook_field *f = &book.fields[target->field];
    struct rows rows = {.plan = p};
    rows.values = arena_array(&p->arena, t->value_count + f->code_count, sizeof *rows.values);
    for (size_t i = 0; i < t->value_count; i++)
        rows.values[intern_add(&rows.spellings, t->values[i].spelling)] = t->values[i];
    if (span_eq(target->into, t->field))
        add_codes(&rows, f);
    else
        add_groups(&rows, f);
    t->values = rows.values;
    t->value_count = rows.spellings.count;
    if (subtotals)
        keep_subtotals(p, &rows, t);
    if (subtotals && t->subtotal_count == 0)
        document_fail(&d, "the codebook has no groups for 'subtotals'");
    intern_free(&rows.spellings);
    intern_free(&rows.subtotals);
    codebook_free(&book);
}

/* ---- bands ---- */

struct span plan_band_name(struct plan *p, const double *bands, size_t count, size_t band)
{
    struct buf text = {0};
    if (band == 0) {
        buf_add(&text, SPAN("under "));
        emit_number(&text, bands[0]);
    } else {
        emit_number(&text, bands[band - 1]);
        buf_add(&text, band < count ? SPAN(" to under ") : SPAN(" or more"));
        if (band < count)
            emit_number(&text, bands[band]);
    }
    struct span spelling = spell_text(p, buf_span(&text));
    buf_free(&text);
    return spelling;
}

void plan_read_bands(struct plan *p, const struct document *table, struct plan_table *t)
{
    struct document list, item = {0};
    if (!document_get(table, "bands", &list))
        return;
    if (t->value_count)
        document_fail(&list, "'bands' and 'values' cannot be used together");
    size_t count = document_count(&list);
    if (count == 0)
        document_fail(&list, "expected at least one number");
    t->bands = arena_array(&p->arena, count, sizeof *t->bands);
    while (document_next(&list, &item)) {
        double end = document_number(&item);
        if (t->band_count && end <= t->bands[t->band_count - 1])
            document_fail(&item, "expected a larger number than the one before");
        t->bands[t->band_count++] = end;
    }
    t->rows = PLAN_BANDS;
    t->value_count = count + 1;
    t->values = arena_array(&p->arena, t->value_count, sizeof *t->values);
    for (size_t i = 0; i <= count; i++)
        t->values[i] = (struct plan_value){plan_band_name(p, t->bands, count, i), {0}, PLAN_NONE};
}

/* ---- population ---- */

static double take_size(const struct document *d)
{
    double size = document_number(d);
    if (!(size >= 1 && size <= 9007199254740992.0))
        document_fail(d, "expected a number from 1");
    return size;
}

static void take_group_size(struct plan *p, const struct document *item, struct plan_table *t)
{
    static const char *const keys[] = {"group", "size", NULL};
    struct document group, size;
    document_keys(item, keys);
    document_need(item, "group", &group);
    document_need(item, "size", &size);
    struct plan_population n = {plan_spelling(p, &group), take_size(&size)};
    for (size_t i = 0; i < t->population_count; i++)
        if (span_eq(t->populations[i].group, n.group))
            document_fail(item, "%.*s is listed twice", SPAN_ARGS(n.group));
    t->populations[t->population_count++] = n;
}

void plan_read_population(struct plan *p, const struct document *table, struct plan_table *t)
{
    struct document d, item = {0};
    if (!document_get(table, "population", &d))
        return;
    if (!json_is_array(d.json)) {
        if (t->by.at)
            document_fail(&d, "in a table with 'by' each group has its population: expected "
                              "[{\"group\":...,\"size\":...}]");
        t->populations = arena_alloc(&p->arena, sizeof *t->populations);
        t->populations[t->population_count++].size = take_size(&d);
        return;
    }
    if (!t->by.at)
        document_fail(&d, "populations of groups, but the table has no 'by'");
    t->populations = arena_array(&p->arena, document_count(&d), sizeof *t->populations);
    while (document_next(&d, &item))
        take_group_size(p, &item, t);
}

/* ---- suppress ---- */

#define LEAST_BELOW 3 /* below 2 a withheld count could only be 1 */

void plan_read_suppress(const struct document *table, struct plan_table *t)
{
    static const char *const keys[] = {"below", "round", NULL};
    struct document d, number;
    if (!document_get(table, "suppress", &d))
        return;
    document_keys(&d, keys);
    document_need(&d, "below", &number);
    t->below = document_size(&number);
    if (t->below < LEAST_BELOW)
        document_fail(&number, "expected at least %d, or a withheld count would be known to be 1",
                      LEAST_BELOW);
    t->round = document_size_or(&d, "round", 0);
    if (t->round == 1)
        t->round = 0;
}
