/* write_text -- tables as plain text.
 *
 * No line is wider than the page: long texts are broken, wide tables turned or split.
 * On a terminal one-way tables have bars, and titles a weight of their own. */
#include "methods.h"
#include "wrap.h"
#include "writers.h"

#define GAP ((size_t)2) /* between columns, and before the first */
#define BAR_COLUMNS ((size_t)24)
#define LEAST_BAR ((size_t)8)

static void repeat(struct buf *b, struct span what, size_t count)
{
    for (size_t i = 0; i < count; i++)
        buf_add(b, what);
}

static void add_lines(struct buf *b, struct span text, size_t width, enum layout_note_kind kind)
{
    struct span line;
    while (kind == LAYOUT_SENTENCE ? wrap_next_part(&text, width, &line)
                                   : wrap_next(&text, width, &line)) {
        buf_add(b, line);
        buf_addc(b, '\n');
    }
}

/* ---- colours: none unless asked ---- */

static void colour(struct buf *b, const struct results *s, struct span code)
{
    if (s->options.colour)
        buf_add(b, code);
}

#define BOLD SPAN("\x1b[1m")
#define BLUE SPAN("\x1b[34m")
#define USUAL SPAN("\x1b[0m")

/* ---- bars ---- */

/* PERCENT of WIDTH columns, to an eighth. */
static void add_bar(struct buf *b, const struct results *s, double percent, size_t width)
{
    static const char *const eighths[] = {"", "▏", "▎", "▍", "▌", "▋", "▊", "▉"};
    double length = fmin(fmax(percent, 0), 100) / 100 * (double)width;
    size_t whole = (size_t)length, part = (size_t)((length - (double)whole) * 8);
    colour(b, s, BLUE);
    repeat(b, SPAN("█"), whole);
    buf_addf(b, "%s", eighths[part]);
    colour(b, s, USUAL);
}

/* The columns that a bar may take, 0 for no bars: only beside one column of percentages. */
static size_t bar_width(const struct results *s, const struct grid *g, const size_t *widths)
{
    if (!s->options.bars || g->columns != 2 || g->rows < 2 || grid_at(g, 1, 1)->kind != GRID_SHARE)
        return 0;
    size_t taken = widths[0] + widths[1] + 3 * GAP;
    size_t left = s->options.width > taken ? s->options.width - taken : 0;
    return left < LEAST_BAR ? 0 : left < BAR_COLUMNS ? left : BAR_COLUMNS;
}

/* ---- rows ---- */

static size_t row_height(const struct grid *g, size_t row, const size_t *widths)
{
    size_t most = 1;
    for (size_t c = 0; c < g->columns; c++) {
        size_t lines = wrap_count(grid_at(g, row, c)->text, widths[c]);
        most = lines > most ? lines : most;
    }
    return most;
}

/* Trailing spaces would be wider than the page. */
static void end_line(struct buf *b)
{
    while (b->len && b->at[b->len - 1] == ' ')
        b->len--;
    buf_addc(b, '\n');
}

/* Heads stand on their last line, cells on their first. RESTS holds what is left of each. */
static void write_line(struct buf *b, const struct grid *g, const size_t *widths,
                       struct span *rests, size_t left, bool is_head)
{
    repeat(b, SPAN(" "), GAP);
    for (size_t c = 0; c < g->columns; c++) {
        struct span line = {0};
        if (!is_head || wrap_count(rests[c], widths[c]) >= left)
            wrap_next(&rests[c], widths[c], &line);
        size_t gap = widths[c] - grid_text_width(line);
        if (c > 0)
            repeat(b, SPAN(" "), gap + GAP);
        buf_add(b, line);
        if (c == 0)
            repeat(b, SPAN(" "), gap);
    }
}

static void write_row(struct buf *b, const struct results *s, const struct grid *g, size_t row,
                      const size_t *widths, size_t bar)
{
    struct span *rests = arena_array(g->arena, g->columns, sizeof *rests);
    for (size_t c = 0; c < g->columns; c++)
        rests[c] = grid_at(g, row, c)->text;
    size_t height = row_height(g, row, widths);
    for (size_t i = 0; i < height; i++) {
        write_line(b, g, widths, rests, height - i, row == 0);
        double percent = g->columns > 1 ? grid_at(g, row, 1)->share.percent : NAN;
        if (bar && i == 0 && row > 0 && !isnan(percent)) {
            repeat(b, SPAN(" "), GAP);
            add_bar(b, s, percent, bar);
        }
        end_line(b);
    }
}

/* The spanner begins where the columns do that it is of. */
static void write_spanner(struct buf *b, const struct grid *g, const size_t *widths, size_t width)
{
    size_t indent = widths[0] + 2 * GAP;
    size_t room = width > indent + 8 ? width - indent : 8;
    struct span rest = g->spanner, line;
    while (wrap_next(&rest, room, &line)) {
        repeat(b, SPAN(" "), indent);
        buf_add(b, line);
        buf_addc(b, '\n');
    }
}

static void write_part(struct buf *b, const struct results *s, const struct grid *g)
{
    size_t *widths = arena_array(g->arena, g->columns, sizeof *widths);
    for (size_t c = 0; c < g->columns; c++)
        widths[c] = grid_column_width(g, c, s->options.width);
    size_t bar = bar_width(s, g, widths);
    if (g->spanner.len)
        write_spanner(b, g, widths, s->options.width);
    for (size_t r = 0; r < g->rows; r++)
        write_row(b, s, g, r, widths, bar);
}

static void write_grid(struct buf *b, const struct results *s, const struct grid *g)
{
    size_t count;
    if (g->rows == 0)
        return;
    struct grid *parts = grid_fit(g, s->options.width, GAP, GAP, &count);
    for (size_t i = 0; i < count; i++) {
        if (i > 0)
            buf_addc(b, '\n');
        write_part(b, s, &parts[i]);
    }
}

/* ---- a table ---- */

static void write_title(struct buf *b, const struct results *s, struct span title)
{
    size_t widest = 0;
    struct span rest = title, line;
    colour(b, s, BOLD);
    while (wrap_next(&rest, s->options.width, &line)) {
        size_t width = grid_text_width(line);
        widest = width > widest ? width : widest;
        buf_add(b, line);
        buf_addc(b, '\n');
    }
    repeat(b, SPAN("="), widest);
    colour(b, s, USUAL);
    buf_addc(b, '\n');
}

/* The notes of the kinds FIRST to LAST. */
static void write_notes(struct buf *b, const struct results *s, const struct layout *l,
                        enum layout_note_kind first, enum layout_note_kind last)
{
    for (size_t i = 0; i < l->note_count; i++)
        if (l->notes[i].kind >= first && l->notes[i].kind <= last)
            add_lines(b, l->notes[i].text, s->options.width, l->notes[i].kind);
}

struct writing {
    struct results *results;
    struct filter *f;
};

static void write_layout(void *context, const struct layout *l)
{
    struct writing *w = context;
    struct buf *b = &w->f->out.buf;
    write_title(b, w->results, l->title);
    write_grid(b, w->results, &l->counts);
    write_notes(b, w->results, l, LAYOUT_BASE, LAYOUT_BOUNDS);
    write_grid(b, w->results, &l->missing);
    if (l->tests.rows) {
        write_notes(b, w->results, l, LAYOUT_SENTENCE, LAYOUT_EXPLANATION);
        write_grid(b, w->results, &l->tests);
        write_notes(b, w->results, l, LAYOUT_WARNING, LAYOUT_WARNING);
    } else {
        write_notes(b, w->results, l, LAYOUT_SENTENCE, LAYOUT_WARNING);
    }
    buf_addc(b, '\n');
    w->f->written++;
    if (b->len >= OUTPUT_BLOCK)
        output_flush(&w->f->out);
}

static void add_item(struct buf *b, struct span text, size_t width)
{
    struct span line;
    for (bool first = true; wrap_next(&text, width - GAP, &line); first = false) {
        buf_add(b, first ? SPAN("- ") : SPAN("  "));
        buf_add(b, line);
        buf_addc(b, '\n');
    }
}

static void write_methods(struct results *s, struct buf *b)
{
    struct methods m = methods_of(s);
    write_title(b, s, SPAN("Methods"));
    for (size_t i = 0; i < m.count; i++)
        if (methods_is_item(&m, i))
            add_item(b, m.parts[i].text, s->options.width);
        else
            add_lines(b, m.parts[i].text, s->options.width, LAYOUT_BASE);
    buf_addc(b, '\n');
    methods_free(&m);
}

void write_text(struct results *s, struct filter *f)
{
    struct writing w = {s, f};
    layout_each(s, write_layout, &w);
    if (methods_are_told(s))
        write_methods(s, &f->out.buf);
}
