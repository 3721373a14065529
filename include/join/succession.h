/* succession -- which body a body had become by a date.
 *
 * A file tells one step a row, in the form in which the NHS Organisation Data
 * Service gives them: predecessor, successor, effective_date. Steps that took
 * effect by the date (that day included) are walked to their end. A body with
 * two successors and a body that comes back to itself are faults of the file unless a
 * rule says what to do. Memory: one entry a body in the file. */
#ifndef SUCCESSION_H
#define SUCCESSION_H

#include "base/arena.h"
#include "base/fault.h"
#include "base/intern.h"
#include "text/date.h"

enum succession_split { SPLIT_ERROR, SPLIT_FIRST, SPLIT_LAST }; /* by date, then by row */
enum succession_cycle { CYCLE_ERROR, CYCLE_LATEST };            /* where the last step led */

struct succession_step;
struct succession {
    const char *file;
    struct span as_at; /* as 2020-04-01 */
    struct intern bodies;
    struct succession_step *steps; /* by body: the one that it takes */
    size_t steps_cap;
    size_t taken, later; /* steps by the date, and after it */

    size_t *path; /* of the last walk, from the body itself on */
    size_t path_count, path_cap;
};

/* Reads FILE; false if it is no good, for the reason in FAULT. AS_AT is a date as in ISO 8601, or
 * the program ends with status 2. */
bool succession_load(struct succession *s, const char *file, const char *as_at,
                     enum succession_split split, enum succession_cycle cycle, struct fault *fault);

/* The body that BODY was by the date: BODY itself if nothing is told of it. */
struct span succession_walk(struct succession *s, struct span body);

/* Whether some other body became BODY. */
bool succession_followed(const struct succession *s, struct span body);

/* The path of the last walk as a JSON list, or nothing if it led nowhere. */
void succession_emit(const struct succession *s, struct buf *b);

void succession_free(struct succession *s);

#endif
