/* grid_rows -- which question each row of a table asks.
 *
 * The column of questions is the one whose cells quote most of them, or name them by shortened
 * headings or by numbers alone. Rows that are left over are filled in by likeness, then by their
 * order. */
#include <stdlib.h>

#include "grid_parts.h"

#define HEADED 0.8F /* the part of a heading's words that are the question's */

/* ---- by quotes ---- */

const struct quote *grid_quote(const struct grid *g, const struct grid_cell *c)
{
    const struct quotes *s = &g->f->quotes;
    for (size_t i = 0; i < s->count; i++)
        if (s->at[i].start >= c->start && s->at[i].end <= c->end + 1 &&
            s->at[i].start < c->start + 16)
            return &s->at[i];
    return NULL;
}

static size_t by_quotes(struct grid *g)
{
    size_t quoted[GRID_COLUMNS] = {0}, best = 0, rows = 0;
    for (size_t i = 0; i < g->count; i++)
        for (size_t k = 0; k < g->rows[i].count; k++)
            quoted[k] += grid_quote(g, &g->rows[i].cells[k]) != NULL;
    for (size_t k = 1; k < g->width; k++)
        if (quoted[k] > quoted[best])
            best = k;
    for (size_t i = 0; i < g->count; i++) {
        if (best >= g->rows[i].count)
            continue;
        const struct quote *s = grid_quote(g, &g->rows[i].cells[best]);
        if (!s)
            continue;
        g->rows[i].question = s->question;
        g->rows[i].score = s->exact ? 0.99F : 0.6F + 0.38F * s->score;
        g->rows[i].quote_column = best;
        rows++;
    }
    g->question_column = rows ? best : GRID_NONE;
    return rows;
}

/* ---- by numbers ---- */

static uint32_t numbered(const struct grid *g, size_t row, size_t column, bool *alone)
{
    struct span text = grid_text(g, row, column);
    struct references r;
    size_t end;
    if (!references_read(g->f->questions, text, 0, &r, &end) || r.joined)
        return QUESTIONS_NONE;
    while (end < text.len && strchr(".):- ", text.at[end]))
        end++;
    *alone = end == text.len;
    struct label whole;
    size_t first, stop;
    bool all;
    label_number(text, 0, &whole, &stop);
    questions_labelled(g->f->questions, &whole, &first, &all);
    return all || *alone ? r.at[0] : QUESTIONS_NONE;
}

/* Whether a column behind COLUMN has text: numbers of questions stand before what they number,
 * counts that are answers in the last column. */
static bool has_more(const struct grid *g, size_t column)
{
    for (size_t i = 0; i < g->count; i++)
        for (size_t k = column + 1; k < g->rows[i].count; k++)
            if (grid_text(g, i, k).len > 0)
                return true;
    return false;
}

/* The cells of a column that number questions, if they are most of it. */
static size_t count_numbers(const struct grid *g, size_t column)
{
    size_t count = 0, others = 0;
    uint32_t last = QUESTIONS_NONE;
    for (size_t i = 0; i < g->count; i++) {
        bool alone;
        uint32_t q = numbered(g, i, column, &alone);
        if (q == QUESTIONS_NONE || !alone) {
            others += grid_text(g, i, column).len > 0;
            continue;
        }
        if (last != QUESTIONS_NONE && q <= last)
            return 0; /* figures rather than numbers of questions */
        last = q;
        count++;
    }
    return count >= others && has_more(g, column) ? count : 0;
}

static void find_number_column(struct grid *g)
{
    size_t best = 1;
    g->number_column = GRID_NONE;
    for (size_t k = 0; k < g->width; k++) {
        size_t count = count_numbers(g, k);
        if (count > best) {
            best = count;
            g->number_column = k;
        }
    }
}

/* Rows that have a number and no quote, once the column is known. */
static size_t by_numbers(struct grid *g)
{
    size_t rows = 0;
    bool alone, any_quote = false;
    if (g->number_column == GRID_NONE)
        return 0;
    for (size_t i = 0; i < g->count; i++)
        any_quote |= g->rows[i].question != QUESTIONS_NONE;
    for (size_t i = 0; i < g->count; i++) {
        if (g->rows[i].question != QUESTIONS_NONE)
            continue;
        uint32_t q = numbered(g, i, g->number_column, &alone);
        if (q == QUESTIONS_NONE || !alone)
            continue;
        for (size_t k = 0; k < g->count && q != QUESTIONS_NONE; k++)
            if (g->rows[k].question == q)
                q = QUESTIONS_NONE;
        g->rows[i].question = q;
        g->rows[i].score = any_quote ? 0.85F : 0.88F;
        rows += q != QUESTIONS_NONE;
    }
    return rows;
}

/* ---- by headings ---- */

struct pair {
    size_t row;
    uint32_t question;
    float likeness;
};

/* What rows and questions may be of each other, and which of both are taken. */
struct pairs {
    struct pair *at;
    bool *row_used, *used;
};

static struct pairs open_pairs(const struct grid *g, struct arena *a)
{
    size_t all = g->f->questions->count;
    return (struct pairs){arena_array(a, g->count * all + 1, sizeof(struct pair)),
                          arena_array(a, g->count + 1, sizeof(bool)),
                          arena_array(a, all + 1, sizeof(bool))};
}

static int by_likeness(const void *a, const void *b)
{
    const struct pair *x = a, *y = b;
    if (x->likeness != y->likeness)
        return x->likeness < y->likeness ? 1 : -1;
    return x->row != y->row ? (x->row > y->row) - (x->row < y->row)
                            : (x->question > y->question) - (x->question < y->question);
}

static size_t pair_column(const struct grid *g, size_t column, struct pair *pairs)
{
    const struct finder *f = g->f;
    size_t count = 0;
    for (size_t i = 0; i < g->count; i++)
        for (size_t q = 0; q < f->questions->count && column < g->rows[i].count; q++) {
            float told, likeness = quotes_likeness(f->questions, &f->paper, q,
                                                   g->rows[i].cells[column].start,
                                                   g->rows[i].cells[column].end, &told);
            float covered = told / f->questions->at[q].weight;
            if (likeness >= 0.5F && told >= 0.8F)
                pairs[count++] = (struct pair){i, (uint32_t)q, likeness + 0.5F * covered};
        }
    return count;
}

/* The rows whose cell in COLUMN is like a question: each row and each question once, the likest
 * first. */
static size_t assign(const struct grid *g, size_t column, struct pairs *p)
{
    size_t rows = 0, count = pair_column(g, column, p->at);
    if (count)
        qsort(p->at, count, sizeof *p->at, by_likeness);
    for (size_t i = 0; i < count; i++) {
        struct pair it = p->at[i];
        if (p->row_used[it.row] || p->used[it.question])
            continue;
        p->row_used[it.row] = p->used[it.question] = true;
        p->at[rows++] = it;
    }
    return rows;
}

static void set_row(struct grid *g, const struct pair *p)
{
    float likeness = p->likeness > 1 ? 1 : p->likeness;
    g->rows[p->row].question = p->question;
    g->rows[p->row].score = 0.55F + 0.35F * likeness;
}

static bool by_headings(struct grid *g)
{
    size_t best = 0, all = g->f->questions->count;
    struct arena arena = {0};
    for (size_t column = 0; column < g->width; column++) {
        arena_clear(&arena);
        struct pairs pairs = open_pairs(g, &arena);
        size_t rows = assign(g, column, &pairs);
        if (rows <= best || rows < 2 || (rows < 3 && 2 * rows < all))
            continue;
        best = rows;
        g->question_column = column;
        for (size_t i = 0; i < g->count; i++)
            g->rows[i].question = QUESTIONS_NONE;
        for (size_t i = 0; i < rows; i++)
            set_row(g, &pairs.at[i]);
    }
    arena_free(&arena);
    return best > 0;
}

/* Whether the cell of ROW in COLUMN heads the question that its number names. */
static bool heads_own(const struct grid *g, size_t row, size_t column)
{
    const struct grid_row *r = &g->rows[row];
    float told;
    return column < r->count &&
           quotes_likeness(g->f->questions, &g->f->paper, r->question, r->cells[column].start,
                           r->cells[column].end, &told) >= HEADED &&
           told > 0;
}

/* Where numbers name the questions: the column behind them that heads these, if another follows. */
static void find_headings(struct grid *g)
{
    size_t column = g->number_column + 1, rows = 0, heads = 0, answers = 0;
    for (size_t i = 0; i < g->count; i++) {
        if (g->rows[i].question == QUESTIONS_NONE)
            continue;
        rows++;
        heads += heads_own(g, i, column);
        answers += grid_text(g, i, column + 1).len > 0;
    }
    if (2 * heads > rows && 2 * answers > rows)
        g->question_column = column;
}

bool grid_asks(struct grid *g)
{
    find_number_column(g); /* first: numbers are no answers even where quotes name the questions */
    if (by_quotes(g) + by_numbers(g) > 1 || (g->question_column != GRID_NONE && grid_is_named(g))) {
        if (g->question_column == GRID_NONE)
            find_headings(g);
        return true;
    }
    for (size_t i = 0; i < g->count; i++)
        g->rows[i].question = QUESTIONS_NONE;
    g->question_column = g->number_column = GRID_NONE;
    return by_headings(g);
}

/* ---- rows that are left over ---- */

/* Whether a row may hold a question and its answer. */
static bool may_ask(const struct grid *g, size_t row)
{
    return g->rows[row].count > 1 && !grid_is_header(g, row);
}

static bool is_open(const struct grid *g, size_t row)
{
    return may_ask(g, row) && grid_text(g, row, g->question_column).len > 0;
}

/* Rows that no word gives away, between two that leave out just as many questions. */
static void fill_in_order(struct grid *g)
{
    size_t from = 0;
    uint32_t next = 0;
    for (size_t i = 0; i < g->count; i++) {
        if (g->rows[i].question == QUESTIONS_NONE)
            continue;
        size_t open = 0;
        for (size_t k = from; k < i; k++)
            open += is_open(g, k);
        bool fits = g->rows[i].question == next + open;
        for (size_t k = from; k < i && fits; k++)
            if (is_open(g, k)) {
                g->rows[k].question = next++;
                g->rows[k].score = 0.55F;
            }
        from = i + 1;
        next = g->rows[i].question + 1;
    }
}

/* Rows whose question was retyped beyond a quote: the likest that no row has. */
static void fill_by_likeness(struct grid *g)
{
    struct arena arena = {0};
    struct pairs pairs = open_pairs(g, &arena);
    for (size_t i = 0; i < g->count; i++) {
        bool asks = g->rows[i].question != QUESTIONS_NONE;
        pairs.row_used[i] = asks || !may_ask(g, i);
        if (asks)
            pairs.used[g->rows[i].question] = true;
    }
    size_t count = assign(g, g->question_column, &pairs);
    for (size_t i = 0; i < count; i++)
        set_row(g, &pairs.at[i]);
    arena_free(&arena);
}

void grid_fill(struct grid *g)
{
    if (g->question_column == GRID_NONE)
        return;
    fill_by_likeness(g);
    fill_in_order(g);
}
