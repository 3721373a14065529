/* cues_sweep -- the state of one sweep over an answer, and what its files share. */
#ifndef CUES_SWEEP_H
#define CUES_SWEEP_H

#include "cues_words.h"

struct sweep {
    const struct cues *cues;
    const struct prose *prose;
    struct cue_mention *mentions;
    size_t mention_count, mention; /* the next one */
    const struct cue_hit *hits;
    size_t hit_count, hit; /* the next one */

    const struct cue_hit *scope; /* the hit whose scope is open, or NULL */
    uint32_t limit;              /* the ordinal of the last word that it reaches */
    bool holds;                  /* a mention already */
    bool lists;                  /* it was followed by a colon: semicolons part what it lists */
    bool aside;                  /* it stands in a clause such as ", which replaced VB6," */

    const struct cue_hit *move;   /* the verb of moving in this sentence, or NULL */
    const struct cue_hit *except; /* the hit behind which mentions count, or NULL */
    size_t back_from;  /* the first mention that the last cue behind its mentions decided, */
    uint32_t back_end; /* and the last word of that cue */

    uint32_t asked;           /* the cue of questions, or CUES_NONE */
    size_t sentence;          /* the first word of the sentence, */
    size_t sentence_mentions; /* and the first mention */
    size_t asked_from;        /* the first mention of the question before, or none */
};

static inline bool sweep_has_status(const struct cues *c, uint32_t cue, const char *words)
{
    return cue != CUES_NONE && cues_is_one_of(c->at[cue].status, words);
}

static inline bool sweep_mention_starts(const struct sweep *s, size_t i)
{
    return s->mention < s->mention_count && s->mentions[s->mention].first == i;
}

/* A cue that may be an answer by itself: a mark, or "none". */

static inline bool sweep_is_bare(const struct cue *cue)
{
    return cue->is_mark || cues_is_one_of(cue->phrase, "none");
}

static inline void sweep_decide(struct sweep *s, struct cue_mention *m, const struct cue_hit *hit,
                                enum cue_how how)
{
    if (m->fixed)
        return;
    enum cue_kind kind = s->cues->at[hit->cue].kind;
    m->cue = kind == CUE_STATUS || kind == CUE_MOVE ? hit->cue : CUES_NONE;
    m->by = hit->cue;
    m->how = how;
    m->cue_first = hit->first;
    m->cue_last = hit->last;
}

/* ---- a cue behind its mention (cues_back) ---- */

/* Does what a cue says end at its last word, which stands before word I? */
bool sweep_is_final(const struct sweep *s, size_t i);

/* Is what stands from word I on, behind a denial, a deed: "stocked", "knowingly used"? */
bool sweep_is_undone(const struct sweep *s, size_t i);

/* How the last mention is linked to HIT behind it. MANY: in the plural. */
enum cues_link sweep_link(const struct sweep *s, const struct cue_hit *hit, bool *many);

/* Whether the cue is about the mention before it rather than those behind. */
bool sweep_looks_back(const struct sweep *s, const struct cue_hit *hit, enum cues_link link);

/* Whether HIT is said of the whole list that ends with the last mention. */
bool sweep_is_list(const struct sweep *s, const struct cue_hit *hit);

/* Whether a cue before the last mention holds against one behind it. */
bool sweep_is_held(const struct sweep *s);

/* Decides the last mention, those that lie across it, and with MANY those listed before it. */
void sweep_back(struct sweep *s, const struct cue_hit *hit, bool many, enum cue_how how);

#endif
