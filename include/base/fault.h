/* fault -- what is wrong with a file that a person keeps, and where.
 *
 * Readers of such files (plans, codebooks, schemas, lists of pairs) find faults many calls deep.
 * A reader raises what it found, which ends it like an exception; whoever ran it by fault_catch()
 * gets the fault as a value and says what becomes of it: a program prints it and ends
 * (fault_end()), a check of a whole study lists it and goes on, a test looks at it.
 *
 *     bool plan_load(struct plan *p, const char *file, struct fault *fault);
 *     ...
 *     if (!plan_load(&plan, "plan.json", &fault))
 *         fault_end(&fault, STATUS_USAGE);
 *
 * What a reader fills must be fit for its _free() at any moment. What it has opened beside that
 * belongs in what it is run with, so that its caller closes it; a local buffer is freed before the
 * raise. Where nobody catches, a fault ends the program with status 2.
 *
 * Nothing else jumps: bad data and failed input or output end the program by fail(). */
#ifndef FAULT_H
#define FAULT_H

#include <stdarg.h>

#include "base/buf.h"
#include "base/fail.h"

struct fault {
    char *file;
    char *place; /* "17" or "17:5", line and column; "tables[2].field"; NULL for the file as such */
    char *words;
};

/* Runs READ with WITH. False if it raised a fault, which FAULT then holds. */
bool fault_catch(struct fault *fault, void (*read)(void *with), void *with);

/* Faults that were kept while reading went on. */
struct fault_list {
    struct fault *at;
    size_t count, cap;
};

/* Where all that is wrong with a file is to be listed: from now on TO gets the faults of single
 * items, and reading goes on behind them; NULL ends that. Then a reader that returns true may have
 * passed items over, so what it read is of no use beyond looking at it. */
void fault_collect(struct fault_list *to);
void fault_list_free(struct fault_list *list);

/* Runs READ as one item of several. False if it raised a fault that was kept; where none are, the
 * fault goes on up. */
bool fault_item(void (*read)(void *with), void *with);

/* A fault behind which the reader itself can go on: kept, or else raised. */
void fault_keep(struct fault fault);
void fault_mention(const char *file, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* "FILE: WORDS"; "FILE:LINE: WORDS", with ":COLUMN" if that is not 0. */
_Noreturn void fault_raise(const char *file, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
_Noreturn void fault_raise_at(const char *file, size_t line, size_t column, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

/* In two steps, for a reader with places of its own and buffers to free between. PLACE, which may
 * be empty, is taken over. */
struct fault fault_of(const char *file, struct buf *place, const char *format, va_list args);
_Noreturn void fault_throw(struct fault fault);

/* The fault as a message has it, at the end of B. */
void fault_add(struct buf *b, const struct fault *fault);

/* Ends the program with the fault as its message. */
_Noreturn void fault_end(const struct fault *fault, enum status status);

void fault_free(struct fault *fault);

#endif
