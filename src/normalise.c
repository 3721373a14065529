/* normalise -- records as they came from a spreadsheet, made clean and typed
 * by a study's schema.
 *
 * Each record is matched to the schema's fields once a shape, each cell read by
 * its field, and the line written as it goes: a record that turns out bad is
 * taken back. A missing answer becomes null, its reason goes to `_missing`.
 * Memory: one record, and where the schema has keys, each key seen. */
#include <stdlib.h>

#include "base/fail.h"
#include "schema/columns.h"
#include "schema/habit.h"
#include "schema/reading.h"
#include "schema/recall.h"
#include "schema/unique.h"
#include "stream/emit.h"
#include "stream/filter.h"
#include "stream/missing.h"
#include "text/organisation.h"

enum extra { EXTRA_KEEP, EXTRA_DROP, EXTRA_REJECT };
enum invalid { INVALID_REJECT, INVALID_NULL, INVALID_KEEP };

static const struct choice EXTRAS[] = {
    {"keep", EXTRA_KEEP}, {"drop", EXTRA_DROP}, {"reject", EXTRA_REJECT}, {0}};

static const struct choice INVALIDS[] = {
    {"reject", INVALID_REJECT}, {"null", INVALID_NULL}, {"keep", INVALID_KEEP}, {0}};

struct options {
    const char *schema, *flags;
    int extra, invalid;
};

static const struct opt OPTIONS[] = {
    {"schema", 's', "FILE", OPT_REQUIRED_TEXT, offsetof(struct options, schema),
     "the Table Schema that says what the fields are; required"},
    {"extra", 0, NULL, OPT_CHOICE(EXTRAS), offsetof(struct options, extra),
     "what becomes of columns that the schema does not name (default: keep)"},
    {"invalid", 0, NULL, OPT_CHOICE(INVALIDS), offsetof(struct options, invalid),
     "what becomes of a cell that its field cannot read: the record is bad data, the cell is null "
     "with the reason 'invalid', or its text stays (default: reject)"},
    {"flags", 0, "FILE", OPT_TEXT, offsetof(struct options, flags),
     "list doubtful cells in FILE, one JSON object a line"},
    {0},
};

static const struct opt_program PROGRAM = {
    .name = "normalise",
    .args = "[FILE...]",
    .about = "Makes records clean and typed by a study's schema, with a reason for each missing "
             "answer.",
    .options = OPTIONS,
    .notes = "The schema is a Frictionless Table Schema (v2) in JSON:\n"
             "  {\"fields\": [{\"name\": \"grant\", \"title\": \"Applied for a grant?\",\n"
             "    \"type\": \"boolean\", \"trueValues\": [\"Yes\"], \"falseValues\": [\"No\"]}],\n"
             "   \"missingValues\": [{\"value\": \"N/A\", \"label\": \"not_applicable\"}]}\n"
             "The manual page, docs/normalise.md, lists all that it may hold.",
};

struct normalise {
    struct filter filter;
    struct options options;
    struct schema schema;
    struct columns columns;
    struct reading answer;
    struct missing given, reasons; /* of the record as it came, and as it goes */
    struct flags flags;
    struct unique unique;
    struct habit *habits; /* by field, as the next two */
    struct recall *recalls;
    bool *recallable;
    size_t *starts, *ends;   /* of the written values in the output's buffer, by field */
    struct span *values;     /* the same as slices, for the keys */
    size_t missing, invalid; /* cells of the record, and of those written */
    size_t all_missing, all_invalid;
    struct organisation organisation;
    struct buf form, text;
};

/* ---- reasons as they came ---- */

/* Reads `_missing`; its names become those of the fields. */
static bool take_reasons(struct normalise *n, const struct record *r)
{
    missing_clear(&n->given);
    if (!n->columns.has_missing)
        return true;
    if (!missing_read(&n->given, r)) {
        filter_reject(&n->filter, r, SPAN("_missing"), "expected an object of reasons");
        return false;
    }
    for (size_t i = 0; i < n->given.count; i++) {
        struct columns_meaning is = columns_meaning(&n->columns, n->given.entries[i].field);
        if (is.role == COLUMNS_FIELD)
            n->given.entries[i].field = n->schema.fields[is.field].name;
    }
    return true;
}

/* Reasons for what is no field of the schema stay with it. */
static void keep_other_reasons(struct normalise *n)
{
    if (n->options.extra == EXTRA_DROP)
        return;
    for (size_t i = 0; i < n->given.count; i++)
        if (columns_meaning(&n->columns, n->given.entries[i].field).role == COLUMNS_EXTRA)
            missing_add(&n->reasons, n->given.entries[i].field, n->given.entries[i].reason);
}

/* ---- one cell ---- */

/* The field is null for REASON. */
static void write_missing(struct normalise *n, const struct schema_field *f, struct span reason)
{
    buf_add(&n->filter.out.buf, SPAN("null"));
    missing_add(&n->reasons, f->name, reason);
    n->missing++;
}

/* False if the record is bad for it. */
static bool write_invalid(struct normalise *n, const struct schema_field *f, const struct record *r,
                          const struct value *v, const char *why)
{
    if (n->options.invalid == INVALID_REJECT) {
        filter_reject(&n->filter, r, f->name, "%s", why);
        return false;
    }
    n->invalid++;
    flags_add(&n->flags, r, f->name, v, &(struct reading_doubt){"invalid", span_of(why), {0}});
    if (n->options.invalid == INVALID_KEEP)
        buf_add(&n->filter.out.buf, n->answer.value->raw);
    else
        write_missing(n, f, SPAN("invalid"));
    return true;
}

/* A missing answer; one that is required makes a bad record or a flag. */
static bool write_no_answer(struct normalise *n, const struct schema_field *f,
                            const struct record *r, const struct value *v, struct span reason)
{
    if (!reason.at)
        reason = missing_reason(&n->given, f->name, v);
    if (f->required) {
        if (n->columns.found == 0 && !n->filter.options.rejects)
            columns_tell(&n->columns);
        buf_clear(&n->text);
        buf_addf(&n->text, "required, but missing (%.*s)", SPAN_ARGS(reason));
        if (n->options.invalid == INVALID_REJECT) {
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
static bool write_recalled(struct normalise *n, const struct schema_field *f,
                           const struct record *r, const struct value *v,
                           const struct recall_outcome *known)
{
    struct span text = {known->text, known->len};
    if (known->kind == READING_MISSING)
        return write_no_answer(n, f, r, v, text);
    buf_add(&n->filter.out.buf, text);
    return true;
}

/* Reads the cell; what it came to is kept in RECALL unless that is NULL. */
static bool write_read(struct normalise *n, const struct schema_field *f, const struct record *r,
                       const struct value *v, struct recall *recall)
{
    struct reading *a = &n->answer;
    reading_read(a, f, v);
    if (recall)
        recall_keep(recall, v->raw, a);
    for (size_t i = 0; i < a->doubt_count; i++)
        flags_add(&n->flags, r, f->name, v, &a->doubts[i]);
    if (a->cast.doubts || a->cast.unit.len)
        habit_see(&n->habits[f - n->schema.fields], &n->flags, a, f, r, v);
    switch (a->kind) {
    case READING_MISSING:
        return write_no_answer(n, f, r, v, a->reason);
    case READING_INVALID:
        return write_invalid(n, f, r, v, a->why);
    default:
        buf_add(&n->filter.out.buf, a->value->raw);
        return true;
    }
}

static bool write_cell(struct normalise *n, size_t field, const struct record *r,
                       const struct value *v)
{
    const struct schema_field *f = &n->schema.fields[field];
    if (!v) {
        n->answer.kind = READING_MISSING;
        return write_no_answer(n, f, r, NULL, (struct span){0});
    }
    struct recall *recall = &n->recalls[field];
    if (v->type != VALUE_STRING || !n->recallable[field])
        return write_read(n, f, r, v, NULL);
    const struct recall_outcome *known = recall_find(recall, v->raw);
    return known ? write_recalled(n, f, r, v, known) : write_read(n, f, r, v, recall);
}

/* The comparable form of the organisation in the cell that was just written.
 * What an earlier run made of the same cell is made again; anything else in its place is
 * somebody's data. */
static bool write_into(struct normalise *n, const struct schema_field *f, const struct record *r,
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
    emit_name(b, f->into);
    if (form.len) {
        emit_string(b, form);
        return true;
    }
    size_t count = n->reasons.count;
    bool missing = count && span_eq(n->reasons.entries[count - 1].field, f->name);
    missing_add(&n->reasons, f->into,
                missing ? n->reasons.entries[count - 1].reason : SPAN("invalid"));
    emit_null(b);
    return true;
}

/* ---- one record ---- */

static bool write_fields(struct normalise *n, const struct record *r)
{
    struct buf *b = &n->filter.out.buf;
    for (size_t i = 0; i < n->schema.count; i++) {
        const struct schema_field *f = &n->schema.fields[i];
        size_t place = n->columns.source[i];
        buf_add(b, i ? f->prefix : (struct span){f->prefix.at + 1, f->prefix.len - 1});
        n->starts[i] = b->len;
        if (!write_cell(n, i, r, place == COLUMNS_NONE ? NULL : &r->fields[place].value))
            return false;
        n->ends[i] = b->len;
        if (f->into.at && !write_into(n, f, r, n->columns.into[i]))
            return false;
    }
    return true;
}

static bool write_extra(struct normalise *n, const struct record *r)
{
    const struct columns *c = &n->columns;
    if (c->extra_count == 0 || n->options.extra == EXTRA_DROP)
        return true;
    if (n->options.extra == EXTRA_REJECT) {
        filter_reject(&n->filter, r, r->fields[c->extra[0]].name, "not a field of the schema");
        return false;
    }
    for (size_t i = 0; i < c->extra_count; i++) {
        const struct field *f = &r->fields[c->extra[i]];
        record_write_field(&n->filter.out.buf, f);
        if (n->schema.blank_is_no && span_eq(f->value.raw, SPAN("\"No\"")))
            flags_add(&n->flags, r, f->name, &f->value,
                      &(struct reading_doubt){.kind = "blank_or_no"});
    }
    return true;
}

/* The tools' fields as they came, `_missing` anew in its place or last. */
static void write_tools(struct normalise *n, const struct record *r)
{
    struct buf *b = &n->filter.out.buf;
    bool due = n->reasons.count > 0;
    for (size_t i = 0; i < n->columns.tool_count; i++) {
        const struct field *f = &r->fields[n->columns.tools[i]];
        if (!span_eq(f->name, SPAN("_missing"))) {
            record_write_field(b, f);
        } else if (due) {
            emit_name(b, f->name);
            missing_emit(&n->reasons, b);
            due = false;
        }
    }
    if (due) {
        emit_name(b, SPAN("_missing"));
        missing_emit(&n->reasons, b);
    }
}

static bool take_keys(struct normalise *n, const struct record *r)
{
    if (n->schema.key_count == 0)
        return true;
    for (size_t i = 0; i < n->schema.count; i++)
        n->values[i] =
            (struct span){n->filter.out.buf.at + n->starts[i], n->ends[i] - n->starts[i]};
    if (unique_take(&n->unique, r, n->values))
        return true;
    filter_reject(&n->filter, r, n->unique.field, "%s", buf_text(&n->unique.why));
    return false;
}

/* The record as one line of the output; false if it was rejected, with
 * what was written of it still there. */
static bool write_record(struct normalise *n, const struct record *r)
{
    if (!columns_match(&n->columns, r)) {
        const struct columns *c = &n->columns;
        filter_reject(&n->filter, r, (struct span){0}, "columns %s and %s are the same field",
                      quote(r->fields[c->clash_first].name),
                      quote(r->fields[c->clash_second].name));
        return false;
    }
    missing_clear(&n->reasons);
    if (!take_reasons(n, r))
        return false;
    buf_addc(&n->filter.out.buf, '{');
    if (!write_fields(n, r) || !write_extra(n, r))
        return false;
    keep_other_reasons(n);
    write_tools(n, r);
    buf_addc(&n->filter.out.buf, '}');
    return take_keys(n, r);
}

static void run(struct normalise *n)
{
    struct record r;
    while (filter_next(&n->filter, &r)) {
        size_t before = n->filter.out.buf.len;
        n->missing = n->invalid = 0;
        if (!write_record(n, &r)) {
            n->filter.out.buf.len = before;
            continue;
        }
        filter_written(&n->filter);
        n->all_missing += n->missing;
        n->all_invalid += n->invalid;
    }
}

/* ---- start and finish ---- */

static void start(struct normalise *n, int argc, char **argv)
{
    filter_open(&n->filter, &PROGRAM, &n->options, argc, argv);
    struct fault fault;
    if (!schema_load(&n->schema, n->options.schema, &fault))
        fault_end(&fault, STATUS_USAGE);
    columns_init(&n->columns, &n->schema, &n->filter);
    unique_init(&n->unique, &n->schema);
    flags_open(&n->flags, n->options.flags);
    struct arena *arena = &n->schema.arena;
    n->habits = arena_array(arena, n->schema.count, sizeof *n->habits);
    n->starts = arena_array(arena, n->schema.count, sizeof *n->starts);
    n->ends = arena_array(arena, n->schema.count, sizeof *n->ends);
    n->values = arena_array(arena, n->schema.count, sizeof *n->values);
    n->recalls = arena_array(arena, n->schema.count, sizeof *n->recalls);
    n->recallable = arena_array(arena, n->schema.count, sizeof *n->recallable);
    for (size_t i = 0; i < n->schema.count; i++)
        n->recallable[i] = recall_suits(&n->schema.fields[i]);
}

static int finish(struct normalise *n)
{
    columns_tell(&n->columns);
    filter_count(&n->filter, "missing", n->all_missing);
    filter_count(&n->filter, "invalid", n->all_invalid);
    for (size_t i = 0; i < n->schema.count; i++)
        habit_end(&n->habits[i], &n->flags);
    flags_close(&n->flags, &n->filter);
    int status = filter_close(&n->filter);
    unique_free(&n->unique);
    columns_free(&n->columns);
    for (size_t i = 0; i < n->schema.count; i++)
        recall_free(&n->recalls[i]);
    for (size_t i = 0; i < n->schema.count; i++)
        habit_free(&n->habits[i]);
    reading_free(&n->answer);
    missing_free(&n->given);
    missing_free(&n->reasons);
    schema_free(&n->schema);
    organisation_free(&n->organisation);
    buf_free(&n->form);
    buf_free(&n->text);
    return status;
}

int main(int argc, char **argv)
{
    struct normalise n = {0};
    start(&n, argc, argv);
    run(&n);
    return finish(&n);
}
