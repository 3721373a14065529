/* coding -- what an answer is coded to: the codes, their statuses, the evidence.
 *
 * One for each field of the codebook. An answer is coded piece by piece (a list
 * has several); what is found is good until the next coding_start(). */
#ifndef CODING_H
#define CODING_H

#include "coding/mentions.h"
#include "stream/record.h"

#define CODING_NO_ITEM SIZE_MAX

struct coding_status {
    uint32_t code;
    struct span status;
};

struct coding {
    struct mentions matcher;
    const struct codebook_field *field;
    uint32_t *groups;                    /* by code: the number of its group, or UINT32_MAX */
    struct span *code_json, *group_json; /* by code: in quotes, as they are written */
    struct arena json;

    uint32_t *codes; /* of the answer, in the order of first mention */
    size_t count, cap;
    struct coding_status *statuses; /* of mentions that are not coded */
    size_t status_count, statuses_cap;
    bool ticked;    /* one of them by a mark in a form */
    bool found;     /* something was mentioned, coded or not */
    uint32_t *mark; /* by code, group, and code and status: the answer that had it last */
    size_t marks;
    bool explain;    /* the evidence says in words why each mention counts or not */
    uint32_t answer; /* the number of this one */
    struct buf text;
};

void coding_init(struct coding *c, const struct codebook_field *field);
void coding_free(struct coding *c);

void coding_start(struct coding *c);

/* One piece of the answer. EVIDENCE, unless NULL, gets an object for each mention;
 * ITEM is its place in a list answer, or CODING_NO_ITEM. */
void coding_add(struct coding *c, struct span piece, size_t item, struct buf *evidence);

/* Why PIECE, an answer or an item of a list, is none; NULL if it is one. */
const char *coding_no_answer(const struct value *piece);

/* Gives an answer to PIECE, item by item if it is a list, ITEM being the place of each or
 * CODING_NO_ITEM. False as soon as PIECE is. */
bool coding_each(const struct value *answer,
                 bool (*piece)(void *with, const struct value *piece, size_t item), void *with);

/* The object that the evidence has for a mention of the piece. */
void coding_emit_mention(struct coding *c, const struct mention *m, struct span piece, size_t item,
                         struct buf *b);

/* After the last piece: a single-valued field keeps its first code, an answer
 * in which nothing was found gets the code for all others. */
void coding_finish(struct coding *c, struct buf *evidence);

/* A person's changes. True if they changed the codes. */
bool coding_put(struct coding *c, uint32_t code);
bool coding_remove(struct coding *c, uint32_t code);
bool coding_set(struct coding *c, const uint32_t *codes, size_t count);

/* CODE is mentioned with STATUS, which is kept by the caller, and not coded. True if that is new.
 */
bool coding_mark(struct coding *c, uint32_t code, struct span status);

/* Has the first code a group? */
bool coding_has_group(const struct coding *c);

/* The JSON values of the fields. */
void coding_emit_codes(const struct coding *c, struct buf *b);
void coding_emit_groups(struct coding *c, struct buf *b);
void coding_emit_statuses(struct coding *c, struct buf *b);

#endif
