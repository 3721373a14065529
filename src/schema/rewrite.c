/* rewrite -- cell by cell into the output's buffer, and back if a record is bad. */
#include "schema/rewrite.h"

#include "base/fail.h"
#include "spread.h"
#include "stream/emit.h"

/* ---- reasons as they came ---- */

/* Reads `_missing`; its names become those of the fields. */
static bool take_reasons(struct rewrite *n, const struct record *r)
{
    missing_clear(&n->given);
    if (!n->columns.has_missing)
        return true;
    if (!missing_read(&n->given, r)) {
        filter_reject(&n->filter, r, SPAN("_missing"), "%s", n->given.fault);
        return false;
    }
    for (size_t i = 0; i < n->given.end; i++) {
        struct columns_meaning is = columns_meaning(&n->columns, n->given.entries[i].field);
        if (is.role == COLUMNS_FIELD)
            n->given.entries[i].field = n->schema.fields[is.field].name;
    }
    return true;
}

/* Reasons for what is no field of the schema stay with it. */
static void keep_other_reasons(struct rewrite *n)
{
    if (n->extra == REWRITE_EXTRA_DROP)
        return;
    for (size_t i = 0; i < n->given.end; i++)
        if (columns_meaning(&n->columns, n->given.entries[i].field).role == COLUMNS_EXTRA)
            missing_add(&n->reasons, n->given.entries[i].field, n->given.entries[i].reason);
}

/* ---- one cell ---- */

static void write_value(struct rewrite *n, const struct value *v)
{
    buf_add(&n->filter.out.buf, v->raw);
    n->type = v->type;
    n->escaped = v->escaped;
}

/* The field is null for REASON. */
static void write_missing(struct rewrite *n, const struct schema_field *f, struct span reason)
{
    buf_add(&n->filter.out.buf, SPAN("null"));
    n->type = VALUE_NULL;
    n->escaped = false;
    missing_add(&n->reasons, f->name, reason);
    n->missing++;
}

/* False if the record is bad for it. */
static bool write_invalid(struct rewrite *n, const struct schema_field *f, const struct record *r,
                          const struct value *v, const char *why)
{
    if (n->invalid_as == REWRITE_INVALID_REJECT) {
        filter_reject(&n->filter, r, f->name, "%s", why);
        return false;
    }
    n->invalid++;
    flags_add(&n->flags, r, f->name, v, &(struct reading_doubt){"invalid", span_of(why), {0}});
    if (n->invalid_as == REWRITE_INVALID_KEEP)
        write_value(n, n->answer.value);
    else
        write_missing(n, f, SPAN("invalid"));
    return true;
}

/* A missing answer; one that is required makes a bad record or a flag. */
static bool write_no_answer(struct rewrite *n, const struct schema_field *f, const struct record *r,
                            const struct value *v, struct span reason)
{
    if (!reason.at)
        reason = missing_reason(&n->given, f->name, v);
    if (f->required) {
        if (n->columns.found == 0 && !n->filter.options.rejects)
            columns_tell(&n->columns);
        buf_clear(&n->text);
        buf_addf(&n->text, "required, but missing (%.*s)", SPAN_ARGS(reason));
        if (n->invalid_as == REWRITE_INVALID_REJECT) {
            filter_reject(&n->filter, r, f->name, "%s", buf_text(&n->text));
            return false;
        }
        n->invalid++;
        flags_add(&n->flags, r, f->name, v, &(struct reading_doubt){"required", {0}, reason});
    }
    write_missing(n, f, reason);
    return true;
}

/* A cell that was read before and left no doubt. */
static bool write_recalled(struct rewrite *n, const struct schema_field *f, const struct record *r,
                           const struct value *v, const struct recall_outcome *known)
{
    struct span text = {known->text, known->len};
    if (known->kind == READING_MISSING)
        return write_no_answer(n, f, r, v, text);
    buf_add_short(&n->filter.out.buf, text);
    n->type = (enum value_type)known->type;
    n->escaped = known->escaped;
    return true;
}

/* Reads the cell; what it came to is kept in RECALL unless that is NULL. */
static bool write_read(struct rewrite *n, const struct schema_field *f, const struct record *r,
                       const struct value *v, struct recall *recall)
{
    struct reading *a = &n->answer;
    reading_read(a, f, v);
    bool is_concern = habit_concerns(f, a);
    if (recall && !is_concern && !memo_rests(&recall->memo))
        recall_keep(recall, v->raw, a);
    for (size_t i = 0; i < a->doubt_count; i++)
        flags_add(&n->flags, r, f->name, v, &a->doubts[i]);
    if (is_concern)
        habit_see(&n->habits[f - n->schema.fields], &n->flags, a, f, r, v);
    switch (a->kind) {
    case READING_MISSING:
        return write_no_answer(n, f, r, v, a->reason);
    case READING_INVALID:
        return write_invalid(n, f, r, v, a->why);
    default:
        write_value(n, a->value);
        return true;
    }
}

/* Writes the cell as IT says, read by the field like any other. */
static bool write_decided(struct rewrite *n, const struct schema_field *f, const struct record *r,
                          const struct value *v, struct decision *it)
{
    bool same =
        decision_value(it).len == 0 || decisions_same_words(decision_value(it), decision_text(it));
    it->state = same ? DECISION_CONFIRMED : DECISION_CHANGED;
    if (decision_missing(it).at)
        return write_no_answer(n, f, r, v, decision_missing(it));
    if (same)
        return write_read(n, f, r, v, NULL);
    buf_clear(&n->decided);
    emit_string(&n->decided, decision_value(it));
    struct value instead = value_from(buf_span(&n->decided));
    return write_read(n, f, r, &instead, NULL);
}

static bool write_cell(struct rewrite *n, size_t field, const struct record *r,
                       const struct value *v)
{
    const struct schema_field *f = &n->schema.fields[field];
    if (!v) {
        n->answer.kind = READING_MISSING;
        return write_no_answer(n, f, r, NULL, (struct span){0});
    }
    struct decision *it = n->decisions ? rewrite_decision(n, f, r, v) : NULL;
    if (it)
        return write_decided(n, f, r, v, it);
    struct recall *recall = &n->recalls[field];
    if (v->type != VALUE_STRING || !n->recallable[field])
        return write_read(n, f, r, v, NULL);
    const struct recall_outcome *known = recall_find(recall, v->raw);
    return known ? write_recalled(n, f, r, v, known) : write_read(n, f, r, v, recall);
}

/* The comparable form of the organisation in the cell that was just written.
 * What an earlier run made of the same cell is made again; anything else in its place is
 * somebody's data. */
static bool write_into(struct rewrite *n, const struct schema_field *f, const struct record *r,
                       size_t place)
{
    struct buf *b = &n->filter.out.buf;
    const struct reading *a = &n->answer;
    const struct value *there = place == COLUMNS_NONE ? NULL : &r->fields[place].value;
    buf_clear(&n->form);
    if (a->kind == READING_VALUE)
        organisation_add(&n->organisation, &n->form, a->cast.text);
    struct span form = buf_span(&n->form);
    if (!value_missing(there) && !span_eq(value_text(there, &n->text), form)) {
        filter_reject(&n->filter, r, f->into, "%s stands where %s would be put",
                      quote(value_text(there, &n->text)), quote(form));
        return false;
    }
    size_t before = b->len;
    emit_name(b, f->into);
    places_name(n->filter.out.places, b, before);
    size_t from = b->len;
    if (form.len) {
        emit_string(b, form);
        places_value(n->filter.out.places, b, from, b->len);
        return true;
    }
    size_t end = n->reasons.end;
    bool missing = end && span_eq(n->reasons.entries[end - 1].field, f->name);
    missing_add(&n->reasons, f->into,
                missing ? n->reasons.entries[end - 1].reason : SPAN("invalid"));
    emit_null(b);
    places_typed(n->filter.out.places, from, b->len, VALUE_NULL, false);
    return true;
}

/* ---- one record ---- */

#define FIELDS_OF_SCHEMA 1 /* all records start with them */

static const struct value BLANK = {{"\"\"", 2}, VALUE_STRING, false};

/* The first COUNT fields as they stand in the output now. */
static void take_values(struct rewrite *n, size_t count)
{
    for (size_t i = 0; i < count; i++)
        n->values[i] =
            (struct span){n->filter.out.buf.at + n->starts[i], n->ends[i] - n->starts[i]};
}

/* A list of the cells, or of the headers of the cells that choose, of several columns. */
static bool write_gathered(struct rewrite *n, size_t field, const struct record *r)
{
    const struct schema_field *f = &n->schema.fields[field];
    const struct columns_gather *g = &n->columns.gathers[field];
    buf_clear(&n->form);
    if (!spread_add(&n->form, f, r, g->places, g->count))
        return g->count ? write_read(n, f, r, &BLANK, NULL) : write_cell(n, field, r, NULL);
    struct value list = value_from(buf_span(&n->form));
    return write_read(n, f, r, &list, NULL);
}

/* A field that is made of those written before it. */
static bool write_made(struct rewrite *n, size_t field, const struct record *r)
{
    const struct schema_field *f = &n->schema.fields[field];
    struct derive_row row = {.raw = n->values, .names = n->names, .reasons = &n->reasons};
    buf_clear(&n->text); /* the values are slices of the output, which may move */
    bool made = derive_add(&f->derive, &n->text, &row);
    if (row.uncoded) {
        struct value answer = value_from(n->values[f->derive.sources[0]]);
        flags_add(&n->flags, r, f->name, &answer, &(struct reading_doubt){.kind = "uncoded"});
    }
    if (!made) {
        write_missing(n, f, row.reason);
        return true;
    }
    struct value value = value_from(buf_span(&n->text));
    write_value(n, &value);
    return true;
}

static bool write_field(struct rewrite *n, size_t i, const struct record *r)
{
    const struct derive *d = &n->schema.fields[i].derive;
    if (derive_is_made(d))
        return write_made(n, i, r);
    if (d->op == DERIVE_COLUMNS && n->columns.source[i] == COLUMNS_NONE)
        return write_gathered(n, i, r);
    return write_cell(n, i, r, columns_cell(&n->columns, r, i));
}

static bool write_fields(struct rewrite *n, const struct record *r)
{
    struct buf *b = &n->filter.out.buf;
    for (size_t i = 0; i < n->schema.count; i++) {
        const struct schema_field *f = &n->schema.fields[i];
        buf_add_short(b, i ? f->prefix : (struct span){f->prefix.at + 1, f->prefix.len - 1});
        n->starts[i] = b->len;
        if (n->schema.has_made)
            take_values(n, i);
        if (!write_field(n, i, r))
            return false;
        n->ends[i] = b->len;
        places_typed(n->filter.out.places, n->starts[i], n->ends[i], n->type, n->escaped);
        if (f->into.at && !write_into(n, f, r, n->columns.into[i]))
            return false;
    }
    places_named(n->filter.out.places, n->schema.count, FIELDS_OF_SCHEMA);
    return true;
}

static bool write_extra(struct rewrite *n, const struct record *r)
{
    const struct columns *c = &n->columns;
    if (c->extra_count == 0 || n->extra == REWRITE_EXTRA_DROP)
        return true;
    if (n->extra == REWRITE_EXTRA_REJECT) {
        filter_reject(&n->filter, r, r->fields[c->extra[0]].name, "not a field of the schema");
        return false;
    }
    for (size_t i = 0; i < c->extra_count; i++) {
        const struct field *f = &r->fields[c->extra[i]];
        record_note_field(&n->filter.out.buf, f, n->filter.out.places);
        if (n->schema.blank_is_no && span_eq(f->value.raw, SPAN("\"No\"")))
            flags_add(&n->flags, r, f->name, &f->value,
                      &(struct reading_doubt){.kind = "blank_or_no"});
    }
    return true;
}

static bool take_keys(struct rewrite *n, const struct record *r)
{
    if (n->schema.key_count == 0)
        return true;
    take_values(n, n->schema.count);
    if (unique_take(&n->unique, r, n->values))
        return true;
    filter_reject(&n->filter, r, n->unique.field, "%s", buf_text(&n->unique.why));
    return false;
}

bool rewrite_record(struct rewrite *n, const struct record *r)
{
    if (!columns_match(&n->columns, r)) {
        const struct columns *c = &n->columns;
        filter_reject(&n->filter, r, (struct span){0}, "columns %s and %s are the same field",
                      quote(r->fields[c->clash_first].name),
                      quote(r->fields[c->clash_second].name));
        return false;
    }
    if (n->decisions)
        rewrite_note_source(n, r);
    missing_clear(&n->reasons);
    if (!take_reasons(n, r))
        return false;
    places_again(n->filter.out.places); /* the one before may have been taken back */
    buf_addc(&n->filter.out.buf, '{');
    if (!write_fields(n, r) || !write_extra(n, r))
        return false;
    keep_other_reasons(n);
    columns_write_tools(&n->columns, r, &n->reasons, &n->filter.out);
    buf_addc(&n->filter.out.buf, '}');
    return take_keys(n, r);
}

/* ---- start and end ---- */

void rewrite_start(struct rewrite *n, const char *flags)
{
    struct arena *arena = &n->schema.arena;
    size_t count = n->schema.count;
    columns_init(&n->columns, &n->schema, &n->filter);
    unique_init(&n->unique, &n->schema);
    flags_open(&n->flags, flags);
    n->habits = arena_array(arena, count, sizeof *n->habits);
    n->starts = arena_array(arena, count, sizeof *n->starts);
    n->ends = arena_array(arena, count, sizeof *n->ends);
    n->values = arena_array(arena, count, sizeof *n->values);
    n->names = arena_array(arena, count, sizeof *n->names);
    n->recalls = arena_array(arena, count, sizeof *n->recalls);
    n->recallable = arena_array(arena, count, sizeof *n->recallable);
    for (size_t i = 0; i < count; i++) {
        n->names[i] = n->schema.fields[i].name;
        n->recallable[i] = recall_suits(&n->schema.fields[i]);
    }
}

void rewrite_end(struct rewrite *n)
{
    columns_tell(&n->columns);
    filter_count(&n->filter, "missing", n->all_missing);
    filter_count(&n->filter, "invalid", n->all_invalid);
    for (size_t i = 0; i < n->schema.count; i++)
        habit_end(&n->habits[i], &n->flags);
    flags_close(&n->flags, &n->filter);
}

void rewrite_free(struct rewrite *n)
{
    unique_free(&n->unique);
    columns_free(&n->columns);
    for (size_t i = 0; i < n->schema.count; i++) {
        recall_free(&n->recalls[i]);
        habit_free(&n->habits[i]);
    }
    reading_free(&n->answer);
    missing_free(&n->given);
    missing_free(&n->reasons);
    schema_free(&n->schema);
    intern_free(&n->files);
    organisation_free(&n->organisation);
    buf_free(&n->form);
    buf_free(&n->text);
    buf_free(&n->decided);
}
