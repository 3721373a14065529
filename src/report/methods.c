/* methods -- percentages, tests, effects, families and software in a few paragraphs. */
#include "methods.h"

#include <stdlib.h>

#include "base/version.h"
#include "shown.h"
#include "stats/interval.h"
#include "testing/tested.h"
#include "testline.h"

static void add_part(struct methods *m, struct results *s, struct buf *b, enum methods_kind kind)
{
    m->parts = array_grow(m->parts, &m->cap, m->count + 1, sizeof *m->parts);
    m->parts[m->count++] = (struct methods_part){shown_keep(s, b), kind};
}

/* ---- percentages ---- */

/* The methods of the intervals, each once, with the confidence of the first. */
static void add_intervals(struct buf *b, const struct results *s)
{
    struct intern seen = {0};
    for (size_t i = 0; i < s->cells.count && s->options.intervals; i++) {
        const struct cells_table *t = &s->cells.tables[i];
        size_t before = seen.count;
        if (!t->interval.at || intern_add(&seen, t->interval) < before)
            continue;
        const struct interval_method *method = interval_named(t->interval);
        if (before == 0)
            buf_addf(b, " Intervals are %.4g%% confidence intervals: ", 100 * t->confidence);
        else
            buf_add(b, SPAN("; "));
        buf_add(b, method ? span_of(method->label) : t->interval);
        if (method)
            buf_addf(b, " (%s)", method->source);
    }
    if (seen.count)
        buf_addc(b, '.');
    intern_free(&seen);
}

static void percentages(struct methods *m, struct results *s, struct buf *b)
{
    static const char *const decimals[] = {
        [RESULTS_JMIR] =
            "none where the largest base of a table is under 100, one under 1000, two above",
        [RESULTS_APA] = "one",
        [RESULTS_PLAIN] = "one",
    };
    buf_add(b,
            SPAN("Each percentage is printed with its base: the records that the table is of and "
                 "that gave an answer. Missing answers are left out of a base unless the note "
                 "below a table says that it holds them, and are listed with their reasons. "
                 "Decimals: "));
    if (s->options.decimals != RESULTS_BY_STYLE)
        buf_addf(b, "%zu", s->options.decimals);
    else
        buf_addf(b, "%s", decimals[s->options.style]);
    buf_add(b, SPAN("; halves are rounded up. Where a record could give several answers, "
                    "percentages are of records, so they can add up to more than 100."));
    add_intervals(b, s);
    add_part(m, s, b, METHODS_TEXT);
}

/* ---- tests ---- */

static bool is_used(const struct results *s, const char *key, struct span value)
{
    for (size_t i = 0; i < s->test_count; i++) {
        const json_t *member = testline_get(s->tests[i].json, key);
        if (json_is_string(member) && span_eq(span_of(json_string_value(member)), value))
            return true;
    }
    return false;
}

static bool has_any(const struct results *s, const char *key)
{
    for (size_t i = 0; i < s->test_count; i++)
        if (testline_get(s->tests[i].json, key))
            return true;
    return false;
}

static bool has_residuals(const struct results *s)
{
    for (size_t i = 0; i < s->test_count; i++)
        if (json_array_size(testline_get(s->tests[i].json, "residuals")) > 0)
            return true;
    return false;
}

static void ways(struct methods *m, struct results *s, struct buf *b)
{
    bool any = false;
    for (enum tested_way way = TESTED_NOTHING + 1; way < TESTED_WAY_COUNT; way++) {
        if (!is_used(s, "preferred", tested_way_name(way)))
            continue;
        if (!any) {
            buf_add(b, SPAN("Differences between groups were tested by:"));
            add_part(m, s, b, METHODS_TEXT);
        }
        any = true;
        buf_addf(b, "%s", tested_way_words(way));
        add_part(m, s, b, METHODS_ITEM);
    }
}

static void effects(struct methods *m, struct results *s, struct buf *b)
{
    if (has_any(s, "cramers_v"))
        buf_add(b, SPAN("Effect sizes are Cramér's V with the interval of the noncentral "
                        "chi-square (Steiger 2004; Feldman & Cousins 1998), and for tables of two "
                        "by two the risk difference (Newcombe 1998, method 10) and the odds ratio "
                        "(Woolf 1955)."));
    if (has_residuals(s)) {
        buf_add(b, b->len ? SPAN(" ") : SPAN(""));
        buf_add(b, SPAN("Adjusted residuals tell which cells a difference lies in: beyond ±1.96 "
                        "a cell is rarer or more frequent than chance alone makes likely."));
    }
    if (b->len)
        add_part(m, s, b, METHODS_TEXT);
}

#define MOST_MEMBERS 12 /* of a family, by name */

static void name_members(struct buf *b, const json_t *members)
{
    size_t count = json_array_size(members);
    for (size_t i = 0; i < count && i < MOST_MEMBERS; i++) {
        buf_add(b, i ? SPAN(", ") : SPAN(" ("));
        buf_add(b, testline_text(json_array_get(members, i)));
    }
    if (count > MOST_MEMBERS)
        buf_add(b, SPAN(" and others"));
    if (count)
        buf_addc(b, ')');
}

/* "Holm over the 8 tests of the family independence (a, b, c)"; empty if p was not adjusted. */
static void add_family(struct buf *b, const json_t *test)
{
    const json_t *adjust = testline_get(test, "adjust");
    const char *method = json_string_value(testline_get(adjust, "method"));
    double size = testline_number(adjust, "size");
    if (!method || strcmp(method, "none") == 0 || !(size > 1))
        return;
    buf_addf(b, "%s over the %.0f tests of the family ", testline_adjust_label(method), size);
    buf_add(b, testline_text(testline_get(adjust, "family")));
    name_members(b, testline_get(adjust, "members"));
}

/* The families over which p was adjusted, each once. */
static void families(struct methods *m, struct results *s, struct buf *b)
{
    struct intern seen = {0};
    struct buf family = {0};
    for (size_t i = 0; i < s->test_count; i++) {
        buf_clear(&family);
        add_family(&family, s->tests[i].json);
        size_t before = seen.count;
        if (family.len == 0 || intern_add(&seen, buf_span(&family)) < before)
            continue;
        buf_add(b, before ? SPAN("; ")
                          : SPAN("Since many tests find something by chance, p was adjusted: "));
        buf_add(b, buf_span(&family));
    }
    if (seen.count) {
        buf_addc(b, '.');
        add_part(m, s, b, METHODS_FAMILIES);
    }
    intern_free(&seen);
    buf_free(&family);
}

/* ---- software ---- */

/* The version of the run where a manifest tells it, else what the tests say, else this one. */
static void software(struct methods *m, struct results *s, struct buf *b)
{
    const json_t *version = json_object_get(s->manifest, "version");
    const json_t *said = s->test_count ? testline_get(s->tests[0].json, "software") : NULL;
    buf_add(b, SPAN("All figures were made by "));
    if (json_is_string(version)) {
        buf_add(b, SPAN("foi-filters "));
        buf_add(b, testline_text(version));
    } else if (json_is_string(said)) {
        buf_add(b, testline_text(said));
    } else {
        buf_add(b, SPAN("foi-filters " FOI_VERSION));
    }
    buf_addc(b, '.');
    add_part(m, s, b, METHODS_TEXT);
}

struct methods methods_of(struct results *s)
{
    struct methods m = {0};
    struct buf b = {0};
    percentages(&m, s, &b);
    if (s->test_count) {
        ways(&m, s, &b);
        effects(&m, s, &b);
        families(&m, s, &b);
    }
    software(&m, s, &b);
    buf_free(&b);
    return m;
}

void methods_free(struct methods *m)
{
    free(m->parts);
}

bool methods_is_item(const struct methods *m, size_t i)
{
    return i < m->count && m->parts[i].kind == METHODS_ITEM;
}

bool methods_are_told(const struct results *s)
{
    return has_any(s, "software") || s->manifest;
}
