/* page -- the parts of the page, from files of their own that are compiled in.
 *
 * Data stands in script elements of type application/json. There "<" can only be in a string,
 * so it is written as an escape, and no text can end the element. */
#include "review/page.h"

#include "decisions/decisions.h"
#include "stream/emit.h"

static const char HOUSE[] = {
#include "page_css.inc"
};

static const char STYLE[] = {
#include "review_css.inc"
};

static const char SCRIPT[] = {
#include "review_js.inc"
};

static const char BODY[] = {
#include "review_html.inc"
};

#define EMBEDDED(bytes) ((struct span){(bytes), sizeof(bytes)})

/* JSON for a script element. */
static void add_json(struct buf *b, struct span json)
{
    const char *at = json.at, *end = at + json.len;
    while (at < end) {
        const char *less = memchr(at, '<', (size_t)(end - at));
        buf_add(b, span_from(at, less ? less : end));
        if (less)
            buf_add(b, SPAN("\\u003c"));
        at = less ? less + 1 : end;
    }
}

static void emit_optional(struct buf *b, struct span name, struct span text)
{
    if (text.at)
        emit_string_field(b, name, text);
}

static void emit_code(struct buf *b, const struct codebook_code *code)
{
    emit_item(b);
    buf_addc(b, '{');
    emit_string_field(b, SPAN("code"), code->code);
    emit_optional(b, SPAN("label"), code->label);
    emit_optional(b, SPAN("group"), code->group);
    buf_addc(b, '}');
}

static void emit_target(struct buf *b, const struct codebook *book, size_t i)
{
    const struct codebook_target *t = &book->targets[i];
    const struct codebook_field *f = &book->fields[t->field];
    emit_item(b);
    buf_addc(b, '{');
    emit_string_field(b, SPAN("from"), t->from);
    emit_string_field(b, SPAN("into"), t->into);
    emit_optional(b, SPAN("group_into"), t->group_into);
    emit_name(b, SPAN("multiple"));
    emit_bool(b, f->multiple);
    emit_name(b, SPAN("codes"));
    buf_addc(b, '[');
    for (size_t j = 0; j < f->code_count; j++)
        emit_code(b, &f->codes[j]);
    buf_add(b, SPAN("]}"));
}

static void emit_settings(struct buf *b, const struct review_settings *s)
{
    buf_addc(b, '{');
    emit_string_field(b, SPAN("only"), span_of(s->only ? s->only : "all"));
    emit_name(b, SPAN("coder"));
    emit_any_string(b, span_of(s->coder ? s->coder : ""));
    emit_string_field(b, SPAN("key"), span_of(s->key ? s->key : ""));
    emit_name(b, SPAN("blind"));
    emit_bool(b, s->blind);
    emit_name(b, SPAN("targets"));
    buf_addc(b, '[');
    for (size_t i = 0; s->book && i < s->book->target_count; i++)
        emit_target(b, s->book, i);
    buf_add(b, SPAN("]}"));
}

void review_page_begin(struct buf *b, const struct review_settings *s)
{
    struct buf json = {0};
    buf_add(
        b,
        SPAN("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta "
             "name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n<meta "
             "http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src "
             "'unsafe-inline'; script-src 'unsafe-inline'; base-uri 'none'; form-action "
             "'none'\">\n<link rel=\"icon\" href=\"data:,\">\n<title>Review</title>\n<style>\n"));
    buf_add(b, EMBEDDED(HOUSE));
    buf_add(b, EMBEDDED(STYLE));
    buf_add(b, SPAN("</style>\n</head>\n"));
    buf_add(b, EMBEDDED(BODY));
    buf_add(b, SPAN("<script type=\"application/json\" id=\"settings\">"));
    emit_settings(&json, s);
    add_json(b, buf_span(&json));
    buf_free(&json);
    buf_add(b, SPAN("</script>\n<script type=\"application/json\" id=\"records\">[null"));
}

void review_page_add(struct buf *b, struct span line)
{
    buf_add(b, SPAN(",\n"));
    add_json(b, line);
}

static void emit_decision(struct buf *b, const struct decision *it)
{
    struct span cells[DECISION_COLUMNS];
    decision_cells(it, cells);
    emit_item(b);
    buf_addc(b, '[');
    for (size_t i = 0; i < DECISION_COLUMNS; i++) {
        emit_item(b);
        emit_any_string(b, cells[i]);
    }
    buf_addc(b, ']');
}

void review_page_decided(struct buf *b, const struct review_settings *s, const char *const *files,
                         size_t count)
{
    struct decisions d = {.key = DECISIONS_BY_TEXT};
    struct buf json = {0};
    for (size_t i = 0; i < count; i++)
        decisions_load(&d, files[i], NULL, NULL);
    buf_addf(&json, "{\"files\":%zu,\"rows\":[", count);
    for (size_t i = 0; i < d.count; i++)
        if (!s->blind || (s->coder && span_eq(decision_coder(&d.at[i]), span_of(s->coder))))
            emit_decision(&json, &d.at[i]);
    buf_add(&json, SPAN("]}"));
    buf_add(b, SPAN("]</script>\n<script type=\"application/json\" id=\"decided\">"));
    add_json(b, buf_span(&json));
    buf_free(&json);
    decisions_free(&d);
}

void review_page_end(struct buf *b)
{
    buf_add(b, SPAN("</script>\n<script>\n"));
    buf_add(b, EMBEDDED(SCRIPT));
    buf_add(b, SPAN("</script>\n</body>\n</html>\n"));
}
