/* cues -- what is said about a mention: not used, stopped, planned, ...
 *
 * A cue is a phrase with a status. As in ConText (Harkema et al. 2009, J Biomed
 * Inform 42:839) it holds for the mentions behind it until its scope ends, or in
 * form style for the mention before it; docs/code.md states the rules. The
 * English defaults are ours, written from how public bodies answer. */
#ifndef CUES_H
#define CUES_H

#include "codebook/codebook.h"
#include "coding/phrases.h"

/* Beyond these words without a mention, a cue holds no further ones. */
#define CUES_REACH 6

enum cue_kind {
    CUE_STATUS,
    CUE_USED,   /* says that a mention counts, and ends the scope of a cue */
    CUE_PSEUDO, /* "not only": looks like a cue and is none */
    CUE_END     /* "but": ends the scope of a cue */
};

struct cue {
    enum cue_kind kind;
    struct span status, phrase;
    uint32_t number;   /* of the status */
    bool needs_object; /* "do not use": what it is about comes behind it */
    bool never_ahead;  /* "replaced by": never about what comes behind it */
};

/* Where a cue stands. */
struct cue_hit {
    uint32_t cue, first, last; /* its number, and the words it takes */
};

#define CUES_NONE UINT32_MAX

/* A mention as cues see it. */
struct cue_mention {
    uint32_t first, last; /* words */
    uint32_t cue;         /* its number, or CUES_NONE */
};

struct cues {
    struct cue *at;
    size_t count, cap;
    struct intern statuses;
};

/* The cues of a field: the English ones that it keeps, then its own. */
void cues_init(struct cues *c, const struct codebook_field *f);
void cues_free(struct cues *c);

/* Sets the cue of each mention. Both lists by place; mentions do not overlap, HITS
 * may and is cut down to the longest of those that do: gives how many are left. */
size_t cues_apply(const struct cues *c, const struct prose *p, struct cue_mention *mentions,
                  size_t count, struct cue_hit *hits, size_t hit_count);

/* The statuses of the English defaults, ending with NULL; PHRASES is what "|" parts. */
struct cues_default {
    const char *status, *phrases;
};
extern const struct cues_default CUES_ENGLISH[];

#endif
