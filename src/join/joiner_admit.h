/* joiner_admit -- which records take part in a join: what joiner.c asks before it
 * writes anything. */
#ifndef JOINER_ADMIT_H
#define JOINER_ADMIT_H

#include "join/joiner.h"

/* Whether the kind of join writes RIGHT's fields. */
bool joiner_writes_right(const struct joiner *j);

/* Whether it writes records of SIDE that have no partner. */
bool joiner_takes(const struct joiner *j, enum join_side side);

/* Whether RIGHT records without a partner are written, listed or fail the join: else they are
 * counted alone. */
bool joiner_tells_right(const struct joiner *j);

/* Whether a key may stand once only on SIDE. */
bool joiner_is_unique(const struct joiner *j, enum join_side side);

/* R, a RIGHT record whose key was taken, has that of a record at LINE. */
void joiner_refuse_right(struct joiner *j, const struct record *r, size_t line);

/* Whether a record of SIDE can be joined at all, and its keys; if not, it was rejected. */
bool joiner_take_keys(struct joiner *j, enum join_side side, const struct record *r);

/* Whether R may stand beside the RIGHT records before it. */
bool joiner_may_hold(struct joiner *j, const struct record *r);

/* Drops the RIGHT records of bodies of which others came last. */
void joiner_drop_merged(struct joiner *j);

/* The reason for which the current key of the LEFT record found nothing. */
struct span joiner_reason(struct joiner *j);

/* Whether all pairs that R would make are allowed; if not, it was rejected. */
bool joiner_is_allowed(struct joiner *j, const struct record *r);

/* Whether R is the record of its body to keep; if not, it was counted. */
bool joiner_is_kept(struct joiner *j, const struct record *r);

/* RIGHT breaks the validation, and nothing is written any more: only tells R's keys that do. */
void joiner_name_broken(struct joiner *j, const struct record *r);

#endif
