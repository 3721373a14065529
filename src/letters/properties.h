/* properties -- what an office document says of itself: its title and when it was last changed. */
#ifndef PROPERTIES_H
#define PROPERTIES_H

#include "letters/letter.h"
#include "package/package.h"

/* From the part PART, of Office Open XML or OpenDocument. A date that L has, of the mail that
 * brought it, stays. */
void properties_read(const struct package *p, struct span part, struct letter *l);

#endif
