/* writing -- bytes to a descriptor, all of them. */
#ifndef WRITING_H
#define WRITING_H

#include "base/span.h"

/* Writes TEXT whole: goes on after a signal, and waits where FD does not block. False with
 * errno if it cannot. May be called by a signal handler. */
bool writing_all(int fd, struct span text);

/* Waits until FD, which does not block and just said EAGAIN, can be read or written. */
void writing_wait(int fd, short events);

#endif
