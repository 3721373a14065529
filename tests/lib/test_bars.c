/* test_bars -- texts in one cell come back as they were put there. */
#include "text/bars.h"

#include "check.h"

/* The parts of CELL, each in brackets. */
static struct span parts_of(struct span cell, struct buf *shown)
{
    struct buf own = {0};
    struct span part;
    buf_clear(shown);
    while (bars_next(&cell, &own, &part)) {
        buf_addc(shown, '[');
        buf_add(shown, part);
        buf_addc(shown, ']');
    }
    buf_free(&own);
    return buf_span(shown);
}

static void test_read(void)
{
    struct buf b = {0};
    CHECK_TEXT(parts_of(SPAN(""), &b), "", "an empty cell has none");
    CHECK_TEXT(parts_of(SPAN("a"), &b), "[a]", "one");
    CHECK_TEXT(parts_of(SPAN(" a | b "), &b), "[a][b]", "spaces around are not theirs");
    CHECK_TEXT(parts_of(SPAN("a||b|"), &b), "[a][][b]", "an empty one within, none at the end");
    CHECK_TEXT(parts_of(SPAN("a\\|b|c"), &b), "[a|b][c]", "a bar of its own");
    CHECK_TEXT(parts_of(SPAN("\\||\\|"), &b), "[|][|]", "nothing but a bar");
    CHECK_TEXT(parts_of(SPAN("a\\\\|b"), &b), "[a\\][b]", "a backslash at the end of one");
    CHECK_TEXT(parts_of(SPAN("a\\\\\\|b"), &b), "[a\\|b]", "a backslash before a bar of its own");
    CHECK_TEXT(parts_of(SPAN("\\\\a\\b\\\\"), &b), "[\\\\a\\b\\\\]", "backslashes elsewhere");
    buf_free(&b);
}

/* All texts of up to three of four letters, three to a cell. */
static void test_round(void)
{
    static const char letters[] = {'|', '\\', 'a', ':'};
    char text[3][3];
    struct buf cell = {0}, own = {0};
    size_t wrong = 0;
    for (size_t code = 0; code < 64u * 64u * 64u; code++) {
        buf_clear(&cell);
        for (size_t i = 0; i < 9; i++)
            text[i / 3][i % 3] = letters[code >> (2 * i) & 3];
        for (size_t i = 0; i < 3; i++)
            bars_add(&cell, (struct span){text[i], 1 + (code + i) % 3});
        struct span rest = buf_span(&cell), part;
        for (size_t i = 0; i < 3; i++)
            wrong += !bars_next(&rest, &own, &part) ||
                     !span_eq(part, (struct span){text[i], 1 + (code + i) % 3});
        wrong += bars_next(&rest, &own, &part);
    }
    CHECK(wrong == 0, "every cell gives back what was put there");
    buf_free(&cell);
    buf_free(&own);
}

int main(void)
{
    test_read();
    test_round();
    return check_done();
}
