/* Families of p values. R is 4.2.2, p.adjust(p, method). */
#include "check.h"
#include "stats/adjust.h"

static void check_all(enum adjust_method method, const double *p, const double *expected,
                      size_t count, const char *name)
{
    double adjusted[8];
    CHECK(adjust_p(method, p, count, adjusted) == STAT_OK, name);
    for (size_t i = 0; i < count; i++)
        CHECK_NEAR(adjusted[i], expected[i], 1e-14, name);
}

int main(void)
{
    const double p[] = {.01, .04, .03, .005, .2};
    check_all(ADJUST_HOLM, p, (double[]){.04, .09, .09, .025, .2}, 5, "Holm is p.adjust's");
    check_all(ADJUST_BH, p, (double[]){.025, .05, .05, .025, .2}, 5, "BH is p.adjust's");
    check_all(ADJUST_BONFERRONI, p, (double[]){.05, .2, .15, .025, 1}, 5,
              "Bonferroni is p.adjust's");
    check_all(ADJUST_NONE, p, p, 5, "no adjustment leaves p alone");
    const double tied[] = {.5, .01, .01, 1e-80, 1, .9};
    check_all(ADJUST_HOLM, tied, (double[]){1, .05, .05, 6e-80, 1, 1}, 6, "Holm with ties");
    check_all(ADJUST_BH, tied, (double[]){.75, .02, .02, 6e-80, 1, 1}, 6, "BH with ties");
    check_all(ADJUST_BONFERRONI, tied, (double[]){1, .06, .06, 6e-80, 1, 1}, 6,
              "Bonferroni with ties");
    double in_place[] = {.01, .04, .03, .005, .2};
    CHECK(adjust_p(ADJUST_HOLM, in_place, 5, in_place) == STAT_OK && in_place[3] == .025 &&
              in_place[4] == .2,
          "adjusting in place works");
    CHECK(adjust_p(ADJUST_BH, (double[]){.1, NAN}, 2, in_place) == STAT_DOMAIN,
          "a p that is not a number is refused");
    CHECK(adjust_p(ADJUST_BH, (double[]){1.5}, 1, in_place) == STAT_DOMAIN,
          "a p above 1 is refused");
    CHECK(adjust_p(ADJUST_HOLM, p, 0, in_place) == STAT_OK, "a family of none is fine");
    return check_done();
}
