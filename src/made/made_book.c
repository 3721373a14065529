/* made_book -- a codebook found and chosen from. */
#include "made/made_book.h"

#include "base/fault.h"
#include "base/nearest.h"

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

/* Beside the schema, unless the path is absolute. */
static const char *path_of(const struct schema *s, struct span file, struct arena *a)
{
    struct buf path = {0};
    const char *slash = strrchr(s->file, '/');
    if (file.at[0] != '/' && slash)
        buf_add(&path, span_from(s->file, slash + 1));
    buf_add(&path, file);
    const char *kept = arena_text(a, buf_span(&path));
    buf_free(&path);
    return kept;
}

bool made_book_is_named(const struct schema *s, size_t i)
{
    const struct derive *d = &s->fields[i].derive;
    return d->op == DERIVE_CODES && d->source_count && d->book.file.len;
}

const struct codebook_field *made_book_load(struct codebook *b, const struct schema *s, size_t i,
                                            struct arena *a)
{
    const struct schema_field *f = &s->fields[i];
    struct fault fault;
    if (!codebook_load(b, path_of(s, f->derive.book.file, a), &fault))
        fault_throw(fault);
    return choose(s, f, b);
}
