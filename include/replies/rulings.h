/* rulings -- what people decided about single answers: decisions.csv.
 *
 * A row with the columns `kind`, `reply`, `field`, `value`, `coder`, `date` and `text` sets the
 * answer of a reply to a question. `text` is the text that the person saw: where it is no longer
 * what the letters say, the row is stale and is told instead of used. A value "missing:REASON" says
 * that there is no answer, and why; an empty one that the field was rightly left open. Rows of
 * kinds that other programs made are passed over and counted. A later row comes after an earlier
 * one. */
#ifndef RULINGS_H
#define RULINGS_H

#include "base/buf.h"
#include "base/intern.h"
#include "docs/sheet.h"

struct ruling {
    const char *file;
    size_t line;
    struct span value, coder, date, text;
    bool used, met; /* it changed or confirmed something; its reply came */
    bool stale;
    size_t next; /* of the same reply and field, or RULINGS_NONE */
};

#define RULINGS_NONE SIZE_MAX

struct rulings {
    struct sheet *sheets; /* a file each */
    size_t sheet_count, sheets_cap;
    struct ruling *at;
    size_t count, cap, others; /* rows of other kinds */
    struct intern keys;        /* of reply and field: the first and the last row */
    size_t *first, *last, first_cap, last_cap;
    struct buf key;
};

/* Adds a file; R starts zeroed. FIELDS: the schema's questions, which rows have to name. Whatever
 * is wrong is a fault (base/fault.h). */
void rulings_load(struct rulings *r, const char *file, const struct intern *fields);

/* The ruling on FIELD of REPLY, the last one; NULL if there is none. TEXTS are those that the
 * person may have seen: what holds, and what was not placed. A row without a text holds for any. */
const struct ruling *rulings_find(struct rulings *r, struct span reply, struct span field,
                                  const struct span *texts, size_t count);

/* Tells which rows were of no use. Gives their number. */
size_t rulings_report(const struct rulings *r);

void rulings_free(struct rulings *r);

#endif
