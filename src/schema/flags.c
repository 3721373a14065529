/* flags -- the list of doubtful cells. */
#include "schema/flags.h"

#include <stdlib.h>

#include "base/fail.h"
#include "stream/emit.h"
#include "stream/origin.h"

void flags_open(struct flags *fl, const char *file)
{
    *fl = (struct flags){.listed = file != NULL, .origin = {.name = SPAN("_origin")}};
    if (file)
        output_open(&fl->out, file, OUTPUT_KEPT);
}

static void count(struct flags *fl, const char *kind, size_t flags)
{
    size_t index = intern_add(&fl->kinds, span_of(kind));
    size_t before = fl->cap;
    fl->counts = array_grow(fl->counts, &fl->cap, index + 1, sizeof *fl->counts);
    for (; before < fl->cap; before++)
        fl->counts[before] = 0;
    fl->counts[index] += flags;
    fl->total += flags;
}

/* By what a decision names the record where file and line do not say it. */
static void emit_by(struct buf *b, struct span by, const struct value *key)
{
    if (!key || key->type != VALUE_STRING)
        return;
    emit_string_field(b, SPAN("by"), by);
    emit_name(b, SPAN("key"));
    buf_add(b, key->raw);
}

static void emit_place(struct flags *fl, struct buf *b, const struct record *r, struct span field)
{
    const struct value *origin = record_find(r, &fl->origin);
    struct span file = span_of(r->file);
    size_t line = r->number;
    bool has_origin = origin && origin->type == VALUE_STRING &&
                      origin_read(value_text(origin, &fl->text), &file, &line);
    bool is_answer = !has_origin && origin_of_answer(r, field, &fl->text, &file, &line);
    emit_name(b, SPAN("file"));
    emit_any_string(b, file);
    emit_count_field(b, SPAN("line"), line);
    if (is_answer) /* a letter's, whose record has no `_origin`: its body */
        emit_by(b, SPAN("reply"), record_get(r, SPAN("reply")));
    else if (has_origin && memchr(origin->raw.at, '!', origin->raw.len))
        emit_by(b, SPAN("_origin"), origin); /* a row of a sheet */
}

static void emit_flag(struct flags *fl, struct buf *b, const struct record *r, struct span field,
                      const struct value *v, const struct reading_doubt *doubt)
{
    buf_addc(b, '{');
    emit_place(fl, b, r, field);
    emit_string_field(b, SPAN("field"), field);
    emit_string_field(b, SPAN("kind"), span_of(doubt->kind));
    emit_name(b, SPAN("value"));
    if (v)
        buf_add(b, v->raw);
    else
        emit_null(b);
    if (doubt->detail.len)
        emit_string_field(b, SPAN("detail"), doubt->detail);
    if (doubt->reason.len)
        emit_string_field(b, SPAN("reason"), doubt->reason);
    buf_addc(b, '}');
}

void flags_add(struct flags *fl, const struct record *r, struct span field, const struct value *v,
               const struct reading_doubt *doubt)
{
    count(fl, doubt->kind, 1);
    if (!fl->listed)
        return;
    emit_flag(fl, &fl->out.buf, r, field, v, doubt);
    output_line(&fl->out);
}

void flags_put(struct flags *fl, struct buf *b, const struct record *r, struct span field,
               const struct value *v, const struct reading_doubt *doubt)
{
    if (!fl->listed)
        return;
    emit_flag(fl, b, r, field, v, doubt);
    buf_addc(b, '\n');
}

void flags_release(struct flags *fl, const char *kind, size_t flags, struct span lines)
{
    if (flags == 0)
        return;
    count(fl, kind, flags);
    if (lines.len == 0)
        return;
    buf_add(&fl->out.buf, (struct span){lines.at, lines.len - 1});
    output_line(&fl->out);
}

void flags_close(struct flags *fl, struct filter *f)
{
    struct buf name = {0};
    filter_count(f, "flags", fl->total);
    for (size_t i = 0; i < fl->kinds.count; i++) {
        buf_clear(&name);
        buf_addf(&name, "flags_%.*s", SPAN_ARGS(fl->kinds.keys[i]));
        filter_count(f, buf_text(&name), fl->counts[i]);
    }
    if (fl->listed)
        output_close(&fl->out);
    else if (fl->total)
        warn("doubtful cells: %zu (--flags FILE lists them)", fl->total);
    buf_free(&name);
    buf_free(&fl->text);
    intern_free(&fl->kinds);
    free(fl->counts);
}
