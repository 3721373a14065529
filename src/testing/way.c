/* way -- the names of tests: in the lines, and in the words of a methods section. */
#include "testing/tested.h"

static const struct way {
    struct span name;
    const char *words;
} ways[TESTED_WAY_COUNT] = {
    [TESTED_PEARSON] = {SPAN_ROW("pearson"),
                        "Pearson's chi-square test without correction, where the expected counts "
                        "allow it (Cochran 1954)"},
    [TESTED_FISHER] = {SPAN_ROW("fisher"),
                       "Fisher's exact test, where the expected counts are too small"},
    [TESTED_MONTE_CARLO] = {SPAN_ROW("monte_carlo"),
                            "the share of random tables with the same sums that are at least as "
                            "unlikely, where an exact test is out of reach"},
    [TESTED_MANTEL_HAENSZEL] = {SPAN_ROW("mantel_haenszel"),
                                "the Mantel–Haenszel test over strata"},
    [TESTED_CONDITIONAL_EXACT] = {SPAN_ROW("conditional_exact"),
                                  "the exact conditional test over small strata (Birch 1964)"},
    [TESTED_MCNEMAR] = {SPAN_ROW("mcnemar"), "McNemar's test for pairs of answers"},
    [TESTED_BOWKER] = {SPAN_ROW("bowker"), "Bowker's test of symmetry"},
    [TESTED_BINOMIAL] = {SPAN_ROW("binomial"),
                         "the exact binomial test for few records (for pairs McNemar's)"},
    [TESTED_MULTINOMIAL] = {SPAN_ROW("multinomial"),
                            "the exact multinomial test of the goodness of fit for few records"},
    [TESTED_RAO_SCOTT] = {SPAN_ROW("rao_scott"),
                          "the Rao–Scott correction for answers that overlap (multiple response)"},
    [TESTED_RAO_SCOTT_F] = {SPAN_ROW("rao_scott_f"),
                            "the Rao–Scott test of weighted counts, which takes each record for "
                            "one (Rao & Scott 1984)"},
    [TESTED_WELCH] = {SPAN_ROW("welch"),
                      "Welch's test of the means of groups of numbers, with Mann and Whitney's or "
                      "Kruskal and Wallis's test by ranks beside it"},
    [TESTED_WALD] = {SPAN_ROW("wald"),
                     "the design-based t or F test of weighted means (Lumley 2010), with the rank "
                     "test of Lumley and Scott (2013) beside it"},
    [TESTED_SPMI] = {SPAN_ROW("spmi_bonferroni"),
                     "the chi-square tests of each value of one multiple response with each of "
                     "another, the least p times their number (Bilder & Loughin 2004)"},
    [TESTED_COCHRAN_Q] = {SPAN_ROW("cochran_q"),
                          "Cochran's Q for values that the same records name"},
};

struct span tested_way_name(enum tested_way way)
{
    return ways[way].name;
}

const char *tested_way_words(enum tested_way way)
{
    return ways[way].words;
}
