/* place -- the folder of results: checked before the work, made beside it, put there at once.
 *
 * Everything is made in a staging folder that others cannot look into. When all is well it
 * and the old results change names in one step of the file system, so that the results are
 * there at every moment: the old ones or the new. What a killed run left is swept away by
 * the next, which holds the lock. */
#ifndef PLACE_H
#define PLACE_H

#include <stdbool.h>

#include "base/arena.h"
#include "lock.h"
#include "sweep.h"

struct place {
    const char *shown;  /* OUT as typed */
    const char *target; /* where the results go, through a link */
    const char *parent;
    char *staging; /* NULL when there is none */
    enum place_sync sync;
    struct lock lock;
    bool is_link; /* OUT, which leads to the target */
    bool exists;  /* there are old results */
    struct arena arena;
};

/* Ends the program with status 2 if OUT cannot be replaced. STUDY and DATA are not to be in it. */
void place_check(struct place *p, const char *out, const char *study, const char *data);

/* Takes the lock, sweeps and makes the staging folder. */
void place_open(struct place *p, enum place_sync sync);

/* PATH in the staging folder. */
const char *place_path(struct place *p, const char *name);

/* The staging folder takes OUT's place, and the old results go. */
void place_exchange(struct place *p);

/* The staging folder and the lock go. Leaves what place_exchange() has put there. */
void place_close(struct place *p);

#endif
