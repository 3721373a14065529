#include "stream/outline.h"

#include <stdlib.h>

#include "base/fail.h"
#include "base/watched.h"

#define MOST_GAP 64 /* readable bytes behind a line */

/* The gap of O that TEXT is: false if it cannot be one. */
static bool take_gap(struct outline *o, struct outline_gap *gap, struct span text)
{
    if (text.len > MOST_GAP)
        return false;
    size_t first = text.len < BYTES_BLOCK ? text.len : BYTES_BLOCK;
    *gap = (struct outline_gap){.len = (uint16_t)text.len, .rest = (uint32_t)o->text.len};
    gap->mask = (uint16_t)((1U << first) - 1);
    memcpy(gap->text, text.at, first);
    if (text.len > first) {
        buf_add(&o->text, (struct span){text.at + first, text.len - first});
        buf_add(&o->text, (struct span){gap->text, BYTES_BLOCK}); /* to be readable behind it */
    }
    return true;
}

void outline_take(struct outline *o, const struct record *r, uint64_t names)
{
    const char *before = r->line.at;
    o->fields = array_grow(o->fields, &o->fields_cap, r->count, sizeof *o->fields);
    o->gaps = array_grow(o->gaps, &o->gaps_cap, r->count, sizeof *o->gaps);
    buf_clear(&o->text);
    o->count = r->count;
    o->shape = r->shape;
    o->names = names;
    o->comparable = true;
    for (size_t i = 0; i < r->count; i++) {
        const struct field *f = &r->fields[i];
        o->fields[i] = *f;
        if (o->comparable)
            o->comparable = take_gap(o, &o->gaps[i], span_from(before, f->value.raw.at));
        before = field_end(f);
    }
}

static __attribute__((noinline)) bool has_rest(const struct outline *o,
                                               const struct outline_gap *gap, const char *from)
{
    return bytes_equal_padded(o->text.at + gap->rest, from + BYTES_BLOCK, gap->len - BYTES_BLOCK);
}

bool outline_follow(struct outline *o, struct span line, const struct value_place *places)
{
    const struct outline_gap *gap = o->gaps;
    struct field *f = o->fields, *end = f + o->count;
    size_t before = 0; /* where the value before ends; at first the brace */
    for (; f < end; f++, gap++, places++) {
        const char *from = line.at + before;
        size_t value = before + gap->len;
        before = places->end;
        if (!bytes_equal_block(gap->text, from, gap->mask) || value != places->value ||
            before <= value || before >= line.len ||
            (gap->len > BYTES_BLOCK && !has_rest(o, gap, from)))
            return false;
        f->at = from + 1;
        f->value.raw = (struct span){line.at + value, before - value};
        f->value.type = (enum value_type)places->type;
        f->value.escaped = places->escaped;
    }
    return before + 1 == line.len && line.at[before] == '}';
}

bool outline_fill(struct outline *o, struct span line, const struct value_place *places)
{
    size_t before = 0;
    for (struct field *f = o->fields, *end = f + o->count; f < end; f++, places++) {
        f->at = line.at + before + 1;
        f->value.raw = (struct span){line.at + places->value, (size_t)places->end - places->value};
        f->value.type = (enum value_type)places->type;
        f->value.escaped = places->escaped;
        before = places->end;
    }
    bool fits = before + 1 == line.len && line.at[before] == '}';
    if (WATCHED && fits && o->comparable && !outline_follow(o, line, places - o->count))
        fail(STATUS_DATA, "internal error: a line has other names than its writer told");
    return fits;
}

void outline_free(struct outline *o)
{
    free(o->fields);
    free(o->gaps);
    buf_free(&o->text);
    *o = (struct outline){0};
}
