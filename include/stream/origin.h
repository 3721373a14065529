/* origin -- where a record came from, by its field `_origin`: "foi.csv:17", "foi.xlsx:Sheet1!17".
 *
 * A record that came through a pipe says no more than "<stdin>:5" of itself; a person wants
 * the line of the spreadsheet. */
#ifndef ORIGIN_H
#define ORIGIN_H

#include "stream/record.h"

/* "foi.csv:17" as file and line, "foi.xlsx:Sheet1!17" as the workbook with its sheet and the row;
 * false if TEXT is not of that form. */
bool origin_read(struct span text, struct span *file, size_t *line);

/* The same of the record's `_origin`, or of the first where it has several. FILE is good
 * until the record or SCRATCH moves on. */
bool origin_of(const struct record *r, struct buf *scratch, struct span *file, size_t *line);

/* The same of one answer of a letter: what `extract` notes of FIELD in `_evidence`. */
bool origin_of_answer(const struct record *r, struct span field, struct buf *scratch,
                      struct span *file, size_t *line);

/* Where a person finds the record, for messages: the spreadsheet's file and line if it came
 * through a pipe and tells them, else the stream's own. FILE is emptied first. */
void origin_where(const struct record *r, struct buf *file, size_t *line);

/* The same of its FIELD. */
void origin_where_field(const struct record *r, struct span field, struct buf *file, size_t *line);

#endif
