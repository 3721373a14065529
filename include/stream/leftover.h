/* leftover -- unfinished files that a killed program left beside its output.
 *
 * A signal that cannot be caught, or a loss of power, leaves the temporary file ".NAME.XXXXXX".
 * Whoever writes one holds a lock on it (flock) until it has its place, so that the next program
 * that writes NAME can tell a leftover from the work of another that is running. */
#ifndef LEFTOVER_H
#define LEFTOVER_H

#include <stdbool.h>

/* Whether NAME is ".BASE.XXXXXX" as mkstemp() and mkdtemp() make it, with ENDING behind it. */
bool leftover_is_named(const char *name, const char *base, const char *ending);

/* Locks the new file of FD; false if another took it for a leftover before it was locked. */
bool leftover_hold(int fd);

/* Removes what was left beside TARGET. */
void leftover_sweep(const char *target);

#endif
