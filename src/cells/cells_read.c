/* cells_read -- tables of counts put together from their lines, in any order.
 *
 * A line is checked by itself and against the lines of its table that came before,
 * then kept as an entry; when all are read, the entries are put into arrays and
 * the table is checked as a whole. Memory: an entry a line. */
#include "cells_line.h"

#include <stdlib.h>

#include "base/fail.h"
#include "stream/scalar.h"
#include "text/key.h"

/* ---- against the table's other lines ---- */

static struct span keep(struct cells *c, struct span text)
{
    return text.at ? arena_copy(&c->arena, text) : text;
}

static struct cells_draft *draft_of(struct cells_line *l)
{
    struct cells *c = l->cells;
    size_t before = c->ids.count;
    size_t index = intern_add(&c->ids, l->table);
    c->drafts = array_grow(c->drafts, &c->drafts_cap, index + 1, sizeof *c->drafts);
    struct cells_draft *d = &c->drafts[index];
    if (index < before)
        return d;
    *d = (struct cells_draft){0};
    d->table = (struct cells_table){
        .id = c->ids.keys[index],
        .title = keep(c, l->title),
        .by = keep(c, l->by),
        .strata = keep(c, l->strata),
        .multiple = l->multiple,
        .by_multiple = l->by_multiple,
        .suppressed = l->suppressed,
        .summed = l->summed,
        .weighted = l->weighted,
        .of_count = 1,
        .file = l->r->file,
        .line = l->r->number,
    };
    d->table.of[0] = l->of[0];
    return d;
}

static bool same_text(struct span a, struct span b)
{
    return !a.at == !b.at && span_eq(a, b);
}

/* Whether the line's field is the table's: a missing line names the field that is
 * missing, a step the question it is about. */
static bool has_own_field(const struct cells_line *l)
{
    return l->kind != CELLS_KIND_MISSING && l->kind != CELLS_KIND_FLOW &&
           l->kind != CELLS_KIND_RATE;
}

/* The first key in which the line contradicts the table, or a NULL. */
static struct span contradiction(const struct cells_line *l, const struct cells_draft *d)
{
    const struct cells_table *t = &d->table;
    if (!same_text(l->title, t->title))
        return SPAN("title");
    if (!same_text(l->by, t->by))
        return SPAN("by");
    if (!same_text(l->strata, t->strata))
        return SPAN("strata");
    if (l->multiple != t->multiple)
        return SPAN("multiple");
    if (l->by_multiple != t->by_multiple)
        return SPAN("by_multiple");
    if (l->summed != t->summed)
        return SPAN("summed");
    if (l->suppressed != t->suppressed)
        return SPAN("suppressed");
    if (l->kind != CELLS_KIND_PAIR && (l->of[0] != t->of[0]))
        return SPAN("of");
    if (l->kind != CELLS_KIND_PAIR && l->weighted != t->weighted)
        return SPAN("unweighted");
    if (l->chisq.at && t->chisq.at && !span_eq(l->chisq, t->chisq))
        return SPAN("chisq");
    if (l->interval.at && t->interval.at && !span_eq(l->interval, t->interval))
        return SPAN("interval");
    if (has_own_field(l) && d->has_field && !span_eq(l->field, t->field))
        return SPAN("field");
    return (struct span){0};
}

/* The kinds of shares, from the first cell on. */
static bool take_of(struct cells_line *l, struct cells_draft *d)
{
    struct cells_table *t = &d->table;
    if (l->kind != CELLS_KIND_CELL)
        return true;
    bool first = d->values.spellings.count == 0;
    for (size_t k = 1; first && k < l->of_count; k++)
        t->of[t->of_count++] = l->of[k];
    bool same = l->of_count == t->of_count;
    for (size_t k = 1; same && k < l->of_count; k++)
        same = l->of[k] == t->of[k];
    if (!same)
        filter_reject(l->f, l->r, SPAN("shares"), "other kinds than in this table's first cell");
    return same;
}

static size_t code_add(struct cells *c, struct cells_codes *codes, struct span spelling,
                       struct span label)
{
    if (!spelling.at)
        return CELLS_NONE;
    size_t before = codes->spellings.count;
    size_t index = intern_add(&codes->spellings, spelling);
    codes->labels = array_grow(codes->labels, &codes->cap, index + 1, sizeof *codes->labels);
    if (index == before)
        codes->labels[index] = (struct span){0};
    if (!codes->labels[index].at)
        codes->labels[index] = keep(c, label);
    return index;
}

static bool is_new(struct cells_draft *d, struct buf *key, const struct cells_line *l)
{
    buf_clear(key);
    buf_addc(key, (char)('a' + l->kind));
    struct span parts[] = {l->stratum, l->group, l->value, l->other, l->detail, l->field};
    if (has_own_field(l))
        parts[5] = (struct span){0};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        key_add(key, parts[i].at ? KEY_OTHER : KEY_NULL, parts[i]);
    size_t before = d->seen.count;
    return intern_add(&d->seen, buf_span(key)) == before;
}

/* The list of who is behind a cell; NULL if there is none. */
static struct cells_members *take_members(struct cells *c, const struct value *v)
{
    struct span rest;
    struct value item;
    size_t count = 0;
    if (!v || v->type != VALUE_LIST)
        return NULL;
    for (rest = v->raw; value_next(&rest, NULL, &item);)
        count++;
    struct cells_members *m = arena_alloc(&c->arena, sizeof *m);
    m->at = arena_array(&c->arena, count, sizeof *m->at);
    for (rest = v->raw; value_next(&rest, NULL, &item);)
        m->at[m->count++] = keep(c, item.raw);
    return m;
}

/* What only some kinds of line have. */
static void fill_entry(struct cells_line *l, struct cells_draft *d, struct cells_entry *e)
{
    struct cells *c = l->cells;
    if (l->kind == CELLS_KIND_CELL || l->kind == CELLS_KIND_PAIR)
        e->value = code_add(c, &d->values, l->value, l->label);
    else if (l->kind == CELLS_KIND_SUBTOTAL)
        e->value = code_add(c, &d->subtotals, l->value, l->label);
    else if (l->value.at)
        e->text = keep(c, scalar_text(l->value, &c->scratch));
    if (l->kind == CELLS_KIND_CELL && l->of_count > 1) {
        e->shares = arena_array(&c->arena, l->of_count, sizeof *e->shares);
        memcpy(e->shares, l->shares, l->of_count * sizeof *e->shares);
    }
    if (l->kind == CELLS_KIND_CELL)
        e->members = take_members(c, record_get(l->r, SPAN("records")));
    if (l->kind == CELLS_KIND_SUMMARY) {
        e->summary = arena_alloc(&c->arena, sizeof *e->summary);
        *e->summary = l->summary;
    }
}

static void add_entry(struct cells_line *l, struct cells_draft *d)
{
    struct cells *c = l->cells;
    struct cells_entry e = {
        .kind = l->kind,
        .layer = code_add(c, &d->layers, l->stratum, l->stratum_label),
        .group = code_add(c, &d->groups, l->group, l->group_label),
        .value = CELLS_NONE,
        .other = code_add(c, &d->values, l->other, (struct span){0}),
        .detail = keep(c, l->detail),
        .cell = l->cell,
        .population = l->population,
        .values = l->values,
    };
    fill_entry(l, d, &e);
    if (!d->table.chisq.at)
        d->table.chisq = keep(c, l->chisq);
    if (l->interval.at) {
        d->table.interval = keep(c, l->interval);
        d->table.confidence = l->confidence;
    }
    if (!has_own_field(l)) {
        e.field = keep(c, l->field);
    } else if (!d->has_field) {
        d->table.field = keep(c, l->field);
        d->has_field = true;
    }
    d->entries = array_grow(d->entries, &d->cap, d->count + 1, sizeof *d->entries);
    d->entries[d->count++] = e;
}

static void read_line(struct cells_line *l)
{
    if (!cells_line_take(l))
        return;
    struct cells_draft *d = draft_of(l);
    struct span key = contradiction(l, d);
    if (key.at)
        filter_reject(l->f, l->r, key, "table %s had another before (first at %s:%zu)",
                      quote(l->table), d->table.file, d->table.line);
    else if (take_of(l, d)) {
        if (is_new(d, &l->cells->scratch, l))
            add_entry(l, d);
        else
            filter_reject(l->f, l->r, (struct span){0}, "table %s has this %.*s twice",
                          quote(l->table), SPAN_ARGS(cells_kind_name(l->kind)));
    }
}

bool cells_is_line(const struct record *r)
{
    return record_get(r, SPAN("kind")) != NULL;
}

void cells_add(struct cells *c, struct filter *f, const struct record *r)
{
    struct cells_line l = {.cells = c, .f = f, .r = r};
    if (labels_is_line(r)) {
        labels_take(&c->labels, f, r);
        return;
    }
    arena_clear(&c->line);
    read_line(&l);
}

/* ---- the end ---- */

static void codes_free(struct cells_codes *codes)
{
    intern_free(&codes->spellings);
    free(codes->labels);
}

static void drafts_free(struct cells *c)
{
    for (size_t i = 0; c->drafts && i < c->ids.count; i++) {
        struct cells_draft *d = &c->drafts[i];
        codes_free(&d->values);
        codes_free(&d->groups);
        codes_free(&d->layers);
        codes_free(&d->subtotals);
        intern_free(&d->seen);
        free(d->entries);
    }
    free(c->drafts);
    c->drafts = NULL;
}

static struct span label_or(struct span label, struct span name)
{
    return label.at ? label : name;
}

static void label_table(const struct labels *l, struct cells_table *t)
{
    struct span own = labels_find(&l->tables, t->id);
    t->field_label = label_or(label_or(own, labels_find(&l->fields, t->field)), t->field);
    t->by_label = label_or(labels_find(&l->fields, t->by), t->by);
    t->strata_label = label_or(labels_find(&l->fields, t->strata), t->strata);
}

void cells_finish(struct cells *c)
{
    c->count = c->ids.count;
    c->tables = arena_array(&c->arena, c->count, sizeof *c->tables);
    for (size_t i = 0; i < c->count; i++) {
        cells_build(c, &c->drafts[i], &c->tables[i]);
        label_table(&c->labels, &c->tables[i]);
    }
    drafts_free(c);
}

void cells_free(struct cells *c)
{
    drafts_free(c);
    intern_free(&c->ids);
    labels_free(&c->labels);
    arena_free(&c->arena);
    arena_free(&c->line);
    buf_free(&c->scratch);
    buf_free(&c->decoded);
    *c = (struct cells){0};
}
