/* page_bodies -- who is behind the counts: the records of each cell by what identifies them, and
 * one table of all records with the fields that the plan makes public. Nothing else of a record is
 * in the results, so nothing else can come to the page. */
#include "page.h"

#include "shown.h"
#include "stream/scalar.h"

/* "b-ID-7", the anchor of cell 7. */
static void anchor(struct page *p, const struct layout *l, const struct grid_cell *cell)
{
    page_anchor(p, 'b', l);
    buf_addf(p->out, "-c%zu", cell->place);
}

void page_count(struct page *p, const struct layout *l, const struct grid_cell *cell)
{
    bool is_link = cell->members && cell->members->count > 0;
    if (is_link) {
        buf_add(p->out, SPAN("<a class=\"who\" href=\"#"));
        anchor(p, l, cell);
        buf_add(p->out, SPAN("\">"));
    }
    page_text(p, cell->text);
    if (is_link)
        buf_add(p->out, SPAN("</a>"));
}

/* A value of JSON as text; the items of a list with commas. */
static void add_value(struct page *p, const struct value *v, struct buf *scratch)
{
    struct span rest = v->raw;
    struct value item;
    if (v->type == VALUE_NULL) {
        buf_add(p->out, SPAN("–"));
    } else if (v->type == VALUE_LIST) {
        for (bool first = true; value_next(&rest, NULL, &item); first = false) {
            if (!first)
                buf_add(p->out, SPAN(", "));
            page_text(p, shown_text(p->results, value_text(&item, scratch)));
        }
    } else {
        page_text(p, shown_text(p->results, value_text(v, scratch)));
    }
}

static void cell_members(struct page *p, const struct layout *l, const struct grid *g, size_t row,
                         size_t column, struct buf *scratch)
{
    const struct grid_cell *cell = grid_at(g, row, column);
    if (!cell->members || cell->members->count == 0)
        return;
    buf_add(p->out, SPAN("<dt id=\""));
    anchor(p, l, cell);
    buf_add(p->out, SPAN("\">"));
    page_text(p, grid_at(g, row, 0)->text);
    if (l->table->by.at) {
        buf_add(p->out, SPAN(", "));
        page_text(p, grid_at(g, 0, column)->text);
    }
    buf_addf(p->out, " (%zu)</dt>\n<dd>", cell->members->count);
    for (size_t i = 0; i < cell->members->count; i++) {
        struct value v = value_from(cell->members->at[i]);
        if (i > 0)
            buf_add(p->out, SPAN(", "));
        add_value(p, &v, scratch);
    }
    buf_add(p->out, SPAN("</dd>\n"));
}

void page_members(struct page *p, const struct layout *l)
{
    const struct grid *g = &l->counts;
    struct buf scratch = {0};
    if (!l->table || !l->table->members)
        return;
    buf_add(p->out,
            SPAN("<details class=\"who\"><summary>Who is behind the counts</summary>\n<dl>\n"));
    for (size_t r = 1; r < g->rows; r++)
        for (size_t c = 1; c < g->columns; c++)
            cell_members(p, l, g, r, c, &scratch);
    buf_add(p->out, SPAN("</dl>\n</details>\n"));
    buf_free(&scratch);
}

static void body(struct page *p, struct span fields, struct buf *scratch)
{
    struct value v;
    bool is_head = true;
    buf_add(p->out, SPAN("<tr>"));
    while (value_next(&fields, NULL, &v)) {
        buf_add(p->out, is_head ? SPAN("<th scope=\"row\">") : SPAN("<td class=\"w\">"));
        add_value(p, &v, scratch);
        buf_add(p->out, is_head ? SPAN("</th>") : SPAN("</td>"));
        is_head = false;
    }
    buf_add(p->out, SPAN("</tr>\n"));
}

void page_bodies(struct page *p)
{
    const struct labels *l = &p->results->cells.labels;
    struct buf scratch = {0};
    if (l->body_count == 0)
        return;
    buf_addf(p->out,
             "<section id=\"bodies\">\n<h2>The records</h2>\n<p>What of them the study makes "
             "public.</p>\n<details><summary>All %zu records</summary>\n<div class=\"scroll\" "
             "tabindex=\"0\" role=\"group\" aria-label=\"The records\">\n<table "
             "class=\"sort\">\n<thead><tr>",
             l->body_count);
    for (size_t i = 0; i < l->open.count; i++) {
        buf_addf(p->out, "<th scope=\"col\"%s data-c=\"%zu\">", i ? " class=\"w\"" : "", i);
        page_text(p, shown_other_field(p->results, l->open.keys[i]));
        buf_add(p->out, SPAN("</th>"));
    }
    buf_add(p->out, SPAN("</tr></thead>\n<tbody>\n"));
    for (size_t i = 0; i < l->body_count; i++)
        body(p, l->bodies[i], &scratch);
    buf_add(p->out, SPAN("</tbody>\n</table>\n</div>\n</details>\n</section>\n"));
    buf_free(&scratch);
}
