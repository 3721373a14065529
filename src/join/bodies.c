/* bodies -- keys by the body that they have become. */
#include "join/bodies.h"

#include <stdlib.h>

#include "base/fail.h"
#include "stream/emit.h"

static const char *const KEPT[] = {"", "the first is kept", "the last is kept", "both are kept"};
static const char *const RULES[] = {"error", "first", "last", "both"};

static void list(struct bodies *b, struct span body, const struct record *r, size_t other)
{
    struct buf *out = &b->out->buf;
    size_t key = b->keys.count - 1;
    buf_addc(out, '{');
    emit_string_field(out, SPAN("side"), span_of(b->side));
    emit_string_field(out, SPAN("body"), body);
    emit_string_field(out, SPAN("as_at"), b->as_at);
    emit_name(out, SPAN("key"));
    buf_add(out, b->json[key]);
    emit_count_field(out, SPAN("line"), r->number);
    emit_name(out, SPAN("other_key"));
    buf_add(out, b->json[other]);
    emit_count_field(out, SPAN("other_line"), b->lines[other]);
    emit_string_field(out, SPAN("rule"), span_of(RULES[b->rule]));
    buf_addc(out, '}');
    output_line(b->out);
}

/* The last key and the OTHER one have become one body. */
static void tell(struct bodies *b, struct span body, const struct record *r, size_t other,
                 enum bodies_news news)
{
    size_t key = b->keys.count - 1;
    buf_clear(&b->text);
    buf_addf(&b->text, "%s:%zu: key %.*s and key %.*s at line %zu are one body by %.*s", r->file,
             r->number, SPAN_ARGS(b->shown[key]), SPAN_ARGS(b->shown[other]), b->lines[other],
             SPAN_ARGS(b->as_at));
    if (b->out)
        list(b, body, r, other);
    if (news == BODIES_RULED)
        return;
    if (b->rule == BODIES_ERROR)
        listing_add(b->broken, "%s (see --on-merge)", buf_text(&b->text));
    else if (!b->out && b->told++ < b->max_listed)
        warn("%s (%s)", buf_text(&b->text), KEPT[b->rule]);
}

static size_t add_key(struct bodies *b, const struct joinkey *key, const struct record *r)
{
    size_t at = intern_add(&b->keys, key->original);
    b->lines = array_grow(b->lines, &b->lines_cap, at + 1, sizeof *b->lines);
    b->owners = array_grow(b->owners, &b->owners_cap, at + 1, sizeof *b->owners);
    b->fates = array_grow(b->fates, &b->fates_cap, at + 1, sizeof *b->fates);
    b->shown = array_grow(b->shown, &b->shown_cap, at + 1, sizeof *b->shown);
    b->json = array_grow(b->json, &b->json_cap, at + 1, sizeof *b->json);
    buf_clear(&b->text);
    joinkey_show(key, &b->text);
    b->lines[at] = r->number;
    b->fates[at] = BODIES_BY_RULE;
    b->shown[at] = arena_copy(&b->arena, buf_span(&b->text));
    buf_clear(&b->text);
    joinkey_emit(key, &b->text);
    b->json[at] = arena_copy(&b->arena, buf_span(&b->text));
    return at;
}

/* What a person decided between the key AT and the OTHER one of its body. */
static enum bodies_news rule(struct bodies *b, struct span body, size_t at, size_t other)
{
    enum rulings_keeps keeps =
        b->rulings ? rulings_body(b->rulings, body, b->json[at], b->json[other]) : RULINGS_UNSAID;
    if (keeps == RULINGS_UNSAID)
        return BODIES_OTHER;
    b->fates[at] = keeps == RULINGS_OTHER_KEY ? BODIES_GO : BODIES_STAY;
    b->fates[other] = keeps == RULINGS_KEY ? BODIES_GO : BODIES_STAY;
    return BODIES_RULED;
}

bool bodies_look_ahead(const struct bodies *b)
{
    return b->rule == BODIES_LAST || b->rulings;
}

enum bodies_news bodies_see(struct bodies *b, const struct joinkey *key, const struct record *r,
                            size_t *line)
{
    size_t at = intern_find(&b->keys, key->original);
    if (at != INTERN_NONE) {
        *line = b->lines[at];
        if (b->rule == BODIES_LAST)
            b->kept[b->owners[at]] = at;
        return BODIES_AGAIN;
    }
    at = add_key(b, key, r);
    size_t before = b->bodies.count;
    size_t body = intern_add(&b->bodies, key->key);
    b->kept = array_grow(b->kept, &b->kept_cap, body + 1, sizeof *b->kept);
    b->owners[at] = body;
    if (body == before) {
        b->kept[body] = at;
        return BODIES_NEW;
    }
    enum bodies_news news = rule(b, key->body, at, b->kept[body]);
    tell(b, key->body, r, b->kept[body], news);
    if (news == BODIES_RULED ? b->fates[at] == BODIES_STAY : b->rule == BODIES_LAST)
        b->kept[body] = at;
    return news;
}

bool bodies_keeps(const struct bodies *b, const struct joinkey *key)
{
    size_t at = intern_find(&b->keys, key->original);
    if (at != INTERN_NONE && b->fates[at] != BODIES_BY_RULE)
        return b->fates[at] == BODIES_STAY;
    return b->rule == BODIES_BOTH || at == INTERN_NONE || b->kept[b->owners[at]] == at;
}

bool bodies_any(const struct bodies *b)
{
    return b->keys.count > b->bodies.count;
}

void bodies_end(const struct bodies *b)
{
    if (b->told > b->max_listed)
        warn("%zu more keys on the %s side are one body with another (see --max-listed)",
             b->told - b->max_listed, b->side);
}

void bodies_free(struct bodies *b)
{
    intern_free(&b->bodies);
    intern_free(&b->keys);
    free(b->kept);
    free(b->lines);
    free(b->owners);
    free(b->fates);
    free(b->shown);
    free(b->json);
    arena_free(&b->arena);
    buf_free(&b->text);
    *b = (struct bodies){0};
}
