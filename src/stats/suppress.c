/* suppress -- small counts of a table withheld, with as many others as that needs. */
#include "stats/suppress.h"

struct suppress suppress_grid(struct arena *a, size_t rows, size_t columns, size_t below,
                              size_t round)
{
    struct suppress s = {rows, columns, NULL, (int64_t)below, (int64_t)round};
    s.cells = arena_array(a, rows * columns, sizeof *s.cells);
    return s;
}

int64_t suppress_rounded(const struct suppress *s, int64_t n)
{
    return s->round ? (n + s->round / 2) / s->round * s->round : n;
}

/* A margin stands on the other side of its sum: one more in it is one less. With that sign
 * every row and every column adds up to zero, margins too. */
static int64_t sign_at(const struct suppress *s, size_t row, size_t column)
{
    return (row + 1 == s->rows) != (column + 1 == s->columns) ? -1 : 1;
}

static bool is_shown_value(const struct suppress *s, int64_t n)
{
    return n == 0 || n >= s->below;
}

/* Whether the cell, for all that is shown, could have one more or less (BY, with the sign). */
static bool can_move(const struct suppress *s, size_t row, size_t column, int64_t by)
{
    const struct suppress_cell *c = suppress_at(s, row, column);
    int64_t n = c->n + by * sign_at(s, row, column);
    if (c->state == SUPPRESS_FREE)
        return true;
    if (c->state == SUPPRESS_WITHHELD)
        return n >= 1; /* zeros are never withheld */
    return is_shown_value(s, n) && n != 0 && c->n != 0 &&
           suppress_rounded(s, n) == suppress_rounded(s, c->n);
}

/* ---- whether a withheld count could be another ---- */

/* A search over rows and columns, breadth first; both are marked when they are reached. */
struct search {
    bool *row_seen, *column_seen;
    size_t *queue; /* rows to go on from */
};

/* Whether one BY in (ROW, COLUMN) can be made good along a cycle of other cells. */
static bool has_cycle(const struct suppress *s, struct search *w, size_t row, size_t column,
                      int64_t by)
{
    if (!can_move(s, row, column, by))
        return false;
    memset(w->row_seen, 0, s->rows);
    memset(w->column_seen, 0, s->columns);
    size_t head = 0, tail = 0;
    w->queue[tail++] = row;
    w->row_seen[row] = true;
    while (head < tail) {
        size_t r = w->queue[head++];
        if (r != row && can_move(s, r, column, -by))
            return true;
        for (size_t c = 0; c < s->columns; c++) {
            if (c == column || w->column_seen[c] || !can_move(s, r, c, -by))
                continue;
            w->column_seen[c] = true;
            for (size_t next = 0; next < s->rows; next++)
                if (!w->row_seen[next] && can_move(s, next, c, by)) {
                    w->row_seen[next] = true;
                    w->queue[tail++] = next;
                }
        }
    }
    return false;
}

static bool is_safe(const struct suppress *s, struct search *w, size_t row, size_t column)
{
    return has_cycle(s, w, row, column, 1) || has_cycle(s, w, row, column, -1);
}

/* ---- what to withhold besides ---- */

#define IMPOSSIBLE INT64_MAX
#define MARGIN_COST (INT64_C(1) << 53) /* a total is worth more than any cell */

/* What is lost if the cell is made to be movable BY, 0 if it is already. */
static int64_t cost_of(const struct suppress *s, size_t row, size_t column, int64_t by)
{
    const struct suppress_cell *c = suppress_at(s, row, column);
    if (can_move(s, row, column, by))
        return 0;
    if (c->state != SUPPRESS_SHOWN || c->n + by * sign_at(s, row, column) < 1 || c->n == 0)
        return IMPOSSIBLE;
    bool is_margin = row + 1 == s->rows || column + 1 == s->columns;
    return c->n + (is_margin ? MARGIN_COST : 0);
}

struct rectangle {
    size_t row, column; /* of the opposite corner */
    int64_t by, cost;
};

static int64_t cost_of_rectangle(const struct suppress *s, size_t row, size_t column,
                                 const struct rectangle *x)
{
    int64_t costs[] = {cost_of(s, row, x->column, -x->by), cost_of(s, x->row, column, -x->by),
                       cost_of(s, x->row, x->column, x->by)};
    int64_t sum = 0;
    for (size_t i = 0; i < 3; i++) {
        if (costs[i] == IMPOSSIBLE)
            return IMPOSSIBLE;
        sum += costs[i];
    }
    return sum;
}

static struct rectangle cheapest(const struct suppress *s, size_t row, size_t column)
{
    struct rectangle best = {.cost = IMPOSSIBLE};
    for (size_t r = 0; r < s->rows; r++)
        for (size_t c = 0; c < s->columns; c++)
            for (int64_t by = -1; by <= 1; by += 2) {
                struct rectangle x = {r, c, by, IMPOSSIBLE};
                if (r == row || c == column || !can_move(s, row, column, by))
                    continue;
                x.cost = cost_of_rectangle(s, row, column, &x);
                if (x.cost < best.cost)
                    best = x;
            }
    return best;
}

/* Whether that is something new. */
static bool withhold(struct suppress *s, size_t row, size_t column)
{
    struct suppress_cell *c = suppress_at(s, row, column);
    if (c->state != SUPPRESS_SHOWN || c->n == 0)
        return false;
    c->state = SUPPRESS_WITHHELD;
    return true;
}

static bool withhold_corner(struct suppress *s, size_t row, size_t column, int64_t by)
{
    return !can_move(s, row, column, by) && withhold(s, row, column);
}

/* Where there are too many zeros for a cycle nothing but zeros is shown: then every cell
 * can grow together with its margins. */
static bool withhold_all(struct suppress *s)
{
    bool changed = false;
    for (size_t r = 0; r < s->rows; r++)
        for (size_t c = 0; c < s->columns; c++)
            changed |= withhold(s, r, c);
    return changed;
}

/* Makes the withheld cell safe, at the least loss that a rectangle of cells has. */
static bool protect(struct suppress *s, size_t row, size_t column)
{
    struct rectangle x = cheapest(s, row, column);
    if (x.cost == IMPOSSIBLE)
        return withhold_all(s);
    bool changed = withhold_corner(s, row, x.column, -x.by);
    changed |= withhold_corner(s, x.row, column, -x.by);
    changed |= withhold_corner(s, x.row, x.column, x.by);
    return changed;
}

static bool protect_all(struct suppress *s, struct search *w)
{
    bool changed = false;
    for (size_t r = 0; r < s->rows; r++)
        for (size_t c = 0; c < s->columns; c++)
            if (suppress_at(s, r, c)->state == SUPPRESS_WITHHELD && !is_safe(s, w, r, c))
                changed |= protect(s, r, c);
    return changed;
}

void suppress_grid_protect(struct suppress *s)
{
    struct arena arena = {0};
    struct search w = {arena_array(&arena, s->rows, sizeof *w.row_seen),
                       arena_array(&arena, s->columns, sizeof *w.column_seen),
                       arena_array(&arena, s->rows, sizeof *w.queue)};
    for (size_t i = 0; i < s->rows * s->columns; i++)
        if (s->cells[i].state == SUPPRESS_SHOWN && !is_shown_value(s, s->cells[i].n))
            s->cells[i].state = SUPPRESS_WITHHELD;
    /* A cell that is safe stays so when more is withheld: only what came new is left. */
    while (protect_all(s, &w))
        ;
    arena_free(&arena);
}
