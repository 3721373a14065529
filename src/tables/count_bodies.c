/* count_bodies -- the records behind the counts, as far as the plan says that they are public. */
#include "tables/count.h"

#include <stdlib.h>

#include "base/fail.h"
#include "stream/emit.h"

static void add_fields(struct buf *b, const struct count *c, const struct record *r)
{
    const struct intern *open = &c->plan->labels.records.open;
    buf_addc(b, '[');
    for (size_t i = 0; i < open->count; i++) {
        const struct value *v = record_get(r, open->keys[i]);
        emit_item(b);
        if (value_missing(v))
            emit_null(b);
        else
            buf_add(b, v->raw);
    }
    buf_addc(b, ']');
}

void count_bodies_none(struct count *c)
{
    if (!c->bodies.are_kept)
        return;
    warn("the plan's public records are not listed: there are more than %zu", COUNT_MOST_BODIES);
    c->bodies.are_kept = false;
    c->bodies.count = 0;
}

void count_body_add(struct count *c, struct span fields)
{
    struct count_bodies *bodies = &c->bodies;
    if (bodies->count == COUNT_MOST_BODIES)
        count_bodies_none(c);
    if (!bodies->are_kept)
        return;
    bodies->at = array_grow(bodies->at, &bodies->cap, bodies->count + 1, sizeof *bodies->at);
    bodies->at[bodies->count++] = arena_copy(&bodies->arena, fields);
}

void count_body(struct count *c, const struct record *r)
{
    struct buf text = {0};
    add_fields(&text, c, r);
    count_body_add(c, buf_span(&text));
    buf_free(&text);
}

void count_member_add(struct count_table *t, size_t place, size_t body)
{
    t->members = array_grow(t->members, &t->members_cap, t->member_count + 1, sizeof *t->members);
    t->members[t->member_count++] = (uint64_t)place << 32 | (uint32_t)body;
}

/* Where counts are withheld nobody is named, nor where what is counted is no record. */
void count_member(struct count *c, struct count_table *t, size_t place)
{
    if (c->bodies.are_kept && !t->plan->below && t->unit == INTERN_NONE)
        count_member_add(t, place, c->bodies.count - 1);
}
