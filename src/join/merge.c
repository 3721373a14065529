/* merge -- rules for fields of two sources, and what they decide. */
#include "join/merge.h"

#include <stdlib.h>

#include "base/choice.h"
#include "base/fail.h"
#include "base/utf8.h"
#include "stream/emit.h"
#include "stream/scalar.h"
#include "text/date.h"
#include "text/key.h"

static const struct choice RULES[] = {{"left", MERGE_LEFT},
                                      {"right", MERGE_RIGHT},
                                      {"agree", MERGE_AGREE},
                                      {"union", MERGE_UNION},
                                      {"newest", MERGE_NEWEST}, /* with ":DATEFIELD" */
                                      {0}};

static const struct choice SOURCES[] = {{"left", MERGE_FROM_LEFT},  {"right", MERGE_FROM_RIGHT},
                                        {"both", MERGE_FROM_BOTH},  {"none", MERGE_FROM_NEITHER},
                                        {"decided", MERGE_DECIDED}, {0}};

static _Noreturn void wrong(const char *word)
{
    fail(
        STATUS_USAGE,
        "option '--merge' takes FIELD=left|right|agree|union|newest:DATEFIELD, not %s (try --help)",
        quote(span_of(word)));
}

static struct merge_field parse(struct merge *m, const char *word)
{
    const char *equals = strrchr(word, '=');
    if (!equals || equals == word || !utf8_valid(span_from(word, equals), NULL))
        wrong(word);
    struct merge_field field = {.name = arena_copy(&m->names, span_from(word, equals))};
    const char *rule = equals + 1;
    if (strncmp(rule, "newest:", 7) == 0 && rule[7]) {
        field.rule = MERGE_NEWEST;
        field.date = span_of(rule + 7);
        m->may_fail = true;
        return field;
    }
    int value;
    if (!choice_find(RULES, span_of(rule), &value) || value == MERGE_NEWEST)
        wrong(word);
    field.rule = (enum merge_rule)value;
    return field;
}

static size_t field_place(const struct merge *m, struct span name)
{
    size_t at = 0;
    while (at < m->count && !span_eq(m->fields[at].name, name))
        at++;
    return at;
}

static size_t add_field(struct merge *m, struct merge_field field)
{
    m->fields = array_grow(m->fields, &m->cap, m->count + 1, sizeof *m->fields);
    m->fields[m->count] = field;
    return m->count++;
}

void merge_open(struct merge *m, const struct opt_list *words, const char *file)
{
    *m = (struct merge){.lists_conflicts = file != NULL};
    for (size_t i = 0; i < words->count; i++) {
        struct merge_field field = parse(m, words->at[i]);
        bool rest = span_eq(field.name, SPAN("*"));
        if (rest ? m->has_rest : field_place(m, field.name) < m->count)
            fail(STATUS_USAGE, "option '--merge' names %s twice (try --help)", quote(field.name));
        if (rest) {
            m->has_rest = true;
            m->rest = field;
        } else {
            add_field(m, field);
        }
    }
    m->asked = m->count;
    if (file)
        output_open(&m->conflicts, file, OUTPUT_KEPT);
}

size_t merge_find(struct merge *m, struct span name)
{
    size_t at = field_place(m, name);
    if (at < m->count)
        return at;
    if (!m->has_rest)
        return SIZE_MAX;
    struct merge_field field = m->rest;
    field.name = arena_copy(&m->names, name);
    return add_field(m, field);
}

/* V as a key of the map: equal values are equal bytes. */
static struct span comparable(struct merge *m, const struct value *v)
{
    buf_clear(&m->key);
    if (v->type == VALUE_STRING)
        key_add(&m->key, KEY_STRING, value_text(v, &m->scratch));
    else if (v->type == VALUE_OBJECT || v->type == VALUE_LIST)
        key_add(&m->key, KEY_OTHER, v->raw);
    else
        key_add(&m->key, KEY_NUMBER, scalar_spell(v, &m->scratch, &m->digits));
    return buf_span(&m->key);
}

/* Calls for each of V's values that is not missing: V itself, or its items. */
static bool next_value(const struct value *v, struct span *rest, struct value *item)
{
    if (v->type != VALUE_LIST) {
        bool first = rest->at != NULL;
        *rest = (struct span){0};
        *item = *v;
        return first;
    }
    while (value_next(rest, NULL, item))
        if (item->type != VALUE_NULL)
            return true;
    return false;
}

/* The number of distinct values in V, added to those seen. */
static void see(struct merge *m, const struct value *v)
{
    struct span rest = v->raw;
    struct value item;
    while (next_value(v, &rest, &item))
        intern_add(&m->seen, comparable(m, &item));
}

/* Whether two values are the same, lists as sets. */
static bool agree(struct merge *m, const struct value *left, const struct value *right)
{
    if (span_eq(left->raw, right->raw))
        return true;
    if ((left->type == VALUE_LIST) != (right->type == VALUE_LIST))
        return false;
    intern_clear(&m->seen);
    see(m, right);
    size_t theirs = m->seen.count;
    see(m, left);
    if (m->seen.count != theirs)
        return false; /* LEFT has one that RIGHT has not */
    intern_clear(&m->seen);
    see(m, left);
    return m->seen.count == theirs;
}

static void add_new_items(struct merge *m, const struct value *v, struct buf *b)
{
    struct span rest = v->raw;
    struct value item;
    while (next_value(v, &rest, &item)) {
        size_t before = m->seen.count;
        if (intern_add(&m->seen, comparable(m, &item)) < before)
            continue;
        emit_item(b);
        buf_add(b, item.raw);
    }
}

/* The values of both as a list, LEFT's first, each once. */
static struct span unite(struct merge *m, const struct value *left, const struct value *right)
{
    struct buf *b = &m->list;
    intern_clear(&m->seen);
    buf_clear(b);
    buf_addc(b, '[');
    if (!value_missing(left))
        add_new_items(m, left, b);
    if (!value_missing(right))
        add_new_items(m, right, b);
    buf_addc(b, ']');
    return arena_copy(&m->values, buf_span(b));
}

struct moment {
    int64_t seconds; /* since 1970, in UTC where the offset is told */
    int nanosecond;
};

/* The date of V; false if V is none. */
static bool read_date(struct merge *m, const struct value *v, struct moment *when)
{
    struct date d;
    if (v->type != VALUE_STRING || date_iso(value_text(v, &m->scratch), &d) != DATE_OK)
        return false;
    *when = (struct moment){date_days(d.year, d.month, d.day) * 86400, 0};
    if (d.has_time) {
        when->seconds += d.hour * 3600 + d.minute * 60 + d.second;
        when->nanosecond = d.nanosecond;
    }
    if (d.has_offset)
        when->seconds -= d.offset * 60;
    return true;
}

bool merge_dates_valid(struct merge *m, const struct record *r, struct span *field)
{
    struct moment when;
    for (size_t i = 0; i <= m->count; i++) {
        const struct merge_field *f = i < m->count ? &m->fields[i] : &m->rest;
        if (f->rule != MERGE_NEWEST)
            continue;
        const struct value *v = record_get(r, f->date);
        if (value_missing(v) || read_date(m, v, &when))
            continue;
        *field = f->date;
        return false;
    }
    return true;
}

static enum merge_source newer(struct merge *m, struct span date, const struct merge_sides *sides)
{
    const struct value *left = record_get(sides->left, date);
    const struct value *right = record_get(sides->right, date);
    struct moment ours = {0}, theirs = {0};
    bool has_left = !value_missing(left) && read_date(m, left, &ours);
    bool has_right = !value_missing(right) && read_date(m, right, &theirs);
    if (has_left != has_right)
        return has_left ? MERGE_FROM_LEFT : MERGE_FROM_RIGHT;
    if (!has_left)
        return MERGE_FROM_NEITHER;
    int64_t ahead = ours.seconds - theirs.seconds;
    if (ahead == 0)
        ahead = ours.nanosecond - theirs.nanosecond;
    return ahead == 0 ? MERGE_FROM_NEITHER : ahead > 0 ? MERGE_FROM_LEFT : MERGE_FROM_RIGHT;
}

struct span merge_source_name(enum merge_source source)
{
    return span_of(choice_word(SOURCES, (int)source));
}

static void emit_origin(struct merge *m, struct buf *b, const struct record *r)
{
    const struct value *origin = record_get(r, SPAN("_origin"));
    if (!value_missing(origin)) {
        buf_add(b, origin->raw);
        return;
    }
    buf_clear(&m->scratch);
    buf_addf(&m->scratch, "%s:%zu", r->file, r->number);
    emit_string(b, buf_span(&m->scratch));
}

static void list_conflict(struct merge *m, const struct merge_field *f, const struct value *left,
                          const struct value *right, const struct merge_sides *sides,
                          enum merge_source winner)
{
    struct buf *b = &m->conflicts.buf;
    if (!m->lists_conflicts)
        return;
    buf_addc(b, '{');
    emit_name(b, SPAN("key"));
    joinkey_emit(sides->key, b);
    emit_string_field(b, SPAN("field"), f->name);
    emit_name(b, SPAN("left"));
    buf_add(b, left->raw);
    emit_name(b, SPAN("right"));
    buf_add(b, right->raw);
    emit_name(b, SPAN("left_origin"));
    emit_origin(m, b, sides->left);
    emit_name(b, SPAN("right_origin"));
    emit_origin(m, b, sides->right);
    buf_clear(&m->scratch);
    buf_add(&m->scratch, span_of(choice_word(RULES, (int)f->rule)));
    if (f->rule == MERGE_NEWEST) {
        buf_addc(&m->scratch, ':');
        buf_add(&m->scratch, f->date);
    }
    emit_string_field(b, SPAN("rule"), buf_span(&m->scratch));
    emit_string_field(b, SPAN("winner"), merge_source_name(winner));
    buf_addc(b, '}');
    output_line(&m->conflicts);
}

static enum merge_source decide(struct merge *m, const struct merge_field *f,
                                const struct merge_sides *sides)
{
    switch (f->rule) {
    case MERGE_LEFT:
        return MERGE_FROM_LEFT;
    case MERGE_RIGHT:
        return MERGE_FROM_RIGHT;
    case MERGE_UNION:
        return MERGE_FROM_BOTH;
    case MERGE_NEWEST:
        return newer(m, f->date, sides);
    case MERGE_AGREE:
        break;
    }
    return MERGE_FROM_NEITHER;
}

/* What a person decided, in RESULT; false if nobody did. */
static bool rule(struct merge *m, const struct merge_field *f, const struct value *left,
                 const struct value *right, const struct merge_sides *sides,
                 struct merge_result *result)
{
    struct decision *it =
        m->rulings ? rulings_conflict(m->rulings, sides->key, f->name, left, right) : NULL;
    if (!it)
        return false;
    enum rulings_side side = rulings_side(m->rulings, it);
    result->reason = decision_missing(it);
    if (result->reason.at)
        result->source = MERGE_FROM_NEITHER;
    else if (side == RULINGS_OTHER)
        result->source = MERGE_DECIDED;
    else
        result->source = side == RULINGS_LEFT ? MERGE_FROM_LEFT : MERGE_FROM_RIGHT;
    if (!result->reason.at && result->source == decide(m, f, sides))
        it->state = DECISION_CONFIRMED;
    if (side == RULINGS_OTHER)
        result->raw = arena_copy(&m->values, rulings_value(m->rulings, it, left, right));
    else
        result->raw = side == RULINGS_LEFT ? left->raw : right->raw;
    return true;
}

/* Both are present: the source of the value, counted and listed. True if a person decided. */
static bool compare(struct merge *m, struct merge_field *f, const struct value *left,
                    const struct value *right, const struct merge_sides *sides,
                    struct merge_result *result)
{
    if (agree(m, left, right)) {
        f->agreed++;
        result->source = MERGE_FROM_BOTH;
        return false;
    }
    bool ruled = rule(m, f, left, right, sides, result);
    if (!ruled) {
        result->source = decide(m, f, sides);
        result->reason = result->source == MERGE_FROM_NEITHER ? SPAN("conflict") : result->reason;
    }
    f->conflicts++;
    list_conflict(m, f, left, right, sides, result->source);
    return ruled;
}

struct merge_result merge_values(struct merge *m, size_t field, const struct value *left,
                                 const struct value *right, const struct merge_sides *sides)
{
    struct merge_field *f = &m->fields[field];
    struct merge_result result = {.source = MERGE_FROM_NEITHER};
    bool has_left = !value_missing(left), has_right = !value_missing(right), ruled = false;
    if (has_left && has_right) {
        ruled = compare(m, f, left, right, sides, &result);
    } else if (has_left || has_right) {
        result.source = has_left ? MERGE_FROM_LEFT : MERGE_FROM_RIGHT;
    }
    if (!sides->stand_in && !(has_left && has_right)) {
        f->left_only += has_left;
        f->right_only += has_right;
        f->missing += !has_left && !has_right;
    }
    if (result.source == MERGE_FROM_NEITHER)
        result.raw = SPAN("null");
    else if (!ruled && f->rule == MERGE_UNION)
        result.raw = unite(m, left, right);
    else if (!ruled)
        result.raw = result.source == MERGE_FROM_RIGHT ? right->raw : left->raw;
    return result;
}

void merge_clear(struct merge *m)
{
    arena_clear(&m->values);
}

json_t *merge_counts(const struct merge *m)
{
    json_t *all = json_object();
    for (size_t i = 0; i < m->count; i++) {
        const struct merge_field *f = &m->fields[i];
        json_t *one =
            json_pack("{s:I,s:I,s:I,s:I,s:I}", "agreed", (json_int_t)f->agreed, "conflicts",
                      (json_int_t)f->conflicts, "left_only", (json_int_t)f->left_only, "right_only",
                      (json_int_t)f->right_only, "missing", (json_int_t)f->missing);
        if (!all || !one || json_object_setn_new(all, f->name.at, f->name.len, one) != 0)
            fail_memory();
    }
    return all;
}

void merge_close(struct merge *m)
{
    if (m->lists_conflicts)
        output_close(&m->conflicts);
    free(m->fields);
    arena_free(&m->names);
    arena_free(&m->values);
    intern_free(&m->seen);
    buf_free(&m->key);
    buf_free(&m->scratch);
    buf_free(&m->digits);
    buf_free(&m->list);
    *m = (struct merge){0};
}
