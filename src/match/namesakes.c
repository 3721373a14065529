/* namesakes -- the index of the names held, and the search for those that a name may mean. */
#include "match/namesakes.h"

#include <math.h>
#include <stdlib.h>

#include "base/fail.h"
#include "kinds.h"

#define NO_WORD UINT32_MAX
#define SLIGHT_SHARE 4    /* a slight word has at most a quarter of the rarest word's idf */
#define UNKNOWN_SHARE 4   /* a word that no name has weighs a quarter of the rarest's square */
#define JOINED_FROM 5     /* letters of two words that may have been written as one */
#define DOUBTED 0.6       /* of the likeness to another word, if the one asked for is known */
#define SHARED_PAIR 4     /* names that may share a pair of common words, or as above */
#define SHARED_INITIALS 8 /* names that may have the same initials, or as many as a rare word */

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

/* ---- names held ---- */

/* The next word of a form, in which single spaces part words. */
static bool next_word(struct span *rest, struct span *word)
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
    while (next_word(&rest, &word)) {
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

static uint32_t hash_joined(struct buf *b, struct span first, struct span second)
{
    buf_clear(b);
    buf_add(b, first);
    buf_add(b, second);
    return intern_hash(buf_span(b));
}

static uint32_t hash_pair(struct buf *b, struct span first, struct span second)
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
            postings_add(&n->by_pair, hash_pair(&n->reason, last, word), name, 0);
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
            postings_add(&n->by_join,
                         hash_joined(&n->reason, n->words.keys[w[i - 1]], n->words.keys[w[i]]),
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

/* ---- the words asked for ---- */

static uint32_t word_of(const struct namesakes *n, struct span text)
{
    size_t word = intern_find(&n->words, text);
    return word == INTERN_NONE ? NO_WORD : (uint32_t)word;
}

static void add_token(struct namesakes *n, struct span text)
{
    n->tokens = array_grow(n->tokens, &n->tokens_cap, n->token_count + 1, sizeof *n->tokens);
    n->tokens[n->token_count++] = (struct namesakes_token){.text = text, .word = word_of(n, text)};
}

/* Two words that stand side by side in a name and that TEXT is, written as one. */
static bool add_parted(struct namesakes *n, struct span text)
{
    size_t count;
    const struct posting *p = postings_find(&n->by_join, intern_hash(text), &count);
    struct span first = {0};
    for (; text.len >= JOINED_FROM && count > 0; count--, p++) {
        struct span a = n->words.keys[p->a], b = n->words.keys[p->b];
        hash_joined(&n->reason, a, b);
        if (a.len > first.len && span_eq(buf_span(&n->reason), text))
            first = a;
    }
    if (first.len == 0)
        return false;
    add_token(n, first);
    add_token(n, (struct span){text.at + first.len, text.len - first.len});
    return true;
}

/* One word of a name that the last token and TEXT are, written as two. */
static bool add_joined(struct namesakes *n, struct span text, bool is_known)
{
    struct namesakes_token *last = n->token_count ? &n->tokens[n->token_count - 1] : NULL;
    if (!last || (is_known && last->word != NO_WORD))
        return false;
    hash_joined(&n->reason, last->text, text);
    if (n->reason.len < JOINED_FROM || word_of(n, buf_span(&n->reason)) == NO_WORD)
        return false;
    struct span whole = arena_copy(&n->joined, buf_span(&n->reason));
    n->token_count--;
    add_token(n, whole);
    return true;
}

static void take_tokens(struct namesakes *n)
{
    struct span rest = buf_span(&n->form), text;
    n->token_count = 0;
    arena_clear(&n->joined);
    while (next_word(&rest, &text)) {
        bool is_known = word_of(n, text) != NO_WORD;
        if (!add_joined(n, text, is_known) && (is_known || !add_parted(n, text)))
            add_token(n, text);
    }
}

static void add_reading(struct namesakes *n, struct namesakes_reading reading)
{
    struct namesakes_mark *mark = &n->marks[reading.word];
    if (mark->query != n->query)
        *mark = (struct namesakes_mark){n->query, 0};
    reading.next = mark->first;
    n->readings =
        array_grow(n->readings, &n->readings_cap, n->reading_count + 1, sizeof *n->readings);
    n->readings[n->reading_count++] = reading;
    mark->first = (uint32_t)n->reading_count;
}

/* ---- names to look at ---- */

static void look_at(struct namesakes *n, uint32_t name, double at_least)
{
    if (n->seen[name] == n->query)
        return;
    n->seen[name] = n->query;
    double score = namesakes_score(n, name);
    if (score < at_least || score <= 0)
        return;
    n->found = array_grow(n->found, &n->found_cap, n->found_count + 1, sizeof *n->found);
    n->found[n->found_count++] = (struct namesakes_score){name, n->main_name[name], score};
}

static void look_at_all(struct namesakes *n, const struct postings *p, uint32_t key,
                        double at_least)
{
    size_t count;
    const struct posting *at = postings_find(p, key, &count);
    for (; count > 0; count--, at++)
        look_at(n, at->a, at_least);
}

/* Whether one of the words that stand for NAME says more than what every name has. */
static bool has_telling(const struct namesakes *n, uint32_t name, uint32_t covered)
{
    const uint32_t *words = n->flat + n->starts[name];
    for (size_t i = 0; i < namesakes_word_count(n, name); i++)
        if (initials_covers(covered, i) && !namesakes_is_slight(n->words.keys[words[i]]))
            return true;
    return false;
}

static void add_hit(struct namesakes *n, struct namesakes_initials hit)
{
    n->hits = array_grow(n->hits, &n->hits_cap, n->hit_count + 1, sizeof *n->hits);
    n->hits[n->hit_count++] = hit;
}

/* Names of one shape that TOKEN may be the initials of, in the COUNT ways that WAY begins; not more
 * than MOST and one. Returns how many there are. */
static size_t add_hits(struct namesakes *n, uint32_t token, const struct posting *way, size_t count,
                       size_t most)
{
    size_t left, names = 0;
    const struct posting *name = initials_names(&n->initials, way->a, &left);
    for (; left > 0 && names <= most; left--, name++) {
        size_t before = n->hit_count;
        for (size_t i = 0; i < count; i++)
            if (has_telling(n, name->a, way[i].b) &&
                initials_prove(&n->initials, n->tokens[token].text, way->a, way[i].b))
                add_hit(n, (struct namesakes_initials){name->a, token, way[i].b});
        names += n->hit_count > before;
    }
    return names;
}

static void find_initials(struct namesakes *n, uint32_t token)
{
    size_t count, before = n->hit_count, names = 0;
    size_t most = (size_t)fmax(SHARED_INITIALS, sqrt((double)n->names.count));
    const struct posting *p = initials_find(&n->initials, n->tokens[token].text, &count);
    for (size_t alike; count > 0 && names <= most; count -= alike, p += alike) {
        for (alike = 1; alike < count && p[alike].a == p->a;)
            alike++;
        names += add_hits(n, token, p, alike, most - names);
    }
    if (names > most)
        n->hit_count = before;
}

static void read_token(struct namesakes *n, uint32_t token)
{
    const struct namesakes_token *t = &n->tokens[token];
    bool is_known = t->word != NO_WORD;
    if (is_known)
        add_reading(n, (struct namesakes_reading){t->word, token, SAME_WORD, 1, 0, 0});
    nearwords_find(&n->near, t->text, is_known);
    for (size_t i = 0; i < n->near.count; i++) {
        const struct nearword *w = &n->near.found[i];
        enum namesakes_how how = w->kind == NEARWORDS_EDITS ? EDITED_WORD : SHORT_WORD;
        double likeness = is_known ? w->likeness * DOUBTED : w->likeness;
        add_reading(n, (struct namesakes_reading){w->word, token, how, likeness, w->edits, 0});
    }
    if (!is_known)
        find_initials(n, token);
}

/* "of the University Hospitals" says nothing, however few have it. */
static bool is_telling(struct span word)
{
    return !namesakes_is_slight(word) && !kinds_has(word);
}

/* Names with two of the words side by side, if there are few of them. */
static void look_at_pairs(struct namesakes *n, double at_least)
{
    struct span last = {0};
    for (size_t i = 0; i < n->token_count; i++) {
        struct span word = n->tokens[i].text;
        size_t count;
        if (initials_is_small(word))
            continue;
        bool tells = last.at && (is_telling(last) || is_telling(word));
        uint32_t pair = tells ? hash_pair(&n->reason, last, word) : 0;
        if (tells && postings_find(&n->by_pair, pair, &count) &&
            (count <= SHARED_PAIR || count <= n->names.count / count))
            look_at_all(n, &n->by_pair, pair, at_least);
        last = word;
    }
}

static void look_for_tokens(struct namesakes *n, double at_least)
{
    n->reading_count = n->hit_count = 0;
    for (size_t i = 0; i < n->token_count; i++)
        read_token(n, (uint32_t)i);
    for (size_t i = 0; i < n->reading_count; i++)
        if (n->is_rare[n->readings[i].word])
            look_at_all(n, &n->by_word, n->readings[i].word, at_least);
    for (size_t i = 0; i < n->hit_count; i++)
        look_at(n, n->hits[i].name, at_least);
    look_at_pairs(n, at_least);
}

static int by_score(const void *x, const void *y, void *names)
{
    const struct namesakes_score *a = x, *b = y;
    const struct intern *map = names;
    if (a->score != b->score)
        return a->score > b->score ? -1 : 1;
    return span_order(map->keys[a->name], map->keys[b->name]);
}

/* A body found by several of its names is told once, by the best of them. */
static void keep_mains(struct namesakes *n)
{
    size_t kept = 0;
    for (size_t i = 0; i < n->found_count; i++) {
        size_t same = 0;
        while (same < kept && n->found[same].main != n->found[i].main)
            same++;
        if (same == kept)
            n->found[kept++] = n->found[i];
    }
    n->found_count = kept;
}

void namesakes_find(struct namesakes *n, struct span name, size_t top, double at_least)
{
    n->query++;
    n->found_count = n->token_count = 0;
    size_t same = intern_find(&n->names, name);
    buf_clear(&n->form);
    organisation_add(&n->organisation, &n->form, name);
    size_t form = n->form.len ? intern_find(&n->forms, buf_span(&n->form)) : INTERN_NONE;
    n->asked_classes = kinds_of(buf_span(&n->form));
    n->asked_form = form == INTERN_NONE ? NO_WORD : (uint32_t)form;
    if (same != INTERN_NONE) {
        n->found = array_grow(n->found, &n->found_cap, 1, sizeof *n->found);
        n->found[n->found_count++] =
            (struct namesakes_score){(uint32_t)same, n->main_name[same], 1};
        return;
    }
    take_tokens(n);
    if (n->asked_form != NO_WORD)
        look_at_all(n, &n->by_form, n->asked_form, at_least);
    look_for_tokens(n, at_least);
    if (n->found_count)
        qsort_r(n->found, n->found_count, sizeof *n->found, by_score, &n->names);
    keep_mains(n);
    if (n->found_count > top)
        n->found_count = top;
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
