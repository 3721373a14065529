/* draft -- a schema and a plan as a start, for a person to go on from.
 *
 * Only what holds for every value is put down: a type that one value in ten would break is left
 * to the person, and told under "description". */
#ifndef DRAFT_H
#define DRAFT_H

#include "profile/column.h"

/* A Table Schema for normalise, as JSON with a line a field. */
void draft_schema(struct buf *b, const struct columns_seen *c);

/* A plan for tabulate, over the names that the schema gives. */
void draft_plan(struct buf *b, const struct columns_seen *c);

/* Settings of a study (study.json) whose replies are the records and stand in FILE. */
void draft_study(struct buf *b, const struct columns_seen *c, struct span file);

/* A codebook without codes for the fields of free text, from which `code --residue` starts. */
void draft_codebook(struct buf *b, const struct columns_seen *c);

#endif
