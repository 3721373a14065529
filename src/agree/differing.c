/* differing -- the list of answers that coders did not code alike. */
#include "agree/differing.h"

#include "stream/emit.h"

static bool disagree(const struct ratings *c, size_t unit)
{
    const struct rating *first = NULL;
    for (size_t i = 0; i < c->coder_count; i++) {
        const struct rating *coding = ratings_at(c, unit, i);
        if (!coding->given)
            continue;
        if (first && !rating_same(first, coding))
            return true;
        first = coding;
    }
    return false;
}

static void emit_coding(struct buf *b, const struct ratings *c, const struct rating *coding)
{
    if (!coding->given) {
        emit_null(b);
        return;
    }
    if (c->multiple)
        buf_addc(b, '[');
    for (size_t i = 0; i < coding->count; i++) {
        if (i > 0)
            buf_addc(b, ',');
        buf_add(b, c->codes.keys[coding->codes[i]]);
    }
    if (c->multiple)
        buf_addc(b, ']');
}

static void emit_unit(struct buf *b, const struct ratings *c, struct span field, size_t unit)
{
    buf_addc(b, '{');
    if (field.at)
        emit_string_field(b, SPAN("field"), field);
    emit_name(b, SPAN("key"));
    buf_add(b, c->keys[unit]);
    emit_name(b, SPAN("text"));
    buf_add(b, c->texts[unit].at ? c->texts[unit] : SPAN("null"));
    emit_name(b, SPAN("codings"));
    buf_addc(b, '{');
    for (size_t i = 0; i < c->coder_count; i++) {
        emit_name(b, c->coders[i]);
        emit_coding(b, c, ratings_at(c, unit, i));
    }
    buf_add(b, SPAN("}}"));
}

size_t differing_list(const struct ratings *c, struct span field, struct output *out)
{
    size_t count = 0;
    for (size_t u = 0; u < c->units.count; u++) {
        if (!disagree(c, u))
            continue;
        count++;
        if (!out)
            continue;
        emit_unit(&out->buf, c, field, u);
        output_line(out);
    }
    return count;
}
