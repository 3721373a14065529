/* grid_columns -- what each column of a table holds: answers, notes, or a cross for an option.
 *
 * The header says; without one the answers are the first other column with text. Forms with a
 * column an option and a cross in one of them are read by their header. */
#include "grid_parts.h"
#include "ticks.h"

#define MARK_MAX 24 /* bytes of "Our response:" */

/* ---- by the header ---- */

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
    g->header = GRID_NONE;
    for (size_t i = first; i-- > 0 && g->header == GRID_NONE;)
        if (g->rows[i].count > 1)
            g->header = i;
    for (size_t k = 0; k < g->width; k++) {
        g->is_answer[k] = g->header != GRID_NONE && k != g->question_column &&
                          grid_heads_answers(g, g->header, k);
        g->is_note[k] =
            g->header != GRID_NONE && (grid_heads(g, g->header, k, notes) ||
                                       (!g->is_answer[k] && grid_heads(g, g->header, k, owners)));
        if (g->is_note[k])
            g->is_answer[k] = false;
    }
}

bool grid_is_mark(struct span cell)
{
    return cell.len > 1 && cell.len < MARK_MAX && cell.at[cell.len - 1] == ':';
}

bool grid_is_key(const struct grid *g, size_t column)
{
    return column == g->question_column || column == g->number_column;
}

/* Columns of options: in the rows of questions they hold crosses or nothing. */
static void find_options(struct grid *g)
{
    size_t options = 0, crosses = 0;
    for (size_t k = 0; k < g->width; k++) {
        size_t marks = 0;
        bool only =
            g->header != GRID_NONE && !grid_is_key(g, k) && grid_text(g, g->header, k).len > 0;
        for (size_t i = 0; i < g->count && only; i++) {
            struct span text = grid_text(g, i, k);
            if (g->rows[i].question == QUESTIONS_NONE || text.len == 0)
                continue;
            only = ticks_mark(text);
            marks += only;
        }
        g->is_option[k] = only;
        options += only;
        crosses += only ? marks : 0;
    }
    g->has_options = options > 1 && crosses;
    if (!g->has_options)
        memset(g->is_option, 0, sizeof g->is_option);
}

bool grid_is_named(struct grid *g)
{
    find_header(g);
    for (size_t k = 0; k < g->width; k++)
        if (g->is_answer[k])
            return true;
    find_options(g);
    return g->has_options;
}

/* ---- by the cells ---- */

static bool filled(const struct grid *g, size_t column)
{
    size_t rows = 0, full = 0;
    for (size_t i = 0; i < g->count; i++) {
        if (g->rows[i].question == QUESTIONS_NONE)
            continue;
        rows++;
        full += grid_text(g, i, column).len > 0;
    }
    return full > 0 && 3 * full >= rows;
}

/* Whether the cells of a column ask: questions that are retyped beyond recognition. */
static bool asks(const struct grid *g, size_t column)
{
    size_t asking = 0, full = 0;
    for (size_t i = 0; i < g->count; i++) {
        struct span text = grid_text(g, i, column);
        full += text.len > 0;
        asking += text.len && text.at[text.len - 1] == '?';
    }
    return asking > 1 && 2 * asking >= full;
}

/* Whether the cells of a column only say what stands beside them. */
static bool marks(const struct grid *g, size_t column)
{
    size_t full = 0, marked = 0;
    for (size_t i = 0; i < g->count; i++) {
        struct span text = grid_text(g, i, column);
        full += text.len > 0;
        marked += grid_is_mark(text);
    }
    return marked > 1 && marked == full;
}

/* Whether the cells of a column say which rows ask and which answer: "Question", and "Answer" in
 * the row below. */
static bool names_rows(const struct grid *g, size_t column)
{
    size_t rows = 0, named = 0, first = GRID_NONE;
    for (size_t i = 0; i < g->count; i++) {
        if (g->rows[i].question == QUESTIONS_NONE)
            continue;
        first = first == GRID_NONE ? i : first;
        rows++;
        named += span_eq(grid_text(g, i, column), grid_text(g, first, column)) &&
                 i + 1 < g->count && g->rows[i + 1].question == QUESTIONS_NONE &&
                 grid_text(g, i + 1, column).len < MARK_MAX && grid_heads_answers(g, i + 1, column);
    }
    return named > 1 && 2 * named > rows;
}

static bool may_answer(const struct grid *g, size_t column)
{
    return !grid_is_key(g, column) && !marks(g, column) && !names_rows(g, column) &&
           !g->is_note[column] && filled(g, column) && !asks(g, column);
}

/* Whether a column says only whose a row is: the same few names over and over, where another column
 * says more. */
static bool is_category(const struct grid *g, size_t column)
{
    size_t rows = 0, different = 0;
    for (size_t i = 0; i < g->count; i++) {
        struct span text = grid_text(g, i, column);
        bool new = true;
        if (g->rows[i].question == QUESTIONS_NONE || text.len == 0)
            continue;
        for (size_t b = 0; b < text.len; b++)
            if (text.at[b] >= '0' && text.at[b] <= '9')
                return false;
        for (size_t k = 0; k < i && new; k++)
            new = g->rows[k].question == QUESTIONS_NONE || !span_eq(grid_text(g, k, column), text);
        rows++;
        different += new;
    }
    return rows > 3 && 2 * different <= rows;
}

/* Of several columns that may answer those that only say whose a row is are none. */
static void drop_categories(struct grid *g)
{
    bool category[GRID_COLUMNS] = {false};
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
    size_t known = 0,
           from = g->question_column == GRID_NONE ? g->number_column : g->question_column;
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
        if (!grid_is_key(g, k) && filled(g, k)) {
            g->is_answer[k] = true;
            known++;
        }
}

/* The columns of answers that are filled in ROW. */
static size_t answers_in(const struct grid *g, size_t row)
{
    size_t count = 0;
    for (size_t k = 0; k < g->width; k++)
        count += g->is_answer[k] && grid_text(g, row, k).len > 0;
    return count;
}

/* Whether COLUMN answers where no other does, and nowhere else. */
static bool completes(const struct grid *g, size_t column)
{
    size_t full = 0;
    for (size_t i = 0; i < g->count; i++) {
        if (g->rows[i].question == QUESTIONS_NONE || grid_text(g, i, column).len == 0)
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
    for (size_t k = g->question_column == GRID_NONE ? g->width : g->question_column + 1;
         k < g->width; k++)
        if (!g->is_answer[k] && !grid_is_key(g, k) && !g->is_note[k] && !asks(g, k) &&
            completes(g, k))
            g->is_answer[k] = true;
    for (size_t k = 0; k < g->width; k++)
        columns += g->is_answer[k];
    g->complete_each_other = columns > 1;
    for (size_t i = 0; i < g->count; i++)
        if (g->rows[i].question != QUESTIONS_NONE && answers_in(g, i) > 1)
            g->complete_each_other = false;
}

void grid_settle(struct grid *g)
{
    find_header(g);
    find_options(g);
    if (!g->has_options)
        guess_answers(g);
    drop_categories(g);
    join_columns(g);
}
