/* opinions -- files of people's decisions as codings. */
#include "agree/opinions.h"

#include <stdlib.h>

#include "stream/emit.h"
#include "text/key.h"

static bool is_pair(const struct decision *it)
{
    return span_eq(it->kind, SPAN("match")) || span_eq(it->kind, SPAN("cluster"));
}

static bool is_coded(const struct decision *it)
{
    return span_eq(it->kind, SPAN("code")) || span_eq(it->kind, SPAN("codes"));
}

static struct span coder_of(const struct opinions *o, const struct decision *it)
{
    return o->by_file || it->coder.len == 0 ? span_of(it->file) : it->coder;
}

void opinions_load(struct opinions *o, char *const *files, size_t count)
{
    struct decisions *d = &o->decisions;
    d->key = DECISIONS_BY_TEXT;
    for (size_t i = 0; i < count; i++)
        decisions_load(d, files[i], NULL, NULL);
    for (size_t i = 0; i < d->count; i++)
        if (!d->at[i].settles.len)
            intern_add(&o->coders, coder_of(o, &d->at[i]));
    if (o->coders.count >= 2)
        return;
    o->by_file = true;
    intern_clear(&o->coders);
    for (size_t i = 0; i < count; i++)
        intern_add(&o->coders, span_of(files[i]));
}

void opinions_fields(const struct opinions *o, struct intern *fields)
{
    for (size_t i = 0; i < o->decisions.count; i++)
        if (!o->decisions.at[i].settles.len)
            intern_add(fields, o->decisions.at[i].field);
}

/* ---- units ---- */

static void add_part(struct opinions *o, struct span part)
{
    key_add(&o->key, KEY_STRING, part);
    if (part.len == 0)
        return;
    emit_item(&o->json);
    emit_any_string(&o->json, part);
}

/* The item's name: the record, and the text without the white space that tools change. */
static void name_unit(struct opinions *o, const struct decision *it, size_t coder)
{
    buf_clear(&o->key);
    buf_clear(&o->json);
    buf_addc(&o->json, '[');
    add_part(o, it->by);
    add_part(o, it->reply);
    if (is_pair(it) || it->reply.len == 0)
        add_part(o, it->text);
    if (is_pair(it))
        add_part(o, it->was);
    buf_addc(&o->json, ']');
    for (size_t i = 0; i < it->text.len; i++)
        if ((unsigned char)it->text.at[i] > ' ')
            buf_addc(&o->key, it->text.at[i]);
    if (coder != SIZE_MAX)
        buf_addf(&o->key, "|%zu", coder);
}

/* ---- codings ---- */

/* The codes between "|" as a list; those with a status are mentioned, not coded. */
static void write_codes(struct buf *b, struct span value)
{
    const char *at = value.at, *end = at + value.len;
    buf_addc(b, '[');
    while (at < end && !span_eq(value, SPAN("[]"))) {
        const char *bar = memchr(at, '|', (size_t)(end - at));
        struct span code = span_from(at, bar ? bar : end);
        if (!memchr(code.at, ':', code.len)) {
            emit_item(b);
            emit_string(b, code);
        }
        at = bar ? bar + 1 : end;
    }
    buf_addc(b, ']');
}

static struct value coding_of(const struct decision *it, struct buf *b)
{
    buf_clear(b);
    if (is_coded(it) && decision_missing(it).at)
        emit_null(b);
    else if (span_eq(it->kind, SPAN("codes")))
        write_codes(b, it->value);
    else
        emit_any_string(b, it->value);
    return value_from(buf_span(b));
}

size_t opinions_take(struct opinions *o, struct span field, struct ratings *to)
{
    const struct decisions *d = &o->decisions;
    struct intern seen = {0};
    size_t *last = NULL, cap = 0, taken = 0;
    struct buf value = {0};
    for (size_t i = 0; i < d->count; i++) {
        if (d->at[i].settles.len || !span_eq(d->at[i].field, field))
            continue;
        name_unit(o, &d->at[i], intern_find(&o->coders, coder_of(o, &d->at[i])));
        size_t at = intern_add(&seen, buf_span(&o->key));
        last = array_grow(last, &cap, at + 1, sizeof *last);
        last[at] = i;
    }
    for (size_t i = 0; i < seen.count; i++) {
        const struct decision *it = &d->at[last[i]];
        struct value coding = coding_of(it, &value);
        name_unit(o, it, SIZE_MAX);
        size_t unit = ratings_unit(to, buf_span(&o->key), buf_span(&o->json));
        buf_clear(&o->json);
        emit_any_string(&o->json, it->text);
        struct value text = value_from(buf_span(&o->json));
        ratings_text(to, unit, &text);
        ratings_add(to, unit, intern_find(&o->coders, coder_of(o, it)), &coding);
        taken++;
    }
    intern_free(&seen);
    free(last);
    buf_free(&value);
    return taken;
}

void opinions_free(struct opinions *o)
{
    decisions_free(&o->decisions);
    intern_free(&o->coders);
    buf_free(&o->key);
    buf_free(&o->json);
}
