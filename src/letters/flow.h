/* flow -- text put together as it is read down a page: paragraphs, tables, lists.
 *
 * A paragraph is a line. A row of a table is a line, its cells separated by tabs, unless it has
 * one cell only or is there for the layout: then its paragraphs are lines. Page breaks are form
 * feeds at the start of a line. */
#ifndef FLOW_H
#define FLOW_H

#include "base/buf.h"

#define FLOW_DEPTH 16 /* tables within tables; deeper ones are text of their cell */

struct flow_row {
    struct buf text; /* of the cells, one behind the other */
    size_t *ends;
    size_t count, cap;
    bool in_row;
};

struct flow {
    struct buf text; /* outside tables */
    struct flow_row rows[FLOW_DEPTH];
    size_t depth; /* of tables, also beyond FLOW_DEPTH */
    bool page_break;
    size_t pages; /* breaks so far */
};

/* Where the next text goes. */
struct buf *flow_target(struct flow *f);
void flow_add(struct flow *f, struct span text);

/* Ends a line if one is begun. */
void flow_line(struct flow *f);

/* Ends a line, and leaves one blank: between paragraphs of a page. */
void flow_gap(struct flow *f);
void flow_page(struct flow *f);

void flow_table(struct flow *f);
void flow_row(struct flow *f);
void flow_end_cell(struct flow *f);
void flow_end_row(struct flow *f);
void flow_end_table(struct flow *f);

/* Ends what is open. The text is F->text, without white space at its ends of lines. */
void flow_finish(struct flow *f);
void flow_free(struct flow *f);

#endif
