/* plan_read -- what the files that read a plan share; nobody else's business. */
#ifndef PLAN_READ_H
#define PLAN_READ_H

#include "docs/document.h"
#include "tables/plan.h"

struct span plan_keep(struct plan *p, struct span text);

/* The kept spelling of a scalar in a document, and of JSON text. */
struct span plan_spelling(struct plan *p, const struct document *d);
struct span plan_spell(struct plan *p, struct span json);

/* The values listed under KEY; how many. */
size_t plan_values(struct plan *p, const struct document *table, const char *key,
                   struct plan_value **values);

void plan_read_where(struct plan *p, const struct document *table, struct plan_table *t);

/* `codebook` and `subtotals`, `bands`, `population`, `suppress`. FILE is the plan's. */
void plan_read_codebook(struct plan *p, const struct document *table, struct plan_table *t,
                        const char *file);
void plan_read_bands(struct plan *p, const struct document *table, struct plan_table *t);
void plan_read_population(struct plan *p, const struct document *table, struct plan_table *t);
void plan_read_suppress(const struct document *table, struct plan_table *t);

/* `title`, `labels`, `reasons` and `public` of the plan; `label` of the table ID. */
void plan_read_labels(struct plan *p, const struct document *root);
void plan_read_label(struct plan *p, const struct document *table, struct span id);

/* One more table at the end of the plan; those before may move. */
struct plan_table *plan_add_table(struct plan *p);

/* The table at INDEX is an account of replies, described by `flow` in TABLE. */
void plan_read_flow(struct plan *p, const struct document *table, size_t index);

#endif
