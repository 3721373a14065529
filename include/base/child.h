/* child -- processes that do not outlive the one that began them. */
#ifndef CHILD_H
#define CHILD_H

#include <sys/types.h>

/* As fork(2). The new process gets SIGNAL when this one ends, however that is, and is gone at once
 * if it has ended already: between the two calls the kernel sends nothing. */
pid_t child_fork(int signal);

#endif
