/* doubts -- items of lists that programs make for people, and what making items is done with. */
#ifndef REVIEW_DOUBTS_H
#define REVIEW_DOUBTS_H

#include "review/items.h"
#include "stream/record.h"

void doubts_add_pair(struct items *all, const struct value *record, const char *kind,
                     const char *left, const char *right);
void doubts_add_listed(struct items *all, const struct value *record, struct span kind);
void doubts_add_merge(struct items *all, const struct value *record);
void doubts_add_merged(struct items *all, const struct value *record);
void doubts_add_opinions(struct items *all, const struct value *record);

/* The member NAME of an object; false if there is none. */
bool items_member(struct items *all, const struct value *object, const char *name, struct value *v);
bool items_has(struct items *all, const struct value *object, const char *name);

/* The same as text, the items of a list with BETWEEN between them, in the arena; empty if there is
 * none. */
struct span items_text(struct items *all, const struct value *object, const char *name,
                       const char *between);

/* A new item, the last one. Good until the next. */
struct item *items_new(struct items *all, const char *kind);

/* The other fields of the record, without the field BUT, and what a blind coder is not to see. */
void items_context(struct items *all, struct item *it, const struct value *record, struct span but);

#endif
