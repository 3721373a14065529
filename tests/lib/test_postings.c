/* Unit tests of postings. */
#include "check.h"
#include "match/postings.h"

#include "stats/prng.h"

/* The entries of KEY are those of A from FIRST on, COUNT of them. */
static bool holds(const struct postings *p, uint32_t key, uint32_t first, size_t count)
{
    size_t found;
    const struct posting *at = postings_find(p, key, &found);
    bool right = found == count && (count == 0) == (at == NULL);
    for (size_t i = 0; right && i < count; i++)
        right = at[i].key == key && at[i].a == first + i;
    return right;
}

static void test_few(void)
{
    struct postings p = {0};
    postings_sort(&p);
    CHECK(holds(&p, 0, 0, 0) && holds(&p, UINT32_MAX, 0, 0), "an empty index has nothing");
    postings_add(&p, UINT32_MAX, 1, 0);
    postings_sort(&p);
    CHECK(holds(&p, UINT32_MAX, 1, 1) && holds(&p, 0, 0, 0) && holds(&p, UINT32_MAX - 1, 0, 0),
          "the highest key alone");
    postings_add(&p, 0, 7, 0);
    postings_add(&p, 0, 7, 0);
    postings_add(&p, 0, 6, 0);
    postings_sort(&p);
    CHECK(holds(&p, 0, 6, 2) && holds(&p, UINT32_MAX, 1, 1) && holds(&p, 1, 0, 0),
          "the lowest and the highest, each entry once");
    postings_free(&p);
}

/* KEYS keys, each STEP from the one before and behind START, with as many entries as its number in
 * threes leaves, added in an order by chance; none in between. */
static void test_many(uint32_t keys, uint32_t start, uint32_t step)
{
    struct postings p = {0};
    struct prng prng;
    prng_init(&prng, 1);
    for (size_t i = 0; i < 8 * (size_t)keys; i++) {
        uint32_t key = (uint32_t)prng_below(&prng, keys);
        for (uint32_t a = 0; a < key % 3; a++)
            postings_add(&p, start + key * step, key + a, 0);
    }
    for (uint32_t key = 0; key < keys; key++)
        for (uint32_t a = 0; a < key % 3; a++)
            postings_add(&p, start + key * step, key + a, 0);
    postings_sort(&p);
    bool right = true;
    for (uint32_t key = 0; key < keys; key++)
        right = right && holds(&p, start + key * step, key, key % 3) &&
                (step == 1 || holds(&p, start + key * step + 1, 0, 0));
    CHECK(right, "each key has its entries, and no other has any");
    CHECK(holds(&p, start + keys * step, 0, 0), "nor has one behind the last");
    postings_free(&p);
}

int main(void)
{
    test_few();
    test_many(50, 0, 1);
    test_many(40000, 0, 1);
    test_many(40000, 3, 100000);
    test_many(300, UINT32_MAX - 400, 1);
    test_many(30000, UINT32_MAX - 70000, 2);
    return check_done();
}
