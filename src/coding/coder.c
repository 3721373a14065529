/* coder -- codings run over a record, and the record written back. */
#include "coding/coder.h"

#include <stdlib.h>

#include "base/fail.h"
#include "stream/emit.h"

/* ---- values of the record ---- */

/* What was put into c->values from FROM on belongs to the next field. */
static void set_value(struct coder *c, size_t from)
{
    c->pieces[c->set_count++] = (struct coder_piece){from, c->values.len - from, false};
}

static void set_null(struct coder *c, struct span name, struct span reason)
{
    size_t from = c->values.len;
    emit_null(&c->values);
    set_value(c, from);
    missing_set(&c->missing, name, reason);
    c->missing_changed = true;
}

static void set_present(struct coder *c, struct span name, size_t from)
{
    set_value(c, from);
    size_t before = c->missing.count;
    if (before == 0)
        return;
    missing_drop(&c->missing, name);
    c->missing_changed |= c->missing.count != before;
}

static void set_missing(struct coder *c, const struct coder_target *t, struct span reason)
{
    set_null(c, t->names->into, reason);
    if (t->names->group_into.at)
        set_null(c, t->names->group_into, reason);
    if (t->status_into.at)
        set_null(c, t->status_into, reason);
}

static void set_groups(struct coder *c, const struct coder_target *t)
{
    size_t from = c->values.len;
    if (t->coding->field->multiple || coding_has_group(t->coding)) {
        coding_emit_groups(t->coding, &c->values);
        set_present(c, t->names->group_into, from);
    } else {
        set_null(c, t->names->group_into, t->coding->count ? SPAN("no_group") : SPAN("uncoded"));
    }
}

/* A single-valued answer without a code is null, and every null has a reason. */
static void set_coded(struct coder *c, const struct coder_target *t)
{
    struct coding *coding = t->coding;
    size_t from = c->values.len;
    if (coding->field->multiple || coding->count > 0) {
        coding_emit_codes(coding, &c->values);
        set_present(c, t->names->into, from);
    } else {
        set_null(c, t->names->into, SPAN("uncoded"));
    }
    if (t->names->group_into.at)
        set_groups(c, t);
    if (t->status_into.at) {
        from = c->values.len;
        coding_emit_statuses(coding, &c->values);
        set_present(c, t->status_into, from);
    }
}

/* ---- coding ---- */

struct coder_answer {
    struct coder *coder;
    const struct coder_target *target;
    const char *wrong; /* why it cannot be coded */
};

/* One answer, or one item of a list. */
static bool code_piece(void *with, const struct value *piece, size_t item)
{
    struct coder_answer *a = with;
    struct coder *c = a->coder;
    const struct coder_target *t = a->target;
    a->wrong = coding_no_answer(piece);
    if (a->wrong || piece->type == VALUE_NULL)
        return !a->wrong;
    struct span text = value_text(piece, &c->text);
    if (text.len > c->options.max_text) {
        a->wrong = "a text longer than --max-text allows";
        return false;
    }
    coding_add(t->coding, text, item, c->options.evidence ? &c->evidence : NULL);
    if (c->options.residue)
        residue_add(c->options.residue, t->coding, text, (size_t)(t - c->targets), c->records);
    return true;
}

/* The answer's evidence joins that of the record. */
static void keep_evidence(struct coder *c, const struct coder_target *t)
{
    if (c->evidence.len == 1)
        return;
    emit_name(&c->evidences, t->names->into);
    buf_add(&c->evidences, buf_span(&c->evidence));
    buf_addc(&c->evidences, ']');
}

/* Applies what people decided. True if that changed the codes; REASON is why there is none. */
static bool apply_people(struct coder *c, const struct coder_target *t, const struct record *r,
                         const struct value *answer, struct span *reason)
{
    bool changed = false;
    struct buf *evidence = c->options.evidence ? &c->evidence : NULL;
    size_t target = (size_t)(t - c->targets), i = c->override;
    for (; i != OVERRIDES_NONE; i = c->options.overrides->at[i].next)
        if (c->options.overrides->at[i].target == target)
            changed |= overrides_apply(c->options.overrides, i, t->coding, evidence);
    struct verdicts *v = c->options.verdicts;
    struct decision *verdict = v ? verdicts_find(v, r, target, answer) : NULL;
    if (verdict) {
        changed |= verdicts_apply(v, verdict, t->coding, evidence);
        *reason = decision_missing(verdict);
    }
    return changed;
}

/* NULL, or why the answer cannot be coded. */
static const char *code_target(struct coder *c, struct coder_target *t, const struct record *r)
{
    const struct value *answer = record_find(r, &t->from);
    bool missing = value_missing(answer);
    t->uncoded = false;
    buf_clear(&c->evidence);
    buf_addc(&c->evidence, '[');
    coding_start(t->coding);
    struct coder_answer a = {c, t, NULL};
    if (!missing && !coding_each(answer, code_piece, &a))
        return a.wrong;
    if (!missing)
        coding_finish(t->coding, c->options.evidence ? &c->evidence : NULL);
    struct span reason = {0};
    bool changed = apply_people(c, t, r, answer, &reason);
    keep_evidence(c, t);
    if (missing && !changed)
        reason = missing_reason(&c->missing, t->from.name, answer);
    if (reason.at) {
        set_missing(c, t, reason);
        return NULL;
    }
    t->uncoded = !changed && (!t->coding->found || t->coding->count == 0);
    c->uncoded += t->uncoded;
    set_coded(c, t);
    return NULL;
}

/* ---- the record ---- */

static bool is_target(const struct coder *c, struct span name)
{
    for (size_t i = 0; i < c->target_count; i++)
        if (span_eq(c->targets[i].names->into, name))
            return true;
    return false;
}

/* What an earlier stage put into `_evidence` about other fields stays. */
static bool start_evidence(struct coder *c, const struct record *r)
{
    const struct value *before = record_get(r, SPAN("_evidence"));
    buf_clear(&c->evidences);
    buf_addc(&c->evidences, '{');
    if (value_missing(before))
        return true;
    if (before->type != VALUE_OBJECT)
        return false;
    struct span rest = before->raw;
    struct value name, item;
    while (value_next(&rest, &name, &item)) {
        struct span text = value_text(&name, &c->text);
        if (is_target(c, text))
            continue;
        emit_name(&c->evidences, text);
        buf_add(&c->evidences, item.raw);
    }
    return true;
}

bool coder_code(struct coder *c, const struct record *r, struct coder_fault *fault)
{
    buf_clear(&c->values);
    c->set_count = c->uncoded = 0;
    c->missing_changed = false;
    c->records++;
    c->override = c->options.overrides ? overrides_find(c->options.overrides, r) : OVERRIDES_NONE;
    if (!missing_read(&c->missing, r)) {
        *fault = (struct coder_fault){SPAN("_missing"), c->missing.fault};
        return false;
    }
    if (c->options.evidence && !start_evidence(c, r)) {
        *fault = (struct coder_fault){SPAN("_evidence"), "not an object"};
        return false;
    }
    for (size_t i = 0; i < c->target_count; i++) {
        const char *wrong = code_target(c, &c->targets[i], r);
        if (!wrong)
            continue;
        *fault = (struct coder_fault){c->targets[i].from.name, wrong};
        return false;
    }
    return true;
}

/* ---- writing ---- */

/* Values may move while others are added, so their places are known only now. */
static void place_sets(struct coder *c)
{
    for (size_t i = 0; i < c->set_count; i++) {
        const struct coder_piece *piece = &c->pieces[i];
        struct span *raw = &c->sets[i].raw;
        raw->at = piece->drop ? NULL : c->values.at + piece->from;
        raw->len = piece->len;
    }
}

void coder_write(struct coder *c, const struct record *r, struct output *out)
{
    size_t count = c->set_count, from = c->values.len;
    if (c->options.evidence) {
        buf_add(&c->values, buf_span(&c->evidences));
        buf_addc(&c->values, '}');
        set_value(c, from);
        c->pieces[c->set_count - 1].drop = c->evidences.len == 1;
    }
    if (c->missing_changed) {
        from = c->values.len;
        missing_emit(&c->missing, &c->values);
        set_value(c, from);
        c->pieces[c->set_count - 1].drop = c->missing.count == 0;
    }
    place_sets(c);
    record_note_with(&out->buf, r, c->sets, c->set_count, out->places);
    c->set_count = count;
}

void coder_write_uncoded(struct coder *c, const struct record *r, struct buf *b)
{
    buf_clear(&c->text);
    buf_addc(&c->text, '[');
    for (size_t i = 0; i < c->target_count; i++) {
        if (!c->targets[i].uncoded)
            continue;
        emit_item(&c->text);
        emit_string(&c->text, c->targets[i].names->into);
    }
    buf_addc(&c->text, ']');
    struct record_set set = {.name = {.name = SPAN("_uncoded")}, .raw = buf_span(&c->text)};
    record_write_with(b, r, &set, 1);
}

/* ---- building ---- */

static struct span status_name(struct coder *c, struct span into)
{
    struct buf name = {0};
    buf_add(&name, into);
    buf_add(&name, SPAN("_status"));
    struct span kept = arena_copy(&c->arena, buf_span(&name));
    buf_free(&name);
    return kept;
}

/* The name must be free for every status field, since a record names a field once. */
static void check_status_names(const struct coder *c)
{
    for (size_t i = 0; i < c->target_count; i++) {
        struct span status = c->targets[i].status_into;
        for (size_t j = 0; status.at && j < c->target_count; j++) {
            const struct codebook_target *names = c->targets[j].names;
            if (span_eq(names->into, status) ||
                (names->group_into.at && span_eq(names->group_into, status)))
                fail(STATUS_USAGE, "%s: with '--status', two fields go into %s", c->book->file,
                     quote(status));
        }
    }
}

static void add_set(struct coder *c, size_t *count, struct span name)
{
    if (!name.at)
        return;
    struct record_set *set = &c->sets[(*count)++];
    buf_clear(&c->text);
    emit_name(&c->text, name);
    set->name.name = name;
    set->key = arena_copy(&c->arena, buf_span(&c->text));
}

void coder_init(struct coder *c, const struct codebook *book, const struct coder_options *o)
{
    size_t count = 0, targets = book->target_count;
    *c = (struct coder){.book = book, .options = *o, .target_count = targets};
    c->codings = arena_array(&c->arena, book->count, sizeof *c->codings);
    c->targets = arena_array(&c->arena, targets, sizeof *c->targets);
    c->sets = arena_array(&c->arena, 3 * targets + 2, sizeof *c->sets);
    c->pieces = arena_array(&c->arena, 3 * targets + 2, sizeof *c->pieces);
    for (size_t i = 0; i < book->count; i++)
        coding_init(&c->codings[i], &book->fields[i]);
    for (size_t i = 0; i < book->count; i++)
        c->codings[i].explain = o->explain;
    for (size_t i = 0; i < targets; i++) {
        const struct codebook_target *names = &book->targets[i];
        struct coder_target *t = &c->targets[i];
        *t = (struct coder_target){
            .names = names, .coding = &c->codings[names->field], .from = {.name = names->from}};
        if (o->status)
            t->status_into = status_name(c, names->into);
        add_set(c, &count, names->into);
        add_set(c, &count, names->group_into);
        add_set(c, &count, t->status_into);
    }
    check_status_names(c);
    if (o->evidence)
        add_set(c, &count, SPAN("_evidence"));
    add_set(c, &count, SPAN("_missing"));
}

void coder_free(struct coder *c)
{
    for (size_t i = 0; i < c->book->count; i++)
        coding_free(&c->codings[i]);
    missing_free(&c->missing);
    buf_free(&c->values);
    buf_free(&c->evidence);
    buf_free(&c->evidences);
    buf_free(&c->text);
    arena_free(&c->arena);
    *c = (struct coder){0};
}
