/* plan_single -- the command line's words for one table as a plan. */
#include "plan_read.h"

#include "base/fail.h"
#include "stream/emit.h"
#include "text/number.h"

static bool is_literal(struct span text)
{
    return span_eq(text, SPAN("true")) || span_eq(text, SPAN("false")) || number_is_json(text);
}

static struct plan_where *where_of(struct plan *p, struct plan_table *t, struct span field,
                                   size_t most)
{
    for (size_t i = 0; i < t->where_count; i++)
        if (span_eq(t->where[i].field, field))
            return &t->where[i];
    struct plan_where *w = &t->where[t->where_count++];
    w->field = field;
    w->values = arena_array(&p->arena, most, sizeof *w->values);
    return w;
}

/* A word is a string, and what it is as a literal too: two values at most. */
static void take_word(struct plan *p, struct plan_table *t, const char *word, size_t words)
{
    size_t name = strcspn(word, "=");
    if (name == 0 || !word[name])
        fail(STATUS_USAGE, "option '--where' takes FIELD=VALUE, not %s (try --help)",
             quote(span_of(word)));
    struct plan_where *w = where_of(p, t, plan_keep(p, (struct span){word, name}), 2 * words);
    struct span text = span_of(word + name + 1);
    struct buf json = {0};
    emit_string(&json, text);
    w->values[w->count++] = plan_keep(p, buf_span(&json));
    if (is_literal(text))
        w->values[w->count++] = plan_spell(p, text);
    w->missing |= span_eq(text, SPAN("null"));
    buf_free(&json);
}

static char *digest_of(const char *field, const char *by, const struct opt_list *where,
                       const char *unit)
{
    struct buf text = {0};
    const char *words[] = {field, by ? by : "", unit ? unit : ""};
    for (size_t i = 0; i < 3; i++) {
        emit_item(&text);
        emit_string(&text, span_of(words[i]));
    }
    for (size_t i = 0; i < where->count; i++) {
        emit_item(&text);
        emit_string(&text, span_of(where->at[i]));
    }
    buf_text(&text);
    return text.at;
}

void plan_single(struct plan *p, const char *field, const char *by, const struct opt_list *where,
                 const char *unit)
{
    *p = (struct plan){.confidence = 0.95};
    struct plan_table *t = plan_add_table(p);
    t->field = plan_keep(p, span_of(field));
    t->by = by ? plan_keep(p, span_of(by)) : (struct span){0};
    t->unit = unit ? plan_keep(p, span_of(unit)) : (struct span){0};
    t->id = plan_default_id(p, t->field, t->by);
    t->of_count = 1;
    t->where = arena_array(&p->arena, where->count, sizeof *t->where);
    for (size_t i = 0; i < where->count; i++)
        take_word(p, t, where->at[i], where->count);
    p->digest = digest_of(field, by, where, unit);
}
