/* count_bodies -- the records behind the counts, as far as the plan says that they are public. */
#include "tables/count.h"

#include <stdlib.h>

#include "base/fail.h"
#include "stream/emit.h"

static void add_fields(struct buf *b, const struct count *c, const struct record *r)
{
    const struct intern *open = &c->plan->labels.open;
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

/* Too many to be looked at by anybody: then none are listed, and that is said. */
static void give_up(struct count *c)
{
    warn("the plan's public records are not listed: there are more than %zu", COUNT_MOST_BODIES);
    c->bodies.are_kept = false;
    c->bodies.count = 0;
}

void count_body(struct count *c, const struct record *r)
{
    struct count_bodies *bodies = &c->bodies;
    struct buf text = {0};
    if (!bodies->are_kept)
        return;
    if (bodies->count == COUNT_MOST_BODIES) {
        give_up(c);
        return;
    }
    add_fields(&text, c, r);
    bodies->at = array_grow(bodies->at, &bodies->cap, bodies->count + 1, sizeof *bodies->at);
    bodies->at[bodies->count++] = arena_copy(&bodies->arena, buf_span(&text));
    buf_free(&text);
}

/* Where counts are withheld nobody is named, nor where what is counted is no record. */
void count_member(struct count *c, struct count_table *t, size_t place)
{
    if (!c->bodies.are_kept || t->plan->below || t->unit != INTERN_NONE)
        return;
    t->members = array_grow(t->members, &t->members_cap, t->member_count + 1, sizeof *t->members);
    t->members[t->member_count++] = (uint64_t)place << 32 | (uint32_t)(c->bodies.count - 1);
}
