/* pair -- plans for pairs of shapes, and records written by them. */
#include "join/pair.h"

#include <stdlib.h>

#include "stream/emit.h"

#define MISSING SPAN("_missing")
#define EVIDENCE SPAN("_evidence")
#define ORIGIN SPAN("_origin")
#define PROVENANCE SPAN("_provenance")
#define MATCH SPAN("_match")

enum pair_act {
    DROP,
    COPY,
    RENAME,
    REPLACE, /* RIGHT's value in LEFT's place */
    MERGE,   /* a value by the field's rule in LEFT's place */
    UNITE    /* a field of the tools */
};

struct pair_step {
    enum pair_act act;
    struct span name; /* in the output */
    size_t place;     /* in LEFT, if it is there */
    size_t rule;
};

void pair_init(struct pair *p, const struct joinkey *left_key, const struct joinkey *right_key,
               const struct intern *right_names, struct merge *merge)
{
    *p = (struct pair){
        .left_key = left_key, .right_key = right_key, .right_names = right_names, .merge = merge};
}

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
    return (p->left_key->rules && span_eq(name, MATCH)) ||
           (p->provenance && span_eq(name, PROVENANCE));
}

static enum pair_act act_for(struct pair *p, struct span name, bool on_left, size_t *rule)
{
    if (joinkey_repeats(p->right_key, name))
        return DROP;
    if (is_written(p, name))
        return RENAME;
    if (span_eq(name, MISSING) || span_eq(name, EVIDENCE))
        return UNITE;
    if (!on_left)
        return COPY;
    if (joinkey_has(p->right_key, name))
        return RENAME;
    if (span_eq(name, ORIGIN))
        return UNITE;
    if (!span_starts(name, SPAN("_")) && !joinkey_has(p->left_key, name) &&
        (*rule = merge_find(p->merge, name)) != SIZE_MAX)
        return MERGE;
    if (span_starts(name, SPAN("_")) || p->clash == PAIR_SUFFIX || p->clash == PAIR_ERROR)
        return RENAME;
    if (p->clash == PAIR_LEFT)
        return DROP;
    return joinkey_has(p->left_key, name) ? RENAME : REPLACE;
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
        struct span shown = act == RENAME ? suffixed(p, plan, name) : name;
        plan->steps[i] = (struct pair_step){act, shown, place, rule};
        plan->replaced += act == REPLACE;
        plan->merged += act == MERGE;
        if (act == RENAME && p->clash == PAIR_ERROR && !span_starts(name, SPAN("_")) &&
            !joinkey_has(p->right_key, name) && !plan->clash.at)
            plan->clash = name;
        if (act == UNITE && span_eq(name, MISSING))
            plan->missing = i;
        else if (act == UNITE && span_eq(name, EVIDENCE))
            plan->evidence = i;
        else if (act == UNITE)
            plan->origin = i;
    }
    plan->valid = true;
}

static struct pair_plan *plan_for(struct pair *p, const struct record *right)
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
    return plan_for(p, right)->clash;
}

/* Whether LEFT's field gets the value of the RIGHT field at PLACE. */
static bool takes_right(const struct pair *p, const struct pair_plan *plan, size_t place)
{
    enum pair_act act = plan->steps[place].act;
    return act == REPLACE || (act == MERGE && p->results[place].source == MERGE_FROM_RIGHT);
}

/* The name in the output of what RIGHT says of its field NAME; false if it is
 * to be dropped: the field is, or it is no field of RIGHT but one of LEFT. */
static bool output_name(const struct pair *p, const struct pair_plan *plan, struct span name,
                        struct span *shown)
{
    size_t place = intern_find(&plan->names, name);
    if (place == INTERN_NONE) {
        *shown = name;
        return intern_find(&p->shape->names, name) == INTERN_NONE &&
               !joinkey_has(p->right_key, name);
    }
    *shown = plan->steps[place].name;
    enum pair_act act = plan->steps[place].act;
    return act == MERGE ? takes_right(p, plan, place) : act != DROP;
}

static bool is_replaced(const struct pair *p, const struct pair_plan *plan, struct span name)
{
    bool any = plan->replaced || plan->merged;
    size_t place = any ? intern_find(&plan->names, name) : INTERN_NONE;
    return place != INTERN_NONE && takes_right(p, plan, place);
}

/* The reason of a merged field that is null: for a conflict REASON, else LEFT's before RIGHT's,
 * and none of the side that is not real. */
static void merge_reason(struct pair *p, const struct pair_step *step, struct span reason,
                         enum pair_partner partner)
{
    struct span theirs = missing_find(&p->right_missing, step->name);
    if (reason.at)
        missing_set(&p->missing, step->name, reason);
    if (partner == PAIR_NO_LEFT)
        missing_drop(&p->missing, step->name);
    if (theirs.at && partner != PAIR_NO_RIGHT && !missing_find(&p->missing, step->name).at)
        missing_set(&p->missing, step->name, theirs);
}

static void unite_missing(struct pair *p, const struct pair_plan *plan, const struct record *right,
                          enum pair_partner partner)
{
    struct missing *m = &p->missing, *theirs = &p->right_missing;
    struct span shown;
    missing_read(m, p->left);
    missing_read(theirs, right);
    for (size_t i = 0; (plan->replaced || plan->merged) && i < right->count; i++) {
        if (takes_right(p, plan, i))
            missing_drop(m, plan->steps[i].name);
        else if (plan->steps[i].act == MERGE && p->results[i].source == MERGE_FROM_NEITHER)
            merge_reason(p, &plan->steps[i], p->results[i].reason, partner);
    }
    for (size_t i = 0; i < theirs->count; i++)
        if (output_name(p, plan, theirs->entries[i].field, &shown))
            missing_set(m, shown, theirs->entries[i].reason);
    buf_clear(&p->missing_text);
    if (m->count)
        missing_emit(m, &p->missing_text);
}

/* Starts an object in B with the members of LEFT's field NAME that are not DROPPED. */
static void
start_object(struct pair *p, const struct pair_plan *plan, struct buf *b, struct span field,
             bool (*dropped)(const struct pair *, const struct pair_plan *, struct span))
{
    const struct value *ours = record_get(p->left, field);
    struct value name, item;
    buf_clear(b);
    buf_addc(b, '{');
    if (!ours || ours->type != VALUE_OBJECT)
        return;
    for (struct span rest = ours->raw; value_next(&rest, &name, &item);) {
        struct span text = value_text(&name, &p->scratch);
        if (dropped(p, plan, text))
            continue;
        emit_name(b, text);
        buf_add(b, item.raw);
    }
}

static void unite_evidence(struct pair *p, const struct pair_plan *plan, const struct value *theirs)
{
    struct buf *b = &p->evidence_text;
    struct value name, item;
    struct span shown;
    start_object(p, plan, b, EVIDENCE, is_replaced);
    if (theirs->type == VALUE_OBJECT)
        for (struct span rest = theirs->raw; value_next(&rest, &name, &item);) {
            if (!output_name(p, plan, value_text(&name, &p->scratch), &shown))
                continue;
            emit_name(b, shown);
            buf_add(b, item.raw);
        }
    buf_addc(b, '}');
}

void pair_emit_items(struct buf *b, const struct value *v)
{
    struct span rest = v->raw;
    struct value item;
    if (v->type != VALUE_LIST) {
        emit_item(b);
        buf_add(b, v->raw);
        return;
    }
    while (value_next(&rest, NULL, &item)) {
        emit_item(b);
        buf_add(b, item.raw);
    }
}

static void add_set(struct pair *p, struct span name, struct span raw)
{
    p->sets = array_grow(p->sets, &p->sets_cap, p->sets_count + 1, sizeof *p->sets);
    struct record_set *set = &p->sets[p->sets_count++];
    *set = (struct record_set){.raw = raw};
    set->name.name = name;
}

/* A field of the tools: in LEFT's place, or with those that come last. An empty text is none. */
static void place_tool(struct pair *p, struct span name, const struct buf *text,
                       struct span *coming_last)
{
    size_t place = intern_find(&p->shape->names, name);
    struct span raw = text->len ? buf_span(text) : (struct span){0};
    if (place != INTERN_NONE)
        add_set(p, name, raw);
    else
        *coming_last = raw;
}

/* The values of LEFT's fields that RIGHT has a say in. */
static void set_values(struct pair *p, const struct pair_plan *plan, const struct record *right,
                       enum pair_partner partner)
{
    struct merge_sides sides = {p->left, right, p->left_key, partner != PAIR_REAL};
    p->results = array_grow(p->results, &p->results_cap, right->count, sizeof *p->results);
    merge_clear(p->merge);
    for (size_t i = 0; i < right->count; i++) {
        const struct pair_step *step = &plan->steps[i];
        const struct value *theirs = &right->fields[i].value;
        if (step->act == REPLACE)
            add_set(p, step->name, theirs->raw);
        if (step->act != MERGE)
            continue;
        const struct value *ours = &p->left->fields[step->place].value;
        p->results[i] = merge_values(p->merge, step->rule, ours, theirs, &sides);
        if (!span_eq(p->results[i].raw, ours->raw))
            add_set(p, step->name, p->results[i].raw);
    }
}

static bool is_merged(const struct pair *p, const struct pair_plan *plan, struct span name)
{
    (void)p;
    size_t place = intern_find(&plan->names, name);
    return place != INTERN_NONE && plan->steps[place].act == MERGE;
}

/* Which side each merged field came from, beside what earlier joins told of others. */
static void unite_provenance(struct pair *p, const struct pair_plan *plan)
{
    struct buf *b = &p->provenance_text;
    start_object(p, plan, b, PROVENANCE, is_merged);
    for (size_t i = 0; i < plan->names.count; i++)
        if (plan->steps[i].act == MERGE)
            emit_string_field(b, plan->steps[i].name, merge_source_name(p->results[i].source));
    buf_addc(b, '}');
}

static void unite_origin(struct pair *p, const struct value *ours, const struct value *theirs)
{
    buf_clear(&p->origin_text);
    buf_addc(&p->origin_text, '[');
    pair_emit_items(&p->origin_text, ours);
    pair_emit_items(&p->origin_text, theirs);
    buf_addc(&p->origin_text, ']');
}

static bool is_told(const struct pair *p, const struct pair_plan *plan, struct span name)
{
    (void)p;
    (void)plan;
    return joinkey_tells(name);
}

/* How the keys were matched, beside what earlier stages told of other matters. */
static void unite_match(struct pair *p, const struct pair_plan *plan)
{
    start_object(p, plan, &p->match_text, MATCH, is_told);
    emit_item(&p->match_text);
    buf_add(&p->match_text, p->match);
    buf_addc(&p->match_text, '}');
}

/* What comes last: fields of the tools that LEFT has not. */
struct pair_tools {
    struct span missing, evidence, provenance, match;
};

static void set_tools(struct pair *p, const struct pair_plan *plan, const struct record *right,
                      enum pair_partner partner, struct pair_tools *tools)
{
    if (plan->missing < right->count || plan->replaced || plan->merged) {
        unite_missing(p, plan, right, partner);
        place_tool(p, MISSING, &p->missing_text, &tools->missing);
    }
    if (plan->evidence < right->count) {
        unite_evidence(p, plan, &right->fields[plan->evidence].value);
        place_tool(p, EVIDENCE, &p->evidence_text, &tools->evidence);
    }
    if (plan->origin < right->count) {
        size_t place = plan->steps[plan->origin].place;
        unite_origin(p, &p->left->fields[place].value, &right->fields[plan->origin].value);
        add_set(p, ORIGIN, buf_span(&p->origin_text));
    }
    if (p->provenance && plan->merged) {
        unite_provenance(p, plan);
        place_tool(p, PROVENANCE, &p->provenance_text, &tools->provenance);
    }
    if (p->match.len) {
        unite_match(p, plan);
        place_tool(p, MATCH, &p->match_text, &tools->match);
    }
}

/* LEFT without its closing brace. */
static void write_left(struct pair *p, struct output *out)
{
    struct buf *b = &out->buf;
    if (p->sets_count)
        record_note_with(b, p->left, p->sets, p->sets_count, out->places);
    else if (p->left->count)
        record_note(b, p->left, out->places);
    else
        buf_add(b, SPAN("{}"));
    b->len--;
}

static void write_value(struct output *out, struct span name, struct span raw)
{
    if (!raw.at)
        return;
    size_t before = out->buf.len;
    emit_name(&out->buf, name);
    places_name(out->places, &out->buf, before);
    size_t from = out->buf.len;
    buf_add(&out->buf, raw);
    places_value(out->places, &out->buf, from, out->buf.len);
}

/* Behind the last field of RIGHT that is copied from FIRST on, with a comma before each and no
 * more.
 */
static size_t run_end(const struct pair_plan *plan, const struct record *right, size_t first)
{
    size_t i = first + 1;
    while (i < right->count && plan->steps[i].act == COPY &&
           right->fields[i].at == field_end(&right->fields[i - 1]) + 1)
        i++;
    return i;
}

void pair_write(struct pair *p, const struct record *right, enum pair_partner partner,
                struct output *out)
{
    const struct pair_plan *plan = plan_for(p, right);
    struct pair_tools tools = {0};
    p->sets_count = 0;
    if (plan->replaced || plan->merged)
        set_values(p, plan, right, partner);
    set_tools(p, plan, right, partner, &tools);
    write_left(p, out);
    for (size_t i = 0; i < right->count;) {
        size_t end = i + 1;
        if (plan->steps[i].act == COPY)
            record_note_run(&out->buf, right, i, end = run_end(plan, right, i), out->places);
        else if (plan->steps[i].act == RENAME)
            write_value(out, plan->steps[i].name, right->fields[i].value.raw);
        i = end;
    }
    write_value(out, MISSING, tools.missing);
    write_value(out, EVIDENCE, tools.evidence);
    write_value(out, PROVENANCE, tools.provenance);
    write_value(out, MATCH, tools.match);
    buf_addc(&out->buf, '}');
}

static void free_shape(struct pair_shape *left)
{
    for (size_t i = 0; i < PAIR_PLANS; i++) {
        intern_free(&left->plans[i].names);
        free(left->plans[i].steps);
        arena_free(&left->plans[i].arena);
    }
    intern_free(&left->names);
}

void pair_free(struct pair *p)
{
    for (size_t i = 0; i < PAIR_PLANS; i++)
        free_shape(&p->shapes[i]);
    intern_free(&p->taken);
    missing_free(&p->missing);
    missing_free(&p->right_missing);
    free(p->sets);
    buf_free(&p->missing_text);
    buf_free(&p->evidence_text);
    buf_free(&p->origin_text);
    buf_free(&p->provenance_text);
    buf_free(&p->match_text);
    free(p->results);
    buf_free(&p->scratch);
    *p = (struct pair){0};
}
