/* questions -- a questionnaire and how much each of its words tells. */
#include "replies/questions.h"

#include <ctype.h>
#include <math.h>
#include <stdlib.h>

#include "text/clean.h"
#include "text/stem.h"
#include "text/whether.h"
#include "tokens.h"

#define PLAIN_WEIGHT 0.15F
#define FIGURE_WEIGHT 0.7 /* of a year beside a word: answers hold years of their own */
#define SEEN_MAX 200000   /* words of letters to remember, about 10 MB */

static const char plain_words[] =
    " a about all also an and any are as at be been being but by can could did do does each etc "
    "following for from give given had has have how i if in information is it its itself kindly "
    "list many me much my no not number of on or our out over please provide provided question "
    "request s shall should so such tell than that the their them there these they this those to "
    "total under us was we were what when where whether which who will with would yes you your ";

bool questions_plain(struct span word)
{
    if (word.len == 0 || word.len > 12)
        return false;
    char padded[16] = " ";
    memcpy(padded + 1, word.at, word.len);
    padded[word.len + 1] = ' ';
    padded[word.len + 2] = '\0';
    return strstr(plain_words, padded) != NULL;
}

/* ---- building ---- */

void questions_add(struct questions *q, struct span name, struct span number)
{
    q->at = array_grow(q->at, &q->cap, q->count + 1, sizeof *q->at);
    struct question *it = &q->at[q->count++];
    *it = (struct question){.name = arena_copy(&q->arena, name)};
    if (number.len)
        label_parse(number, &it->label);
}

/* The number in front of a wording, "4a. How many": the wording behind it. */
static struct span take_number(struct question *it, struct span wording)
{
    struct label l;
    size_t end;
    if (!label_read(wording, 0, &l, &end) || l.word == LABEL_SECTION || end >= wording.len)
        return wording;
    if (l.dashed && l.count < 2 && l.word == LABEL_BARE)
        return wording;
    if (it->label.count == 0 && it->count == 0)
        it->label = l;
    return (struct span){wording.at + end, wording.len - end};
}

void questions_word(struct questions *q, struct span text)
{
    struct question *it = &q->at[q->count - 1];
    struct span clean = clean_text(text, &q->scratch);
    clean = arena_copy(&q->arena, take_number(it, clean));
    if (it->count == 0)
        it->shown = clean;
    struct tokens split = {0};
    tokens_split(&split, clean);
    it->wordings = array_grow(it->wordings, &it->cap, it->count + 1, sizeof *it->wordings);
    struct wording *w = &it->wordings[it->count++];
    *w = (struct wording){.words = arena_array(&q->arena, split.count, sizeof *w->words),
                          .count = split.count,
                          .inverted = split.count > 2 && whether_begins(tokens_lower(&split, 0)),
                          .figures = split.count > 0};
    for (size_t i = 0; i < split.count; i++) {
        struct span word = tokens_lower(&split, i);
        w->figures &= isdigit((unsigned char)*word.at) != 0;
        w->words[i].stem = (uint32_t)intern_add(&q->stems, stem_of(word));
    }
    tokens_free(&split);
}

/* ---- weights ---- */

static void mark_words(struct questions *q, struct question *it)
{
    it->has = arena_array(&q->arena, q->stems.count + 1, sizeof *it->has);
    for (size_t i = 0; i < it->count; i++)
        for (size_t k = 0; k < it->wordings[i].count; k++)
            it->has[it->wordings[i].words[k].stem] = true;
}

static float weight_of(const struct questions *q, size_t stem)
{
    size_t holders = 0;
    for (size_t i = 0; i < q->count; i++)
        holders += q->at[i].has[stem];
    q->plain[stem] = questions_plain(q->stems.keys[stem]);
    if (q->plain[stem])
        return PLAIN_WEIGHT;
    double all = (double)q->count + 1;
    double weight = 0.4 + log(all / (double)(holders ? holders : 1)) / log(all);
    char first = q->stems.keys[stem].len ? q->stems.keys[stem].at[0] : '\0';
    return (float)(first >= '0' && first <= '9' ? FIGURE_WEIGHT * weight : weight);
}

void questions_weigh(struct questions *q)
{
    for (size_t i = 0; i < q->count; i++)
        mark_words(q, &q->at[i]);
    q->weights = arena_array(&q->arena, q->stems.count + 1, sizeof *q->weights);
    q->plain = arena_array(&q->arena, q->stems.count + 1, sizeof *q->plain);
    for (size_t s = 0; s < q->stems.count; s++)
        q->weights[s] = weight_of(q, s);
    for (size_t i = 0; i < q->count; i++) {
        struct question *it = &q->at[i];
        for (size_t k = 0; k < it->count; k++) {
            struct wording *w = &it->wordings[k];
            for (size_t j = 0; j < w->count; j++) {
                w->words[j].weight = q->weights[w->words[j].stem];
                w->weight += w->words[j].weight;
            }
            if (w->weight > it->weight)
                it->weight = w->weight;
        }
    }
}

/* ---- looking up ---- */

/* A stem that WORD may be meant for: with a typing error, or akin. */
static uint32_t near_stem(const struct questions *q, struct span word)
{
    for (size_t s = 0; s < q->stems.count; s++)
        if (!q->plain[s] && stem_typo(q->stems.keys[s], word))
            return (uint32_t)s;
    for (size_t s = 0; s < q->stems.count; s++)
        if (!q->plain[s] && stem_akin(q->stems.keys[s], word))
            return (uint32_t)s;
    return QUESTIONS_NONE;
}

/* Whether the stem WORD is that of one of the words of GROUP, spaces between them. */
static bool in_group(struct span word, const char *group)
{
    for (const char *at = group; *at;) {
        size_t len = strcspn(at, " ");
        if (span_eq(word, stem_of((struct span){at, len})))
            return true;
        at += len + (at[len] == ' ');
    }
    return false;
}

/* The stem of a word that requests and replies use for the same thing as WORD, the first of its
 * group that the questions have. */
static uint32_t same_thing(const struct questions *q, struct span word)
{
    static const char *const groups[] = {
        "fte wte equivalent",
        "uav uas drone",
        "spend spent cost expenditure outlay",
        "expenditure spend spent",
        "mean average averaged",
        "bought purchase procured acquired",
        "staff employ employee workforce personnel headcount",
        "paid payment pay",
        "evening outside",
        "income revenue receipts",
        "vehicle car",
        "supplier provider contractor",
        "supply provide",
        "pupil student",
        "kept retained stored",
        "recording footage",
        "fine penalty",
        "vacancy vacant",
        "longest maximum",
        "highest maximum dearest",
        "post position job",
        "training trained",
        "closed shut closure",
        "dismissed sacked",
        "complaint grievance",
    };
    for (size_t i = 0; i < sizeof groups / sizeof *groups; i++) {
        if (!in_group(word, groups[i]))
            continue;
        for (const char *at = groups[i]; *at;) {
            size_t len = strcspn(at, " ");
            size_t found = intern_find(&q->stems, stem_of((struct span){at, len}));
            if (found != INTERN_NONE)
                return (uint32_t)found;
            at += len + (at[len] == ' ');
        }
    }
    return QUESTIONS_NONE;
}

uint32_t questions_stem(struct questions *q, struct span word)
{
    struct span stem = stem_of(word);
    size_t at = intern_find(&q->stems, stem);
    if (at != INTERN_NONE)
        return (uint32_t)at;
    if (stem.len < 3 || questions_plain(word))
        return QUESTIONS_NONE;
    if (q->seen.count > SEEN_MAX)
        intern_clear(&q->seen);
    size_t before = q->seen.count, index = intern_add(&q->seen, stem);
    if (index == before) {
        q->meant = array_grow(q->meant, &q->meant_cap, index + 1, sizeof *q->meant);
        uint32_t meant = same_thing(q, stem);
        q->meant[index] = meant != QUESTIONS_NONE ? meant : near_stem(q, stem);
    }
    return q->meant[index];
}

size_t questions_labelled(const struct questions *q, const struct label *l, size_t *first,
                          bool *whole)
{
    size_t found = 0;
    *whole = false;
    for (size_t i = 0; i < q->count && l->count; i++) {
        const struct label *own = &q->at[i].label;
        if (!label_same(own, l, l->count))
            continue;
        if (found++ == 0)
            *first = i;
        if (own->count == l->count && !*whole) {
            *first = i;
            *whole = true;
        }
    }
    return found;
}

void questions_free(struct questions *q)
{
    for (size_t i = 0; i < q->count; i++)
        free(q->at[i].wordings);
    free(q->at);
    intern_free(&q->stems);
    intern_free(&q->seen);
    free(q->meant);
    buf_free(&q->scratch);
    arena_free(&q->arena);
    *q = (struct questions){0};
}
