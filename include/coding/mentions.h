/* mentions -- where the terms of one field of a codebook stand in an answer.
 *
 * A mention counts if nothing voids it (its code's exclude and context rules),
 * no longer mention lies across it, and no cue gives it a status. All mentions
 * but those that lost against a longer one are told, since the evidence shows
 * the others too. */
#ifndef MENTIONS_H
#define MENTIONS_H

#include "codebook/codebook.h"
#include "coding/cues.h"
#include "coding/phrases.h"

#define MENTIONS_NONE UINT32_MAX

struct mention {
    uint32_t term;        /* its place in the field's terms */
    uint32_t start, end;  /* bytes in the answer */
    uint32_t first, last; /* words of the answer */
    uint32_t cue;         /* its number in matcher->cues, or MENTIONS_NONE */
    uint32_t
        decided; /* the number of the cue that decided, also that it counts; or MENTIONS_NONE */
    enum cue_how how;
    uint32_t cue_first, cue_last; /* words of the answer that are that cue */
    bool is_void;
    bool plural;
    enum codebook_rule rule; /* that made it void */
    struct span by;          /* the phrase that did; no at if one was lacking */
};

struct mentions_use;
struct mentions {
    const struct codebook_field *field;
    struct phrases phrases;
    struct cues cues;

    struct mentions_use *uses; /* what each phrase is for, chained */
    size_t use_count, uses_cap;
    uint32_t *first_use; /* by phrase */
    size_t first_use_cap;
    size_t longest_rule; /* words of the longest phrase of a context rule */

    struct mention *mentions; /* of the last answer, by place */
    size_t count, cap;
    bool ruled;   /* a context rule is about some of them */
    bool crossed; /* some lie across each other */

    struct phrase_hit *rule_hits; /* of phrases that a rule knows */
    size_t rule_hit_count, rule_hits_cap;
    struct cue_hit *cue_hits;
    size_t cue_hit_count, cue_hits_cap;
    struct cue_mention *cue_mentions;
    size_t cue_mentions_cap;
    struct buf taken; /* a byte for each byte of mentions that lie across each other */
};

/* FIELD must stay where it is. A pattern that cannot be used ends the program. */
void mentions_init(struct mentions *m, const struct codebook_field *field);

/* Fills M->mentions, good until the next call. ANSWER is at most PROSE_LIMIT bytes. */
void mentions_find(struct mentions *m, struct span answer);

static inline bool mention_counts(const struct mention *m)
{
    return !m->is_void && m->cue == MENTIONS_NONE;
}

void mentions_free(struct mentions *m);

#endif
