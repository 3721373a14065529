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

void testline_add_way(struct buf *b, const json_t *test)
{
    static const char *const labels[][2] = {
        {"fisher", "Fisher's exact"},
        {"monte_carlo", "Monte Carlo"},
        {"binomial", "McNemar's exact"},
        {"mcnemar", "McNemar"},
        {"bowker", "Bowker"},
        {"mantel_haenszel", "Mantel–Haenszel"},
        {"rao_scott", "Rao–Scott"},
    };
    const char *preferred = json_string_value(testline_get(test, "preferred"));
    double statistic = testline_number(test, "statistic"), df = testline_number(test, "df");
    const char *label = NULL;
    for (size_t i = 0; preferred && i < sizeof labels / sizeof *labels; i++)
        if (strcmp(preferred, labels[i][0]) == 0)
            label = labels[i][1];
    if (label)
        buf_addf(b, "%s", label);
    else if (isnan(statistic))
        buf_add(b, SPAN("no test"));
    bool is_exact =
        label && (strcmp(preferred, "fisher") == 0 || strcmp(preferred, "binomial") == 0);
    if (is_exact || isnan(statistic))
        return;
    buf_addf(b, df == floor(df) ? "%sχ²(%.0f) = %.2f" : "%sχ²(%.2f) = %.2f", label ? ", " : "", df,
             statistic);
}
