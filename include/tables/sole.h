/* sole -- keys that must stand in one record alone, over all parts of the records.
 *
 * Each process sees its own part only; so the keys go along with its counts, and are held against
 * each other where the counts are added up. Memory: each key, and 24 bytes. */
#ifndef SOLE_H
#define SOLE_H

#include "base/intern.h"
#include "stream/filter.h"

struct sole_place {
    size_t file, line; /* the file among FILES */
};

struct sole {
    struct lookup *fields;
    size_t count; /* of the fields; 0 if nothing has to be unique */
    struct intern names;
    struct intern keys, files;
    struct sole_place *places; /* by index in KEYS */
    size_t places_cap;
    struct buf key, file, scratch, decoded;
};

/* NAMES as on the command line, or NULL for none. */
void sole_open(struct sole *s, const char *names);

/* Takes the key of R. One that was there before ends the program; one that lacks a part is none. */
void sole_see(struct sole *s, const struct record *r);

/* The same of a key as sole_write() has it: FILE and LINE are where its record stood. */
void sole_add(struct sole *s, struct span key, struct span file, size_t line);

/* The members of a line for key number INDEX. */
void sole_write(const struct sole *s, size_t index, struct buf *b);

void sole_free(struct sole *s);

#endif
