/* Unit tests of suppress: an attacker who tries every table that would show the same.
 *
 * The attack is a search of its own: it knows all that is shown, that every row and
 * column adds up, and that what is withheld is at least 1. For each withheld count there must be
 * two tables that differ in it. */
#include "stats/suppress.h"

#include "check.h"

#define MOST_ROWS 4
#define MOST_COLUMNS 4

static uint64_t state = 20201105; /* a fixed seed: the same tables on every machine */

static int64_t draw(int64_t below)
{
    state = state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (int64_t)((state >> 33) % (uint64_t)below);
}

/* What is known of a number: the least and the most that it can be. */
struct known {
    int64_t low, high;
};

static struct known known_of(const struct suppress *s, size_t row, size_t column)
{
    const struct suppress_cell *c = suppress_at(s, row, column);
    struct known k = {c->n, c->n};
    if (c->state == SUPPRESS_WITHHELD)
        return (struct known){1, c->n + s->below + 2}; /* more is possible too: not needed */
    if (c->state == SUPPRESS_FREE)
        return (struct known){0, 1000};
    if (c->n == 0 || s->round == 0)
        return k;
    while (k.low > s->below && suppress_rounded(s, k.low - 1) == suppress_rounded(s, c->n))
        k.low--;
    while (suppress_rounded(s, k.high + 1) == suppress_rounded(s, c->n))
        k.high++;
    return k;
}

struct attack {
    const struct suppress *s;
    bool overlap;                       /* rows overlap: columns do not add up */
    size_t rows, columns;               /* without margins */
    int64_t n[MOST_ROWS][MOST_COLUMNS]; /* the table being tried */
    int64_t low[MOST_ROWS + 1][MOST_COLUMNS + 1], high[MOST_ROWS + 1][MOST_COLUMNS + 1];
    size_t tries;
};

static void note(struct attack *a, size_t row, size_t column, int64_t n)
{
    if (n < a->low[row][column])
        a->low[row][column] = n;
    if (n > a->high[row][column])
        a->high[row][column] = n;
}

static bool fits(const struct attack *a, size_t row, size_t column, int64_t n)
{
    struct known k = known_of(a->s, row, column);
    const struct suppress_cell *c = suppress_at(a->s, row, column);
    if (c->state == SUPPRESS_WITHHELD)
        return n >= 1;
    return n >= k.low && n <= k.high;
}

/* A whole table: do its margins fit too? */
static void try_margins(struct attack *a)
{
    int64_t rows[MOST_ROWS] = {0}, columns[MOST_COLUMNS] = {0}, all = 0;
    for (size_t r = 0; r < a->rows; r++)
        for (size_t c = 0; c < a->columns; c++) {
            rows[r] += a->n[r][c];
            columns[c] += a->n[r][c];
            all += a->n[r][c];
        }
    for (size_t r = 0; r < a->rows; r++)
        if (!fits(a, r, a->columns, rows[r]))
            return;
    for (size_t c = 0; c < a->columns; c++)
        if (!fits(a, a->rows, c, columns[c]))
            return;
    if (!fits(a, a->rows, a->columns, all))
        return;
    for (size_t r = 0; r < a->rows; r++)
        note(a, r, a->columns, rows[r]);
    for (size_t c = 0; c < a->columns; c++)
        note(a, a->rows, c, columns[c]);
    note(a, a->rows, a->columns, all);
    for (size_t r = 0; r < a->rows; r++)
        for (size_t c = 0; c < a->columns; c++)
            note(a, r, c, a->n[r][c]);
}

/* Tries all numbers for the cell at PLACE and those behind it. */
static void try_from(struct attack *a, size_t place)
{
    if (a->tries > 3000000)
        return;
    a->tries++;
    if (place == a->rows * a->columns) {
        try_margins(a);
        return;
    }
    size_t row = place / a->columns, column = place % a->columns;
    struct known k = known_of(a->s, row, column);
    for (int64_t n = k.low; n <= k.high; n++) {
        a->n[row][column] = n;
        if (column + 1 == a->columns) {
            int64_t sum = 0;
            for (size_t c = 0; c < a->columns; c++)
                sum += a->n[row][c];
            if (!fits(a, row, a->columns, sum))
                continue;
        }
        try_from(a, place + 1);
    }
}

/* The number of withheld counts that the attack has found out. */
static size_t attack(const struct suppress *s)
{
    struct attack a = {.s = s, .rows = s->rows - 1, .columns = s->columns - 1};
    for (size_t r = 0; r < s->rows; r++)
        for (size_t c = 0; c < s->columns; c++) {
            a.low[r][c] = INT64_MAX;
            a.high[r][c] = INT64_MIN;
        }
    try_from(&a, 0);
    size_t found = 0;
    for (size_t r = 0; r < s->rows; r++)
        for (size_t c = 0; c < s->columns; c++)
            found +=
                suppress_at(s, r, c)->state == SUPPRESS_WITHHELD && a.low[r][c] == a.high[r][c];
    return found;
}

static void set_margins(struct suppress *s)
{
    for (size_t r = 0; r + 1 < s->rows; r++)
        for (size_t c = 0; c + 1 < s->columns; c++) {
            int64_t n = suppress_at(s, r, c)->n;
            suppress_at(s, r, s->columns - 1)->n += n;
            suppress_at(s, s->rows - 1, c)->n += n;
            suppress_at(s, s->rows - 1, s->columns - 1)->n += n;
        }
}

static size_t withheld(const struct suppress *s)
{
    size_t count = 0;
    for (size_t i = 0; i < s->rows * s->columns; i++)
        count += s->cells[i].state == SUPPRESS_WITHHELD;
    return count;
}

static void test_random(size_t round, const char *name)
{
    struct arena arena = {0};
    size_t found = 0, any = 0, small_shown = 0;
    for (size_t i = 0; i < 400; i++) {
        size_t rows = 3 + (size_t)draw(2), columns = 2 + (size_t)draw(3);
        struct suppress s = suppress_grid(&arena, rows, columns, 3 + (size_t)draw(3), round);
        int64_t most = 4 + draw(12);
        for (size_t r = 0; r + 1 < rows; r++)
            for (size_t c = 0; c + 1 < columns; c++)
                suppress_at(&s, r, c)->n = draw(3) ? draw(most) : 0;
        set_margins(&s);
        suppress_grid_protect(&s);
        found += attack(&s);
        any += withheld(&s) > 0;
        for (size_t k = 0; k < rows * columns; k++)
            small_shown +=
                s.cells[k].state == SUPPRESS_SHOWN && s.cells[k].n > 0 && s.cells[k].n < s.below;
        arena_clear(&arena);
    }
    CHECK(found == 0 && small_shown == 0, name);
    CHECK(any > 200, "most of these tables have something to withhold");
    arena_free(&arena);
}

/* 3 97: the 97 would give the 3 away, since 100 is shown. */
static void test_column(void)
{
    struct arena arena = {0};
    struct suppress s = suppress_grid(&arena, 3, 2, 5, 0);
    suppress_at(&s, 0, 0)->n = 3;
    suppress_at(&s, 1, 0)->n = 97;
    suppress_at(&s, 2, 0)->n = 100;
    for (size_t r = 0; r < 3; r++)
        suppress_at(&s, r, 1)->state = SUPPRESS_FREE;
    suppress_grid_protect(&s);
    CHECK(suppress_at(&s, 0, 0)->state == SUPPRESS_WITHHELD &&
              suppress_at(&s, 1, 0)->state == SUPPRESS_WITHHELD &&
              suppress_at(&s, 2, 0)->state == SUPPRESS_SHOWN,
          "a second count is withheld, not the total");
    arena_free(&arena);
}

/* The 3 needs one more in its row, one in its column and the corner of these: 3 20 / 10 12 is the
 * least loss in 3 20 30 / 10 12 40 / 0 7 9 / 50 60 8. */
static void test_least_loss(void)
{
    static const int64_t n[4][3] = {{3, 20, 30}, {10, 12, 40}, {0, 7, 9}, {50, 60, 8}};
    struct arena arena = {0};
    struct suppress s = suppress_grid(&arena, 5, 4, 5, 0);
    for (size_t r = 0; r < 4; r++)
        for (size_t c = 0; c < 3; c++)
            suppress_at(&s, r, c)->n = n[r][c];
    set_margins(&s);
    suppress_grid_protect(&s);
    bool right = withheld(&s) == 4;
    for (size_t r = 0; r < 2; r++)
        for (size_t c = 0; c < 2; c++)
            right = right && suppress_at(&s, r, c)->state == SUPPRESS_WITHHELD;
    CHECK(right, "the rectangle with the least loss is withheld");
    arena_free(&arena);
}

/* The attack itself: one count withheld alone is found out. */
static void test_attack(void)
{
    struct arena arena = {0};
    struct suppress s = suppress_grid(&arena, 3, 3, 5, 0);
    for (size_t r = 0; r < 2; r++)
        for (size_t c = 0; c < 2; c++)
            suppress_at(&s, r, c)->n = (int64_t)(3 + 7 * (r + c));
    set_margins(&s);
    suppress_at(&s, 0, 0)->state = SUPPRESS_WITHHELD;
    CHECK(attack(&s) == 1, "the attack finds a count that is withheld alone");
    suppress_at(&s, 0, 1)->state = SUPPRESS_WITHHELD;
    CHECK(attack(&s) == 2, "and two in one row");
    arena_free(&arena);
}

static void test_nothing(void)
{
    struct arena arena = {0};
    struct suppress s = suppress_grid(&arena, 3, 3, 5, 0);
    suppress_at(&s, 0, 0)->n = 5;
    suppress_at(&s, 1, 1)->n = 9;
    set_margins(&s);
    suppress_grid_protect(&s);
    CHECK(withheld(&s) == 0, "where no count is small nothing is withheld, zeros are shown");
    s.round = 5;
    CHECK(suppress_rounded(&s, 12) == 10 && suppress_rounded(&s, 13) == 15 &&
              suppress_rounded(&s, 0) == 0,
          "counts are rounded to the nearest multiple");
    arena_free(&arena);
}

/* A single 1 can only be more: withheld with it are the three cells of one cycle, the cheapest
 * (found by hand: every other rectangle with it loses more), and no more than these. */
static void test_no_more_than_needed(void)
{
    static const int64_t n[3][3] = {{1, 20, 30}, {40, 50, 60}, {70, 80, 90}};
    struct arena a = {0};
    struct suppress s = suppress_grid(&a, 4, 4, 5, 0);
    size_t withheld = 0;
    for (size_t r = 0; r < 3; r++)
        for (size_t c = 0; c < 3; c++) {
            suppress_at(&s, r, c)->n = n[r][c];
            suppress_at(&s, r, 3)->n += n[r][c];
            suppress_at(&s, 3, c)->n += n[r][c];
            suppress_at(&s, 3, 3)->n += n[r][c];
        }
    suppress_grid_protect(&s);
    for (size_t i = 0; i < 16; i++)
        withheld += s.cells[i].state == SUPPRESS_WITHHELD;
    CHECK(withheld == 4, "one small count takes three others with it");
    CHECK(suppress_at(&s, 0, 0)->state == SUPPRESS_WITHHELD &&
              suppress_at(&s, 1, 1)->state == SUPPRESS_WITHHELD,
          "the cheapest of them");
    arena_free(&a);
}

int main(void)
{
    test_random(0, "no withheld count can be worked out");
    test_random(5, "nor where the others are rounded");
    test_attack();
    test_column();
    test_least_loss();
    test_nothing();
    test_no_more_than_needed();
    return check_done();
}
