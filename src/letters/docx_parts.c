/* docx_parts -- lists and styles of a Word document. */
#include "docx_parts.h"

#include <stdint.h>
#include <stdlib.h>

#define MAX_LISTS 50000

struct reading {
    struct docx_parts *d;
    struct numbering_list *list; /* whose levels are read */
    struct docx_number *number;
    struct docx_style *style;
    size_t level;
};

static struct span value(const struct xml_attributes *a)
{
    return xml_attribute(a, NULL, "val");
}

static bool is_off(const struct xml_attributes *a)
{
    struct span text = value(a);
    return text.at && !xml_truth(text);
}

/* A list like OF, or a new one. */
static struct numbering_list *new_list(struct docx_parts *d, const struct numbering_list *of)
{
    struct numbering_list *list = arena_array(&d->arena, 1, sizeof *list);
    *list = of ? *of : (struct numbering_list){0};
    if (++d->lists > MAX_LISTS)
        trouble_set(d->trouble, TROUBLE_TOO_LARGE, "more than %d lists", MAX_LISTS);
    return list;
}

/* Of several with one number the first counts. */
static void begin_abstract(struct reading *r, const struct xml_attributes *a)
{
    struct docx_parts *d = r->d;
    size_t count = d->abstract_ids.count;
    r->number = NULL;
    r->list = NULL;
    if (intern64_add(&d->abstract_ids, xml_number(xml_attribute(a, NULL, "abstractNumId"), 0)) !=
        count)
        return;
    d->abstracts = array_grow(d->abstracts, &d->abstracts_cap, count + 1, sizeof *d->abstracts);
    r->list = d->abstracts[count] = new_list(d, NULL);
}

static struct numbering_list *find_abstract(const struct docx_parts *d, size_t id)
{
    size_t at = intern64_find(&d->abstract_ids, id);
    return at == INTERN64_NONE ? NULL : d->abstracts[at];
}

static void begin_number(struct reading *r, const struct xml_attributes *a)
{
    struct docx_parts *d = r->d;
    size_t count = d->number_ids.count;
    r->number = NULL;
    r->list = NULL;
    if (intern64_add(&d->number_ids, xml_number(xml_attribute(a, NULL, "numId"), 0)) != count)
        return;
    d->numbers = array_grow(d->numbers, &d->numbers_cap, count + 1, sizeof *d->numbers);
    r->number = &d->numbers[count];
    *r->number = (struct docx_number){.abstract = 0};
}

/* The levels of a number that has its own: those of its kind, with what it overrides. */
static void override(struct reading *r)
{
    struct docx_number *n = r->number;
    if (!n->list)
        n->list = new_list(r->d, find_abstract(r->d, n->abstract));
    r->list = n->list;
}

static void set_level(struct reading *r, struct span name, const struct xml_attributes *a)
{
    struct numbering_level *level = &r->list->levels[r->level];
    if (span_eq(name, SPAN("start")))
        level->start = xml_number(value(a), 1);
    else if (span_eq(name, SPAN("numFmt")))
        level->format = arena_copy(&r->d->arena, value(a));
    else if (span_eq(name, SPAN("lvlText")))
        level->text = arena_copy(&r->d->arena, value(a));
    else if (span_eq(name, SPAN("isLgl")))
        level->legal = !is_off(a);
}

static void start_numbering(void *data, struct span name, const struct xml_attributes *a)
{
    struct reading *r = data;
    if (span_eq(name, SPAN("abstractNum"))) {
        begin_abstract(r, a);
    } else if (span_eq(name, SPAN("num"))) {
        begin_number(r, a);
    } else if (r->number && span_eq(name, SPAN("abstractNumId"))) {
        r->number->abstract = xml_number(value(a), 0);
    } else if (span_eq(name, SPAN("lvl")) || span_eq(name, SPAN("lvlOverride"))) {
        size_t level = xml_number(xml_attribute(a, NULL, "ilvl"), 0);
        r->level = level < NUMBERING_LEVELS ? level : NUMBERING_LEVELS - 1;
        if (r->number)
            override(r);
        if (r->list && span_eq(name, SPAN("lvl")))
            r->list->levels[r->level].start = 1; /* if not said */
    } else if (r->number && span_eq(name, SPAN("startOverride"))) {
        override(r);
        r->list->levels[r->level].start = xml_number(value(a), 1);
    } else if (r->list) {
        set_level(r, name, a);
    }
}

static void begin_style(struct reading *r, const struct xml_attributes *a)
{
    struct docx_parts *d = r->d;
    size_t count = d->style_ids.count;
    r->style = NULL;
    if (intern_add(&d->style_ids, xml_attribute(a, NULL, "styleId")) != count)
        return;
    d->styles = array_grow(d->styles, &d->styles_cap, count + 1, sizeof *d->styles);
    r->style = &d->styles[count];
    *r->style = (struct docx_style){.num = SIZE_MAX};
}

static void start_styles(void *data, struct span name, const struct xml_attributes *a)
{
    struct reading *r = data;
    if (span_eq(name, SPAN("style")))
        begin_style(r, a);
    else if (r->style && span_eq(name, SPAN("basedOn")))
        r->style->based_on = arena_copy(&r->d->arena, value(a));
    else if (r->style && span_eq(name, SPAN("numId")))
        r->style->num = xml_number(value(a), SIZE_MAX);
    else if (r->style && span_eq(name, SPAN("ilvl")))
        r->style->level = xml_number(value(a), 0);
}

void docx_parts_read(struct docx_parts *d, const struct package *p, struct trouble *t)
{
    static const struct xml_handler numbering = {.start = start_numbering},
                                    styles = {.start = start_styles};
    struct reading r = {.d = d};
    d->trouble = t;
    xml_read(p, SPAN("word/numbering.xml"), &numbering, &r, t);
    r = (struct reading){.d = d};
    xml_read(p, SPAN("word/styles.xml"), &styles, &r, t);
}

void docx_parts_label(struct docx_parts *d, size_t num, size_t level, struct buf *b)
{
    size_t at = intern64_find(&d->number_ids, num);
    if (at == INTERN64_NONE)
        return;
    struct docx_number *n = &d->numbers[at];
    /* lists of one kind count on together */
    struct numbering_list *list = n->list ? n->list : find_abstract(d, n->abstract);
    if (list)
        numbering_label(list, level, b);
}

void docx_parts_style(const struct docx_parts *d, struct span style, size_t *num, size_t *level)
{
    for (size_t depth = 0; depth < 10 && style.len; depth++) {
        size_t at = intern_find(&d->style_ids, style);
        if (at == INTERN_NONE)
            return;
        const struct docx_style *found = &d->styles[at];
        if (found->num != SIZE_MAX) {
            *num = found->num;
            *level = found->level;
            return;
        }
        style = found->based_on;
    }
}

void docx_parts_free(struct docx_parts *d)
{
    free(d->numbers);
    free(d->abstracts);
    free(d->styles);
    intern64_free(&d->number_ids);
    intern64_free(&d->abstract_ids);
    intern_free(&d->style_ids);
    arena_free(&d->arena);
}
