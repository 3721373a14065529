/* code -- free-text answers to codes, by a codebook.
 *
 * Each answer is split into words and searched once for all terms of the
 * codebook; of mentions that lie across each other the longest counts, and a
 * mention under a cue ("we do not use Python") is not coded. Answers that are
 * missing stay so, with their reason. Memory: the codebook and one record. */
#include "codebook.h"
#include "coding.h"
#include "emit.h"
#include "fail.h"
#include "filter.h"
#include "missing.h"

#include <stdlib.h>

struct options {
    const char *codebook, *uncoded;
    struct opt_list fields;
    bool evidence, status;
};

#define AT(member) offsetof(struct options, member)
static const struct opt OPTIONS[] = {
    {"codebook", 'c', "FILE", OPT_TEXT, AT(codebook),
     "the codebook: JSON if FILE ends in .json, else CSV"},
    {"field", 'f', "FROM[=INTO]", OPT_LIST, AT(fields),
     "code FROM by a codebook that names no field, into INTO (default: FROM_code); may be "
     "repeated"},
    {"evidence", 'e', NULL, OPT_FLAG, AT(evidence),
     "add '_evidence': the words behind each code, and what voided or negated others"},
    {"status", 's', NULL, OPT_FLAG, AT(status),
     "add INTO_status: mentions that are not coded, as CODE:STATUS"},
    {"uncoded", 'u', "FILE", OPT_TEXT, AT(uncoded),
     "write the records with an answer that got no code to FILE"},
    {0},
};

static const struct opt_program PROGRAM = {
    .name = "code",
    .args = "-c CODEBOOK [FILE...]",
    .about = "Turns free-text answers into codes, by the terms of a codebook.",
    .options = OPTIONS,
    .notes = "A codebook in CSV has one term a row, under the columns\n"
             "from,into,code,label,group,term,match,case,exclude.\n"
             "\n"
             "  code -c codebook.csv --evidence replies.jsonl >coded.jsonl",
};

/* A field to write: its value lies in coder->values until the record is written. */
struct piece {
    size_t from, len;
};

struct target {
    const struct codebook_target *names;
    struct coding *coding;
    struct lookup from;
    struct span status_into;
};

struct coder {
    struct filter filter;
    struct codebook book;
    struct coding *codings; /* by field of the codebook */
    struct target *targets;
    struct missing missing;
    bool missing_changed;

    struct record_set *sets; /* those of the targets, then _evidence, then _missing */
    struct piece *pieces;
    size_t set_count;
    struct buf values, evidence, evidences, text;
    bool want_evidence;

    struct output uncoded; /* with a name if it was asked for */
    struct buf uncoded_names;
    size_t uncoded_answers;
    struct arena arena;
};

/* ---- values of a record ---- */

/* The value that was put into c->values from FROM on belongs to the next field. */
static void set_value(struct coder *c, size_t from)
{
    c->pieces[c->set_count++] = (struct piece){from, c->values.len - from};
}

static void set_null(struct coder *c, struct span name, struct span reason)
{
    size_t from = c->values.len;
    emit_null(&c->values);
    set_value(c, from);
    missing_set(&c->missing, name, reason);
    c->missing_changed = true;
}

static void set_present(struct coder *c, struct span name)
{
    size_t before = c->missing.count;
    if (before == 0)
        return;
    missing_drop(&c->missing, name);
    c->missing_changed |= c->missing.count != before;
}

static void set_missing(struct coder *c, const struct target *t, const struct value *answer)
{
    struct span reason = missing_reason(&c->missing, t->from.name, answer);
    set_null(c, t->names->into, reason);
    if (t->names->group_into.at)
        set_null(c, t->names->group_into, reason);
    if (t->status_into.at)
        set_null(c, t->status_into, reason);
}

/* A single-valued answer without a code is null, and every null has a reason. */
static void set_coded(struct coder *c, const struct target *t)
{
    struct coding *coding = t->coding;
    bool single = !coding->field->multiple;
    struct span group = t->names->group_into, status = t->status_into;
    if (single && coding->count == 0) {
        set_null(c, t->names->into, SPAN("uncoded"));
    } else {
        size_t from = c->values.len;
        coding_emit_codes(coding, &c->values);
        set_value(c, from);
        set_present(c, t->names->into);
    }
    if (group.at && single && !coding_has_group(coding)) {
        set_null(c, group, coding->count ? SPAN("no_group") : SPAN("uncoded"));
    } else if (group.at) {
        size_t from = c->values.len;
        coding_emit_groups(coding, &c->values);
        set_value(c, from);
        set_present(c, group);
    }
    if (status.at) {
        size_t from = c->values.len;
        coding_emit_statuses(coding, &c->values);
        set_value(c, from);
        set_present(c, status);
    }
}

/* ---- coding ---- */

/* One answer, or one item of a list. False if it is none. */
static bool code_piece(struct coder *c, const struct target *t, const struct value *piece,
                       size_t item, const struct record *r)
{
    if (piece->type == VALUE_LIST || piece->type == VALUE_OBJECT) {
        filter_reject(&c->filter, r, t->from.name, "an object or a list in a list is no answer");
        return false;
    }
    struct span text = value_text(piece, &c->text);
    if (text.len > PROSE_LIMIT) {
        filter_reject(&c->filter, r, t->from.name, "an answer of more than 1 GiB");
        return false;
    }
    if (piece->type != VALUE_NULL)
        coding_add(t->coding, text, item, c->want_evidence ? &c->evidence : NULL);
    return true;
}

static bool code_answer(struct coder *c, const struct target *t, const struct value *answer,
                        const struct record *r)
{
    coding_start(t->coding);
    if (answer->type != VALUE_LIST)
        return code_piece(c, t, answer, CODING_NO_ITEM, r);
    struct span rest = answer->raw;
    struct value item;
    for (size_t i = 0; value_next(&rest, NULL, &item); i++)
        if (!code_piece(c, t, &item, i, r))
            return false;
    return true;
}

/* The answer's evidence joins that of the record. */
static void keep_evidence(struct coder *c, const struct target *t)
{
    if (c->evidence.len == 1)
        return;
    emit_name(&c->evidences, t->names->into);
    buf_add(&c->evidences, buf_span(&c->evidence));
    buf_addc(&c->evidences, ']');
}

static void note_uncoded(struct coder *c, const struct target *t)
{
    const struct coding *coding = t->coding;
    if (coding->found && coding->count > 0)
        return;
    emit_item(&c->uncoded_names);
    emit_string(&c->uncoded_names, t->names->into);
    c->uncoded_answers++;
}

static bool code_target(struct coder *c, struct target *t, const struct record *r)
{
    const struct value *answer = record_find(r, &t->from);
    if (value_missing(answer)) {
        set_missing(c, t, answer);
        return true;
    }
    buf_clear(&c->evidence);
    buf_addc(&c->evidence, '[');
    if (!code_answer(c, t, answer, r))
        return false;
    coding_finish(t->coding, c->want_evidence ? &c->evidence : NULL);
    keep_evidence(c, t);
    note_uncoded(c, t);
    set_coded(c, t);
    return true;
}

/* ---- records ---- */

static bool is_target(const struct coder *c, struct span name)
{
    for (size_t i = 0; i < c->book.target_count; i++)
        if (span_eq(c->book.targets[i].into, name))
            return true;
    return false;
}

/* What an earlier stage put into `_evidence` about other fields stays. */
static bool start_evidence(struct coder *c, const struct record *r)
{
    const struct value *before = record_get(r, SPAN("_evidence"));
    buf_clear(&c->evidences);
    buf_addc(&c->evidences, '{');
    if (value_missing(before))
        return true;
    if (before->type != VALUE_OBJECT)
        return false;
    struct span rest = before->raw;
    struct value name, item;
    while (value_next(&rest, &name, &item)) {
        struct span text = value_text(&name, &c->text);
        if (is_target(c, text))
            continue;
        emit_name(&c->evidences, text);
        buf_add(&c->evidences, item.raw);
    }
    return true;
}

static bool start_record(struct coder *c, const struct record *r)
{
    buf_clear(&c->values);
    buf_clear(&c->uncoded_names);
    buf_addc(&c->uncoded_names, '[');
    c->set_count = 0;
    c->missing_changed = false;
    if (!missing_read(&c->missing, r)) {
        filter_reject(&c->filter, r, SPAN("_missing"), "not an object of reasons");
        return false;
    }
    if (c->want_evidence && !start_evidence(c, r)) {
        filter_reject(&c->filter, r, SPAN("_evidence"), "not an object");
        return false;
    }
    return true;
}

/* Values may be moved while others are added, so their places are known only now. */
static void place_sets(struct coder *c)
{
    for (size_t i = 0; i < c->set_count; i++)
        c->sets[i].raw = (struct span){c->values.at + c->pieces[i].from, c->pieces[i].len};
}

static void write_record(struct coder *c, const struct record *r)
{
    size_t from = c->values.len;
    if (c->want_evidence) {
        buf_add(&c->values, buf_span(&c->evidences));
        buf_addc(&c->values, '}');
        set_value(c, from);
    }
    from = c->values.len;
    if (c->missing_changed) {
        missing_emit(&c->missing, &c->values);
        set_value(c, from);
    }
    place_sets(c);
    if (c->missing_changed && c->missing.count == 0)
        c->sets[c->set_count - 1].raw = (struct span){0};
    record_write_with(&c->filter.out.buf, r, c->sets, c->set_count);
    filter_written(&c->filter);
}

/* The record as it came, and which of its answers got no code. */
static void write_uncoded(struct coder *c, const struct record *r)
{
    buf_addc(&c->uncoded_names, ']');
    struct record_set set = {{SPAN("_uncoded"), 0}, buf_span(&c->uncoded_names)};
    record_write_with(&c->uncoded.buf, r, &set, 1);
    output_line(&c->uncoded);
}

static void code_record(struct coder *c, const struct record *r)
{
    size_t answers = c->uncoded_answers;
    if (!start_record(c, r))
        return;
    for (size_t i = 0; i < c->book.target_count; i++)
        if (!code_target(c, &c->targets[i], r))
            return;
    write_record(c, r);
    if (c->uncoded.name && c->uncoded_answers > answers)
        write_uncoded(c, r);
}

static void run(struct coder *c)
{
    struct record r;
    while (filter_next(&c->filter, &r)) {
        if (c->book.target_count > 0) {
            code_record(c, &r);
        } else {
            record_write(&c->filter.out.buf, &r);
            filter_written(&c->filter);
        }
    }
    filter_count(&c->filter, "answers_without_code", c->uncoded_answers);
}

/* ---- the codebook and its targets ---- */

static void apply_fields(struct codebook *b, const struct opt_list *fields)
{
    if (!codebook_is_general(b)) {
        if (fields->count)
            fail(STATUS_USAGE, "%s: names its fields itself (leave '--field' out)", b->file);
        return;
    }
    if (fields->count == 0)
        fail(STATUS_USAGE, "%s: names no field (use --field)", b->file);
    for (size_t i = 0; i < fields->count; i++) {
        const char *equals = strchr(fields->at[i], '=');
        if (equals) {
            codebook_apply(b, span_from(fields->at[i], equals), span_of(equals + 1));
            continue;
        }
        struct buf into = {0};
        buf_addf(&into, "%s_code", fields->at[i]);
        codebook_apply(b, span_of(fields->at[i]), arena_copy(&b->arena, buf_span(&into)));
        buf_free(&into);
    }
}

static struct span status_name(struct coder *c, struct span into)
{
    struct buf name = {0};
    buf_add(&name, into);
    buf_add(&name, SPAN("_status"));
    struct span kept = arena_copy(&c->arena, buf_span(&name));
    buf_free(&name);
    return kept;
}

static void add_set(struct coder *c, size_t *count, struct span name)
{
    if (name.at)
        c->sets[(*count)++].name.name = name;
}

static void coder_init(struct coder *c, const struct options *o)
{
    c->want_evidence = o->evidence;
    c->codings = arena_array(&c->arena, c->book.count, sizeof *c->codings);
    for (size_t i = 0; i < c->book.count; i++)
        coding_init(&c->codings[i], &c->book.fields[i]);
    size_t targets = c->book.target_count, count = 0;
    c->targets = arena_array(&c->arena, targets, sizeof *c->targets);
    c->sets = arena_array(&c->arena, 3 * targets + 2, sizeof *c->sets);
    c->pieces = arena_array(&c->arena, 3 * targets + 2, sizeof *c->pieces);
    for (size_t i = 0; i < targets; i++) {
        const struct codebook_target *names = &c->book.targets[i];
        struct target *t = &c->targets[i];
        *t = (struct target){names, &c->codings[names->field], {names->from, 0}, {0}};
        if (o->status)
            t->status_into = status_name(c, names->into);
        add_set(c, &count, names->into);
        add_set(c, &count, names->group_into);
        add_set(c, &count, t->status_into);
    }
    if (o->evidence)
        add_set(c, &count, SPAN("_evidence"));
    add_set(c, &count, SPAN("_missing"));
}

static void coder_free(struct coder *c)
{
    for (size_t i = 0; i < c->book.count; i++)
        coding_free(&c->codings[i]);
    codebook_free(&c->book);
    missing_free(&c->missing);
    buf_free(&c->values);
    buf_free(&c->evidence);
    buf_free(&c->evidences);
    buf_free(&c->text);
    buf_free(&c->uncoded_names);
    arena_free(&c->arena);
}

int main(int argc, char **argv)
{
    struct options o = {0};
    struct coder c = {0};
    filter_open(&c.filter, &PROGRAM, &o, argc, argv);
    if (!o.codebook)
        fail(STATUS_USAGE, "option '--codebook' is needed (try --help)");
    codebook_load(&c.book, o.codebook);
    apply_fields(&c.book, &o.fields);
    coder_init(&c, &o);
    if (o.uncoded)
        output_open(&c.uncoded, o.uncoded, OUTPUT_WHOLE);
    run(&c);
    if (o.uncoded)
        output_close(&c.uncoded);
    int status = filter_close(&c.filter);
    coder_free(&c);
    opt_list_free(&o.fields);
    return status;
}
