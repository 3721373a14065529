/* quoted -- what of a mail its sender did not write for this occasion: the message that it answers,
 * and the signature. */
#ifndef QUOTED_H
#define QUOTED_H

#include "letters/letter.h"

/* Moves the message below TEXT into QUOTED. Left in place, and noted, where the answers stand
 * between its lines, or where there is nothing above it and it was forwarded. */
void quoted_split(struct letter *l);

/* Moves the signature block, from a closing such as "Kind regards" on, into SIGNATURE. What
 * goes on behind it, such as an annex, stays. */
void quoted_sign(struct letter *l);

#endif
