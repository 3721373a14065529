/* dossier -- all that a body sent, put together.
 *
 * The documents of a reply may come in any order, with those of other replies between; what is
 * kept of each is its findings, so that memory grows with the answers and not with the
 * letters. At the end they are gone through by date: a later one completes or corrects an
 * earlier one, two of the same message may disagree. Nothing of that is silent: what was
 * replaced is kept beside what holds. */
#ifndef DOSSIER_H
#define DOSSIER_H

#include "base/intern.h"
#include "replies/finder.h"

/* What one document told; texts are copied by dossiers_add(). */
struct dossier_source {
    struct span file, part, date; /* part and date may be empty */
    struct span reason;           /* why it could not be read; a NULL at if it was */
    enum letter_kind kind;
};

struct dossier_finding {
    struct finding finding;
    uint32_t source; /* index of its document in the dossier */
};

/* What was found for one question: what holds, and what it stands against. */
enum dossier_clash { CLASH_NONE, CLASH_CORRECTION, CLASH_CONFLICT };
struct dossier_answer {
    struct dossier_finding *holds, *was; /* NULL if there is none */
    enum dossier_clash clash;
};

enum dossier_status {
    DOSSIER_ANSWERED,
    DOSSIER_PARTLY,
    DOSSIER_REFUSED,
    DOSSIER_NOT_HELD,
    DOSSIER_HOLDING,
    DOSSIER_CLARIFICATION,
    DOSSIER_UNKNOWN /* nothing that could be read says anything */
};

struct dossier {
    struct span reply;
    struct dossier_source *sources;
    size_t source_count, sources_cap;
    struct dossier_finding *findings, *unplaced;
    size_t finding_count, findings_cap, unplaced_count, unplaced_cap;

    /* set by dossier_settle() */
    struct dossier_answer *answers; /* by question */
    enum dossier_status status;
    struct span received;   /* empty if no document has a date */
    struct span unreadable; /* why a document could not be read; empty if all could */
};

struct dossiers {
    struct intern replies;
    struct dossier *at; /* by the order of first coming */
    size_t cap;
    struct arena arena;
};

/* The dossier of REPLY, new if it is. Good until the next call. */
struct dossier *dossiers_of(struct dossiers *d, struct span reply);

/* Adds a document and what F found in its text; F NULL: it could not be read. */
void dossiers_add(struct dossiers *d, struct dossier *it, const struct dossier_source *source,
                  const struct finder *f);

/* Goes through the findings by date; those under AT_LEAST hold nowhere. QUESTIONS is their number.
 */
void dossier_settle(struct dossiers *d, struct dossier *it, size_t questions, double at_least);

/* The status anew, once a person has ruled: STATES by question. */
enum dossier_state { STATE_ANSWERED, STATE_REFUSED, STATE_NOT_HELD, STATE_OPEN };
enum dossier_status dossier_status_of(const enum dossier_state *states, size_t count,
                                      enum dossier_status otherwise);

/* What an answer is, its reason being REASON (a NULL at if it is none). */
enum dossier_state dossier_state_of(struct span reason);

/* Follows "see Q2": the answer that counts for QUESTION; NULL if there is none. */
const struct dossier_finding *dossier_counts(const struct dossier *it, size_t question,
                                             size_t questions);

/* NULL for DOSSIER_UNKNOWN. */
const char *dossier_status_name(enum dossier_status status);

void dossiers_free(struct dossiers *d);

#endif
