/* Distances after Levenshtein 1966: kitten, sitting is 3, a textbook example. */
#include "check.h"

#include "base/nearest.h"

static struct span near(const char *wanted, const char *const *candidates)
{
    struct nearest n = {0};
    for (; *candidates; candidates++)
        nearest_try(&n, span_of(wanted), span_of(*candidates));
    return n.name.at ? n.name : SPAN("none");
}

#define NEAR(wanted, ...) near(wanted, (const char *const[]){__VA_ARGS__, NULL})

int main(void)
{
    CHECK_TEXT(NEAR("grnat", "gde", "grant", "trust"), "grant", "two letters changed places");
    CHECK_TEXT(NEAR("Grant", "grand", "grant"), "grant", "case does not count");
    CHECK_TEXT(NEAR("kitten", "sitting"), "none", "three of seven letters are too far");
    CHECK_TEXT(NEAR("abcde", "abxyz"), "none", "nor three of five");
    CHECK_TEXT(NEAR("tech_used", "tech_use", "tech_usde"), "tech_use", "the nearest wins");
    CHECK_TEXT(NEAR("abcd", "abce", "abcf"), "abce", "of equal ones the first");
    CHECK_TEXT(NEAR("1", "1"), "1", "a name is near itself");
    CHECK_TEXT(NEAR("1", "2"), "none", "of one letter nothing is near");
    CHECK_TEXT(NEAR("no", "yes"), "none", "other words are not near");
    CHECK_TEXT(NEAR("ab", "cd"), "none", "no letter in common is not near");
    char longest[300];
    memset(longest, 'x', sizeof longest);
    struct nearest n = {0};
    nearest_try(&n, (struct span){longest, 256}, (struct span){longest, 250});
    CHECK(n.name.at == longest && n.distance == 6, "256 letters are compared");
    n = (struct nearest){0};
    nearest_try(&n, (struct span){longest, 257}, (struct span){longest, 257});
    CHECK(!n.name.at, "257 are not");
    return check_done();
}
