/* namesakes -- the search for the names that a name may mean: its words, as they are, mistyped,
 * shortened or behind initials, lead to names that have a rare one of them, and these are scored.
 */
#include "match/namesakes.h"

#include <math.h>
#include <stdlib.h>

#include "kinds.h"
#include "namesakes_parts.h"

#define JOINED_FROM 5     /* letters of two words that may have been written as one */
#define DOUBTED 0.6       /* of the likeness to another word, if the one asked for is known */
#define SHARED_PAIR 4     /* names that may share a pair of common words, or as above */
#define SHARED_INITIALS 8 /* names that may have the same initials, or as many as a rare word */

/* ---- the words asked for ---- */

static uint32_t word_of(const struct namesakes *n, struct span text)
{
    size_t word = intern_find(&n->words, text);
    return word == INTERN_NONE ? NAMESAKES_NO_WORD : (uint32_t)word;
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
        namesakes_hash_joined(&n->reason, a, b);
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
    if (!last || (is_known && last->word != NAMESAKES_NO_WORD))
        return false;
    namesakes_hash_joined(&n->reason, last->text, text);
    if (n->reason.len < JOINED_FROM || word_of(n, buf_span(&n->reason)) == NAMESAKES_NO_WORD)
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
    while (namesakes_next_word(&rest, &text)) {
        bool is_known = word_of(n, text) != NAMESAKES_NO_WORD;
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
    bool is_known = t->word != NAMESAKES_NO_WORD;
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
        uint32_t pair = tells ? namesakes_hash_pair(&n->reason, last, word) : 0;
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
    n->asked_form = form == INTERN_NONE ? NAMESAKES_NO_WORD : (uint32_t)form;
    if (same != INTERN_NONE) {
        n->found = array_grow(n->found, &n->found_cap, 1, sizeof *n->found);
        n->found[n->found_count++] =
            (struct namesakes_score){(uint32_t)same, n->main_name[same], 1};
        return;
    }
    take_tokens(n);
    if (n->asked_form != NAMESAKES_NO_WORD)
        look_at_all(n, &n->by_form, n->asked_form, at_least);
    look_for_tokens(n, at_least);
    if (n->found_count)
        qsort_r(n->found, n->found_count, sizeof *n->found, by_score, &n->names);
    keep_mains(n);
    if (n->found_count > top)
        n->found_count = top;
}
