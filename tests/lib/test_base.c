/* The floor that everything stands on: buffers, arenas, the map, messages, emit. */
#include "base/fail.h"
#include "base/intern.h"
#include "check.h"
#include "stream/emit.h"

#include <stdalign.h>
#include <stdint.h>
#include <stdlib.h>

static void test_span(void)
{
    CHECK(span_eq(SPAN("ab"), SPAN("ab")), "equal bytes are equal");
    CHECK(!span_eq(SPAN("ab"), SPAN("abc")), "a prefix is not equal");
    CHECK(span_eq(SPAN("a\0b"), SPAN("a\0b")) && !span_eq(SPAN("a\0b"), SPAN("a\0c")),
          "bytes behind a NUL count");
    CHECK(span_eq((struct span){0}, SPAN("")), "nothing equals the empty text");
    CHECK(span_order(SPAN("ab"), SPAN("abc")) < 0 && span_order(SPAN("\xff"), SPAN("a")) > 0 &&
              span_order(SPAN("a"), SPAN("a")) == 0,
          "order is by unsigned bytes, a prefix first");
    CHECK(span_starts(SPAN("sep=;"), SPAN("sep=")) && !span_starts(SPAN("se"), SPAN("sep=")),
          "what a text starts with");
}

static void test_buf(void)
{
    struct buf b = {0};
    for (int i = 0; i < 10000; i++)
        buf_addf(&b, "%d,", i);
    CHECK(b.len == 48890, "ten thousand numbers stand in a buffer"); /* 10 + 180 + 2700 + 36000
                                                                        digits, 10000 commas */
    CHECK(strncmp(b.at + b.len - 10, "9998,9999,", 10) == 0, "the last of them last");
    buf_clear(&b);
    buf_add(&b, (struct span){0});
    CHECK(strcmp(buf_text(&b), "") == 0, "nothing can be added and read");
    buf_free(&b);
}

static void test_lent(void)
{
    char room[8] = "-------";
    struct buf b = {.at = room, .cap = 6, .lent = true};
    buf_add(&b, SPAN("abcdef"));
    CHECK(b.at == room && b.lent && room[6] == '-', "lent room is filled to its last byte");
    buf_addc(&b, 'g');
    CHECK(b.at != room && !b.lent && strcmp(buf_text(&b), "abcdefg") == 0,
          "what outgrows it moves to room of its own");
    CHECK(room[5] == 'f' && room[6] == '-', "and writes nothing behind it");
    buf_free(&b);
    b = (struct buf){.at = room, .len = 3, .cap = 6, .lent = true};
    buf_free(&b);
    CHECK(!b.at && !b.lent, "lent room is given up, not freed");
}

static void test_arena(void)
{
    struct arena a = {0};
    bool aligned = true, zeroed = true;
    for (size_t size = 1; size < 3000; size += 7) {
        arena_copy(&a, SPAN("x")); /* bytes are packed and spoil the alignment */
        char *at = arena_alloc(&a, size);
        aligned &= (uintptr_t)at % alignof(max_align_t) == 0;
        for (size_t i = 0; i < size; i++)
            zeroed &= at[i] == 0;
        memset(at, 0xff, size);
    }
    CHECK(aligned, "what an arena hands out is aligned");
    CHECK(zeroed, "and zeroed");
    struct span kept = arena_copy(&a, SPAN("kept"));
    arena_alloc(&a, 1000000);
    CHECK(span_eq(kept, SPAN("kept")), "it stays where it is when a large block is added");
    CHECK(strcmp(arena_text(&a, SPAN("te\0xt")), "te") == 0, "a text has a NUL behind it");
    arena_clear(&a);
    char *again = arena_alloc(&a, 5000);
    CHECK(again[0] == 0 && again[4999] == 0, "after clearing it hands out zeros again");
    arena_free(&a);
    CHECK(a.blocks == NULL, "a freed arena is empty");
}

static void test_map(void)
{
    struct intern m = {0};
    char text[32];
    const size_t keys = 200000;
    bool in_order = true, found = true;
    CHECK(intern_find(&m, SPAN("x")) == INTERN_NONE, "an empty map has no key");
    for (size_t i = 0; i < keys; i++) {
        int len = snprintf(text, sizeof text, "key %zu", i * 7919);
        in_order &= intern_add(&m, (struct span){text, (size_t)len}) == i;
    }
    CHECK(in_order, "keys are numbered in the order of their coming");
    for (size_t i = 0; i < keys; i++) {
        int len = snprintf(text, sizeof text, "key %zu", i * 7919);
        found &= intern_find(&m, (struct span){text, (size_t)len}) == i &&
                 intern_add(&m, (struct span){text, (size_t)len}) == i;
    }
    CHECK(found && m.count == keys, "they are found again, and adding them again adds nothing");
    CHECK(intern_find(&m, SPAN("key")) == INTERN_NONE, "a prefix of keys is none");
    size_t empty = intern_add(&m, SPAN("")), nul = intern_add(&m, SPAN("\0")),
           two = intern_add(&m, SPAN("\0\0"));
    CHECK(empty == keys && nul == keys + 1 && two == keys + 2,
          "the empty key and keys of NULs are keys of their own");
    intern_clear(&m);
    CHECK(m.count == 0 && intern_find(&m, SPAN("")) == INTERN_NONE, "a cleared map is empty");
    CHECK(intern_add(&m, SPAN("a")) == 0, "and numbers from 0 again");
    intern_free(&m);
}

static void test_quote(void)
{
    CHECK(strcmp(quote(SPAN("plain caf\xc3\xa9")), "'plain caf\xc3\xa9'") == 0,
          "plain text is quoted as it is");
    CHECK(strcmp(quote(SPAN("a\nb\tc\rd\x1b[31m\x7f")), "'a\\nb\\tc\\rd\\x1b[31m\\x7f'") == 0,
          "what a terminal would obey is escaped");
    CHECK(strcmp(quote(SPAN("\xc2\x9b"
                            "1m")),
                 "'\\xc2\\x9b1m'") == 0,
          "C1 controls too");
    CHECK(strcmp(quote(SPAN("\xff\xc3")), "'\\xff\\xc3'") == 0, "and bytes that are no UTF-8");
    CHECK(strcmp(quote(SPAN("\xed\xa0\x80")), "'\\xed\\xa0\\x80'") == 0,
          "a lone surrogate is no UTF-8");
    CHECK(strcmp(quote(SPAN("a\xe2\x80\xae"
                            "b\xe2\x81\xa6")),
                 "'a\\u202eb\\u2066'") == 0,
          "what turns the rest of a line round is escaped");
    char text[1000];
    memset(text, 'x', sizeof text);
    const char *cut = quote((struct span){text, sizeof text});
    CHECK(strlen(cut) < 120 && strcmp(cut + strlen(cut) - 4, "'...") == 0, "a long text is cut");
}

static void number_is(double number, const char *text)
{
    struct buf b = {0};
    char name[80];
    emit_number(&b, number);
    snprintf(name, sizeof name, "%.17g is written as %s", number, text);
    CHECK(strcmp(buf_text(&b), text) == 0, name);
    buf_free(&b);
}

static void test_emit(void)
{
    struct buf b = {0};
    buf_addc(&b, '{');
    emit_string_field(&b, SPAN("a\"b"), SPAN("\x01\b\t\n\f\r\x1f\"\\/\x7f caf\xc3\xa9"));
    emit_count_field(&b, SPAN("n"), SIZE_MAX);
    emit_name(&b, SPAN("l"));
    buf_addc(&b, '[');
    emit_item(&b);
    emit_null(&b);
    emit_item(&b);
    emit_bool(&b, true);
    buf_add(&b, SPAN("]}"));
    CHECK_TEXT(buf_span(&b),
               "{\"a\\\"b\":\"\\u0001\\b\\t\\n\\f\\r\\u001f\\\"\\\\/\x7f "
               "caf\xc3\xa9\",\"n\":18446744073709551615,\"l\":[null,true]}",
               "escapes and commas come by themselves");
    buf_free(&b);
    number_is(0.1, "0.1");
    number_is(1.0 / 3, "0.3333333333333333");
    number_is(2.0 / 3, "0.6666666666666666");
    number_is(1e-300, "1e-300");
    number_is(5e-324, "4.94065645841247e-324");
    number_is(123456789012345678.0, "1.2345678901234568e+17");
    number_is(-0.0, "0");
    number_is(NAN, "null");
    number_is(INFINITY, "null");
    bool exact = true;
    uint64_t state = 7;
    for (int i = 0; i < 100000; i++) {
        state = state * 6364136223846793005U + 1442695040888963407U;
        double number;
        memcpy(&number, &state, sizeof number);
        if (!isfinite(number))
            continue;
        emit_number(&b, number);
        exact &= strtod(buf_text(&b), NULL) == number;
        buf_clear(&b);
    }
    CHECK(exact, "100000 doubles read back as themselves");
    buf_free(&b);
}

int main(void)
{
    test_span();
    test_buf();
    test_lent();
    test_arena();
    test_map();
    test_quote();
    test_emit();
    return check_done();
}
