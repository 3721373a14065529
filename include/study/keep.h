/* keep -- what stands between two stages: bytes kept on their way, or handed to a program
 * of the user's own.
 *
 * Both count the records that pass, so that the ledger needs no second look at a file. */
#ifndef KEEP_H
#define KEEP_H

#include <stdint.h>

#include "base/span.h"

/* Copies standard input to a new FILE and to standard output. With STATS, a folder, leaves
 * there, as "NAME.kept", what passed: {"file","records","bytes","sha256"}. */
void keep_stream(const char *file, const char *stats);

/* A stage that a program of the user's takes the place of. */
struct swap {
    const char *name, *program; /* of the stage, and what it is a stage of */
    char *const *command;       /* its words, ends with NULL */
    const char *shown;          /* the command, for messages */
    const char *folder;         /* where it runs, NULL for here */
    const char *stats;          /* folder, or NULL */
    bool reads;                 /* it is to read all of standard input */
};

/* Runs it between standard input and output. One that ends with another status than 0, or
 * before it has read all that it was to read, is told and ends the program with status 1, or
 * with its own. */
void swap_run(const struct swap *s);

#endif
