/* printed -- comparing a number with a figure as some document prints it. */
#ifndef PRINTED_H
#define PRINTED_H

#include <stdlib.h>

#include "check.h"

/* Half a unit of the last digit in "30.07", "-2.82" or "2.954e-07". */
static inline double printed_half_unit(const char *figure)
{
    const char *exponent = strpbrk(figure, "eE");
    size_t digits = exponent ? (size_t)(exponent - figure) : strlen(figure);
    const char *point = memchr(figure, '.', digits);
    double decimals = point ? (double)(digits - (size_t)(point - figure) - 1) : 0;
    double scale = exponent ? strtod(exponent + 1, NULL) : 0;
    /* The slack is for figures cut or rounded half the other way in binary. */
    return 0.5 * pow(10, scale - decimals) * (1 + 1e-9);
}

static inline void check_printed(double got, const char *figure, const char *name, const char *file,
                                 int line)
{
    double expected = strtod(figure, NULL);
    if (!check_that(fabs(got - expected) <= printed_half_unit(figure), name, file, line))
        printf("# got %.17g, printed %s\n", got, figure);
}

/* GOT rounds to FIGURE, a string, at all the digits it has. */
#define CHECK_PRINTED(got, figure, name) check_printed((got), (figure), (name), __FILE__, __LINE__)

#endif
