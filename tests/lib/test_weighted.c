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

static void check_estimate(struct stat_estimate e, double value, double low, double high)
{
    CHECK_NEAR(e.value, value, 1e-14, "an effect");
    CHECK_NEAR(e.low, low, 1e-13, "its low end");
    CHECK_NEAR(e.high, high, 1e-13, "its high end");
}

/* Fifteen records that weigh 2 each: 3 of 7 against 2 of 8. R 4.2.2: z <- qnorm(.975); k <- 15/14;
 * p <- 3/7; q <- 1/4; v <- p * (1 - p) / 7; w <- q * (1 - q) / 8; 2.25 * exp(z * sqrt(k * 1.25) *
 * c(-1, 1)), p / q * exp(z * sqrt(k * (v / p^2 + w / q^2)) * c(-1, 1)), p - q + z * sqrt(k *
 * (v + w)) * c(-1, 1). */
static void test_effects(void)
{
    struct arena a = {0};
    struct weighted_effects e;
    const double squared[] = {12, 8, 16, 24};
    struct crosstab t = crosstab_of(&a, 2, 2, (double[]){6, 4, 8, 12});
    CHECK(weighted_effects(&t, squared, 15, 0.95, &e) == STAT_OK, "effects");
    check_estimate(e.odds_ratio, 2.25, 0.2328671060508512, 21.7398673683628907);
    check_estimate(e.risk_ratio, 12. / 7, 0.3728458945759599, 7.8820111819827599);
    check_estimate(e.risk_difference, 5. / 28, -0.3117956918004125, 0.6689385489432695);
    CHECK(weighted_effects(&t, squared, 1, 0.95, &e) == STAT_UNDEFINED, "a single record");
    t = crosstab_of(&a, 2, 2, (double[]){6, 0, 8, 12});
    CHECK(weighted_effects(&t, squared, 15, 0.95, &e) == STAT_UNDEFINED, "an empty cell");
    arena_free(&a);
}

int main(void)
{
    test_order();
    test_effects();
    test_goodness();
    return check_done();
}
