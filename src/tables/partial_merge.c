/* partial_merge -- partial counts read and added up. */
#include <errno.h>
#include <stdlib.h>

#include "base/fail.h"
#include "partial_line.h"
#include "partial_queue.h"
#include "stream/scalar.h"
#include "tables/partial.h"

/* From the places on an axis of the part to those of the whole. */
struct turn {
    uint32_t *at;
    size_t count;
};

struct part_table {
    struct turn rows, groups, layers;
    bool seen;
};

struct part {
    struct count *counts;
    const struct record *r; /* the line */
    bool open;              /* between its first line and its last */
    size_t lines;
    const char *file; /* where it began, for a message */
    size_t line;
    size_t first_body; /* of this part, among those of all */
    struct part_table *tables;
    struct digest digest; /* of its lines */
    struct sole *keys;
    struct arena arena; /* of this part */
    struct buf scratch, decoded;
};

/* A part is written by a program: what is wrong in one cannot be left out and gone on from. */
#define part_fail(p, ...) part_fail_at((p)->r->file, (p)->r->number, __VA_ARGS__)
static _Noreturn void part_fail_at(const char *file, size_t line, const char *what)
{
    fail(STATUS_DATA, "%s:%zu: %s", file, line, what);
}

/* ---- keys of a line ---- */

static const struct value *need(const struct part *p, struct span name, enum value_type type)
{
    const struct value *v = record_get(p->r, name);
    if (!v || v->type != type)
        fail(STATUS_DATA, "%s:%zu: field %s: not as partial counts have it", p->r->file,
             p->r->number, quote(name));
    return v;
}

static struct span need_text(struct part *p, struct span name)
{
    return value_text(need(p, name, VALUE_STRING), &p->scratch);
}

static uint64_t need_count(const struct part *p, struct span name)
{
    uint64_t n;
    if (!scalar_count(need(p, name, VALUE_NUMBER), &n))
        fail(STATUS_DATA, "%s:%zu: field %s: not a count", p->r->file, p->r->number, quote(name));
    return n;
}

static size_t need_word(struct part *p, struct span name, const struct span *words, size_t count)
{
    struct span word = need_text(p, name);
    for (size_t i = 0; i < count; i++)
        if (span_eq(words[i], word))
            return i;
    fail(STATUS_DATA, "%s:%zu: field %s: not as partial counts have it", p->r->file, p->r->number,
         quote(name));
}

static uint32_t need_place(const struct part *p, struct span name, const struct turn *turn)
{
    uint64_t index = need_count(p, name);
    if (index >= turn->count)
        fail(STATUS_DATA, "%s:%zu: field %s: %llu is out of range", p->r->file, p->r->number,
             quote(name), (unsigned long long)index);
    return turn->at[index];
}

/* The same, where null stands for none. */
static uint32_t need_place_or_none(const struct part *p, struct span name, const struct turn *turn)
{
    const struct value *v = record_get(p->r, name);
    return v && v->type == VALUE_NULL ? COUNT_NONE : need_place(p, name, turn);
}

static size_t need_index(const struct part *p)
{
    uint64_t index = need_count(p, SPAN("index"));
    if (index >= p->counts->plan->count)
        part_fail(p, "field 'index': there is no such table in the plan");
    return (size_t)index;
}

/* ---- a table's axes ---- */

static void turn_add(struct turn *turn, size_t *cap, uint32_t index)
{
    turn->at = array_grow(turn->at, cap, turn->count + 1, sizeof *turn->at);
    turn->at[turn->count++] = index;
}

static struct turn keep_turn(struct part *p, struct turn *turn)
{
    struct turn kept = {arena_array(&p->arena, turn->count, sizeof *kept.at), turn->count};
    if (turn->count)
        memcpy(kept.at, turn->at, turn->count * sizeof *kept.at);
    free(turn->at);
    return kept;
}

static struct turn turn_of_names(struct part *p, const struct count_axis *a)
{
    struct turn turn = {arena_array(&p->arena, a->count, sizeof *turn.at), a->count};
    for (size_t i = 0; i < a->count; i++)
        turn.at[i] = (uint32_t)i;
    return turn;
}

static struct turn read_axis(struct part *p, struct span name, struct count_table *t,
                             struct count_axis *a)
{
    struct turn turn = {0};
    size_t cap = 0;
    struct span rest = need(p, name, VALUE_LIST)->raw;
    struct value item;
    if (a->names)
        return turn_of_names(p, a);
    while (value_next(&rest, NULL, &item)) {
        if (a->field == INTERN_NONE || item.type == VALUE_LIST || item.type == VALUE_OBJECT)
            part_fail(p, "an axis that the plan's table has not");
        uint32_t code = variables_code(&p->counts->answers, a->field,
                                       scalar_spell(&item, &p->scratch, &p->decoded));
        turn_add(&turn, &cap, count_axis_add(a, code));
        count_check_size(p->counts, t, p->counts->answers.fields[a->field].name);
    }
    return keep_turn(p, &turn);
}

static struct turn read_numbers(struct part *p, struct count_table *t)
{
    struct turn turn = {0};
    size_t cap = 0;
    struct span rest = need(p, SPAN("numbers"), VALUE_LIST)->raw;
    struct value item;
    while (value_next(&rest, NULL, &item)) {
        double number;
        uint64_t bits;
        if (!scalar_number(&item, &number))
            part_fail(p, "field 'numbers': not numbers");
        memcpy(&bits, &number, sizeof bits);
        turn_add(&turn, &cap, (uint32_t)intern64_add(&t->numbers, bits));
    }
    return keep_turn(p, &turn);
}

static bool is_true(const struct part *p, struct span name)
{
    const struct value *v = record_get(p->r, name);
    return v && v->type == VALUE_TRUE;
}

static void read_table(struct part *p)
{
    size_t index = need_index(p);
    struct count_table *t = &p->counts->tables[index];
    struct part_table *own = &p->tables[index];
    if (own->seen)
        part_fail(p, "the same table twice in one part");
    own->seen = true;
    t->multiple |= is_true(p, SPAN("multiple"));
    t->by_multiple |= is_true(p, SPAN("by_multiple"));
    own->rows = read_axis(p, SPAN("rows"), t, &t->rows);
    own->groups = read_axis(p, SPAN("groups"), t, &t->groups);
    own->layers = read_axis(p, SPAN("layers"), t, &t->layers);
    if (t->plan->rows == PLAN_NUMBERS)
        own->rows = read_numbers(p, t);
    if (t->layers.field == INTERN_NONE) { /* all is in the one layer, which has no name */
        own->layers.at = arena_alloc(&p->arena, sizeof *own->layers.at);
        own->layers.count = 1;
    }
}

/* ---- counts ---- */

static struct count_table *table_of(const struct part *p, const struct part_table **own)
{
    size_t index = need_index(p);
    *own = &p->tables[index];
    if (!(*own)->seen)
        part_fail(p, "counts of a table whose axes have not come");
    return &p->counts->tables[index];
}

static uint32_t read_row(struct part *p, const struct count_table *t, const struct part_table *own,
                         enum count_kind kind)
{
    uint64_t row = 0;
    switch (kind) {
    case COUNT_CELL:
        return need_place(p, SPAN("row"), &own->rows);
    case COUNT_SUBTOTAL:
        row = need_count(p, SPAN("row"));
        if (row >= t->plan->subtotal_count)
            part_fail(p, "field 'row': out of range");
        return (uint32_t)row;
    case COUNT_MISSING: {
        enum count_role role =
            (enum count_role)need_word(p, SPAN("role"), partial_roles, ROLE_COUNT);
        size_t reason = intern_add(&p->counts->answers.reasons, need_text(p, SPAN("reason")));
        if (reason >= p->counts->max_cells)
            part_fail(p, "too many reasons for missing answers (see --max-cells)");
        return count_missing_row(role, (uint32_t)reason);
    }
    default:
        return 0;
    }
}

static uint64_t weight_part(struct part *p, struct span *rest)
{
    struct value item;
    char *end;
    if (!value_next(rest, NULL, &item) || item.type != VALUE_STRING || item.escaped)
        part_fail(p, "field 'weight': not as partial counts have it");
    errno = 0;
    unsigned long long n = strtoull(item.raw.at + 1, &end, 10);
    if (errno || end != item.raw.at + item.raw.len - 1)
        part_fail(p, "field 'weight': not as partial counts have it");
    return n;
}

static void add_weight(struct part *p, struct count_weight *w)
{
    struct span rest = need(p, SPAN("weight"), VALUE_LIST)->raw;
    struct count_weight more;
    more.sum.whole = weight_part(p, &rest);
    more.sum.fraction = weight_part(p, &rest);
    more.squares.whole = weight_part(p, &rest);
    more.squares.fraction = weight_part(p, &rest);
    if (!fixed_add_fixed(&w->sum, &more.sum) || !fixed_add_fixed(&w->squares, &more.squares))
        part_fail(p, "the sum of the weights is too large");
}

/* Units that other parts have counted there already do not count again. */
static uint64_t add_units(struct part *p, struct count_table *t, size_t place, uint64_t n)
{
    struct span rest = need(p, SPAN("units"), VALUE_LIST)->raw;
    struct value item;
    while (value_next(&rest, NULL, &item)) {
        size_t before = t->seen.count;
        uint32_t unit = variables_code(&p->counts->answers, t->unit,
                                       scalar_spell(&item, &p->scratch, &p->decoded));
        if (intern64_add(&t->seen, (uint64_t)place << 32 | unit) < before)
            n--;
    }
    return n;
}

static void add_members(struct part *p, struct count_table *t, size_t place)
{
    const struct value *v = record_get(p->r, SPAN("records"));
    if (!v || !p->counts->bodies.are_kept)
        return;
    struct span rest = need(p, SPAN("records"), VALUE_LIST)->raw;
    struct value item;
    while (value_next(&rest, NULL, &item)) {
        double body;
        if (!scalar_number(&item, &body) ||
            !(body >= 0 && body < (double)(p->counts->bodies.count - p->first_body)))
            part_fail(p, "field 'records': no such record");
        count_member_add(t, place, p->first_body + (size_t)body);
    }
}

static void read_body(struct part *p)
{
    count_body_add(p->counts, need(p, SPAN("fields"), VALUE_LIST)->raw);
}

static void read_count(struct part *p)
{
    const struct part_table *own;
    struct count_table *t = table_of(p, &own);
    enum count_kind kind =
        (enum count_kind)need_word(p, SPAN("kind"), partial_kinds, PARTIAL_KINDS);
    uint32_t layer = need_place_or_none(p, SPAN("layer"), &own->layers);
    uint32_t group = need_place_or_none(p, SPAN("group"), &own->groups);
    uint32_t row = read_row(p, t, own, kind);
    uint64_t n = need_count(p, SPAN("n"));
    size_t place = count_place_add(t, kind, count_column(t, layer, group), row);
    if (t->unit != INTERN_NONE)
        n = add_units(p, t, place, n);
    if (n > UINT64_MAX - t->counts[place])
        part_fail(p, "the counts are too large");
    t->counts[place] += n;
    if (t->weight != INTERN_NONE)
        add_weight(p, &t->weights[place]);
    add_members(p, t, place);
    if (t->plan->rows == PLAN_NUMBERS)
        count_check_size(p->counts, t, t->plan->field);
}

static void read_pair(struct part *p)
{
    const struct part_table *own;
    struct count_table *t = table_of(p, &own);
    uint32_t layer = need_place(p, SPAN("layer"), &own->layers);
    uint32_t group = need_place_or_none(p, SPAN("group"), &own->groups);
    uint32_t row = need_place(p, SPAN("row"), &own->rows);
    uint32_t other = need_place(p, SPAN("other"), &own->rows);
    size_t place = count_pair_add(t, count_column(t, layer, group), row, other);
    t->pair_counts[place] += need_count(p, SPAN("n"));
}

/* ---- a part ---- */

static void begin_part(struct part *p)
{
    struct buf digest = {0};
    if (p->open)
        part_fail(p, "a part begins before the last one ended");
    partial_digest(&digest, p->counts->plan);
    if (!span_eq(need_text(p, SPAN("plan")), buf_span(&digest)))
        part_fail(p, "partial counts of another plan");
    buf_free(&digest);
    arena_clear(&p->arena);
    digest_start(&p->digest);
    p->tables = arena_array(&p->arena, p->counts->plan->count, sizeof *p->tables);
    if (!is_true(p, SPAN("public")))
        count_bodies_none(p->counts);
    p->first_body = p->counts->bodies.count;
    p->open = true;
    p->lines = 0;
    p->file = p->r->file;
    p->line = p->r->number;
}

static void end_part(struct part *p)
{
    char text[DIGEST_TEXT];
    digest_end(&p->digest, text);
    if (need_count(p, SPAN("lines")) != p->lines)
        part_fail(p, "lines of this part are missing");
    if (!span_eq(need_text(p, SPAN("sha256")), span_of(text)))
        part_fail(p, "lines of this part have changed since they were written");
    p->counts->answers.null_items += need_count(p, SPAN("null_items"));
    p->open = false;
}

static void read_key(struct part *p)
{
    struct span key = need(p, SPAN("key"), VALUE_LIST)->raw;
    size_t line = need_count(p, SPAN("line"));
    sole_add(p->keys, key, need_text(p, SPAN("file")), line);
}

static void read_line(struct part *p)
{
    static const struct span words[] = {{"begin", 5}, {"record", 6}, {"table", 5}, {"count", 5},
                                        {"pair", 4},  {"key", 3},    {"end", 3}};
    static void (*const readers[])(struct part *) = {begin_part, read_body, read_table, read_count,
                                                     read_pair,  read_key,  end_part};
    if (!record_get(p->r, SPAN("partial")))
        part_fail(p, "not partial counts (they come from --partial)");
    size_t word = need_word(p, SPAN("partial"), words, sizeof words / sizeof *words);
    if (word != 0 && !p->open)
        part_fail(p, "a part without its beginning");
    readers[word](p);
    digest_add(&p->digest, p->r->line.at, p->r->line.len);
    p->lines++;
}

static void read_record(struct part *p, const struct record *r)
{
    p->r = r;
    variables_begin(&p->counts->answers, r);
    read_line(p);
}

/* ---- all parts ---- */

/* The lines of a part that is kept until its turn comes. */
static void read_kept(struct part *p, struct partial_kept *kept)
{
    struct record r;
    for (size_t line = 0; partial_kept_next(kept, &line, &r);)
        read_record(p, &r);
}

size_t partial_merge(struct filter *f, struct count *c, struct partial_part *part,
                     struct sole *keys, enum partial_wants wants)
{
    struct part p = {.counts = c, .keys = keys};
    struct partial_queue queue = {0};
    struct record r;
    while (filter_next(f, &r))
        if (!partial_queue_take(&queue, &r))
            read_record(&p, &r);
    if (p.open)
        part_fail_at(p.file, p.line, "the part that begins here is cut off");
    size_t count = partial_queue_sort(&queue, part, wants);
    for (size_t i = 0; i < queue.count; i++)
        read_kept(&p, &queue.parts[i]);
    partial_queue_free(&queue);
    arena_free(&p.arena);
    buf_free(&p.scratch);
    buf_free(&p.decoded);
    return count;
}
