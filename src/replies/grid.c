/* grid -- tables with a column of questions and one of answers, in either order.
 *
 * The column of questions is the one whose cells quote most of them, or name them by shortened
 * headings or by numbers alone. What the answers' column is, the header says; without one
 * it is the first other column with text. Forms with a column an option and a cross in
 * one of them are read by their header. */
#include <stdlib.h>

#include "finder_parts.h"
#include "ticks.h"

#define MAX_COLUMNS 24
#define HEADER_MAX 40 /* bytes of a cell that heads a column */
#define MAX_BETWEEN 2 /* lines of one cell within a table */
#define NONE SIZE_MAX

struct cell {
    uint32_t start, end; /* bytes in the letter */
};

struct grid_row {
    struct cell cells[MAX_COLUMNS];
    size_t line, count;
    uint32_t question; /* that the row answers, or QUESTIONS_NONE */
    float score;
    size_t quote_column;
};

struct grid {
    struct finder *f;
    struct grid_row *rows;
    size_t count, cap, width;
    size_t question_column, number_column; /* NONE if there is none */
    size_t header;                         /* row, or NONE */
    bool complete_each_other;              /* the columns of answers: one is filled in each row */
    bool is_answer[MAX_COLUMNS], is_note[MAX_COLUMNS], is_option[MAX_COLUMNS];
};

static struct span cell_text(const struct grid *g, size_t row, size_t column)
{
    const struct grid_row *r = &g->rows[row];
    if (column >= r->count)
        return (struct span){"", 0};
    return paper_slice(&g->f->paper, r->cells[column].start, r->cells[column].end);
}

/* ---- reading the cells ---- */

static void add_row(struct grid *g, size_t line)
{
    const struct paper *l = &g->f->paper;
    g->rows = array_grow(g->rows, &g->cap, g->count + 1, sizeof *g->rows);
    struct grid_row *r = &g->rows[g->count++];
    *r = (struct grid_row){.line = line, .question = QUESTIONS_NONE, .quote_column = NONE};
    uint32_t start = l->lines[line].start, end = l->lines[line].end;
    for (uint32_t at = start; at <= end && r->count < MAX_COLUMNS; at++)
        if (at == end || l->text.at[at] == '\t') {
            r->cells[r->count++] = (struct cell){start, at};
            start = at + 1;
        }
    if (r->count > g->width)
        g->width = r->count;
}

static const char *const answer_words[] = {"answer",  "answers", "response", "responses", "reply",
                                           "replies", "figure",  "figures",  "provided",  "result",
                                           "data",    "value",   NULL};

static bool heads(const struct grid *g, size_t row, size_t column, const char *const *words)
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

/* Whether a row heads a table: short cells, one of which names the answers. */
static bool is_header(const struct grid *g, size_t row)
{
    const struct grid_row *r = &g->rows[row];
    bool names = false;
    for (size_t k = 0; k < r->count; k++) {
        if (r->cells[k].end - r->cells[k].start > HEADER_MAX)
            return false;
        names |= heads(g, row, k, answer_words);
    }
    return names && r->count > 1 && !heads(g, row, 0, answer_words);
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
        if (i > line + 1 && is_header(g, g->count - 1)) { /* another table */
            g->count--;
            return i;
        }
    }
    return last + 1;
}

/* ---- the column of questions ---- */

/* The quote that begins a cell (behind a label), or NULL. */
static const struct quote *quote_in(const struct grid *g, const struct cell *c)
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
    size_t quoted[MAX_COLUMNS] = {0}, best = 0, rows = 0;
    for (size_t i = 0; i < g->count; i++)
        for (size_t k = 0; k < g->rows[i].count; k++)
            quoted[k] += quote_in(g, &g->rows[i].cells[k]) != NULL;
    for (size_t k = 1; k < g->width; k++)
        if (quoted[k] > quoted[best])
            best = k;
    for (size_t i = 0; i < g->count; i++) {
        if (best >= g->rows[i].count)
            continue;
        const struct quote *s = quote_in(g, &g->rows[i].cells[best]);
        if (!s)
            continue;
        g->rows[i].question = s->question;
        g->rows[i].score = s->exact ? 0.99F : 0.6F + 0.38F * s->score;
        g->rows[i].quote_column = best;
        rows++;
    }
    g->question_column = rows ? best : NONE;
    return rows;
}

/* ---- by numbers ---- */

static uint32_t numbered(const struct grid *g, size_t row, size_t column, bool *alone)
{
    struct span text = cell_text(g, row, column);
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

static size_t count_numbers(const struct grid *g, size_t column)
{
    size_t count = 0;
    uint32_t last = QUESTIONS_NONE;
    for (size_t i = 0; i < g->count; i++) {
        bool alone;
        uint32_t q = numbered(g, i, column, &alone);
        if (q == QUESTIONS_NONE || !alone)
            continue;
        if (last != QUESTIONS_NONE && q <= last)
            return 0; /* figures rather than numbers of questions */
        last = q;
        count++;
    }
    return count;
}

static void find_number_column(struct grid *g)
{
    size_t best = 1;
    g->number_column = NONE;
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
    if (g->number_column == NONE)
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

/* Each row and each question once, the likest first. */
static size_t assign(struct pair *pairs, size_t count, bool *row_used, bool *used)
{
    size_t rows = 0;
    qsort(pairs, count, sizeof *pairs, by_likeness);
    for (size_t i = 0; i < count; i++) {
        if (row_used[pairs[i].row] || used[pairs[i].question])
            continue;
        row_used[pairs[i].row] = used[pairs[i].question] = true;
        pairs[rows++] = pairs[i];
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
        struct pair *pairs = arena_array(&arena, g->count * all + 1, sizeof *pairs);
        bool *row_used = arena_array(&arena, g->count + 1, sizeof *row_used);
        bool *used = arena_array(&arena, all + 1, sizeof *used);
        size_t rows = pair_column(g, column, pairs);
        if (rows)
            rows = assign(pairs, rows, row_used, used);
        if (rows <= best || rows < 2 || (rows < 3 && 2 * rows < all))
            continue;
        best = rows;
        g->question_column = column;
        for (size_t i = 0; i < g->count; i++)
            g->rows[i].question = QUESTIONS_NONE;
        for (size_t i = 0; i < rows; i++)
            set_row(g, &pairs[i]);
    }
    arena_free(&arena);
    return best > 0;
}

/* ---- what the columns are ---- */

static void find_header(struct grid *g)
{
    static const char *const notes[] = {"comment", "comments",   "note", "notes",
                                        "further", "additional", NULL};
    static const char *const owners[] = {
        "department", "directorate", "team",      "owner", "source", "contact", "section",
        "exemption",  "exemptions",  "reference", "lead",  "page",   "remarks", NULL};
    size_t first = 0;
    while (first < g->count && g->rows[first].question == QUESTIONS_NONE)
        first++;
    g->header = NONE;
    for (size_t i = first; i-- > 0 && g->header == NONE;)
        if (g->rows[i].count > 1)
            g->header = i;
    for (size_t k = 0; k < g->width; k++) {
        g->is_answer[k] =
            g->header != NONE && k != g->question_column && heads(g, g->header, k, answer_words);
        g->is_note[k] = g->header != NONE && (heads(g, g->header, k, notes) ||
                                              (!g->is_answer[k] && heads(g, g->header, k, owners)));
        if (g->is_note[k])
            g->is_answer[k] = false;
    }
}

static bool is_key(const struct grid *g, size_t column)
{
    return column == g->question_column || column == g->number_column;
}

/* Columns of options: in the rows of questions they hold crosses or nothing. */
static bool find_options(struct grid *g)
{
    size_t options = 0, crosses = 0;
    for (size_t k = 0; k < g->width; k++) {
        size_t marks = 0;
        bool only = g->header != NONE && !is_key(g, k) && cell_text(g, g->header, k).len > 0;
        for (size_t i = 0; i < g->count && only; i++) {
            struct span text = cell_text(g, i, k);
            if (g->rows[i].question == QUESTIONS_NONE || text.len == 0)
                continue;
            only = ticks_mark(text);
            marks += only;
        }
        g->is_option[k] = only;
        options += only;
        crosses += only ? marks : 0;
    }
    if (options > 1 && crosses)
        return true;
    memset(g->is_option, 0, sizeof g->is_option);
    return false;
}

static bool filled(const struct grid *g, size_t column)
{
    size_t rows = 0, full = 0;
    for (size_t i = 0; i < g->count; i++) {
        if (g->rows[i].question == QUESTIONS_NONE)
            continue;
        rows++;
        full += cell_text(g, i, column).len > 0;
    }
    return full > 0 && 3 * full >= rows;
}

/* Whether the cells of a column ask: questions that are retyped beyond recognition. */
static bool asks(const struct grid *g, size_t column)
{
    size_t asking = 0, full = 0;
    for (size_t i = 0; i < g->count; i++) {
        struct span text = cell_text(g, i, column);
        full += text.len > 0;
        asking += text.len && text.at[text.len - 1] == '?';
    }
    return asking > 1 && 2 * asking >= full;
}

static bool may_answer(const struct grid *g, size_t column)
{
    return !is_key(g, column) && !g->is_note[column] && filled(g, column) && !asks(g, column);
}

/* Whether a column says only whose a row is: the same few names over and over, where another column
 * says more. */
static bool is_category(const struct grid *g, size_t column)
{
    size_t rows = 0, different = 0;
    for (size_t i = 0; i < g->count; i++) {
        struct span text = cell_text(g, i, column);
        bool new = true;
        if (g->rows[i].question == QUESTIONS_NONE || text.len == 0)
            continue;
        for (size_t b = 0; b < text.len; b++)
            if (text.at[b] >= '0' && text.at[b] <= '9')
                return false;
        for (size_t k = 0; k < i && new; k++)
            new = g->rows[k].question == QUESTIONS_NONE || !span_eq(cell_text(g, k, column), text);
        rows++;
        different += new;
    }
    return rows > 3 && 2 * different <= rows;
}

/* Of several columns that may answer those that only say whose a row is are none. */
static void drop_categories(struct grid *g)
{
    bool category[MAX_COLUMNS] = {false};
    size_t answers = 0, categories = 0;
    for (size_t k = 0; k < g->width; k++) {
        category[k] = g->is_answer[k] && is_category(g, k);
        answers += g->is_answer[k];
        categories += category[k];
    }
    for (size_t k = 0; k < g->width && categories < answers; k++)
        g->is_answer[k] = g->is_answer[k] && !category[k];
}

/* Where no header names it: the column behind the questions, else one before them. */
static void guess_answers(struct grid *g)
{
    size_t known = 0, from = g->question_column == NONE ? g->number_column : g->question_column;
    for (size_t k = 0; k < g->width; k++)
        known += g->is_answer[k];
    if (known)
        return;
    for (size_t k = from + 1; k < g->width; k++)
        if (may_answer(g, k)) {
            g->is_answer[k] = true;
            known++;
        }
    for (size_t k = from; k-- > 0 && !known;)
        if (may_answer(g, k)) {
            g->is_answer[k] = true;
            known++;
        }
    for (size_t k = from + 1; k < g->width && !known; k++) /* a column that is headed strangely */
        if (!is_key(g, k) && filled(g, k)) {
            g->is_answer[k] = true;
            known++;
        }
}

/* The columns of answers that are filled in ROW. */
static size_t answers_in(const struct grid *g, size_t row)
{
    size_t count = 0;
    for (size_t k = 0; k < g->width; k++)
        count += g->is_answer[k] && cell_text(g, row, k).len > 0;
    return count;
}

/* Whether COLUMN answers where no other does, and nowhere else. */
static bool completes(const struct grid *g, size_t column)
{
    size_t full = 0;
    for (size_t i = 0; i < g->count; i++) {
        if (g->rows[i].question == QUESTIONS_NONE || cell_text(g, i, column).len == 0)
            continue;
        if (answers_in(g, i))
            return false;
        full++;
    }
    return full > 0;
}

/* Columns of which each answers what the others leave out, one a department: all are answers, and
 * whose they are is no part of them. */
static void join_columns(struct grid *g)
{
    size_t columns = 0;
    for (size_t k = g->question_column == NONE ? g->width : g->question_column + 1; k < g->width;
         k++)
        if (!g->is_answer[k] && !is_key(g, k) && !g->is_note[k] && !asks(g, k) && completes(g, k))
            g->is_answer[k] = true;
    for (size_t k = 0; k < g->width; k++)
        columns += g->is_answer[k];
    g->complete_each_other = columns > 1;
    for (size_t i = 0; i < g->count; i++)
        if (g->rows[i].question != QUESTIONS_NONE && answers_in(g, i) > 1)
            g->complete_each_other = false;
}

/* ---- answers ---- */

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
        if (g->is_option[k] && cell_text(g, row, k).len)
            add_text(b, cell_text(g, g->header, k), "; ");
    for (size_t k = 0; k < g->width; k++)
        if (!g->is_option[k] && !is_key(g, k))
            add_text(b, cell_text(g, row, k), "; ");
}

/* Several columns of answers are told by their headers: "2018/19: 4; 2019/20: 0". */
static void add_answers(struct grid *g, size_t row, struct buf *b)
{
    size_t columns = 0;
    for (size_t k = 0; k < g->width; k++)
        columns += g->is_answer[k];
    for (size_t k = 0; k < g->width; k++) {
        struct span text = cell_text(g, row, k);
        if (!g->is_answer[k] || text.len == 0)
            continue;
        struct span head = g->header == NONE ? (struct span){0} : cell_text(g, g->header, k);
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
        bool keys = (g->question_column != NONE && cell_text(g, i, g->question_column).len) ||
                    (g->number_column != NONE && cell_text(g, i, g->number_column).len);
        if (has_answer && (keys || r->count < 2))
            return;
        for (size_t k = 0; k < r->count; k++) {
            struct span text = cell_text(g, i, k);
            if (text.len && !(text.len < 12 && heads(g, i, k, markers)))
                add_text(b, text, k ? "\t" : "\n");
        }
    }
}

/* The answer behind the question in its own cell: "How many? 12". */
static void add_same_cell(struct grid *g, size_t row, struct buf *b)
{
    const struct grid_row *r = &g->rows[row];
    size_t at;
    if (r->quote_column == NONE)
        return;
    const struct quote *s = quote_in(g, &r->cells[r->quote_column]);
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
        struct span reason = verdict_reason(&g->f->verdict, cell_text(g, row, k));
        if (span_starts(reason, cited))
            return reason;
    }
    return (struct span){0};
}

static void take_row(struct grid *g, size_t row, bool options)
{
    struct finder *f = g->f;
    const struct grid_row *r = &g->rows[row];
    struct buf *b = &f->text;
    buf_clear(b);
    if (options)
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

/* Rows that no word gives away, between two that leave out just as many questions. */
static void fill_in_order(struct grid *g)
{
    size_t last = NONE;
    for (size_t i = 0; i < g->count; i++) {
        if (g->rows[i].question == QUESTIONS_NONE)
            continue;
        size_t from = last == NONE ? 0 : last + 1, open = 0;
        uint32_t next = last == NONE ? 0 : g->rows[last].question + 1;
        for (size_t k = from; k < i; k++)
            open += g->rows[k].count > 1 && !is_header(g, k) &&
                    cell_text(g, k, g->question_column).len > 0;
        if (open && g->rows[i].question == next + open)
            for (size_t k = from; k < i; k++)
                if (g->rows[k].count > 1 && !is_header(g, k) &&
                    cell_text(g, k, g->question_column).len > 0) {
                    g->rows[k].question = next++;
                    g->rows[k].score = 0.55F;
                }
        last = i;
    }
}

/* Rows whose question was retyped beyond a quote: the likest that no row has. */
static void fill_rows(struct grid *g)
{
    size_t all = g->f->questions->count;
    struct arena arena = {0};
    if (g->question_column == NONE)
        return;
    struct pair *pairs = arena_array(&arena, g->count * all + 1, sizeof *pairs);
    bool *row_used = arena_array(&arena, g->count + 1, sizeof *row_used);
    bool *used = arena_array(&arena, all + 1, sizeof *used);
    for (size_t i = 0; i < g->count; i++) {
        row_used[i] =
            g->rows[i].question != QUESTIONS_NONE || g->rows[i].count < 2 || is_header(g, i);
        if (g->rows[i].question != QUESTIONS_NONE)
            used[g->rows[i].question] = true;
    }
    size_t count = pair_column(g, g->question_column, pairs);
    count = count ? assign(pairs, count, row_used, used) : 0;
    for (size_t i = 0; i < count; i++)
        set_row(g, &pairs[i]);
    arena_free(&arena);
    fill_in_order(g);
}

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
    fill_rows(g);
    find_header(g);
    bool options = find_options(g);
    if (!options)
        guess_answers(g);
    drop_categories(g);
    join_columns(g);
    if (!options && !has_answers(g))
        return;
    for (size_t i = 0; i < g->count; i++)
        if (g->rows[i].question != QUESTIONS_NONE)
            take_row(g, i, options);
    for (size_t i = 0; i < g->count; i++)
        g->f->claimed[g->rows[i].line] = 1;
}

/* Whether a header says what the columns are. */
static bool named_columns(struct grid *g)
{
    find_header(g);
    for (size_t k = 0; k < g->width; k++)
        if (g->is_answer[k])
            return true;
    return find_options(g);
}

/* The number columns of a table are no answers even where quotes name the questions. */
static bool is_table(struct grid *g)
{
    find_number_column(g);
    if (by_quotes(g) + by_numbers(g) > 1 || (g->question_column != NONE && named_columns(g)))
        return true;
    for (size_t i = 0; i < g->count; i++)
        g->rows[i].question = QUESTIONS_NONE;
    g->question_column = g->number_column = NONE;
    return by_headings(g);
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
        if (is_table(&g))
            take_rows(&g);
    }
    free(g.rows);
}
