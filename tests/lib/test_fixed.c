/* Unit tests of fixed and tally. */
#include "stats/fixed.h"

#include "base/intern64.h"
#include "check.h"

static void test_fixed(void)
{
    struct fixed up = {0}, down = {0};
    for (int i = 0; i < 1000; i++) {
        fixed_add(&up, 1.0 / (1 + i));
        fixed_add(&down, 1.0 / (1000 - i));
    }
    CHECK(up.whole == down.whole && up.fraction == down.fraction,
          "the order of addition does not matter");
    /* the harmonic number H(1000) = 7.4854708605503449... (OEIS A001008/A002805) */
    CHECK_NEAR(fixed_value(&up), 7.4854708605503449, 1e-15, "the sum is right");
    struct fixed tenth = {0};
    for (int i = 0; i < 10; i++)
        fixed_add(&tenth, 0.1);
    CHECK(fixed_value(&tenth) == 1, "ten times 0.1 is 1");
    struct fixed large = {UINT64_MAX, UINT64_MAX};
    CHECK(!fixed_add(&large, 1) && !fixed_add(&large, 0x1p-64) && large.whole == UINT64_MAX &&
              large.fraction == UINT64_MAX,
          "what gets too large is not added");
}

static void test_tally(void)
{
    struct intern64 t = {0};
    CHECK(intern64_find(&t, 0) == INTERN64_NONE, "nothing is in an empty tally");
    size_t wrong = 0;
    for (uint64_t i = 0; i < 100000; i++)
        wrong += intern64_add(&t, i << 32 | i % 7) != i;
    for (uint64_t i = 0; i < 100000; i++)
        wrong += intern64_add(&t, i << 32 | i % 7) != i ||
                 intern64_find(&t, i << 32 | i % 7) != i ||
                 intern64_find(&t, i << 32 | 9) != INTERN64_NONE;
    CHECK(wrong == 0 && t.count == 100000, "keys get their numbers in the order of their coming");
    CHECK(intern64_add(&t, UINT64_MAX) == 100000 && intern64_find(&t, UINT64_MAX) == 100000,
          "every key is as good as another");
    intern64_free(&t);
}

int main(void)
{
    test_fixed();
    test_tally();
    return check_done();
}
