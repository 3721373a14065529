/* coding_versions -- two codings of one answer, and the terms that make the difference. */
#include "coding/coding_versions.h"

#include "stream/emit.h"

static const char *const SIDES[2] = {"old", "new"};

static void init_side(struct coding_versions_side *side, const struct codebook *b, size_t target)
{
    side->from = (struct lookup){.name = b->targets[target].from};
    coding_init(&side->coding, &b->fields[b->targets[target].field]);
}

void coding_versions_init(struct coding_versions *x, const struct codebook *before,
                          const struct codebook *after)
{
    *x = (struct coding_versions){0};
    x->targets = arena_array(&x->arena, before->target_count, sizeof *x->targets);
    for (size_t i = 0; i < before->target_count; i++) {
        for (size_t j = 0; j < after->target_count; j++) {
            if (!span_eq(before->targets[i].into, after->targets[j].into))
                continue;
            struct coding_versions_target *t = &x->targets[x->count++];
            t->into = before->targets[i].into;
            init_side(&t->sides[0], before, i);
            init_side(&t->sides[1], after, j);
        }
    }
}

void coding_versions_free(struct coding_versions *x)
{
    for (size_t i = 0; i < x->count; i++)
        for (size_t j = 0; j < 2; j++)
            coding_free(&x->targets[i].sides[j].coding);
    buf_free(&x->text);
    arena_free(&x->arena);
}

/* ---- coding ---- */

/* The pieces of an answer, each a list's item or the whole. False at the end. */
static bool next_piece(const struct value *answer, struct span *rest, size_t *item,
                       struct value *piece)
{
    if (answer->type == VALUE_LIST) {
        ++*item;
        return value_next(rest, NULL, piece);
    }
    *piece = *answer;
    bool first = rest->len > 0;
    *rest = (struct span){0};
    return first;
}

static const char *code_side(struct coding_versions *x, struct coding_versions_side *side,
                             const struct value *answer)
{
    coding_start(&side->coding);
    if (value_missing(answer))
        return NULL;
    struct span rest = answer->raw;
    struct value piece;
    size_t item = CODING_NO_ITEM;
    while (next_piece(answer, &rest, &item, &piece)) {
        const char *wrong = coding_no_answer(&piece);
        if (wrong)
            return wrong;
        if (piece.type != VALUE_NULL)
            coding_add(&side->coding, value_text(&piece, &x->text), item, NULL);
    }
    coding_finish(&side->coding, NULL);
    return NULL;
}

const char *coding_versions_target(struct coding_versions *x, struct coding_versions_target *t,
                                   const struct record *r, struct span *field)
{
    for (size_t i = 0; i < 2; i++) {
        struct coding_versions_side *side = &t->sides[i];
        const char *wrong = code_side(x, side, record_find(r, &side->from));
        *field = side->from.name;
        if (wrong)
            return wrong;
    }
    return NULL;
}

/* ---- the difference ---- */

static bool gives(const struct coding_versions_side *side, struct span code)
{
    const struct coding *c = &side->coding;
    for (size_t i = 0; i < c->count; i++)
        if (span_eq(c->field->codes[c->codes[i]].code, code))
            return true;
    return false;
}

bool coding_versions_differs(const struct coding_versions_target *t)
{
    const struct coding *a = &t->sides[0].coding;
    if (a->count != t->sides[1].coding.count)
        return true;
    for (size_t i = 0; i < a->count; i++)
        if (!gives(&t->sides[1], a->field->codes[a->codes[i]].code))
            return true;
    return false;
}

static void emit_codes(const struct coding *c, struct buf *b)
{
    buf_addc(b, '[');
    for (size_t i = 0; i < c->count; i++) {
        emit_item(b);
        emit_string(b, c->field->codes[c->codes[i]].code);
    }
    buf_addc(b, ']');
}

/* The mentions of codes that one side gives and the other does not. */
static void emit_reasons(struct coding_versions *x, const struct coding_versions_target *t,
                         struct coding_versions_side *side, const struct value *answer,
                         struct buf *b)
{
    struct span rest = value_missing(answer) ? (struct span){0} : answer->raw;
    struct value piece;
    size_t item = CODING_NO_ITEM;
    struct mentions *m = &side->coding.matcher;
    buf_addc(b, '[');
    while (rest.len && next_piece(answer, &rest, &item, &piece)) {
        if (piece.type == VALUE_NULL)
            continue;
        struct span text = value_text(&piece, &x->text);
        mentions_find(m, text);
        for (size_t i = 0; i < m->count; i++) {
            struct span code = m->field->codes[m->field->terms[m->mentions[i].term].code].code;
            if (gives(&t->sides[0], code) != gives(&t->sides[1], code))
                coding_emit_mention(&side->coding, &m->mentions[i], text, item, b);
        }
    }
    buf_addc(b, ']');
}

void coding_versions_emit(struct coding_versions *x, struct coding_versions_target *t,
                          const struct record *r, struct buf *b)
{
    const struct value *answer = record_find(r, &t->sides[1].from);
    buf_addc(b, '{');
    emit_string_field(b, SPAN("change"), SPAN("record"));
    emit_string_field(b, SPAN("field"), t->into);
    emit_name(b, SPAN("file"));
    emit_any_string(b, span_of(r->file));
    emit_count_field(b, SPAN("line"), r->number);
    emit_name(b, SPAN("answer"));
    buf_add(b, answer ? answer->raw : SPAN("null"));
    for (size_t i = 0; i < 2; i++) {
        emit_name(b, span_of(SIDES[i]));
        emit_codes(&t->sides[i].coding, b);
    }
    emit_name(b, SPAN("because"));
    buf_addc(b, '{');
    for (size_t i = 0; i < 2; i++) {
        emit_name(b, span_of(SIDES[i]));
        emit_reasons(x, t, &t->sides[i], record_find(r, &t->sides[i].from), b);
    }
    buf_add(b, SPAN("}}"));
}
