/* pair_tools -- the fields of the tools of both sides united, under the names that they have in the
 * output. */
#include "pair_parts.h"
#include "stream/emit.h"

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
    return act == PAIR_MERGE ? pair_takes_right(p, plan, place) : act != PAIR_DROP;
}

static bool is_replaced(const struct pair *p, const struct pair_plan *plan, struct span name)
{
    bool any = plan->replaced || plan->merged;
    size_t place = any ? intern_find(&plan->names, name) : INTERN_NONE;
    return place != INTERN_NONE && pair_takes_right(p, plan, place);
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
        if (pair_takes_right(p, plan, i))
            missing_drop(m, plan->steps[i].name);
        else if (plan->steps[i].act == PAIR_MERGE && p->results[i].source == MERGE_FROM_NEITHER)
            merge_reason(p, &plan->steps[i], p->results[i].reason, partner);
    }
    for (size_t i = 0; i < theirs->end; i++)
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
    start_object(p, plan, b, PAIR_EVIDENCE, is_replaced);
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

/* A field of the tools: in LEFT's place, or with those that come last. An empty text is none. */
static void place_tool(struct pair *p, struct span name, const struct buf *text,
                       struct span *coming_last)
{
    size_t place = intern_find(&p->shape->names, name);
    struct span raw = text->len ? buf_span(text) : (struct span){0};
    if (place != INTERN_NONE)
        pair_set(p, name, raw);
    else
        *coming_last = raw;
}

static bool is_merged(const struct pair *p, const struct pair_plan *plan, struct span name)
{
    (void)p;
    size_t place = intern_find(&plan->names, name);
    return place != INTERN_NONE && plan->steps[place].act == PAIR_MERGE;
}

/* Which side each merged field came from, beside what earlier joins told of others. */
static void unite_provenance(struct pair *p, const struct pair_plan *plan)
{
    struct buf *b = &p->provenance_text;
    start_object(p, plan, b, PAIR_PROVENANCE, is_merged);
    for (size_t i = 0; i < plan->names.count; i++)
        if (plan->steps[i].act == PAIR_MERGE)
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
    start_object(p, plan, &p->match_text, PAIR_MATCH, is_told);
    emit_item(&p->match_text);
    buf_add(&p->match_text, p->match);
    buf_addc(&p->match_text, '}');
}

void pair_unite(struct pair *p, const struct pair_plan *plan, const struct record *right,
                enum pair_partner partner, struct pair_tools *tools)
{
    if (plan->missing < right->count || plan->replaced || plan->merged) {
        unite_missing(p, plan, right, partner);
        place_tool(p, PAIR_MISSING, &p->missing_text, &tools->missing);
    }
    if (plan->evidence < right->count) {
        unite_evidence(p, plan, &right->fields[plan->evidence].value);
        place_tool(p, PAIR_EVIDENCE, &p->evidence_text, &tools->evidence);
    }
    if (plan->origin < right->count) {
        size_t place = plan->steps[plan->origin].place;
        unite_origin(p, &p->left->fields[place].value, &right->fields[plan->origin].value);
        pair_set(p, PAIR_ORIGIN, buf_span(&p->origin_text));
    }
    if (p->provenance && plan->merged) {
        unite_provenance(p, plan);
        place_tool(p, PAIR_PROVENANCE, &p->provenance_text, &tools->provenance);
    }
    if (p->match.len) {
        unite_match(p, plan);
        place_tool(p, PAIR_MATCH, &p->match_text, &tools->match);
    }
}
