/* output -- a file or standard output that is known to be written, or the
 * program fails.
 *
 * What is to be written is put into OUT->buf; output_line() ends a line and
 * passes full blocks on. A named file is written beside its place and renamed
 * when all outputs that are open together are complete, so that a half-written result never
 * looks complete and the results of two runs never stand side by side: if one cannot be renamed,
 * none is; a
 * device, pipe or other special file is written directly. If the program fails
 * or is killed by a signal that can be caught, the unfinished files go; what another signal left
 * goes when the file is written next (stream/leftover.h). A write error ends the program, so
 * callers check nothing.
 *
 * Standard output may be a link to the next program (stream/link.h); then the places of the
 * values in a line can be noted in OUT->places while it is written, and go with it.
 *
 * A copy of it is kept where the environment asks for one (stream/keeping.h).
 *
 * FOI_SYNC=no in the environment leaves out the waiting for the disk, for a caller that
 * syncs all its files at the end. */
#ifndef OUTPUT_H
#define OUTPUT_H

#include <stdint.h>

#include "base/buf.h"
#include "stream/places.h"

#define OUTPUT_BLOCK ((size_t)128 * 1024)

enum output_keep {
    OUTPUT_WHOLE, /* all or nothing */
    OUTPUT_KEPT   /* each line stays when the program fails: lists of what went wrong */
};

struct output {
    struct buf buf;
    int fd;
    int held; /* holds the lock of TEMPORARY until it has its place; -1 before FD is closed */
    uint64_t written; /* bytes, of those that are no longer in BUF */
    enum output_keep keep;
    const char *name; /* for messages */
    char *shown;      /* the name, where it is kept here */
    char *target;     /* the final path; NULL if written directly */
    char *temporary;  /* beside it; NULL if written directly */
    struct output *next;
    struct placing *placing; /* how it takes its place, when it does */
    struct link *link;       /* NULL if it is none */
    struct keeping *kept;    /* a copy, or NULL */
    struct places *places;   /* NULL unless there is a link */
};

/* FILE NULL or "-" is standard output. Also makes SIGPIPE end the program quietly
 * and signals remove unfinished files. */
void output_open(struct output *out, const char *file, enum output_keep keep);

/* In a new process that is to have nothing to do with the outputs of the one it came from: it
 * neither removes them nor holds their locks any longer. */
void output_leave(void);

void output_flush(struct output *out);

static inline void output_line(struct output *out)
{
    buf_addc(&out->buf, '\n');
    if (out->places)
        places_end(out->places, out->buf.len);
    if (out->buf.len >= OUTPUT_BLOCK || out->keep == OUTPUT_KEPT)
        output_flush(out);
}

/* Within a long line: passes on what is there of it, but for its last byte, by which emit.h knows
 * whether a comma is due. A line to a link stays whole. */
static inline void output_part(struct output *out)
{
    if (out->buf.len < OUTPUT_BLOCK || out->link)
        return;
    char last = out->buf.at[--out->buf.len];
    output_flush(out);
    buf_addc(&out->buf, last);
}

/* Writes what is left, closes and checks; the last one to be closed renames all. */
void output_close(struct output *out);

#endif
