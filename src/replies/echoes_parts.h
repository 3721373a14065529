/* echoes_parts -- what the files of echoes share; nobody else's business. */
#ifndef ECHOES_PARTS_H
#define ECHOES_PARTS_H

#include "finder_parts.h"

/* Words that tell which sentence answers: of it and of no other question more. */
#define ECHOES_TOLD 0.8F
#define ECHOES_COVERED 0.3F
#define ECHOES_CLAUSED 600 /* bytes of a sentence that is looked at by clauses */

struct echoes_piece {
    size_t start, end;  /* of the words that are compared */
    size_t from, to;    /* of the answer */
    uint32_t meant;     /* the question that its place tells, or QUESTIONS_NONE */
    struct span reason; /* that it gives for refusing; at NULL: to be found in the text */
};

struct echoes_pair {
    uint32_t piece, question;
    float likeness, rank;
    float kind; /* what it counts among pairs that its figure is of the kind asked for */
};

struct echoes {
    struct finder *f;
    struct echoes_piece *pieces;
    size_t count, cap;
    struct echoes_pair *pairs;
    size_t pair_count, pairs_cap;
    size_t width; /* of the letter's widest line */
};

/* The words in the bytes [START, END). */
size_t echoes_words(const struct paper *l, size_t start, size_t end);

/* Marks the lines that belong to findings, tables and formulas; an end holds to the next quote or
 * opening. */
void echoes_mark_used(struct finder *f, unsigned char *used);

void echoes_add(struct echoes *e, struct echoes_piece p);

/* Adds the sentence [START, END): in clauses, where those before and behind a mark are of two
 * questions. */
void echoes_clauses(struct echoes *e, size_t start, size_t end);

/* The bytes of what sets a clause apart at the start of TEXT: "; ", ", and ", ", which "; 0 if
 * nothing does. */
size_t echoes_clause_mark(struct span text);

/* Whether piece K goes on in the paragraph of the one before it. */
bool echoes_goes_on(const struct echoes *e, size_t k);

/* The reason that [START, END) gives for not answering; a NULL at if it gives none. */
struct span echoes_reason(struct finder *f, size_t start, size_t end);

/* Whether [START, AT) only names what the sentence that ends at END refuses, the clause behind it
 * from NEXT on: "the number of dogs and what they cost are exempt". */
bool echoes_names_only(struct finder *f, size_t start, size_t at, size_t next, size_t end);

/* Pairs sentences that refuse with the questions that they are about, of those that are open. */
void echoes_refusals(struct echoes *e);

/* Whether [FROM, TO) speaks of questions by their name: that belongs to them. */
bool echoes_names_questions(const struct echoes *e, size_t from, size_t to);

/* Pairs what only its place among the others tells. */
void echoes_gaps(struct echoes *e);

/* Adds the sentences of lines that are free. */
void echoes_gather(struct echoes *e, const unsigned char *used);

/* Whether the answer to QUESTION must be a figure, as its first words show. */
bool echoes_wants_figure(const struct finder *f, size_t question);

/* What an answer has: of money and shares of a hundred there is a sign. */
enum echoes_kind { ECHOES_ANY, ECHOES_COUNT, ECHOES_MONEY, ECHOES_SHARE };

/* The kind of answer that QUESTION asks for. */
enum echoes_kind echoes_kind_of(const struct finder *f, size_t question);

/* Whether [START, END) has an answer of KIND. */
bool echoes_has_kind(const struct finder *f, enum echoes_kind kind, size_t start, size_t end);

/* The same, or one that only most answers have: "For how long", "What was spent". */
bool echoes_asks_figure(const struct finder *f, size_t question);

/* Whether the words of piece P are, or begin with, a figure or say that there is none. */
bool echoes_is_figure(const struct finder *f, const struct echoes_piece *p);

/* Whether [START, END) has, anywhere, a figure, a word for one, or one that denies. */
bool echoes_has_figure(const struct finder *f, size_t start, size_t end);

#endif
