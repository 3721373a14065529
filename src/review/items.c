/* items -- what there is to decide in records. */
#include "review/items.h"

#include <stdlib.h>

#include "base/intern.h"
#include "doubts.h"
#include "stream/record.h"
#include "stream/scalar.h"
#include "text/bars.h"

/* ---- values ---- */

bool items_member(struct items *all, const struct value *object, const char *name, struct value *v)
{
    return value_member(object, span_of(name), &all->scratch, v);
}

/* A value as people see it: the items of a list below each other. In B. */
static void items_add_text(struct items *all, const struct value *v, const char *between,
                           struct buf *b)
{
    if (v->type == VALUE_NULL)
        return;
    if (v->type != VALUE_LIST) {
        buf_add(b, value_text(v, &all->scratch));
        return;
    }
    struct span rest = v->raw;
    struct value item;
    for (size_t i = 0; value_next(&rest, NULL, &item); i++) {
        if (i)
            buf_add(b, span_of(between));
        buf_add(b, value_text(&item, &all->scratch));
    }
}

/* The member NAME as text in the arena; empty if there is none. */
struct span items_text(struct items *all, const struct value *object, const char *name,
                       const char *between)
{
    struct value v;
    buf_clear(&all->text);
    if (items_member(all, object, name, &v))
        items_add_text(all, &v, between, &all->text);
    return arena_copy(&all->arena, buf_span(&all->text));
}

bool items_has(struct items *all, const struct value *object, const char *name)
{
    struct value v;
    return items_member(all, object, name, &v);
}

/* Records of lists of doubts name their items themselves. */
static bool is_coded(struct items *all, const struct value *record)
{
    static const char *const names[] = {"kind", "accept", "winner", "other_key"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (items_has(all, record, names[i]))
            return false;
    return true;
}

static bool names_each(struct items *all, const struct reservoir *lines, const char *field)
{
    struct intern seen = {0};
    bool each = true;
    for (size_t i = 0; i < lines->count && each; i++) {
        struct value record = value_from(buf_span(&lines->kept[i].line));
        if (!is_coded(all, &record))
            continue;
        struct span text = items_text(all, &record, field, "|");
        size_t before = seen.count;
        each = text.len && intern_add(&seen, text) == before;
    }
    intern_free(&seen);
    return each;
}

struct span items_key(struct items *all, const struct reservoir *lines)
{
    for (size_t i = 0; i < lines->count; i++) {
        struct value record = value_from(buf_span(&lines->kept[i].line)), name, v;
        struct span rest = record.raw;
        if (!is_coded(all, &record))
            continue;
        while (value_next(&rest, &name, &v)) {
            buf_clear(&all->text);
            struct span field = arena_copy(&all->arena, value_text(&name, &all->text));
            if (field.len && field.at[0] != '_' &&
                names_each(all, lines, arena_text(&all->arena, field)))
                return field;
        }
        break;
    }
    return SPAN("");
}

struct item *items_new(struct items *all, const char *kind)
{
    all->at = array_grow(all->at, &all->cap, all->count + 1, sizeof *all->at);
    struct item *it = &all->at[all->count++];
    *it = (struct item){.kind = span_of(kind), .target = SIZE_MAX};
    it->by = it->reply = it->field = it->text = it->was = it->shown = it->told = SPAN("");
    it->context = it->settles = SPAN("");
    return it;
}

/* ---- context ---- */

static bool is_secret(const struct items *all, struct span name)
{
    static const char *const words[] = {"_missing", "accept", "rule",  "winner", "kind",
                                        "detail",   "reason", "score", "how",    "right",
                                        "to",       "was",    "why",   "rank",   NULL};
    for (size_t i = 0; words[i]; i++)
        if (span_eq(name, span_of(words[i])))
            return true;
    for (size_t i = 0; all->book && i < all->book->target_count; i++) {
        const struct codebook_target *t = &all->book->targets[i];
        if (span_eq(name, t->into) || (t->group_into.at && span_eq(name, t->group_into)))
            return true;
    }
    return false;
}

void items_context(struct items *all, struct item *it, const struct value *record, struct span but)
{
    struct span rest = record->raw;
    struct value name, v;
    struct buf b = {0}, decoded = {0};
    while (value_next(&rest, &name, &v)) {
        struct span text = value_text(&name, &decoded);
        bool shown = v.type != VALUE_NULL && !span_eq(text, SPAN("_evidence")) &&
                     !span_eq(text, SPAN("text")) && !span_eq(text, SPAN("opinions")) &&
                     !span_eq(text, but) && !(all->blind && is_secret(all, text));
        if (!shown)
            continue;
        buf_add(&b, text);
        buf_add(&b, SPAN(": "));
        items_add_text(all, &v, " | ", &b);
        buf_addc(&b, '\n');
    }
    it->context = arena_copy(&all->arena, buf_span(&b));
    buf_free(&b);
    buf_free(&decoded);
}

/* ---- coded answers ---- */

static size_t number_of(struct items *all, const struct value *object, const char *name)
{
    struct value v;
    double number;
    return items_member(all, object, name, &v) && scalar_number(&v, &number) && number >= 0
               ? (size_t)number
               : SIZE_MAX;
}

static void tell_negated(struct items *all, const struct value *mention, struct buf *told)
{
    static const char *const parts[] = {"code", "status", "cue"};
    static const char *const between[] = {" is not coded: ", ", by \"", "\"\n"};
    for (size_t i = 0; i < 3; i++) {
        buf_add(told, items_text(all, mention, parts[i], ""));
        buf_add(told, span_of(between[i]));
    }
}

static void add_marks(struct items *all, struct item *it, const struct value *mentions)
{
    struct span rest = mentions->raw;
    struct value m;
    struct buf told = {0};
    size_t cap = 0;
    struct item_mark *marks = NULL;
    while (value_next(&rest, NULL, &m)) {
        size_t start = number_of(all, &m, "start"), end = number_of(all, &m, "end");
        bool negated = items_has(all, &m, "status");
        it->is_negated |= negated;
        if (negated)
            tell_negated(all, &m, &told);
        bool fits =
            end != SIZE_MAX && start < end && end <= it->text.len && !items_has(all, &m, "item");
        if (!fits || (it->mark_count && start < marks[it->mark_count - 1].end))
            continue;
        marks = array_grow(marks, &cap, it->mark_count + 1, sizeof *marks);
        marks[it->mark_count++] =
            (struct item_mark){start, end, negated || items_has(all, &m, "void")};
    }
    it->marks = arena_array(&all->arena, it->mark_count, sizeof *marks);
    if (it->mark_count)
        memcpy(it->marks, marks, it->mark_count * sizeof *marks);
    free(marks);
    it->told = arena_copy(&all->arena, buf_span(&told));
    buf_free(&told);
}

/* What was coded, as a cell of codes has it. */
static struct span codes_text(struct items *all, const struct value *codes)
{
    struct span rest = codes->raw;
    struct value item;
    buf_clear(&all->text);
    if (codes->type == VALUE_LIST)
        while (value_next(&rest, NULL, &item))
            bars_add(&all->text, value_text(&item, &all->scratch));
    else if (codes->type != VALUE_NULL)
        bars_add(&all->text, value_text(codes, &all->scratch));
    return arena_copy(&all->arena, buf_span(&all->text));
}

static void add_coded(struct items *all, const struct value *record, const struct value *evidence,
                      size_t target)
{
    const struct codebook_target *t = &all->book->targets[target];
    struct value answer, codes, mentions;
    if (!value_member(record, t->from, &all->scratch, &answer) || answer.type == VALUE_NULL ||
        !value_member(record, t->into, &all->scratch, &codes))
        return;
    struct item *it = items_new(all, all->book->fields[t->field].multiple ? "codes" : "code");
    it->is_code = true;
    it->target = target;
    it->by = all->key;
    it->reply = items_text(all, record, arena_text(&all->arena, all->key), "|");
    it->field = t->into;
    it->text = items_text(all, record, arena_text(&all->arena, t->from), "\n");
    it->was = codes_text(all, &codes);
    if (it->was.len == 0)
        it->was = SPAN("[]");
    if (evidence && value_member(evidence, t->into, &all->scratch, &mentions) &&
        mentions.type == VALUE_LIST)
        add_marks(all, it, &mentions);
    it->urgency = span_eq(it->was, SPAN("[]")) || it->is_negated ? 0 : 2;
    items_context(all, it, record, t->from);
}

static void add_answers(struct items *all, const struct value *record, const struct value *evidence)
{
    struct span rest = evidence->raw;
    struct value name, e, score;
    while (value_next(&rest, &name, &e)) {
        if (e.type != VALUE_OBJECT || span_eq(items_text(all, &e, "how", ""), SPAN("decided")))
            continue;
        struct item *it = items_new(all, "answer");
        it->reply = items_text(all, record, "reply", "");
        it->field = arena_copy(&all->arena, value_text(&name, &all->scratch));
        const char *field = arena_text(&all->arena, it->field);
        it->was = items_text(all, record, field, "|");
        it->text = it->was.len ? it->was : items_text(all, &e, "text", "");
        double sure = 0;
        it->urgency =
            items_member(all, &e, "score", &score) && scalar_number(&score, &sure) && sure >= .8
                ? 2
                : 1;
        items_context(all, it, all->blind ? record : &e, it->field);
    }
}

void items_add(struct items *all, struct span line)
{
    struct value record = value_from(line), evidence;
    bool judged = items_has(all, &record, "accept"), listed = items_has(all, &record, "field");
    struct span kind = items_text(all, &record, "kind", "");
    if (items_has(all, &record, "opinions")) {
        doubts_add_opinions(all, &record);
    } else if (judged && items_has(all, &record, "left")) {
        doubts_add_pair(all, &record, "match", "left", "right");
    } else if (judged && items_has(all, &record, "from")) {
        doubts_add_pair(all, &record, "cluster", "from", "to");
    } else if (items_has(all, &record, "winner") && items_has(all, &record, "left")) {
        doubts_add_merge(all, &record);
    } else if (items_has(all, &record, "other_key") && items_has(all, &record, "body")) {
        doubts_add_merged(all, &record);
    } else if (kind.len && listed &&
               (items_has(all, &record, "reply") || items_has(all, &record, "line"))) {
        doubts_add_listed(all, &record, kind);
    } else {
        bool told =
            items_member(all, &record, "_evidence", &evidence) && evidence.type == VALUE_OBJECT;
        for (size_t i = 0; all->book && i < all->book->target_count; i++)
            add_coded(all, &record, told ? &evidence : NULL, i);
        if (told)
            add_answers(all, &record, &evidence);
    }
}

/* ---- order ---- */

static bool is_of(const struct item *it, struct span which)
{
    static const char *const conflicts[] = {"conflict", "correction", "merge", "merged"};
    if (span_eq(which, SPAN("uncoded")))
        return it->is_code && span_eq(it->was, SPAN("[]"));
    if (span_eq(which, SPAN("negated")))
        return it->is_negated;
    if (span_eq(which, SPAN("flagged")))
        return span_eq(it->kind, SPAN("flag"));
    if (span_eq(which, SPAN("unplaced")))
        return span_eq(it->kind, which);
    for (size_t i = 0; span_eq(which, SPAN("conflicts")) && i < 4; i++)
        if (span_eq(it->kind, span_of(conflicts[i])))
            return true;
    return span_eq(which, SPAN("all"));
}

void items_sort(struct items *all, struct span which)
{
    struct item *sorted = arena_array(&all->arena, all->count, sizeof *sorted);
    size_t count = 0;
    for (int urgency = 0; urgency <= 2; urgency++)
        for (size_t i = 0; i < all->count; i++)
            if (all->at[i].urgency == urgency && is_of(&all->at[i], which))
                sorted[count++] = all->at[i];
    if (count)
        memcpy(all->at, sorted, count * sizeof *sorted);
    all->count = count;
}

void items_free(struct items *all)
{
    free(all->at);
    arena_free(&all->arena);
    buf_free(&all->scratch);
    buf_free(&all->text);
    *all = (struct items){0};
}
