/* pair_plan -- what becomes of each field, worked out once for each pair of shapes. */
#include "pair_parts.h"
#include "stream/emit.h"

static bool same_names(const struct intern *names, size_t shape, const struct record *r)
{
    if (shape && shape == r->shape)
        return true;
    if (names->count != r->count)
        return false;
    for (size_t i = 0; i < r->count; i++)
        if (!span_eq(names->keys[i], r->fields[i].name))
            return false;
    return true;
}

static void take_names(struct intern *names, const struct record *r)
{
    intern_clear(names);
    for (size_t i = 0; i < r->count; i++)
        intern_add(names, r->fields[i].name);
}

/* The place in SHAPES of LEFT's shape, or PAIR_PLANS. */
static size_t shape_of(const struct pair *p, const struct record *left)
{
    size_t last = p->shape ? (size_t)(p->shape - p->shapes) : 0;
    for (size_t i = 0; i < PAIR_PLANS; i++) {
        size_t at = (last + i) % PAIR_PLANS;
        if (p->shapes[at].valid && same_names(&p->shapes[at].names, p->shapes[at].shape, left))
            return at;
    }
    return PAIR_PLANS;
}

void pair_left(struct pair *p, const struct record *left)
{
    p->left = left;
    size_t at = shape_of(p, left);
    if (at < PAIR_PLANS) {
        p->shape = &p->shapes[at];
        p->shape->shape = left->shape;
        return;
    }
    p->shape = &p->shapes[p->victim];
    p->victim = (p->victim + 1) % PAIR_PLANS;
    take_names(&p->shape->names, left);
    p->shape->shape = left->shape;
    p->shape->valid = true;
    for (size_t i = 0; i < PAIR_PLANS; i++)
        p->shape->plans[i].valid = false;
}

static bool is_taken(const struct pair *p, const struct pair_plan *plan, struct span name)
{
    return intern_find(&p->shape->names, name) != INTERN_NONE ||
           intern_find(&plan->names, name) != INTERN_NONE ||
           intern_find(&p->taken, name) != INTERN_NONE ||
           (p->right_names && intern_find(p->right_names, name) != INTERN_NONE);
}

/* NAME_right, or NAME_right_2, ... where that is some other field's name. */
static struct span suffixed(struct pair *p, struct pair_plan *plan, struct span name)
{
    buf_clear(&p->scratch);
    buf_add(&p->scratch, name);
    buf_add(&p->scratch, SPAN("_right"));
    size_t stem = p->scratch.len;
    for (size_t n = 2; is_taken(p, plan, buf_span(&p->scratch)); n++) {
        p->scratch.len = stem;
        buf_addc(&p->scratch, '_');
        emit_count(&p->scratch, n);
    }
    intern_add(&p->taken, buf_span(&p->scratch));
    return arena_copy(&plan->arena, buf_span(&p->scratch));
}

/* Whether the join writes a field of the tools by this name itself. */
static bool is_written(const struct pair *p, struct span name)
{
    return (p->left_key->rules && span_eq(name, PAIR_MATCH)) ||
           (p->provenance && span_eq(name, PAIR_PROVENANCE));
}

static enum pair_act act_for(struct pair *p, struct span name, bool on_left, size_t *rule)
{
    if (joinkey_repeats(p->right_key, name))
        return PAIR_DROP;
    if (is_written(p, name))
        return PAIR_RENAME;
    if (span_eq(name, PAIR_MISSING) || span_eq(name, PAIR_EVIDENCE))
        return PAIR_UNITE;
    if (!on_left)
        return PAIR_COPY;
    if (joinkey_has(p->right_key, name))
        return PAIR_RENAME;
    if (span_eq(name, PAIR_ORIGIN))
        return PAIR_UNITE;
    if (!span_starts(name, SPAN("_")) && !joinkey_has(p->left_key, name) &&
        (*rule = merge_find(p->merge, name)) != SIZE_MAX)
        return PAIR_MERGE;
    if (span_starts(name, SPAN("_")) || p->clash == PAIR_SUFFIX || p->clash == PAIR_ERROR)
        return PAIR_RENAME;
    if (p->clash == PAIR_LEFT)
        return PAIR_DROP;
    return joinkey_has(p->left_key, name) ? PAIR_RENAME : PAIR_REPLACE;
}

static void make_plan(struct pair *p, struct pair_plan *plan, const struct record *right)
{
    take_names(&plan->names, right);
    plan->shape = right->shape;
    arena_clear(&plan->arena);
    intern_clear(&p->taken);
    plan->steps = array_grow(plan->steps, &plan->steps_cap, right->count, sizeof *plan->steps);
    plan->replaced = plan->merged = 0;
    plan->clash = (struct span){0};
    plan->missing = plan->evidence = plan->origin = right->count;
    for (size_t i = 0; i < right->count; i++) {
        struct span name = plan->names.keys[i];
        size_t place = intern_find(&p->shape->names, name);
        size_t rule = SIZE_MAX;
        enum pair_act act = act_for(p, name, place != INTERN_NONE, &rule);
        struct span shown = act == PAIR_RENAME ? suffixed(p, plan, name) : name;
        plan->steps[i] = (struct pair_step){act, shown, place, rule};
        plan->replaced += act == PAIR_REPLACE;
        plan->merged += act == PAIR_MERGE;
        if (act == PAIR_RENAME && p->clash == PAIR_ERROR && !span_starts(name, SPAN("_")) &&
            !joinkey_has(p->right_key, name) && !plan->clash.at)
            plan->clash = name;
        if (act == PAIR_UNITE && span_eq(name, PAIR_MISSING))
            plan->missing = i;
        else if (act == PAIR_UNITE && span_eq(name, PAIR_EVIDENCE))
            plan->evidence = i;
        else if (act == PAIR_UNITE)
            plan->origin = i;
    }
    plan->valid = true;
}

struct pair_plan *pair_plan_find(struct pair *p, const struct record *right)
{
    struct pair_shape *left = p->shape;
    for (size_t i = 0; i < PAIR_PLANS; i++) {
        size_t at = (left->plan + i) % PAIR_PLANS;
        struct pair_plan *plan = &left->plans[at];
        if (plan->valid && same_names(&plan->names, plan->shape, right)) {
            plan->shape = right->shape;
            left->plan = at;
            return plan;
        }
    }
    left->plan = left->victim;
    left->victim = (left->victim + 1) % PAIR_PLANS;
    make_plan(p, &left->plans[left->plan], right);
    return &left->plans[left->plan];
}

struct span pair_clashes(struct pair *p, const struct record *right)
{
    return pair_plan_for(p, right)->clash;
}
