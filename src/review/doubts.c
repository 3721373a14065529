/* doubts -- items of lists that programs make for people: pairs, cells, conflicts, opinions. */
#include "doubts.h"

void doubts_add_pair(struct items *all, const struct value *record, const char *kind,
                     const char *left, const char *right)
{
    struct value v;
    if (items_member(all, record, right, &v) && v.type == VALUE_NULL)
        return;
    struct item *it = items_new(all, kind);
    it->is_pair = true;
    it->field = items_text(all, record, "field", "");
    it->text = items_text(all, record, left, "\n");
    it->was = items_text(all, record, right, "\n");
    it->shown = all->blind ? SPAN("") : it->was;
    items_context(all, it, record, SPAN("accept"));
}

void doubts_add_listed(struct items *all, const struct value *record, struct span kind)
{
    bool flag = !items_has(all, record, "reply");
    struct item *it = items_new(all, "flag");
    struct value before;
    it->field = items_text(all, record, "field", "");
    it->text = it->was = items_text(all, record, flag ? "value" : "text", "\n");
    it->reply = items_text(all, record, "reply", "");
    if (flag && items_has(all, record, "by")) {
        it->by = items_text(all, record, "by", "");
        it->reply = items_text(all, record, "key", "");
    } else if (flag) {
        struct span file = items_text(all, record, "file", ""),
                    line = items_text(all, record, "line", "");
        buf_clear(&all->text);
        buf_addf(&all->text, "%.*s:%.*s", SPAN_ARGS(file), SPAN_ARGS(line));
        it->by = SPAN("_origin");
        it->reply = arena_copy(&all->arena, buf_span(&all->text));
    } else {
        it->kind = kind;
    }
    if (items_member(all, record, "was", &before) && before.type == VALUE_OBJECT) {
        it->sides[it->side_count++] = it->text;
        it->sides[it->side_count++] = items_text(all, &before, "text", "");
    }
    items_context(all, it, record, SPAN("value"));
}

void doubts_add_merge(struct items *all, const struct value *record)
{
    struct item *it = items_new(all, "merge");
    it->reply = items_text(all, record, "key", "|");
    it->field = items_text(all, record, "field", "");
    it->sides[0] = items_text(all, record, "left", "\n");
    it->sides[1] = items_text(all, record, "right", "\n");
    it->side_count = 2;
    buf_clear(&all->text);
    buf_addf(&all->text, "%.*s\n%.*s", SPAN_ARGS(it->sides[0]), SPAN_ARGS(it->sides[1]));
    it->text = arena_copy(&all->arena, buf_span(&all->text));
    struct span winner = items_text(all, record, "winner", "");
    if (span_eq(winner, SPAN("left")) || span_eq(winner, SPAN("right")))
        it->was = it->sides[span_eq(winner, SPAN("right"))];
    items_context(all, it, record, SPAN("field"));
}

/* Keys that have become one body: whose records stay. */
void doubts_add_merged(struct items *all, const struct value *record)
{
    struct item *it = items_new(all, "merged");
    struct span rule = items_text(all, record, "rule", "");
    it->reply = it->sides[0] = items_text(all, record, "key", "|");
    it->sides[1] = items_text(all, record, "other_key", "|");
    it->sides[2] = SPAN("both");
    it->side_count = 3;
    it->field = items_text(all, record, "body", "");
    buf_clear(&all->text);
    buf_addf(&all->text, "%.*s\n%.*s", SPAN_ARGS(it->sides[0]), SPAN_ARGS(it->sides[1]));
    it->text = arena_copy(&all->arena, buf_span(&all->text));
    if (span_eq(rule, SPAN("first")))
        it->was = it->sides[1];
    else if (span_eq(rule, SPAN("last")))
        it->was = it->sides[0];
    else if (span_eq(rule, it->sides[2]))
        it->was = it->sides[2];
    items_context(all, it, record, SPAN("body"));
}

/* An item that coders decided differently (disagreements.h). */
void doubts_add_opinions(struct items *all, const struct value *record)
{
    struct item *it = items_new(all, "");
    struct value list, one;
    it->kind = items_text(all, record, "kind", "");
    it->by = items_text(all, record, "by", "");
    it->reply = items_text(all, record, "reply", "");
    it->field = items_text(all, record, "field", "");
    it->text = items_text(all, record, "text", "\n");
    it->was = items_text(all, record, "was", "|");
    it->is_code = span_eq(it->kind, SPAN("code")) || span_eq(it->kind, SPAN("codes"));
    it->is_pair = span_eq(it->kind, SPAN("match")) || span_eq(it->kind, SPAN("cluster"));
    if (!items_member(all, record, "opinions", &list))
        return;
    struct span rest = list.raw;
    struct buf told = {0}, coders = {0};
    while (it->side_count < 9 && value_next(&rest, NULL, &one)) {
        struct span coder = items_text(all, &one, "coder", "");
        it->sides[it->side_count++] = items_text(all, &one, "value", "|");
        buf_addf(&told, "%zu is by ", it->side_count);
        buf_add(&told, coder);
        buf_addc(&told, '\n');
        buf_add(&coders, coders.len ? SPAN("|") : SPAN(""));
        buf_add(&coders, coder);
    }
    it->told = arena_copy(&all->arena, buf_span(&told));
    it->settles = arena_copy(&all->arena, buf_span(&coders));
    buf_free(&told);
    buf_free(&coders);
}
