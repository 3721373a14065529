/* made_codes -- a codebook behind a field of a schema. */
#include "made/made_codes.h"

#include <stdlib.h>

#include "base/fail.h"
#include "base/nearest.h"

/* An answer that is longer is no answer to a question: its words take ten times as much. */
#define MAX_TEXT ((size_t)1 << 20)

struct made_book {
    struct codebook book;
    const char *path;
    struct coding coding;
    bool groups, started;
    struct buf text;
};

/* ---- which field of the codebook ---- */

/* The only field of B that reads FROM, or NULL. */
static const struct codebook_field *only_reader(const struct codebook *b, struct span from)
{
    const struct codebook_field *found = NULL;
    for (size_t i = 0; i < b->count; i++) {
        if (!b->fields[i].from.at || !span_eq(b->fields[i].from, from))
            continue;
        if (found)
            return NULL;
        found = &b->fields[i];
    }
    return found;
}

static const struct codebook_field *going_into(const struct codebook *b, struct span into)
{
    for (size_t i = 0; i < b->count; i++)
        if (b->fields[i].into.at && span_eq(b->fields[i].into, into))
            return &b->fields[i];
    return NULL;
}

static _Noreturn void fail_field(const struct schema *s, const struct schema_field *f,
                                 const struct codebook *b)
{
    struct span wanted = f->derive.book.field;
    struct nearest near = {0};
    if (wanted.len == 0)
        fault_raise(s->file, "field %s: which field of %s? (say \"field\": one that it codes into)",
                    quote(f->name), quote(f->derive.book.file));
    for (size_t i = 0; i < b->count; i++)
        if (b->fields[i].into.at)
            nearest_try(&near, wanted, b->fields[i].into);
    if (near.name.at)
        fault_raise(s->file, "field %s: %s has no field %s (did you mean %s?)", quote(f->name),
                    quote(f->derive.book.file), quote(wanted), quote(near.name));
    fault_raise(s->file, "field %s: %s has no field %s", quote(f->name), quote(f->derive.book.file),
                quote(wanted));
}

static const struct codebook_field *choose(const struct schema *s, const struct schema_field *f,
                                           const struct codebook *b)
{
    const struct codebook_field *found;
    struct span wanted = f->derive.book.field;
    if (wanted.len)
        found = going_into(b, wanted);
    else if (b->count == 1)
        found = &b->fields[0];
    else if (!(found = going_into(b, f->name)))
        found = only_reader(b, s->fields[f->derive.sources[0]].name);
    if (!found)
        fail_field(s, f, b);
    return found;
}

/* ---- answers ---- */

static const char *code_piece(void *with, const struct value *piece, size_t item)
{
    struct made_book *m = with;
    const char *wrong = coding_no_answer(piece);
    if (wrong || piece->type == VALUE_NULL)
        return wrong;
    struct span text = value_text(piece, &m->text);
    if (text.len > MAX_TEXT)
        return "too long";
    coding_add(&m->coding, text, item, NULL);
    return NULL;
}

static bool give(void *with, struct buf *b, const struct value *answer, struct derive_row *row)
{
    struct made_book *m = with;
    struct coding *c = &m->coding;
    coding_start(c);
    if (coding_each(answer, code_piece, m))
        return false;
    coding_finish(c, NULL);
    row->uncoded = !c->found || c->count == 0;
    row->reason = c->count ? SPAN("no_group") : SPAN("uncoded");
    if (!c->field->multiple && (m->groups ? !coding_has_group(c) : c->count == 0))
        return false;
    if (m->groups)
        coding_emit_groups(c, b);
    else
        coding_emit_codes(c, b);
    return true;
}

/* ---- start and end ---- */

/* Beside the schema, unless the path is absolute. */
static const char *path_of(struct made_codes *m, const struct schema *s, struct span file)
{
    struct buf path = {0};
    const char *slash = strrchr(s->file, '/');
    if (file.at[0] != '/' && slash)
        buf_add(&path, span_from(s->file, slash + 1));
    buf_add(&path, file);
    const char *kept = arena_text(&m->arena, buf_span(&path));
    buf_free(&path);
    return kept;
}

struct binding {
    struct made_codes *made;
    struct schema *schema;
    size_t field;
};

/* A codebook that a field above takes, too, is read again: there are few. */
static void bind(void *with)
{
    struct binding *b = with;
    struct made_codes *m = b->made;
    struct schema *s = b->schema;
    struct schema_field *f = &s->fields[b->field];
    struct fault fault;
    struct made_book *one = arena_alloc(&m->arena, sizeof *one);
    m->books[b->field] = one;
    if (!codebook_load(&one->book, path_of(m, s, f->derive.book.file), &fault))
        fault_throw(fault);
    one->groups = f->derive.book.groups;
    coding_init(&one->coding, choose(s, f, &one->book));
    one->started = true;
    f->derive.book.give = give;
    f->derive.book.with = one;
}

static void bind_all(void *with)
{
    struct binding *b = with;
    for (b->field = 0; b->field < b->schema->count; b->field++) {
        const struct derive *d = &b->schema->fields[b->field].derive;
        if (d->op == DERIVE_CODES && d->source_count && d->book.file.len) /* or it has been told */
            fault_item(bind, b);
    }
}

bool made_codes_bind(struct made_codes *m, struct schema *s, struct fault *fault)
{
    struct binding b = {m, s, 0};
    *m = (struct made_codes){.count = s->count};
    m->books = arena_array(&m->arena, s->count, sizeof *m->books);
    return fault_catch(fault, bind_all, &b);
}

const struct codebook *made_codes_book(const struct made_codes *m, size_t i)
{
    return m->books[i] ? &m->books[i]->book : NULL;
}

const struct codebook_field *made_codes_field(const struct made_codes *m, size_t i)
{
    return m->books[i] && m->books[i]->started ? m->books[i]->coding.field : NULL;
}

void made_codes_free(struct made_codes *m)
{
    for (size_t i = 0; i < m->count; i++) {
        struct made_book *one = m->books[i];
        if (!one)
            continue;
        if (one->started)
            coding_free(&one->coding);
        codebook_free(&one->book);
        buf_free(&one->text);
    }
    arena_free(&m->arena);
    *m = (struct made_codes){0};
}
