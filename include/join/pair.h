/* pair -- a LEFT and a RIGHT record put together as one.
 *
 * LEFT's fields come first, as they stood, then RIGHT's; RIGHT's key fields are
 * left out, since LEFT has the same values. What becomes of each field is worked
 * out once for each pair of shapes (the names of the two records) and kept, so a
 * pair costs little more than the copying of its bytes.
 *
 * Fields of the tools are united whatever the rule for clashing names:
 * `_missing` and `_evidence`, which speak of fields, take in RIGHT's under the
 * names that these fields have in the output; `_origin` becomes the list of both. */
#ifndef PAIR_H
#define PAIR_H

#include "base/intern.h"
#include "join/joinkey.h"
#include "join/merge.h"

/* What becomes of a name on both sides that is no key. A key of LEFT is never replaced. */
enum pair_clash { PAIR_SUFFIX, PAIR_LEFT, PAIR_RIGHT, PAIR_ERROR };

#define PAIR_PLANS 4 /* shapes remembered of either side */

struct pair_step;
struct pair_plan {
    struct intern names;     /* of a RIGHT record, in order */
    size_t shape;            /* of that record; 0 if it has none */
    struct pair_step *steps; /* what becomes of each */
    size_t steps_cap;
    struct arena arena;
    bool valid;
    size_t replaced;                  /* fields of LEFT that get RIGHT's values */
    size_t merged;                    /* fields that have a rule */
    size_t missing, evidence, origin; /* places of the tools' fields, or the count of names */
    struct span clash;                /* the first name on both sides, if that is an error */
};

/* A shape of LEFT with the plans for it. */
struct pair_shape {
    struct intern names; /* of a LEFT record, in order */
    size_t shape;        /* of that record; 0 if it has none */
    bool valid;
    struct pair_plan plans[PAIR_PLANS];
    size_t plan, victim; /* the one used last, the next to be replaced */
};

struct pair {
    enum pair_clash clash;
    struct merge *merge;
    bool provenance; /* tell which side each merged field came from */
    const struct joinkey *left_key, *right_key;
    const struct intern *right_names; /* of all RIGHT records: a suffixed name must not be one */

    struct span match;         /* members of `_match` of the next pair, if any */
    const struct record *left; /* the current one */
    struct pair_shape shapes[PAIR_PLANS];
    struct pair_shape *shape; /* that of the current one */
    size_t victim;            /* the next to be replaced */

    struct missing missing, right_missing;
    struct record_set *sets; /* of LEFT's fields, for the pair being written */
    size_t sets_count, sets_cap;
    struct merge_result *results; /* by RIGHT's fields, where they have a rule */
    size_t results_cap;
    struct buf missing_text, evidence_text, origin_text, provenance_text, match_text, scratch;
    struct intern taken;
};

void pair_init(struct pair *p, const struct joinkey *left_key, const struct joinkey *right_key,
               const struct intern *right_names, struct merge *merge);

/* The LEFT record of the pairs that follow; it is read until the next one is given. */
void pair_left(struct pair *p, const struct record *left);

/* The name for which the two cannot be one record (PAIR_ERROR), or one with a NULL at. */
struct span pair_clashes(struct pair *p, const struct record *right);

/* LEFT and RIGHT as one record at the end of B. The `_missing` of both must be
 * valid. One that stands in for a partner is compared with nothing. */
enum pair_partner { PAIR_REAL, PAIR_NO_LEFT, PAIR_NO_RIGHT };
void pair_write(struct pair *p, const struct record *right, enum pair_partner partner,
                struct output *out);

/* V as an item of the list being written, or its items if it is a list itself. */
void pair_emit_items(struct buf *b, const struct value *v);

void pair_free(struct pair *p);

#endif
