/* cells_line -- one line of a table, taken apart and checked by itself. */
#include "cells_line.h"

#include "base/fail.h"
#include "stream/scalar.h"

struct span cells_kind_name(enum cells_kind kind)
{
    static const struct span names[CELLS_KIND_COUNT] = {
        [CELLS_KIND_CELL] = {"cell", 4},       [CELLS_KIND_TOTAL] = {"total", 5},
        [CELLS_KIND_MISSING] = {"missing", 7}, [CELLS_KIND_PAIR] = {"pair", 4},
        [CELLS_KIND_REST] = {"rest", 4},       [CELLS_KIND_SUBTOTAL] = {"subtotal", 8},
        [CELLS_KIND_SUMMARY] = {"summary", 7}, [CELLS_KIND_FLOW] = {"flow", 4},
        [CELLS_KIND_RATE] = {"rate", 4},
    };
    return names[kind];
}

const struct span cells_summary_names[CELLS_SUMMARY_COUNT] = {
    {"mean", 4},     {"sd", 2},   {"min", 3},   {"q1", 2},          {"median", 6},
    {"q3", 2},       {"max", 3},  {"sum", 3},   {"mean_low", 8},    {"mean_high", 9},
    {"rank_sum", 8}, {"ties", 4}, {"error", 5}, {"place_mean", 10}, {"place_error", 11}};

void cells_summary_numbers(struct cells_summary *s, double *numbers[CELLS_SUMMARY_COUNT])
{
    double *all[CELLS_SUMMARY_COUNT] = {&s->mean,     &s->sd,         &s->min,        &s->q1,
                                        &s->median,   &s->q3,         &s->max,        &s->sum,
                                        &s->mean_low, &s->mean_high,  &s->rank_sum,   &s->ties,
                                        &s->error,    &s->place_mean, &s->place_error};
    memcpy(numbers, all, sizeof all);
}

/* ---- one key of a line; each is false when the line was rejected ---- */

static bool reject_type(struct cells_line *l, struct span name, const char *expected,
                        const struct value *v)
{
    filter_reject(l->f, l->r, name, "expected %s, not %s", expected, scalar_type_name(v));
    return false;
}

static bool reject_absent(struct cells_line *l, struct span name)
{
    filter_reject(l->f, l->r, (struct span){0}, "field %s is not there", quote(name));
    return false;
}

static struct span text_of(struct cells_line *l, const struct value *v)
{
    return arena_copy(&l->cells->line, value_text(v, &l->cells->scratch));
}

enum need { MUST, MAY };

static bool take_text(struct cells_line *l, struct span name, enum need need, struct span *text)
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

static bool take_name(struct cells_line *l, struct span name, struct span *text)
{
    if (!take_text(l, name, MUST, text))
        return false;
    if (text->at)
        return true;
    filter_reject(l->f, l->r, name, "expected a string, not null");
    return false;
}

static bool take_code(struct cells_line *l, struct span name, enum need need, struct span *spelling)
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

enum sign { ANY_SIGN, NOT_NEGATIVE };

static bool check_number(struct cells_line *l, struct span name, const struct value *v,
                         enum sign sign, double *number)
{
    *number = NAN;
    if (value_missing(v))
        return true;
    if (v->type != VALUE_NUMBER)
        return reject_type(l, name, "a number or null", v);
    if (scalar_number(v, number) && (*number >= 0 || sign == ANY_SIGN))
        return true;
    filter_reject(l->f, l->r, name, "%.*s is out of range", SPAN_ARGS(v->raw));
    return false;
}

static bool take_number(struct cells_line *l, struct span name, enum need need, double *number)
{
    const struct value *v = record_get(l->r, name);
    if (!v && need == MUST)
        return reject_absent(l, name);
    return check_number(l, name, v, NOT_NEGATIVE, number);
}

static bool take_flag(struct cells_line *l, struct span name, bool *truth)
{
    const struct value *v = record_get(l->r, name);
    *truth = v && v->type == VALUE_TRUE;
    if (value_missing(v) || v->type == VALUE_TRUE || v->type == VALUE_FALSE)
        return true;
    return reject_type(l, name, "true or false", v);
}

static bool parse_of(struct cells_line *l, struct span name, struct span word, enum cells_of *of)
{
    for (*of = 0; *of < CELLS_OF_COUNT; (*of)++)
        if (span_eq(cells_of_name(*of), word))
            return true;
    filter_reject(l->f, l->r, name, "%s is none of column, row, total, responses", quote(word));
    return false;
}

/* ---- parts of a line ---- */

static bool take_share(struct cells_line *l, const struct value *item, size_t k)
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
        if (!check_number(l, SPAN("shares"), there ? &v : NULL, NOT_NEGATIVE, numbers[i]))
            return false;
    }
    return true;
}

static bool take_shares(struct cells_line *l)
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

static bool take_kind(struct cells_line *l)
{
    struct span word;
    if (!take_name(l, SPAN("kind"), &word))
        return false;
    for (l->kind = 0; l->kind < CELLS_KIND_COUNT; l->kind++)
        if (span_eq(cells_kind_name(l->kind), word))
            return true;
    filter_reject(l->f, l->r, SPAN("kind"), "%s is no kind of line", quote(word));
    return false;
}

static bool take_summary(struct cells_line *l)
{
    double *numbers[CELLS_SUMMARY_COUNT];
    if (l->kind != CELLS_KIND_SUMMARY)
        return true;
    cells_summary_numbers(&l->summary, numbers);
    for (size_t i = 0; i < CELLS_SUMMARY_COUNT; i++) {
        const struct value *v = record_get(l->r, cells_summary_names[i]);
        if (!v && i >= CELLS_SUMMARY_NEEDED) {
            *numbers[i] = NAN;
            continue;
        }
        if (!v)
            return reject_absent(l, cells_summary_names[i]);
        if (!check_number(l, cells_summary_names[i], v, ANY_SIGN, numbers[i]))
            return false;
    }
    l->summary.n = l->cell.n;
    l->summary.unweighted = l->cell.unweighted;
    return true;
}

/* How the intervals of the table are made. */
static bool take_interval(struct cells_line *l)
{
    return take_text(l, SPAN("interval"), MAY, &l->interval) &&
           take_number(l, SPAN("confidence"), MAY, &l->confidence);
}

static bool take_settings(struct cells_line *l)
{
    const struct value *v = record_get(l->r, SPAN("chisq"));
    if (value_missing(v))
        return true;
    if (v->type != VALUE_OBJECT && v->type != VALUE_FALSE)
        return reject_type(l, SPAN("chisq"), "an object or false", v);
    l->chisq = v->raw;
    return true;
}

static bool take_numbers(struct cells_line *l)
{
    struct cells_cell *c = &l->cell;
    l->weighted = record_get(l->r, SPAN("unweighted")) != NULL;
    return take_number(l, SPAN("n"), MUST, &c->n) &&
           take_number(l, SPAN("unweighted"), MAY, &c->unweighted) &&
           take_number(l, SPAN("squares"), MAY, &c->squares) &&
           take_number(l, SPAN("row"), MAY, &c->row) &&
           take_number(l, SPAN("base"), MAY, &c->share.base) &&
           take_number(l, SPAN("percent"), MAY, &c->share.percent) &&
           take_number(l, SPAN("low"), MAY, &c->share.low) &&
           take_number(l, SPAN("high"), MAY, &c->share.high) &&
           take_number(l, SPAN("population"), MAY, &l->population) &&
           take_number(l, SPAN("lowest"), MAY, &c->lowest) &&
           take_number(l, SPAN("highest"), MAY, &c->highest) &&
           take_number(l, SPAN("values"), MAY, &l->values) && take_interval(l) && take_shares(l) &&
           take_summary(l);
}

static bool take_line(struct cells_line *l)
{
    return take_name(l, SPAN("table"), &l->table) && take_kind(l) &&
           take_text(l, SPAN("title"), MAY, &l->title) && take_name(l, SPAN("field"), &l->field) &&
           take_code(l, SPAN("value"), MUST, &l->value) && take_text(l, SPAN("by"), MUST, &l->by) &&
           take_code(l, SPAN("group"), MUST, &l->group) && take_numbers(l) &&
           take_flag(l, SPAN("multiple"), &l->multiple) &&
           take_flag(l, SPAN("by_multiple"), &l->by_multiple) &&
           take_flag(l, SPAN("suppressed"), &l->suppressed) &&
           take_flag(l, SPAN("summed"), &l->summed) &&
           take_text(l, SPAN("strata"), MAY, &l->strata) &&
           take_code(l, SPAN("stratum"), MAY, &l->stratum) &&
           take_code(l, SPAN("other"), MAY, &l->other) &&
           take_text(l, SPAN("detail"), MAY, &l->detail) &&
           take_text(l, SPAN("label"), MAY, &l->label) &&
           take_text(l, SPAN("group_label"), MAY, &l->group_label) &&
           take_text(l, SPAN("stratum_label"), MAY, &l->stratum_label) && take_settings(l);
}

static bool needs_value(enum cells_kind kind)
{
    return kind == CELLS_KIND_CELL || kind == CELLS_KIND_PAIR || kind == CELLS_KIND_SUBTOTAL;
}

/* Whether the value is a text of ours: a reason, a step. */
static bool needs_text(enum cells_kind kind)
{
    return kind == CELLS_KIND_MISSING || kind == CELLS_KIND_FLOW || kind == CELLS_KIND_RATE;
}

/* Whether what is null and what is not fits the kind of line. */
static bool is_coherent(struct cells_line *l)
{
    const char *wrong = NULL;
    struct span name = SPAN("group");
    bool has_value = needs_value(l->kind), has_text = needs_text(l->kind);
    bool has_group = has_value || l->kind == CELLS_KIND_REST;
    if (l->group.at && !l->by.at)
        wrong = "there is a group but no by";
    else if (l->by.at && !l->group.at && has_group)
        wrong = "expected a group, not null";
    else if (has_value && !l->value.at)
        wrong = "expected a value, not null", name = SPAN("value");
    else if (has_text && (!l->value.at || l->value.at[0] != '"'))
        wrong = "expected a string", name = SPAN("value");
    else if (!has_value && !has_text && l->value.at)
        wrong = "this kind of line has no value", name = SPAN("value");
    else if (l->kind == CELLS_KIND_PAIR && !l->other.at)
        wrong = "expected the pair's other value", name = SPAN("other");
    else if (!l->strata.at != !l->stratum.at && l->kind != CELLS_KIND_MISSING)
        wrong = "strata and stratum go together", name = SPAN("stratum");
    else if (isnan(l->cell.n) && !l->suppressed)
        wrong = "expected a number, not null", name = SPAN("n");
    if (wrong)
        filter_reject(l->f, l->r, name, "%s", wrong);
    return !wrong;
}

bool cells_line_take(struct cells_line *l)
{
    return take_line(l) && is_coherent(l);
}
