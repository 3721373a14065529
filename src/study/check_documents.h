/* check_documents -- schemas, codebooks and plans read for all that is wrong with each. */
#ifndef CHECK_DOCUMENTS_H
#define CHECK_DOCUMENTS_H

#include "base/fault.h"
#include "findings.h"
#include "study/settings.h"

/* Adds what is wrong to F, and the path of each document that no program would take to BAD, whose
 * texts are those of S. */
void check_documents(const struct settings *s, struct findings *f, struct settings_words *bad);

/* The faults of a list as problems; the list is empty then. */
void check_take_faults(struct findings *f, struct fault_list *faults);

#endif
