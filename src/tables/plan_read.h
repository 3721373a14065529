/* plan_read -- what the files that read a plan share; nobody else's business. */
#ifndef PLAN_READ_H
#define PLAN_READ_H

#include "docs/document.h"
#include "tables/plan.h"

struct span plan_keep(struct plan *p, struct span text);

/* The kept spelling of a scalar in a document, and of JSON text. */
struct span plan_spelling(struct plan *p, const struct document *d);
struct span plan_spell(struct plan *p, struct span json);

/* What a table is called whose plan gives it no name: "grant_by_gde". BY may be a NULL at. */
struct span plan_default_id(struct plan *p, struct span field, struct span by);

/* The keys that a table may have, NULL last; and the table D of the plan FILE into T, key by key,
 * each as far as it is good (document_try()). */
extern const char *const PLAN_TABLE_KEYS[];
void plan_read_table(struct plan *p, const struct document *d, struct plan_table *t,
                     const char *file);

/* The values listed under KEY; how many. */
size_t plan_values(struct plan *p, const struct document *table, const char *key,
                   struct plan_value **values);

void plan_read_where(struct plan *p, const struct document *table, struct plan_table *t);

/* `codebook` and `subtotals`, `bands`, `population`, `suppress`. FILE is the plan's. */
void plan_read_codebook(struct plan *p, const struct document *table, struct plan_table *t,
                        const char *file);
void plan_read_bands(struct plan *p, const struct document *table, struct plan_table *t);
/* The spelling of a band's name: "under 10", "10 to under 20", "20 or more". */
struct span plan_band_name(struct plan *p, const double *bands, size_t count, size_t band);
void plan_read_population(struct plan *p, const struct document *table, struct plan_table *t);
void plan_read_suppress(const struct document *table, struct plan_table *t);

/* Tables in few words ("a by b", "each", "defaults"): each table that they stand for is given to
 * TAKE with its keys in full. WORDS is a struct plan_short. What is made is good until
 * plan_short_close(). */
struct plan_short {
    json_t *made, *defaults;
    void (*take)(void *with, const struct document *table);
    void *with;
};

void plan_short_open(void *words, const struct document *root);
void plan_short_read(void *words, const struct document *table);
void plan_short_close(struct plan_short *s);

/* `title`, `labels`, `reasons` and `public` of the plan; `label` of the table ID. */
void plan_read_labels(void *plan, const struct document *root);
void plan_read_label(struct plan *p, const struct document *table, struct span id);

/* One more table at the end of the plan; those before may move. */
struct plan_table *plan_add_table(struct plan *p);

/* The table at INDEX is an account of replies, described by `flow` in TABLE. */
void plan_read_flow(struct plan *p, const struct document *table, size_t index);

#endif
