/* cues -- the phrases of a field, and which of their hits in an answer count. */
#include "coding/cues.h"

#include <stdlib.h>

#include "base/fail.h"
#include "cues_english.h"
#include "cues_words.h"

/* ---- the lists ---- */

/* Does the phrase end in a word that something has to come behind? */
static bool needs_object(struct span phrase)
{
    if (cues_is_one_of(phrase, "replaced|has replaced|have replaced"))
        return true;
    const char *last = memrchr(phrase.at, ' ', phrase.len);
    struct span word =
        last ? span_from(last + 1, span_end(phrase)) : (struct span){phrase.at, phrase.len};
    return cues_is_one_of(word,
                          "not|never|without|neither|nor|any|of|to|from|than|for|use|uses|using|"
                          "with|have|has|hold|develop|in|don't|doesn't|didn't|isn't|aren't|"
                          "avoid|avoids|avoiding|lack|lacks|consider|considering|exploring|"
                          "investigating|evaluating|reviewing|looking at|into|run|support|"
                          "longer|build|own|operate|employ|utilise|previously|formerly|be|"
                          "historically");
}

/* "replaced by": never about what comes behind it. */
static bool never_ahead(struct span phrase)
{
    static const struct span ends[] = {SPAN_ROW(" by"), SPAN_ROW("replaced with")};
    for (size_t i = 0; i < 2; i++)
        if (phrase.len >= ends[i].len &&
            memcmp(phrase.at + phrase.len - ends[i].len, ends[i].at, ends[i].len) == 0)
            return true;
    return false;
}

/* Does an adverb behind the phrase belong to it: "do not", "never", "isn't"? */
static bool negates(struct span phrase)
{
    const char *last = memrchr(phrase.at, ' ', phrase.len);
    struct span word =
        last ? span_from(last + 1, span_end(phrase)) : (struct span){phrase.at, phrase.len};
    bool contracted = word.len > 3 && memcmp(word.at + word.len - 3, "n't", 3) == 0;
    return contracted || cues_is_one_of(word, "not|never|longer|yet|dont|doesnt|didnt");
}

static enum cue_kind kind_of(struct span status)
{
    if (span_eq(status, SPAN("used")))
        return CUE_USED;
    if (span_eq(status, SPAN("pseudo")))
        return CUE_PSEUDO;
    return span_eq(status, SPAN("terminators")) ? CUE_END : CUE_STATUS;
}

static void add(struct cues *c, struct cue cue)
{
    cue.number = (uint32_t)intern_add_borrowed(&c->statuses, cue.status);
    cue.needs_object |=
        !cue.never_ahead && !cue.of_subject && !cue.behind[0] && needs_object(cue.phrase);
    cue.never_ahead |= !cue.needs_object && never_ahead(cue.phrase);
    cue.negates = cue.kind == CUE_STATUS && !cue.behind[0] && negates(cue.phrase);
    if (c->asked == CUES_NONE && span_eq(cue.status, SPAN("asked")))
        c->asked = (uint32_t)c->count;
    if (c->crossed == CUES_NONE && cue.is_mark && cue.kind == CUE_STATUS)
        c->crossed = (uint32_t)c->count;
    c->at = array_grow(c->at, &c->cap, c->count + 1, sizeof *c->at);
    c->at[c->count++] = cue;
}

/* "marks" are those of forms alone, whatever their status. */
static bool keeps(const struct codebook_field *f, const struct cue *cue)
{
    if (!f->some_default_cues)
        return true;
    for (size_t i = 0; i < f->default_cues.count; i++)
        if (span_eq(f->default_cues.at[i], cue->status) ||
            (cue->is_mark && span_eq(f->default_cues.at[i], SPAN("marks"))))
            return true;
    return false;
}

static void check_defaults(const struct codebook_field *f)
{
    for (size_t i = 0; i < f->default_cues.count; i++)
        if (!cues_english_has(f->default_cues.at[i]) &&
            !span_eq(f->default_cues.at[i], SPAN("marks")))
            codebook_fail(f->place, "'default_cues': there are no English cues for the status %s",
                          quote(f->default_cues.at[i]));
}

struct keeping {
    struct cues *cues;
    const struct codebook_field *field;
};

static void take_english(void *context, const struct cue *cue)
{
    const struct keeping *k = context;
    if (keeps(k->field, cue))
        add(k->cues, *cue);
}

/* The field's own come first, so that they win over a default of the same words. */
void cues_init(struct cues *c, const struct codebook_field *f)
{
    *c = (struct cues){.asked = CUES_NONE, .crossed = CUES_NONE};
    check_defaults(f);
    for (size_t i = 0; i < f->cue_count; i++)
        add(c, (struct cue){.kind = kind_of(f->cues[i].status),
                            .status = f->cues[i].status,
                            .phrase = f->cues[i].phrase,
                            .is_mark = cues_is_one_of(f->cues[i].phrase, "no|n|yes|y")});
    struct keeping keeping = {c, f};
    cues_english_each(&c->arena, take_english, &keeping);
}

void cues_free(struct cues *c)
{
    free(c->at);
    intern_free(&c->statuses);
    arena_free(&c->arena);
    *c = (struct cues){0};
}

/* ---- words beside a phrase ---- */

static bool is_optional(const struct cues_list *list)
{
    return list->words[strlen(list->words) - 1] == '|';
}

/* A word of each of WORDS at or behind word I, one after the other: the word behind them, or
 * SIZE_MAX if one that is needed is not there. */
static size_t behind_them(const struct prose *p, struct cues_list *const *words, size_t i)
{
    for (size_t w = 0; w < CUE_BESIDE && words[w]; w++) {
        if (i < p->main && cues_is_word(p, i, words[w]))
            i++;
        else if (!is_optional(words[w]))
            return SIZE_MAX;
    }
    return i;
}

/* The same before word I: the first of them. */
static size_t before_them(const struct prose *p, struct cues_list *const *words, size_t i)
{
    size_t count = 0;
    while (count < CUE_BESIDE && words[count])
        count++;
    while (count-- > 0) {
        if (i > 0 && cues_is_word(p, i - 1, words[count]))
            i--;
        else if (!is_optional(words[count]))
            return SIZE_MAX;
    }
    return i;
}

bool cues_fit(const struct cue *c, const struct prose *p, struct cue_hit *hit)
{
    if (c->joined && !(p->at[hit->first].flags & PROSE_HYPHEN))
        return false;
    if (!c->before[0] && !c->behind[0])
        return true;
    size_t first = before_them(p, c->before, hit->first);
    size_t behind = first == SIZE_MAX ? SIZE_MAX : behind_them(p, c->behind, hit->last + 1);
    if (behind == SIZE_MAX)
        return false;
    hit->first = (uint32_t)first;
    hit->last = (uint32_t)(behind - 1);
    return true;
}

/* ---- which hits count ---- */

static bool overlap(uint32_t first, uint32_t last, uint32_t from, uint32_t to)
{
    return first <= to && from <= last;
}

/* Does A, which stands before B or longer, take the words that both want? */
static bool beats(const struct cues *c, const struct cue_hit *a, const struct cue_hit *b)
{
    uint32_t a_length = a->last - a->first, b_length = b->last - b->first;
    if (a_length != b_length)
        return a_length > b_length;
    /* "is not just" is no "is not" */
    if (c->at[b->cue].kind == CUE_PSEUDO)
        return false;
    /* "we do not": the end of a scope gives way to the start of one */
    return c->at[a->cue].kind == CUE_STATUS || c->at[b->cue].kind != CUE_STATUS;
}

/* "do not" and "currently use" side by side are one cue. */
static bool joins(const struct cues *c, struct cue_hit *last, const struct cue_hit *hit)
{
    if (last->last + 1 != hit->first || !c->at[last->cue].negates ||
        c->at[hit->cue].kind != CUE_USED || c->at[hit->cue].is_mark)
        return false;
    last->last = hit->last;
    return true;
}

/* Of hits that overlap the longest stays; a hit that touches a mention goes.
 * HITS is by first word, the longer first. */
static size_t cut_down(const struct cues *c, const struct cue_mention *mentions, size_t count,
                       struct cue_hit *hits, size_t hit_count)
{
    size_t kept = 0, m = 0;
    for (size_t i = 0; i < hit_count; i++) {
        struct cue_hit hit = hits[i];
        while (m < count && mentions[m].last < hit.first)
            m++;
        if (m < count && overlap(hit.first, hit.last, mentions[m].first, mentions[m].last))
            continue;
        bool loses = false;
        while (kept > 0 && hits[kept - 1].last >= hit.first && !loses) {
            loses = beats(c, &hits[kept - 1], &hit);
            kept -= !loses;
        }
        if (!loses && !(kept > 0 && joins(c, &hits[kept - 1], &hit)))
            hits[kept++] = hit;
    }
    return kept;
}

size_t cues_apply(const struct cues *c, const struct prose *p, struct cue_mention *mentions,
                  size_t count, struct cue_hit *hits, size_t hit_count)
{
    hit_count = cut_down(c, mentions, count, hits, hit_count);
    if (count == 0 || hit_count == 0)
        return hit_count;
    layout_apply(c, p, mentions, count, hits, hit_count);
    scope_apply(c, p, mentions, count, hits, hit_count);
    return hit_count;
}
