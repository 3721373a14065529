/* A multiple-answer set by group: 262 farmers, five sources of information, by education (Loughin &
 * Scherer 1998). Expected figures: Koziol & Bilder (2014), R Journal 6(1):144-150. */
#include "printed.h"
#include "stats/adjust.h"
#include "stats/multiple.h"

#define GROUPS 5
#define ITEMS 5

static const double records[GROUPS] = {88, 16, 31, 113, 14};
static const double hits[GROUPS * ITEMS] = {19, 38, 29, 47, 40, 2,  6,  8, 8, 4, 1, 13, 10,
                                            17, 14, 19, 29, 40, 53, 29, 3, 4, 8, 6, 6};

/* Records with both items, by group: 1-2 1-3 1-4 1-5 2-3 2-4 2-5 3-4 3-5 4-5. */
static const double pairs[GROUPS][ITEMS * (ITEMS - 1) / 2] = {{10, 8, 8, 7, 17, 20, 24, 23, 19, 24},
                                                              {1, 2, 2, 0, 3, 3, 2, 4, 2, 3},
                                                              {0, 1, 0, 0, 6, 8, 6, 7, 3, 7},
                                                              {7, 8, 7, 4, 15, 14, 10, 20, 9, 10},
                                                              {1, 1, 2, 1, 3, 1, 2, 3, 4, 3}};

static void square(double *both)
{
    for (size_t g = 0; g < GROUPS; g++) {
        size_t next = 0;
        for (size_t j = 0; j < ITEMS; j++)
            for (size_t k = j + 1; k < ITEMS; k++) {
                double count = pairs[g][next++];
                both[(g * ITEMS + j) * ITEMS + k] = both[(g * ITEMS + k) * ITEMS + j] = count;
            }
    }
}

static void check_farmers(const struct multiple_set *set)
{
    struct multiple_result r;
    CHECK(multiple_rao_scott(set, &r) == STAT_OK && r.used == 5, "farmers: the set is tested");
    CHECK_PRINTED(r.sum, "30.83594", "farmers: sum of the Pearson statistics");
    CHECK_PRINTED(r.statistic, "28.67895", "farmers: second-order Rao-Scott");
    CHECK_PRINTED(r.df, "18.60099", "farmers: its df");
    CHECK_PRINTED(r.p, ".06322334", "farmers: its p");

    const char *statistics[] = {"5.959585", "7.89321", "4.615699", "1.418756", "10.94869"};
    const char *adjusted[] = {"1", ".4778466", "1", "1", ".1357339"};
    double p[ITEMS];
    for (size_t j = 0; j < ITEMS; j++) {
        struct tests_result item;
        CHECK(multiple_item(set, j, &item) == STAT_OK && item.df == 4, "farmers: an item");
        CHECK_PRINTED(item.statistic, statistics[j], "farmers: an item's statistic");
        p[j] = item.p;
    }
    adjust_p(ADJUST_BONFERRONI, p, ITEMS, p);
    for (size_t j = 0; j < ITEMS; j++)
        CHECK_PRINTED(p[j], adjusted[j], "farmers: an item's p after Bonferroni");
}

/* The records themselves, where they lie beside the project. */
static bool read_farmers(const char *path, double *n, double *yes, double *both)
{
    FILE *in = fopen(path, "r");
    if (!in)
        return false;
    unsigned group, y[ITEMS];
    if (fscanf(in, "%*[^\n]") == 0)
        while (fscanf(in, "%u,%u,%u,%u,%u,%u", &group, &y[0], &y[1], &y[2], &y[3], &y[4]) == 6) {
            size_t g = group - 1;
            n[g]++;
            for (size_t j = 0; j < ITEMS; j++) {
                yes[g * ITEMS + j] += y[j];
                for (size_t k = 0; k < ITEMS; k++)
                    both[(g * ITEMS + j) * ITEMS + k] += y[j] * y[k];
            }
        }
    fclose(in);
    return true;
}

static void from_records(void)
{
    double n[GROUPS] = {0}, yes[GROUPS * ITEMS] = {0}, both[GROUPS * ITEMS * ITEMS] = {0};
    if (!read_farmers("../shared/data/farmers/farmer1.csv", n, yes, both)) {
        CHECK(true, "farmers: the records # SKIP ../shared/data/farmers/farmer1.csv is not there");
        return;
    }
    struct multiple_set set = {GROUPS, ITEMS, n, yes, both};
    CHECK(memcmp(n, records, sizeof n) == 0, "farmers: the records' groups are the printed ones");
    CHECK(memcmp(yes, hits, sizeof yes) == 0, "farmers: the records' counts are the printed ones");
    check_farmers(&set);
}

static void extremes(const double *both)
{
    struct multiple_result r;
    struct tests_result item;
    double n[GROUPS + 1] = {0}, yes[(GROUPS + 1) * ITEMS] = {0};
    double more[(GROUPS + 1) * ITEMS * ITEMS] = {0};
    memcpy(n, records, sizeof records);
    memcpy(yes, hits, sizeof hits);
    memcpy(more, both, GROUPS * ITEMS * ITEMS * sizeof *both);
    struct multiple_set set = {GROUPS + 1, ITEMS, n, yes, more};
    CHECK(multiple_rao_scott(&set, &r) == STAT_OK, "a group without records is left out");
    CHECK_PRINTED(r.statistic, "28.67895", "a group without records changes nothing");

    double nobody[GROUPS * ITEMS] = {0};
    set = (struct multiple_set){GROUPS, ITEMS, records, nobody, both};
    CHECK(multiple_item(&set, 0, &item) == STAT_MARGIN, "an item that nobody has is refused");
    CHECK(multiple_rao_scott(&set, &r) == STAT_DOMAIN, "pairs without hits contradict them");
    double no_pairs[GROUPS * ITEMS * ITEMS] = {0};
    set.both = no_pairs;
    CHECK(multiple_rao_scott(&set, &r) == STAT_MARGIN, "a set that nobody has is refused");
    set = (struct multiple_set){1, ITEMS, records, hits, both};
    CHECK(multiple_rao_scott(&set, &r) == STAT_SHAPE, "one group is refused");
    set = (struct multiple_set){GROUPS, ITEMS, nobody, nobody, no_pairs};
    CHECK(multiple_rao_scott(&set, &r) == STAT_EMPTY, "no records are refused");
}

/* One item and two groups have a single eigenvalue, by hand: the groups' variances over the pooled
 * one are 1.052611 and .890732, the eigenvalue (81 / 236) 1.052611 + (155 / 236) .890732 = .946293,
 * df its square's inverse. */
static void one_item(void)
{
    struct multiple_result r;
    struct tests_result item;
    const double n[] = {155, 81}, yes[] = {119, 66}, both[] = {119, 66};
    struct multiple_set set = {2, 1, n, yes, both};
    CHECK(multiple_item(&set, 0, &item) == STAT_OK, "one item is tested");
    CHECK_PRINTED(item.statistic, "0.69587", "one item: chisq.test()'s statistic");
    CHECK(multiple_rao_scott(&set, &r) == STAT_OK && fabs(r.df - 1.11673) < 1e-5,
          "one item: the eigenvalue by hand");
}

int main(void)
{
    double both[GROUPS * ITEMS * ITEMS] = {0};
    square(both);
    struct multiple_set set = {GROUPS, ITEMS, records, hits, both};
    check_farmers(&set);
    from_records();
    extremes(both);
    one_item();
    return check_done();
}
