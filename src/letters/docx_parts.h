/* docx_parts -- what belongs to a Word document beside its text. */
#ifndef DOCX_PARTS_H
#define DOCX_PARTS_H

#include "base/arena.h"
#include "base/intern64.h"
#include "numbering.h"
#include "package/xml.h"

struct docx_number {             /* w:num: a list that is in use */
    size_t abstract;             /* what Word calls the kind of list */
    struct numbering_list *list; /* its own levels where it overrides, or NULL */
};

struct docx_style {
    struct span based_on;
    size_t num, level; /* SIZE_MAX: none */
};

struct docx_parts {
    struct arena arena;
    struct docx_number *numbers; /* each by the index of its number or name */
    size_t numbers_cap;
    struct numbering_list **abstracts;
    size_t abstracts_cap;
    struct docx_style *styles;
    size_t styles_cap;
    struct intern64 number_ids, abstract_ids;
    struct intern style_ids;
    size_t lists; /* so far, of numbers and abstracts */
    struct trouble *trouble;
};

void docx_parts_read(struct docx_parts *d, const struct package *p, struct trouble *t);

/* The label of a paragraph with list NUM at LEVEL, at the end of B. */
void docx_parts_label(struct docx_parts *d, size_t num, size_t level, struct buf *b);

/* The list that paragraphs of a style are in; *NUM stays as it is if none. */
void docx_parts_style(const struct docx_parts *d, struct span style, size_t *num, size_t *level);

void docx_parts_free(struct docx_parts *d);

#endif
