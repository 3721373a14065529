#include "agree/reliability.h"

#include "base/fail.h"

/* The codings of one question as levels: [coder][unit], or a gap. */
struct sheet {
    size_t coders, units, levels;
    size_t *ratings;
};

static size_t *cell(const struct sheet *s, size_t coder, size_t unit)
{
    return &s->ratings[coder * s->units + unit];
}

static struct sheet sheet_new(struct arena *a, size_t coders, size_t units, size_t levels)
{
    if (units && coders > SIZE_MAX / units)
        fail_memory();
    struct sheet s = {coders, units, levels, arena_array(a, coders * units, sizeof(size_t))};
    return s;
}

/* Does each coder give CODE? 0 or 1, from column FROM on. */
static void fill_code(struct sheet *s, const struct ratings *c, size_t code, size_t from)
{
    for (size_t u = 0; u < c->units.count; u++)
        for (size_t k = 0; k < s->coders; k++) {
            const struct rating *coding = ratings_at(c, u, k);
            *cell(s, k, from + u) = coding->given ? rating_has(coding, code) : AGREEMENT_GAP;
        }
}

static void fill_categories(struct sheet *s, const struct ratings *c, const size_t *levels)
{
    for (size_t u = 0; u < c->units.count; u++)
        for (size_t k = 0; k < s->coders; k++) {
            const struct rating *coding = ratings_at(c, u, k);
            *cell(s, k, u) = coding->given ? levels[coding->codes[0]] : AGREEMENT_GAP;
        }
}

static struct sheet make_sheet(struct arena *a, const struct ratings *c, size_t code,
                               const size_t *levels)
{
    size_t units = c->units.count, codes = c->codes.count;
    struct sheet s;
    if (code != RELIABILITY_ALL) {
        s = sheet_new(a, c->coder_count, units, 2);
        fill_code(&s, c, code, 0);
    } else if (!c->multiple) {
        s = sheet_new(a, c->coder_count, units, codes);
        fill_categories(&s, c, levels);
    } else {
        if (codes && units > SIZE_MAX / codes)
            fail_memory();
        s = sheet_new(a, c->coder_count, units * codes, 2);
        for (size_t i = 0; i < codes; i++)
            fill_code(&s, c, i, i * units);
    }
    return s;
}

/* Cohen's kappa compares two; where a third coder has gaps two may remain, but who they
 * are would change from unit to unit. */
static void measure_cohen(struct arena *a, const struct sheet *s, enum agreement_weights weights,
                          double confidence, struct reliability *r)
{
    if (s->coders != 2) {
        r->cohen.why = "Cohen's kappa is for two coders";
        return;
    }
    struct crosstab t = crosstab_new(a, s->levels, s->levels);
    for (size_t u = 0; u < s->units; u++) {
        size_t one = *cell(s, 0, u), other = *cell(s, 1, u);
        if (one != AGREEMENT_GAP && other != AGREEMENT_GAP)
            t.cells[one * t.columns + other]++;
    }
    crosstab_total(&t);
    if (weights != AGREEMENT_EXACT)
        r->weighted.has = agreement_cohen(&t, weights, confidence, &r->weighted_is) == STAT_OK;
    enum stat_status status = agreement_cohen(&t, AGREEMENT_EXACT, confidence, &r->cohen_is);
    r->cohen.has = status == STAT_OK && r->cohen_is.kappa.has_value;
    r->cohen.why = status == STAT_EMPTY ? "no unit was coded by both"
                                        : "both coders used one and the same category only";
}

static struct agreement_ratings ratings_of(const struct sheet *s)
{
    return (struct agreement_ratings){s->coders, s->units, s->levels, s->ratings, NULL};
}

static void measure_fleiss_gaps(const struct sheet *s, double confidence, struct reliability *r)
{
    struct agreement_ratings ratings = ratings_of(s);
    enum stat_status status =
        agreement_gaps(&ratings, AGREEMENT_EXACT, AGREEMENT_FLEISS, confidence, &r->gaps_is);
    r->has_gaps = true;
    r->fleiss.has = status == STAT_OK;
    r->fleiss.why = status == STAT_EMPTY ? "no unit was coded twice"
                                         : "all coders used one and the same category only";
}

/* AC1, and AC2 where there are weights. */
static void measure_gwet(const struct sheet *s, enum agreement_weights weights, double confidence,
                         struct reliability *r)
{
    struct agreement_ratings ratings = ratings_of(s);
    r->ac1.has = agreement_gaps(&ratings, AGREEMENT_EXACT, AGREEMENT_GWET, confidence,
                                &r->ac1_is) == STAT_OK;
    r->ac2.has = weights != AGREEMENT_EXACT && agreement_gaps(&ratings, weights, AGREEMENT_GWET,
                                                              confidence, &r->ac2_is) == STAT_OK;
}

/* The one level that each coder used, if there were others. */
static void find_constant(struct arena *a, const struct sheet *s, struct reliability *r)
{
    bool *seen = arena_array(a, s->levels, sizeof *seen);
    r->only = arena_array(a, s->coders, sizeof *r->only);
    for (size_t k = 0; k < s->coders; k++) {
        size_t only = AGREEMENT_GAP, units = 0;
        bool several = false;
        for (size_t u = 0; u < s->units; u++) {
            size_t level = *cell(s, k, u);
            if (level == AGREEMENT_GAP)
                continue;
            several |= units++ > 0 && level != only;
            only = level;
            r->levels += !seen[level];
            seen[level] = true;
        }
        r->only[k] = several || units < 2 ? RELIABILITY_ALL : only;
    }
}

static void measure_fleiss(struct arena *a, const struct sheet *s, double confidence,
                           struct reliability *r)
{
    if (s->coders < 3) {
        r->fleiss.why = "Fleiss' kappa is for three coders or more";
        return;
    }
    struct crosstab t = crosstab_new(a, s->units, s->levels);
    for (size_t u = 0; u < s->units; u++)
        for (size_t k = 0; k < s->coders; k++) {
            size_t level = *cell(s, k, u);
            if (level == AGREEMENT_GAP) {
                measure_fleiss_gaps(s, confidence, r);
                return;
            }
            t.cells[u * t.columns + level]++;
        }
    crosstab_total(&t);
    enum stat_status status = agreement_fleiss(&t, &r->fleiss_is);
    r->fleiss.has = status == STAT_OK;
    r->fleiss.why = status == STAT_EMPTY ? "nothing was coded"
                                         : "all coders used one and the same category only";
}

static void measure_alpha(const struct sheet *s, const struct reliability_order *order, bool scaled,
                          struct reliability *r)
{
    static const enum agreement_metric metrics[] = {AGREEMENT_NOMINAL, AGREEMENT_ORDINAL,
                                                    AGREEMENT_INTERVAL};
    struct agreement_ratings ratings = {s->coders, s->units, s->levels, s->ratings,
                                        scaled ? order->values : NULL};
    enum stat_status status =
        agreement_alpha(&ratings, scaled ? metrics[order->scale] : AGREEMENT_NOMINAL, &r->alpha_is);
    r->alpha.has = status == STAT_OK;
    r->alpha.why = status == STAT_EMPTY
                       ? "no unit was coded twice"
                       : "all codings are the same, so there is nothing to agree on";
}

/* Units, codings and the share of agreeing pairs, and how often each coder gave level 1. */
static void count_pairs(struct arena *a, const struct sheet *s, struct reliability *r)
{
    double agreeing = 0, pairs = 0;
    r->used = arena_array(a, s->coders, sizeof *r->used);
    r->coded = arena_array(a, s->coders, sizeof *r->coded);
    for (size_t u = 0; u < s->units; u++) {
        size_t given = 0;
        for (size_t k = 0; k < s->coders; k++)
            given += *cell(s, k, u) != AGREEMENT_GAP;
        r->left_out += given == 1;
        if (given < 2)
            continue;
        r->units++;
        r->ratings += given;
        for (size_t k = 0; k < s->coders; k++) {
            size_t level = *cell(s, k, u);
            if (level == AGREEMENT_GAP)
                continue;
            r->coded[k]++;
            r->used[k] += level == 1;
            for (size_t other = 0; other < k; other++) {
                if (*cell(s, other, u) == AGREEMENT_GAP)
                    continue;
                pairs++;
                agreeing += *cell(s, other, u) == level;
            }
        }
    }
    r->agreement = pairs > 0 ? agreeing / pairs : 0;
}

void reliability_measure(struct arena *a, const struct ratings *c, size_t code,
                         const struct reliability_order *order, double confidence,
                         struct reliability *result)
{
    *result = (struct reliability){0};
    struct arena work = {0};
    struct sheet s = make_sheet(&work, c, code, order->levels);
    bool scaled = code == RELIABILITY_ALL && !c->multiple;
    enum agreement_weights weights = scaled ? order->weights : AGREEMENT_EXACT;
    count_pairs(a, &s, result);
    find_constant(a, &s, result);
    measure_cohen(&work, &s, weights, confidence, result);
    measure_fleiss(&work, &s, confidence, result);
    measure_gwet(&s, weights, confidence, result);
    measure_alpha(&s, order, scaled, result);
    arena_free(&work);
}
