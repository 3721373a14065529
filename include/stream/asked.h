/* asked -- what a program was told to find, and what of it no record had.
 *
 * A misspelt field, value or key gives a table of nothing and no fault. So a program says at its
 * start what it was asked for; what has not been found at the end is told, one line each with
 * the nearest name that there was, counted in --stats as not_found, and with --strict the
 * program ends with status 1. Fields are looked for by filter_next() itself:
 *
 *     asked_field(&f.asked, ASKED_MAIN, name, "--field");
 *
 * Everything else the program marks where it meets it, and offers what it has at the end:
 *
 *     size_t row = asked_value(&f.asked, field, "\"yes\"", "--where");
 *     ... asked_found(&f.asked, row);
 *     ... if (asked_is_open(&f.asked, row)) asked_near(&f.asked, row, "\"Yes\"");
 *
 * Cost a record: one comparison, as long as a field has not been met and records keep their
 * shape; nothing once all have. Memory: what was asked for, and up to 4096 names of fields. */
#ifndef ASKED_H
#define ASKED_H

#include "base/intern.h"
#include "base/nearest.h"
#include "stream/record.h"

enum asked_side { ASKED_MAIN, ASKED_OTHER }; /* the filter's own input; a second one */

#define ASKED_NONE SIZE_MAX
#define ASKED_TOLD 20 /* lines: a schema of another file has hundreds of fields */

struct asked_row {
    const char *what; /* "field", "value", "group": what NAME is */
    struct span name; /* of a value its spelling (scalar.h) */
    struct span of;   /* the field whose value it is; may be empty */
    const char *fate; /* "is in no record", if not told otherwise by asked_fate() */
    const char *where;
    enum asked_side side;
    bool is_field, is_value, found, told;
    struct nearest near;
};

struct asked_fields {
    struct intern names; /* that are looked for */
    size_t *rows;        /* by their index */
    size_t rows_cap;
    size_t open;       /* not found yet */
    struct intern met; /* names of fields that came while some were open */
    size_t shape;
    bool any; /* a record came */
};

struct asked {
    struct asked_row *rows;
    size_t count, cap;
    struct asked_fields sides[2];
    size_t told;        /* that were not found */
    size_t fields_told; /* the fields among them */
    struct arena arena;
};

/* The field NAME is looked for in the records of SIDE. WHERE says who asked: the option
 * ("--by"), or the place in a file ("plan.json: tables[2].by"). Asked for twice it is one row, and
 * the first place counts. Texts are copied, but WHAT. Gives the row. */
size_t asked_field(struct asked *a, enum asked_side side, struct span name, const char *where);

/* A VALUE of FIELD, spelled as scalar.h does. */
size_t asked_value(struct asked *a, struct span field, struct span value, const char *where);

/* Anything else, and what to say of it when it is not found: "replacement 'x' was never applied" */
size_t asked_thing(struct asked *a, const char *what, struct span name, const char *fate,
                   const char *where);

static inline void asked_found(struct asked *a, size_t row)
{
    a->rows[row].found = true;
}

static inline bool asked_is_open(const struct asked *a, size_t row)
{
    return !a->rows[row].found;
}

/* Whether something near to it was offered. */
static inline bool asked_has_near(const struct asked *a, size_t row)
{
    return a->rows[row].near.name.at != NULL;
}

/* Something that there was, in case the row means it; of a value its spelling. Copied. */
void asked_near(struct asked *a, size_t row, struct span candidate);

/* The same for a thing that is compared in forms of its own: WANTED is the row's, TEXT the
 * candidate's, each good during the call. */
void asked_near_as(struct asked *a, size_t row, struct span wanted, struct span text,
                   struct span candidate);

/* Looks for fields in R. */
void asked_look(struct asked *a, enum asked_side side, const struct record *r);

static inline void asked_meet(struct asked *a, enum asked_side side, const struct record *r)
{
    struct asked_fields *s = &a->sides[side];
    if (s->open && (r->shape == 0 || r->shape != s->shape))
        asked_look(a, side, r);
}

/* Tells the fields of SIDE that were not found, where all its records came before others. */
void asked_tell_fields(struct asked *a, enum asked_side side);

/* Tells what else was not found, and gives the number of all that was not. Fields are told if their
 * side had a record, anything else if ANY says that something was read. */
size_t asked_tell(struct asked *a, bool any);

void asked_free(struct asked *a);

#endif
