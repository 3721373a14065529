/* titles -- whether a report for people has all the tables that the results have, to its end. */
#ifndef TITLES_H
#define TITLES_H

#include "ledger.h"

/* A line in the ledger for each report in text, Markdown or HTML in FOLDER: the tables in
 * results.jsonl, and those whose titles stand in the report, in their order; and another for
 * the rows of its last table, or the end of the page. A report that was cut, with whatever status,
 * does not add up. */
void titles_check(struct ledger *l, const char *folder);

#endif
