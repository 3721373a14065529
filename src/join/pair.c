/* pair -- two records written as one, by the plan for their shapes. */
#include "join/pair.h"

#include <stdlib.h>

#include "pair_parts.h"
#include "stream/emit.h"

void pair_init(struct pair *p, const struct joinkey *left_key, const struct joinkey *right_key,
               const struct intern *right_names, struct merge *merge)
{
    *p = (struct pair){
        .left_key = left_key, .right_key = right_key, .right_names = right_names, .merge = merge};
}

void pair_set(struct pair *p, struct span name, struct span raw)
{
    p->sets = array_grow(p->sets, &p->sets_cap, p->sets_count + 1, sizeof *p->sets);
    struct record_set *set = &p->sets[p->sets_count++];
    *set = (struct record_set){.raw = raw};
    set->name.name = name;
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
        if (step->act == PAIR_REPLACE)
            pair_set(p, step->name, theirs->raw);
        if (step->act != PAIR_MERGE)
            continue;
        const struct value *ours = &p->left->fields[step->place].value;
        p->results[i] = merge_values(p->merge, step->rule, ours, theirs, &sides);
        if (!span_eq(p->results[i].raw, ours->raw))
            pair_set(p, step->name, p->results[i].raw);
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
    while (i < right->count && plan->steps[i].act == PAIR_COPY &&
           right->fields[i].at == field_end(&right->fields[i - 1]) + 1)
        i++;
    return i;
}

void pair_write(struct pair *p, const struct record *right, enum pair_partner partner,
                struct output *out)
{
    const struct pair_plan *plan = pair_plan_for(p, right);
    struct pair_tools tools = {0};
    p->sets_count = 0;
    if (plan->replaced || plan->merged)
        set_values(p, plan, right, partner);
    pair_unite(p, plan, right, partner, &tools);
    write_left(p, out);
    for (size_t i = 0; i < right->count;) {
        size_t end = i + 1;
        if (plan->steps[i].act == PAIR_COPY)
            record_note_run(&out->buf, right, i, end = run_end(plan, right, i), out->places);
        else if (plan->steps[i].act == PAIR_RENAME)
            write_value(out, plan->steps[i].name, right->fields[i].value.raw);
        i = end;
    }
    write_value(out, PAIR_MISSING, tools.missing);
    write_value(out, PAIR_EVIDENCE, tools.evidence);
    write_value(out, PAIR_PROVENANCE, tools.provenance);
    write_value(out, PAIR_MATCH, tools.match);
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
