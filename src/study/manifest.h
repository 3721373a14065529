/* manifest -- what a run was made of and what came of it, as one JSON document. */
#ifndef MANIFEST_H
#define MANIFEST_H

#include "ledger.h"

/* manifest.json in FOLDER. YES_NO_BOOK is the codebook for yes/no answers, NULL if unused. One
 * that an earlier step of the same run left there has the inputs already. */
void manifest_write(const struct ledger *l, const struct settings *s, const char *yes_no_book,
                    const char *folder);

/* The inputs of the study, each {"file","sha256"}, in a fixed order. L has counts of readers
 * that hashed what they read; without it every file is read. */
json_t *manifest_inputs(const struct ledger *l, const struct settings *s, const char *yes_no_book);

/* That of the results in FOLDER; NULL if there is none. */
json_t *manifest_load(const char *folder);

#endif
