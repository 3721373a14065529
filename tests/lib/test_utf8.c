/* Unit tests of utf8. The boundaries are those of Unicode 15, table 3-7. */
#include "base/utf8.h"
#include "check.h"

struct sequence_case {
    struct span bytes;
    size_t len;
    const char *name;
};

static const struct sequence_case sequence_cases[] = {
    {{"", 0}, 0, "nothing is no sequence"},
    {{"a", 1}, 1, "a letter"},
    {{"\0", 1}, 1, "a NUL is one byte"},
    {{"\x7F", 1}, 1, "U+007F"},
    {{"\x80", 1}, 0, "a lone continuation byte"},
    {{"\xC0\x80", 2}, 0, "overlong NUL"},
    {{"\xC1\xBF", 2}, 0, "overlong U+007F"},
    {{"\xC2\x80", 2}, 2, "U+0080"},
    {{"\xDF\xBF", 2}, 2, "U+07FF"},
    {{"\xC3", 1}, 0, "two bytes cut after one"},
    {{"\xC3(", 2}, 0, "two bytes, the second no continuation"},
    {{"\xE0\x9F\xBF", 3}, 0, "overlong U+07FF"},
    {{"\xE0\xA0\x80", 3}, 3, "U+0800"},
    {{"\xED\x9F\xBF", 3}, 3, "U+D7FF"},
    {{"\xED\xA0\x80", 3}, 0, "the first surrogate"},
    {{"\xED\xBF\xBF", 3}, 0, "the last surrogate"},
    {{"\xEE\x80\x80", 3}, 3, "U+E000"},
    {{"\xEF\xBF\xBF", 3}, 3, "U+FFFF"},
    {{"\xE2\x82", 2}, 0, "three bytes cut after two"},
    {{"\xE2\x82(", 3}, 0, "three bytes, the third no continuation"},
    {{"\xF0\x8F\xBF\xBF", 4}, 0, "overlong U+FFFF"},
    {{"\xF0\x90\x80\x80", 4}, 4, "U+10000"},
    {{"\xF4\x8F\xBF\xBF", 4}, 4, "U+10FFFF"},
    {{"\xF4\x90\x80\x80", 4}, 0, "U+110000"},
    {{"\xF5\x80\x80\x80", 4}, 0, "lead byte F5"},
    {{"\xFF", 1}, 0, "byte FF"},
    {{"\xF0\x9F\x98", 3}, 0, "four bytes cut after three"},
    {{"\xF0\x9F\x98(", 4}, 0, "four bytes, the fourth no continuation"},
};

static void test_sequence(void)
{
    for (size_t i = 0; i < sizeof sequence_cases / sizeof *sequence_cases; i++) {
        const struct sequence_case *c = &sequence_cases[i];
        CHECK(utf8_sequence(c->bytes.at, c->bytes.at + c->bytes.len) == c->len, c->name);
    }
}

/* Every code point there is goes out and comes back; the surrogates do not. */
static void test_round_trip(void)
{
    size_t wrong = 0;
    for (uint32_t code = 0; code < 0x110000; code++) {
        char bytes[4];
        size_t len = utf8_encode(code, bytes);
        if (code >= 0xD800 && code <= 0xDFFF) {
            wrong += len != 0;
            continue;
        }
        const char *at = bytes;
        wrong += len == 0 || utf8_sequence(bytes, bytes + len) != len;
        wrong += utf8_next(&at) != code || at != bytes + len;
    }
    CHECK(wrong == 0, "every code point is encoded and decoded to itself");
    char bytes[4];
    CHECK(utf8_encode(0x110000, bytes) == 0, "U+110000 is not encoded");
}

static void test_valid(void)
{
    size_t bad = 99;
    CHECK(utf8_valid(SPAN(""), &bad) && bad == 99, "an empty text is valid");
    CHECK(utf8_valid(SPAN("plain text, more than eight bytes"), NULL), "ASCII is valid");
    CHECK(utf8_valid(SPAN("caf\u00E9 \u20AC \U0001F600 and more"), NULL),
          "2, 3 and 4 bytes are valid");
    struct buf b = {0};
    size_t wrong = 0;
    for (size_t before = 0; before < 40; before++) {
        buf_clear(&b);
        for (size_t i = 0; i < before; i++)
            buf_addc(&b, 'x');
        buf_addc(&b, '\xE2');
        buf_addc(&b, '\x82');
        wrong += utf8_valid(buf_span(&b), &bad) || bad != before;
        buf_add(&b, SPAN("xxxxxxxxx"));
        wrong += utf8_valid(buf_span(&b), &bad) || bad != before;
    }
    CHECK(wrong == 0, "the first invalid byte is found at every offset");
    CHECK(utf8_ascii(SPAN("123456789~")) && !utf8_ascii(SPAN("12345678\xC3\xA9")),
          "ASCII is told from what is not");
    buf_clear(&b);
    CHECK(utf8_add(&b, 0x20AC) && !utf8_add(&b, 0xD800), "a surrogate is not added");
    CHECK_TEXT(buf_span(&b), "\xE2\x82\xAC", "the euro sign is added");
    CHECK(utf8_count(SPAN("a\u00E9\u20AC\U0001F600")) == 4, "code points are counted");
    buf_free(&b);
}

int main(void)
{
    test_sequence();
    test_round_trip();
    test_valid();
    return check_done();
}
