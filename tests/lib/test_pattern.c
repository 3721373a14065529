/* Unit tests of pattern. What XML Schema part 2, appendix F, says of its
 * regular expressions; ^ and $ are the exception that the header names. */
#include "check.h"
#include "schema/pattern.h"

struct pattern_case {
    const char *pattern;
    struct span text;
    bool matches;
};

static const struct pattern_case cases[] = {
    {"[A-Z]{3}", {"RXX", 3}, true},
    {"[A-Z]{3}", {"RXX1", 4}, false},
    {"[A-Z]{3}", {"1RXX", 4}, false},
    {"[A-Z]{3}", {"RXX\n", 4}, false},
    {"^[A-Z]{3}$", {"RXX", 3}, true},
    {"^[A-Z]{3}$", {"RXX\n", 4}, false},
    {"a|bc", {"bc", 2}, true},
    {"a|bc", {"ac", 2}, false},
    {"a*", {"", 0}, true},
    {"a+", {"", 0}, false},
    {"\\d{2}-\\w+", {"12-ab", 5}, true},
    {"\\p{Lu}.", {"\u00C9\u20AC", 5}, true},
    {".", {"\u20AC", 3}, true},
    {"..", {"\u20AC", 3}, false},
    {"[^,]*", {"a b", 3}, true},
    {"[^,]*", {"a,b", 3}, false},
    {".", {"\0", 1}, true},
};

static void test_matches(void)
{
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *why;
        struct pattern *p = pattern_compile(cases[i].pattern, &why);
        if (CHECK(p, cases[i].pattern))
            CHECK(pattern_matches(p, cases[i].text) == cases[i].matches, "matches or not");
        pattern_free(p);
    }
}

static void test_faults(void)
{
    static const char *const faulty[] = {"[a-z",          "a)|(b", "a{3,2}", "\\i\\c*",
                                         "[a-z-[aeiou]]", "(?=a)", "(a)\\1"};
    for (size_t i = 0; i < sizeof faulty / sizeof *faulty; i++) {
        const char *why = NULL;
        CHECK(!pattern_compile(faulty[i], &why) && why && *why, faulty[i]);
    }
    pattern_free(NULL);
}

int main(void)
{
    test_matches();
    test_faults();
    return check_done();
}
