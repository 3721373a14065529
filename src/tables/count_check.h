/* count_check -- whether a table can count a record, before anything of it is counted. */
#ifndef COUNT_CHECK_H
#define COUNT_CHECK_H

#include "tables/count.h"

/* Sets what T knows of the record: whether it is selected, and whether it is common. False if the
 * record has an answer that T cannot use: it is rejected through F then. */
bool count_check(struct count *c, struct filter *f, struct count_table *t);

#endif
