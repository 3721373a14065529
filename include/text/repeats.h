/* repeats -- how large a regular expression becomes when its repeats are written out.
 *
 * Hyperscan never goes back in a text, so that no text can hold it up; but it writes repeats out
 * when it compiles, and a line such as ".{30000}b" took it minutes and 400 MB. What is too large is
 * known before. The measure is of work, not of meaning: a letter is 1, a class of letters beyond
 * ASCII as much as its ranges of UTF-8 have shown to cost. */
#ifndef REPEATS_H
#define REPEATS_H

#include <stdbool.h>

#define REPEATS_MOST 12000

/* What \w and \d are: letters and digits of ASCII, or of all scripts. */
enum repeats_classes { REPEATS_ASCII, REPEATS_UNICODE };

/* Whether PATTERN stays within REPEATS_MOST. One that is no pattern may: its compiler says so. */
bool repeats_are_few(const char *pattern, enum repeats_classes classes);

/* For messages, where they are not. */
#define REPEATS_MANY "its repeats make it too large"

#endif
