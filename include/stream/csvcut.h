/* csvcut -- where a CSV file can be cut into parts for many processes.
 *
 * Only where a row starts: a line end within quotes is text, and a file cut there loses rows
 * without a word. So the rows are read as they will be later; a file in which some cannot be told
 * apart for certain is not cut at all. */
#ifndef CSVCUT_H
#define CSVCUT_H

#include "stream/csvtable.h"

/* Writes a line for each of COUNT parts of the file that R has opened and whose header it has
 * read, of about as many bytes each. A file that cannot be cut ends the program. */
void csvcut_write(struct csvtable *r, size_t count);

#endif
