/* overrides -- a person's decisions about single answers. */
#include "coding/overrides.h"

#include <stdlib.h>

#include "base/fail.h"
#include "stream/emit.h"
#include "text/bars.h"
#include "text/key.h"

static const char *const OWN_COLUMNS[] = {"field", "add", "remove", "set", "coder", "why", NULL};
enum own_column { FIELD, ADD, REMOVE, SET, CODER, WHY, OWN_COUNT };

/* ---- reading ---- */

struct reading {
    struct overrides *o;
    const char *file;
    const struct codebook *book;
    size_t columns[OWN_COUNT];
};

static struct span cell(const struct reading *r, size_t row, enum own_column column)
{
    return sheet_cell(&r->o->sheet, row, r->columns[column]);
}

static void find_columns(struct reading *r)
{
    struct overrides *o = r->o;
    struct sheet *s = &o->sheet;
    for (int i = 0; i < OWN_COUNT; i++)
        r->columns[i] = sheet_column(s, OWN_COLUMNS[i]);
    if (r->columns[FIELD] == SHEET_NONE)
        fault_raise(s->file, "no column 'field'");
    o->keys = arena_array(&o->arena, s->columns, sizeof *o->keys);
    o->key_columns = arena_array(&o->arena, s->columns, sizeof *o->key_columns);
    for (size_t i = 0; i < s->columns; i++) {
        bool own = false;
        for (int j = 0; j < OWN_COUNT; j++)
            own |= r->columns[j] == i;
        if (own)
            continue;
        o->keys[o->key_count] = (struct lookup){.name = s->names[i]};
        o->key_columns[o->key_count++] = i;
    }
    if (o->key_count == 0)
        fault_raise(s->file, "no column that names the records' key");
}

static size_t target_of(const struct reading *r, size_t row)
{
    struct span name = cell(r, row, FIELD);
    for (size_t i = 0; i < r->book->target_count; i++)
        if (span_eq(r->book->targets[i].into, name))
            return i;
    sheet_fail(&r->o->sheet, row, "no codes go into the field %s", quote(name));
}

/* The codes of a cell, which "|" parts. */
static uint32_t *read_codes(const struct reading *r, size_t row, enum own_column column,
                            size_t target, size_t *count)
{
    struct span text = cell(r, row, column);
    const struct codebook_field *f = &r->book->fields[r->book->targets[target].field];
    uint32_t *codes = arena_array(&r->o->arena, text.len / 2 + 1, sizeof *codes);
    struct span name;
    while (bars_next(&text, &r->o->key, &name)) {
        size_t code = codebook_find(f, name);
        if (code == f->code_count)
            sheet_fail(&r->o->sheet, row, "%s is none of the codes of %s", quote(name),
                       quote(r->book->targets[target].into));
        codes[(*count)++] = (uint32_t)code;
    }
    return codes;
}

static void read_row(const struct reading *r, size_t row)
{
    struct overrides *o = r->o;
    struct override *v = &o->at[row];
    *v = (struct override){.line = o->sheet.lines[row],
                           .target = target_of(r, row),
                           .coder = cell(r, row, CODER),
                           .why = cell(r, row, WHY),
                           .next = OVERRIDES_NONE};
    v->add = read_codes(r, row, ADD, v->target, &v->add_count);
    v->remove = read_codes(r, row, REMOVE, v->target, &v->remove_count);
    v->sets = cell(r, row, SET).len > 0;
    if (v->sets && !span_eq(cell(r, row, SET), SPAN("[]")))
        v->set = read_codes(r, row, SET, v->target, &v->set_count);
    if (v->sets && (v->add_count || v->remove_count))
        sheet_fail(&o->sheet, row, "'set' leaves nothing to add or remove");
    if (!v->sets && !v->add_count && !v->remove_count)
        sheet_fail(&o->sheet, row, "nothing to add, remove or set");
    if (!r->book->fields[r->book->targets[v->target].field].multiple &&
        v->add_count + v->set_count > 1)
        sheet_fail(&o->sheet, row, "the field %s takes one code", quote(cell(r, row, FIELD)));
}

/* Chains the rows of one key in their order. */
static void index_row(struct overrides *o, size_t row)
{
    buf_clear(&o->key);
    for (size_t i = 0; i < o->key_count; i++) {
        struct span part = sheet_cell(&o->sheet, row, o->key_columns[i]);
        if (part.len == 0)
            sheet_fail(&o->sheet, row, "no %s, which is part of the key", quote(o->keys[i].name));
        key_add(&o->key, KEY_STRING, part);
    }
    size_t known = o->index.count, at = intern_add(&o->index, buf_span(&o->key));
    o->first = array_grow(o->first, &o->first_cap, at + 1, sizeof *o->first);
    o->last = array_grow(o->last, &o->last_cap, at + 1, sizeof *o->last);
    if (at == known)
        o->first[at] = row;
    else
        o->at[o->last[at]].next = row;
    o->last[at] = row;
}

static void read_overrides(void *with)
{
    struct reading *r = with;
    struct overrides *o = r->o;
    sheet_load(&o->sheet, r->file, SHEET_CSV, OWN_COLUMNS);
    find_columns(r);
    o->at = arena_array(&o->arena, o->sheet.rows, sizeof *o->at);
    o->count = o->sheet.rows;
    for (size_t row = 0; row < o->count; row++) {
        read_row(r, row);
        index_row(o, row);
    }
}

bool overrides_load(struct overrides *o, const char *file, const struct codebook *book,
                    struct fault *fault)
{
    struct reading r = {.o = o, .file = file, .book = book};
    *o = (struct overrides){0};
    return fault_catch(fault, read_overrides, &r);
}

void overrides_free(struct overrides *o)
{
    sheet_free(&o->sheet);
    intern_free(&o->index);
    free(o->first);
    free(o->last);
    buf_free(&o->key);
    buf_free(&o->scratch);
    arena_free(&o->arena);
    *o = (struct overrides){0};
}

/* ---- applying ---- */

size_t overrides_find(struct overrides *o, const struct record *r)
{
    buf_clear(&o->key);
    for (size_t i = 0; i < o->key_count; i++) {
        const struct value *v = record_find(r, &o->keys[i]);
        if (value_missing(v))
            return OVERRIDES_NONE;
        key_add(&o->key, KEY_STRING, value_text(v, &o->scratch));
    }
    size_t at = intern_find(&o->index, buf_span(&o->key));
    return at == INTERN_NONE ? OVERRIDES_NONE : o->first[at];
}

static void emit_mark(const struct override *v, const struct coding *coding, const char *what,
                      const uint32_t *code, struct buf *b)
{
    if (!b)
        return;
    emit_item(b);
    buf_addc(b, '{');
    emit_name(b, SPAN("code"));
    if (code)
        emit_string(b, coding->field->codes[*code].code);
    else
        emit_null(b);
    emit_string_field(b, SPAN("override"), span_of(what));
    if (v->coder.len)
        emit_string_field(b, SPAN("coder"), v->coder);
    if (v->why.len)
        emit_string_field(b, SPAN("why"), v->why);
    buf_addc(b, '}');
}

bool overrides_apply(struct overrides *o, size_t i, struct coding *coding, struct buf *evidence)
{
    struct override *v = &o->at[i];
    bool changed = false;
    if (v->sets)
        changed = coding_set(coding, v->set, v->set_count);
    for (size_t j = 0; j < v->remove_count; j++)
        changed |= coding_remove(coding, v->remove[j]);
    if (v->add_count && !coding->field->multiple)
        changed |= coding_set(coding, v->add, 1);
    for (size_t j = 0; j < v->add_count; j++)
        changed |= coding_put(coding, v->add[j]);
    v->came = true;
    v->changed |= changed;
    if (v->sets && v->set_count == 0)
        emit_mark(v, coding, "set", NULL, evidence);
    for (size_t j = 0; j < v->set_count; j++)
        emit_mark(v, coding, "set", &v->set[j], evidence);
    for (size_t j = 0; j < v->remove_count; j++)
        emit_mark(v, coding, "remove", &v->remove[j], evidence);
    for (size_t j = 0; j < v->add_count; j++)
        emit_mark(v, coding, "add", &v->add[j], evidence);
    return changed;
}

size_t overrides_report(const struct overrides *o)
{
    size_t idle = 0;
    for (size_t i = 0; i < o->count; i++) {
        const struct override *v = &o->at[i];
        if (v->changed)
            continue;
        idle++;
        warn("%s:%zu: %s", o->sheet.file, v->line,
             v->came ? "this override changes nothing" : "no record has the key of this override");
    }
    return idle;
}
