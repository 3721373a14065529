/* namesakes_index -- the names held, by their words, pairs of words and initials. */
#include <math.h>
#include <stdlib.h>

#include "kinds.h"
#include "namesakes_parts.h"

#define SLIGHT_SHARE 4  /* a slight word has at most a quarter of the rarest word's idf */
#define UNKNOWN_SHARE 4 /* a word that no name has weighs a quarter of the rarest's square */

bool namesakes_is_slight(struct span word)
{
    static const struct span slight[] = {
        SPAN_ROW("nhs"),        SPAN_ROW("foundation"), SPAN_ROW("trust"),
        SPAN_ROW("hospital"),   SPAN_ROW("hospitals"),  SPAN_ROW("university"),
        SPAN_ROW("teaching"),   SPAN_ROW("health"),     SPAN_ROW("care"),
        SPAN_ROW("healthcare"), SPAN_ROW("service"),    SPAN_ROW("services"),
        SPAN_ROW("community"),  SPAN_ROW("general"),    SPAN_ROW("partnership"),
    };
    if (initials_is_small(word))
        return true;
    for (size_t i = 0; i < sizeof slight / sizeof *slight; i++)
        if (span_eq(word, slight[i]))
            return true;
    return false;
}

/* The next word of a form, in which single spaces part words. */
bool namesakes_next_word(struct span *rest, struct span *word)
{
    if (rest->len == 0)
        return false;
    const char *end = memchr(rest->at, ' ', rest->len);
    word->at = rest->at;
    word->len = end ? (size_t)(end - rest->at) : rest->len;
    size_t taken = word->len + (end != NULL);
    *rest = (struct span){rest->at + taken, rest->len - taken};
    return true;
}

void namesakes_add(struct namesakes *n, struct span name)
{
    size_t before = n->names.count, index = intern_add(&n->names, name);
    if (index < before) {
        n->others -= n->main_name[index] != index; /* it was another name until now */
        n->main_name[index] = (uint32_t)index;
        return;
    }
    n->starts = array_grow(n->starts, &n->starts_cap, index + 2, sizeof *n->starts);
    n->starts[index] = n->flat_count;
    n->main_name = array_grow(n->main_name, &n->main_cap, index + 1, sizeof *n->main_name);
    n->main_name[index] = (uint32_t)index;
    buf_clear(&n->form);
    organisation_add(&n->organisation, &n->form, name);
    struct span rest = buf_span(&n->form), word;
    if (rest.len)
        postings_add(&n->by_form, (uint32_t)intern_add(&n->forms, rest), (uint32_t)index, 0);
    while (namesakes_next_word(&rest, &word)) {
        uint32_t w = (uint32_t)intern_add(&n->words, word);
        n->flat = array_grow(n->flat, &n->flat_cap, n->flat_count + 1, sizeof *n->flat);
        n->flat[n->flat_count++] = w;
    }
    n->starts[index + 1] = n->flat_count;
    n->classes = array_grow(n->classes, &n->classes_cap, index + 1, sizeof *n->classes);
    n->classes[index] = kinds_of(buf_span(&n->form));
}

void namesakes_add_other(struct namesakes *n, struct span name, struct span other)
{
    size_t before = n->names.count, of = intern_find(&n->names, name);
    if (of == INTERN_NONE || intern_find(&n->names, other) != INTERN_NONE)
        return;
    namesakes_add(n, other);
    n->main_name[before] = n->main_name[of];
    n->others++;
}

uint32_t namesakes_hash_joined(struct buf *b, struct span first, struct span second)
{
    buf_clear(b);
    buf_add(b, first);
    buf_add(b, second);
    return intern_hash(buf_span(b));
}

uint32_t namesakes_hash_pair(struct buf *b, struct span first, struct span second)
{
    buf_clear(b);
    buf_add(b, first);
    buf_addc(b, ' ');
    buf_add(b, second);
    return intern_hash(buf_span(b));
}

/* "City of London": common words that only one name has side by side. */
static void index_pairs(struct namesakes *n, uint32_t name)
{
    struct span last = {0};
    for (size_t i = n->starts[name]; i < n->starts[name + 1]; i++) {
        struct span word = n->words.keys[n->flat[i]];
        if (initials_is_small(word))
            continue;
        if (last.at)
            postings_add(&n->by_pair, namesakes_hash_pair(&n->reason, last, word), name, 0);
        last = word;
    }
}

static void index_name(struct namesakes *n, uint32_t name)
{
    index_pairs(n, name);
    struct span words[INITIALS_WORDS];
    size_t count = namesakes_word_count(n, name);
    const uint32_t *w = n->flat + n->starts[name];
    for (size_t i = 0; i < count; i++) {
        if (i < INITIALS_WORDS)
            words[i] = n->words.keys[w[i]];
        if (i > 0)
            postings_add(
                &n->by_join,
                namesakes_hash_joined(&n->reason, n->words.keys[w[i - 1]], n->words.keys[w[i]]),
                w[i - 1], w[i]);
    }
    if (count && count <= INITIALS_WORDS)
        initials_add(&n->initials, name, words, count);
}

static double idf(const struct namesakes *n, size_t names)
{
    return log((double)(n->names.count + 1) / (double)names);
}

/* By word: how many names have it. */
static const uint32_t *count_words(const struct namesakes *n, struct arena *a)
{
    uint32_t *counts = arena_array(a, n->words.count, sizeof *counts);
    uint32_t *last = arena_array(a, n->words.count, sizeof *last); /* name, plus one */
    for (uint32_t name = 0; name < n->names.count; name++)
        for (size_t i = n->starts[name]; i < n->starts[name + 1]; i++) {
            uint32_t word = n->flat[i];
            counts[word] += last[word] != name + 1;
            last[word] = name + 1;
        }
    return counts;
}

/* Only rare words lead to names. */
static void index_words(struct namesakes *n)
{
    for (uint32_t name = 0; name < n->names.count; name++)
        for (size_t i = n->starts[name]; i < n->starts[name + 1]; i++)
            if (n->is_rare[n->flat[i]])
                postings_add(&n->by_word, n->flat[i], name, 0);
    postings_sort(&n->by_word);
}

static void weigh_words(struct namesakes *n)
{
    double most = idf(n, 1), slight = most / SLIGHT_SHARE;
    n->weights = arena_array(&n->arena, n->words.count, sizeof *n->weights);
    n->is_rare = arena_array(&n->arena, n->words.count, sizeof *n->is_rare);
    n->unknown = most * most / UNKNOWN_SHARE;
    n->slight = slight * slight;
    struct arena counting = {0};
    const uint32_t *counts = count_words(n, &counting);
    for (size_t i = 0; i < n->words.count; i++) {
        size_t names = counts[i];
        struct span word = n->words.keys[i];
        double weight = idf(n, names);
        if (namesakes_is_slight(word) || kinds_has(word))
            weight = fmin(weight, initials_is_small(word) ? slight / 2 : slight);
        n->weights[i] = weight * weight;
        /* in at most the square root of all names, so that the work for a name stays small */
        n->is_rare[i] = names <= n->names.count / names && word.len > 1 &&
                        !namesakes_is_slight(word) && !kinds_has(word);
    }
    arena_free(&counting);
}

void namesakes_build(struct namesakes *n)
{
    postings_sort(&n->by_form);
    weigh_words(n);
    index_words(n);
    for (size_t i = 0; i < n->names.count; i++)
        index_name(n, (uint32_t)i);
    postings_sort(&n->by_join);
    postings_sort(&n->by_pair);
    initials_sort(&n->initials);
    nearwords_build(&n->near, &n->words);
    n->marks = arena_array(&n->arena, n->words.count, sizeof *n->marks);
    n->seen = arena_array(&n->arena, n->names.count, sizeof *n->seen);
}

void namesakes_free(struct namesakes *n)
{
    intern_free(&n->names);
    intern_free(&n->words);
    intern_free(&n->forms);
    organisation_free(&n->organisation);
    buf_free(&n->form);
    buf_free(&n->reason);
    postings_free(&n->by_word);
    postings_free(&n->by_form);
    postings_free(&n->by_join);
    postings_free(&n->by_pair);
    free(n->main_name);
    free(n->classes);
    initials_free(&n->initials);
    nearwords_free(&n->near);
    arena_free(&n->arena);
    arena_free(&n->joined);
    free(n->flat);
    free(n->starts);
    free(n->tokens);
    free(n->readings);
    free(n->hits);
    free(n->held_likeness);
    free(n->found);
    *n = (struct namesakes){0};
}
