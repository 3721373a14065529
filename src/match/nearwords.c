/* nearwords -- the words of a vocabulary that another word may be meant for. */
#include "match/nearwords.h"

#include <stdlib.h>

#define LONGEST 32     /* bytes of a word that may be near to another */
#define ONE_EDIT 4     /* bytes from which one edit is allowed, */
#define TWO_EDITS 8    /* and two */
#define KNOWN_EDIT 6   /* bytes from which a known word may be another with an edit */
#define SHORT_FROM 3   /* bytes of a short form */
#define SHORT_SHARE 4  /* a short form has at least a quarter of the whole's bytes */
#define ALIKE_MAX 8192 /* words that begin alike, or begin and end, to look for a whole among */
#define SHORT_LIKE 0.8 /* how good a short form is: about as an edit in five letters */

static bool has_digits(struct span word)
{
    for (size_t i = 0; i < word.len; i++)
        if (word.at[i] >= '0' && word.at[i] <= '9')
            return true;
    return false;
}

static size_t edits_allowed(struct span word)
{
    if (word.len < ONE_EDIT || word.len > LONGEST || has_digits(word))
        return 0;
    return word.len < TWO_EDITS ? 1 : 2;
}

/* WORD without the byte at AT. */
static struct span without(struct span word, size_t at, char *to)
{
    memcpy(to, word.at, at);
    memcpy(to + at, word.at + at + 1, word.len - at - 1);
    return (struct span){to, word.len - 1};
}

/* The hashes of WORD with up to EDITS bytes taken away. Returns how many there are. */
static size_t shorter_forms(struct span word, size_t edits, uint32_t *hashes)
{
    char once[LONGEST], twice[LONGEST];
    size_t count = 0;
    hashes[count++] = intern_hash(word);
    for (size_t i = 0; edits > 0 && i < word.len; i++) {
        struct span one = without(word, i, once);
        hashes[count++] = intern_hash(one);
        for (size_t j = i; edits > 1 && j < one.len; j++)
            hashes[count++] = intern_hash(without(one, j, twice));
    }
    return count;
}

/* The two ways in which a short form and the whole begin alike, or begin and end. */
static uint32_t start_of(struct span word)
{
    return (uint32_t)(unsigned char)word.at[0] << 8 | (unsigned char)word.at[1];
}

static uint32_t ends_of(struct span word)
{
    return (uint32_t)(unsigned char)word.at[0] << 8 | (unsigned char)word.at[word.len - 1];
}

/* Which letters WORD has, a bit each; some share one. */
static uint32_t letters_of(struct span word)
{
    uint32_t letters = 0;
    for (size_t i = 0; i < word.len; i++)
        letters |= UINT32_C(1) << (word.at[i] & 31);
    return letters;
}

#define FORMS_MAX (1 + LONGEST + LONGEST * (LONGEST - 1) / 2)

void nearwords_build(struct nearwords *n, const struct intern *words)
{
    uint32_t hashes[FORMS_MAX];
    *n = (struct nearwords){.words = words};
    for (size_t i = 0; i < words->count; i++) {
        struct span word = words->keys[i];
        if (word.len > SHORT_FROM && word.len <= LONGEST && !has_digits(word)) {
            postings_add(&n->starts, start_of(word), (uint32_t)i, letters_of(word));
            postings_add(&n->ends, ends_of(word), (uint32_t)i, letters_of(word));
        }
        size_t edits = edits_allowed(word);
        size_t count = edits ? shorter_forms(word, edits, hashes) : 0;
        for (size_t j = 0; j < count; j++)
            postings_add(&n->shorter, hashes[j], (uint32_t)i, 0);
    }
    postings_sort(&n->shorter);
    postings_sort(&n->starts);
    postings_sort(&n->ends);
}

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* The optimal string alignment distance: Wagner & Fischer's (1974) rows, with the exchange
 * of neighbours that Damerau (1964) counts as one edit. */
static size_t distance(struct span a, struct span b)
{
    size_t rows[3][LONGEST + 1];
    for (size_t j = 0; j <= b.len; j++)
        rows[0][j] = j;
    for (size_t i = 1; i <= a.len; i++) {
        size_t *row = rows[i % 3];
        const size_t *above = rows[(i + 2) % 3], *second = rows[(i + 1) % 3];
        row[0] = i;
        for (size_t j = 1; j <= b.len; j++) {
            row[j] =
                least(above[j - 1] + (a.at[i - 1] != b.at[j - 1]), least(above[j], row[j - 1]) + 1);
            if (i > 1 && j > 1 && a.at[i - 1] == b.at[j - 2] && a.at[i - 2] == b.at[j - 1])
                row[j] = least(row[j], second[j - 2] + 1);
        }
    }
    return rows[a.len % 3][b.len];
}

static void add(struct nearwords *n, struct nearword found)
{
    n->found = array_grow(n->found, &n->cap, n->count + 1, sizeof *n->found);
    n->found[n->count++] = found;
}

static void find_edited(struct nearwords *n, struct span word, size_t edits)
{
    uint32_t hashes[FORMS_MAX];
    size_t forms = shorter_forms(word, edits, hashes);
    for (size_t i = 0; i < forms; i++) {
        size_t count;
        const struct posting *p = postings_find(&n->shorter, hashes[i], &count);
        for (; count > 0; count--, p++) {
            struct span other = n->words->keys[p->a];
            if (other.at[0] != word.at[0] || span_eq(other, word) || edits_allowed(other) == 0)
                continue;
            size_t far = distance(word, other);
            size_t longer = word.len > other.len ? word.len : other.len;
            if (far <= least(edits, edits_allowed(other)))
                add(n, (struct nearword){p->a, NEARWORDS_EDITS, far,
                                         1 - (double)far / (double)longer});
        }
    }
}

/* Whether SHORTER, which begins as WHOLE does ("herts") or has its first letter and its last
 * ("bham"), has letters of it in their order. */
static bool is_short_for(struct span shorter, struct span whole)
{
    if (shorter.len >= whole.len || shorter.len * SHORT_SHARE < whole.len)
        return false;
    size_t at = 0;
    for (size_t i = 0; i < whole.len && at < shorter.len; i++)
        at += whole.at[i] == shorter.at[at];
    return at == shorter.len;
}

/* The words of KEY in ALIKE that WORD is short for. Most lack a letter of it. Of very many that are
 * alike it could be short for anything. */
static void find_short(struct nearwords *n, struct span word, const struct postings *alike,
                       uint32_t key)
{
    uint32_t letters = letters_of(word);
    size_t count;
    const struct posting *p = postings_find(alike, key, &count);
    if (count > ALIKE_MAX)
        return;
    for (; count > 0; count--, p++)
        if ((letters & ~p->b) == 0 && is_short_for(word, n->words->keys[p->a]))
            add(n, (struct nearword){p->a, NEARWORDS_SHORT, 0, SHORT_LIKE});
}

/* Short forms in British names and addresses whose letters do not give the word away. */
static void find_conventional(struct nearwords *n, struct span word)
{
    static const struct {
        struct span written, whole;
    } forms[] = {
        {SPAN_ROW("n"), SPAN_ROW("north")},
        {SPAN_ROW("s"), SPAN_ROW("south")},
        {SPAN_ROW("e"), SPAN_ROW("east")},
        {SPAN_ROW("w"), SPAN_ROW("west")},
        {SPAN_ROW("gt"), SPAN_ROW("great")},
        {SPAN_ROW("gtr"), SPAN_ROW("greater")},
        {SPAN_ROW("hants"), SPAN_ROW("hampshire")},
        {SPAN_ROW("northants"), SPAN_ROW("northamptonshire")},
        {SPAN_ROW("oxon"), SPAN_ROW("oxfordshire")},
        {SPAN_ROW("salop"), SPAN_ROW("shropshire")},
    };
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        size_t whole =
            span_eq(word, forms[i].written) ? intern_find(n->words, forms[i].whole) : INTERN_NONE;
        if (whole != INTERN_NONE)
            add(n, (struct nearword){(uint32_t)whole, NEARWORDS_SHORT, 0, SHORT_LIKE});
    }
}

static int by_likeness(const void *x, const void *y, void *words)
{
    const struct nearword *a = x, *b = y;
    const struct intern *map = words;
    if (a->likeness != b->likeness)
        return a->likeness > b->likeness ? -1 : 1;
    return span_order(map->keys[a->word], map->keys[b->word]);
}

/* The first NEARWORDS_MAX words, each once: it may have been found in several ways. */
static void keep_nearest(struct nearwords *n)
{
    size_t kept = 0;
    for (size_t i = 0; i < n->count && kept < NEARWORDS_MAX; i++) {
        size_t same = 0;
        while (same < kept && n->found[same].word != n->found[i].word)
            same++;
        if (same == kept)
            n->found[kept++] = n->found[i];
    }
    n->count = kept;
}

void nearwords_find(struct nearwords *n, struct span word, bool is_known)
{
    n->count = 0;
    size_t edits = edits_allowed(word);
    if (is_known)
        edits = word.len >= KNOWN_EDIT && edits > 0;
    if (edits)
        find_edited(n, word, edits);
    if (!is_known && word.len >= SHORT_FROM && word.len <= LONGEST) {
        find_short(n, word, &n->starts, start_of(word));
        find_short(n, word, &n->ends, ends_of(word));
    }
    if (!is_known)
        find_conventional(n, word);
    if (n->count)
        qsort_r(n->found, n->count, sizeof *n->found, by_likeness, (void *)n->words);
    keep_nearest(n);
}

void nearwords_free(struct nearwords *n)
{
    postings_free(&n->shorter);
    postings_free(&n->starts);
    postings_free(&n->ends);
    free(n->found);
    *n = (struct nearwords){0};
}
