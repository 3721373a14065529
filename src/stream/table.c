/* table -- records put together around cells that are copied. */
#include "stream/table.h"

#include <stdlib.h>

#include "base/bytes.h"
#include "base/fail.h"
#include "stream/emit.h"

static json_t *checked(json_t *value)
{
    if (!value)
        fail_memory();
    return value;
}

static void set(json_t *object, const char *name, json_t *value)
{
    if (json_object_set_new(object, name, checked(value)) != 0)
        fail_memory();
}

/* ---- names ---- */

void table_with_origin(struct table *t)
{
    intern_add(&t->names, SPAN("_origin"));
    t->first = 1;
}

void table_start(struct table *t)
{
    t->columns = t->header_count = 0;
    t->renamed = checked(json_array());
    intern_clear(&t->names);
    if (t->first)
        table_with_origin(t);
}

static struct buf *header_at(struct table *t, size_t column)
{
    size_t before = t->headers_cap;
    t->headers = array_grow(t->headers, &t->headers_cap, column + 1, sizeof *t->headers);
    if (t->headers_cap > before)
        memset(t->headers + before, 0, (t->headers_cap - before) * sizeof *t->headers);
    for (; t->header_count <= column; t->header_count++)
        buf_clear(&t->headers[t->header_count]);
    return &t->headers[column];
}

/* Whether HEADER ends with PART: merged cells repeat the header above. */
static bool ends_with(const struct buf *header, struct span part)
{
    return header->len >= part.len &&
           memcmp(header->at + header->len - part.len, part.at, part.len) == 0;
}

void table_header(struct table *t, const struct span *cells, size_t count, enum table_header last)
{
    struct span left = {0};
    for (size_t i = 0; i < count; i++) {
        struct buf *header = header_at(t, i);
        struct span part = cells[i];
        if (part.len == 0 && last == TABLE_MORE)
            part = left;
        left = part;
        if (part.len == 0 || (header->len && ends_with(header, part)))
            continue;
        if (header->len)
            buf_addc(header, ' ');
        buf_add(header, part);
    }
}

/* The first of STEM, STEM_2, STEM_3, ... that is neither a header nor a name yet. *TRIED is
 * where an earlier search for the same stem ended. */
static void free_name(struct table *t, const struct intern *headers, struct span stem,
                      size_t *tried, struct buf *name)
{
    buf_clear(name);
    buf_add(name, stem);
    while (intern_find(headers, buf_span(name)) != INTERN_NONE ||
           intern_find(&t->names, buf_span(name)) != INTERN_NONE) {
        *tried = *tried ? *tried + 1 : 2;
        name->len = stem.len;
        buf_addf(name, "_%zu", *tried);
    }
}

static void add_renamed(struct table *t, struct filter *f, const char *file, size_t column,
                        struct span header, struct span name)
{
    if (header.len)
        filter_say(f, "%s: column %zu repeats the header %s, named %s", file, column, quote(header),
                   quote(name));
    else
        filter_say(f, "%s: column %zu has no header, named %s", file, column, quote(name));
    json_t *entry = checked(json_object());
    set(entry, "column", json_integer((json_int_t)column));
    set(entry, "header", json_stringn(header.at ? header.at : "", header.len));
    set(entry, "name", json_stringn(name.at, name.len));
    if (json_array_append_new(t->renamed, entry) != 0)
        fail_memory();
}

void table_name(struct table *t, struct filter *f, const char *file, size_t most)
{
    struct intern headers = {0};
    size_t *tried = NULL, tried_cap = 0;
    struct buf name = {0}, stem = {0};
    t->columns = t->header_count < most ? t->header_count : most;
    for (size_t i = 0; i < t->columns; i++)
        intern_add(&headers, buf_span(&t->headers[i]));
    tried = array_grow(tried, &tried_cap, headers.count, sizeof *tried);
    memset(tried, 0, tried_cap * sizeof *tried);
    for (size_t i = 0; i < t->columns; i++) {
        struct span header = buf_span(&t->headers[i]);
        size_t none = 0;
        if (header.len && intern_find(&t->names, header) == INTERN_NONE) {
            intern_add(&t->names, header);
            continue;
        }
        if (header.len) {
            free_name(t, &headers, header, &tried[intern_find(&headers, header)], &name);
        } else {
            buf_clear(&stem);
            buf_addf(&stem, "column_%zu", i + 1);
            free_name(t, &headers, buf_span(&stem), &none, &name);
        }
        intern_add(&t->names, buf_span(&name));
        add_renamed(t, f, file, i + 1, header, buf_span(&name));
    }
    free(tried);
    intern_free(&headers);
    buf_free(&name);
    buf_free(&stem);
}

void table_make_leads(struct table *t, const char *file)
{
    struct buf *b = &t->text;
    buf_clear(b);
    t->leads = array_grow(t->leads, &t->leads_cap, t->columns, sizeof *t->leads);
    for (size_t i = 0; i < t->columns; i++) {
        size_t from = b->len;
        buf_add(b, i ? SPAN("\",") : SPAN("{"));
        emit_string(b, t->names.keys[t->first + i]);
        buf_add(b, SPAN(":\""));
        t->leads[i] = (struct table_lead){from, b->len - from};
    }
    buf_reserve(b, BYTES_BLOCK);
    t->told = places_text(buf_span(b));
    buf_clear(&t->origin);
    if (t->first == 0)
        return;
    buf_add(&t->origin, SPAN("\",\"_origin\":"));
    emit_any_string(&t->origin, span_of(file));
    t->origin.at[t->origin.len - 1] = ':';
}

/* ---- rows ---- */

#define ORIGIN_NAME 1 /* tells that an _origin follows */

/* Copies in whole blocks, at least one: TO has room for up to a block more, FROM is readable as
 * far. Most names and cells fit in one. */
static inline char *copy(char *to, const char *from, size_t len)
{
    memcpy(to, from, BYTES_BLOCK);
    for (size_t i = BYTES_BLOCK; i < len; i += BYTES_BLOCK)
        memcpy(to + i, from + i, BYTES_BLOCK);
    return to + len;
}

/* The row's cells with their leads, if no byte of them needs an escape. */
static void write_plain(struct buf *b, const struct table *t, const struct span *cells,
                        size_t raw_len)
{
    buf_reserve(b, t->text.len + raw_len + BYTES_BLOCK);
    char *to = b->at + b->len;
    for (size_t i = 0; i < t->columns; i++) {
        to = copy(to, t->text.at + t->leads[i].from, t->leads[i].len);
        to = copy(to, cells[i].at, cells[i].len);
    }
    b->len = (size_t)(to - b->at);
}

/* Where the values stand in a row written from FROM on; both quotes stand in the leads too. */
static void note_plain(struct places *places, const struct table *t, const struct span *cells,
                       size_t from)
{
    for (size_t i = 0; places && i < t->columns; i++) {
        from += t->leads[i].len;
        places_typed(places, from - 1, from + cells[i].len + 1, VALUE_STRING, false);
        from += cells[i].len;
    }
    places_named(places, t->columns, t->told);
}

static void write_escaped(struct buf *b, const struct table *t, const struct span *cells)
{
    for (size_t i = 0; i < t->columns; i++) {
        struct span cell = cells[i];
        buf_reserve(b, t->leads[i].len + cell.len + BYTES_BLOCK);
        char *to = copy(b->at + b->len, t->text.at + t->leads[i].from, t->leads[i].len);
        if (bytes_skip_plain(cell.at, cell.at + cell.len) == cell.at + cell.len) {
            b->len = (size_t)(copy(to, cell.at, cell.len) - b->at);
            continue;
        }
        b->len = (size_t)(to - b->at) - 1; /* both quotes stand in the leads too */
        emit_string(b, cell);
        b->len--;
    }
}

void table_write(const struct table *t, struct filter *f, const struct span *cells, size_t raw_len,
                 enum table_escapes escapes, size_t line)
{
    struct buf *b = &f->out.buf;
    size_t from = b->len;
    if (escapes == TABLE_ESCAPES) {
        write_escaped(b, t, cells);
        places_miss(f->out.places);
    } else {
        write_plain(b, t, cells, raw_len);
        note_plain(f->out.places, t, cells, from);
    }
    from = b->len + sizeof "\",\"_origin\":" - 1;
    if (t->origin.len) {
        places_named(f->out.places, 1, ORIGIN_NAME);
        buf_add(b, buf_span(&t->origin));
        emit_count(b, line);
    }
    buf_add(b, SPAN("\"}"));
    if (t->origin.len)
        places_value(f->out.places, b, from, b->len - 1);
    filter_written(f);
}

void table_free(struct table *t)
{
    for (size_t i = 0; i < t->headers_cap; i++)
        buf_free(&t->headers[i]);
    free(t->headers);
    intern_free(&t->names);
    free(t->leads);
    buf_free(&t->text);
    buf_free(&t->origin);
    *t = (struct table){0};
}
