/* Fisher's exact test of larger tables, against R 4.2.2's fisher.test(workspace = 2e8). R merges
 * partial tables more coarsely, so its last digits differ. */
#include "printed.h"
#include "stats/exact.h"
#include "stats/network.h"

static double p_of(size_t rows, size_t columns, const double *counts)
{
    struct arena a = {0};
    double p = -1;
    struct crosstab t = crosstab_of(&a, rows, columns, counts);
    CHECK(network_fisher(&t, NETWORK_BUDGET, &p) == STAT_OK, "the table is walked");
    arena_free(&a);
    return p;
}

static void against_r(void)
{
    const double job[] = {1, 2, 1, 0, 3, 3, 6, 1, 10, 10, 14, 9, 6, 7, 12, 11};
    CHECK_PRINTED(p_of(4, 4, job), ".7827", "R's job satisfaction");
    CHECK_NEAR(p_of(4, 4, job), 0.782684938966531, 1e-11, "R's job satisfaction, all digits");
    CHECK_NEAR(p_of(4, 2, (double[]){26, 31, 12, 32, 27, 18, 8, 7}), 0.0164240126762207, 1e-10,
               "PSPP's table");
    CHECK_NEAR(p_of(2, 3, (double[]){762, 327, 468, 484, 239, 477}), 3.02747980639369e-07, 1e-8,
               "party by gender");
    CHECK_NEAR(p_of(3, 4, (double[]){40, 30, 20, 10, 33, 35, 21, 14, 20, 22, 9, 7}),
               0.848200687568018, 1e-11, "a 3 by 4 table");
    CHECK_NEAR(p_of(5, 5, (double[]){2, 0, 1, 2, 0, 1, 1, 0, 1, 2, 3, 2, 0,
                                     0, 1, 1, 1, 2, 1, 1, 0, 2, 1, 1, 0}),
               0.664807148409816, 1e-11, "a sparse 5 by 5 table");
    CHECK_NEAR(p_of(5, 5, (double[]){4, 2, 3, 4, 2, 3, 3, 2, 3, 4, 5, 4, 2,
                                     2, 3, 3, 3, 4, 3, 3, 2, 4, 3, 3, 2}),
               0.997988920442241, 1e-11, "a fuller 5 by 5 table");
    CHECK_NEAR(p_of(2, 10, (double[]){4, 2, 3, 4, 2, 3, 3, 2, 3, 4, 5, 4, 2, 2, 3, 3, 3, 4, 3, 3}),
               0.989230173957047, 1e-11, "a 2 by 10 table");
}

/* R's fisher.test ends with an error here. All 182247494 tables, each looked at by nested loops
 * over lgamma(), give 2.37883029595464e-18. */
static void where_r_fails(void)
{
    const double crash[] = {11, 421, 347, 239, 26, 1, 785, 492, 172, 17};
    CHECK_NEAR(p_of(2, 5, crash), 2.37883029595464e-18, 1e-10, "the table that crashes R's");
}

static void consistent(void)
{
    struct arena a = {0};
    struct exact_fisher p;
    struct crosstab t = crosstab_of(&a, 2, 2, (double[]){11, 4, 2, 6});
    exact_fisher_2x2(&t, &p);
    CHECK_NEAR(p_of(2, 2, t.cells), p.two_sided, 1e-12, "2 by 2 is the same as by its own test");
    const double tall[] = {3, 0, 1, 4, 2, 2}, wide[] = {3, 1, 2, 0, 4, 2};
    CHECK_NEAR(p_of(3, 2, tall), p_of(2, 3, wide), 1e-13, "rows and columns may change places");
    const double swapped[] = {2, 1, 3, 2, 4, 0};
    CHECK_NEAR(p_of(2, 3, swapped), p_of(2, 3, wide), 1e-13, "columns may change places");
    CHECK_NEAR(p_of(2, 3, (double[]){5, 5, 5, 5, 5, 5}), 1, 1e-12,
               "the most probable table has p 1");
    arena_free(&a);
}

static void refuses(void)
{
    struct arena a = {0};
    double p = -1;
    struct crosstab eyes =
        crosstab_of(&a, 3, 5, (double[]){69, 28, 68, 51, 6, 69, 38, 55, 37, 0, 90, 47, 94, 94, 16});
    struct crosstab large = crosstab_of(&a, 2, 3, (double[]){1e9, 1e9, 1e9, 1e9, 1e9, 1e9});
    struct crosstab half = crosstab_of(&a, 2, 2, (double[]){1.5, 2, 3, 4});
    struct crosstab one = crosstab_of(&a, 1, 3, (double[]){1, 2, 3});
    CHECK(network_fisher(&eyes, 100000, &p) == STAT_BUDGET && p == -1, "the budget is kept");
    CHECK(network_fisher(&eyes, 0, &p) == STAT_BUDGET, "a budget of nothing is spent");
    CHECK(network_fisher(&large, NETWORK_BUDGET, &p) == STAT_BUDGET, "counts of 1e9 are refused");
    CHECK(network_fisher(&half, NETWORK_BUDGET, &p) == STAT_FRACTION, "weights are refused");
    CHECK(network_fisher(&one, NETWORK_BUDGET, &p) == STAT_SHAPE, "1 by k is refused");
    arena_free(&a);
}

int main(void)
{
    against_r();
    where_r_fails();
    consistent();
    refuses();
    return check_done();
}
