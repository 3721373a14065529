/* decisions -- what people decided about single items: decisions.csv, as `review` saves it.
 *
 * A row sets what an item comes to. Its columns: `kind` of the item; `by`, the field that names the
 * record, and `reply`, what that field holds; `field`; `value`, what was decided; `was`, what the
 * program had; `coder`, `date`, `text`, `comment`. `text` is what the person saw: where it is no
 * longer what the record says, the row is stale and is told instead of used. `settles` names the
 * coders whose disagreement the row settles. A value "missing:REASON" says that there is no answer,
 * and why; an empty one that nothing is to be done. Rows of kinds that are another program's are
 * passed over and counted. Of two rows about an item the later one holds, and one that settles over
 * all that do not. All texts are good until decisions_free(). */
#ifndef DECISIONS_H
#define DECISIONS_H

#include "base/buf.h"
#include "base/intern.h"
#include "stream/filter.h"

#define DECISIONS_NONE UINT32_MAX

struct decisions_file;

/* How far a row got, from the worst to the best. */
enum decision_state {
    DECISION_ELSEWHERE, /* it is about another source's records */
    DECISION_UNMET,     /* nothing of this name came */
    DECISION_STALE,     /* it came with another text */
    DECISION_OVERRULED, /* a later row is about the same */
    DECISION_CONFIRMED, /* what the program had anyway */
    DECISION_CHANGED
};

/* A row. What it says stays in the file's sheet, as it was read. */
struct decision {
    const struct decisions_file *of;
    uint32_t row;  /* of the sheet */
    uint32_t next; /* under the same key, or DECISIONS_NONE */
    uint32_t over; /* the row that overruled it, or DECISIONS_NONE */
    enum decision_state state;
};

/* What it says; empty where there is nothing. */
struct span decision_kind(const struct decision *it);
struct span decision_by(const struct decision *it);
struct span decision_reply(const struct decision *it);
struct span decision_field(const struct decision *it);
struct span decision_value(const struct decision *it);
struct span decision_was(const struct decision *it);
struct span decision_coder(const struct decision *it);
struct span decision_date(const struct decision *it);
struct span decision_text(const struct decision *it);
struct span decision_comment(const struct decision *it);
struct span decision_settles(const struct decision *it);

/* All of them, in the order in which they are saved. */
#define DECISION_COLUMNS 11
void decision_cells(const struct decision *it, struct span cells[DECISION_COLUMNS]);

/* Where it stands. */
const char *decision_file(const struct decision *it);
size_t decision_line(const struct decision *it);

/* What rows are found by: the record and the field, or the field and the text. */
enum decisions_key { DECISIONS_BY_RECORD, DECISIONS_BY_TEXT };

struct decisions {
    struct decisions_file **files;
    size_t file_count, files_cap;
    struct decision *at;
    size_t count, cap, others; /* rows of other kinds */
    enum decisions_key key;
    const char *unmet;   /* what is told of a row that nothing came for; NULL: the usual */
    struct intern index; /* of keys: the first row, and the last that settles nothing */
    uint32_t *first, *last;
    size_t first_cap, last_cap;
    struct intern names; /* what stands under `by`, each once */
    struct arena arena;
    struct buf scratch, letters;
};

/* Whether FILE has the columns of decisions, and not those of another form. False too for a file
 * that cannot be read: its reader will say why. */
bool decisions_recognise(const char *file);

/* Adds FILE; D starts zeroed but for `key`. KINDS, a list that ends with NULL, are the caller's
 * own; NULL takes all. BY stands for an empty `by`. Whatever is wrong is a fault (base/fault.h). */
void decisions_load(struct decisions *d, const char *file, const char *const *kinds,
                    const char *by);

/* Raises the fault "FILE:LINE: WHAT" about a row. */
_Noreturn void decisions_fail(const struct decision *it, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* The first row about FIELD of the record that BY names REPLY, or about FIELD with a TEXT; the
 * others follow by `next`. DECISIONS_NONE if there is none. */
size_t decisions_of_record(struct decisions *d, struct span by, struct span reply,
                           struct span field);
size_t decisions_of_text(struct decisions *d, struct span field, struct span text);

/* Of the rows from FIRST on, the last that was decided on one of TEXTS; NULL if there is none.
 * Says of each row how far it got; the one given is for the caller to mark. A row without a text
 * holds for any. */
struct decision *decisions_fitting(struct decisions *d, size_t first, const struct span *texts,
                                   size_t count);

/* The one of A and B that holds, the other being marked as overruled. Either may be NULL. */
struct decision *decisions_holding(struct decisions *d, struct decision *a, struct decision *b);

/* Whether two texts are the same but for white space, which spreadsheets and pages change. */
bool decisions_same_text(struct span a, struct span b);

/* Whether they also have white space at the same places, however much: "4 403" is not "4403". */
bool decisions_same_words(struct span a, struct span b);

/* The reason of a value "missing:REASON"; no at if it is another. */
struct span decision_missing(const struct decision *it);

/* Tells which rows were of no use, and counts all for --stats. */
void decisions_close(struct decisions *d, struct filter *f);

void decisions_free(struct decisions *d);

#endif
