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

/* How many of the 8 bytes at AT come before the first that is not plain: 8 if all are. A byte that
 * is found makes those above it uncertain, never those below. */
static inline unsigned bytes_plain_word(const char *at)
{
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
    const uint64_t ones = UINT64_C(0x0101010101010101), high = ones << 7;
    uint64_t v;
    memcpy(&v, at, sizeof v);
    uint64_t quote = v ^ ones * '"', slash = v ^ ones * '\\';
    uint64_t special =
        v | ((v - ones * 0x20) & ~v) | ((quote - ones) & ~quote) | ((slash - ones) & ~slash);
    return special & high ? (unsigned)__builtin_ctzll(special & high) / 8 : 8;
#else
    unsigned count = 0;
    while (count < 8 && bytes_is_plain(at[count]))
        count++;
    return count;
#endif
}

#if defined(BYTES_SSE2) || defined(BYTES_NEON)
#define BYTES_VECTORS
/* How many of the 16 bytes at AT come before the first that is not plain: 16 if all are. */
static inline unsigned bytes_plain_block(const char *at)
{
#if defined(BYTES_SSE2)
    __m128i v = _mm_loadu_si128((const __m128i *)(const void *)at);
    /* the comparison is signed, so bytes from 0x80 up count as below a space too */
    __m128i special = _mm_or_si128(
        _mm_or_si128(_mm_cmpeq_epi8(v, _mm_set1_epi8('"')), _mm_cmpeq_epi8(v, _mm_set1_epi8('\\'))),
        _mm_cmplt_epi8(v, _mm_set1_epi8(0x20)));
    return (unsigned)__builtin_ctz((unsigned)_mm_movemask_epi8(special) | 0x10000);
#else
    uint8x16_t v = vld1q_u8((const uint8_t *)at);
    uint8x16_t special =
        vorrq_u8(vorrq_u8(vceqq_u8(v, vdupq_n_u8('"')), vceqq_u8(v, vdupq_n_u8('\\'))),
                 vcltq_s8(vreinterpretq_s8_u8(v), vdupq_n_s8(0x20)));
    /* narrowing by 4 leaves 4 bits a byte: NEON's stand-in for a byte mask */
    uint8x8_t narrow = vshrn_n_u16(vreinterpretq_u16_u8(special), 4);
    uint64_t mask = vget_lane_u64(vreinterpret_u64_u8(narrow), 0);
    return mask ? (unsigned)__builtin_ctzll(mask) >> 2 : 16;
#endif
}
#endif

/* The first byte from AT on that is not plain, or END. Reads nothing at or past END. */
static inline const char *bytes_skip_plain(const char *at, const char *end)
{
    const char *from = at;
#if defined(BYTES_VECTORS)
    for (; end - at >= 16; at += 16) {
        unsigned plain = bytes_plain_block(at);
        if (plain < 16)
            return at + plain;
    }
#endif
    for (; end - at >= 8; at += 8) {
        unsigned plain = bytes_plain_word(at);
        if (plain < 8)
            return at + plain;
    }
    if (at < end && end - from >= 8) /* the last word once more, which begins before AT */
        return end - 8 + bytes_plain_word(end - 8);
    while (at < end && bytes_is_plain(*at))
        at++;
    return at;
}

/* The same where some byte is known not to be plain, with 16 readable ones from it on. */
static inline const char *bytes_find_special(const char *at)
{
#if defined(BYTES_VECTORS)
    for (;; at += 16) {
        unsigned plain = bytes_plain_block(at);
        if (plain < 16)
            return at + plain;
    }
#else
    while (bytes_is_plain(*at))
        at++;
    return at;
#endif
}

/* Do LEN bytes agree? At both must be readable what a multiple of 16 makes of them, so that names
 * of fields and other short texts are compared without a call. */
static inline int bytes_equal_padded(const char *a, const char *b, size_t len)
{
#if defined(BYTES_SSE2)
    for (;; a += 16, b += 16, len -= 16) {
        __m128i same = _mm_cmpeq_epi8(_mm_loadu_si128((const __m128i *)(const void *)a),
                                      _mm_loadu_si128((const __m128i *)(const void *)b));
        unsigned others = ~(unsigned)_mm_movemask_epi8(same);
        if (len <= 16)
            return (unsigned)__builtin_ctz(others) >= len; /* the bits above the 16 are set */
        if (others != 0xffff0000)
            return 0;
    }
#else
    return memcmp(a, b, len) == 0;
#endif
}

/* Do the bytes of two blocks of 16 agree whose bits are set in MASK, the lowest ones? */
static inline int bytes_equal_block(const char *a, const char *b, unsigned mask)
{
#if defined(BYTES_SSE2)
    __m128i same = _mm_cmpeq_epi8(_mm_loadu_si128((const __m128i *)(const void *)a),
                                  _mm_loadu_si128((const __m128i *)(const void *)b));
    return ((unsigned)_mm_movemask_epi8(same) & mask) == mask;
#else
    return memcmp(a, b, (size_t)__builtin_popcount(mask)) == 0;
#endif
}

/* A number that tells texts of one length, up to eight bytes, apart by all of
 * their bytes, and longer ones by their first eight. From four bytes on it is
 * two loads, which may overlap. */
static inline uint64_t bytes_head(const char *at, size_t len)
{
    uint64_t head = 0;
    if (len >= 8) {
        memcpy(&head, at, 8);
    } else if (len >= 4) {
        uint32_t first, last;
        memcpy(&first, at, 4);
        memcpy(&last, at + len - 4, 4);
        head = first | (uint64_t)last << 32;
    } else if (len > 0) {
        /* of three bytes at most these are all */
        head = (unsigned char)at[0] | (uint64_t)(unsigned char)at[len / 2] << 8 |
               (uint64_t)(unsigned char)at[len - 1] << 16;
    }
    return head;
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

/* How many of the bytes from AT on, up to LEN, are ASCII letters, digits or '_'. */
static inline size_t bytes_word_length(const char *at, size_t len)
{
    size_t done = 0;
#if defined(BYTES_SSE2)
    for (; len - done >= 16; done += 16) {
        __m128i v = _mm_loadu_si128((const __m128i *)(const void *)(at + done));
        /* a letter less 'a', or a digit less '0', is small; other bytes wrap round */
        __m128i letter = _mm_sub_epi8(_mm_or_si128(v, _mm_set1_epi8(0x20)), _mm_set1_epi8('a'));
        __m128i digit = _mm_sub_epi8(v, _mm_set1_epi8('0'));
        __m128i is_word = _mm_or_si128(
            _mm_or_si128(_mm_cmpeq_epi8(_mm_min_epu8(letter, _mm_set1_epi8(25)), letter),
                         _mm_cmpeq_epi8(_mm_min_epu8(digit, _mm_set1_epi8(9)), digit)),
            _mm_cmpeq_epi8(v, _mm_set1_epi8('_')));
        unsigned others = ~(unsigned)_mm_movemask_epi8(is_word) & 0xffff;
        if (others)
            return done + (size_t)__builtin_ctz(others);
    }
#endif
    for (; done < len; done++) {
        unsigned char c = (unsigned char)at[done];
        if ((unsigned char)((c | 0x20) - 'a') > 25 && (unsigned char)(c - '0') > 9 && c != '_')
            break;
    }
    return done;
}

/* What the 16 bytes at some place are, the first byte in the lowest bit of each mask. */
struct bytes_words {
    unsigned words; /* ASCII letters, digits, '_' */
    unsigned digits, spaces;
};

/* The same 16 bytes with ASCII in small letters go to TO. */
static inline struct bytes_words bytes_words(const char *from, char *to)
{
#if defined(BYTES_SSE2)
    __m128i v = _mm_loadu_si128((const __m128i *)(const void *)from);
    __m128i upper = _mm_sub_epi8(v, _mm_set1_epi8('A'));
    __m128i is_upper = _mm_cmpeq_epi8(_mm_min_epu8(upper, _mm_set1_epi8(25)), upper);
    __m128i lower = _mm_or_si128(v, _mm_and_si128(is_upper, _mm_set1_epi8(0x20)));
    __m128i letter = _mm_sub_epi8(lower, _mm_set1_epi8('a'));
    __m128i digit = _mm_sub_epi8(v, _mm_set1_epi8('0'));
    __m128i is_digit = _mm_cmpeq_epi8(_mm_min_epu8(digit, _mm_set1_epi8(9)), digit);
    __m128i is_word = _mm_or_si128(
        _mm_or_si128(_mm_cmpeq_epi8(_mm_min_epu8(letter, _mm_set1_epi8(25)), letter), is_digit),
        _mm_cmpeq_epi8(v, _mm_set1_epi8('_')));
    _mm_storeu_si128((__m128i *)(void *)to, lower);
    return (struct bytes_words){(unsigned)_mm_movemask_epi8(is_word),
                                (unsigned)_mm_movemask_epi8(is_digit),
                                (unsigned)_mm_movemask_epi8(_mm_cmpeq_epi8(v, _mm_set1_epi8(' ')))};
#else
    struct bytes_words found = {0, 0, 0};
    for (unsigned i = 0; i < BYTES_BLOCK; i++) {
        unsigned char c = (unsigned char)from[i], lower = c >= 'A' && c <= 'Z' ? c | 0x20 : c;
        int is_digit = c >= '0' && c <= '9';
        int is_word = (lower >= 'a' && lower <= 'z') || is_digit || c == '_';
        found.words |= (is_word ? 1U : 0U) << i;
        found.digits |= (is_digit ? 1U : 0U) << i;
        found.spaces |= (c == ' ' ? 1U : 0U) << i;
        to[i] = (char)lower;
    }
    return found;
#endif
}

/* LEN bytes of ASCII in small letters. */
static inline void bytes_lower(char *to, const char *from, size_t len)
{
    size_t done = 0;
#if defined(BYTES_SSE2)
    for (; len - done >= 16; done += 16) {
        __m128i v = _mm_loadu_si128((const __m128i *)(const void *)(from + done));
        __m128i letter = _mm_sub_epi8(v, _mm_set1_epi8('A'));
        __m128i is_upper = _mm_cmpeq_epi8(_mm_min_epu8(letter, _mm_set1_epi8(25)), letter);
        v = _mm_or_si128(v, _mm_and_si128(is_upper, _mm_set1_epi8(0x20)));
        _mm_storeu_si128((__m128i *)(void *)(to + done), v);
    }
#endif
    for (; len - done >= 8; done += 8) { /* the same in a word of eight bytes below 0x80 */
        uint64_t v, high = UINT64_C(0x8080808080808080), ones = UINT64_C(0x0101010101010101);
        memcpy(&v, from + done, sizeof v);
        uint64_t from_a = v + ones * (0x80 - 'A'), beyond_z = v + ones * (0x80 - 'Z' - 1);
        v |= ((from_a & ~beyond_z & high) >> 2);
        memcpy(to + done, &v, sizeof v);
    }
    for (; done < len; done++) {
        char c = from[done];
        to[done] = c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : c;
    }
}

#endif
