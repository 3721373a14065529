/* grid -- tables with a column of questions and one of answers, in either order.
 *
 * Here the lines of a table are cut into cells, and it is decided whether they are one that
 * answers. What a row asks says grid_rows, what a column holds grid_columns, what a row answers
 * grid_answers. */
#include <stdlib.h>

#include "grid_parts.h"

#define HEADER_MAX 40 /* bytes of a cell that heads a column */
#define MAX_BETWEEN 2 /* lines of one cell within a table */

/* ---- reading the cells ---- */

static void add_row(struct grid *g, size_t line)
{
    const struct paper *l = &g->f->paper;
    g->rows = array_grow(g->rows, &g->cap, g->count + 1, sizeof *g->rows);
    struct grid_row *r = &g->rows[g->count++];
    *r = (struct grid_row){.line = line, .question = QUESTIONS_NONE, .quote_column = GRID_NONE};
    uint32_t start = l->lines[line].start, end = l->lines[line].end;
    for (uint32_t at = start; at <= end && r->count < GRID_COLUMNS; at++)
        if (at == end || l->text.at[at] == '\t') {
            r->cells[r->count++] = (struct grid_cell){start, at};
            start = at + 1;
        }
    if (r->count > g->width)
        g->width = r->count;
}

static const char *const answer_words[] = {"answer",  "answers", "response", "responses", "reply",
                                           "replies", "figure",  "figures",  "provided",  "result",
                                           "data",    "value",   NULL};

bool grid_heads(const struct grid *g, size_t row, size_t column, const char *const *words)
{
    struct finder *f = g->f;
    const struct grid_row *r = &g->rows[row];
    if (column >= r->count)
        return false;
    size_t i = tokens_from(&f->paper.words, r->cells[column].start);
    for (; i < f->paper.words.count && f->paper.words.at[i].start < r->cells[column].end; i++)
        for (const char *const *w = words; *w; w++)
            if (span_eq(tokens_lower(&f->paper.words, i), span_of(*w)))
                return true;
    return false;
}

bool grid_heads_answers(const struct grid *g, size_t row, size_t column)
{
    return grid_heads(g, row, column, answer_words);
}

bool grid_is_header(const struct grid *g, size_t row)
{
    const struct grid_row *r = &g->rows[row];
    bool names = false;
    for (size_t k = 0; k < r->count; k++) {
        if (r->cells[k].end - r->cells[k].start > HEADER_MAX)
            return false;
        names |= grid_heads_answers(g, row, k);
    }
    return names && r->count > 1 && !grid_heads_answers(g, row, 0);
}

/* The first line of the question that ends right above LINE, or LINE: a cell as wide as the table
 * stands above the row that answers it. */
static size_t question_above(const struct grid *g, size_t line)
{
    const struct paper *l = &g->f->paper;
    const struct quotes *s = &g->f->quotes;
    for (size_t i = 0; i < s->count && line > 0; i++)
        if (s->at[i].end <= l->lines[line].start && s->at[i].end + 1 >= l->lines[line].start &&
            !g->f->claimed[line - 1] && l->lines[line - 1].cells == 1)
            return paper_line_at(l, s->at[i].start);
    return line;
}

/* The lines of the table that starts at LINE; gives the line behind it. */
static size_t gather(struct grid *g, size_t line)
{
    const struct paper *l = &g->f->paper;
    size_t last = line;
    g->count = g->width = 0;
    for (size_t i = line; i < l->count && i - last <= MAX_BETWEEN && !g->f->claimed[i]; i++)
        if (l->lines[i].cells > 1)
            last = i;
    line = question_above(g, line);
    for (size_t i = line; i <= last; i++) {
        add_row(g, i);
        if (i > line + 1 && grid_is_header(g, g->count - 1)) { /* another table */
            g->count--;
            return i;
        }
    }
    return last + 1;
}

/* ---- whether they answer ---- */

/* Numbers and questions alone are a list that is set as a table, unless rows between hold the
 * answers. */
static bool has_answers(const struct grid *g)
{
    bool question = false;
    for (size_t k = 0; k < g->width; k++)
        if (g->is_answer[k])
            return true;
    for (size_t i = 0; i < g->count; i++) {
        if (question && g->rows[i].question == QUESTIONS_NONE && g->rows[i].count > 1)
            return true;
        question |= g->rows[i].question != QUESTIONS_NONE;
    }
    return false;
}

static void take_rows(struct grid *g)
{
    grid_fill(g);
    grid_settle(g);
    if (!g->has_options && !has_answers(g))
        return;
    for (size_t i = 0; i < g->count; i++)
        if (g->rows[i].question != QUESTIONS_NONE)
            grid_answer(g, i);
    for (size_t i = 0; i < g->count; i++)
        g->f->claimed[g->rows[i].line] = 1;
}

void grid_read(struct finder *f)
{
    struct grid g = {.f = f};
    for (size_t i = 0; i < f->paper.count;) {
        if (f->paper.lines[i].cells < 2 || f->claimed[i]) {
            i++;
            continue;
        }
        i = gather(&g, i);
        if (grid_asks(&g))
            take_rows(&g);
    }
    free(g.rows);
}
