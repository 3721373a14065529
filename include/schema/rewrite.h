/* rewrite -- a record as it came made the record that a schema asks for.
 *
 * Each cell is read by its field and written as it goes: a record that turns out bad is taken back
 * by the caller. Fields made of others come from what was written of those. Nothing is allocated a
 * record. Memory: one record, and where the schema has keys, each key seen. */
#ifndef REWRITE_H
#define REWRITE_H

#include "decisions/decisions.h"
#include "schema/columns.h"
#include "schema/habit.h"
#include "schema/recall.h"
#include "schema/unique.h"
#include "stream/missing.h"
#include "text/organisation.h"

/* What becomes of columns that the schema does not name, and of cells that no field can read. */
enum rewrite_extra { REWRITE_EXTRA_KEEP, REWRITE_EXTRA_DROP, REWRITE_EXTRA_REJECT };
enum rewrite_invalid { REWRITE_INVALID_REJECT, REWRITE_INVALID_NULL, REWRITE_INVALID_KEEP };

struct rewrite {
    struct filter filter;
    enum rewrite_extra extra;
    enum rewrite_invalid invalid_as;
    struct schema schema;
    struct columns columns;
    struct reading answer;
    struct missing given, reasons; /* of the record as it came, and as it goes */
    struct flags flags;
    struct decisions *decisions; /* on cells; NULL: none */
    struct lookup *decided_by;   /* by number of the name */
    bool shared;                 /* decisions are about cells of other sources, too */
    struct intern files;         /* that records came from, where they are */
    struct unique unique;
    struct habit *habits; /* by field, as the next two */
    struct recall *recalls;
    bool *recallable;
    size_t *starts, *ends; /* of the written values in the output's buffer, by field */
    enum value_type type;  /* of the value written last */
    bool escaped;
    struct span *values;     /* the same as slices, for keys and fields made of them */
    struct span *names;      /* of the fields */
    size_t missing, invalid; /* cells of the record, and of those written */
    size_t all_missing, all_invalid;
    struct organisation organisation;
    struct buf form, text, decided;
};

/* Gets ready, with the filter opened, the two enums set and the schema loaded. FLAGS is the file
 * for doubtful cells, or NULL. */
void rewrite_start(struct rewrite *n, const char *flags);

/* Takes D, read by text, as what people decided about cells. Whatever is wrong is a fault. */
void rewrite_decide(struct rewrite *n, struct decisions *d);

/* What a person decided about the cell V of R, or NULL. */
struct decision *rewrite_decision(struct rewrite *n, const struct schema_field *f,
                                  const struct record *r, const struct value *v);

/* R came; and after the last one: rows about cells of other sources are marked as such. */
void rewrite_note_source(struct rewrite *n, const struct record *r);
void rewrite_pass_on(struct rewrite *n);

/* R as one line at the end of the output, without its end; false if it was rejected, with what was
 * written of it still there. */
bool rewrite_record(struct rewrite *n, const struct record *r);

/* Tells and counts what was found in all records. */
void rewrite_end(struct rewrite *n);

void rewrite_free(struct rewrite *n);

#endif
