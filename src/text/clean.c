/* clean -- text as people type it, made plain: white space, invisible
 * characters, quotes, dashes, NFC, and forms for comparing. */
#include <stdint.h>

#include <utf8proc.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include "base/utf8.h"
#include "normal_form.h"
#include "text/clean.h"

/* ---- is it clean already? ---- */

static bool plain_byte(unsigned char c)
{
    return c >= ' ' && c < 0x7F;
}

static bool needed_bytewise(struct span text)
{
    for (size_t i = 0; i < text.len; i++) {
        if (!plain_byte((unsigned char)text.at[i]))
            return true;
        if (text.at[i] == ' ' && i + 1 < text.len && text.at[i + 1] == ' ')
            return true;
    }
    return false;
}

#ifdef __SSE2__
/* Bits of the spaces among 16 bytes; *ODD becomes true if one of the bytes is
 * neither a space nor printable ASCII. A signed comparison takes the bytes from 0x80 on as
 * negative. */
static unsigned spaces_of(__m128i bytes, bool *odd)
{
    __m128i low = _mm_cmplt_epi8(bytes, _mm_set1_epi8(' '));
    __m128i del = _mm_cmpeq_epi8(bytes, _mm_set1_epi8(0x7F));
    if (_mm_movemask_epi8(_mm_or_si128(low, del)))
        *odd = true;
    return (unsigned)_mm_movemask_epi8(_mm_cmpeq_epi8(bytes, _mm_set1_epi8(' ')));
}

static __m128i load(const char *at)
{
    __m128i bytes;
    memcpy(&bytes, at, sizeof bytes);
    return bytes;
}

/* Two spaces side by side: in a block, across the edge of two blocks (CARRY),
 * or in the last block, which overlaps the one before it. */
static bool needed_blockwise(struct span text)
{
    bool odd = false;
    unsigned pairs = 0, carry = 0;
    size_t i = 0;
    for (; i + 16 <= text.len; i += 16) {
        unsigned spaces = spaces_of(load(text.at + i), &odd);
        pairs |= spaces & (spaces << 1 | carry);
        carry = spaces >> 15;
        if (odd || pairs)
            return true;
    }
    if (i < text.len) {
        unsigned spaces = spaces_of(load(text.at + text.len - 16), &odd);
        pairs = spaces & spaces << 1;
    }
    return odd || pairs;
}

/* From 8 to 15 bytes: two overlapping halves in one register. The halves are
 * no neighbours, but the overlap holds the pair at the edge. */
static bool needed_halves(struct span text)
{
    uint64_t first, last;
    memcpy(&first, text.at, 8);
    memcpy(&last, text.at + text.len - 8, 8);
    bool odd = false;
    unsigned spaces = spaces_of(_mm_set_epi64x((int64_t)last, (int64_t)first), &odd);
    return odd || (spaces & (spaces << 1 & 0xFEFE));
}
#endif

bool clean_needed(struct span text)
{
    if (text.len == 0)
        return false;
    if (text.at[0] == ' ' || text.at[text.len - 1] == ' ')
        return true;
#ifdef __SSE2__
    if (text.len >= 16)
        return needed_blockwise(text);
    if (text.len >= 8)
        return needed_halves(text);
#endif
    return needed_bytewise(text);
}

/* ---- what becomes of a character ---- */

enum role { ROLE_KEEP, ROLE_SPACE, ROLE_VANISH, ROLE_JOINER, ROLE_SINGLE, ROLE_DOUBLE, ROLE_DASH };

static enum role role_low(uint32_t c)
{
    if (c == ' ' || (c >= '\t' && c <= '\r') || c == 0x85 || c == 0xA0)
        return ROLE_SPACE;
    if (c < ' ' || c == 0x7F || c == 0xAD)
        return ROLE_VANISH;
    if (c == 0xB4 || c == 0x2BC)
        return ROLE_SINGLE;
    if (c == 0xAB || c == 0xBB)
        return ROLE_DOUBLE;
    return c == 0x61C || c == 0x34F ? ROLE_VANISH : ROLE_KEEP;
}

/* The block General Punctuation, U+2000 to U+206F. */
static enum role role_punctuation(uint32_t c)
{
    if (c <= 0x200A || c == 0x2028 || c == 0x2029 || c == 0x202F || c == 0x205F)
        return ROLE_SPACE;
    if (c == 0x200C || c == 0x200D)
        return ROLE_JOINER;
    if (c <= 0x200F || (c >= 0x202A && c <= 0x202E) || (c >= 0x2060 && c <= 0x2064) ||
        (c >= 0x2066 && c <= 0x206F))
        return ROLE_VANISH;
    if (c <= 0x2015 || c == 0x2043)
        return ROLE_DASH;
    if ((c >= 0x2018 && c <= 0x201B) || c == 0x2032 || c == 0x2035 || c == 0x2039 || c == 0x203A)
        return ROLE_SINGLE;
    if ((c >= 0x201C && c <= 0x201F) || c == 0x2033 || c == 0x2036)
        return ROLE_DOUBLE;
    return ROLE_KEEP;
}

static enum role role_of(uint32_t c)
{
    if (c < 0x700)
        return role_low(c);
    if (c >= 0x2000 && c <= 0x206F)
        return role_punctuation(c);
    if ((c >= 0xFE00 && c <= 0xFE0F) || (c >= 0xE0100 && c <= 0xE01EF))
        return ROLE_VANISH; /* variation selectors: how the character before looks */
    switch (c) {
    case 0x1680:
    case 0x3000:
        return ROLE_SPACE;
    case 0x180E:
    case 0xFEFF:
    case 0xFFF9:
    case 0xFFFA:
    case 0xFFFB:
        return ROLE_VANISH;
    case 0x2212:
    case 0xFE58:
    case 0xFE63:
    case 0xFF0D:
        return ROLE_DASH;
    case 0xFF07:
        return ROLE_SINGLE;
    case 0x301D:
    case 0x301E:
    case 0x301F:
    case 0xFF02:
        return ROLE_DOUBLE;
    default:
        return ROLE_KEEP;
    }
}

bool clean_is_space(uint32_t c)
{
    return role_of(c) == ROLE_SPACE;
}

/* Whether a joiner beside C can be part of its spelling. Scripts with two
 * cases have no use for it. */
static bool joins(uint32_t c)
{
    return c >= 0x600 && role_of(c) == ROLE_KEEP && utf8proc_tolower((int32_t)c) == (int32_t)c &&
           utf8proc_toupper((int32_t)c) == (int32_t)c;
}

/* ---- clean text ---- */

/* One character of a text that ends at END, AT behind it. BEFORE is the last one written or 0. */
static uint32_t put_cleaned(struct buf *b, uint32_t before, uint32_t c, const char *at,
                            const char *end)
{
    switch (role_of(c)) {
    case ROLE_SPACE:
        c = ' ';
        if (before == 0 || before == ' ')
            return before;
        break;
    case ROLE_VANISH:
        return before;
    case ROLE_JOINER:
        if (!joins(before) || at == end || !joins(utf8_next(&at)))
            return before;
        break;
    case ROLE_SINGLE:
        c = '\'';
        break;
    case ROLE_DOUBLE:
        c = '"';
        break;
    case ROLE_DASH:
        c = '-';
        break;
    case ROLE_KEEP:
        break;
    }
    utf8_add(b, c);
    return c;
}

/* All but NFC. The result is a fixed point of this step alone. */
static void add_plain(struct buf *b, struct span text)
{
    const char *at = text.at, *end = span_end(text);
    uint32_t before = 0;
    buf_reserve(b, text.len + 4);
    while (at < end) {
        if (*at > ' ' && *at < 0x7F) {
            before = (unsigned char)*at;
            b->at[b->len++] = *at++;
            continue;
        }
        uint32_t c = utf8_next(&at);
        before = put_cleaned(b, before, c, at, end);
    }
    if (before == ' ')
        b->len--;
}

/* That step again on what B holds. */
static void plain_again(struct buf *b)
{
    size_t len = b->len;
    buf_reserve(b, len + 8); /* the text must not move while it is read */
    add_plain(b, buf_span(b));
    b->len -= len;
    memmove(b->at, b->at + len, b->len);
}

struct span clean_text(struct span text, struct buf *scratch)
{
    if (!clean_needed(text))
        return text;
    buf_clear(scratch);
    add_plain(scratch, text);
    /* NFC may make what the first step changes: U+1FFD becomes the quote
     * U+00B4, and a Latin mark may move next to a joiner. */
    while (normal_form_compose(scratch, 0))
        plain_again(scratch);
    return buf_span(scratch);
}

/* ---- case ---- */

static void add_mapped(struct buf *b, struct span text, int32_t (*map)(int32_t))
{
    const char *at = text.at, *end = span_end(text);
    size_t from = b->len;
    buf_reserve(b, text.len);
    while (at < end)
        utf8_add(b, (uint32_t)map((int32_t)utf8_next(&at)));
    normal_form_compose(b, from);
}

static int32_t upper(int32_t c)
{
    return c == 0xDF ? c : utf8proc_toupper(c); /* U+1E9E is in no one's spelling */
}

void clean_lower(struct buf *b, struct span text)
{
    add_mapped(b, text, utf8proc_tolower);
}

void clean_upper(struct buf *b, struct span text)
{
    add_mapped(b, text, upper);
}

/* TEXT folded; true if it was ASCII, so that nothing more can be wanted. */
static bool add_folded(struct buf *b, struct span text, int options)
{
    size_t from = b->len;
    buf_add(b, text);
    if (!utf8_ascii(text)) {
        normal_form(b, from, UTF8PROC_STABLE | UTF8PROC_CASEFOLD | options);
        return false;
    }
    for (size_t i = from; i < b->len; i++)
        if (b->at[i] >= 'A' && b->at[i] <= 'Z')
            b->at[i] = (char)(b->at[i] | 0x20);
    return true;
}

void clean_fold(struct buf *b, struct span text)
{
    add_folded(b, text, UTF8PROC_COMPOSE);
}

/* Letters of Latin scripts that Unicode does not decompose. */
static struct span bare_letter(uint32_t c)
{
    switch (c) {
    case 0xE6:
        return SPAN("ae");
    case 0x153:
        return SPAN("oe");
    case 0xF8:
        return SPAN("o");
    case 0xFE:
        return SPAN("th");
    case 0xF0:
    case 0x111:
        return SPAN("d");
    case 0x127:
        return SPAN("h");
    case 0x131:
        return SPAN("i");
    case 0x142:
        return SPAN("l");
    case 0x14B:
        return SPAN("n");
    case 0x167:
        return SPAN("t");
    default:
        return (struct span){0};
    }
}

void clean_bare(struct buf *b, struct span text)
{
    size_t from = b->len;
    if (add_folded(b, text, UTF8PROC_DECOMPOSE))
        return;
    /* Every replacement is as long as what it replaces or shorter. */
    const char *at = b->at + from, *end = b->at + b->len;
    char *to = b->at + from;
    while (at < end) {
        const char *start = at;
        uint32_t c = utf8_next(&at);
        if (c >= 0x300 && c <= 0x36F) /* the other scripts' marks are no accents */
            continue;
        struct span letter = bare_letter(c);
        if (!letter.at)
            letter = span_from(start, at);
        memmove(to, letter.at, letter.len);
        to += letter.len;
    }
    b->len = (size_t)(to - b->at);
    normal_form_compose(b, from);
}

/* ---- headers ---- */

static bool counts_in_header(uint32_t c)
{
    if (c == '#' || c == '%' || c == '&' || c == '@')
        return true;
    if (c == '|' || c == '~')
        return false;
    switch (utf8proc_category((int32_t)c)) {
    case UTF8PROC_CATEGORY_LU:
    case UTF8PROC_CATEGORY_LL:
    case UTF8PROC_CATEGORY_LT:
    case UTF8PROC_CATEGORY_LM:
    case UTF8PROC_CATEGORY_LO:
    case UTF8PROC_CATEGORY_MN:
    case UTF8PROC_CATEGORY_MC:
    case UTF8PROC_CATEGORY_ME:
    case UTF8PROC_CATEGORY_ND:
    case UTF8PROC_CATEGORY_NL:
    case UTF8PROC_CATEGORY_NO:
    case UTF8PROC_CATEGORY_SM:
    case UTF8PROC_CATEGORY_SC:
    case UTF8PROC_CATEGORY_SO:
        return true;
    default:
        return false;
    }
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

void clean_header(struct buf *b, struct span text)
{
    struct buf scratch = {0}, folded = {0};
    struct span cleaned = clean_text(text, &scratch);
    clean_fold(&folded, cleaned);
    size_t from = b->len;
    bool parted = false; /* something was left out since the last character */
    const char *at = folded.at, *end = folded.len ? folded.at + folded.len : folded.at;
    while (at < end) {
        const char *start = at;
        uint32_t c = utf8_next(&at);
        if (!counts_in_header(c)) {
            parted = true;
            continue;
        }
        if (parted && b->len > from && is_digit(b->at[b->len - 1]) && is_digit(*start))
            buf_addc(b, '.');
        parted = false;
        utf8_add(b, c);
    }
    if (b->len == from)
        buf_add(b, cleaned);
    buf_free(&scratch);
    buf_free(&folded);
}
