/* bytes -- the search for bytes that JSON strings and CSV rows treat specially.
 *
 * Looks at 16 bytes at a time with SSE2 on x86-64 and NEON on Arm; elsewhere,
 * or with -DBYTES_PLAIN, plain C does the same byte by byte. */
#ifndef BYTES_H
#define BYTES_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#if defined(__SSE2__) && !defined(BYTES_PLAIN)
#include <emmintrin.h>
#define BYTES_SSE2
#elif defined(__aarch64__) && !defined(BYTES_PLAIN)
#include <arm_neon.h>
#define BYTES_NEON
#endif

/* Is C neither a quote, a backslash, a control character nor beyond ASCII? */
static inline int bytes_is_plain(char c)
{
    unsigned char u = (unsigned char)c;
    return u >= 0x20 && u < 0x80 && u != '"' && u != '\\';
}

/* The first byte from AT on that is not plain, or END. Reads nothing at or past END. */
static inline const char *bytes_skip_plain(const char *at, const char *end)
{
#if defined(BYTES_SSE2)
    const __m128i quote = _mm_set1_epi8('"'), slash = _mm_set1_epi8('\\'),
                  space = _mm_set1_epi8(0x20);
    for (; end - at >= 16; at += 16) {
        __m128i v = _mm_loadu_si128((const __m128i *)(const void *)at);
        /* the comparison is signed, so bytes from 0x80 up count as below a space too */
        __m128i special =
            _mm_or_si128(_mm_or_si128(_mm_cmpeq_epi8(v, quote), _mm_cmpeq_epi8(v, slash)),
                         _mm_cmplt_epi8(v, space));
        int mask = _mm_movemask_epi8(special);
        if (mask)
            return at + __builtin_ctz((unsigned)mask);
    }
#elif defined(BYTES_NEON)
    for (; end - at >= 16; at += 16) {
        uint8x16_t v = vld1q_u8((const uint8_t *)at);
        uint8x16_t special =
            vorrq_u8(vorrq_u8(vceqq_u8(v, vdupq_n_u8('"')), vceqq_u8(v, vdupq_n_u8('\\'))),
                     vcltq_s8(vreinterpretq_s8_u8(v), vdupq_n_s8(0x20)));
        /* narrowing by 4 leaves 4 bits a byte: NEON's stand-in for a byte mask */
        uint8x8_t narrow = vshrn_n_u16(vreinterpretq_u16_u8(special), 4);
        uint64_t mask = vget_lane_u64(vreinterpret_u64_u8(narrow), 0);
        if (mask)
            return at + (__builtin_ctzll(mask) >> 2);
    }
#endif
    while (at < end && bytes_is_plain(*at))
        at++;
    return at;
}

/* Do LEN bytes agree? At least 16 bytes must be readable at both, so that the
 * short names of fields are compared without a call. */
static inline int bytes_equal_padded(const char *a, const char *b, size_t len)
{
#if defined(BYTES_SSE2)
    if (len <= 16) {
        __m128i same = _mm_cmpeq_epi8(_mm_loadu_si128((const __m128i *)(const void *)a),
                                      _mm_loadu_si128((const __m128i *)(const void *)b));
        unsigned wanted = (1U << len) - 1;
        return ((unsigned)_mm_movemask_epi8(same) & wanted) == wanted;
    }
#endif
    return memcmp(a, b, len) == 0;
}

#define BYTES_BLOCK 16

/* What stands in the 16 bytes at some place, the first byte in the lowest bit of each mask. */
struct bytes_found {
    unsigned stops;   /* what was looked for */
    unsigned escapes; /* other bytes that JSON escapes: a backslash, control characters */
    unsigned high;    /* bytes beyond ASCII */
};

#if defined(BYTES_SSE2)
static inline struct bytes_found bytes_found(__m128i v, __m128i stops)
{
    const __m128i last_control = _mm_set1_epi8(0x1f);
    __m128i escapes = _mm_or_si128(_mm_cmpeq_epi8(v, _mm_set1_epi8('\\')),
                                   _mm_cmpeq_epi8(_mm_min_epu8(v, last_control), v));
    return (struct bytes_found){(unsigned)_mm_movemask_epi8(stops),
                                (unsigned)_mm_movemask_epi8(_mm_andnot_si128(stops, escapes)),
                                (unsigned)_mm_movemask_epi8(v)};
}
#elif defined(BYTES_NEON)
static inline unsigned bytes_mask(uint8x16_t truths)
{
    static const uint8_t bits[16] = {1, 2, 4, 8, 16, 32, 64, 128, 1, 2, 4, 8, 16, 32, 64, 128};
    uint8x16_t set = vandq_u8(truths, vld1q_u8(bits));
    return vaddv_u8(vget_low_u8(set)) | (unsigned)vaddv_u8(vget_high_u8(set)) << 8;
}

static inline struct bytes_found bytes_found(uint8x16_t v, uint8x16_t stops)
{
    uint8x16_t escapes = vorrq_u8(vceqq_u8(v, vdupq_n_u8('\\')), vcltq_u8(v, vdupq_n_u8(0x20)));
    return (struct bytes_found){bytes_mask(stops), bytes_mask(vbicq_u8(escapes, stops)),
                                bytes_mask(vcgeq_u8(v, vdupq_n_u8(0x80)))};
}
#else
static inline void bytes_find(struct bytes_found *found, unsigned i, char c, int stops)
{
    unsigned char u = (unsigned char)c;
    found->stops |= (stops ? 1U : 0U) << i;
    found->escapes |= (!stops && (u < 0x20 || u == '\\') ? 1U : 0U) << i;
    found->high |= (u >= 0x80 ? 1U : 0U) << i;
}
#endif

/* Stops at what ends an unquoted cell: the separator, a quote, LF or CR. */
static inline struct bytes_found bytes_cell_ends(const char *at, char separator)
{
#if defined(BYTES_SSE2)
    __m128i v = _mm_loadu_si128((const __m128i *)(const void *)at);
    __m128i stops = _mm_or_si128(_mm_or_si128(_mm_cmpeq_epi8(v, _mm_set1_epi8(separator)),
                                              _mm_cmpeq_epi8(v, _mm_set1_epi8('"'))),
                                 _mm_or_si128(_mm_cmpeq_epi8(v, _mm_set1_epi8('\n')),
                                              _mm_cmpeq_epi8(v, _mm_set1_epi8('\r'))));
    return bytes_found(v, stops);
#elif defined(BYTES_NEON)
    uint8x16_t v = vld1q_u8((const uint8_t *)at);
    uint8x16_t stops = vorrq_u8(
        vorrq_u8(vceqq_u8(v, vdupq_n_u8((uint8_t)separator)), vceqq_u8(v, vdupq_n_u8('"'))),
        vorrq_u8(vceqq_u8(v, vdupq_n_u8('\n')), vceqq_u8(v, vdupq_n_u8('\r'))));
    return bytes_found(v, stops);
#else
    struct bytes_found found = {0, 0, 0};
    for (unsigned i = 0; i < BYTES_BLOCK; i++) {
        char c = at[i];
        bytes_find(&found, i, c, c == separator || c == '"' || c == '\n' || c == '\r');
    }
    return found;
#endif
}

/* Stops at quotes, within which separators and line ends are text. */
static inline struct bytes_found bytes_quotes(const char *at)
{
#if defined(BYTES_SSE2)
    __m128i v = _mm_loadu_si128((const __m128i *)(const void *)at);
    return bytes_found(v, _mm_cmpeq_epi8(v, _mm_set1_epi8('"')));
#elif defined(BYTES_NEON)
    uint8x16_t v = vld1q_u8((const uint8_t *)at);
    return bytes_found(v, vceqq_u8(v, vdupq_n_u8('"')));
#else
    struct bytes_found found = {0, 0, 0};
    for (unsigned i = 0; i < BYTES_BLOCK; i++)
        bytes_find(&found, i, at[i], at[i] == '"');
    return found;
#endif
}

#endif
