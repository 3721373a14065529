/* Numeric summaries. Figures are R 4.2.2's mean(), sd() and quantile() (type 7). */
#include "check.h"
#include "stats/describe.h"

static void plain(void)
{
    /* x <- c(3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5) */
    struct describe_values v = {(double[]){1, 2, 3, 4, 5, 6, 9}, (double[]){2, 1, 2, 1, 3, 1, 1}, 7,
                                0};
    struct describe_summary s;
    CHECK(describe_summarise(&v, &s) == STAT_OK && s.n == 11, "eleven values");
    CHECK_NEAR(s.mean, 4, 1e-15, "their mean");
    CHECK(s.has_sd, "they have a standard deviation");
    CHECK_NEAR(s.sd, 2.366431913239846, 1e-14, "it is R's");
    CHECK(s.min == 1 && s.lower_quartile == 2.5 && s.median == 4 && s.upper_quartile == 5 &&
              s.max == 9,
          "their quartiles are R's");
    double q;
    CHECK(describe_quantile(&v, 0.1, &q) == STAT_OK && q == 1, "the tenth percentile is R's");
    CHECK(describe_quantile(&v, 0.9, &q) == STAT_OK && q == 6, "the ninetieth percentile is R's");
    CHECK(describe_quantile(&v, 1.5, &q) == STAT_DOMAIN, "a quantile above 1 is refused");
    v = (struct describe_values){(double[]){1, 2, 3, 10}, (double[]){1, 1, 1, 1}, 4, 0};
    describe_summarise(&v, &s);
    CHECK(s.lower_quartile == 1.75 && s.median == 2.5 && s.upper_quartile == 4.75,
          "quartiles between values are R's");
}

static void hard(void)
{
    const double ones[] = {1, 1, 1, 1};
    struct describe_values v = {(double[]){1000000004, 1000000007, 1000000013, 1000000016}, ones, 4,
                                0};
    struct describe_summary s;
    describe_summarise(&v, &s);
    CHECK_NEAR(s.sd * s.sd, 30, 1e-14, "a large mean does not swallow the variance");
    v = (struct describe_values){(double[]){10000000.1, 10000000.2, 10000000.3}, ones, 3, 0};
    describe_summarise(&v, &s);
    CHECK_NEAR(s.sd * s.sd, 0.01000000011175871, 1e-8, "nor a variance of .01");
    v = (struct describe_values){(double[]){7}, (double[]){1}, 1, 0};
    CHECK(describe_summarise(&v, &s) == STAT_OK && !s.has_sd && s.sd == 0 && s.median == 7,
          "one value has no standard deviation");
    v = (struct describe_values){(double[]){7}, (double[]){1e9}, 1, 0};
    CHECK(describe_summarise(&v, &s) == STAT_OK && s.has_sd && s.sd == 0 && s.mean == 7,
          "one value 1e9 times has none to speak of");
    v = (struct describe_values){(double[]){-1e140, 1e140}, (double[]){1e15, 1e15}, 2, 0};
    CHECK(describe_summarise(&v, &s) == STAT_OK && isfinite(s.sd) && s.mean == 0,
          "the largest values stay finite");
    v = (struct describe_values){(double[]){1, 2}, (double[]){0, 3}, 2, 0};
    CHECK(describe_summarise(&v, &s) == STAT_OK && s.min == 2, "a value counted 0 times is absent");
    v = (struct describe_values){(double[]){1, 2}, (double[]){0.5, 0.25}, 2, 0};
    CHECK(describe_summarise(&v, &s) == STAT_OK && s.median == 1 && !s.has_sd,
          "weights that add up to under 1 have a median");
    v = (struct describe_values){(double[]){1, 2, 3}, (double[]){1.5, 1, 3.5}, 3, 0};
    CHECK(describe_summarise(&v, &s) == STAT_OK && s.min == 1 && s.lower_quartile == 1 &&
              s.median == 3 && s.max == 3,
          "a weighted quantile is where the running weight reaches it");
    for (size_t i = 0; i < 2; i++) { /* a quarter of 3.5 is .875 */
        const double weights[2][2] = {{1.5, 2}, {1, 2.5}};
        v = (struct describe_values){(double[]){1, 2}, weights[i], 2, 0};
        CHECK(describe_summarise(&v, &s) == STAT_OK && s.lower_quartile == 1 && s.median == 2,
              "one weight that is not whole is enough");
    }
}

static void refuses(void)
{
    struct describe_summary s;
    struct describe_values v = {NULL, NULL, 0, 0};
    CHECK(describe_summarise(&v, &s) == STAT_EMPTY, "no values");
    v = (struct describe_values){(double[]){1}, (double[]){0}, 1, 0};
    CHECK(describe_summarise(&v, &s) == STAT_EMPTY, "no counts");
    v = (struct describe_values){(double[]){2, 1}, (double[]){1, 1}, 2, 0};
    CHECK(describe_summarise(&v, &s) == STAT_DOMAIN, "values out of order");
    v = (struct describe_values){(double[]){1, NAN}, (double[]){1, 1}, 2, 0};
    CHECK(describe_summarise(&v, &s) == STAT_DOMAIN, "a value that is not a number");
    v = (struct describe_values){(double[]){1, 1e300}, (double[]){1, 1}, 2, 0};
    CHECK(describe_summarise(&v, &s) == STAT_DOMAIN, "a value whose square overflows");
}

int main(void)
{
    plain();
    hard();
    refuses();
    return check_done();
}
