/* 500 tables against R, from tests/data/r-tables.tsv, which tests/r-tables.R made: statistics and p
 * to 1e-9, relative. */
#include <stdlib.h>

#include "check.h"
#include "stats/exact.h"
#include "stats/network.h"
#include "stats/tests.h"

#define PATH "tests/data/r-tables.tsv"
#define TOLERANCE 1e-9
#define SMALLEST 1e-300 /* below it doubles have fewer digits than the tolerance */

/* One line of the file; a figure that R does not have for the table is NAN. */
struct line {
    char *at;
};

static double next_number(struct line *l)
{
    char *end;
    if (l->at[0] == '-' && (l->at[1] == '\t' || l->at[1] == '\n')) {
        l->at += 2;
        return NAN;
    }
    double number = strtod(l->at, &end);
    l->at = *end ? end + 1 : end;
    return number;
}

static bool near(double got, double expected, const char *what)
{
    if (isnan(expected) || fabs(got - expected) <= TOLERANCE * fabs(expected) + SMALLEST)
        return true;
    printf("# %s: got %.17g, R has %.17g\n", what, got, expected);
    return false;
}

/* A statistic or residual of nearly nothing has only the absolute precision of its parts. */
static bool near_part(double got, double expected, const char *what)
{
    return fabs(got - expected) <= 1e-12 || near(got, expected, what);
}

static bool same_fisher(const struct crosstab *t, double expected)
{
    struct exact_fisher two;
    double p = 0;
    if (isnan(expected))
        return true;
    if (t->rows == 2 && t->columns == 2 && exact_fisher_2x2(t, &two) == STAT_OK &&
        !near(two.two_sided, expected, "Fisher 2 by 2"))
        return false;
    if (t->sum > 10000)
        return true; /* 2 by 2 alone */
    return network_fisher(t, NETWORK_BUDGET, &p) == STAT_OK && near(p, expected, "Fisher");
}

static bool same_as_r(const struct crosstab *t, struct line *l, double *residuals)
{
    struct tests_result pearson, g, yates = {0};
    struct tests_expected e;
    struct tests_residuals into = {.adjusted = residuals};
    if (tests_pearson(t, &pearson) != STAT_OK || tests_g(t, &g) != STAT_OK ||
        tests_expected(t, &e) != STAT_OK || tests_residuals(t, &into) != STAT_OK)
        return false;
    tests_yates(t, &yates);
    bool same = near_part(pearson.statistic, next_number(l), "X-squared");
    same &= near(pearson.df, next_number(l), "df");
    same &= near(pearson.p, next_number(l), "p");
    same &= near_part(g.statistic, next_number(l), "G");
    same &= near(g.p, next_number(l), "p of G");
    same &= near(e.min, next_number(l), "least expected count");
    same &= near_part(residuals[0], next_number(l), "first residual");
    same &= near_part(yates.statistic, next_number(l), "Yates");
    same &= near(yates.p, next_number(l), "p of Yates");
    return same & same_fisher(t, next_number(l));
}

static void check_line(char *text)
{
    struct arena a = {0};
    struct line l = {text};
    size_t rows = (size_t)next_number(&l), columns = (size_t)next_number(&l);
    struct crosstab t = crosstab_new(&a, rows, columns);
    for (size_t i = 0; i < rows * columns; i++)
        t.cells[i] = next_number(&l);
    crosstab_total(&t);
    double *residuals = arena_array(&a, rows, columns * sizeof *residuals);
    if (!CHECK(same_as_r(&t, &l, residuals), "a table's tests are R's"))
        printf("# %s", text);
    arena_free(&a);
}

int main(void)
{
    FILE *in = fopen(PATH, "r");
    if (!CHECK(in != NULL, "the recorded tables are there"))
        return check_done();
    char *text = NULL;
    size_t cap = 0, tables = 0;
    while (getline(&text, &cap, in) > 0)
        if (text[0] != '#') {
            check_line(text);
            tables++;
        }
    free(text);
    fclose(in);
    CHECK(tables == 500, "there are 500 tables");
    return check_done();
}
