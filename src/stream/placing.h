/* placing -- files that take the places of others together, or none of them does.
 *
 * What can fail for want of memory or descriptors is done by placing_new(), before the first file
 * moves. Each file but the last is moved so that it can be moved back: the system exchanges it with
 * the old one; where it cannot, the old one gets a second name for as long as it may be wanted.
 * Wherever a kill comes, each place has the old file or the new one, and what else is left has the
 * form of a name that leftover_sweep() clears away. */
#ifndef PLACING_H
#define PLACING_H

#include <stdbool.h>

struct placing;

enum placing_way {
    PLACING_UNDONE, /* placing_undo() may follow */
    PLACING_LAST    /* nothing can fail behind it */
};

enum placing_sync {
    PLACING_NO_SYNC,
    PLACING_SYNC /* the name in its folder on disk, too */
};

/* For the file TEMPORARY that is to be TARGET; both names must outlive it. */
struct placing *placing_new(const char *temporary, const char *target, enum placing_sync sync);

/* False, with errno set and nothing moved, if the system refuses. */
bool placing_take(struct placing *p, enum placing_way way);

/* TARGET is the old file again, or none, and TEMPORARY the new one; false if the system refuses. */
bool placing_undo(struct placing *p);

/* The new file stays: the old one goes. */
void placing_settle(struct placing *p);

#endif
