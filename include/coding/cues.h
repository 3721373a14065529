/* cues -- what is said about a mention: not used, stopped, planned, ...
 *
 * A cue is a phrase with a status. As in ConText (Harkema et al. 2009, J Biomed
 * Inform 42:839) it holds for the mentions behind it until its scope ends, or in
 * form style for the mention before it; docs/code.md states the rules. The
 * English defaults are ours, written from how public bodies answer, and stand in
 * src/coding/cues.txt, each with a sentence that shows what it decides. */
#ifndef CUES_H
#define CUES_H

#include "codebook/codebook.h"
#include "coding/phrases.h"

/* Beyond these words without a mention, a cue holds no further ones. */
#define CUES_REACH 6

enum cue_kind {
    CUE_STATUS,
    CUE_USED,     /* says that a mention counts, and ends the scope of a cue */
    CUE_PSEUDO,   /* "not only": looks like a cue and is none */
    CUE_STOPPING, /* "stop using": under another cue, such as "not", a mention counts */
    CUE_MOVE,     /* "moved": what stands behind "from" in its sentence is left */
    CUE_END,      /* "but": ends the scope of a cue */
    CUE_EXCEPT    /* "except for": ends it, and what follows counts whatever is said of the rest */
};

/* Single words beside a phrase, "a|b" or, if there may be none, "a|b|". */
#define CUE_BESIDE 5
struct cues_list;

struct cue {
    enum cue_kind kind;
    struct cues_list *before[CUE_BESIDE],
        *behind[CUE_BESIDE]; /* what has to stand beside it; NULL ends */
    struct span status, phrase;
    uint32_t number;   /* of the status */
    uint32_t row;      /* the line of cues.txt, or 0 */
    bool needs_object; /* "do not use": what it is about comes behind it */
    bool never_ahead;  /* "replaced by": never about what comes behind it */
    bool of_subject;   /* "will": about its subject if that is a mention */
    bool is_mark;      /* stands by itself in a cell of a form */
    bool is_wide;      /* "none of": no other subject ends its scope */
    bool moves;        /* "has moved to": likewise, along with what it says itself */
    bool near;         /* only about names right behind it that end what is said */
    bool joined;       /* only if a hyphen joins it to the mention */
    bool negates;      /* its last word is "not": "currently use" behind it belongs to it */
};

/* Where a cue stands. */
struct cue_hit {
    uint32_t cue, first, last; /* its number, and the words it takes */
    bool taken;                /* by the layout of a form */
};

#define CUES_NONE UINT32_MAX

/* How a cue came to decide about a mention. */
enum cue_how {
    CUE_UNDECIDED,
    CUE_AHEAD,   /* the mention stands behind it, in its scope */
    CUE_BACK,    /* it stands behind the mention */
    CUE_SUBJECT, /* the mention is the subject of it */
    CUE_CELL,    /* both stand in a form */
    CUE_EXCEPTED,
    CUE_QUESTION, /* the mention stands in a question */
    CUE_ANSWER,   /* it answers the question in which the mention stands */
};

/* A mention as cues see it. */
struct cue_mention {
    uint32_t start, end;  /* bytes */
    uint32_t first, last; /* words */
    uint32_t cue;         /* the number of the cue that gives it a status, or CUES_NONE */
    uint32_t by;          /* the cue that decided, also that it counts; or CUES_NONE */
    enum cue_how how;
    uint32_t cue_first, cue_last; /* the words of that cue */
    bool fixed;                   /* no other cue is asked */
};

struct cues {
    struct cue *at;
    size_t count, cap;
    struct intern statuses;
    uint32_t asked, crossed; /* those of questions and of boxes that are not ticked, or CUES_NONE */
    struct arena arena;
};

/* The cues of a field: the English ones that it keeps, then its own. */
void cues_init(struct cues *c, const struct codebook_field *f);
void cues_free(struct cues *c);

/* Whether the words that cue C asks for stand beside HIT, which then takes them too. */
bool cues_fit(const struct cue *c, const struct prose *p, struct cue_hit *hit);

/* Sets the cue of each mention. Both lists by place; mentions do not overlap, HITS
 * may and is cut down to the longest of those that do: gives how many are left. */
size_t cues_apply(const struct cues *c, const struct prose *p, struct cue_mention *mentions,
                  size_t count, struct cue_hit *hits, size_t hit_count);

#endif
