/* verdicts -- rows of decisions.csv about coded answers, ready to be applied.
 *
 * The kind is `code` (a field of one code) or `codes` (of several). `by` names the field of the
 * records that `reply` is a value of, `field` is the one that codes go into, `text` the answer that
 * the person saw, `value` codes between "|": all that the answer comes to, `[]` for none,
 * "CODE:STATUS" for one that is mentioned and not coded. "missing:REASON" says that there is no
 * answer. */
#ifndef VERDICTS_H
#define VERDICTS_H

#include "coding/coding.h"
#include "decisions/decisions.h"

/* The value of a row: a stretch of all codes, and one of all statuses. */
struct verdict {
    uint32_t codes, count;
    uint32_t statuses, status_count;
};

struct verdicts {
    struct decisions decisions;
    const struct codebook *book;
    struct verdict *at; /* by row of the decisions */
    size_t cap;
    uint32_t *codes;
    size_t code_count, codes_cap;
    struct coding_status *statuses;
    size_t status_count, statuses_cap;
    struct lookup *by; /* by number of the name */
    struct arena arena;
    struct buf scratch, text;
};

/* Adds FILE; V starts zeroed. */
bool verdicts_load(struct verdicts *v, const char *file, const struct codebook *book,
                   struct fault *fault);

/* The verdict on the ANSWER of R that goes into TARGET, or NULL. Applied, it is marked as such; its
 * place in V is that of DECISION. */
struct decision *verdicts_find(struct verdicts *v, const struct record *r, size_t target,
                               const struct value *answer);

/* Applies it to what CODING found; true if that changed. EVIDENCE, unless NULL, gets an object for
 * each code. A verdict of missing is for the caller: see decision_missing(). */
bool verdicts_apply(struct verdicts *v, struct decision *it, struct coding *coding,
                    struct buf *evidence);

void verdicts_free(struct verdicts *v);

#endif
