/* count_ask -- what a plan names, so that what no record has is told. */
#include <stdlib.h>

#include "base/fail.h"
#include "stream/scalar.h"
#include "tables/count.h"

/* Who asks: the place in the plan, or the option of a plan that stands on the command line. */
struct asker {
    struct count *c;
    struct asked *asked;
    struct buf place; /* of the table; empty for the command line */
    bool listed;      /* the values are those of rows or columns */
    struct buf text, other;
};

static const char *place(struct asker *a, const char *option)
{
    return a->place.len ? buf_text(&a->place) : option;
}

static void ask_field(struct asker *a, struct span name, const char *option)
{
    if (name.at)
        asked_field(a->asked, ASKED_MAIN, name, place(a, option));
}

static size_t row_of(const struct count *c, size_t field, uint32_t code)
{
    for (size_t i = 0; i < c->asked_count; i++)
        if (c->asked[i].field == field && c->asked[i].code == code)
            return c->asked[i].row;
    return ASKED_NONE;
}

/* A value of FIELD. BEFORE is the one that was asked for before it, or a NULL at: if both have
 * the same text (the string "1" and the number of --where n=1), one of them is enough. */
static void ask_value(struct asker *a, struct span field, struct span value, struct span before,
                      const char *option)
{
    struct count *c = a->c;
    size_t index = variables_field(&c->answers, field);
    uint32_t code = variables_code(&c->answers, index, value);
    if (row_of(c, index, code) != ASKED_NONE)
        return;
    size_t row = ASKED_NONE;
    if (before.at && span_eq(scalar_text(before, &a->other), scalar_text(value, &a->text)))
        row = row_of(c, index, variables_code(&c->answers, index, before));
    if (row == ASKED_NONE)
        row = asked_value(a->asked, field, value, place(a, option));
    c->asked = array_grow(c->asked, &c->asked_cap, c->asked_count + 1, sizeof *c->asked);
    c->asked[c->asked_count++] = (struct count_asked){index, row, code, a->listed};
}

static void ask_values(struct asker *a, struct span field, const struct plan_value *values,
                       size_t count)
{
    a->listed = true;
    for (size_t i = 0; i < count; i++)
        ask_value(a, field, values[i].spelling, (struct span){0}, "--field");
    a->listed = false;
}

static void ask_table(struct asker *a, const struct plan_table *t)
{
    ask_field(a, t->field, "--field");
    ask_field(a, t->by, "--by");
    ask_field(a, t->strata, "--strata");
    ask_field(a, t->unit, "--unit");
    ask_field(a, t->weight, "--weight");
    if (t->rows == PLAN_VALUES)
        ask_values(a, t->field, t->values, t->value_count);
    if (!t->respondents)
        ask_values(a, t->by, t->groups, t->group_count);
    for (size_t i = 0; i < t->where_count; i++) {
        const struct plan_where *w = &t->where[i];
        ask_field(a, w->field, "--where");
        for (size_t k = 0; k < w->count; k++)
            ask_value(a, w->field, w->values[k], k ? w->values[k - 1] : (struct span){0},
                      "--where");
    }
}

void count_ask(struct count *c, struct filter *f, const char *file)
{
    struct asker a = {.c = c, .asked = &f->asked};
    for (size_t i = 0; i < c->plan->count; i++) {
        buf_clear(&a.place);
        if (file)
            buf_addf(&a.place, "%s: table %s", file, quote(c->plan->tables[i].id));
        if (!c->plan->tables[i].hidden)
            ask_table(&a, &c->plan->tables[i]);
    }
    buf_clear(&a.place);
    buf_addf(&a.place, "%s", file ? file : "");
    for (size_t i = 0; i < c->plan->labels.records.open.count; i++)
        ask_field(&a, c->plan->labels.records.open.keys[i], "public");
    variables_watch(&c->answers);
    buf_free(&a.place);
    buf_free(&a.text);
    buf_free(&a.other);
}

static bool is_listed(const struct count *c, size_t field, uint32_t code)
{
    for (size_t i = 0; i < c->asked_count; i++)
        if (c->asked[i].field == field && c->asked[i].code == code)
            return c->asked[i].listed;
    return false;
}

/* Values that came, in case one is what the value asked for means; for one that is listed
 * itself only those that are not. Whether there were any. */
static bool offer_values(const struct count *c, const struct count_asked *asked, struct asked *all)
{
    const struct variable *field = &c->answers.fields[asked->field];
    bool any = field->others.count > 0;
    for (size_t i = 0; i < field->values.count; i++) {
        uint32_t code = (uint32_t)i;
        if (!variables_came(&c->answers, asked->field, code) ||
            (asked->listed && is_listed(c, asked->field, code)))
            continue;
        asked_near(all, asked->row, field->values.keys[i]);
        any = true;
    }
    for (size_t i = 0; i < field->others.count; i++)
        asked_near(all, asked->row, field->others.keys[i]);
    return any;
}

/* Whether a listed value of FIELD came. */
static bool any_listed_came(const struct count *c, size_t field)
{
    for (size_t i = 0; i < c->asked_count; i++)
        if (c->asked[i].field == field && c->asked[i].listed &&
            variables_came(&c->answers, field, c->asked[i].code))
            return true;
    return false;
}

/* A row or column of zeros tells by itself that its value never came. It is a slip of the plan
 * only if another value is spelled nearly so, or if others came and none of the list. */
void count_answer(struct count *c, struct filter *f)
{
    for (size_t i = 0; i < c->asked_count; i++)
        if (variables_came(&c->answers, c->asked[i].field, c->asked[i].code))
            asked_found(&f->asked, c->asked[i].row);
    for (size_t i = 0; i < c->asked_count; i++) {
        const struct count_asked *asked = &c->asked[i];
        if (!asked_is_open(&f->asked, asked->row))
            continue;
        bool others = offer_values(c, asked, &f->asked);
        if (asked->listed && !asked_has_near(&f->asked, asked->row) &&
            (!others || any_listed_came(c, asked->field)))
            asked_found(&f->asked, asked->row);
    }
}
