/* Unit tests of key. */
#include "check.h"
#include "text/key.h"

/* The key of two string parts. */
static struct span pair(struct buf *b, struct span first, struct span second)
{
    buf_clear(b);
    key_add(b, KEY_STRING, first);
    key_add(b, KEY_STRING, second);
    return buf_span(b);
}

static void test_differ(void)
{
    struct buf a = {0}, b = {0};
    CHECK(!span_eq(pair(&a, SPAN("a\tb"), SPAN("c")), pair(&b, SPAN("a"), SPAN("b\tc"))),
          "a tab does not move the border of two parts");
    CHECK(!span_eq(pair(&a, SPAN("ab"), SPAN("")), pair(&b, SPAN("a"), SPAN("b"))),
          "ab with nothing is not a with b");
    CHECK(!span_eq(pair(&a, SPAN(""), SPAN("s\1x")), pair(&b, SPAN("s\1x"), SPAN(""))),
          "a part that looks like a key is not one");
    CHECK(span_eq(pair(&a, SPAN("x\0y"), SPAN("c")), pair(&b, SPAN("x\0y"), SPAN("c"))),
          "the same parts are the same key, NUL included");
    buf_clear(&a);
    buf_clear(&b);
    key_add(&a, KEY_NUMBER, SPAN("1"));
    key_add(&b, KEY_STRING, SPAN("1"));
    CHECK(!span_eq(buf_span(&a), buf_span(&b)), "1 is not \"1\"");
    buf_free(&a);
    buf_free(&b);
}

/* Parts of every length around the borders of a length byte come back. */
static void test_next(void)
{
    static const size_t lengths[] = {0, 1, 127, 128, 129, 16383, 16384, 16385, 70000};
    enum { COUNT = sizeof lengths / sizeof *lengths };
    struct buf text = {0}, key = {0};
    for (size_t i = 0; i < lengths[COUNT - 1]; i++)
        buf_addc(&text, (char)i);
    for (size_t i = 0; i < COUNT; i++)
        key_add(&key, i % 2 ? KEY_NUMBER : KEY_STRING, (struct span){text.at, lengths[i]});
    struct span rest = buf_span(&key), part;
    enum key_type type;
    size_t wrong = 0, i = 0;
    for (; key_next(&rest, &type, &part); i++)
        wrong += i >= COUNT || type != (i % 2 ? KEY_NUMBER : KEY_STRING) ||
                 !span_eq(part, (struct span){text.at, lengths[i]});
    CHECK(wrong == 0 && i == COUNT, "the parts of a key come back");
    buf_free(&text);
    buf_free(&key);
}

int main(void)
{
    test_differ();
    test_next();
    return check_done();
}
