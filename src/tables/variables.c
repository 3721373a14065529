/* variables -- the fields of one record, coded when they are first asked for. */
#include "tables/variables.h"

#include <stdlib.h>

#include "base/fail.h"
#include "stream/scalar.h"

#define OTHERS_KEPT 256 /* of which one may be what a plan means by a value that never comes */

size_t variables_field(struct variables *a, struct span name)
{
    size_t before = a->names.count;
    size_t index = intern_add(&a->names, name);
    a->fields = array_grow(a->fields, &a->cap, index + 1, sizeof *a->fields);
    if (index == before)
        a->fields[index] = (struct variable){.name = a->names.keys[index]};
    for (size_t i = 0; i < VARIABLES_SHAPES; i++)
        a->shapes[i].shape = 0; /* they lack the new one */
    return index;
}

uint32_t variables_code(struct variables *a, size_t field, struct span spelling)
{
    return (uint32_t)intern_add(&a->fields[field].values, spelling);
}

void variables_watch(struct variables *a)
{
    for (size_t i = 0; i < a->names.count; i++) {
        struct variable *f = &a->fields[i];
        f->watched = f->unmet = f->values.count;
        f->met = calloc(f->watched + 1, sizeof *f->met);
        if (!f->met)
            fail_memory();
    }
}

bool variables_came(const struct variables *a, size_t field, uint32_t code)
{
    const struct variable *f = &a->fields[field];
    return code >= f->watched || f->met[code];
}

/* Looks all fields up in a record of a shape that is not remembered. */
static __attribute__((noinline)) void find_places(struct variables *a, struct variables_shape *s)
{
    const struct record *r = a->r;
    s->shape = r->shape;
    s->places = array_grow(s->places, &s->cap, a->names.count, sizeof *s->places);
    for (size_t i = 0; i < a->names.count; i++) {
        size_t place = 0;
        while (place < r->count && !span_eq(r->fields[place].name, a->fields[i].name))
            place++;
        s->places[i] = place;
    }
}

void variables_begin(struct variables *a, const struct record *r)
{
    struct variables_shape *s = &a->shapes[r->shape % VARIABLES_SHAPES];
    a->r = r;
    a->record++;
    if (r->shape == 0 || r->shape != s->shape)
        find_places(a, s);
    a->places = s->places;
}

/* The record's value of a field, or NULL. */
static inline const struct value *value_of(const struct variables *a, size_t field)
{
    size_t place = a->places[field];
    return place < a->r->count ? &a->r->fields[place].value : NULL;
}

static void meet(struct variable *f, size_t code)
{
    if (code < f->watched && !f->met[code]) {
        f->met[code] = true;
        f->unmet--;
    }
}

static inline bool is_truth(const struct value *v)
{
    return v->type == VALUE_TRUE || v->type == VALUE_FALSE;
}

/* The code of a value that was met before, if it is remembered. */
static inline bool recall_code(struct variable *f, const struct value *v, uint32_t *code)
{
    if (is_truth(v)) {
        *code = f->truths[v->type == VALUE_TRUE] - 1;
        return *code != VARIABLES_NONE;
    }
    size_t place = memo_find(&f->known, v->raw);
    if (place == MEMO_NONE)
        return false;
    *code = f->known.slots[place].value;
    return true;
}

static void remember(struct variable *f, const struct value *v, uint32_t code)
{
    if (is_truth(v)) {
        f->truths[v->type == VALUE_TRUE] = code + 1;
        return;
    }
    size_t place = memo_keep(&f->known, v->raw);
    if (place != MEMO_NONE)
        f->known.slots[place].value = code;
}

/* The code of a value that is not remembered, which it is from now on; or INTERN_NONE. */
static __attribute__((noinline)) size_t find_code(struct variables *a, struct variable *f,
                                                  const struct value *v,
                                                  enum variables_adding adding)
{
    struct span spelling = scalar_spell(v, &a->scratch, &a->decoded);
    size_t code = adding == VARIABLES_ADD ? intern_add(&f->values, spelling)
                                          : intern_find(&f->values, spelling);
    if (code == INTERN_NONE) {
        if (f->unmet && f->others.count < OTHERS_KEPT)
            intern_add(&f->others, spelling);
        f->whole = 0;
        return code;
    }
    meet(f, code);
    remember(f, v, (uint32_t)code);
    return code;
}

/* The code of a value, remembered or not; false if it has none. */
static inline bool code_of(struct variables *a, struct variable *f, const struct value *v,
                           enum variables_adding adding, uint32_t *code)
{
    if (recall_code(f, v, code))
        return true;
    size_t found = find_code(a, f, v, adding);
    *code = (uint32_t)found;
    return found != INTERN_NONE;
}

static inline void add_code(struct variable *f, uint32_t code)
{
    if (f->count == f->cap)
        f->codes = array_grow(f->codes, &f->cap, f->count + 1, sizeof *f->codes);
    f->codes[f->count++] = code;
}

static __attribute__((noinline)) void more_last(struct variable *f, size_t code)
{
    size_t before = f->last_cap;
    f->last = array_grow(f->last, &f->last_cap, code + 1, sizeof *f->last);
    memset(f->last + before, 0, (f->last_cap - before) * sizeof *f->last);
}

/* Whether the same list had the code before. */
static inline bool is_repeated(struct variable *f, uint32_t code)
{
    if (code >= f->last_cap)
        more_last(f, code);
    size_t last = f->last[code];
    f->last[code] = f->reads;
    return last == f->reads;
}

static void read_list(struct variables *a, struct variable *f, enum variables_adding adding)
{
    struct span rest = f->value->raw;
    struct value item;
    uint32_t code;
    size_t items = 0, nulls = 0;
    f->reads++;
    for (; value_next_item(&rest, &item); items++) {
        if (item.type == VALUE_LIST || item.type == VALUE_OBJECT) {
            f->state = VARIABLE_NESTED;
            return;
        }
        if (item.type == VALUE_NULL)
            nulls++;
        else if (code_of(a, f, &item, adding, &code) && !is_repeated(f, code))
            add_code(f, code);
    }
    f->state = items > 0 && nulls == items ? VARIABLE_MISSING : VARIABLE_LIST;
    a->null_items += f->state == VARIABLE_LIST && adding == VARIABLES_ADD ? nulls : 0;
}

/* Reads whatever the record has. */
static __attribute__((noinline)) const struct variable *read_any(struct variables *a, size_t field,
                                                                 enum variables_adding adding)
{
    struct variable *f = &a->fields[field];
    f->record = f->whole = a->record;
    f->value = value_of(a, field);
    f->count = 0;
    if (value_missing(f->value)) {
        f->state = VARIABLE_MISSING;
    } else if (f->value->type == VALUE_OBJECT) {
        f->state = VARIABLE_NESTED;
    } else if (f->value->type == VALUE_LIST) {
        read_list(a, f, adding);
    } else {
        uint32_t code;
        f->state = VARIABLE_ONE;
        if (code_of(a, f, f->value, adding, &code))
            add_code(f, code);
    }
    return f;
}

static inline bool is_single(const struct value *v)
{
    return v && v->type != VALUE_NULL && v->type < VALUE_LIST;
}

/* Mostly a single value that is remembered; all else takes a call. */
const struct variable *variables_read(struct variables *a, size_t field,
                                      enum variables_adding adding)
{
    struct variable *f = &a->fields[field];
    const struct value *v = value_of(a, field);
    if (!f->cap || !is_single(v) || !recall_code(f, v, f->codes))
        return read_any(a, field, adding);
    f->record = f->whole = a->record;
    f->value = v;
    f->state = VARIABLE_ONE;
    f->count = 1;
    return f;
}

static void add_number(struct variable *f, const struct value *v)
{
    double number;
    if (v->type == VALUE_NULL)
        return;
    if (!scalar_number(v, &number)) {
        f->no_number = v->type == VALUE_NUMBER ? "a number too large" : scalar_type_name(v);
        return;
    }
    f->numbers = array_grow(f->numbers, &f->numbers_cap, f->number_count + 1, sizeof *f->numbers);
    f->numbers[f->number_count++] = number == 0 ? 0 : number; /* no negative zero */
}

const struct variable *variables_numbers(struct variables *a, size_t field)
{
    const struct variable *read = variables_find(a, field);
    struct variable *f = &a->fields[field];
    if (f->number_record == a->record)
        return f;
    f->number_record = a->record;
    f->number_count = 0;
    f->no_number = NULL;
    if (read->state == VARIABLE_ONE)
        add_number(f, f->value);
    if (read->state != VARIABLE_LIST)
        return f;
    struct span rest = f->value->raw;
    struct value item;
    while (value_next(&rest, NULL, &item))
        add_number(f, &item);
    return f;
}

bool variables_reason(struct variables *a, size_t field, uint32_t *reason)
{
    if (a->missing_record != a->record) {
        a->missing_record = a->record;
        if (!missing_read(&a->missing, a->r))
            return false;
    }
    struct variable *f = &a->fields[field];
    if (f->reason_record != a->record) {
        struct span found = missing_reason(&a->missing, f->name, f->value);
        f->reason_record = a->record;
        if (f->reason >= a->reasons.count || !span_eq(a->reasons.keys[f->reason], found))
            f->reason = (uint32_t)intern_add(&a->reasons, found); /* else it is the one before */
    }
    *reason = f->reason;
    return true;
}

void variables_free(struct variables *a)
{
    for (size_t i = 0; i < a->names.count; i++) {
        intern_free(&a->fields[i].values);
        memo_free(&a->fields[i].known);
        intern_free(&a->fields[i].others);
        free(a->fields[i].last);
        free(a->fields[i].met);
        free(a->fields[i].codes);
        free(a->fields[i].numbers);
    }
    for (size_t i = 0; i < VARIABLES_SHAPES; i++)
        free(a->shapes[i].places);
    free(a->fields);
    intern_free(&a->names);
    intern_free(&a->reasons);
    missing_free(&a->missing);
    buf_free(&a->scratch);
    buf_free(&a->decoded);
    *a = (struct variables){0};
}
