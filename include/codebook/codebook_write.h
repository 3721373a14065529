/* codebook_write -- a codebook as a file of one of its forms.
 *
 * What is written reads back as the same codebook. A form that cannot say
 * something says so in LOSSES: "context rules (3), exact case (1)". */
#ifndef CODEBOOK_WRITE_H
#define CODEBOOK_WRITE_H

#include "base/buf.h"
#include "base/choice.h"
#include "codebook/codebook.h"

struct losses {
    struct buf text; /* empty: nothing is lost */
};

/* WHAT is lost COUNT times; nothing to tell if that is 0. */
void losses_add(struct losses *l, const char *what, size_t count);
void losses_free(struct losses *l);

void codebook_write_json(const struct codebook *b, struct buf *out);
void codebook_write_csv(const struct codebook *b, struct buf *out, struct losses *l);

/* How a match is called in all forms: "words", "exact", "wildcard", "regex". */
extern const struct choice CODEBOOK_MATCHES[]; /* of enum codebook_match */
extern const char *const CODEBOOK_RULE_NAMES[CODEBOOK_RULES];

/* A term as a JSON object that says all of it. */
void codebook_emit_term(struct buf *b, const struct codebook_term *t);

/* Do two terms stand under the same case, distance and rules? */
bool codebook_same_manner(const struct codebook_term *a, const struct codebook_term *b);

#endif
