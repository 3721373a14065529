/* Unit tests of clean. Expected texts are by hand from Unicode 15's
 * PropList.txt (White_Space), CaseFolding.txt and NormalizationTest.txt. */
#include <stdlib.h>

#include "base/utf8.h"
#include "check.h"
#include "text/clean.h"

struct text_case {
    const char *given, *expected, *name;
};

static const struct text_case clean_cases[] = {
    {"", "", "nothing"},
    {"   ", "", "spaces alone"},
    {" \t\r\n\v\f a", "a", "white space in front"},
    {"a \xC2\xA0", "a", "NBSP at the end"},
    {"yes  - see\tattached", "yes - see attached", "runs inside"},
    {"line one\r\nline two", "line one line two", "a line break"},
    {"line one\xE2\x80\xA8line two\xC2\x85three", "line one line two three", "U+2028 and U+0085"},
    {"a\xE2\x80\x89\xE3\x80\x80\xE1\x9A\x80"
     "b",
     "a b", "U+2009, U+3000 and U+1680"},
    {"foo\xE2\x80\x8B"
     "bar",
     "foobar", "a zero-width space is no gap"},
    {"a \xE2\x80\x8B b", "a b", "a zero-width space between spaces"},
    {"\xEF\xBB\xBF"
     "name",
     "name", "a byte order mark"},
    {"co\xC2\xAD"
     "operate",
     "cooperate", "a soft hyphen"},
    {"\xE2\x80\xAA"
     "020 7946\xE2\x80\xAC",
     "020 7946", "marks of direction"},
    {"a\x01"
     "b\x7F"
     "c",
     "abc", "control characters"},
    {"don\xE2\x80\x99t", "don't", "an apostrophe"},
    {"don\xC2\xB4t", "don't", "an acute accent as an apostrophe"},
    {"\xE2\x80\x9C"
     "a\xE2\x80\x9D \xC2\xAB"
     "b\xC2\xBB",
     "\"a\" \"b\"", "quotes"},
    {"5\xE2\x80\x93"
     "6 \xE2\x80\x94 7 \xE2\x88\x92"
     "8",
     "5-6 - 7 -8", "dashes and the minus sign"},
    {"cafe\xCC\x81", "caf\xC3\xA9", "an accent is put on its letter"},
    {"e\xE2\x80\x8B\xCC\x81", "\xC3\xA9", "an accent behind what vanishes"},
    {"\xE2\x84\xAB", "\xC3\x85", "the angstrom sign is A with a ring"},
    {"\xE1\xBF\xBD", "'", "the oxia is an acute accent, and so a quote"},
    {"\xEF\xAC\x81", "\xEF\xAC\x81", "a ligature stays: NFC, not NFKC"},
    {"\xC2\xA3"
     "5",
     "\xC2\xA3"
     "5",
     "a pound sign"},
    {"\xC2\x92", "\xC2\x92", "a C1 control stays as a trace"},
    {"a\xE2\x80\x8D"
     "b",
     "ab", "a joiner between Latin letters"},
    {"\xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\x92\xBB", "\xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\x92\xBB",
     "a joiner in an emoji"},
    {"\xD9\x85\xDB\x8C\xE2\x80\x8C\xD8\xAE", "\xD9\x85\xDB\x8C\xE2\x80\x8C\xD8\xAE",
     "a non-joiner in Persian"},
    {"\xD9\x85\xE2\x80\x8D", "\xD9\x85", "a joiner at the end"},
};

static const struct text_case header_cases[] = {
    {"Public body", "publicbody", "header: spaces and case"},
    {" public_body ", "publicbody", "header: underscore"},
    {"Public\nBody?", "publicbody", "header: line break and question mark"},
    {"Q1. Do you use C#?", "q1doyouusec#", "header: a hash counts"},
    {"C++", "c++", "header: plus counts"},
    {"Total (\xC2\xA3)", "total\xC2\xA3", "header: the pound sign counts"},
    {"% open", "%open", "header: per cent counts"},
    {"a|b~c^d`e", "abcde", "header: bars, tildes and accents do not"},
    {"Stra\xC3\x9F"
     "e",
     "strasse", "header: full case folding"},
    {"\xEF\xBB\xBF"
     "Name",
     "name", "header: a byte order mark"},
    {"???", "???", "header: punctuation alone is compared as it is"},
};

static void test_cases(void)
{
    struct buf b = {0};
    for (size_t i = 0; i < sizeof clean_cases / sizeof *clean_cases; i++) {
        const struct text_case *c = &clean_cases[i];
        check_text(clean_text(span_of(c->given), &b), span_of(c->expected), c->name, __FILE__,
                   __LINE__);
    }
    for (size_t i = 0; i < sizeof header_cases / sizeof *header_cases; i++) {
        const struct text_case *c = &header_cases[i];
        buf_clear(&b);
        clean_header(&b, span_of(c->given));
        check_text(buf_span(&b), span_of(c->expected), c->name, __FILE__, __LINE__);
    }
    buf_free(&b);
}

static void test_case(void)
{
    struct buf b = {0};
    clean_lower(&b, SPAN("NHS \xC3\x89"
                         "COLE"));
    CHECK_TEXT(buf_span(&b),
               "nhs \xC3\xA9"
               "cole",
               "lower case");
    buf_clear(&b);
    clean_upper(&b, SPAN("stra\xC3\x9F"
                         "e \xC3\xA9"));
    CHECK_TEXT(buf_span(&b),
               "STRA\xC3\x9F"
               "E \xC3\x89",
               "upper case");
    buf_clear(&b);
    clean_fold(&b, SPAN("STRA\xC3\x9F"
                        "E \xCE\xA3\xCF\x82"));
    CHECK_TEXT(buf_span(&b), "strasse \xCF\x83\xCF\x83", "case folding");
    buf_clear(&b);
    clean_bare(&b, SPAN("Ynys M\xC3\xB4n, \xC3\x98resund, \xC5\x81\xC3\xB3"
                        "d\xC5\xBA, \xC3\x86"));
    CHECK_TEXT(buf_span(&b), "ynys mon, oresund, lodz, ae", "accents away");
    buf_clear(&b);
    clean_bare(&b, SPAN("\xE0\xA4\x95\xE0\xA4\xBF")); /* KA and the vowel sign I */
    CHECK_TEXT(buf_span(&b), "\xE0\xA4\x95\xE0\xA4\xBF", "a vowel sign is no accent");
    buf_free(&b);
}

/* Whether TEXT is clean by the slow rule, byte by byte. */
static bool clean_slowly(struct span text)
{
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.at[i];
        if (c < ' ' || c > '~')
            return false;
        if (c == ' ' && (i == 0 || i + 1 == text.len || text.at[i + 1] == ' '))
            return false;
    }
    return true;
}

/* Every length up to 70, with a fault of each kind at each place, and exact
 * allocations, so that the sanitizer sees a read too far. */
static void test_needed(void)
{
    size_t wrong = 0;
    for (size_t len = 1; len <= 70; len++) {
        char *at = malloc(len);
        struct span text = {at, len};
        for (size_t place = 0; place < len; place++) {
            static const char faults[] = " \t\x7F\x80\xFF\x1F~";
            for (const char *fault = faults; *fault; fault++) {
                memset(at, 'a', len);
                at[place] = *fault;
                wrong += clean_needed(text) == clean_slowly(text);
                at[place / 2] = ' ';
                wrong += clean_needed(text) == clean_slowly(text);
                at[place] = ' ';
                at[place ? place - 1 : 0] = ' ';
                wrong += clean_needed(text) == clean_slowly(text);
            }
        }
        free(at);
    }
    CHECK(wrong == 0, "the fast check agrees with the slow one at every length and place");
    struct buf b = {0};
    struct span text = SPAN("Yes - see attached");
    CHECK(clean_text(text, &b).at == text.at && b.cap == 0, "a clean text is not copied");
    buf_free(&b);
}

/* Knuth's MMIX generator. */
static uint32_t next_random(uint64_t *state)
{
    *state = *state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)(*state >> 33);
}

/* A character of the kinds that clean has rules for, or any. */
static uint32_t random_code(uint64_t *state)
{
    static const uint32_t special[] = {
        ' ',     '\t',   '\n',   0xA0,   0xAD,   0x200B, 0x200C, 0x200D,  0xFEFF, 0x2019,
        0x201C,  0x2013, 0x2212, 0x301,  0x323,  0x327,  0x345,  'e',     'a',    0xE9,
        0x1E0B,  0x212B, 0x1FFD, 0x1FEF, 0x627,  0x64B,  0x654,  0x915,   0x93C,  0x94D,
        0x1F469, 0xFE0F, 0x1100, 0x1161, 0x11A8, 0xAC00, 0x20D0, 0x2126,  0x37E,  0x3000,
        0x3099,  0x304B, 0x85,   0x92,   0x1F71, 0x2000, 0x2001, 0x1D15E, 0x344};
    uint32_t choice = next_random(state);
    if (choice % 8)
        return special[choice / 8 % (sizeof special / sizeof *special)];
    return next_random(state) % 0x30000;
}

static void test_twice(void)
{
    uint64_t state = 20200229;
    struct buf text = {0}, once = {0}, twice = {0}, lower = {0};
    size_t wrong = 0, invalid = 0, case_wrong = 0;
    for (int round = 0; round < 200000; round++) {
        buf_clear(&text);
        for (uint32_t len = next_random(&state) % 12; len > 0; len--)
            utf8_add(&text, random_code(&state));
        struct span first = clean_text(buf_span(&text), &once);
        invalid += !utf8_valid(first, NULL);
        wrong += !span_eq(first, clean_text(first, &twice));
        buf_clear(&lower);
        clean_lower(&lower, first);
        case_wrong += !span_eq(buf_span(&lower), clean_text(buf_span(&lower), &twice));
    }
    CHECK(wrong == 0, "cleaning twice is cleaning once, for 200,000 texts");
    CHECK(invalid == 0, "a clean text is valid UTF-8");
    CHECK(case_wrong == 0, "a clean text in lower case is clean");
    buf_free(&text);
    buf_free(&once);
    buf_free(&twice);
    buf_free(&lower);
}

/* The same of texts with many line breaks, tabs and what vanishes between them. */
static void test_lines_twice(void)
{
    static const uint32_t special[] = {'\n', '\n', '\r',   '\t',  ' ',
                                       'a',  0x85, 0x2028, 0x301, 0x200B};
    uint64_t state = 20210301;
    struct buf text = {0}, once = {0}, twice = {0}, scratch = {0};
    size_t wrong = 0, one_line = 0;
    for (int round = 0; round < 100000; round++) {
        buf_clear(&text);
        for (uint32_t len = next_random(&state) % 12; len > 0; len--)
            utf8_add(&text, special[next_random(&state) % (sizeof special / sizeof *special)]);
        struct span first = clean_lines(buf_span(&text), &once, &scratch);
        wrong += !span_eq(first, clean_lines(first, &twice, &scratch));
        struct span folded = clean_text(first, &twice);
        struct buf whole = {0};
        one_line += !span_eq(folded, clean_text(buf_span(&text), &whole));
        buf_free(&whole);
    }
    CHECK(wrong == 0, "cleaning lines twice is cleaning them once, for 100,000 texts");
    CHECK(one_line == 0, "clean lines in one line are the clean text");
    buf_free(&text);
    buf_free(&once);
    buf_free(&twice);
    buf_free(&scratch);
}

/* A megabyte of marks in falling order would be sorted in the square of its length. */
static void test_hostile(void)
{
    struct buf text = {0}, clean = {0};
    buf_addc(&text, 'a');
    for (int i = 0; i < 250000; i++)
        buf_add(&text, SPAN("\xCC\x81\xCC\xA3"));
    struct span first = clean_text(buf_span(&text), &clean);
    CHECK(span_eq(first, buf_span(&text)), "half a million marks are left as they are");
    buf_free(&text);
    buf_free(&clean);
}

int main(void)
{
    test_cases();
    test_case();
    test_needed();
    test_twice();
    test_lines_twice();
    test_hostile();
    return check_done();
}
