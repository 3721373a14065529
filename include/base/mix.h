/* mix -- two numbers into one of which every bit depends on every bit of both.
 *
 * Multiplies and folds the product of 128 bits: one multiplication for 8 bytes (the mixing of
 * wyhash; Wang Yi, 2019). With one number secret nobody can make others that meet. */
#ifndef MIX_H
#define MIX_H

#include <stdint.h>

static inline uint64_t mix_fold(uint64_t a, uint64_t b)
{
    __extension__ typedef unsigned __int128 wide;
    wide product = (wide)a * b;
    return (uint64_t)product ^ (uint64_t)(product >> 64);
}

#endif
