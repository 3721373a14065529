/* closing -- the lines that a person wants at the end of a run. */
#ifndef CLOSING_H
#define CLOSING_H

#include "ledger.h"

/* Three lines on standard error: records in and out, what needs a person, where the report is. */
void closing_tell(const struct ledger *l, const struct settings *s, const char *out);

#endif
