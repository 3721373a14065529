/* partial -- counts written as lines: the axes of each table, then every place. */
#include "tables/partial.h"

#include "count_dense.h"
#include "partial_line.h"
#include "stream/emit.h"

const struct span partial_kinds[] = {{"cell", 4}, {"total", 5}, {"missing", 7}, {"subtotal", 8}};
const struct span partial_roles[ROLE_COUNT] = {
    {"field", 5}, {"by", 2}, {"strata", 6}, {"unit", 4}, {"weight", 6}};

/* FNV-1a (Fowler, Noll & Vo 1991): to tell plans apart, not to keep anybody out. */
void partial_digest(struct buf *b, const struct plan *p)
{
    uint64_t hash = UINT64_C(0xcbf29ce484222325);
    for (const char *at = p->digest; *at; at++)
        hash = (hash ^ (unsigned char)*at) * UINT64_C(0x100000001b3);
    buf_addf(b, "%016llx", (unsigned long long)hash);
}

/* The lines of a part, hashed as they are written. */
struct writer {
    struct filter *f;
    const struct count *c;
    struct digest digest;
    size_t start; /* of the line in the buffer */
};

static struct buf *begin_line(struct writer *w, struct span what)
{
    struct buf *b = &w->f->out.buf;
    w->start = b->len;
    buf_addc(b, '{');
    emit_string_field(b, SPAN("partial"), what);
    return b;
}

static void end_line(struct writer *w)
{
    struct buf *b = &w->f->out.buf;
    buf_addc(b, '}');
    digest_add(&w->digest, b->at + w->start, b->len - w->start);
    filter_written(w->f);
}

static void emit_index(struct buf *b, struct span name, uint32_t index)
{
    emit_name(b, name);
    if (index == COUNT_NONE)
        emit_null(b);
    else
        emit_count(b, index);
}

/* Axes that the plan has named are the same in every part. */
static void emit_axis(struct buf *b, struct span name, const struct count *c,
                      const struct count_axis *a)
{
    emit_name(b, name);
    buf_addc(b, '[');
    for (size_t i = 0; i < a->count && !a->names; i++) {
        emit_item(b);
        buf_add(b, count_axis_spelling(c, a, i));
    }
    buf_addc(b, ']');
}

static void write_table(struct writer *w, size_t index)
{
    const struct count *c = w->c;
    const struct count_table *t = &c->tables[index];
    struct buf *b = begin_line(w, SPAN("table"));
    emit_count_field(b, SPAN("index"), index);
    emit_name(b, SPAN("multiple"));
    emit_bool(b, t->multiple);
    emit_name(b, SPAN("by_multiple"));
    emit_bool(b, t->by_multiple);
    emit_axis(b, SPAN("rows"), c, &t->rows);
    emit_axis(b, SPAN("groups"), c, &t->groups);
    emit_axis(b, SPAN("layers"), c, &t->layers);
    emit_name(b, SPAN("numbers"));
    buf_addc(b, '[');
    for (size_t i = 0; i < t->numbers.count; i++) {
        double number;
        memcpy(&number, &t->numbers.keys[i], sizeof number);
        emit_item(b);
        emit_number(b, number);
    }
    buf_addc(b, ']');
    end_line(w);
}

/* As strings: some are beyond the whole numbers that every reader of JSON keeps. */
static void emit_weight(struct buf *b, const struct count_weight *w)
{
    emit_name(b, SPAN("weight"));
    buf_addf(b, "[\"%llu\",\"%llu\",\"%llu\",\"%llu\"]", (unsigned long long)w->sum.whole,
             (unsigned long long)w->sum.fraction, (unsigned long long)w->squares.whole,
             (unsigned long long)w->squares.fraction);
}

/* The units or records of each place, one behind the other: those of place I stand from starts[I]
 * on. */
struct grouped {
    size_t *starts;
    uint32_t *codes;
};

/* PAIRS are of a place and a code, in 32 bits each. */
static struct grouped group_by_place(struct arena *a, const struct count_table *t,
                                     const uint64_t *pairs, size_t count)
{
    struct grouped g = {arena_array(a, t->places.count + 1, sizeof *g.starts),
                        arena_array(a, count, sizeof *g.codes)};
    for (size_t i = 0; i < count; i++)
        g.starts[(pairs[i] >> 32) + 1]++;
    for (size_t i = 0; i < t->places.count; i++)
        g.starts[i + 1] += g.starts[i];
    size_t *next = arena_array(a, t->places.count + 1, sizeof *next);
    memcpy(next, g.starts, (t->places.count + 1) * sizeof *next);
    for (size_t i = 0; i < count; i++)
        g.codes[next[pairs[i] >> 32]++] = (uint32_t)pairs[i];
    return g;
}

static void emit_units(struct buf *b, const struct count *c, const struct count_table *t,
                       const struct grouped *u, size_t place)
{
    const struct intern *values = &c->answers.fields[t->unit].values;
    emit_name(b, SPAN("units"));
    buf_addc(b, '[');
    for (size_t i = u->starts[place]; i < u->starts[place + 1]; i++) {
        emit_item(b);
        buf_add(b, values->keys[u->codes[i]]);
    }
    buf_addc(b, ']');
}

/* The public records that were counted there, by their places among those of this part. */
static void emit_members(struct buf *b, const struct grouped *members, size_t place)
{
    emit_name(b, SPAN("records"));
    buf_addc(b, '[');
    for (size_t i = members->starts[place]; i < members->starts[place + 1]; i++) {
        emit_item(b);
        emit_count(b, members->codes[i]);
    }
    buf_addc(b, ']');
}

static void write_place(struct writer *w, size_t index, size_t place, const struct grouped *u)
{
    const struct count *c = w->c;
    const struct count_table *t = &c->tables[index];
    struct count_place p = count_place_of(t, t->places.keys[place]);
    struct buf *b = begin_line(w, SPAN("count"));
    emit_count_field(b, SPAN("index"), index);
    emit_string_field(b, SPAN("kind"), partial_kinds[p.kind]);
    emit_index(b, SPAN("layer"), p.layer);
    emit_index(b, SPAN("group"), p.group);
    if (p.kind == COUNT_MISSING) {
        emit_string_field(b, SPAN("role"), partial_roles[p.role]);
        emit_string_field(b, SPAN("reason"), c->answers.reasons.keys[p.row]);
    } else {
        emit_count_field(b, SPAN("row"), p.row);
    }
    emit_count_field(b, SPAN("n"), t->counts[place]);
    if (t->weight != INTERN_NONE)
        emit_weight(b, &t->weights[place]);
    if (t->unit != INTERN_NONE)
        emit_units(b, c, t, u, place);
    else if (t->member_count)
        emit_members(b, u, place);
    end_line(w);
}

static void write_pair(struct writer *w, const struct count_table *t, size_t index, size_t pair)
{
    struct count_pair p = count_pair_of(t, t->pairs.keys[pair]);
    struct buf *b = begin_line(w, SPAN("pair"));
    emit_count_field(b, SPAN("index"), index);
    emit_index(b, SPAN("layer"), p.layer);
    emit_index(b, SPAN("group"), p.group);
    emit_count_field(b, SPAN("row"), p.row);
    emit_count_field(b, SPAN("other"), p.other);
    emit_count_field(b, SPAN("n"), t->pair_counts[pair]);
    end_line(w);
}

static void write_counts(struct writer *w, size_t index)
{
    const struct count_table *t = &w->c->tables[index];
    struct arena arena = {0};
    struct grouped u = t->unit != INTERN_NONE
                           ? group_by_place(&arena, t, t->seen.keys, t->seen.count)
                           : group_by_place(&arena, t, t->members, t->member_count);
    for (size_t i = 0; i < t->places.count; i++)
        write_place(w, index, i, &u);
    for (size_t i = 0; i < t->pairs.count; i++)
        write_pair(w, t, index, i);
    arena_free(&arena);
}

static void write_bodies(struct writer *w)
{
    const struct count_bodies *bodies = &w->c->bodies;
    for (size_t i = 0; i < bodies->count; i++) {
        struct buf *b = begin_line(w, SPAN("record"));
        emit_name(b, SPAN("fields"));
        buf_add(b, bodies->at[i]);
        end_line(w);
    }
}

/* A number that is not told is left out. */
static void emit_if_any(struct buf *b, struct span name, uint64_t number)
{
    if (number)
        emit_count_field(b, name, number);
}

static void write_begin(struct writer *w, const struct partial_part *part)
{
    struct buf digest = {0}, *b = begin_line(w, SPAN("begin"));
    partial_digest(&digest, w->c->plan);
    emit_string_field(b, SPAN("plan"), buf_span(&digest));
    emit_if_any(b, SPAN("part"), part->cut.part);
    emit_if_any(b, SPAN("through"), part->through);
    emit_if_any(b, SPAN("of"), part->cut.of);
    if (part->cut.first) {
        emit_count_field(b, SPAN("first"), part->cut.first);
        emit_count_field(b, SPAN("last"), part->cut.last);
        emit_string_field(b, SPAN("cuts"), span_of(part->cut.list));
    }
    emit_count_field(b, SPAN("records"), part->records);
    emit_name(b, SPAN("public"));
    emit_bool(b, w->c->bodies.are_kept);
    emit_string_field(b, SPAN("sha256"), span_of(part->sha256));
    end_line(w);
    buf_free(&digest);
}

static void write_keys(struct writer *w, const struct sole *keys)
{
    for (size_t i = 0; i < keys->keys.count; i++) {
        sole_write(keys, i, begin_line(w, SPAN("key")));
        end_line(w);
    }
}

static void write_end(struct writer *w, size_t lines)
{
    char text[DIGEST_TEXT];
    digest_end(&w->digest, text);
    struct buf *b = begin_line(w, SPAN("end"));
    emit_count_field(b, SPAN("lines"), lines);
    emit_count_field(b, SPAN("null_items"), w->c->answers.null_items);
    emit_string_field(b, SPAN("sha256"), span_of(text));
    end_line(w);
}

void partial_write(struct filter *f, struct count *c, const struct partial_part *part,
                   const struct sole *keys)
{
    struct writer w = {.f = f, .c = c};
    size_t before = f->written;
    digest_start(&w.digest);
    write_begin(&w, part);
    write_keys(&w, keys);
    write_bodies(&w);
    for (size_t i = 0; i < c->plan->count; i++) {
        count_dense_fold(&c->tables[i]);
        write_table(&w, i);
        write_counts(&w, i);
    }
    write_end(&w, f->written - before);
}
