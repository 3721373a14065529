/* rulings -- what people decided about the doubts of a join: rows of decisions.csv.
 *
 * A row of the kind `merge` says what a field comes to on which the sides disagree; one of the kind
 * `merged` whose records stay where two keys have become one body. Its `reply` is the record's key,
 * parts and items of a list with "|" between; its `text` what the person saw: both values below
 * each other, or both keys. */
#ifndef RULINGS_H
#define RULINGS_H

#include "decisions/decisions.h"
#include "join/joinkey.h"

struct rulings {
    struct decisions decisions;
    struct buf text, left, right, scratch, raw;
};

/* FILES of decisions; a row that cannot be meant is a fault, status 1. */
void rulings_load(struct rulings *r, const struct opt_list *files);

/* What was decided about the current conflict on FIELD, or NULL. */
struct decision *rulings_conflict(struct rulings *r, const struct joinkey *key, struct span field,
                                  const struct value *left, const struct value *right);

enum rulings_side { RULINGS_LEFT, RULINGS_RIGHT, RULINGS_OTHER };

/* Which of the values that rulings_conflict() was asked about IT takes. */
enum rulings_side rulings_side(const struct rulings *r, const struct decision *it);

/* The value of IT, decided in place of LEFT and RIGHT, as JSON: a number where they are numbers, a
 * list where one is a list. Good until the next call. */
struct span rulings_value(struct rulings *r, const struct decision *it, const struct value *left,
                          const struct value *right);

enum rulings_keeps { RULINGS_UNSAID, RULINGS_KEY, RULINGS_OTHER_KEY, RULINGS_BOTH };

/* Which of two keys of BODY, as JSON, keep their records. */
enum rulings_keeps rulings_body(struct rulings *r, struct span body, struct span key,
                                struct span other);

void rulings_free(struct rulings *r);

#endif
