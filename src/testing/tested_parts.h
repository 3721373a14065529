/* tested_parts -- what the modules of tested.h share. */
#ifndef TESTED_PARTS_H
#define TESTED_PARTS_H

#include "testing/tested.h"

/* A new test of the table, at the end of the list. Good until the next one is begun. */
struct tested *tested_begin(struct tested_list *list, const struct cells_table *table, size_t layer,
                            enum tested_kind kind);

/* The family's name is HEAD and the table's. */
void tested_set_family(struct tested_list *list, struct tested *t, struct span head);

/* What stands in the list's scratch becomes a warning. */
void tested_add_warning(struct tested_list *list, struct tested *t);
void tested_warn(struct tested_list *list, struct tested *t, struct span what);

/* False, with a warning, if STATUS says that there is no result; else METHOD gave RESULT. */
bool tested_succeeded(struct tested_list *list, struct tested *t, enum stat_status status,
                      enum tested_way method);

/* Fills in all that can be computed of t->counts, whose rows and columns are named. */
void tested_independence(struct tested_list *list, struct tested *t,
                         const struct tested_options *o);
void tested_goodness(struct tested_list *list, struct tested *t, const struct tested_options *o);

/* One answer for all strata of the table, of the item or of all values. */
void tested_conditional(struct tested_list *list, const struct tested_options *o,
                        const struct cells_table *table, const struct cells_code *item);

/* The letter of a column: A to Z, AA, AB ... */
void tested_add_letter(struct buf *b, size_t column);

/* Two multiple responses: simultaneous pairwise marginal independence. */
void tested_spmi(struct tested_list *list, const struct cells_table *table, size_t layer);

/* Numbers of several groups. */
void tested_numbers(struct tested_list *list, const struct cells_table *table, size_t layer);

/* Two answers of the same records. */
void tested_paired(struct tested_list *list, const struct tested_options *o,
                   const struct cells_table *table, size_t layer);

/* All values of a multiple response together. */
void tested_set(struct tested_list *list, const struct cells_table *table, size_t layer);

/* Parts of members: NUMBER if it is THERE, else null; null; a code, or null for none; a statistic
 * with its p; the ends of an interval. */
void tested_emit_if(struct buf *b, struct span name, bool there, double number);
void tested_emit_none(struct buf *b, struct span name);
void tested_emit_code(struct buf *b, struct span name, const struct cells_code *code);
void tested_emit_result(struct buf *b, const struct tests_result *result);
void tested_emit_ends(struct buf *b, const struct stat_estimate *e);

/* Members of the line that are objects of their own kind, or null (tested_members.c). */
void tested_emit_fisher(struct buf *b, struct span name, const struct tested *t,
                        const struct tested_options *o);
void tested_emit_random(struct buf *b, struct span name, const struct tested *t,
                        const struct tested_options *o);
void tested_emit_trend(struct buf *b, struct span name, const struct tested *t,
                       const struct tested_options *o);
void tested_emit_linear(struct buf *b, struct span name, const struct tested *t,
                        const struct tested_options *o);
void tested_emit_strata(struct buf *b, struct span name, const struct tested *t,
                        const struct tested_options *o);
void tested_emit_letters(struct buf *b, struct span name, const struct tested *t,
                         const struct tested_options *o);
void tested_emit_spmi(struct buf *b, struct span name, const struct tested *t,
                      const struct tested_options *o);
void tested_emit_location(struct buf *b, struct span name, const struct tested *t,
                          const struct tested_options *o);
void tested_emit_weighted(struct buf *b, struct span name, const struct tested *t,
                          const struct tested_options *o);
void tested_emit_set(struct buf *b, struct span name, const struct tested *t,
                     const struct tested_options *o);

#endif
