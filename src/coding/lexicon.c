/* lexicon -- a tree of words, built from phrases and followed through answers. */
#include "coding/lexicon.h"

#include <stdlib.h>

#include "base/arena.h"
#include "base/fail.h"
#include "base/intern.h"
#include "base/memo.h"
#include "base/mix.h"

#define ROOT 0
#define FIRST_BITS 8 /* 256 slots */
#define START 8      /* bytes of a word that are compared at once */
#define FACTOR UINT64_C(0x9e3779b97f4a7c15)

/* Where the search stands, and what it tells. */
struct search {
    const struct lexicon *l;
    const struct prose *p;
    void (*take)(void *context, uint32_t phrase, size_t first, size_t last, bool plural);
    void *context;
    size_t first;
};

/* ---- words ---- */

static inline uint64_t hash_of(const struct lexicon *l, uint64_t start, struct span word)
{
    uint64_t h = mix_fold(start ^ l->secret, FACTOR);
    for (size_t done = START; done < word.len; done += START)
        h = mix_fold(h ^ memo_word(word.at + done, word.len - done), FACTOR);
    return h;
}

/* The slot of WORD, or the free one where it would stand. */
static struct lexicon_slot *slot_of(const struct lexicon *l, struct span word, uint64_t start,
                                    uint64_t hash)
{
    size_t at = (size_t)(hash >> l->shift), mask = ((size_t)1 << (64 - l->shift)) - 1;
    for (;; at = (at + 1) & mask) {
        struct lexicon_slot *slot = &l->slots[at];
        if (slot->number == 0)
            return slot;
        if (slot->start == start && slot->len == word.len &&
            (word.len <= START ||
             memcmp(l->text.at + l->words[slot->number - 1].at, word.at, word.len) == 0))
            return slot;
    }
}

static inline uint32_t number_of(const struct lexicon *l, struct span word)
{
    uint64_t start = memo_word(word.at, word.len), hash = hash_of(l, start, word);
    const struct lexicon_slot *slot = &l->slots[hash >> l->shift];
    if (slot->number && !(slot->start == start && slot->len == word.len && word.len <= START))
        slot = slot_of(l, word, start, hash);
    return slot->number - 1; /* 0 to LEXICON_NONE */
}

static void grow_slots(struct lexicon *l)
{
    struct lexicon_slot *old = l->slots;
    size_t old_count = old ? (size_t)1 << (64 - l->shift) : 0;
    l->shift = old ? l->shift - 1 : 64 - FIRST_BITS;
    size_t count = (size_t)1 << (64 - l->shift);
    l->slots = calloc(count, sizeof *l->slots);
    if (!l->slots)
        fail_memory();
    for (size_t i = 0; i < old_count; i++) {
        if (old[i].number == 0)
            continue;
        size_t at = (size_t)(l->words[old[i].number - 1].hash >> l->shift);
        while (l->slots[at].number)
            at = (at + 1) & (count - 1);
        l->slots[at] = old[i];
    }
    free(old);
}

static uint32_t add_word(struct lexicon *l, struct span text)
{
    buf_reserve(&l->text, text.len + LEXICON_READ);
    struct span word = {memcpy(l->text.at + l->text.len, text.at, text.len), text.len};
    uint64_t start = memo_word(word.at, word.len), hash = hash_of(l, start, word);
    if (!l->slots || l->word_count >= (size_t)1 << (62 - l->shift)) /* a quarter full */
        grow_slots(l);
    struct lexicon_slot *slot = slot_of(l, word, start, hash);
    if (slot->number)
        return slot->number - 1;
    l->words = array_grow(l->words, &l->words_cap, l->word_count + 1, sizeof *l->words);
    l->words[l->word_count++] = (struct lexicon_word){hash, l->text.len, 0, {0}};
    *slot = (struct lexicon_slot){start, (uint32_t)word.len, (uint32_t)l->word_count};
    l->text.len += word.len;
    return slot->number - 1;
}

/* ---- building ---- */

static uint64_t branch(uint32_t node, uint32_t word)
{
    return (uint64_t)node << 32 | word;
}

/* By which most words are told that stand behind no node. */
static uint64_t bit_of(uint32_t word)
{
    return UINT64_C(1) << word % 64;
}

static void add_node(struct lexicon *l)
{
    l->nodes = array_grow(l->nodes, &l->nodes_cap, l->node_count + 1, sizeof *l->nodes);
    l->nodes[l->node_count++] = (struct lexicon_node){.phrase = LEXICON_NONE};
}

static uint32_t step(struct lexicon *l, uint32_t node, struct span text)
{
    uint32_t word = add_word(l, text);
    uint32_t next = (uint32_t)intern64_add(&l->branches, branch(node, word)) + 1;
    if (next == l->node_count)
        add_node(l);
    l->nodes[node].behind |= bit_of(word);
    if (node == ROOT)
        l->words[word].node = next;
    return next;
}

struct lexicon_node *lexicon_node(struct lexicon *l, const struct prose *p, struct span last)
{
    if (l->node_count == 0) {
        l->secret = intern_mix(FACTOR);
        add_node(l);
    }
    uint32_t node = ROOT;
    for (size_t i = 0; i < p->main; i++)
        node = step(l, node, i + 1 == p->main && last.len ? last : prose_folded(p, i));
    return &l->nodes[node];
}

static void add_plural(struct lexicon *l, struct span word, struct span ending)
{
    struct buf text = {0};
    buf_reserve(&text, word.len + ending.len + LEXICON_READ);
    buf_add(&text, word);
    buf_add(&text, ending);
    uint32_t stem = add_word(l, word), plural = add_word(l, buf_span(&text));
    uint32_t *stems = l->words[plural].stems;
    for (size_t i = 0; i < LEXICON_STEMS && stems[i] != stem + 1; i++) {
        if (stems[i] == 0) {
            stems[i] = stem + 1;
            break;
        }
    }
    buf_free(&text);
}

void lexicon_add_plurals(struct lexicon *l, struct span word)
{
    char last = word.at[word.len - 1];
    if (last != 's')
        add_plural(l, word, SPAN("s"));
    if (strchr("sxzh", last))
        add_plural(l, word, SPAN("es"));
}

/* ---- finding ---- */

/* Gives how many words start a phrase. */
static size_t read_words(struct lexicon *l, const struct prose *p)
{
    size_t count = 0;
    l->read = array_grow(l->read, &l->read_cap, p->count, sizeof *l->read);
    l->starts = array_grow(l->starts, &l->starts_cap, p->count, sizeof *l->starts);
    for (size_t i = 0; i < p->count; i++) {
        uint32_t number = l->read[i] = number_of(l, prose_folded(p, i));
        if (number != LEXICON_NONE && (l->words[number].node || l->words[number].stems[0]))
            l->starts[count++] = (uint32_t)i;
    }
    return count;
}

/* The node behind NODE by WORD, or 0. */
static inline uint32_t follow(const struct lexicon *l, uint32_t node, uint32_t word)
{
    if (node == ROOT)
        return l->words[word].node;
    if (!(l->nodes[node].behind & bit_of(word)))
        return 0;
    size_t next = intern64_find(&l->branches, branch(node, word));
    return next == INTERN64_NONE ? 0 : (uint32_t)next + 1;
}

/* The phrases that end behind NODE with a word whose plural is WORD, the answer's word LAST. */
static void take_plurals(const struct search *s, uint32_t node, uint32_t word, size_t last)
{
    const uint32_t *stems = s->l->words[word].stems;
    for (size_t i = 0; i < LEXICON_STEMS && stems[i]; i++) {
        uint32_t to = follow(s->l, node, stems[i] - 1);
        if (to && s->l->nodes[to].has_plural)
            s->take(s->context, s->l->nodes[to].phrase, s->first, last, true);
    }
}

/* The end of the reading of the text in which word I stands: each of its words follows the one
 * before. */
static size_t reading_end(const struct prose *p, size_t i)
{
    if (i < p->main)
        return p->main;
    for (i++; i < p->count && p->text.at[p->at[i].folded - 2] != '\n';)
        i++;
    return i;
}

/* The phrases that start at one word. */
static void follow_from(const struct search *s, size_t end)
{
    const struct lexicon *l = s->l;
    uint32_t node = ROOT;
    for (size_t i = s->first; i < end && l->read[i] != LEXICON_NONE; i++) {
        take_plurals(s, node, l->read[i], i);
        node = follow(l, node, l->read[i]);
        if (node == ROOT)
            return;
        const struct lexicon_node *at = &l->nodes[node];
        if (at->phrase != LEXICON_NONE)
            s->take(s->context, at->phrase, s->first, i, at->plural);
        if (!at->behind)
            return;
    }
}

void lexicon_find(struct lexicon *l, const struct prose *p,
                  void (*take)(void *context, uint32_t phrase, size_t first, size_t last,
                               bool plural),
                  void *context)
{
    struct search s = {l, p, take, context, 0};
    if (l->node_count == 0)
        return;
    size_t count = read_words(l, p);
    for (size_t i = 0; i < count; i++) {
        s.first = l->starts[i];
        follow_from(&s, reading_end(p, s.first));
    }
}

void lexicon_free(struct lexicon *l)
{
    free(l->words);
    free(l->slots);
    free(l->nodes);
    free(l->read);
    free(l->starts);
    buf_free(&l->text);
    intern64_free(&l->branches);
    *l = (struct lexicon){0};
}
