/* request -- the questions that a request asks, as a start of a questionnaire.
 *
 * What counts is the number in front, "1.", "Q2:", "(b)": questions are those that count on from
 * 1, with their parts, and go on to the next blank line or number. Where a request has no numbers,
 * the sentences that end in a question mark are its questions. A person has to look at them. */
#ifndef REQUEST_H
#define REQUEST_H

#include "base/buf.h"

#define REQUEST_MOST 1000 /* questions that are looked for */

/* Adds a line to B for each question of TEXT, {"name","title"}, both the question as it was asked
 * with its number in front, and "questions", a part's wording behind what it is a part of. Commas
 * stand between the lines. How many there are. */
size_t request_draft(struct buf *b, struct span text);

#endif
