/* pair_parts -- what the files of pair.h share: the plans for pairs of shapes (pair_plan.c), the
 * fields of the tools (pair_tools.c), and the record written by them (pair.c). */
#ifndef PAIR_PARTS_H
#define PAIR_PARTS_H

#include "join/pair.h"

#define PAIR_MISSING SPAN("_missing")
#define PAIR_EVIDENCE SPAN("_evidence")
#define PAIR_ORIGIN SPAN("_origin")
#define PAIR_PROVENANCE SPAN("_provenance")
#define PAIR_MATCH SPAN("_match")

/* What becomes of a field of RIGHT. */
enum pair_act {
    PAIR_DROP,
    PAIR_COPY,
    PAIR_RENAME,
    PAIR_REPLACE, /* RIGHT's value in LEFT's place */
    PAIR_MERGE,   /* a value by the field's rule in LEFT's place */
    PAIR_UNITE    /* a field of the tools */
};

/* The same of one field, by its place in RIGHT. */
struct pair_step {
    enum pair_act act;
    struct span name; /* in the output */
    size_t place;     /* in LEFT, if it is there */
    size_t rule;
};

/* The plan for the current LEFT and RIGHT; good until the next call. Nearly always it is the one
 * before, which pair_plan_find() is spared. */
struct pair_plan *pair_plan_find(struct pair *p, const struct record *right);
static inline struct pair_plan *pair_plan_for(struct pair *p, const struct record *right)
{
    struct pair_plan *last = &p->shape->plans[p->shape->plan];
    bool is_same = last->valid && last->shape && last->shape == right->shape;
    return is_same ? last : pair_plan_find(p, right);
}

/* Whether LEFT's field gets the value of the RIGHT field at PLACE. Needs the results of the pair.
 */
static inline bool pair_takes_right(const struct pair *p, const struct pair_plan *plan,
                                    size_t place)
{
    enum pair_act act = plan->steps[place].act;
    return act == PAIR_REPLACE ||
           (act == PAIR_MERGE && p->results[place].source == MERGE_FROM_RIGHT);
}

/* LEFT's field NAME gets the value RAW, which must last until the pair is written. */
void pair_set(struct pair *p, struct span name, struct span raw);

/* What comes last: fields of the tools that LEFT has not. A NULL at for what it has, or nobody. */
struct pair_tools {
    struct span missing, evidence, provenance, match;
};

/* Unites the fields of the tools: those that LEFT has are set, the others are in TOOLS, both good
 * until the next pair. */
void pair_unite(struct pair *p, const struct pair_plan *plan, const struct record *right,
                enum pair_partner partner, struct pair_tools *tools);

#endif
