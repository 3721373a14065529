/* page_bodies -- who is behind the counts: the records of each cell by what identifies them, as far
 * as the plan makes that public. */
#include "page.h"

/* "b-ID-7", the anchor of cell 7. */
static void anchor(struct page *p, const struct layout *l, const struct grid_cell *cell)
{
    page_anchor(p, 'b', l);
    buf_addf(p->out, "-c%zu", cell->place);
}

void page_count(struct page *p, const struct layout *l, const struct grid_cell *cell)
{
    bool is_link = !p->are_many && cell->members && cell->members->count > 0;
    if (is_link) {
        buf_add(p->out, SPAN("<a class=\"who\" href=\"#"));
        anchor(p, l, cell);
        buf_add(p->out, SPAN("\">"));
    }
    page_text(p, cell->text);
    if (is_link)
        buf_add(p->out, SPAN("</a>"));
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
        page_value(p, &v, scratch);
    }
    buf_add(p->out, SPAN("</dd>\n"));
}

void page_members(struct page *p, const struct layout *l)
{
    const struct grid *g = &l->counts;
    struct buf scratch = {0};
    if (p->are_many || !l->table || !l->table->members)
        return;
    buf_add(p->out,
            SPAN("<details class=\"who\"><summary>Who is behind the counts</summary>\n<dl>\n"));
    for (size_t r = 1; r < g->rows; r++)
        for (size_t c = 1; c < g->columns; c++)
            cell_members(p, l, g, r, c, &scratch);
    buf_add(p->out, SPAN("</dl>\n</details>\n"));
    buf_free(&scratch);
}
