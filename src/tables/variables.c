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
        a->fields[index] = (struct variable){.lookup = {.name = a->names.keys[index]}};
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

void variables_begin(struct variables *a, const struct record *r)
{
    a->r = r;
    a->record++;
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
        f->has_new = true;
        return code;
    }
    meet(f, code);
    remember(f, v, (uint32_t)code);
    return code;
}

static inline bool add_code(struct variables *a, struct variable *f, const struct value *v,
                            enum variables_adding adding)
{
    uint32_t code;
    if (!recall_code(f, v, &code)) {
        size_t found = find_code(a, f, v, adding);
        if (found == INTERN_NONE)
            return false;
        code = (uint32_t)found;
    }
    if (f->count == f->cap)
        f->codes = array_grow(f->codes, &f->cap, f->count + 1, sizeof *f->codes);
    f->codes[f->count++] = code;
    return true;
}

static __attribute__((noinline)) void more_last(struct variable *f, size_t code)
{
    size_t before = f->last_cap;
    f->last = array_grow(f->last, &f->last_cap, code + 1, sizeof *f->last);
    memset(f->last + before, 0, (f->last_cap - before) * sizeof *f->last);
}

/* Drops the last code if the same list had it before. */
static inline void drop_repeated(struct variable *f)
{
    size_t code = f->codes[f->count - 1];
    if (code >= f->last_cap)
        more_last(f, code);
    if (f->last[code] == f->reads)
        f->count--;
    f->last[code] = f->reads;
}

static void read_list(struct variables *a, struct variable *f, enum variables_adding adding)
{
    struct span rest = f->value->raw;
    struct value item;
    size_t items = 0, nulls = 0;
    f->reads++;
    for (; value_next_item(&rest, &item); items++) {
        if (item.type == VALUE_LIST || item.type == VALUE_OBJECT) {
            f->state = VARIABLE_NESTED;
            return;
        }
        if (item.type == VALUE_NULL)
            nulls++;
        else if (add_code(a, f, &item, adding))
            drop_repeated(f);
    }
    f->state = items > 0 && nulls == items ? VARIABLE_MISSING : VARIABLE_LIST;
    a->null_items += f->state == VARIABLE_LIST && adding == VARIABLES_ADD ? nulls : 0;
}

/* Reads whatever the record has. */
static __attribute__((noinline)) const struct variable *
read_any(struct variables *a, struct variable *f, enum variables_adding adding)
{
    f->record = a->record;
    f->value = record_find(a->r, &f->lookup);
    f->has_new = false;
    f->count = 0;
    if (value_missing(f->value)) {
        f->state = VARIABLE_MISSING;
    } else if (f->value->type == VALUE_OBJECT) {
        f->state = VARIABLE_NESTED;
    } else if (f->value->type == VALUE_LIST) {
        read_list(a, f, adding);
    } else {
        f->state = VARIABLE_ONE;
        add_code(a, f, f->value, adding);
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
    const struct value *v = record_known(a->r, &f->lookup);
    if (!f->cap || !is_single(v) || !recall_code(f, v, f->codes))
        return read_any(a, f, adding);
    f->record = a->record;
    f->value = v;
    f->has_new = false;
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
        struct span found = missing_reason(&a->missing, f->lookup.name, f->value);
        f->reason_record = a->record;
        f->reason = (uint32_t)intern_add(&a->reasons, found);
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
    free(a->fields);
    intern_free(&a->names);
    intern_free(&a->reasons);
    missing_free(&a->missing);
    buf_free(&a->scratch);
    buf_free(&a->decoded);
    *a = (struct variables){0};
}
