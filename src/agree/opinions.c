/* opinions -- files of people's decisions as codings. */
#include "agree/opinions.h"

#include <ctype.h>
#include <stdlib.h>

#include "stream/emit.h"
#include "text/bars.h"
#include "text/key.h"

static bool is_pair(const struct decision *it)
{
    return span_eq(decision_kind(it), SPAN("match")) || span_eq(decision_kind(it), SPAN("cluster"));
}

static bool is_coded(const struct decision *it)
{
    return span_eq(decision_kind(it), SPAN("code")) || span_eq(decision_kind(it), SPAN("codes"));
}

static struct span coder_of(const struct opinions *o, const struct decision *it)
{
    return o->by_file || decision_coder(it).len == 0 ? span_of(decision_file(it))
                                                     : decision_coder(it);
}

/* What the program gave are codes, as are those of people without a colon. */
static void know_codes(struct opinions *o, const struct decision *it)
{
    struct span was = decision_was(it), value = decision_value(it), code;
    while (is_coded(it) && bars_next(&was, &o->own, &code))
        intern_add(&o->codes, code);
    while (is_coded(it) && bars_next(&value, &o->own, &code))
        if (!memchr(code.at, ':', code.len))
            intern_add(&o->codes, code);
}

void opinions_load(struct opinions *o, char *const *files, size_t count)
{
    struct decisions *d = &o->decisions;
    d->key = DECISIONS_BY_TEXT;
    for (size_t i = 0; i < count; i++)
        decisions_load(d, files[i], NULL, NULL);
    for (size_t i = 0; i < d->count; i++) {
        know_codes(o, &d->at[i]);
        if (!decision_settles(&d->at[i]).len)
            intern_add(&o->coders, coder_of(o, &d->at[i]));
    }
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
        if (!decision_settles(&o->decisions.at[i]).len)
            intern_add(fields, decision_field(&o->decisions.at[i]));
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
    struct span text = decision_text(it);
    buf_clear(&o->key);
    buf_clear(&o->json);
    buf_addc(&o->json, '[');
    add_part(o, decision_by(it));
    add_part(o, decision_reply(it));
    if (is_pair(it) || decision_reply(it).len == 0)
        add_part(o, text);
    if (is_pair(it))
        add_part(o, decision_was(it));
    buf_addc(&o->json, ']');
    for (size_t i = 0; i < text.len; i++)
        if ((unsigned char)text.at[i] > ' ')
            buf_addc(&o->key, text.at[i]);
    if (coder != SIZE_MAX)
        buf_addf(&o->key, "|%zu", coder);
}

/* ---- codings ---- */

/* Whether CODE is one with a status behind its last colon, which is mentioned and not coded. A
 * code may hold a colon itself: then it is one of the codebook, of what a program gave, or what is
 * behind its colon is no word. */
static bool has_status(const struct opinions *o, struct span code)
{
    size_t colon = code.len;
    while (colon && code.at[colon - 1] != ':')
        colon--;
    if (colon < 2 || intern_find(&o->codes, code) != INTERN_NONE)
        return false;
    if (intern_find(&o->codes, (struct span){code.at, colon - 1}) != INTERN_NONE)
        return true;
    bool word = colon < code.len;
    for (size_t i = colon; i < code.len; i++)
        word &= code.at[i] == '_' || isalpha((unsigned char)code.at[i]);
    return word;
}

static void write_codes(struct opinions *o, struct buf *b, struct span value)
{
    struct span code;
    buf_addc(b, '[');
    while (!span_eq(value, SPAN("[]")) && bars_next(&value, &o->own, &code)) {
        if (has_status(o, code))
            continue;
        emit_item(b);
        emit_string(b, code);
    }
    buf_addc(b, ']');
}

/* The code of a field of one; more that stand there stay as they are. */
static struct span one_code(struct opinions *o, struct span value)
{
    struct span rest = value, code;
    return bars_next(&rest, &o->own, &code) && rest.len == 0 ? code : value;
}

static struct value coding_of(struct opinions *o, const struct decision *it, struct buf *b)
{
    buf_clear(b);
    if (is_coded(it) && decision_missing(it).at)
        emit_null(b);
    else if (span_eq(decision_kind(it), SPAN("codes")))
        write_codes(o, b, decision_value(it));
    else if (span_eq(decision_kind(it), SPAN("code")))
        emit_any_string(b, one_code(o, decision_value(it)));
    else
        emit_any_string(b, decision_value(it));
    return value_from(buf_span(b));
}

size_t opinions_take(struct opinions *o, struct span field, struct ratings *to)
{
    const struct decisions *d = &o->decisions;
    struct intern seen = {0};
    size_t *last = NULL, cap = 0, taken = 0;
    struct buf value = {0};
    for (size_t i = 0; i < d->count; i++) {
        if (decision_settles(&d->at[i]).len || !span_eq(decision_field(&d->at[i]), field))
            continue;
        name_unit(o, &d->at[i], intern_find(&o->coders, coder_of(o, &d->at[i])));
        size_t at = intern_add(&seen, buf_span(&o->key));
        last = array_grow(last, &cap, at + 1, sizeof *last);
        last[at] = i;
    }
    size_t count = seen.count;
    intern_free(&seen); /* before as much is needed for the ratings */
    for (size_t i = 0; i < count; i++) {
        const struct decision *it = &d->at[last[i]];
        struct value coding = coding_of(o, it, &value);
        name_unit(o, it, SIZE_MAX);
        size_t unit = ratings_unit(to, buf_span(&o->key), buf_span(&o->json));
        buf_clear(&o->json);
        emit_any_string(&o->json, decision_text(it));
        struct value text = value_from(buf_span(&o->json));
        ratings_text(to, unit, &text);
        ratings_add(to, unit, intern_find(&o->coders, coder_of(o, it)), &coding);
        taken++;
    }
    free(last);
    buf_free(&value);
    return taken;
}

void opinions_free(struct opinions *o)
{
    decisions_free(&o->decisions);
    intern_free(&o->coders);
    intern_free(&o->codes);
    buf_free(&o->key);
    buf_free(&o->own);
    buf_free(&o->json);
}
