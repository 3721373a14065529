#include "testing/tested.h"

#include <stdlib.h>

#include "tested_parts.h"

void tested_add_warning(struct tested_list *list, struct tested *t)
{
    t->warnings =
        array_grow(t->warnings, &t->warning_cap, t->warning_count + 1, sizeof *t->warnings);
    t->warnings[t->warning_count++] = arena_copy(&list->arena, buf_span(&list->scratch));
    buf_clear(&list->scratch);
}

void tested_warn(struct tested_list *list, struct tested *t, struct span what)
{
    buf_add(&list->scratch, what);
    tested_add_warning(list, t);
}

bool tested_succeeded(struct tested_list *list, struct tested *t, enum stat_status status,
                      enum tested_way method)
{
    if (status == STAT_OK) {
        t->method = method;
        return true;
    }
    buf_addf(&list->scratch, "no test: %s", stat_reason(status));
    tested_add_warning(list, t);
    return false;
}

/* ---- a new test ---- */

/* The reasons of LAYER, or of all if that is CELLS_NONE, groups added up. The reason for which a
 * group is missing comes with its field's name: it is another question that was not answered. */
static void set_excluded(struct tested_list *list, struct tested *t, size_t layer)
{
    const struct cells_table *table = t->table;
    struct intern reasons = {0};
    t->excluded = arena_array(&list->arena, table->missing_count, sizeof *t->excluded);
    for (size_t i = 0; i < table->missing_count; i++) {
        const struct cells_missing *m = &table->missing[i];
        bool is_here = layer == CELLS_NONE || m->layer == layer || m->layer == CELLS_NONE;
        if (!is_here || !(m->n > 0))
            continue;
        struct buf *b = &list->scratch;
        if (!span_eq(m->field, table->field)) {
            buf_add(b, m->field);
            buf_addc(b, ' ');
        }
        buf_add(b, m->reason);
        size_t index = intern_add(&reasons, buf_span(b));
        buf_clear(b);
        t->excluded[index].n += m->n;
    }
    t->excluded_count = reasons.count;
    for (size_t i = 0; i < reasons.count; i++)
        t->excluded[i].reason = arena_copy(&list->arena, reasons.keys[i]);
    intern_free(&reasons);
}

void tested_set_family(struct tested_list *list, struct tested *t, struct span head)
{
    buf_add(&list->scratch, head);
    buf_add(&list->scratch, t->table->id);
    t->family.name = arena_copy(&list->arena, buf_span(&list->scratch));
    buf_clear(&list->scratch);
}

struct tested *tested_begin(struct tested_list *list, const struct cells_table *table, size_t layer,
                            enum tested_kind kind)
{
    list->at = array_grow(list->at, &list->cap, list->count + 1, sizeof *list->at);
    struct tested *t = &list->at[list->count++];
    *t = (struct tested){.table = table, .kind = kind};
    t->family.name = kind == TESTED_GOODNESS ? SPAN("goodness_of_fit") : SPAN("independence");
    if (layer != CELLS_NONE && table->strata.at) {
        t->stratum = &table->layers[layer];
        tested_set_family(list, t, SPAN("strata of "));
    }
    set_excluded(list, t, layer);
    return t;
}

void tested_add_name(struct buf *b, const struct tested *t)
{
    buf_add(b, t->table->id);
    if (t->stratum) {
        buf_add(b, SPAN(", "));
        buf_add(b, t->stratum->text);
    }
    if (t->item) {
        buf_add(b, SPAN(", "));
        buf_add(b, t->item->text);
    }
    if (t->is_pair)
        buf_addf(b, ", %.*s and %.*s", SPAN_ARGS(t->columns[0].text),
                 SPAN_ARGS(t->columns[1].text));
}

/* ---- families ---- */

static struct span name_of(struct tested_list *list, const struct tested *t)
{
    tested_add_name(&list->scratch, t);
    struct span name = arena_copy(&list->arena, buf_span(&list->scratch));
    buf_clear(&list->scratch);
    return name;
}

static void adjust_family(struct tested_list *list, enum adjust_method method, struct span name)
{
    double *p = arena_array(&list->arena, list->count, sizeof *p);
    struct span *members = arena_array(&list->arena, TESTED_MOST_MEMBERS, sizeof *members);
    size_t size = 0, next = 0;
    for (size_t i = 0; i < list->count; i++) {
        const struct tested *t = &list->at[i];
        if (!tested_has_result(t) || !span_eq(t->family.name, name))
            continue;
        if (size < TESTED_MOST_MEMBERS)
            members[size] = name_of(list, t);
        p[size++] = t->p;
    }
    adjust_p(method, p, size, p);
    for (size_t i = 0; i < list->count; i++) {
        struct tested *t = &list->at[i];
        if (!span_eq(t->family.name, name))
            continue;
        t->family.size = size;
        t->family.method = method;
        t->family.members = members;
        t->family.p_adjusted = tested_has_result(t) ? p[next++] : NAN;
    }
}

void tested_adjust(struct tested_list *list, enum adjust_method method)
{
    struct intern names = {0};
    for (size_t i = 0; i < list->count; i++)
        intern_add_borrowed(&names, list->at[i].family.name);
    for (size_t i = 0; i < names.count; i++)
        adjust_family(list, method, names.keys[i]);
    intern_free(&names);
}

void tested_free(struct tested_list *list)
{
    for (size_t i = 0; i < list->count; i++)
        free(list->at[i].warnings);
    free(list->at);
    arena_free(&list->arena);
    buf_free(&list->scratch);
}
