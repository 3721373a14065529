/* unmatched -- what a join leaves over. */
#include "join/unmatched.h"

#include "base/fail.h"
#include "stream/emit.h"
#include "stream/origin.h"

#define SHOWN 5 /* keys in a message */

void unmatched_open(struct unmatched *u, const char *file, bool required)
{
    *u = (struct unmatched){.listed = file != NULL, .required = required};
    if (file)
        output_open(&u->out, file, OUTPUT_KEPT);
}

/* The line of the side's file; with its name, where it is another one than the messages'. */
static void add_place(struct unmatched *u, const struct record *r)
{
    size_t line;
    origin_where(r, &u->text, &line);
    if (span_eq(buf_span(&u->text), span_of(r->file)))
        buf_addf(&u->shown, " at line %zu", line);
    else
        buf_addf(&u->shown, " at %s:%zu", buf_text(&u->text), line);
}

void unmatched_key(struct unmatched *u, const struct record *r, const struct joinkey *key)
{
    u->file = r->file;
    if (!u->required || u->count++ >= SHOWN)
        return;
    if (u->count > 1)
        buf_add(&u->shown, SPAN(", "));
    if (key->lacking < key->count)
        buf_addf(&u->shown, "no %s", quote(key->parts[key->lacking].field.name));
    else
        joinkey_show(key, &u->shown);
    add_place(u, r);
}

void unmatched_record(struct unmatched *u, const struct record *r, const struct joinkey *key,
                      struct span reason, struct span elements)
{
    if (!u->listed)
        return;
    struct buf *b = &u->text;
    buf_clear(b);
    buf_addc(b, '{');
    emit_string_field(b, SPAN("reason"), reason);
    if (elements.len) {
        emit_name(b, SPAN("elements"));
        buf_addc(b, '[');
        buf_add(b, elements);
        buf_addc(b, ']');
    } else if (key->lacking < key->count) {
        emit_string_field(b, SPAN("field"), key->parts[key->lacking].field.name);
    }
    buf_addc(b, '}');
    struct record_set set = {.name = {.name = SPAN("_match")}, .raw = buf_span(b)};
    record_write_with(&u->out.buf, r, &set, 1);
    output_line(&u->out);
}

void unmatched_end(struct unmatched *u, const char *side)
{
    if (!u->required || u->count == 0)
        return;
    fail(STATUS_DATA, "%s: %zu %s without a match: %s%s (required by --require %s)", u->file,
         u->count, u->count == 1 ? "key" : "keys", buf_text(&u->shown),
         u->count > SHOWN ? ", ..." : "", side);
}

void unmatched_close(struct unmatched *u)
{
    if (u->listed)
        output_close(&u->out);
    buf_free(&u->shown);
    buf_free(&u->text);
}
