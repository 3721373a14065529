/* plan_values -- the values that a plan lists, and its conditions. */
#include "plan_read.h"

#include "stream/emit.h"
#include "stream/scalar.h"

struct span plan_keep(struct plan *p, struct span text)
{
    return text.at ? arena_copy(&p->arena, text) : text;
}

struct span plan_spell(struct plan *p, struct span json)
{
    struct value v = value_from(json);
    return plan_keep(p, scalar_spell(&v, &p->scratch, &p->decoded));
}

struct span plan_spelling(struct plan *p, const struct document *d)
{
    struct buf json = {0};
    switch (json_typeof(d->json)) {
    case JSON_STRING:
        emit_string(&json, document_text(d));
        break;
    case JSON_INTEGER:
        emit_integer(&json, json_integer_value(d->json));
        break;
    case JSON_REAL:
        emit_number(&json, json_real_value(d->json));
        break;
    case JSON_TRUE:
    case JSON_FALSE:
        emit_bool(&json, json_is_true(d->json));
        break;
    case JSON_NULL:
        document_fail(d, "null is no value (missing answers are listed with their reasons)");
    default:
        document_fail(d, "expected a string, a number, true or false");
    }
    struct span spelling = plan_spell(p, buf_span(&json));
    buf_free(&json);
    return spelling;
}

static struct plan_value take_value(struct plan *p, const struct document *d)
{
    static const char *const keys[] = {"value", "label", NULL};
    struct plan_value v = {.subtotal = PLAN_NONE};
    if (!json_is_object(d->json)) {
        v.spelling = plan_spelling(p, d);
        return v;
    }
    struct document value;
    document_keys(d, keys);
    document_need(d, "value", &value);
    v.spelling = plan_spelling(p, &value);
    v.label = plan_keep(p, document_text_or(d, "label", (struct span){0}));
    return v;
}

size_t plan_values(struct plan *p, const struct document *table, const char *key,
                   struct plan_value **values)
{
    struct document list, item = {0};
    *values = NULL;
    if (!document_get(table, key, &list))
        return 0;
    document_must_be_list(&list);
    size_t count = 0;
    struct intern seen = {0};
    *values = arena_array(&p->arena, document_count(&list), sizeof **values);
    while (document_next(&list, &item)) {
        struct plan_value value = take_value(p, &item);
        if (intern_add(&seen, value.spelling) != count)
            document_fail(&item, "%.*s is listed twice", SPAN_ARGS(value.spelling));
        (*values)[count++] = value;
    }
    intern_free(&seen);
    return count;
}

/* ---- where ---- */

static void take_wanted(struct plan *p, const struct document *d, struct plan_where *w)
{
    if (json_is_null(d->json))
        w->missing = true;
    else
        w->values[w->count++] = plan_spelling(p, d);
}

/* {"min":10,"max":20}, one of them or both. */
static bool take_range(const struct document *d, struct plan_where *w)
{
    static const char *const keys[] = {"min", "max", NULL};
    struct document min, max;
    if (!json_is_object(d->json) || json_object_get(d->json, "not"))
        return false;
    bool has_min = document_get(d, "min", &min), has_max = document_get(d, "max", &max);
    if (!has_min && !has_max)
        return false;
    document_keys(d, keys);
    w->is_range = true;
    w->min = has_min ? document_number(&min) : -INFINITY;
    w->max = has_max ? document_number(&max) : INFINITY;
    if (w->min > w->max)
        document_fail(d, "'min' is above 'max', so no record could ever be meant");
    return true;
}

struct conditions {
    struct plan *plan;
    struct plan_where *where;
};

static void take_condition(void *with, const struct document *d)
{
    struct plan *p = ((struct conditions *)with)->plan;
    struct plan_where *w = ((struct conditions *)with)->where;
    static const char *const keys[] = {"not", NULL};
    struct document inner = {0}, item = {0};
    const struct document *wanted = d;
    if (take_range(d, w))
        return;
    if (json_is_object(d->json)) {
        document_keys(d, keys);
        do { /* not document_get(), to which a null is absent: here it means missing */
            if (!document_next(d, &inner))
                document_fail(d, "'not' is missing");
        } while (strcmp(inner.key, "not") != 0);
        w->negated = true;
        wanted = &inner;
    }
    if (take_range(wanted, w))
        return;
    size_t most = json_is_array(wanted->json) ? document_count(wanted) : 1;
    w->values = arena_array(&p->arena, most, sizeof *w->values);
    if (!json_is_array(wanted->json)) {
        take_wanted(p, wanted, w);
        return;
    }
    if (most == 0)
        document_fail(wanted, "no values, so no record could ever be meant");
    while (document_next(wanted, &item))
        take_wanted(p, &item, w);
}

void plan_read_where(struct plan *p, const struct document *table, struct plan_table *t)
{
    struct document where, condition = {0};
    if (!document_get(table, "where", &where))
        return;
    document_must_be_object(&where);
    t->where = arena_array(&p->arena, json_object_size(where.json), sizeof *t->where);
    while (document_next(&where, &condition)) {
        struct conditions x = {p, &t->where[t->where_count++]};
        x.where->field = plan_keep(p, span_of(condition.key));
        document_try(&condition, take_condition, &x);
    }
}
