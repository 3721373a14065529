/* testline -- a line of chisq taken apart. */
#include "testline.h"

#include "stream/emit.h"
#include "stream/scalar.h"

const json_t *testline_get(const json_t *object, const char *key)
{
    const json_t *member = json_object_get(object, key);
    return json_is_null(member) ? NULL : member;
}

double testline_number(const json_t *object, const char *key)
{
    const json_t *member = json_object_get(object, key);
    return json_is_number(member) ? json_number_value(member) : NAN;
}

struct span testline_text(const json_t *string)
{
    return (struct span){json_string_value(string), json_string_length(string)};
}

void testline_add_text(struct buf *b, const json_t *scalar)
{
    if (json_is_string(scalar))
        buf_add(b, testline_text(scalar));
    else if (json_is_boolean(scalar))
        buf_addf(b, "%s", json_is_true(scalar) ? "true" : "false");
    else if (json_is_number(scalar))
        emit_number(b, json_number_value(scalar));
}

/* RAW as scalar_spell() spells it. */
static void add_spelling(struct buf *b, const json_t *raw)
{
    struct buf json = {0}, decoded = {0}, scratch = {0};
    if (json_is_string(raw))
        emit_string(&json, testline_text(raw));
    else
        testline_add_text(&json, raw);
    if (json.len) {
        struct value v = value_from(buf_span(&json));
        buf_add(b, scalar_spell(&v, &scratch, &decoded));
    }
    buf_free(&json);
    buf_free(&decoded);
    buf_free(&scratch);
}

const struct cells_code *testline_code(const struct cells_code *codes, size_t count,
                                       const json_t *raw)
{
    struct buf spelling = {0};
    const struct cells_code *found = NULL;
    add_spelling(&spelling, raw);
    for (size_t i = 0; i < count && !found; i++)
        if (span_eq(codes[i].raw, buf_span(&spelling)))
            found = &codes[i];
    buf_free(&spelling);
    return found;
}

bool testline_is_shown(const struct results *s, size_t i, const struct layout *l)
{
    struct span table = l->table ? l->table->id : l->id;
    return !s->tests[i].told && span_eq(s->tests[i].table, table);
}

const char *testline_adjust_label(const char *method)
{
    return strcmp(method, "holm") == 0         ? "Holm"
           : strcmp(method, "bh") == 0         ? "Benjamini–Hochberg"
           : strcmp(method, "bonferroni") == 0 ? "Bonferroni"
                                               : method;
}

/* A way to p: what it is called, where its p stands if that is not the main one, and whether the
 * main statistic belongs to it. */
struct way {
    const char *name, *label, *object, *key;
    bool is_chi_square;
    const char *test; /* of tests of this kind alone */
};

static const struct way WAYS[] = {
    {"fisher", "Fisher's exact", "fisher", "p", false, NULL},
    {"monte_carlo", "Monte Carlo", "monte_carlo", "p", true, NULL},
    {"binomial", "exact binomial", NULL, "binomial_p", false, "goodness_of_fit"},
    {"binomial", "McNemar's exact", NULL, "binomial_p", false, NULL},
    {"multinomial", "exact multinomial", NULL, "multinomial_p", false, NULL},
    {"conditional_exact", "exact conditional", "strata", "exact_p", false, NULL},
    {"mcnemar", "McNemar", NULL, "p", true, NULL},
    {"bowker", "Bowker", NULL, "p", true, NULL},
    {"mantel_haenszel", "Mantel–Haenszel", NULL, "p", true, NULL},
    {"rao_scott", "Rao–Scott", NULL, "p", true, NULL},
    {"rao_scott_f", "Rao–Scott F", NULL, "p", false, NULL},
    {"cochran_q", "Cochran's Q", NULL, "p", true, NULL},
    {"welch", "Welch", NULL, "p", false, NULL},
    {"wald", "design-based", NULL, "p", false, NULL},
    {"pearson", NULL, NULL, "p", true, NULL},
};

static bool is_named(const json_t *test, const char *key, const char *name)
{
    const char *text = json_string_value(testline_get(test, key));
    return text && strcmp(text, name) == 0;
}

static const struct way *way_of(const json_t *test)
{
    size_t i = 0, last = sizeof WAYS / sizeof *WAYS - 1;
    while (i < last && !(is_named(test, "preferred", WAYS[i].name) &&
                         (!WAYS[i].test || is_named(test, "test", WAYS[i].test))))
        i++;
    return &WAYS[i];
}

double testline_p(const json_t *test)
{
    const struct way *way = way_of(test);
    double p = testline_number(way->object ? testline_get(test, way->object) : test, way->key);
    return isnan(p) ? testline_number(test, "p") : p;
}

void testline_add_way(struct buf *b, const json_t *test)
{
    const struct way *way = way_of(test);
    double statistic = testline_number(test, "statistic"), df = testline_number(test, "df");
    if (way->label)
        buf_addf(b, "%s", way->label);
    else if (isnan(statistic))
        buf_add(b, SPAN("no test"));
    if (!way->is_chi_square || isnan(statistic))
        return;
    buf_addf(b, df == floor(df) ? "%sχ²(%.0f) = %.2f" : "%sχ²(%.2f) = %.2f", way->label ? ", " : "",
             df, statistic);
}
