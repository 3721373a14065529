/* cells_read -- tables of counts put together from their lines, in any order.
 *
 * A line is checked by itself and against the lines of its table that came before,
 * then kept as an entry; when all are read, the entries are put into arrays and
 * the table is checked as a whole. Memory: an entry a line. */
#include "cells.h"

#include <stdlib.h>

#include "emit.h"
#include "fail.h"
#include "key.h"
#include "scalar.h"

enum kind { KIND_CELL, KIND_TOTAL, KIND_MISSING, KIND_PAIR, KIND_COUNT };

static const struct span KINDS[KIND_COUNT] = {
    {"cell", 4}, {"total", 5}, {"missing", 7}, {"pair", 4}};

struct entry {
    enum kind kind;
    size_t layer, value, group, other; /* indexes, CELLS_NONE for null */
    struct span field, reason;         /* of missing answers */
    struct cells_cell cell;
    struct cells_share *shares; /* those behind the first; NULL for none */
};

struct codes {
    struct map spellings;
    struct span *labels;
    size_t cap;
};

struct cells_draft {
    struct cells_table table;
    bool has_field; /* a missing line's field may be another than the table's */
    struct codes values, groups, layers;
    struct map seen; /* lines, to find one that comes twice */
    struct entry *entries;
    size_t count, cap;
};

/* The line being read; texts are good until the next line. */
struct line {
    struct cells *cells;
    struct filter *f;
    const struct record *r;
    enum kind kind;
    struct span table, title, field, by, strata;
    struct span value, group, stratum, other; /* spellings; a NULL at for null */
    struct span label, group_label, stratum_label;
    bool multiple, by_multiple, weighted, suppressed;
    struct cells_cell cell;
    enum cells_of of[CELLS_OF_COUNT];
    size_t of_count;
    struct cells_share shares[CELLS_OF_COUNT];
};

/* ---- one key of a line; each is false when the line was rejected ---- */

static bool reject_type(struct line *l, struct span name, const char *expected,
                        const struct value *v)
{
    filter_reject(l->f, l->r, name, "expected %s, not %s", expected, scalar_type_name(v));
    return false;
}

static bool reject_absent(struct line *l, struct span name)
{
    filter_reject(l->f, l->r, (struct span){0}, "field %s is not there", quote(name));
    return false;
}

static struct span text_of(struct line *l, const struct value *v)
{
    return arena_copy(&l->cells->line, value_text(v, &l->cells->scratch));
}

enum need { MUST, MAY };

static bool take_text(struct line *l, struct span name, enum need need, struct span *text)
{
    const struct value *v = record_get(l->r, name);
    *text = (struct span){0};
    if (!v && need == MUST)
        return reject_absent(l, name);
    if (value_missing(v))
        return true;
    if (v->type != VALUE_STRING)
        return reject_type(l, name, "a string or null", v);
    *text = text_of(l, v);
    return true;
}

static bool take_name(struct line *l, struct span name, struct span *text)
{
    if (!take_text(l, name, MUST, text))
        return false;
    if (text->at)
        return true;
    filter_reject(l->f, l->r, name, "expected a string, not null");
    return false;
}

static bool take_code(struct line *l, struct span name, enum need need, struct span *spelling)
{
    const struct value *v = record_get(l->r, name);
    *spelling = (struct span){0};
    if (!v && need == MUST)
        return reject_absent(l, name);
    if (value_missing(v))
        return true;
    if (v->type == VALUE_LIST || v->type == VALUE_OBJECT)
        return reject_type(l, name, "a string, a number, true or false", v);
    struct cells *c = l->cells;
    *spelling = arena_copy(&c->line, scalar_spell(v, &c->scratch, &c->decoded));
    return true;
}

static bool check_number(struct line *l, struct span name, const struct value *v, double *number)
{
    *number = NAN;
    if (value_missing(v))
        return true;
    if (v->type != VALUE_NUMBER)
        return reject_type(l, name, "a number or null", v);
    if (scalar_number(v, number) && *number >= 0)
        return true;
    filter_reject(l->f, l->r, name, "%.*s is out of range", SPAN_ARGS(v->raw));
    return false;
}

static bool take_number(struct line *l, struct span name, enum need need, double *number)
{
    const struct value *v = record_get(l->r, name);
    if (!v && need == MUST)
        return reject_absent(l, name);
    return check_number(l, name, v, number);
}

static bool take_flag(struct line *l, struct span name, bool *truth)
{
    const struct value *v = record_get(l->r, name);
    *truth = v && v->type == VALUE_TRUE;
    if (value_missing(v) || v->type == VALUE_TRUE || v->type == VALUE_FALSE)
        return true;
    return reject_type(l, name, "true or false", v);
}

static bool parse_of(struct line *l, struct span name, struct span word, enum cells_of *of)
{
    for (*of = 0; *of < CELLS_OF_COUNT; (*of)++)
        if (span_eq(cells_of_name(*of), word))
            return true;
    filter_reject(l->f, l->r, name, "%s is none of column, row, total, responses", quote(word));
    return false;
}

/* ---- parts of a line ---- */

static bool take_share(struct line *l, const struct value *item, size_t k)
{
    static const struct span names[] = {{"base", 4}, {"percent", 7}, {"low", 3}, {"high", 4}};
    struct cells_share *s = &l->shares[k];
    double *numbers[] = {&s->base, &s->percent, &s->low, &s->high};
    struct value v;
    if (!value_member(item, SPAN("of"), &l->cells->scratch, &v) || v.type != VALUE_STRING) {
        filter_reject(l->f, l->r, SPAN("shares"), "a share does not say of what");
        return false;
    }
    if (!parse_of(l, SPAN("shares"), value_text(&v, &l->cells->scratch), &l->of[k]))
        return false;
    for (size_t i = 0; i < 4; i++) {
        bool there = value_member(item, names[i], &l->cells->scratch, &v);
        if (!check_number(l, SPAN("shares"), there ? &v : NULL, numbers[i]))
            return false;
    }
    return true;
}

static bool take_shares(struct line *l)
{
    struct span of;
    if (!take_text(l, SPAN("of"), MAY, &of) || (of.at && !parse_of(l, SPAN("of"), of, &l->of[0])))
        return false;
    l->of_count = 1;
    const struct value *list = record_get(l->r, SPAN("shares"));
    if (value_missing(list))
        return true;
    if (list->type != VALUE_LIST)
        return reject_type(l, SPAN("shares"), "a list", list);
    struct span rest = list->raw;
    struct value item;
    while (value_next(&rest, NULL, &item)) {
        if (l->of_count == CELLS_OF_COUNT) {
            filter_reject(l->f, l->r, SPAN("shares"), "more shares than there are kinds");
            return false;
        }
        if (!take_share(l, &item, l->of_count++))
            return false;
    }
    return true;
}

static bool take_kind(struct line *l)
{
    struct span word;
    if (!take_name(l, SPAN("kind"), &word))
        return false;
    for (l->kind = 0; l->kind < KIND_COUNT; l->kind++)
        if (span_eq(KINDS[l->kind], word))
            return true;
    filter_reject(l->f, l->r, SPAN("kind"), "%s is none of cell, total, missing, pair",
                  quote(word));
    return false;
}

static bool take_numbers(struct line *l)
{
    struct cells_cell *c = &l->cell;
    l->weighted = record_get(l->r, SPAN("unweighted")) != NULL;
    return take_number(l, SPAN("n"), MUST, &c->n) &&
           take_number(l, SPAN("unweighted"), MAY, &c->unweighted) &&
           take_number(l, SPAN("base"), MAY, &c->share.base) &&
           take_number(l, SPAN("percent"), MAY, &c->share.percent) &&
           take_number(l, SPAN("low"), MAY, &c->share.low) &&
           take_number(l, SPAN("high"), MAY, &c->share.high) && take_shares(l);
}

static bool take_line(struct line *l)
{
    return take_name(l, SPAN("table"), &l->table) && take_kind(l) &&
           take_text(l, SPAN("title"), MAY, &l->title) && take_name(l, SPAN("field"), &l->field) &&
           take_code(l, SPAN("value"), MUST, &l->value) && take_text(l, SPAN("by"), MUST, &l->by) &&
           take_code(l, SPAN("group"), MUST, &l->group) && take_numbers(l) &&
           take_flag(l, SPAN("multiple"), &l->multiple) &&
           take_flag(l, SPAN("by_multiple"), &l->by_multiple) &&
           take_flag(l, SPAN("suppressed"), &l->suppressed) &&
           take_text(l, SPAN("strata"), MAY, &l->strata) &&
           take_code(l, SPAN("stratum"), MAY, &l->stratum) &&
           take_code(l, SPAN("other"), MAY, &l->other) &&
           take_text(l, SPAN("label"), MAY, &l->label) &&
           take_text(l, SPAN("group_label"), MAY, &l->group_label) &&
           take_text(l, SPAN("stratum_label"), MAY, &l->stratum_label);
}

/* Whether what is null and what is not fits the kind of line. */
static bool is_coherent(struct line *l)
{
    const char *wrong = NULL;
    struct span name = SPAN("group");
    bool column_line = l->kind == KIND_CELL || l->kind == KIND_PAIR;
    if (l->group.at && !l->by.at)
        wrong = "there is a group but no by";
    else if (l->by.at && !l->group.at && column_line)
        wrong = "expected a group, not null";
    else if (column_line && !l->value.at)
        wrong = "expected a value, not null", name = SPAN("value");
    else if (l->kind == KIND_TOTAL && l->value.at)
        wrong = "a total has no value", name = SPAN("value");
    else if (l->kind == KIND_MISSING && (!l->value.at || l->value.at[0] != '"'))
        wrong = "expected the reason, a string", name = SPAN("value");
    else if (l->kind == KIND_PAIR && !l->other.at)
        wrong = "expected the pair's other value", name = SPAN("other");
    else if (!l->strata.at != !l->stratum.at && l->kind != KIND_MISSING)
        wrong = "strata and stratum go together", name = SPAN("stratum");
    else if (isnan(l->cell.n) && !l->suppressed)
        wrong = "expected a number, not null", name = SPAN("n");
    if (wrong)
        filter_reject(l->f, l->r, name, "%s", wrong);
    return !wrong;
}

/* ---- against the table's other lines ---- */

static struct span keep(struct cells *c, struct span text)
{
    return text.at ? arena_copy(&c->arena, text) : text;
}

static struct cells_draft *draft_of(struct line *l)
{
    struct cells *c = l->cells;
    size_t before = c->ids.count;
    size_t index = map_add(&c->ids, l->table);
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

/* The first key in which the line contradicts the table, or a NULL. */
static struct span contradiction(const struct line *l, const struct cells_draft *d)
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
    if (l->suppressed != t->suppressed)
        return SPAN("suppressed");
    if (l->kind != KIND_PAIR && (l->of[0] != t->of[0]))
        return SPAN("of");
    if (l->kind != KIND_PAIR && l->weighted != t->weighted)
        return SPAN("unweighted");
    if (l->kind != KIND_MISSING && d->has_field && !span_eq(l->field, t->field))
        return SPAN("field");
    return (struct span){0};
}

/* The kinds of shares, from the first cell on. */
static bool take_of(struct line *l, struct cells_draft *d)
{
    struct cells_table *t = &d->table;
    if (l->kind != KIND_CELL)
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

static size_t code_add(struct cells *c, struct codes *codes, struct span spelling,
                       struct span label)
{
    if (!spelling.at)
        return CELLS_NONE;
    size_t before = codes->spellings.count;
    size_t index = map_add(&codes->spellings, spelling);
    codes->labels = array_grow(codes->labels, &codes->cap, index + 1, sizeof *codes->labels);
    if (index == before)
        codes->labels[index] = (struct span){0};
    if (!codes->labels[index].at)
        codes->labels[index] = keep(c, label);
    return index;
}

static bool is_new(struct cells_draft *d, struct buf *key, const struct line *l)
{
    buf_clear(key);
    buf_addc(key, (char)('0' + l->kind));
    const struct span parts[] = {l->stratum, l->group, l->value, l->other,
                                 l->kind == KIND_MISSING ? l->field : (struct span){0}};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        key_add(key, parts[i].at ? KEY_OTHER : KEY_NULL, parts[i]);
    size_t before = d->seen.count;
    return map_add(&d->seen, buf_span(key)) == before;
}

static void add_entry(struct line *l, struct cells_draft *d)
{
    struct cells *c = l->cells;
    bool column_line = l->kind == KIND_CELL || l->kind == KIND_PAIR;
    struct entry e = {
        .kind = l->kind,
        .layer = code_add(c, &d->layers, l->stratum, l->stratum_label),
        .group = code_add(c, &d->groups, l->group, l->group_label),
        .value = CELLS_NONE,
        .other = code_add(c, &d->values, l->other, (struct span){0}),
        .cell = l->cell,
    };
    if (column_line)
        e.value = code_add(c, &d->values, l->value, l->label);
    if (l->kind == KIND_MISSING) {
        e.field = keep(c, l->field);
        e.reason = keep(c, scalar_text(l->value, &c->scratch));
    } else if (!d->has_field) {
        d->table.field = keep(c, l->field);
        d->has_field = true;
    }
    if (l->kind == KIND_CELL && l->of_count > 1) {
        e.shares = arena_array(&c->arena, l->of_count, sizeof *e.shares);
        memcpy(e.shares, l->shares, l->of_count * sizeof *e.shares);
    }
    d->entries = array_grow(d->entries, &d->cap, d->count + 1, sizeof *d->entries);
    d->entries[d->count++] = e;
}

static void read_line(struct line *l)
{
    if (!take_line(l) || !is_coherent(l))
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
                          quote(l->table), SPAN_ARGS(KINDS[l->kind]));
    }
}

bool cells_is_line(const struct record *r)
{
    return record_get(r, SPAN("kind")) != NULL;
}

void cells_add(struct cells *c, struct filter *f, const struct record *r)
{
    struct line l = {.cells = c, .f = f, .r = r};
    arena_clear(&c->line);
    read_line(&l);
}

/* ---- the whole table ---- */

_Noreturn static void table_fails(const struct cells_table *t, const char *what)
{
    fail(STATUS_DATA, "%s:%zu: table %s: %s", t->file, t->line, quote(t->id), what);
}

static struct cells_code *codes_array(struct cells *c, const struct codes *codes, bool has_none,
                                      size_t *count)
{
    *count = has_none ? 1 : codes->spellings.count;
    struct cells_code *array = arena_array(&c->arena, *count, sizeof *array);
    if (has_none) {
        array[0] = (struct cells_code){SPAN("null"), SPAN(""), {0}};
        return array;
    }
    for (size_t i = 0; i < *count; i++) {
        struct span raw = arena_copy(&c->arena, codes->spellings.keys[i]);
        struct span label = codes->labels[i];
        struct span text = label.at ? label : arena_copy(&c->arena, scalar_text(raw, &c->scratch));
        array[i] = (struct cells_code){raw, text, label};
    }
    return array;
}

static size_t product(const struct cells_table *t, size_t a, size_t b)
{
    if (b && a > SIZE_MAX / sizeof(struct cells_cell) / b)
        table_fails(t, "too large for this machine");
    return a * b;
}

static struct cells_cell *blank_cells(struct cells *c, size_t count)
{
    struct cells_cell *cells = arena_array(&c->arena, count, sizeof *cells);
    for (size_t i = 0; i < count; i++)
        cells[i] = (struct cells_cell){-1, NAN, {NAN, NAN, NAN, NAN}}; /* n -1: not yet seen */
    return cells;
}

static void allocate(struct cells *c, const struct cells_draft *d, struct cells_table *t)
{
    t->values = codes_array(c, &d->values, false, &t->value_count);
    t->groups = codes_array(c, &d->groups, !t->by.at, &t->group_count);
    t->layers = codes_array(c, &d->layers, !t->strata.at, &t->layer_count);
    size_t columns = product(t, t->layer_count, t->group_count);
    size_t count = product(t, columns, t->value_count);
    t->cells = blank_cells(c, count);
    t->totals = blank_cells(c, columns);
    t->whole = blank_cells(c, t->layer_count);
    for (size_t k = 1; k < t->of_count; k++)
        t->shares[k] = arena_array(&c->arena, count, sizeof *t->shares[k]);
    size_t missing = 0;
    bool has_pairs = false;
    for (size_t i = 0; i < d->count; i++) {
        missing += d->entries[i].kind == KIND_MISSING;
        has_pairs |= d->entries[i].kind == KIND_PAIR;
    }
    t->missing = arena_array(&c->arena, missing, sizeof *t->missing);
    if (!has_pairs)
        return;
    count = product(t, count, t->value_count);
    t->pairs = arena_array(&c->arena, count, sizeof *t->pairs);
    for (size_t i = 0; i < count; i++)
        t->pairs[i] = -1;
}

static void place(struct cells_table *t, const struct entry *e)
{
    size_t group = t->by.at ? e->group : 0;
    size_t layer = t->strata.at ? e->layer : 0;
    switch (e->kind) {
    case KIND_CELL: {
        struct cells_cell *cell = cells_at(t, layer, e->value, group);
        *cell = e->cell;
        for (size_t k = 1; k < t->of_count; k++)
            t->shares[k][cell - t->cells] = e->shares[k];
        break;
    }
    case KIND_TOTAL:
        if (!t->by.at || e->group == CELLS_NONE)
            t->whole[layer] = e->cell;
        if (group != CELLS_NONE)
            *cells_total(t, layer, group) = e->cell;
        break;
    case KIND_MISSING:
        t->missing[t->missing_count++] =
            (struct cells_missing){e->field, e->reason, layer, group, e->cell.n};
        break;
    case KIND_PAIR:
        *cells_pair(t, layer, group, e->value, e->other) = e->cell.n;
        *cells_pair(t, layer, group, e->other, e->value) = e->cell.n;
        break;
    default:
        break;
    }
}

static void check_cells(struct buf *why, const struct cells_table *t)
{
    for (size_t layer = 0; layer < t->layer_count; layer++)
        for (size_t v = 0; v < t->value_count; v++)
            for (size_t g = 0; g < t->group_count; g++) {
                if (cells_at(t, layer, v, g)->n >= 0 || isnan(cells_at(t, layer, v, g)->n))
                    continue;
                buf_addf(why, "no cell for value %s", quote(t->values[v].text));
                if (t->by.at)
                    buf_addf(why, " in group %s", quote(t->groups[g].text));
                table_fails(t, buf_text(why));
            }
}

static void check_pairs(const struct cells_table *t)
{
    for (size_t layer = 0; t->pairs && layer < t->layer_count; layer++)
        for (size_t g = 0; g < t->group_count; g++)
            for (size_t v = 0; v < t->value_count; v++) {
                *cells_pair(t, layer, g, v, v) = cells_at(t, layer, v, g)->n;
                for (size_t other = 0; other < v; other++)
                    if (*cells_pair(t, layer, g, v, other) < 0)
                        table_fails(t, "some of its pairs are not there");
            }
}

static double sum_of_column(const struct cells_table *t, size_t layer, size_t group)
{
    double sum = 0;
    for (size_t v = 0; v < t->value_count; v++)
        sum += cells_at(t, layer, v, group)->n;
    return sum;
}

static double missing_in_column(const struct cells_table *t, size_t layer, size_t group)
{
    double sum = 0;
    for (size_t i = 0; i < t->missing_count; i++)
        if (t->missing[i].layer == layer && t->missing[i].group == group)
            sum += t->missing[i].n;
    return sum;
}

/* Whole counts must agree; sums of weights may differ by their rounding. */
static bool nearly(double a, double b)
{
    return fabs(a - b) <= 1e-9 * fmax(fabs(a), fabs(b));
}

static void check_column(struct buf *why, const struct cells_table *t, size_t layer, size_t group)
{
    struct cells_cell *total = cells_total(t, layer, group);
    double sum = sum_of_column(t, layer, group);
    if (total->n == -1) {
        if (t->multiple || t->suppressed)
            table_fails(t, "no total, without which a multiple response has no base");
        *total = (struct cells_cell){sum, NAN, {sum, NAN, NAN, NAN}};
    }
    if (t->suppressed)
        return;
    if (!t->multiple && !nearly(sum, total->n) &&
        !nearly(sum + missing_in_column(t, layer, group), total->n)) {
        buf_addf(why, "the cells add up to ");
        emit_number(why, sum);
        buf_addf(why, ", but the total is ");
        emit_number(why, total->n);
        table_fails(t, buf_text(why));
    }
    for (size_t v = 0; v < t->value_count; v++)
        if (cells_at(t, layer, v, group)->n > total->n * (1 + 1e-9))
            table_fails(t, "a cell is larger than the total of its column");
}

static void check_layer(struct buf *why, struct cells_table *t, size_t layer)
{
    double sum = 0;
    for (size_t g = 0; g < t->group_count; g++) {
        check_column(why, t, layer, g);
        sum += cells_total(t, layer, g)->n;
    }
    if (t->whole[layer].n != -1)
        return;
    if (t->by_multiple || t->suppressed)
        table_fails(t, "no total over all groups, which cannot be had from groups that overlap");
    t->whole[layer] = (struct cells_cell){sum, NAN, {sum, NAN, NAN, NAN}};
}

static void finish_draft(struct cells *c, const struct cells_draft *d, struct cells_table *t)
{
    *t = d->table;
    if (!d->has_field)
        table_fails(t, "neither cells nor totals");
    allocate(c, d, t);
    for (size_t i = 0; i < d->count; i++)
        place(t, &d->entries[i]);
    struct buf why = {0};
    check_cells(&why, t);
    check_pairs(t);
    for (size_t layer = 0; layer < t->layer_count; layer++)
        check_layer(&why, t, layer);
    buf_free(&why);
}

static void codes_free(struct codes *codes)
{
    map_free(&codes->spellings);
    free(codes->labels);
}

static void drafts_free(struct cells *c)
{
    for (size_t i = 0; c->drafts && i < c->ids.count; i++) {
        struct cells_draft *d = &c->drafts[i];
        codes_free(&d->values);
        codes_free(&d->groups);
        codes_free(&d->layers);
        map_free(&d->seen);
        free(d->entries);
    }
    free(c->drafts);
    c->drafts = NULL;
}

void cells_finish(struct cells *c)
{
    c->count = c->ids.count;
    c->tables = arena_array(&c->arena, c->count, sizeof *c->tables);
    for (size_t i = 0; i < c->count; i++)
        finish_draft(c, &c->drafts[i], &c->tables[i]);
    drafts_free(c);
}

void cells_free(struct cells *c)
{
    drafts_free(c);
    map_free(&c->ids);
    arena_free(&c->arena);
    arena_free(&c->line);
    buf_free(&c->scratch);
    buf_free(&c->decoded);
    *c = (struct cells){0};
}
