/* write_latex -- tables for a paper: booktabs, notes by threeparttable, a label each.
 *
 * Wide tables are turned or split, long ones run over pages by longtable. The packages
 * that a document needs stand in the first line. */
#include "writers.h"

#include "latex.h"
#include "methods.h"
#include "wrap.h"

#define LINE ((size_t)82)       /* columns of a page in \small */
#define GAP ((size_t)2)         /* between two columns */
#define LEAST_STUB ((size_t)36) /* a longer first column is set in lines */
#define LONG_TABLE ((size_t)42) /* rows of more than a page */

/* After "\\" a bracket or a star would be its argument. */
static void add_text(struct buf *b, struct span text)
{
    if (text.len && (text.at[0] == '[' || text.at[0] == '*'))
        buf_add(b, SPAN("{}"));
    latex_add(b, text);
}

/* A head that is broken into lines, the last one on the line of the others. */
static void add_head(struct buf *b, struct span text, size_t width, char align)
{
    struct span line;
    if (grid_text_width(text) <= width) {
        add_text(b, text);
        return;
    }
    buf_addf(b, "\\begin{tabular}[b]{@{}%c@{}}", align);
    for (bool first = true; wrap_next(&text, width, &line); first = false) {
        if (!first)
            buf_add(b, SPAN(" \\\\ "));
        add_text(b, line);
    }
    buf_add(b, SPAN("\\end{tabular}"));
}

static void add_row(struct buf *b, const struct grid *g, size_t row)
{
    for (size_t c = 0; c < g->columns; c++) {
        if (c > 0)
            buf_add(b, SPAN(" & "));
        if (row == 0)
            add_head(b, grid_at(g, row, c)->text, grid_column_width(g, c, LINE), c ? 'r' : 'l');
        else
            add_text(b, grid_at(g, row, c)->text);
    }
    buf_add(b, SPAN(" \\\\\n"));
}

static void add_columns(struct buf *b, const struct grid *g)
{
    size_t stub = grid_column_width(g, 0, LINE);
    bool in_lines = stub >= LEAST_STUB;
    for (size_t r = 1; r < g->rows && !in_lines; r++)
        in_lines = grid_text_width(grid_at(g, r, 0)->text) > LEAST_STUB;
    if (in_lines)
        buf_addf(b, "{>{\\raggedright\\arraybackslash}p{%.2f\\linewidth}",
                 0.9 * (double)LEAST_STUB / (double)LINE);
    else
        buf_add(b, SPAN("{l"));
    for (size_t c = 1; c < g->columns; c++)
        buf_addc(b, 'r');
    buf_addc(b, '}');
}

static void add_heads(struct buf *b, const struct grid *g)
{
    buf_add(b, SPAN("\\toprule\n"));
    if (g->spanner.len) {
        size_t room = LINE - grid_column_width(g, 0, LINE);
        buf_addf(b, " & \\multicolumn{%zu}{c}{", g->columns - 1);
        add_head(b, g->spanner, room, 'c');
        buf_addf(b, "} \\\\\n\\cmidrule(lr){2-%zu}\n", g->columns);
    }
    add_row(b, g, 0);
    buf_add(b, SPAN("\\midrule\n"));
}

static void add_rows(struct buf *b, const struct grid *g)
{
    for (size_t r = 1; r < g->rows; r++)
        add_row(b, g, r);
    buf_add(b, SPAN("\\bottomrule\n"));
}

static void add_grid(struct buf *b, const struct grid *g)
{
    size_t count = 0;
    if (g->rows == 0)
        return;
    struct grid *parts = grid_fit(g, LINE, GAP, 0, &count);
    for (size_t i = 0; i < count; i++) {
        buf_add(b, SPAN("\\begin{tabular}"));
        add_columns(b, &parts[i]);
        buf_addc(b, '\n');
        add_heads(b, &parts[i]);
        add_rows(b, &parts[i]);
        buf_add(b, SPAN("\\end{tabular}\n\n"));
    }
}

/* "tab:grant_by_gde": what may stand in a label, the rest as its bytes in hexadecimal. */
static void add_label(struct buf *b, const struct layout *l)
{
    buf_add(b, SPAN("\\label{tab:"));
    for (size_t i = 0; i < l->id.len; i++) {
        unsigned char c = (unsigned char)l->id.at[i];
        bool plain = (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') ||
                     c == '-' || c == '.' || c == '_';
        buf_addf(b, plain ? "%c" : "x%02x", c);
    }
    if (l->layer > 0)
        buf_addf(b, ":%zu", l->layer + 1);
    buf_addc(b, '}');
}

static void add_caption(struct buf *b, const struct layout *l)
{
    buf_add(b, SPAN("\\caption{"));
    add_text(b, l->title);
    buf_addc(b, '}');
    add_label(b, l);
}

/* Names stay beside their figures. */
static void add_sentence(struct buf *b, struct span text)
{
    struct span part;
    while (wrap_part(&text, &part)) {
        size_t figure = wrap_figure(part);
        for (size_t i = 0, from = 0; i <= part.len; i++) {
            if (i < part.len && part.at[i] != ' ')
                continue;
            latex_add(b, (struct span){part.at + from, i - from});
            if (i < part.len)
                buf_addc(b, i < figure && i + 1 < part.len ? '~' : ' ');
            from = i + 1;
        }
    }
}

static void add_notes(struct buf *b, const struct layout *l, const char *before)
{
    for (size_t i = 0; i < l->note_count; i++) {
        buf_addf(b, "%s", before);
        if (l->notes[i].kind == LAYOUT_SENTENCE)
            add_sentence(b, l->notes[i].text);
        else
            add_text(b, l->notes[i].text);
        buf_addc(b, '\n');
    }
}

static void add_float(struct buf *b, const struct layout *l)
{
    buf_add(b, SPAN("\\begin{table}[htbp]\n\\centering\\small\n\\begin{threeparttable}\n"));
    add_caption(b, l);
    buf_addc(b, '\n');
    add_grid(b, &l->counts);
    add_grid(b, &l->missing);
    add_grid(b, &l->tests);
    if (l->note_count) {
        buf_add(b, SPAN("\\begin{tablenotes}\\footnotesize\n"));
        add_notes(b, l, "\\item ");
        buf_add(b, SPAN("\\end{tablenotes}\n"));
    }
    buf_add(b, SPAN("\\end{threeparttable}\n\\end{table}\n\n"));
}

/* A table of more than a page cannot float. */
static void add_long(struct buf *b, const struct layout *l, const struct grid *g)
{
    size_t count;
    struct grid *parts = grid_fit(g, LINE, GAP, 0, &count);
    buf_add(b, SPAN("{\\small\n"));
    for (size_t i = 0; i < count; i++) {
        buf_add(b, SPAN("\\begin{longtable}"));
        add_columns(b, &parts[i]);
        buf_addc(b, '\n');
        if (i == 0) {
            add_caption(b, l);
            buf_add(b, SPAN("\\\\\n"));
        }
        add_heads(b, &parts[i]);
        buf_add(b, SPAN("\\endhead\n"));
        add_rows(b, &parts[i]);
        buf_add(b, SPAN("\\end{longtable}\n"));
    }
    buf_add(b, SPAN("}\n"));
}

static void add_over_pages(struct buf *b, const struct layout *l)
{
    const struct grid *grids[] = {&l->counts, &l->missing, &l->tests};
    for (size_t i = 0; i < 3; i++) {
        if (grids[i]->rows > LONG_TABLE)
            add_long(b, l, grids[i]);
        else if (grids[i]->rows) {
            buf_add(b, SPAN("{\\centering\\small\n"));
            add_grid(b, grids[i]);
            buf_add(b, SPAN("}\n"));
        }
    }
    buf_add(b, SPAN("{\\footnotesize\n"));
    add_notes(b, l, "\n\\noindent ");
    buf_add(b, SPAN("\n}\n\n"));
}

static void write_layout(void *context, const struct layout *l)
{
    struct filter *f = context;
    size_t rows = l->counts.rows + l->missing.rows + l->tests.rows;
    if (rows > LONG_TABLE)
        add_over_pages(&f->out.buf, l);
    else
        add_float(&f->out.buf, l);
    f->written++;
    if (f->out.buf.len >= OUTPUT_BLOCK)
        output_flush(&f->out);
}

static void write_methods(struct results *s, struct buf *b)
{
    struct methods m = methods_of(s);
    buf_add(b, SPAN("\\paragraph{Methods}\n"));
    for (size_t i = 0; i < m.count; i++) {
        if (methods_is_item(&m, i) && !methods_is_item(&m, i - 1))
            buf_add(b, SPAN("\\begin{itemize}\n"));
        if (methods_is_item(&m, i))
            buf_add(b, SPAN("\\item "));
        add_text(b, m.parts[i].text);
        buf_addc(b, '\n');
        if (methods_is_item(&m, i) && !methods_is_item(&m, i + 1))
            buf_add(b, SPAN("\\end{itemize}\n"));
        else if (!methods_is_item(&m, i))
            buf_addc(b, '\n');
    }
    methods_free(&m);
}

void write_latex(struct results *s, struct filter *f)
{
    buf_add(&f->out.buf,
            SPAN("% \\usepackage[T1]{fontenc}\n% \\usepackage{array,booktabs,longtable,"
                 "threeparttable}\n\n"));
    layout_each(s, write_layout, f);
    if (methods_are_told(s))
        write_methods(s, &f->out.buf);
}
