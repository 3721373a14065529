/* plan_labels -- what a plan and the schemas call a study, its fields, values and reasons. */
#include "plan_read.h"

#include "text/key.h"

static void take_list(struct plan *p, const struct document *root, const char *key,
                      struct labels_list *list)
{
    struct document object, member = {0};
    if (!document_get(root, key, &object))
        return;
    document_must_be_object(&object);
    while (document_next(&object, &member))
        labels_add(&p->labels, list, span_of(member.key), document_text(&member));
}

void plan_read_labels(void *plan, const struct document *root)
{
    struct plan *p = plan;
    struct document list, item = {0};
    struct span title = document_text_or(root, "title", (struct span){0});
    struct span date = document_text_or(root, "date", (struct span){0});
    p->labels.title = plan_keep(p, title);
    p->labels.date = plan_keep(p, date);
    take_list(p, root, "labels", &p->labels.fields);
    take_list(p, root, "reasons", &p->labels.reasons);
    if (!document_get(root, "public", &list))
        return;
    document_must_be_list(&list);
    while (document_next(&list, &item))
        intern_add(&p->labels.records.open, document_text(&item));
}

void plan_read_label(struct plan *p, const struct document *table, struct span id)
{
    struct span label = document_text_or(table, "label", (struct span){0});
    if (label.at)
        labels_add(&p->labels, &p->labels.tables, id, label);
}

/* ---- schemas ---- */

static struct span code_key(struct buf *b, struct span field, struct span spelling)
{
    buf_clear(b);
    key_add(b, KEY_OTHER, field);
    key_add(b, KEY_OTHER, spelling);
    return buf_span(b);
}

struct span plan_code_label(const struct plan *p, struct span field, struct span spelling,
                            struct buf *scratch)
{
    if (p->codes.names.count == 0)
        return (struct span){0};
    return labels_find(&p->codes, code_key(scratch, field, spelling));
}

size_t plan_code_order(const struct plan *p, struct span field, struct span spelling,
                       struct buf *scratch)
{
    if (p->order.count == 0)
        return PLAN_NONE;
    size_t place = intern_find(&p->order, code_key(scratch, field, spelling));
    return place == INTERN_NONE ? PLAN_NONE : place;
}

/* The bands of a field made of a number have the order of their numbers. */
static void take_bands(struct plan *p, struct span field, const struct document *d)
{
    struct document list, item = {0};
    if (!document_get(d, "bands", &list) || !json_is_array(list.json))
        return;
    size_t count = 0;
    double *bands = arena_array(&p->arena, document_count(&list), sizeof *bands);
    while (document_next(&list, &item))
        bands[count++] = document_number(&item);
    for (size_t i = 0; count && i <= count; i++) {
        struct span spelling = plan_band_name(p, bands, count, i);
        intern_add(&p->order, code_key(&p->scratch, field, spelling));
    }
}

static void take_order(struct plan *p, struct span field, const struct document *item)
{
    struct document value = *item;
    if (json_is_object(item->json) && !document_get(item, "value", &value))
        return;
    struct span spelling = plan_spelling(p, &value);
    intern_add(&p->order, code_key(&p->scratch, field, spelling));
}

/* {"value":1,"label":"Acute"} in `categories`; one without a label says nothing. */
static void take_category(struct plan *p, struct span field, const struct document *item)
{
    struct document value;
    if (!json_is_object(item->json) || !document_get(item, "value", &value))
        return;
    struct span label = document_text_or(item, "label", (struct span){0});
    if (label.at)
        labels_add(&p->labels, &p->codes, code_key(&p->scratch, field, plan_spelling(p, &value)),
                   label);
}

static void take_field(struct plan *p, const struct document *d)
{
    struct document name, categories, item = {0};
    document_need(d, "name", &name);
    struct span field = plan_keep(p, document_text(&name));
    struct span title = document_text_or(d, "title", (struct span){0});
    if (title.len)
        labels_add(&p->labels, &p->labels.fields, field, title);
    take_bands(p, field, d);
    if (!document_get(d, "categories", &categories) || !json_is_array(categories.json))
        return;
    bool is_ordered = document_bool_or(d, "categoriesOrdered", false);
    while (document_next(&categories, &item)) {
        take_category(p, field, &item);
        if (is_ordered)
            take_order(p, field, &item);
    }
}

void plan_add_schema(struct plan *p, const char *file)
{
    struct document root = document_load(file), fields, field = {0};
    document_need(&root, "fields", &fields);
    document_must_be_list(&fields);
    while (document_next(&fields, &field))
        take_field(p, &field);
    document_free(&root);
}
