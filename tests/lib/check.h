/* check -- the few words that unit tests are written in; prints TAP.
 *
 * Header only, so that a test is one file. main() ends with
 * "return check_done();", which prints the plan. */
#ifndef CHECK_H
#define CHECK_H

#include <math.h>
#include <stdio.h>

#include "base/span.h"

static int check_count, check_failures;

static inline bool check_that(bool truth, const char *name, const char *file, int line)
{
    check_count++;
    printf("%s %d - %s\n", truth ? "ok" : "not ok", check_count, name);
    if (!truth) {
        check_failures++;
        printf("# at %s:%d\n", file, line);
    }
    return truth;
}

#define CHECK(truth, name) check_that((truth), (name), __FILE__, __LINE__)

static inline void check_text(struct span got, struct span expected, const char *name,
                              const char *file, int line)
{
    if (check_that(span_eq(got, expected), name, file, line))
        return;
    printf("# got      '%.*s'\n", SPAN_ARGS(got));
    printf("# expected '%.*s'\n", SPAN_ARGS(expected));
}

/* LITERAL is a string literal, so that it may hold NULs. */
#define CHECK_TEXT(span, literal, name)                                                            \
    check_text((span), SPAN(literal), (name), __FILE__, __LINE__)

static inline void check_near(double got, double expected, double tolerance, const char *name,
                              const char *file, int line)
{
    if (!check_that(fabs(got - expected) <= tolerance * fmax(fabs(expected), 1e-300), name, file,
                    line))
        printf("# got %.17g, expected %.17g\n", got, expected);
}

/* TOLERANCE is relative. */
#define CHECK_NEAR(got, expected, tolerance, name)                                                 \
    check_near((got), (expected), (tolerance), (name), __FILE__, __LINE__)

static inline int check_done(void)
{
    printf("1..%d\n", check_count);
    return check_failures ? 1 : 0;
}

#endif
