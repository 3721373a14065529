/* Tables of counts: margins, squeezing, and what every test refuses. */
#include "check.h"
#include "stats/crosstab.h"

static enum stat_status check_of(size_t rows, size_t columns, const double *counts)
{
    struct arena a = {0};
    struct crosstab t = crosstab_of(&a, rows, columns, counts);
    enum stat_status status = crosstab_check(&t);
    arena_free(&a);
    return status;
}

static void squeezes(void)
{
    struct arena a = {0};
    struct crosstab t = crosstab_of(&a, 3, 4, (double[]){1, 0, 2, 0, 0, 0, 0, 0, 3, 0, 4, 0});
    size_t rows[3], columns[4];
    crosstab_squeeze(&t, rows, columns);
    CHECK(t.rows == 2 && t.columns == 2, "crosstab drops the empty row and columns");
    CHECK(rows[0] == 0 && rows[1] == 2, "crosstab says which rows it kept");
    CHECK(columns[0] == 0 && columns[1] == 2, "crosstab says which columns it kept");
    CHECK(t.cells[0] == 1 && t.cells[1] == 2 && t.cells[2] == 3 && t.cells[3] == 4,
          "crosstab moves the kept cells together");
    CHECK(t.row_sums[0] == 3 && t.row_sums[1] == 7 && t.column_sums[0] == 4 &&
              t.column_sums[1] == 6 && t.sum == 10,
          "crosstab sums the margins again");
    arena_free(&a);
}

static void squeezes_to_nothing(void)
{
    struct arena a = {0};
    struct crosstab t = crosstab_new(&a, 2, 3);
    size_t rows[2], columns[3];
    crosstab_total(&t);
    crosstab_squeeze(&t, rows, columns);
    CHECK(t.rows == 0 && t.columns == 0, "crosstab squeezes a table of zeros to nothing");
    CHECK(crosstab_check(&t) == STAT_EMPTY, "crosstab calls a table of nothing empty");
    arena_free(&a);
}

static void refuses(void)
{
    CHECK(check_of(2, 2, (double[]){1, 2, 3, 4}) == STAT_OK, "crosstab takes 2 by 2");
    CHECK(check_of(2, 2, (double[]){0, 0, 0, 0}) == STAT_EMPTY, "crosstab refuses n of 0");
    CHECK(check_of(1, 3, (double[]){1, 2, 3}) == STAT_SHAPE, "crosstab refuses 1 by k");
    CHECK(check_of(3, 1, (double[]){1, 2, 3}) == STAT_SHAPE, "crosstab refuses k by 1");
    CHECK(check_of(2, 2, (double[]){1, 2, 0, 0}) == STAT_MARGIN, "crosstab refuses an empty row");
    CHECK(check_of(2, 2, (double[]){1, 0, 2, 0}) == STAT_MARGIN,
          "crosstab refuses an empty column");
    CHECK(check_of(2, 2, (double[]){7, 0, 0, 0}) == STAT_MARGIN,
          "crosstab refuses all counts in one cell");
    CHECK(check_of(2, 2, (double[]){1, 2, 3, -1}) == STAT_DOMAIN,
          "crosstab refuses a negative count");
    CHECK(check_of(2, 2, (double[]){1, 2, 3, NAN}) == STAT_DOMAIN, "crosstab refuses NaN");
    CHECK(check_of(2, 2, (double[]){1, 2, 3, INFINITY}) == STAT_DOMAIN,
          "crosstab refuses infinity");
    CHECK(crosstab_check_whole((double[]){1, 2.5}, 2) == STAT_FRACTION,
          "crosstab tells a fraction from a whole count");
    CHECK(crosstab_check_whole((double[]){1e9, 0}, 2) == STAT_OK, "crosstab takes 1e9 as whole");
    CHECK(check_of(2, 2, (double[]){1e16, 1, 1, 1}) == STAT_DOMAIN,
          "crosstab refuses counts above 2^53");
    CHECK(check_of(2, 2, (double[]){9e15, 9e15, 1, 1}) == STAT_DOMAIN,
          "crosstab refuses counts that add up to more than 2^53");
    CHECK(check_of(2, 2, (double[]){1e-200, 1, 1, 1}) == STAT_DOMAIN,
          "crosstab refuses weights that vanish");
}

int main(void)
{
    squeezes();
    squeezes_to_nothing();
    refuses();
    return check_done();
}
