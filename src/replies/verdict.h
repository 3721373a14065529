/* verdict -- whether a stretch of a letter is an answer, or says why there is none.
 *
 * Stands on the recogniser of refusals (text/refusal.h), which looks at short cells; in
 * letters a refusal comes with its explanation, so the sentences are looked at one by one: a
 * stretch that begins by refusing stays a refusal whatever figures its explanation has. */
#ifndef VERDICT_H
#define VERDICT_H

#include "base/buf.h"
#include "text/denial.h"
#include "text/refusal.h"

struct verdict {
    struct refusal_reader reader;
    struct refusal_reader denials;
    struct span denied; /* the word that verdict_reason()'s last reason denies; empty if none */
    struct buf sentence;
};

/* The reason why TEXT (clean, one line) is no answer: "not_answered" where nothing is said,
 * "refused:s43" ...; a NULL at if it is one. The reason is static. */
struct span verdict_reason(struct verdict *v, struct span text);

/* The same of one sentence of a letter that may say so of the whole request. */
struct span verdict_of_letter(struct verdict *v, struct span sentence);

/* The same of one that speaks of the whole request, or of the rest of it. */
struct span verdict_of_whole(struct verdict *v, struct span sentence);

/* The same of one in a letter that answers nothing: what it cites or denies it says of all. */
struct span verdict_hinted(struct verdict *v, struct span sentence);

/* The same of a sentence that names questions by their numbers, of which it may also say that they
 * do not apply. */
struct span verdict_of_named(struct verdict *v, struct span sentence);

/* The bytes of the sentence at the start of TEXT, with its mark. */
size_t verdict_sentence(struct span text);

/* Whether TEXT asks what was meant instead of answering. */
bool verdict_asks_back(struct span text);

void verdict_free(struct verdict *v);

#endif
