/* filter -- what every program does alike.
 *
 * Options that all share, opening and finishing of inputs and outputs, counts,
 * rejected records, statistics, progress. A program is then its options, its
 * loop and its meaning:
 *
 *     filter_open(&f, &PROGRAM, &o, argc, argv);
 *     while (filter_next(&f, &r)) {
 *         ... emit into f.out.buf ...
 *         filter_written(&f);
 *     }
 *     return filter_close(&f); */
#ifndef FILTER_H
#define FILTER_H

#include <jansson.h>

#include "base/opt.h"
#include "stream/asked.h"
#include "stream/jsonl.h"
#include "stream/output.h"

struct filter_options {
    const char *output, *stats, *rejects;
    size_t max_rejects, max_line;
    bool strict, verbose, progress;
};

struct filter {
    const struct opt_program *program;
    struct filter_options options;
    char **operands; /* what stands behind the options */
    size_t operand_count;

    struct jsonl in; /* the main input, opened by filter_open() or filter_read() */
    struct output out;

    size_t read, written, rejected; /* a program that reads no JSON Lines counts READ itself */
    size_t beside;                  /* records of other readers */
    json_t *counts;                 /* further numbers for --stats, set by filter_count() */
    struct asked asked;             /* what there is to find; told by filter_close() */
    struct output rejects, stats;
    size_t next_progress;
};

/* Parses the command line, opens the output. The operands are the input files. */
void filter_open(struct filter *f, const struct opt_program *program, void *values, int argc,
                 char **argv);

/* The same in two steps, for a program that decides by its options who does the work. With the
 * second, `--output FOLDER/` is for the program to fill: f->out then leads nowhere. */
void filter_parse(struct filter *f, const struct opt_program *program, void *values, int argc,
                  char **argv);
void filter_open_or_folder(struct filter *f);

/* The same for a program whose operands are not all input files: it calls
 * filter_read() itself with those that are. */
void filter_start(struct filter *f, const struct opt_program *program, void *values, int argc,
                  char **argv);
void filter_read(struct filter *f, char *const *files, size_t count);

/* The next good record of the main input, or of another reader. Bad lines are
 * rejected on the way. False at the end. */
bool filter_next(struct filter *f, struct record *r);
bool filter_next_from(struct filter *f, struct jsonl *reader, struct record *r);

/* A line was put into f->out.buf: ends it and counts it. */
static inline void filter_written(struct filter *f)
{
    f->written++;
    output_line(&f->out);
}

/* The record cannot be used: ends the program with status 1 and the message
 * "FILE:LINE: field 'FIELD': WHAT", or with --rejects lists the record there and counts
 * it. FIELD may be empty. */
void filter_reject(struct filter *f, const struct record *r, struct span field, const char *format,
                   ...) __attribute__((format(printf, 4, 5)));

/* The same for input that is no record: RAW is its text as it came. COLUMN 0 is none. */
void filter_reject_raw(struct filter *f, const char *file, size_t line, size_t column,
                       struct span raw, const char *format, ...)
    __attribute__((format(printf, 6, 7)));

/* Sets a further number in --stats. */
void filter_count(struct filter *f, const char *name, size_t count);

/* A message if -v was given. */
void filter_say(const struct filter *f, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Draws the meter of --progress if it is time: after so many records, from so many bytes.
 * For programs that read no JSON Lines. */
void filter_progress(struct filter *f, size_t records, uint64_t bytes);

/* Tells what was asked for and not found, finishes every output and returns the status for main
 * to return. With --strict the program ends with status 1 instead, if anything was not found. */
int filter_close(struct filter *f);

#endif
