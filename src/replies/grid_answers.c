/* grid_answers -- the answer of a row of a table: the texts of its cells, or of what stands below
 * or behind the question. */
#include "grid_parts.h"

static void add_text(struct buf *b, struct span text, const char *between)
{
    if (text.len == 0)
        return;
    if (b->len)
        buf_add(b, span_of(between));
    buf_add(b, text);
}

static void add_options(struct grid *g, size_t row, struct buf *b)
{
    for (size_t k = 0; k < g->width; k++)
        if (g->is_option[k] && grid_text(g, row, k).len)
            add_text(b, grid_text(g, g->header, k), "; ");
    for (size_t k = 0; k < g->width; k++)
        if (!g->is_option[k] && !grid_is_key(g, k))
            add_text(b, grid_text(g, row, k), "; ");
}

/* Several columns of answers are told by their headers: "2018/19: 4; 2019/20: 0". */
static void add_answers(struct grid *g, size_t row, struct buf *b)
{
    size_t columns = 0;
    for (size_t k = 0; k < g->width; k++)
        columns += g->is_answer[k];
    for (size_t k = 0; k < g->width; k++) {
        struct span text = grid_text(g, row, k);
        if (!g->is_answer[k] || text.len == 0)
            continue;
        struct span head = g->header == GRID_NONE ? (struct span){0} : grid_text(g, g->header, k);
        if (columns > 1 && head.len && !g->complete_each_other) {
            add_text(b, head, "; ");
            buf_add(b, SPAN(": "));
            buf_add(b, text);
        } else {
            add_text(b, text, columns > 1 ? "; " : "\n");
        }
    }
}

/* A row without a question belongs to the answer before it: "Answer  176" below the question, or
 * more lines of it. */
static void add_below(struct grid *g, size_t row, bool has_answer, struct buf *b)
{
    static const char *const markers[] = {"answer", "response", "reply", "answers", NULL};
    for (size_t i = row + 1; i < g->count && g->rows[i].question == QUESTIONS_NONE; i++) {
        const struct grid_row *r = &g->rows[i];
        bool keys = (g->question_column != GRID_NONE && grid_text(g, i, g->question_column).len) ||
                    (g->number_column != GRID_NONE && grid_text(g, i, g->number_column).len);
        if (has_answer && (keys || r->count < 2))
            return;
        for (size_t k = 0; k < r->count; k++) {
            struct span text = grid_text(g, i, k);
            if (text.len && !grid_is_mark(text) && !(text.len < 12 && grid_heads(g, i, k, markers)))
                add_text(b, text, k ? "\t" : "\n");
        }
    }
}

/* The answer behind the question in its own cell: "How many? 12". */
static void add_same_cell(struct grid *g, size_t row, struct buf *b)
{
    const struct grid_row *r = &g->rows[row];
    size_t at;
    if (r->quote_column == GRID_NONE)
        return;
    const struct quote *s = grid_quote(g, &r->cells[r->quote_column]);
    if (s && s->end < r->cells[r->quote_column].end)
        stretches_text(&g->f->paper, s->end, r->cells[r->quote_column].end, b, &at);
}

/* The section that another cell of ROW cites where TEXT only says that it is refused: at NULL if
 * none does. */
static struct span beside(struct grid *g, size_t row, struct span text)
{
    static const struct span cited = SPAN_ROW("refused:");
    if (!span_eq(verdict_reason(&g->f->verdict, text), SPAN("refused")))
        return (struct span){0};
    for (size_t k = 0; k < g->rows[row].count; k++) {
        if (k == g->question_column || g->is_answer[k])
            continue;
        struct span reason = verdict_reason(&g->f->verdict, grid_text(g, row, k));
        if (span_starts(reason, cited))
            return reason;
    }
    return (struct span){0};
}

void grid_answer(struct grid *g, size_t row)
{
    struct finder *f = g->f;
    const struct grid_row *r = &g->rows[row];
    struct buf *b = &f->text;
    buf_clear(b);
    if (g->has_options)
        add_options(g, row, b);
    else
        add_answers(g, row, b);
    if (b->len == 0)
        add_same_cell(g, row, b);
    add_below(g, row, b->len > 0, b);
    size_t at = r->cells[0].start;
    for (size_t k = 0; k < r->count; k++)
        if (g->is_answer[k])
            at = r->cells[k].start;
    struct span text = {b->at ? b->at : "", b->len};
    finder_take(f,
                &(struct candidate){.question = r->question,
                                    .how = FINDING_TABLE,
                                    .score = r->score,
                                    .at = at,
                                    .reason = beside(g, row, text)},
                text);
}
