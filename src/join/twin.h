/* twin -- a key that found nothing, and would have with a part of another type: 1 is not "1". */
#ifndef TWIN_H
#define TWIN_H

#include "join/joiner.h"

/* Looks for the current LEFT key in other types, and asks for it if RIGHT has it so: then
 * what is told at the end names it. Only the first keys that find nothing are looked at, since
 * types differ in all of a column or in none. */
void twin_look(struct joiner *j);

#endif
