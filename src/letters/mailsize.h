/* mailsize -- how much of a mail can be taken apart in bounded memory.
 *
 * GMime makes objects of every part and every header before it gives a message: 2.6 GiB of 10 MB of
 * empty parts. So the lines are weighed beforehand, and what a mail of any size that people send
 * never reaches ends it there. */
#ifndef MAILSIZE_H
#define MAILSIZE_H

#include "base/span.h"

/* The length of what TEXT begins with that can be taken apart: all of it, or up to the start of a
 * line. */
size_t mailsize_of(struct span text);

#endif
