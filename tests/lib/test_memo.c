/* A memo gives back what was kept for a text and nothing else, and rests where texts do not come
 * again. */
#include "base/memo.h"
#include "check.h"

#include <stdio.h>
#include <string.h>

#define TEXTS 200000

/* A text with what must be readable behind it. */
struct padded {
    char text[2 * MEMO_KEY];
};

/* I in as many digits as it takes, or WIDTH. */
static struct span number(struct padded *p, size_t i, size_t width)
{
    memset(p, 0, sizeof *p);
    int len = snprintf(p->text, sizeof p->text, "%0*zu", (int)width, i);
    return (struct span){p->text, (size_t)len};
}

static void keep(struct memo *m, struct span text, uint32_t value)
{
    size_t place = memo_keep(m, text);
    if (place != MEMO_NONE)
        m->slots[place].value = value;
}

static bool is_known(struct memo *m, struct span text, uint32_t value)
{
    size_t place = memo_find(m, text);
    return place != MEMO_NONE && m->slots[place].value == value;
}

/* Whether a text of LEN bytes is known by all of them, and by none behind them. */
static bool knows_length(struct memo *m, size_t len)
{
    struct padded p = {{0}};
    struct span text = {p.text, len};
    memset(p.text, 'a', len);
    bool right = memo_find(m, text) == MEMO_NONE;
    keep(m, text, (uint32_t)len);
    right &= is_known(m, text, (uint32_t)len);
    for (size_t i = 0; i < len; i++) {
        p.text[i] = 'b';
        right &= memo_find(m, text) == MEMO_NONE;
        p.text[i] = 'a';
    }
    memset(p.text + len, 'z', sizeof p.text - len);
    return right && is_known(m, text, (uint32_t)len);
}

static void test_lengths(void)
{
    struct memo m = {0};
    struct padded p;
    bool right = true;
    for (size_t len = 0; len <= MEMO_KEY - 8; len++)
        right &= knows_length(&m, len);
    CHECK(right, "texts of all lengths are known by every byte");
    CHECK(memo_keep(&m, number(&p, 1, MEMO_KEY - 7)) == MEMO_NONE, "a longer one is not kept");
    memo_free(&m);
}

static void test_many(void)
{
    struct memo m = {0};
    struct padded p;
    size_t wrong = 0;
    for (size_t i = 0; i < TEXTS; i++) {
        size_t which = i * 7 % 900;
        struct span text = number(&p, which, which % 30);
        if (memo_find(&m, text) == MEMO_NONE)
            keep(&m, text, (uint32_t)which);
        else
            wrong += !is_known(&m, text, (uint32_t)which);
    }
    CHECK(wrong == 0, "texts that push each other out are never mistaken");
    CHECK(m.hits > TEXTS / 4, "of a few hundred texts many are known");
    memo_free(&m);
}

static void test_rest(void)
{
    struct memo m = {0};
    struct padded p;
    size_t kept = 0;
    for (size_t i = 0; i < TEXTS; i++)
        kept += memo_keep(&m, number(&p, i, 0)) != MEMO_NONE;
    CHECK(kept < TEXTS / 8, "texts that never come again are passed by");
    for (size_t i = 0; i < TEXTS; i++)
        if (memo_find(&m, number(&p, i % 3, 0)) == MEMO_NONE)
            memo_keep(&m, number(&p, i % 3, 0));
    CHECK(m.hits > TEXTS / 3, "and those that do are kept after some time");
    memo_free(&m);
}

int main(void)
{
    test_lengths();
    test_many();
    test_rest();
    return check_done();
}
