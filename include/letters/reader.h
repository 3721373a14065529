/* reader -- documents of every kind, and those within them.
 *
 * Known by content. What comes out is given to the caller letter by letter, in the order in
 * which they stand; one that cannot be read comes out with its trouble. A reader is bounded
 * in depth, number and bytes, and writes no file. It may still be made to crash by a hostile
 * file, since libraries can be: run it in a process of its own (workers.h). */
#ifndef READER_H
#define READER_H

#include "letters/letter.h"

struct reader_limits {
    size_t depth;     /* documents within documents */
    size_t letters;   /* of one file */
    size_t bytes;     /* of one document that is unpacked */
    size_t total;     /* of all that one file unpacks to */
    unsigned seconds; /* of one conversion by another program */
};

struct reader {
    struct reader_limits limits;
    bool ocr;
    void (*give)(void *data, const struct letter *l);
    void *data;
    size_t depth, letters, total; /* so far */
    size_t passed_over;           /* files that systems leave in archives */
    size_t responses;             /* of web archives that are no page: redirects, errors */
};

void reader_start(struct reader *r, void (*give)(void *data, const struct letter *l), void *data);

/* Reads a document of the file NAME. */
void reader_read(struct reader *r, struct span bytes, struct span name);

/* Whether a file of this name is of no document: .DS_Store, Thumbs.db, __MACOSX/. */
bool reader_passes(struct span name);

#endif
