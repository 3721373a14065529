/* finder -- the answers that one document holds.
 *
 * By what the letter shows, best evidence first: a table with a column of questions, the question
 * quoted, its number; headings and sentences that hold a question's words; the order of what is
 * left. A finding says how it was made, where it stands and how sure it is; what the caller
 * does not trust is for a person to look at.
 *
 * Findings are good until the next finder_read(). */
#ifndef FINDER_H
#define FINDER_H

#include "replies/questions.h"

enum finding_how {
    FINDING_ORDER, /* the place among what has no number: a proposal */
    FINDING_NUMBER,
    FINDING_QUOTED, /* its words: word by word, or nearly */
    FINDING_TABLE,
    FINDING_LETTER /* a reason that the letter gives for all that it does not answer */
};

struct finding {
    uint32_t question; /* that it answers, or that is the nearest; or QUESTIONS_NONE */
    enum finding_how how;
    float score;        /* 0 to 1 */
    struct span text;   /* as it stands in the letter */
    struct span reason; /* why it is no answer; a NULL at if it is one */
    uint32_t page, line;
    uint32_t refers; /* the question whose answer counts here too, or QUESTIONS_NONE */
    bool shared;     /* one text for several questions */
    bool corrects;   /* the letter says so: "should read" */
};

enum letter_kind {
    LETTER_REPLY,
    LETTER_HOLDING, /* an acknowledgement, more time */
    LETTER_CLARIFICATION
};

struct finder;

/* Q must stay. Ends with finder_close(). */
struct finder *finder_open(struct questions *q);
void finder_close(struct finder *f);

/* Reads a document: its text, and what it quotes of another one (may be empty), which counts where
 * the text itself answers nothing. Both must be valid UTF-8. */
void finder_read(struct finder *f, struct span text, struct span quoted);

/* What the last document is, and its findings: at most one a question, in their order, and behind
 * them what was found and belongs to no question for sure. */
enum letter_kind finder_kind(const struct finder *f);
const struct finding *finder_findings(const struct finder *f, size_t *count);
const struct finding *finder_unplaced(const struct finder *f, size_t *count);

/* "table", "quoted" ... */
const char *finding_how_name(enum finding_how how);

#endif
