/* converter -- another program that turns a document into text, held on a short lead.
 *
 * The document is its standard input, by a file that is in memory only; it may use so much
 * memory and time and write no file. What it prints is taken up to a limit. */
#ifndef CONVERTER_H
#define CONVERTER_H

#include "letters/reader.h"

enum converter_end {
    CONVERTER_DONE,
    CONVERTER_FAILED,    /* a status other than 0, or a crash */
    CONVERTER_TOO_LARGE, /* out of time, memory or output: trouble is set */
    CONVERTER_ABSENT
};

/* ARGV ends with NULL; "/dev/stdin" in it is the document. ERRORS takes what it complains about. */
enum converter_end converter_run(const struct reader *r, const char *const *argv, struct span bytes,
                                 struct buf *out, struct buf *errors, struct trouble *t);

#endif
