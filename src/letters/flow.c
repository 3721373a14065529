/* flow -- text put together as it is read down a page. */
#include "flow.h"

#include <stdlib.h>

#include "base/arena.h"

#define LAYOUT_LINES 20 /* a cell with more of them holds a page, not an answer */
#define LAYOUT_BYTES 4000

static struct flow_row *top(struct flow *f)
{
    size_t depth = f->depth < FLOW_DEPTH ? f->depth : FLOW_DEPTH;
    while (depth > 0 && !f->rows[depth - 1].in_row)
        depth--;
    return depth ? &f->rows[depth - 1] : NULL;
}

struct buf *flow_target(struct flow *f)
{
    struct flow_row *row = top(f);
    return row ? &row->text : &f->text;
}

/* Where the present cell or page begins in its target. */
static size_t begin(struct flow *f)
{
    const struct flow_row *row = top(f);
    return row && row->count ? row->ends[row->count - 1] : 0;
}

void flow_add(struct flow *f, struct span text)
{
    if (text.len == 0)
        return;
    if (f->page_break && f->depth == 0 &&
        (f->text.len == 0 || f->text.at[f->text.len - 1] == '\n')) {
        buf_addc(&f->text, '\f');
        f->page_break = false;
        f->pages++;
    }
    buf_add(flow_target(f), text);
}

void flow_line(struct flow *f)
{
    struct buf *to = flow_target(f);
    if (to->len > begin(f) && to->at[to->len - 1] != '\n')
        buf_addc(to, '\n');
}

void flow_gap(struct flow *f)
{
    struct buf *to = flow_target(f);
    flow_line(f);
    if (to->len > begin(f) + 1 && to->at[to->len - 2] != '\n')
        buf_addc(to, '\n');
}

void flow_page(struct flow *f)
{
    f->page_break = true;
}

void flow_table(struct flow *f)
{
    if (f->depth == 0)
        flow_line(f);
    f->depth++;
}

void flow_row(struct flow *f)
{
    if (f->depth == 0 || f->depth > FLOW_DEPTH)
        return;
    struct flow_row *row = &f->rows[f->depth - 1];
    row->in_row = true;
    row->count = 0;
    buf_clear(&row->text);
}

void flow_end_cell(struct flow *f)
{
    if (f->depth == 0 || f->depth > FLOW_DEPTH || !f->rows[f->depth - 1].in_row)
        return;
    struct flow_row *row = &f->rows[f->depth - 1];
    row->ends = array_grow(row->ends, &row->cap, row->count + 1, sizeof *row->ends);
    row->ends[row->count++] = row->text.len;
}

static struct span trim(struct span text)
{
    while (text.len && strchr(" \t\n\r", *text.at))
        text = (struct span){text.at + 1, text.len - 1};
    while (text.len && strchr(" \t\n\r", text.at[text.len - 1]))
        text.len--;
    return text;
}

static struct span cell_of(const struct flow_row *row, size_t index)
{
    size_t from = index ? row->ends[index - 1] : 0;
    return trim(span_part(buf_span(&row->text), from, row->ends[index] - from));
}

/* Whether ROW is text set side by side rather than a row of cells. */
static bool is_layout(const struct flow_row *row)
{
    size_t filled = 0;
    for (size_t i = 0; i < row->count; i++) {
        struct span cell = cell_of(row, i);
        size_t lines = 0;
        for (size_t j = 0; j < cell.len; j++)
            lines += cell.at[j] == '\n';
        filled += cell.len != 0;
        if (lines > LAYOUT_LINES || cell.len > LAYOUT_BYTES)
            return true;
    }
    return row->count < 2 || filled == 0;
}

/* Line ends and tabs of a cell are spaces, several white spaces one. */
static void add_cell(struct flow *f, struct span cell)
{
    struct buf *to = flow_target(f);
    bool space = false;
    for (size_t i = 0; i < cell.len; i++) {
        char c = cell.at[i];
        if (c == '\n' || c == '\t' || c == ' ' || c == '\r' || c == '\f') {
            space = true;
            continue;
        }
        if (space)
            buf_addc(to, ' ');
        space = false;
        buf_addc(to, c);
    }
}

void flow_end_row(struct flow *f)
{
    if (f->depth == 0 || f->depth > FLOW_DEPTH || !f->rows[f->depth - 1].in_row)
        return;
    struct flow_row *row = &f->rows[f->depth - 1];
    if (row->count == 0 || row->ends[row->count - 1] < row->text.len)
        flow_end_cell(f);
    row->in_row = false;
    bool layout = is_layout(row);
    size_t count = row->count;
    while (count > 1 && cell_of(row, count - 1).len == 0)
        count--;
    flow_line(f);
    for (size_t i = 0; i < count; i++) {
        struct span cell = cell_of(row, i);
        if (layout) {
            buf_add(flow_target(f), cell);
            flow_line(f);
            continue;
        }
        if (i)
            buf_addc(flow_target(f), '\t');
        add_cell(f, cell);
    }
    flow_line(f);
}

void flow_end_table(struct flow *f)
{
    flow_end_row(f);
    f->depth -= f->depth != 0;
}

void flow_finish(struct flow *f)
{
    while (f->depth)
        flow_end_table(f);
    flow_line(f);
    struct buf *text = &f->text;
    size_t to = 0, line = 0, breaks = 0;
    for (size_t i = 0; i < text->len; i++) {
        char c = text->at[i];
        if (c != '\n') {
            text->at[to++] = c;
            continue;
        }
        while (to > line && (text->at[to - 1] == ' ' || text->at[to - 1] == '\r'))
            to--;
        breaks = to == line ? breaks + 1 : 0;
        if (breaks < 2 && to > 0)
            text->at[to++] = '\n';
        line = to;
    }
    while (to && text->at[to - 1] == '\n')
        to--;
    text->len = to;
}

void flow_free(struct flow *f)
{
    for (size_t i = 0; i < FLOW_DEPTH; i++) {
        buf_free(&f->rows[i].text);
        free(f->rows[i].ends);
    }
    buf_free(&f->text);
}
