/* refusal -- why an answer is missing, as authorities phrase it.
 *
 * The vocabulary of reasons for Freedom of Information surveys, and a
 * recogniser for replies: "Not held", "s.43 FOIA 2000", "We neither confirm nor
 * deny that we hold this". It errs on the side of caution. A reply is taken for
 * missing only if nothing in it looks like an answer: no other sentence, no
 * figure, no yes or no, no "however", no "attached". What speaks of a refusal
 * and may answer as well ("12 staff; names withheld under section 40") is a
 * mention, for a person to look at; so is a section that nothing is refused
 * under. Sections of other Acts and section 12 doctors are not taken for the
 * Act's. Scotland's Act (section 17: not held) and the exceptions of the Environmental
 * Information Regulations (regulation 12(4)(b)) are known too. A text that denies
 * something of its own ("The Council does not publish a log. Therefore we do not hold this")
 * has answered, so it is a mention.
 *
 * Give the text cleaned (clean.h). English only. */
#ifndef REFUSAL_H
#define REFUSAL_H

#include "base/intern.h"
#include "base/span.h"

enum refusal_kind {
    REFUSAL_NONE,
    REFUSAL_MENTION, /* the text may be an answer */
    REFUSAL_SURE     /* the text is no answer, for the reason given */
};

struct refusal {
    enum refusal_kind kind;
    struct span reason;  /* "not_held", "refused:s12"; static */
    struct span matched; /* the slice of the text that says so */
};

/* A reason of the vocabulary and what it means, for people. */
struct refusal_reason {
    const char *reason, *meaning;
};

/* The vocabulary, in the order in which to list it. */
const struct refusal_reason *refusal_reasons(size_t *count);

/* Room to work in and the words known, made at the first call. A zeroed struct is ready. */
struct refusal_token;
struct refusal_reader {
    struct refusal_token *tokens;
    size_t count, cap;
    struct intern words;
    struct refusal_word *known; /* by the index in WORDS */
    size_t known_cap;
    bool in_scotland; /* the letter that the text is of does so: to be set by who knows */
    bool
        scottish; /* the text names the Act of Scotland, whose sections have numbers of their own */
};

struct refusal refusal_find(struct refusal_reader *r, struct span text);

void refusal_free(struct refusal_reader *r);

#endif
