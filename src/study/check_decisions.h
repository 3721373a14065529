/* check_decisions -- decisions.csv held against the codebook, the schemas and the records. */
#ifndef CHECK_DECISIONS_H
#define CHECK_DECISIONS_H

#include "findings.h"
#include "study/settings.h"

/* What is wrong with the rows by themselves: kinds, fields and codes that there are none of, days
 * that are none. True if no stage would take one of the files. */
bool decisions_look(const struct settings *s, struct findings *f);

/* Rows about records that there are none of; FOLDER holds those that the steps left. */
void decisions_look_for_records(const struct settings *s, const char *folder, struct findings *f);

/* Tells on standard error of rows of a kind that no program takes, which otherwise count for
 * nothing without a word. */
void decisions_tell_untaken(const struct settings *s);

#endif
