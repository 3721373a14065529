/* residue -- phrases left uncoded, counted by records. */
#include "coding/residue.h"

#include <stdlib.h>

#include "residue_phrase.h"
#include "stream/csvcell.h"

#define LONGEST 3    /* words of a phrase */
#define LONG_WORD 60 /* bytes: what is longer is no word that a codebook needs */

/* Words that no phrase of a codebook starts or ends with, and those that every
 * reply about what is used is full of. */
static const char STOP_WORDS[] =
    "a about above after again all also although am an and any are as at be because been before "
    "being below between both but by can cannot could did do does doing don't down during each "
    "either etc few for from further get had has have having he her here his how however i if in "
    "into is it its itself just like made make many may me might more most much must my neither no "
    "nor not now of off on once one only or other our out over own per please same several shall "
    "she should since so some such than that the their them then there these they this those "
    "through to together too two under until up upon us use used uses using various very via was "
    "we were what when where which while who whose why will with within without would yes yet you "
    "your 's i.e e.g ie eg currently mainly mostly following include includes including trust "
    "trusts trust's team teams department staff information request please see attached available "
    "system systems software application applications developed development developer developers "
    "in-house inhouse house build built write written work works working based well e.g. n y n/a "
    "technology technologies programming products product";

/* Words that a name may end with but that are none by themselves. */
static const char ENDINGS[] = "language languages framework frameworks library libraries database "
                              "databases standard standards platform platforms tool tools studio";

static void add_words(struct intern *words, const char *at)
{
    while (*at) {
        size_t len = strcspn(at, " ");
        intern_add_borrowed(words, (struct span){at, len});
        at += len + (at[len] == ' ');
    }
}

void residue_init(struct residue *r)
{
    *r = (struct residue){0};
    add_words(&r->stop_words, STOP_WORDS);
    add_words(&r->endings, ENDINGS);
}

void residue_free(struct residue *r)
{
    intern_free(&r->keys);
    intern_free(&r->stop_words);
    intern_free(&r->endings);
    free(r->phrases);
    arena_free(&r->shown);
    buf_free(&r->key);
    buf_free(&r->text);
    *r = (struct residue){0};
}

/* ---- keeping the table small ---- */

/* Drops the phrases that surely have no more than LOW_BY records. */
static void drop_rare(struct residue *r)
{
    struct intern keys = {0};
    struct arena shown = {0};
    for (size_t i = 0; i < r->keys.count; i++) {
        if (r->phrases[i].count + r->phrases[i].missed <= r->low_by)
            continue;
        size_t at = intern_add(&keys, r->keys.keys[i]);
        r->phrases[at] = r->phrases[i];
        r->phrases[at].shown = arena_copy(&shown, r->phrases[i].shown);
    }
    intern_free(&r->keys);
    arena_free(&r->shown);
    r->keys = keys;
    r->shown = shown;
}

static void make_room(struct residue *r)
{
    while (r->keys.count > RESIDUE_LIMIT / 2) {
        r->low_by++;
        drop_rare(r);
    }
}

/* ---- counting ---- */

static void set_key(struct residue *r, size_t target, const struct prose *p, size_t first,
                    size_t last)
{
    const struct prose_word *end = &p->at[last];
    size_t from = p->at[first].folded;
    buf_clear(&r->key);
    buf_addf(&r->key, "%zu ", target);
    buf_add(&r->key,
            (struct span){p->text.at + from, end->folded + prose_folded(p, last).len - from});
}

/* The words as they stand, with one space or their hyphen between them. */
static struct span shown(struct residue *r, const struct prose *p, struct span piece, size_t first,
                         size_t last)
{
    buf_clear(&r->text);
    for (size_t i = first; i <= last; i++) {
        if (i > first)
            buf_addc(&r->text, p->at[i].flags & PROSE_HYPHEN ? '-' : ' ');
        buf_add(&r->text, (struct span){piece.at + p->at[i].start, p->at[i].end - p->at[i].start});
    }
    return arena_copy(&r->shown, buf_span(&r->text));
}

/* The code of the mention nearest to a phrase from word FIRST to LAST. */
static uint32_t nearest_code(const struct coding *coding, size_t first, size_t last)
{
    const struct mentions *m = &coding->matcher;
    uint32_t code = MENTIONS_NONE;
    size_t least = SIZE_MAX;
    for (size_t i = 0; i < m->count; i++) {
        const struct mention *at = &m->mentions[i];
        size_t apart = at->last < first ? first - at->last : at->first - last;
        if (at->is_void || apart >= least)
            continue;
        least = apart;
        code = (uint32_t)coding->field->terms[at->term].code;
    }
    return code;
}

/* The code that most records have nearest, if one has more than half (Boyer & Moore 1981). */
static void vote(struct residue_phrase *phrase, uint32_t code)
{
    if (code == MENTIONS_NONE)
        return;
    if (phrase->beside_lead == 0)
        phrase->beside = code;
    if (phrase->beside == code)
        phrase->beside_lead++;
    else
        phrase->beside_lead--;
}

static void count(struct residue *r, const struct coding *coding, struct span piece, size_t first,
                  size_t last, size_t target, size_t record)
{
    const struct prose *p = &coding->matcher.phrases.prose;
    set_key(r, target, p, first, last);
    size_t known = r->keys.count, at = intern_add(&r->keys, buf_span(&r->key));
    if (at == known) {
        r->phrases = array_grow(r->phrases, &r->cap, known + 1, sizeof *r->phrases);
        r->phrases[at] = (struct residue_phrase){.shown = shown(r, p, piece, first, last),
                                                 .target = target,
                                                 .words = last - first + 1,
                                                 .beside = MENTIONS_NONE,
                                                 .missed = r->low_by};
    }
    struct residue_phrase *phrase = &r->phrases[at];
    if (phrase->count == 0 || phrase->last != record) {
        phrase->count++;
        if (r->votes)
            vote(phrase, nearest_code(coding, first, last));
    }
    phrase->last = record;
    if (r->keys.count > RESIDUE_LIMIT)
        make_room(r);
}

static bool has_letter(struct span folded)
{
    for (size_t i = 0; i < folded.len; i++)
        if ((unsigned char)folded.at[i] >= 0x80 || (folded.at[i] >= 'a' && folded.at[i] <= 'z'))
            return true;
    return false;
}

/* Can the word be part of a phrase? */
static bool is_candidate(const struct residue *r, const struct prose *p, size_t i)
{
    struct span folded = prose_folded(p, i);
    return !(p->at[i].flags & PROSE_MARK) && folded.len <= LONG_WORD && has_letter(folded) &&
           intern_find(&r->stop_words, folded) == INTERN_NONE;
}

struct cover {
    const struct mentions *matcher;
    size_t mention, hit;
};

/* Did a mention that is not void, or a cue, take word I? Asked for rising I. */
static bool is_covered(struct cover *c, size_t i)
{
    const struct mentions *m = c->matcher;
    while (c->mention < m->count &&
           (m->mentions[c->mention].is_void || m->mentions[c->mention].last < i))
        c->mention++;
    while (c->hit < m->cue_hit_count && m->cue_hits[c->hit].last < i)
        c->hit++;
    return (c->mention < m->count && m->mentions[c->mention].first <= i) ||
           (c->hit < m->cue_hit_count && m->cue_hits[c->hit].first <= i);
}

void residue_add(struct residue *r, const struct coding *coding, struct span piece, size_t target,
                 size_t record)
{
    const struct prose *p = &coding->matcher.phrases.prose;
    struct cover cover = {.matcher = &coding->matcher};
    size_t run = 0; /* candidates up to word I without a gap */
    for (size_t i = 0; i < p->main; i++) {
        bool ending = intern_find(&r->endings, prose_folded(p, i)) != INTERN_NONE;
        if (is_covered(&cover, i) || !is_candidate(r, p, i) || (ending && run == 0)) {
            run = 0;
            continue;
        }
        run += run < LONGEST;
        for (size_t words = ending ? 2 : 1; words <= run; words++)
            count(r, coding, piece, i + 1 - words, i, target, record);
    }
}

/* ---- writing ---- */

/* A phrase that stands only inside a longer one says nothing of its own. */
static void note_parts(struct residue *r, size_t i)
{
    const struct residue_phrase *phrase = &r->phrases[i];
    struct span key = r->keys.keys[i];
    const char *at = memchr(key.at, ' ', key.len);
    struct span prefix = span_from(key.at, at + 1), words = span_from(at + 1, span_end(key));
    if (phrase->words < 2)
        return;
    const char *first = memchr(words.at, ' ', words.len);
    const char *last = memrchr(words.at, ' ', words.len);
    struct span parts[2] = {span_from(first + 1, span_end(words)), span_from(words.at, last)};
    for (int part = 0; part < 2; part++) {
        buf_clear(&r->key);
        buf_add(&r->key, prefix);
        buf_add(&r->key, parts[part]);
        size_t known = intern_find(&r->keys, buf_span(&r->key));
        if (known != INTERN_NONE && r->phrases[known].around < phrase->count)
            r->phrases[known].around = phrase->count;
    }
}

static int by_rank(const void *a, const void *b)
{
    const struct residue_phrase *x = a, *y = b;
    if (x->target != y->target)
        return x->target < y->target ? -1 : 1;
    if (x->count != y->count)
        return x->count > y->count ? -1 : 1;
    return span_order(x->shown, y->shown);
}

static void put_row(struct buf *b, const struct codebook_target *target,
                    const struct residue_phrase *phrase)
{
    csvcell_put(b, target->from, ',');
    buf_addc(b, ',');
    csvcell_put(b, target->into, ',');
    buf_add(b, SPAN(",,,,"));
    csvcell_put(b, phrase->shown, ',');
    buf_addf(b, ",,,,%zu\n", phrase->count);
}

void residue_rank(struct residue *r)
{
    for (size_t i = 0; i < r->keys.count; i++)
        note_parts(r, i);
    qsort(r->phrases, r->keys.count, r->keys.count ? sizeof *r->phrases : 1, by_rank);
    r->ranked = r->keys.count;
    intern_free(&r->keys); /* its numbers are no longer those of the phrases */
}

void residue_write(const struct residue *r, const struct codebook *book, struct buf *b)
{
    buf_add(b, SPAN("from,into,code,label,group,term,match,case,exclude,records\n"));
    for (size_t i = 0; i < r->ranked; i++)
        if (r->phrases[i].around < r->phrases[i].count)
            put_row(b, &book->targets[r->phrases[i].target], &r->phrases[i]);
}
