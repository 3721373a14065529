/* docx_parts -- lists and styles of a Word document. */
#include "docx_parts.h"

#include <stdint.h>
#include <stdlib.h>

struct reading {
    struct docx_parts *d;
    struct numbering_list *list; /* whose levels are read */
    struct docx_number *number;
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

static void begin_abstract(struct reading *r, const struct xml_attributes *a)
{
    struct docx_parts *d = r->d;
    d->abstracts =
        array_grow(d->abstracts, &d->abstracts_cap, d->abstracts_count + 1, sizeof *d->abstracts);
    struct docx_abstract *abstract = &d->abstracts[d->abstracts_count++];
    *abstract =
        (struct docx_abstract){.id = xml_number(xml_attribute(a, NULL, "abstractNumId"), 0)};
    r->list = &abstract->list;
    r->number = NULL;
}

static const struct docx_abstract *find_abstract(const struct docx_parts *d, size_t id)
{
    for (size_t i = 0; i < d->abstracts_count; i++)
        if (d->abstracts[i].id == id)
            return &d->abstracts[i];
    return NULL;
}

static void begin_number(struct reading *r, const struct xml_attributes *a)
{
    struct docx_parts *d = r->d;
    d->numbers = array_grow(d->numbers, &d->numbers_cap, d->numbers_count + 1, sizeof *d->numbers);
    r->number = &d->numbers[d->numbers_count++];
    *r->number = (struct docx_number){.id = xml_number(xml_attribute(a, NULL, "numId"), 0)};
    r->list = NULL;
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

/* The list that NUMBER uses: that of its abstract one, with what it overrides. */
static void take_abstract(struct reading *r, const struct xml_attributes *a)
{
    r->number->abstract = xml_number(value(a), 0);
    const struct docx_abstract *abstract = find_abstract(r->d, r->number->abstract);
    if (abstract)
        r->number->list = abstract->list;
}

static void start_numbering(void *data, struct span name, const struct xml_attributes *a)
{
    struct reading *r = data;
    if (span_eq(name, SPAN("abstractNum"))) {
        begin_abstract(r, a);
    } else if (span_eq(name, SPAN("num"))) {
        begin_number(r, a);
    } else if (r->number && span_eq(name, SPAN("abstractNumId"))) {
        take_abstract(r, a);
    } else if (span_eq(name, SPAN("lvl")) || span_eq(name, SPAN("lvlOverride"))) {
        size_t level = xml_number(xml_attribute(a, NULL, "ilvl"), 0);
        r->level = level < NUMBERING_LEVELS ? level : NUMBERING_LEVELS - 1;
        if (r->number) {
            r->list = &r->number->list;
            r->number->overrides = true;
        }
        if (r->list && span_eq(name, SPAN("lvl")))
            r->list->levels[r->level].start = 1; /* if not said */
    } else if (r->number && span_eq(name, SPAN("startOverride"))) {
        r->number->list.levels[r->level].start = xml_number(value(a), 1);
    } else if (r->list) {
        set_level(r, name, a);
    }
}

static void start_styles(void *data, struct span name, const struct xml_attributes *a)
{
    struct docx_parts *d = ((struct reading *)data)->d;
    if (span_eq(name, SPAN("style"))) {
        d->styles = array_grow(d->styles, &d->styles_cap, d->styles_count + 1, sizeof *d->styles);
        struct span id = arena_copy(&d->arena, xml_attribute(a, NULL, "styleId"));
        d->styles[d->styles_count++] = (struct docx_style){.id = id, .num = SIZE_MAX};
        return;
    }
    if (d->styles_count == 0)
        return;
    struct docx_style *style = &d->styles[d->styles_count - 1];
    if (span_eq(name, SPAN("basedOn")))
        style->based_on = arena_copy(&d->arena, value(a));
    else if (span_eq(name, SPAN("numId")))
        style->num = xml_number(value(a), SIZE_MAX);
    else if (span_eq(name, SPAN("ilvl")))
        style->level = xml_number(value(a), 0);
}

void docx_parts_read(struct docx_parts *d, const struct package *p, struct trouble *t)
{
    static const struct xml_handler numbering = {.start = start_numbering},
                                    styles = {.start = start_styles};
    struct reading r = {.d = d};
    xml_read(p, SPAN("word/numbering.xml"), &numbering, &r, t);
    r = (struct reading){.d = d};
    xml_read(p, SPAN("word/styles.xml"), &styles, &r, t);
}

void docx_parts_label(struct docx_parts *d, size_t num, size_t level, struct buf *b)
{
    for (size_t i = 0; i < d->numbers_count; i++) {
        struct docx_number *n = &d->numbers[i];
        if (n->id != num)
            continue;
        struct numbering_list *list = &n->list;
        for (size_t j = 0; j < d->abstracts_count && !n->overrides; j++)
            if (d->abstracts[j].id == n->abstract)
                list = &d->abstracts[j].list; /* lists of one kind count on together */
        numbering_label(list, level, b);
        return;
    }
}

void docx_parts_style(const struct docx_parts *d, struct span style, size_t *num, size_t *level)
{
    for (size_t depth = 0; depth < 10 && style.len; depth++) {
        const struct docx_style *found = NULL;
        for (size_t i = 0; i < d->styles_count && !found; i++)
            if (span_eq(d->styles[i].id, style))
                found = &d->styles[i];
        if (!found)
            return;
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
    arena_free(&d->arena);
}
