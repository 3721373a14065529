/* partner -- the pair of fields of two tables by which most records find a partner. */
#include "study/partner.h"

#include "base/fail.h"
#include "profile/guess.h"
#include "stream/jsonl.h"
#include "text/clean.h"

struct pair {
    const struct column *left, *right;
    size_t matched;
    bool is_key;
};

static void look(struct columns_seen *seen, const char *file)
{
    char *files[] = {(char *)(uintptr_t)file};
    struct jsonl in;
    struct record r;
    enum jsonl_status status;
    jsonl_open(&in, files, 1, 0);
    while ((status = jsonl_next(&in, &r)) == JSONL_RECORD)
        columns_seen_look(seen, &r);
    if (status == JSONL_BAD)
        fail(STATUS_DATA, "%s:%zu:%zu: %s", file, r.number, jsonl_column(&in), jsonl_error(&in));
    jsonl_close(&in);
}

static bool have_same_fields(const struct columns_seen *a, const struct columns_seen *b)
{
    if (a->count != b->count)
        return false;
    for (size_t i = 0; i < a->count; i++)
        if (!span_eq(a->at[i]->name, b->at[i]->name))
            return false;
    return true;
}

/* The values of C in lower case. */
static void take_keys(struct intern *keys, const struct column *c, struct buf *scratch)
{
    for (size_t i = 0; i < c->values.names.count; i++) {
        buf_clear(scratch);
        clean_lower(scratch, c->values.names.keys[i]);
        intern_add(keys, buf_span(scratch));
    }
}

/* How many records of C have a value that is among KEYS. */
static size_t count_met(const struct intern *keys, const struct column *c, struct buf *scratch)
{
    size_t met = 0;
    for (size_t i = 0; i < c->values.names.count; i++) {
        buf_clear(scratch);
        clean_lower(scratch, c->values.names.keys[i]);
        if (intern_find(keys, buf_span(scratch)) != INTERN_NONE)
            met += c->values.counts[i];
    }
    return met;
}

/* The same as they are written. */
static size_t count_exact(const struct column *keys, const struct column *c)
{
    size_t met = 0;
    for (size_t i = 0; i < c->values.names.count; i++)
        if (intern_find(&keys->values.names, c->values.names.keys[i]) != INTERN_NONE)
            met += c->values.counts[i];
    return met;
}

/* Numbers match by chance: counts, years, amounts. */
static bool may_name(const struct column *c, const struct guess *g)
{
    return (g->type == GUESS_TEXT || g->type == GUESS_CATEGORY || g->is_key) && !c->overflows;
}

/* The better of BEST and the pairs of R with a field of LEFT: a key before other fields, then
 * more partners, then the first. */
static void try_right(struct pair *best, const struct columns_seen *left, const struct column *r)
{
    struct intern keys = {0};
    struct buf scratch = {0};
    take_keys(&keys, r, &scratch);
    for (size_t i = 0; i < left->count; i++) {
        struct guess g = guess_column(left->at[i], left->records);
        if (!may_name(left->at[i], &g))
            continue;
        size_t met = count_met(&keys, left->at[i], &scratch);
        if (met * 2 < left->at[i]->filled || met < 2)
            continue;
        bool is_better = g.is_key != best->is_key ? g.is_key : met > best->matched;
        if (is_better)
            *best = (struct pair){left->at[i], r, met, g.is_key};
    }
    intern_free(&keys);
    buf_free(&scratch);
}

static struct pair best_pair(const struct columns_seen *left, const struct columns_seen *right)
{
    struct pair best = {0};
    for (size_t i = 0; i < right->count; i++) {
        struct guess g = guess_column(right->at[i], right->records);
        if (g.is_key)
            try_right(&best, left, right->at[i]);
    }
    return best;
}

void partner_find(const char *left, const char *right, struct buf *b)
{
    struct columns_seen a = {0}, z = {0};
    look(&a, left);
    look(&z, right);
    struct pair best = best_pair(&a, &z);
    if (have_same_fields(&a, &z))
        buf_add(b, SPAN("same\n"));
    else if (best.left)
        buf_addf(b, "%s\t%.*s\t%.*s\t%zu\t%zu\t%zu\n", best.is_key ? "key" : "field",
                 SPAN_ARGS(best.left->name), SPAN_ARGS(best.right->name), best.matched, a.records,
                 count_exact(best.right, best.left));
    else if ((best = best_pair(&z, &a)).left)
        buf_addf(b, "many\t%.*s\n", SPAN_ARGS(best.right->name));
    else
        buf_add(b, SPAN("none\n"));
    columns_seen_free(&a);
    columns_seen_free(&z);
}
