/* page_table -- the counts of a table with a bar beside each, and the missing answers. */
#include "page.h"

#include "chart.h"
#include "shown.h"

#define WIDEST ((size_t)104) /* letters: wider tables are turned or split */
#define SORT_FROM ((size_t)6)
#define OPEN_ROWS ((size_t)30) /* a longer table is behind a triangle, below its figure */
#define LONG_LABEL ((size_t)30)

/* A label that is a whole question stands below the title, not over a narrow column. */
static bool is_long(struct span label)
{
    return grid_text_width(label) > LONG_LABEL;
}

static struct span stub_head(const struct grid *g)
{
    struct span label = grid_at(g, 0, 0)->text;
    return is_long(label) ? SPAN("answer") : label;
}

/* The share as a bar, its interval as a line with ends. For the eye alone: the figures
 * stand beside it. */
static void bar(const struct page *p, const struct cells_share *s)
{
    if (isnan(s->percent))
        return;
    buf_addf(p->out, "<span class=\"b\" aria-hidden=\"true\"><i style=\"width:%.4g%%\"></i>",
             fmin(s->percent, 100));
    if (shown_has_interval(p->results, s))
        buf_addf(p->out, "<u style=\"left:%.4g%%;width:%.4g%%\"></u>", s->low,
                 fmin(s->high, 100) - s->low);
    buf_add(p->out, SPAN("</span>"));
}

static void interval(struct page *p, const struct cells_share *s, int decimals)
{
    if (!shown_has_interval(p->results, s))
        return;
    buf_add(p->out, SPAN(" <span class=\"ci\">"));
    shown_interval(p->out, p->results, s->low, s->high, decimals);
    buf_add(p->out, SPAN("</span>"));
}

/* ---- one column of shares: a bar to itself ---- */

static bool has_intervals(const struct page *p, const struct grid *g)
{
    for (size_t r = 1; r < g->rows; r++)
        if (g->columns > 1 && shown_has_interval(p->results, &grid_at(g, r, 1)->share))
            return true;
    return false;
}

static void sort_value(struct page *p, const struct grid_cell *cell)
{
    double x =
        cell->kind == GRID_SHARE && !isnan(cell->share.percent) ? cell->share.percent : cell->n;
    if (!isnan(x))
        buf_addf(p->out, " data-v=\"%.10g\"", x);
}

static void one_row(struct page *p, const struct layout *l, const struct grid *g, size_t row)
{
    const struct grid_cell *cell = grid_at(g, row, 1);
    page_element(p, "<tr><th scope=\"row\">", grid_at(g, row, 0)->text, "</th>");
    buf_add(p->out, SPAN("<td"));
    sort_value(p, cell);
    buf_addc(p->out, '>');
    page_count(p, l, cell);
    interval(p, &cell->share, l->decimals);
    buf_add(p->out, SPAN("</td><td class=\"bar\">"));
    bar(p, &cell->share);
    buf_add(p->out, SPAN("</td></tr>\n"));
}

static void scroll(struct page *p)
{
    buf_addf(p->out,
             "<div class=\"scroll\" tabindex=\"0\" role=\"group\" aria-label=\"Table %zu\">\n",
             p->tables);
}

static void one_column(struct page *p, const struct layout *l)
{
    const struct grid *g = &l->counts;
    const char *sort = g->rows > SORT_FROM ? " sort" : "";
    scroll(p);
    buf_addf(p->out, "<table class=\"full one%s\">\n<thead><tr>", sort);
    page_element(p, "<th scope=\"col\" data-c=\"0\">", stub_head(g), "</th>");
    buf_add(p->out, SPAN("<th scope=\"col\" data-c=\"1\">n/N (%)"));
    if (has_intervals(p, g))
        buf_add(p->out, SPAN(" <span class=\"ci\">interval, %</span>"));
    buf_add(p->out, SPAN("</th><th scope=\"col\">0 to 100%</th></tr></thead>\n<tbody>\n"));
    for (size_t r = 1; r < g->rows; r++)
        one_row(p, l, g, r);
    buf_add(p->out, SPAN("</tbody>\n</table>\n</div>\n"));
}

/* ---- several columns: bars below the figures ---- */

static void heads(struct page *p, const struct grid *g)
{
    buf_add(p->out, SPAN("<thead>\n"));
    if (g->spanner.len) {
        buf_addf(p->out, "<tr><td></td><th class=\"span\" scope=\"colgroup\" colspan=\"%zu\">",
                 g->columns - 1);
        page_text(p, g->spanner);
        buf_add(p->out, SPAN("</th></tr>\n"));
    }
    buf_add(p->out, SPAN("<tr>"));
    for (size_t c = 0; c < g->columns; c++) {
        buf_addf(p->out, "<th scope=\"col\" data-c=\"%zu\">", c);
        page_text(p, c ? grid_at(g, 0, c)->text : stub_head(g));
        buf_add(p->out, SPAN("</th>"));
    }
    buf_add(p->out, SPAN("</tr>\n</thead>\n"));
}

static void group_cell(struct page *p, const struct layout *l, const struct grid_cell *cell,
                       size_t column)
{
    buf_addf(p->out, "<td class=\"g%zu\"", (column - 1) % 6 + 1);
    sort_value(p, cell);
    buf_addc(p->out, '>');
    page_count(p, l, cell);
    if (cell->kind == GRID_SHARE && !isnan(cell->share.percent)) {
        interval(p, &cell->share, l->decimals);
        bar(p, &cell->share);
    }
    buf_add(p->out, SPAN("</td>"));
}

static void group_rows(struct page *p, const struct layout *l, const struct grid *g)
{
    const char *sort = g->rows > SORT_FROM ? " sort" : "";
    scroll(p);
    buf_addf(p->out, "<table class=\"groups%s\">\n", sort);
    heads(p, g);
    buf_add(p->out, SPAN("<tbody>\n"));
    for (size_t r = 1; r < g->rows; r++) {
        bool is_base = grid_at(g, r, 1)->kind == GRID_COUNT && r + 1 == g->rows;
        buf_addf(p->out, is_base ? "<tr class=\"base\">" : "<tr>");
        page_element(p, "<th scope=\"row\">", grid_at(g, r, 0)->text, "</th>");
        for (size_t c = 1; c < g->columns; c++)
            group_cell(p, l, grid_at(g, r, c), c);
        buf_add(p->out, SPAN("</tr>\n"));
        page_pass(p);
    }
    buf_add(p->out, SPAN("</tbody>\n</table>\n</div>\n"));
}

void page_grid(struct page *p, const struct grid *g, const char *class, struct span label)
{
    size_t count;
    if (g->rows == 0)
        return;
    struct grid *parts = grid_fit(g, WIDEST, 2, 0, &count);
    for (size_t i = 0; i < count; i++) {
        const struct grid *part = &parts[i];
        page_element(p, "<div class=\"scroll\" tabindex=\"0\" role=\"group\" aria-label=\"", label,
                     "\">");
        buf_addf(p->out, "<table class=\"%s\">\n", class);
        heads(p, part);
        buf_add(p->out, SPAN("<tbody>\n"));
        for (size_t r = 1; r < part->rows; r++) {
            page_element(p, "<tr><th scope=\"row\">", grid_at(part, r, 0)->text, "</th>");
            for (size_t c = 1; c < part->columns; c++)
                page_element(p, "<td>", grid_at(part, r, c)->text, "</td>");
            buf_add(p->out, SPAN("</tr>\n"));
            page_pass(p);
        }
        buf_add(p->out, SPAN("</tbody>\n</table>\n</div>\n"));
    }
}

/* ---- all of it ---- */

static void counts(struct page *p, const struct layout *l)
{
    const struct grid *g = &l->counts;
    size_t count;
    if (g->rows < 2)
        return;
    if (g->columns == 2 && !l->table->by.at && grid_at(g, 1, 1)->kind == GRID_SHARE) {
        one_column(p, l);
        return;
    }
    struct grid *parts = grid_fit(g, WIDEST, 3, 0, &count);
    for (size_t i = 0; i < count; i++)
        group_rows(p, l, &parts[i]);
}

void page_question(struct page *p, const struct layout *l)
{
    const struct grid *g = &l->counts;
    const struct span texts[] = {g->rows ? grid_at(g, 0, 0)->text : SPAN(""), g->spanner};
    for (size_t i = 0; i < 2; i++)
        if (is_long(texts[i]) && !span_eq(texts[i], l->title))
            page_element(p, "<p class=\"ask\">", texts[i], "</p>");
}

bool page_is_hidden(const struct layout *l)
{
    enum chart_kind kind = chart_kind_of(l);
    return kind == CHART_FLOW || (l->counts.rows > OPEN_ROWS && kind != CHART_NONE);
}

void page_table(struct page *p, const struct layout *l)
{
    bool is_hidden = page_is_hidden(l);
    if (is_hidden)
        buf_addf(p->out, "<details><summary>All %zu rows</summary>\n", l->counts.rows - 1);
    counts(p, l);
    if (is_hidden)
        buf_add(p->out, SPAN("</details>\n"));
    for (size_t i = 0; i < l->note_count; i++)
        if (l->notes[i].kind < LAYOUT_SENTENCE)
            page_element(p, "<p class=\"note\">", l->notes[i].text, "</p>");
    page_members(p, l);
    if (l->missing.rows) {
        buf_add(p->out, SPAN("<details><summary>Why answers are missing</summary>\n"));
        page_grid(p, &l->missing, "missing", SPAN("Why answers are missing"));
        buf_add(p->out, SPAN("</details>\n"));
    }
}
