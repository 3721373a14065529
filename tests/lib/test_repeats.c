/* test_repeats -- patterns whose repeats are few, and many. */
#include "text/repeats.h"

#include "check.h"

#include <stdlib.h>

static void test_few(void)
{
    static const char *const few[] = {"",
                                      "[A-Z0-9]{3}",
                                      ".{1,1000}",
                                      "(a+)+$",
                                      "a{12000}",
                                      "(a|b){5000}",
                                      ".{1,1000}x",
                                      "[]{9999}]{3}",
                                      "a{,99999}",
                                      "a{x99999}",
                                      "\\{99999}",
                                      "\\x{99999}",
                                      "\\p{L}{50}",
                                      "[[:alpha:]]{200}",
                                      "(?i:a{2,}){3,}",
                                      "a)b)c{3}",
                                      "(?<=a)b",
                                      "x{2}{3}",
                                      "[\\]{99999}]",
                                      "(",
                                      "\\",
                                      "[",
                                      "a{3",
                                      "\\w{1,50}",
                                      NULL};
    for (const char *const *p = few; *p; p++)
        CHECK(repeats_are_few(*p, REPEATS_UNICODE), *p);
}

static void test_many(void)
{
    static const char *const many[] = {
        ".{30000}b",         ".{1,3000}b",    "a{12001}",         "(ab|cd){3001}",
        "((a{30}){30}){30}", "\\w{500}",      "([^x]{100}){100}", "a{99999999999999999999}",
        "a{1,99999999999}",  "(a{5000}){3,}", "a{6000}|b{6001}",  "[\xc3\xa4]{2000}",
        "a{100}{200}",       "(?i)(.{2000})", "a)b{20000}",       NULL};
    for (const char *const *p = many; *p; p++)
        CHECK(!repeats_are_few(*p, REPEATS_UNICODE), *p);
}

static void test_classes(void)
{
    CHECK(repeats_are_few("(\\w+ ){1,500}", REPEATS_ASCII), "words of ASCII are few letters");
    CHECK(!repeats_are_few("(\\w+ ){1,500}", REPEATS_UNICODE), "words of Unicode are many");
}

static void test_deep(void)
{
    enum { DEEP = 1000000 };
    char *deep = malloc(DEEP + 1);
    memset(deep, '(', DEEP);
    deep[DEEP] = '\0';
    CHECK(!repeats_are_few(deep, REPEATS_ASCII), "a million groups within each other");
    memset(deep, '{', DEEP);
    CHECK(!repeats_are_few(deep, REPEATS_ASCII), "a million letters that are braces");
    free(deep);
}

int main(void)
{
    test_few();
    test_many();
    test_classes();
    test_deep();
    return check_done();
}
