/* Unit tests of weighted: what must not matter. Values stand in tests/chisq.bats, from R's survey.
 */
#include "check.h"
#include "stats/weighted.h"

#define ROWS 3
#define COLUMNS 4
#define RECORDS 60

/* Sums of weights and of squared weights; one row is far heavier than the others. */
static const double sums[ROWS][COLUMNS] = {{3, 9, 14, 2}, {40, 7, 55, 31}, {6, 18, 5, 22}};
static const double squares[ROWS][COLUMNS] = {{4, 14, 31, 3}, {160, 20, 230, 98}, {11, 49, 10, 77}};

/* The test of the table with its rows and columns in another order, all weights times SCALE. */
static struct weighted_result tested(const size_t *rows, const size_t *columns, double scale)
{
    struct arena a = {0};
    struct weighted_result r = {0};
    double square[ROWS * COLUMNS];
    struct crosstab t = crosstab_new(&a, ROWS, COLUMNS);
    for (size_t i = 0; i < ROWS; i++)
        for (size_t j = 0; j < COLUMNS; j++) {
            t.cells[i * COLUMNS + j] = scale * sums[rows[i]][columns[j]];
            square[i * COLUMNS + j] = scale * scale * squares[rows[i]][columns[j]];
        }
    crosstab_total(&t);
    CHECK(weighted_independence(&t, square, RECORDS, &r) == STAT_OK, "tested");
    arena_free(&a);
    return r;
}

static void test_order(void)
{
    static const size_t rows[][ROWS] = {{0, 1, 2}, {1, 0, 2}, {2, 1, 0}, {1, 2, 0}};
    static const size_t columns[][COLUMNS] = {
        {0, 1, 2, 3}, {3, 1, 0, 2}, {1, 3, 2, 0}, {2, 0, 3, 1}};
    struct weighted_result plain = tested(rows[0], columns[0], 1);
    for (size_t i = 0; i < 4; i++)
        for (size_t j = 0; j < 4; j++) {
            struct weighted_result r = tested(rows[i], columns[j], i + j == 0 ? 1000 : 1);
            CHECK_NEAR(r.f, plain.f, 1e-11, "F, whatever comes first and weighs what");
            CHECK_NEAR(r.df, plain.df, 1e-11, "its degrees of freedom");
            CHECK_NEAR(r.deff, plain.deff, 1e-11, "the design effect");
        }
}

/* Weights of one for all are counts: the shares of a list are tested as counts are, but that the
 * variance is estimated from the records (records - 1). */
static void test_goodness(void)
{
    static const double counts[] = {12, 30, 18};
    struct weighted_result one, other;
    double many[3], large[3];
    for (size_t i = 0; i < 3; i++) {
        many[i] = 1e-3 * counts[i];
        large[i] = 1e-6 * counts[i];
    }
    CHECK(weighted_goodness(counts, counts, NULL, 3, 60, &one) == STAT_OK, "counts");
    CHECK(weighted_goodness(many, large, NULL, 3, 60, &other) == STAT_OK, "small weights");
    CHECK_NEAR(one.first, other.first, 1e-11, "the unit of the weights does not matter");
    CHECK_NEAR(one.df, other.df, 1e-11, "nor for the degrees of freedom");
    CHECK_NEAR(one.f, other.f, 1e-11, "nor for F");
}

int main(void)
{
    test_order();
    test_goodness();
    return check_done();
}
