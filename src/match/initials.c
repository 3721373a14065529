/* initials -- names by the initials that people write for them. */
#include "match/initials.h"

#include "base/intern.h"

#define LEAST 3
#define MOST 8
#define TAIL 2 /* last words whose initials may come behind a gap */

#define SAINT_IN_FULL (UINT32_C(1) << 31) /* in B: St gives two letters */

bool initials_is_small(struct span word)
{
    static const struct span small[] = {
        SPAN_ROW("and"), SPAN_ROW("of"),   SPAN_ROW("for"), SPAN_ROW("the"), SPAN_ROW("in"),
        SPAN_ROW("on"),  SPAN_ROW("upon"), SPAN_ROW("at"),  SPAN_ROW("to"),  SPAN_ROW("with"),
        SPAN_ROW("y"),   SPAN_ROW("yr"),   SPAN_ROW("ar"),  SPAN_ROW("a"),   SPAN_ROW("o"),
    };
    for (size_t i = 0; i < sizeof small / sizeof *small; i++)
        if (span_eq(word, small[i]))
            return true;
    return false;
}

static void spell(struct buf *b, const struct span *words, uint32_t way)
{
    buf_clear(b);
    for (size_t i = 0; i < INITIALS_WORDS; i++) {
        if (!initials_covers(way, i))
            continue;
        buf_addc(b, words[i].at[0]);
        if ((way & SAINT_IN_FULL) && span_eq(words[i], SPAN("st")))
            buf_addc(b, 't');
    }
}

static void add_way(struct initials *n, uint32_t name, const struct span *words, uint32_t way)
{
    spell(&n->text, words, way);
    if (n->text.len >= LEAST && n->text.len <= MOST)
        postings_add(&n->keys, intern_hash(buf_span(&n->text)), name, way);
}

/* Words below END, and from TAIL_FROM on, but none that SKIPPED has. */
static void add_ways(struct initials *n, uint32_t name, const struct span *words, size_t count,
                     uint32_t skipped)
{
    uint32_t all = (UINT32_C(1) << count) - 1;
    for (size_t end = 1; end <= count; end++)
        for (size_t tail = 0; tail <= TAIL && end + tail <= count; tail++) {
            uint32_t front = (UINT32_C(1) << end) - 1;
            uint32_t back = all & ~((UINT32_C(1) << (count - tail)) - 1);
            uint32_t way = (front | back) & ~skipped;
            add_way(n, name, words, way);
            add_way(n, name, words, way | SAINT_IN_FULL);
        }
}

void initials_add(struct initials *n, uint32_t name, const struct span *words, size_t count)
{
    uint32_t small = 0;
    if (count > INITIALS_WORDS)
        count = INITIALS_WORDS;
    for (size_t i = 0; i < count; i++)
        if (initials_is_small(words[i]))
            small |= UINT32_C(1) << i;
    add_ways(n, name, words, count, 0);
    if (small)
        add_ways(n, name, words, count, small);
}

void initials_sort(struct initials *n)
{
    postings_sort(&n->keys);
}

const struct posting *initials_find(const struct initials *n, struct span text, size_t *count)
{
    *count = 0;
    if (text.len < LEAST || text.len > MOST)
        return NULL;
    return postings_find(&n->keys, intern_hash(text), count);
}

bool initials_prove(struct initials *n, struct span text, const struct span *words, uint32_t b)
{
    spell(&n->text, words, b);
    return span_eq(buf_span(&n->text), text);
}

void initials_free(struct initials *n)
{
    postings_free(&n->keys);
    buf_free(&n->text);
}
