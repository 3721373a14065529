/* initials -- names by the initials that people write for them. */
#include "match/initials.h"

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

/* In a shape each word has its first letter and one of these. */
enum mark { ANY_WORD = ' ', SMALL_WORD = '-', SAINT = '+' };

static enum mark mark_at(struct span shape, size_t word)
{
    return (enum mark)shape.at[2 * word + 1];
}

static void add_shape(struct buf *b, const struct span *words, size_t count)
{
    buf_clear(b);
    for (size_t i = 0; i < count; i++) {
        enum mark mark = span_eq(words[i], SPAN("st")) ? SAINT : ANY_WORD;
        buf_addc(b, words[i].at[0]);
        buf_addc(b, (char)(initials_is_small(words[i]) ? SMALL_WORD : mark));
    }
}

static void spell(struct buf *b, struct span shape, uint32_t way)
{
    buf_clear(b);
    for (size_t i = 0; i < shape.len / 2; i++) {
        if (!initials_covers(way, i))
            continue;
        buf_addc(b, shape.at[2 * i]);
        if ((way & SAINT_IN_FULL) && mark_at(shape, i) == SAINT)
            buf_addc(b, 't');
    }
}

/* The ways of one shape that are looked at so far, each once. */
struct ways {
    uint32_t at[4 * INITIALS_WORDS * (TAIL + 1)];
    size_t count;
    uint32_t saints; /* words that are St */
};

static void add_way(struct ways *w, uint32_t way)
{
    if ((way & SAINT_IN_FULL) && !(way & w->saints))
        return; /* spells the same */
    for (size_t i = 0; i < w->count; i++)
        if (w->at[i] == way)
            return;
    w->at[w->count++] = way;
}

/* Words below END, and from TAIL_FROM on, but none that SKIPPED has. */
static void add_ways(struct ways *w, size_t count, uint32_t skipped)
{
    uint32_t all = (UINT32_C(1) << count) - 1;
    for (size_t end = 1; end <= count; end++)
        for (size_t tail = 0; tail <= TAIL && end + tail <= count; tail++) {
            uint32_t front = (UINT32_C(1) << end) - 1;
            uint32_t back = all & ~((UINT32_C(1) << (count - tail)) - 1);
            uint32_t way = (front | back) & ~skipped;
            add_way(w, way);
            add_way(w, way | SAINT_IN_FULL);
        }
}

/* The initials of a new shape. */
static void add_initials(struct initials *n, uint32_t index)
{
    struct span shape = n->shapes.keys[index];
    struct ways ways = {.count = 0};
    size_t count = shape.len / 2;
    uint32_t small = 0;
    for (size_t i = 0; i < count; i++) {
        small |= mark_at(shape, i) == SMALL_WORD ? UINT32_C(1) << i : 0;
        ways.saints |= mark_at(shape, i) == SAINT ? UINT32_C(1) << i : 0;
    }
    add_ways(&ways, count, 0);
    if (small)
        add_ways(&ways, count, small);
    for (size_t i = 0; i < ways.count; i++) {
        spell(&n->text, shape, ways.at[i]);
        if (n->text.len >= LEAST && n->text.len <= MOST)
            postings_add(&n->keys, intern_hash(buf_span(&n->text)), index, ways.at[i]);
    }
}

void initials_add(struct initials *n, uint32_t name, const struct span *words, size_t count)
{
    size_t known = n->shapes.count;
    if (count < LEAST - 1)
        return; /* too few letters, even of St and another word */
    add_shape(&n->text, words, count < INITIALS_WORDS ? count : INITIALS_WORDS);
    uint32_t shape = (uint32_t)intern_add(&n->shapes, buf_span(&n->text));
    postings_add(&n->names, shape, name, 0);
    if (shape == known)
        add_initials(n, shape);
}

void initials_sort(struct initials *n)
{
    postings_sort(&n->keys);
    postings_sort(&n->names);
}

const struct posting *initials_find(const struct initials *n, struct span text, size_t *count)
{
    *count = 0;
    if (text.len < LEAST || text.len > MOST)
        return NULL;
    return postings_find(&n->keys, intern_hash(text), count);
}

const struct posting *initials_names(const struct initials *n, uint32_t shape, size_t *count)
{
    return postings_find(&n->names, shape, count);
}

bool initials_prove(struct initials *n, struct span text, uint32_t shape, uint32_t b)
{
    spell(&n->text, n->shapes.keys[shape], b);
    return span_eq(buf_span(&n->text), text);
}

void initials_free(struct initials *n)
{
    intern_free(&n->shapes);
    postings_free(&n->keys);
    postings_free(&n->names);
    buf_free(&n->text);
}
