/* broken -- whether a stage of the same pipe has failed.
 *
 * The program `pipe` lays a descriptor for it and names it in the environment (FOI_PIPE_BROKEN). A
 * stage that fails says so there before its output ends; those behind it have then not seen all
 * records, and keep to themselves what no record had. */
#ifndef BROKEN_H
#define BROKEN_H

#include <stdbool.h>

/* How a stage ends that has nothing to say but that another has failed; only `pipe` sees it. */
#define BROKEN_STATUS 3

/* For the program that lays it: the descriptor, or -1 if there can be none. All that are
 * started from now on have it. */
int broken_lay(void);

/* Says that this program fails. */
void broken_mark(void);

bool broken_is(void);

#endif
