/* longest -- of mentions that lie across each other, the longest.
 *
 * "Microsoft SQL Server" is no mention of "SQL". A mention that a rule of its code voids takes its
 * words all the same. Codes that share a term, and mean the very same words, all stay. */
#ifndef LONGEST_H
#define LONGEST_H

#include "coding/mentions.h"

/* Drops the others from M->mentions, which are by start, and stay so. */
void longest_keep(struct mentions *m);

#endif
