/* grid_parts -- what the files of grid share; nobody else's business. */
#ifndef GRID_PARTS_H
#define GRID_PARTS_H

#include "finder_parts.h"

#define GRID_COLUMNS 24
#define GRID_NONE SIZE_MAX

struct grid_cell {
    uint32_t start, end; /* bytes in the letter */
};

struct grid_row {
    struct grid_cell cells[GRID_COLUMNS];
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
    bool is_answer[GRID_COLUMNS], is_note[GRID_COLUMNS], is_option[GRID_COLUMNS];
    bool has_options;
};

/* The text of a cell; empty where the row is shorter. */
static inline struct span grid_text(const struct grid *g, size_t row, size_t column)
{
    const struct grid_row *r = &g->rows[row];
    if (column >= r->count)
        return (struct span){"", 0};
    return paper_slice(&g->f->paper, r->cells[column].start, r->cells[column].end);
}

/* Whether one of the WORDS stands in a cell. */
bool grid_heads(const struct grid *g, size_t row, size_t column, const char *const *words);

/* Whether a cell heads a column of answers. */
bool grid_heads_answers(const struct grid *g, size_t row, size_t column);

/* Whether a row heads a table: short cells, one of which names the answers. */
bool grid_is_header(const struct grid *g, size_t row);

/* The quote that begins a cell (behind a label), or NULL. */
const struct quote *grid_quote(const struct grid *g, const struct grid_cell *c);

/* Finds the columns of questions and of numbers, and the question of each row that gives it away;
 * false if the lines are no table of questions. */
bool grid_asks(struct grid *g);

/* Gives questions to rows that are left over. */
void grid_fill(struct grid *g);

/* Whether a column tells the question of a row: the one of questions or that of numbers. */
/* Whether CELL only says what stands beside it: "Question:", "Our response:". */
bool grid_is_mark(struct span cell);
bool grid_is_key(const struct grid *g, size_t column);

/* Whether a header says what the columns are. */
bool grid_is_named(struct grid *g);

/* Finds the header and what each column holds, by guess where no header says it. */
void grid_settle(struct grid *g);

/* Gives the finder the answer of a row. */
void grid_answer(struct grid *g, size_t row);

#endif
