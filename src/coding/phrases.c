/* phrases -- all phrases of a codebook looked for at once: words in a tree, what is more than words
 * with Hyperscan. */
#include "coding/phrases.h"

#include <stdlib.h>

#include "base/fail.h"
#include "base/utf8.h"
#include "codebook/codebook.h"
#include "kept.h"
#include "text/hyper.h"
#include "text/repeats.h"

/* What stands for * and ? while a wildcard is split into words: letters that no
 * codebook holds, the first of CJK Extension A. */
#define ANY_LETTERS "\xe3\x90\x80"
#define ONE_LETTER "\xe3\x90\x81"

/* In the folded words; a letter is its first byte and continuation bytes. */
#define ANY_LETTERS_PATTERN "[^ \\n]*"
#define ONE_LETTER_PATTERN "[^ \\n][\\x80-\\xbf]*"

#define MIN_PLURAL 2 /* letters: "APIs", but "Rs" is no plural of "R" */
#define MIN_IES 4    /* letters of a word whose y becomes ies */

struct phrase_text {
    struct span text; /* with a NUL behind it */
    const char *place;
    uint32_t phrase;
    uint32_t words; /* how many a wildcard is long */
    bool exact_case;
};

/* ---- adding ---- */

static bool is_letter(char c)
{
    return (unsigned char)c >= 0x80 || (c >= 'a' && c <= 'z');
}

/* The letters at the end of a folded word. */
static size_t last_letters(struct span word)
{
    size_t count = 0;
    while (count < word.len && is_letter(word.at[word.len - 1 - count]))
        count++;
    return count;
}

/* Is the word made of letters, and of nothing else? */
static bool takes_plural(struct span word)
{
    return word.len >= MIN_PLURAL && last_letters(word) == word.len;
}

/* "library" is in "libraries", which no ending makes. LAST is the last word of the phrase. */
static void add_ies(struct phrases *p, struct span last, size_t phrase)
{
    if (last_letters(last) < MIN_IES || last.at[last.len - 1] != 'y' ||
        memchr("aeiou", last.at[last.len - 2], 5))
        return;
    buf_clear(&p->pattern);
    buf_add(&p->pattern, (struct span){last.at, last.len - 1});
    buf_add(&p->pattern, SPAN("ies"));
    struct lexicon_node *node = lexicon_node(&p->words, &p->prose, buf_span(&p->pattern));
    if (node->phrase == LEXICON_NONE)
        *node = (struct lexicon_node){(uint32_t)phrase, true, false, node->behind};
}

size_t phrases_add_words(struct phrases *p, struct span text)
{
    prose_split(&p->prose, text);
    if (p->prose.main == 0)
        return PHRASES_NONE;
    struct span last = prose_folded(&p->prose, p->prose.main - 1);
    struct lexicon_node *node = lexicon_node(&p->words, &p->prose, last);
    if (node->phrase != LEXICON_NONE && !node->plural)
        return node->phrase;
    /* a phrase of its own takes the words from the plural of another */
    bool taken = node->plural;
    *node = (struct lexicon_node){(uint32_t)p->count, false, takes_plural(last), node->behind};
    if (takes_plural(last))
        lexicon_add_plurals(&p->words, last);
    if (!taken)
        add_ies(p, last, p->count);
    return p->count++;
}

static void add_escaped(struct buf *b, char c)
{
    if (strchr("\\^$.|?*+()[]{}", c))
        buf_addc(b, '\\');
    buf_addc(b, c);
}

size_t phrases_add_wildcard(struct phrases *p, struct span text)
{
    struct buf plain = {0};
    for (size_t i = 0; i < text.len; i++) {
        if (text.at[i] == '*')
            buf_add(&plain, SPAN(ANY_LETTERS));
        else if (text.at[i] == '?')
            buf_add(&plain, SPAN(ONE_LETTER));
        else
            buf_addc(&plain, text.at[i]);
    }
    prose_split(&p->prose, buf_span(&plain));
    buf_free(&plain);
    if (p->prose.main == 0)
        return PHRASES_NONE;
    const struct prose_word *last = &p->prose.at[p->prose.main - 1];
    const char *at = p->prose.text.at;
    const char *end = at + last->folded + prose_folded(&p->prose, p->prose.main - 1).len;
    buf_clear(&p->pattern);
    while (at < end) {
        struct span rest = span_from(at, end);
        if (span_starts(rest, SPAN(ANY_LETTERS)))
            buf_add(&p->pattern, SPAN(ANY_LETTERS_PATTERN));
        else if (span_starts(rest, SPAN(ONE_LETTER)))
            buf_add(&p->pattern, SPAN(ONE_LETTER_PATTERN));
        else
            add_escaped(&p->pattern, *at);
        bool special = span_starts(rest, SPAN(ANY_LETTERS)) || span_starts(rest, SPAN(ONE_LETTER));
        at += special ? sizeof ANY_LETTERS - 1 : 1;
    }
    buf_addc(&p->pattern, ' ');
    p->wildcards =
        array_grow(p->wildcards, &p->wildcards_cap, p->wildcard_count + 1, sizeof *p->wildcards);
    const char *kept = arena_text(&p->arena, buf_span(&p->pattern));
    p->wildcards[p->wildcard_count++] = (struct phrase_text){
        .text = span_of(kept), .phrase = (uint32_t)p->count, .words = (uint32_t)p->prose.main};
    return p->count++;
}

size_t phrases_add_pattern(struct phrases *p, struct span text, bool exact_case, const char *place)
{
    if (!repeats_are_few(text.at, REPEATS_ASCII))
        codebook_fail(place ? place : "codebook", "pattern %s cannot be used: %s", quote(text),
                      REPEATS_MANY);
    p->patterns =
        array_grow(p->patterns, &p->patterns_cap, p->pattern_count + 1, sizeof *p->patterns);
    p->patterns[p->pattern_count++] = (struct phrase_text){
        .text = text, .place = place, .phrase = (uint32_t)p->count, .exact_case = exact_case};
    return p->count++;
}

/* ---- compiling ---- */

#define PATTERN_FLAGS (HS_FLAG_UTF8 | HS_FLAG_CASELESS | HS_FLAG_SOM_LEFTMOST)

bool phrases_try_pattern(struct span text, struct buf *why)
{
    hs_database_t *database = NULL;
    hs_compile_error_t *error = NULL;
    buf_clear(why);
    if (!repeats_are_few(text.at, REPEATS_ASCII)) {
        buf_add(why, SPAN(REPEATS_MANY));
        return false;
    }
    hyper_start();
    bool good =
        hs_compile(text.at, PATTERN_FLAGS, HS_MODE_BLOCK, NULL, &database, &error) == HS_SUCCESS;
    if (!good) {
        hyper_check(error);
        buf_add(why, span_of(error->message));
    }
    hs_free_compile_error(error);
    hs_free_database(database);
    return good;
}

static void add_scratch(struct phrases *p, const hs_database_t *database)
{
    if (hs_alloc_scratch(database, &p->scratch) != HS_SUCCESS)
        fail_memory();
}

/* What a database is compiled from. */
struct compile {
    const char **texts;
    unsigned *flags, *numbers;
    size_t *lengths;
    struct arena arena;
};

static void prepare(struct compile *c, const struct phrase_text *texts, size_t count,
                    unsigned flags)
{
    *c = (struct compile){0};
    c->texts = arena_array(&c->arena, count, sizeof *c->texts);
    c->flags = arena_array(&c->arena, count, sizeof *c->flags);
    c->numbers = arena_array(&c->arena, count, sizeof *c->numbers);
    c->lengths = arena_array(&c->arena, count, sizeof *c->lengths);
    for (size_t i = 0; i < count; i++) {
        c->texts[i] = texts[i].text.at;
        c->lengths[i] = texts[i].text.len;
        c->numbers[i] = (unsigned)i;
        c->flags[i] = flags;
        if (flags & HS_FLAG_CASELESS && texts[i].exact_case)
            c->flags[i] &= ~(unsigned)HS_FLAG_CASELESS;
    }
}

/* All that decides what the database will be, as a key to keep it under. */
static void add_key(struct buf *key, const struct compile *c, size_t count, const char *mode)
{
    hs_platform_info_t platform = {0};
    hs_populate_platform(&platform);
    buf_addf(key, "%s %s %u %llu %zu\n", mode, hs_version(), platform.tune, platform.cpu_features,
             count);
    for (size_t i = 0; i < count; i++) {
        buf_addf(key, "%u %zu ", c->flags[i], c->lengths[i]);
        buf_add(key, (struct span){c->texts[i], c->lengths[i]});
        buf_addc(key, '\n');
    }
}

static void compile_patterns(struct phrases *p, struct phrase_text *texts, size_t count,
                             unsigned flags, hs_database_t **database)
{
    struct compile c;
    hs_compile_error_t *error = NULL;
    struct buf key = {0};
    prepare(&c, texts, count, flags);
    add_key(&key, &c, count, "patterns");
    *database = kept_load(buf_span(&key));
    bool kept = *database != NULL;
    if (!kept && hs_compile_multi(c.texts, c.flags, c.numbers, (unsigned)count, HS_MODE_BLOCK, NULL,
                                  database, &error) != HS_SUCCESS) {
        hyper_check(error);
        const struct phrase_text *bad =
            error->expression >= 0 ? &texts[error->expression] : &texts[0];
        codebook_fail(bad->place ? bad->place : "codebook", "pattern %s cannot be used: %s",
                      quote(bad->text), error->message);
    }
    if (!kept)
        kept_save(buf_span(&key), *database);
    buf_free(&key);
    arena_free(&c.arena);
    add_scratch(p, *database);
}

void phrases_compile(struct phrases *p)
{
    hyper_start();
    if (p->wildcard_count > 0)
        compile_patterns(p, p->wildcards, p->wildcard_count, 0, &p->wildcards_database);
    if (p->pattern_count > 0)
        compile_patterns(p, p->patterns, p->pattern_count, PATTERN_FLAGS, &p->patterns_database);
}

/* ---- finding ---- */

static struct phrase_hit *add_hit(struct phrases *p, uint32_t phrase, size_t start, size_t end)
{
    p->hits = array_grow(p->hits, &p->hits_cap, p->hit_count + 1, sizeof *p->hits);
    struct phrase_hit *hit = &p->hits[p->hit_count++];
    *hit = (struct phrase_hit){.phrase = phrase, .start = (uint32_t)start, .end = (uint32_t)end};
    return hit;
}

/* The answer's own word at a byte: the last one for what is behind all. */
static uint32_t word_at(const struct prose *p, size_t offset)
{
    size_t word = prose_from(p, offset);
    return (uint32_t)(word < p->main || word == 0 ? word : p->main - 1);
}

/* Words of the folded text: of the answer, or of another reading of it. */
static void take_words(void *context, uint32_t phrase, size_t first, size_t last, bool plural)
{
    struct phrases *p = context;
    struct phrase_hit *hit = add_hit(p, phrase, p->prose.at[first].start, p->prose.at[last].end);
    hit->reread = first >= p->prose.main;
    hit->first = hit->reread ? word_at(&p->prose, hit->start) : (uint32_t)first;
    hit->last = hit->reread ? word_at(&p->prose, hit->end - 1) : (uint32_t)last;
    hit->plural = plural;
}

static int take_wildcard(unsigned number, unsigned long long from, unsigned long long to,
                         unsigned flags, void *context)
{
    (void)from;
    (void)flags;
    struct phrases *p = context;
    const struct phrase_text *wildcard = &p->wildcards[number];
    size_t last = prose_at(&p->prose, (size_t)to - 2);
    take_words(p, wildcard->phrase, last + 1 - wildcard->words, last, false);
    return 0;
}

static int take_pattern(unsigned number, unsigned long long from, unsigned long long to,
                        unsigned flags, void *context)
{
    (void)flags;
    struct phrases *p = context;
    if (from == to)
        return 0;
    struct phrase_hit *hit = add_hit(p, p->patterns[number].phrase, (size_t)from, (size_t)to);
    hit->first = word_at(&p->prose, hit->start);
    hit->last = word_at(&p->prose, hit->end - 1);
    return 0;
}

static void scan(struct phrases *p, const hs_database_t *database, struct span text,
                 match_event_handler take)
{
    if (!database || text.len == 0)
        return;
    if (hs_scan(database, text.at, (unsigned)text.len, 0, p->scratch, take, p) != HS_SUCCESS)
        fail(STATUS_DATA, "the search for the codebook's terms failed");
}

static int by_place(const void *a, const void *b)
{
    const struct phrase_hit *x = a, *y = b;
    if (x->start != y->start)
        return x->start < y->start ? -1 : 1;
    if (x->end != y->end)
        return x->end > y->end ? -1 : 1;
    return (x->phrase > y->phrase) - (x->phrase < y->phrase);
}

#define FEW 64 /* hits that are sorted faster by insertion than by qsort: most are in order */

static void sort_hits(struct phrases *p)
{
    if (p->hit_count > FEW) {
        qsort(p->hits, p->hit_count, sizeof *p->hits, by_place);
        return;
    }
    for (size_t i = 1; i < p->hit_count; i++) {
        struct phrase_hit hit = p->hits[i];
        size_t j = i;
        for (; j > 0 && by_place(&p->hits[j - 1], &hit) > 0; j--)
            p->hits[j] = p->hits[j - 1];
        p->hits[j] = hit;
    }
}

void phrases_find(struct phrases *p, struct span answer)
{
    prose_split(&p->prose, answer);
    buf_reserve(&p->prose.text, LEXICON_READ);
    p->hit_count = 0;
    lexicon_find(&p->words, &p->prose, take_words, p);
    scan(p, p->wildcards_database, buf_span(&p->prose.text), take_wildcard);
    scan(p, p->patterns_database, answer, take_pattern);
    sort_hits(p);
}

void phrases_free(struct phrases *p)
{
    hs_free_database(p->wildcards_database);
    hs_free_database(p->patterns_database);
    hs_free_scratch(p->scratch);
    free(p->wildcards);
    free(p->patterns);
    free(p->hits);
    lexicon_free(&p->words);
    prose_free(&p->prose);
    buf_free(&p->pattern);
    arena_free(&p->arena);
    *p = (struct phrases){0};
}
