/* Monte Carlo p values against exact ones. The seeds are fixed, so nothing here fails by luck. */
#include "check.h"
#include "stats/montecarlo.h"

static struct montecarlo_result run(enum montecarlo_statistic statistic, size_t rows,
                                    size_t columns, const double *counts, uint64_t seed)
{
    struct arena a = {0};
    struct montecarlo_result r = {0};
    struct crosstab t = crosstab_of(&a, rows, columns, counts);
    CHECK(montecarlo_test(&t, statistic, 20000, seed, 0.999, &r) == STAT_OK, "a table is drawn");
    arena_free(&a);
    return r;
}

static void check_around(struct montecarlo_result r, double exact, const char *name)
{
    CHECK(r.low <= exact && exact <= r.high && r.low <= r.p && r.p <= r.high, name);
    CHECK(r.p == (1 + (double)r.extreme) / (1 + (double)r.replicates), name);
}

/* R 4.2.2: fisher.test(), and for Pearson all tables enumerated with dhyper(). */
static void tables(void)
{
    const double job[] = {1, 2, 1, 0, 3, 3, 6, 1, 10, 10, 14, 9, 6, 7, 12, 11};
    check_around(run(MONTECARLO_FISHER, 4, 4, job, 1), 0.782684938966531, "Fisher's p of R's job");
    const double fat[] = {11, 4, 2, 6};
    check_around(run(MONTECARLO_FISHER, 2, 2, fat, 1), 0.039305424687037224, "Fisher's p of 2x2");
    check_around(run(MONTECARLO_PEARSON, 2, 2, fat, 1), 0.03930542468703723,
                 "Pearson's exact p of 2x2");
    const double pspp[] = {26, 31, 12, 32, 27, 18, 8, 7};
    check_around(run(MONTECARLO_PEARSON, 4, 2, pspp, 1), 0.01687373163241892,
                 "Pearson's exact p of PSPP's table");
    const double crash[] = {11, 421, 347, 239, 26, 1, 785, 492, 172, 17};
    struct montecarlo_result r = run(MONTECARLO_FISHER, 2, 5, crash, 42);
    CHECK(r.extreme == 0 && r.p == 1.0 / 20001 && r.low == 0 && r.high < 5e-4,
          "the table that crashes R's Fisher has an answer");
}

/* Two rows of 503 records over 1,001 columns, of which one has six records, all of them in the
 * first row, and the others one each: few records in many cells, which are drawn by shuffling.
 * Single records tell nothing where both rows are as likely, so that six and none are what is as
 * extreme: R 4.2.2, 2 * dhyper(6, 503, 503, 6). */
static void sparse(void)
{
    enum { COLUMNS = 1001 };
    const enum montecarlo_statistic statistics[] = {MONTECARLO_PEARSON, MONTECARLO_FISHER};
    struct arena a = {0};
    double *counts = arena_array(&a, (size_t)2 * COLUMNS, sizeof *counts);
    counts[0] = 6;
    for (size_t c = 1; c < COLUMNS; c++)
        counts[c <= 497 ? c : COLUMNS + c] = 1;
    struct crosstab t = crosstab_of(&a, 2, COLUMNS, counts);
    for (size_t i = 0; i < 2; i++) {
        struct montecarlo_result r;
        CHECK(montecarlo_test(&t, statistics[i], 4000, 1, 0.999, &r) == STAT_OK, "few records");
        check_around(r, 0.03078497669351974, "few records in many cells have the exact p");
    }
    arena_free(&a);
}

static void repeats(void)
{
    const double job[] = {1, 2, 1, 0, 3, 3, 6, 1, 10, 10, 14, 9, 6, 7, 12, 11};
    size_t first = run(MONTECARLO_PEARSON, 4, 4, job, 5).extreme;
    CHECK(run(MONTECARLO_PEARSON, 4, 4, job, 5).extreme == first, "the same seed, the same result");
    CHECK(run(MONTECARLO_PEARSON, 4, 4, job, 6).extreme != first, "another seed, another result");
    CHECK(first == 15466, "the count is the same on every machine");
}

/* R 4.2.2: all 165 outcomes enumerated with dmultinom(). */
static void goodness(void)
{
    struct montecarlo_result r;
    const double counts[] = {3, 1, 0, 4}, shares[] = {1, 2, 3, 4};
    CHECK(montecarlo_goodness(counts, shares, 4, 20000, 3, 0.999, &r) == STAT_OK, "a fit is drawn");
    check_around(r, 0.02583104000000004, "a fit's p is the enumerated one");
    CHECK(montecarlo_goodness(counts, NULL, 4, 20000, 3, 0.999, &r) == STAT_OK, "equal shares");
    check_around(r, 0.2181396484375002, "a fit to equal shares has the enumerated p");
    CHECK(montecarlo_goodness(counts, shares, 1, 100, 3, 0.95, &r) == STAT_SHAPE, "one category");
    CHECK(montecarlo_goodness((double[]){1.5, 2}, NULL, 2, 100, 3, 0.95, &r) == STAT_FRACTION,
          "weights are refused");
}

static void refuses(void)
{
    struct arena a = {0};
    struct montecarlo_result r;
    struct crosstab half = crosstab_of(&a, 2, 2, (double[]){1.5, 2, 3, 4});
    struct crosstab good = crosstab_of(&a, 2, 2, (double[]){1, 2, 3, 4});
    struct crosstab cell = crosstab_of(&a, 2, 2, (double[]){4, 0, 0, 0});
    struct crosstab vast = crosstab_of(&a, 2, 2, (double[]){1e12, 1e12, 1e12, 1e12});
    struct crosstab large = crosstab_of(&a, 2, 2, (double[]){1e9, 1e9, 1e9, 1000100000});
    enum montecarlo_statistic pearson = MONTECARLO_PEARSON;
    CHECK(montecarlo_test(&half, pearson, 100, 1, 0.95, &r) == STAT_FRACTION, "weights");
    CHECK(montecarlo_test(&cell, pearson, 100, 1, 0.95, &r) == STAT_MARGIN, "an empty row");
    CHECK(montecarlo_test(&good, pearson, 0, 1, 0.95, &r) == STAT_DOMAIN, "no replicates");
    CHECK(montecarlo_test(&good, pearson, 100, 1, 1, &r) == STAT_DOMAIN, "certainty");
    CHECK(montecarlo_test(&vast, pearson, 100, 1, 0.95, &r) == STAT_BUDGET, "counts of 1e12");
    CHECK(montecarlo_test(&large, pearson, 999, 1, 0.999, &r) == STAT_OK && r.low < 0.1138599 &&
              r.high > 0.1138599,
          "counts of 1e9 are drawn around the p of chi-square");
    arena_free(&a);
}

int main(void)
{
    tables();
    sparse();
    repeats();
    goodness();
    refuses();
    return check_done();
}
