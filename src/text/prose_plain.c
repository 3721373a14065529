/* prose_plain -- the run of most words: letters, a space, letters.
 *
 * Such a run reads the same when folded but for its capitals, so it is put down by blocks of
 * bytes, and only the spaces in it are walked. What else there may be (a sign, an address, a line
 * break, letters beyond ASCII) is left to the word by word reading, which gives the same. */
#include "base/arena.h"
#include "base/bytes.h"
#include "prose_words.h"

/* The run that is being read. A byte of the text at PLACE is folded to SHIFT + PLACE. */
struct run {
    size_t start; /* of the word that is being read */
    size_t shift;
    uint32_t ordinal; /* of that word */
    bool digits;      /* there may be some in the last word */
};

#define MOST_WORDS (BYTES_BLOCK / 2 + 1) /* that end in a block, and one behind it */

/* Room for the words of a block, so that none needs to look. */
static void reserve_words(struct prose *p)
{
    if (p->cap - p->count < MOST_WORDS)
        p->at = array_grow(p->at, &p->cap, p->count + MOST_WORDS, sizeof *p->at);
}

static inline void put(struct prose *p, struct run *run, size_t end)
{
    p->at[p->count++] = (struct prose_word){(uint32_t)run->start, (uint32_t)end,
                                            (uint32_t)(run->shift + run->start), run->ordinal++, 0};
}

/* WORD may end with a version. */
static void note_version(struct prose *p, struct prose_word *word, struct span text)
{
    struct span whole = {text.at + word->start, word->end - word->start};
    if (whole.len <= PROSE_MIN_VERSIONED || !prose_ends_version(whole))
        return;
    p->again = true;
    word->flags = PROSE_AGAIN;
}

/* What stood in the block before, in the lower half of each mask, and what stands in this one. */
struct two_blocks {
    uint32_t spaces, digits;
};

/* Of the words that end at ENDS, those that are long enough to end with a version and have a digit
 * before the end or one further: hardly ever any, so that no branch is needed for each word. */
static inline unsigned versioned(unsigned ends, struct two_blocks b)
{
    uint32_t near = b.digits << 1 | b.digits << 2;
    uint32_t after_space = b.spaces << 2 | b.spaces << 3 | b.spaces << 4;
    return ends & (near & ~after_space) >> BYTES_BLOCK;
}

/* Puts down the words that a space ends, and returns where the run ends. */
static size_t take_run(struct prose *p, struct span text, struct run *run)
{
    size_t place = run->start;
    unsigned digits = 0;
    struct two_blocks blocks = {UINT32_C(1) << (2 * BYTES_BLOCK - 1), 0}; /* as behind a space */
    for (;; place += BYTES_BLOCK) {
        char block[BYTES_BLOCK] = {0};
        const char *from = text.at + place;
        if (text.len - place < BYTES_BLOCK)
            from = memcpy(block, from, text.len - place);
        struct bytes_words found = bytes_words(from, p->text.at + (run->shift + place));
        blocks.spaces = blocks.spaces >> BYTES_BLOCK | found.spaces << BYTES_BLOCK;
        blocks.digits = blocks.digits >> BYTES_BLOCK | found.digits << BYTES_BLOCK;
        unsigned second = found.spaces & (blocks.spaces << 1) >> BYTES_BLOCK;
        unsigned others = ((1U << BYTES_BLOCK) - 1) & (~(found.words | found.spaces) | second);
        unsigned before = (others & -others) - 1; /* the first of the others, or all */
        unsigned ends = found.spaces & before;
        run->digits = digits | found.digits;
        reserve_words(p);
        size_t first = p->count;
        for (unsigned left = ends; left; left &= left - 1) {
            size_t end = place + (size_t)__builtin_ctz(left);
            put(p, run, end);
            run->start = end + 1;
        }
        for (unsigned left = versioned(ends, blocks); left; left &= left - 1) {
            unsigned earlier = ends & ((left & -left) - 1);
            note_version(p, &p->at[first + (size_t)__builtin_popcount(earlier)], text);
        }
        if (others)
            return place + (size_t)__builtin_ctz(others);
        digits = found.digits;
    }
}

/* Does the word being read end at END with a comma or full stop and a space, or that of the
 * text, and is it no host? */
static bool ends_with_mark(struct span text, const struct run *run, size_t end)
{
    return end > run->start && end < text.len && (text.at[end] == ',' || text.at[end] == '.') &&
           (end + 1 == text.len || (end + 2 < text.len && text.at[end + 1] == ' ')) &&
           (text.at[run->start] | 0x20) != 'w';
}

const char *prose_plain(struct prose *p, struct span text, const char *at)
{
    struct run run = {.start = (size_t)(at - text.at)};
    for (;;) {
        run.ordinal = prose_next_ordinal(p);
        /* a space in front of each word, and of each mark one more */
        buf_reserve(&p->text, text.len - run.start + BYTES_BLOCK + 4);
        p->text.at[p->text.len] = ' ';
        run.shift = p->text.len + 1 - run.start;
        size_t from = run.start, end = take_run(p, text, &run);
        bool mark = ends_with_mark(text, &run, end);
        if (!mark && (end < text.len || end == run.start)) {
            if (run.start > from)
                p->text.len = run.shift + run.start - 1;
            return text.at + run.start;
        }
        put(p, &run, end);
        if (run.digits)
            note_version(p, &p->at[p->count - 1], text);
        p->text.len = run.shift + end;
        if (mark) {
            prose_add_word(p, end, end + 1, PROSE_MARK);
            buf_addc(&p->text, text.at[end]);
        }
        if (end + mark == text.len)
            return text.at + text.len;
        run.start = end + 2;
    }
}
