/* codebook_compare -- fields, codes, terms, cues and settings of two codebooks. */
#include "codebook/codebook_compare.h"

#include "codebook/codebook_write.h"
#include "stream/emit.h"

struct compare {
    const struct codebook_field *before, *after;
    struct output *out;
    size_t told;
    struct buf key;
    struct arena arena; /* for one field */
};

/* ---- telling ---- */

struct change {
    const char *what;
    struct span code, term;
    struct span before, after; /* JSON */
};

static void put_text(struct buf *b, const char *name, struct span text)
{
    emit_name(b, span_of(name));
    if (text.at)
        emit_string(b, text);
    else
        emit_null(b);
}

static void put_json(struct buf *b, const char *name, struct span json)
{
    emit_name(b, span_of(name));
    buf_add(b, json.len ? json : SPAN("null"));
}

static void tell(struct compare *c, const struct change *change)
{
    struct buf *b = &c->out->buf;
    buf_addc(b, '{');
    put_text(b, "change", span_of(change->what));
    put_text(b, "field", c->after ? c->after->into : c->before->into);
    put_text(b, "code", change->code);
    put_text(b, "term", change->term);
    put_json(b, "old", change->before);
    put_json(b, "new", change->after);
    buf_addc(b, '}');
    output_line(c->out);
    c->told++;
}

static void tell_change(struct compare *c, struct change change, struct buf *before,
                        struct buf *after)
{
    change.before = buf_span(before);
    change.after = buf_span(after);
    tell(c, &change);
    buf_free(before);
    buf_free(after);
}

/* ---- codes ---- */

static bool same_text(struct span a, struct span b)
{
    return !a.at == !b.at && span_eq(a, b);
}

static void put_code(struct buf *b, const struct codebook_code *code)
{
    buf_addc(b, '{');
    put_text(b, "label", code->label);
    put_text(b, "group", code->group);
    buf_addc(b, '}');
}

static void compare_codes(struct compare *c)
{
    for (size_t i = 0; i < c->before->code_count; i++) {
        const struct codebook_code *old = &c->before->codes[i];
        size_t at = codebook_find(c->after, old->code);
        if (at == c->after->code_count) {
            tell(c, &(struct change){.what = "code_removed", .code = old->code});
            continue;
        }
        const struct codebook_code *new = &c->after->codes[at];
        struct buf before = {0}, after = {0};
        if (same_text(old->label, new->label) && same_text(old->group, new->group))
            continue;
        put_code(&before, old);
        put_code(&after, new);
        tell_change(c, (struct change){.what = "code_changed", .code = old->code}, &before, &after);
    }
    for (size_t i = 0; i < c->after->code_count; i++)
        if (codebook_find(c->before, c->after->codes[i].code) == c->before->code_count)
            tell(c, &(struct change){.what = "code_added", .code = c->after->codes[i].code});
}

/* ---- terms ---- */

/* What a term is known by: with its code, or without to see where it went. */
static struct span key_of(struct compare *c, const struct codebook_field *f,
                          const struct codebook_term *t, bool with_code)
{
    buf_clear(&c->key);
    buf_addf(&c->key, "%d %zu ", (int)t->match, t->text.len);
    buf_add(&c->key, t->text);
    if (with_code)
        buf_add(&c->key, f->codes[t->code].code);
    return buf_span(&c->key);
}

static struct span code_of(const struct codebook_field *f, const struct codebook_term *t)
{
    return f->codes[t->code].code;
}

static void tell_manner(struct compare *c, const struct codebook_term *old,
                        const struct codebook_term *new)
{
    struct buf before = {0}, after = {0};
    if (codebook_same_manner(old, new))
        return;
    codebook_emit_term(&before, old);
    codebook_emit_term(&after, new);
    struct change change = {
        .what = "term_changed", .code = code_of(c->before, old), .term = old->text};
    tell_change(c, change, &before, &after);
}

static void tell_move(struct compare *c, const struct codebook_term *old,
                      const struct codebook_term *new)
{
    struct buf before = {0}, after = {0};
    emit_string(&before, code_of(c->before, old));
    emit_string(&after, code_of(c->after, new));
    struct change change = {
        .what = "term_moved", .code = code_of(c->after, new), .term = old->text};
    tell_change(c, change, &before, &after);
}

/* Pairs the terms that both have under the same code. */
static void pair_terms(struct compare *c, bool *old_paired, bool *new_paired)
{
    const struct codebook_field *a = c->before, *b = c->after;
    struct intern known = {0};
    size_t *first = arena_array(&c->arena, b->term_count, sizeof *first);
    for (size_t i = 0; i < b->term_count; i++) {
        size_t count = known.count, at = intern_add(&known, key_of(c, b, &b->terms[i], true));
        if (at == count)
            first[at] = i;
    }
    for (size_t i = 0; i < a->term_count; i++) {
        size_t at = intern_find(&known, key_of(c, a, &a->terms[i], true));
        if (at == INTERN_NONE || new_paired[first[at]])
            continue;
        old_paired[i] = new_paired[first[at]] = true;
        tell_manner(c, &a->terms[i], &b->terms[first[at]]);
    }
    intern_free(&known);
}

static void compare_terms(struct compare *c)
{
    const struct codebook_field *a = c->before, *b = c->after;
    bool *old_paired = arena_array(&c->arena, a->term_count, sizeof *old_paired);
    bool *new_paired = arena_array(&c->arena, b->term_count, sizeof *new_paired);
    pair_terms(c, old_paired, new_paired);
    struct intern left = {0};
    size_t *first = arena_array(&c->arena, b->term_count, sizeof *first);
    for (size_t i = 0; i < b->term_count; i++) {
        size_t count = left.count;
        if (!new_paired[i] && intern_add(&left, key_of(c, b, &b->terms[i], false)) == count)
            first[count] = i;
    }
    for (size_t i = 0; i < a->term_count; i++) {
        const struct codebook_term *t = &a->terms[i];
        if (old_paired[i])
            continue;
        size_t at = intern_find(&left, key_of(c, a, t, false));
        if (at != INTERN_NONE && !new_paired[first[at]]) {
            new_paired[first[at]] = true;
            tell_move(c, t, &b->terms[first[at]]);
            tell_manner(c, t, &b->terms[first[at]]);
        } else {
            tell(c,
                 &(struct change){.what = "term_removed", .code = code_of(a, t), .term = t->text});
        }
    }
    for (size_t i = 0; i < b->term_count; i++)
        if (!new_paired[i])
            tell(c, &(struct change){.what = "term_added",
                                     .code = code_of(b, &b->terms[i]),
                                     .term = b->terms[i].text});
    intern_free(&left);
}

/* ---- cues and settings ---- */

static bool has_cue(const struct codebook_field *f, const struct codebook_cue *cue)
{
    for (size_t i = 0; i < f->cue_count; i++)
        if (span_eq(f->cues[i].status, cue->status) && span_eq(f->cues[i].phrase, cue->phrase))
            return true;
    return false;
}

static void tell_cues(struct compare *c, const struct codebook_field *has,
                      const struct codebook_field *lacks, const char *what)
{
    for (size_t i = 0; i < has->cue_count; i++)
        if (!has_cue(lacks, &has->cues[i]))
            tell(c, &(struct change){
                        .what = what, .code = has->cues[i].status, .term = has->cues[i].phrase});
}

static void put_default_cues(struct buf *b, const struct codebook_field *f)
{
    if (!f->some_default_cues)
        return;
    buf_addc(b, '[');
    for (size_t i = 0; i < f->default_cues.count; i++) {
        emit_item(b);
        emit_string(b, f->default_cues.at[i]);
    }
    buf_addc(b, ']');
}

static void tell_setting(struct compare *c, const char *name, struct buf *before, struct buf *after)
{
    struct change change = {.what = "setting_changed", .code = span_of(name)};
    if (span_eq(buf_span(before), buf_span(after))) {
        buf_free(before);
        buf_free(after);
        return;
    }
    tell_change(c, change, before, after);
}

static void compare_settings(struct compare *c)
{
    const struct codebook_field *fields[2] = {c->before, c->after};
    struct buf multiple[2] = {0}, otherwise[2] = {0}, group[2] = {0}, cues[2] = {0};
    struct buf from[2] = {0};
    for (size_t i = 0; i < 2; i++) {
        emit_bool(&multiple[i], fields[i]->multiple);
        if (fields[i]->from.at)
            emit_string(&from[i], fields[i]->from);
        if (fields[i]->otherwise.at)
            emit_string(&otherwise[i], fields[i]->otherwise);
        if (fields[i]->group_into.at)
            emit_string(&group[i], fields[i]->group_into);
        put_default_cues(&cues[i], fields[i]);
    }
    tell_setting(c, "from", &from[0], &from[1]);
    tell_setting(c, "multiple", &multiple[0], &multiple[1]);
    tell_setting(c, "otherwise", &otherwise[0], &otherwise[1]);
    tell_setting(c, "group_into", &group[0], &group[1]);
    tell_setting(c, "default_cues", &cues[0], &cues[1]);
}

/* ---- the whole ---- */

static const struct codebook_field *field_into(const struct codebook *b, struct span into)
{
    for (size_t i = 0; i < b->count; i++)
        if (same_text(b->fields[i].into, into))
            return &b->fields[i];
    return NULL;
}

static void compare_fields(struct compare *c)
{
    if (!c->after)
        tell(c, &(struct change){.what = "field_removed"});
    if (!c->before)
        tell(c, &(struct change){.what = "field_added"});
    if (c->before && c->after) {
        compare_settings(c);
        compare_codes(c);
        compare_terms(c);
        tell_cues(c, c->before, c->after, "cue_removed");
        tell_cues(c, c->after, c->before, "cue_added");
    }
    arena_clear(&c->arena);
}

size_t codebook_compare(const struct codebook *before, const struct codebook *after,
                        struct output *out)
{
    struct compare c = {.out = out};
    for (size_t i = 0; i < before->count; i++) {
        c.before = &before->fields[i];
        c.after = field_into(after, c.before->into);
        compare_fields(&c);
    }
    c.before = NULL;
    for (size_t i = 0; i < after->count; i++) {
        c.after = &after->fields[i];
        if (!field_into(before, c.after->into))
            compare_fields(&c);
    }
    buf_free(&c.key);
    arena_free(&c.arena);
    return c.told;
}
