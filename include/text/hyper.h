/* hyper -- what every use of Hyperscan needs: a failed allocation ends the program. */
#ifndef HYPER_H
#define HYPER_H

#include <hs/hs.h>

/* To be called before a database is compiled or read. */
void hyper_start(void);

/* Ends the program if ERROR, which a compilation gave, is for want of memory and not for the
 * pattern. */
void hyper_check(const hs_compile_error_t *error);

#endif
