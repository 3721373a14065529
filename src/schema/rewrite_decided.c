/* rewrite_decided -- cells on which people decided.
 *
 * A study has one decisions.csv for all of its sources. Where it is shared, a row belongs to this
 * one if the schema has its field and, where it names a line, records of that file came. */
#include "schema/rewrite.h"
#include "stream/origin.h"

void rewrite_decide(struct rewrite *n, struct decisions *d)
{
    for (size_t i = 0; i < d->count; i++) {
        /* a page shows the cells of all sources of a study, each with a schema of its own */
        bool own = !n->shared && span_eq(decision_kind(&d->at[i]), SPAN("replace"));
        if (own && intern_find(&n->schema.names, decision_field(&d->at[i])) == INTERN_NONE)
            decisions_fail(&d->at[i], "the schema has no field %s",
                           quote(decision_field(&d->at[i])));
        if (decision_text(&d->at[i]).len == 0)
            decisions_fail(&d->at[i], "no text, which says what cell is meant");
    }
    n->decisions = d;
    n->decided_by = arena_array(&n->schema.arena, d->names.count, sizeof *n->decided_by);
    for (size_t i = 0; i < d->names.count; i++)
        n->decided_by[i] = (struct lookup){.name = d->names.keys[i]};
}

/* Whether the decision is about this record, or about any. A record without `_origin` is known by
 * its place in what is read, as the list of doubtful cells has it. */
static bool is_about(struct rewrite *n, const struct decision *it, const struct record *r)
{
    if (decision_reply(it).len == 0)
        return true;
    const struct value *key =
        record_find(r, &n->decided_by[intern_find(&n->decisions->names, decision_by(it))]);
    struct span file;
    size_t line;
    if (value_missing(key))
        return span_eq(decision_by(it), SPAN("_origin")) &&
               origin_read(decision_reply(it), &file, &line) && line == r->number &&
               span_eq(file, span_of(r->file));
    return span_eq(value_text(key, &n->text), decision_reply(it));
}

struct decision *rewrite_decision(struct rewrite *n, const struct schema_field *f,
                                  const struct record *r, const struct value *v)
{
    struct decisions *d = n->decisions;
    struct decision *found = NULL;
    size_t i = decisions_of_text(d, f->name, value_text(v, &n->text));
    for (; i != DECISIONS_NONE; i = d->at[i].next) {
        struct decision *it = &d->at[i];
        if (is_about(n, it, r))
            found = decisions_holding(d, found, it);
    }
    return found;
}

/* The files that records came from. Few, so that the last one is nearly always it. */
void rewrite_note_source(struct rewrite *n, const struct record *r)
{
    struct span file;
    size_t line;
    if (n->shared && origin_of(r, &n->text, &file, &line))
        intern_add(&n->files, file);
}

static bool is_elsewhere(const struct rewrite *n, const struct decision *it)
{
    struct span file;
    size_t line;
    if (intern_find(&n->schema.names, decision_field(it)) == INTERN_NONE)
        return true;
    return decision_reply(it).len && span_eq(decision_by(it), SPAN("_origin")) &&
           origin_read(decision_reply(it), &file, &line) &&
           intern_find(&n->files, file) == INTERN_NONE;
}

void rewrite_pass_on(struct rewrite *n)
{
    for (size_t i = 0; n->shared && i < n->decisions->count; i++) {
        struct decision *it = &n->decisions->at[i];
        if (it->state == DECISION_UNMET && is_elsewhere(n, it))
            it->state = DECISION_ELSEWHERE;
    }
}
