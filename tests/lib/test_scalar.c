/* Unit tests of scalar: spellings by hand, in the manner of ECMAScript's Number::toString. */
#include "stream/scalar.h"

#include "check.h"

struct spelling {
    const char *json, *spelled;
};

static const struct spelling SPELLINGS[] = {
    {"1", "1"},
    {"1.0", "1"},
    {"10e-1", "1"},
    {"0.1E1", "1"},
    {"-1.50", "-1.5"},
    {"15e-1", "1.5"},
    {"0", "0"},
    {"-0", "0"},
    {"0.000e9", "0"},
    {"100", "100"},
    {"1e2", "100"},
    {"0.001", "0.001"},
    {"1e-6", "0.000001"},
    {"1e-7", "1e-7"},
    {"123456789012345678901", "123456789012345678901"},
    {"1e21", "1e21"},
    {"1e20", "100000000000000000000"},
    {"1234567890123456789012", "1234567890123456789012"},
    {"1234567890123456789012.50", "1234567890123456789012.5"},
    {"1e400", "1e400"},
    {"10e399", "1e400"},
    {"1.5e-400", "1.5e-400"},
    {"\"A\"", "\"A\""},
    {"\"\\u0041\"", "\"A\""},
    {"\"a\\/b\"", "\"a/b\""},
    {"\"a\\nb\\\"\"", "\"a\\nb\\\"\""},
    {"\"\\u00e9\"", "\"\xc3\xa9\""},
    {"true", "true"},
    {"null", "null"},
};

static void test_spellings(void)
{
    struct buf scratch = {0}, decoded = {0};
    for (size_t i = 0; i < sizeof SPELLINGS / sizeof *SPELLINGS; i++) {
        struct value v = value_from(span_of(SPELLINGS[i].json));
        struct span got = scalar_spell(&v, &scratch, &decoded);
        if (!CHECK(span_eq(got, span_of(SPELLINGS[i].spelled)), SPELLINGS[i].json))
            printf("# got %.*s\n", SPAN_ARGS(got));
        v = value_from(got);
        CHECK(span_eq(scalar_spell(&v, &scratch, &decoded), span_of(SPELLINGS[i].spelled)),
              "spelled twice is spelled once");
    }
    CHECK_TEXT(scalar_text(SPAN("\"a\\nb\""), &scratch), "a\nb", "the text of a string");
    CHECK_TEXT(scalar_text(SPAN("1.5"), &scratch), "1.5", "the text of a number");
    buf_free(&scratch);
    buf_free(&decoded);
}

/* In the order that sorted tables have. */
static const char *const SORTED[] = {"null", "false", "true",  "-10",    "-2",    "0.5",
                                     "2",    "10",    "1e400", "\"10\"", "\"2\"", "\"a\""};

static void test_order(void)
{
    size_t count = sizeof SORTED / sizeof *SORTED, wrong = 0;
    for (size_t i = 0; i < count; i++)
        for (size_t k = 0; k < count; k++) {
            int order = scalar_order(span_of(SORTED[i]), span_of(SORTED[k]));
            wrong += (i < k && order >= 0) || (i > k && order <= 0) || (i == k && order != 0);
        }
    CHECK(wrong == 0, "types, then numbers by size and strings by bytes");
}

static void test_numbers(void)
{
    double n;
    struct value v = value_from(SPAN("2.5"));
    CHECK(scalar_number(&v, &n) && n == 2.5, "a number is a double");
    v = value_from(SPAN("1e999"));
    CHECK(!scalar_number(&v, &n), "one that is too large is none");
    v = value_from(SPAN("\"2.5\""));
    CHECK(!scalar_number(&v, &n), "a string is none");
    char digits[200] = "0.";
    memset(digits + 2, '3', sizeof digits - 3);
    v = value_from((struct span){digits, sizeof digits - 1});
    CHECK(scalar_number(&v, &n) && n == 1.0 / 3, "many digits are read to the end");
}

int main(void)
{
    test_spellings();
    test_order();
    test_numbers();
    return check_done();
}
