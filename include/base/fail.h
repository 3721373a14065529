/* fail -- messages and the statuses that end a program.
 *
 * A message is one line, "PROGRAM: WHAT", lower case, no full stop. Values
 * from data go through quote(), which escapes what a terminal would obey. */
#ifndef FAIL_H
#define FAIL_H

#include "base/span.h"

enum status {
    STATUS_OK = 0,
    STATUS_DATA = 1, /* bad data or failed input or output */
    STATUS_USAGE = 2 /* bad option; unreadable or invalid schema, codebook or plan */
};

/* Names the program for all messages; NAME must live as long as the program. */
void fail_program(const char *name);

/* CLEAN runs before any exit through fail(), those that came last first, and in no other case; it
 * must not call fail(), nor be given twice. NULL: none runs any longer. Rooms that make files
 * remove unfinished ones with it. */
void fail_cleanup(void (*clean)(void));

/* Prints "PROGRAM: ..." on standard error and exits with STATUS. */
_Noreturn void fail(enum status status, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* The same without a word, where another stage of a pipe has failed (base/broken.h) and told why.
 */
_Noreturn void fail_with_pipe(void);

_Noreturn void fail_memory(void);

/* The calling thread has what the program gives, and takes it to its place: what another thread,
 * one of a library's, fails at from now on is no fault of the program. */
void fail_settle(void);

/* Whether the calling thread is just ending the program. */
bool fail_is_mine(void);

/* Prints "PROGRAM: ..." on standard error and goes on. */
void warn(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* TEXT in single quotes for a message: control bytes (C1 too) and invalid UTF-8 escaped as \n \t
 * \xNN, and cut after 100 bytes with "...". The result is good until the
 * fourth further call. */
const char *quote(struct span text);

#endif
