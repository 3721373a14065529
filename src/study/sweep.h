/* sweep -- what earlier runs left beside the results, and what results look like. */
#ifndef SWEEP_H
#define SWEEP_H

#include <stdbool.h>

#define SWEEP_ASIDE ".aside"    /* behind the staging folder's name: old results on their way */
#define SWEEP_GONE ".gone"      /* the same: a folder that is being removed */
#define SWEEP_MARK ".study-run" /* a file that stands in a staging folder */

/* Whether to wait until changes of names are on disk, where their order matters after a loss of
 * power. */
enum place_sync { PLACE_SYNC, PLACE_NO_SYNC };

/* Removes the staging folders for BASE in PARENT, and puts results back that a kill left
 * aside. The caller holds the lock, so no run is using them. */
void sweep(const char *parent, const char *base);

/* Removes a folder of ours. Its name tells first what is going on, so that one of which a kill
 * leaves half is still known for what it is. False if something stays. */
bool sweep_discard(const char *path, enum place_sync sync);

bool sweep_is_empty(const char *path);  /* a folder without anything in it */
bool sweep_is_result(const char *path); /* a folder with a manifest of ours */

#endif
