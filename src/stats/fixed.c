/* fixed -- fixed-point sums of 128 bits. */
#include "stats/fixed.h"

#include <math.h>

bool fixed_add_fixed(struct fixed *sum, const struct fixed *number)
{
    uint64_t fraction = sum->fraction + number->fraction;
    uint64_t carry = fraction < sum->fraction;
    if (number->whole > UINT64_MAX - sum->whole - carry || sum->whole > UINT64_MAX - carry)
        return false;
    sum->fraction = fraction;
    sum->whole += number->whole + carry;
    return true;
}

bool fixed_add(struct fixed *sum, double number)
{
    double whole = floor(number);
    /* the difference is exact and below 1, so that its multiple of 2^-64 fits */
    struct fixed n = {(uint64_t)whole, (uint64_t)ldexp(number - whole, 64)};
    return fixed_add_fixed(sum, &n);
}

double fixed_value(const struct fixed *sum)
{
    return (double)sum->whole + ldexp((double)sum->fraction, -64);
}
