/* schema_words -- the texts that mean something in a field: missing values
 * with their reasons, true and false values, texts to replace. */
#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <strings.h>
#include <unistd.h>

#include "base/fault.h"
#include "schema_read.h"
#include "stream/jsonl.h"

/* ---- adding ---- */

static void add_word(const struct document *d, struct schema_field *f, struct span text,
                     enum word_kind kind, struct span to)
{
    const struct word *is = words_add(&f->words, text, kind, to);
    if (!is)
        return;
    if (is->kind == kind)
        document_fail(d, "%s is %s of field %s already, but another one", quote(text),
                      words_kind_name(kind), quote(f->name));
    document_fail(d, "%s is %s of field %s already", quote(text), words_kind_name(is->kind),
                  quote(f->name));
}

/* A cell is looked up as it came, cleaned, and in the field's case, so that a
 * word written in either form in the schema is found. */
static void add_forms(struct schema_reader *rd, const struct document *d, struct schema_field *f,
                      struct span text, enum word_kind kind, struct span to)
{
    struct span kept = arena_copy(&rd->schema->arena, text);
    add_word(d, f, kept, kind, to);
    struct span tidy = cast_tidy(&rd->cast, f, kept);
    if (!span_eq(tidy, kept))
        add_word(d, f, arena_copy(&rd->schema->arena, tidy), kind, to);
}

/* ---- missing values ---- */

/* The ready vocabulary of FOI surveys: an empty cell is blank, and refusal.h
 * recognises the rest. */
static void add_vocabulary(struct schema_reader *rd, const struct document *d,
                           struct schema_field *f)
{
    if (!span_eq(document_text(d), SPAN("foi")))
        document_fail(d, "%s is no vocabulary (there is 'foi')", quote(document_text(d)));
    f->recognise = true;
    add_forms(rd, d, f, SPAN(""), WORD_MISSING, SPAN("blank"));
}

/* {"value","label"} or {"vocabulary"}. */
static void add_labelled(struct schema_reader *rd, const struct document *d, struct schema_field *f)
{
    static const char *const keys[] = {"value", "label", "vocabulary", NULL};
    struct document value, label, vocabulary;
    document_keys(d, keys);
    if (document_get(d, "vocabulary", &vocabulary)) {
        add_vocabulary(rd, &vocabulary, f);
        return;
    }
    document_need(d, "value", &value);
    document_need(d, "label", &label);
    struct span text = document_text(&value), reason = document_text(&label);
    if (reason.len == 0)
        document_fail(&label, "is empty");
    add_forms(rd, d, f, text, WORD_MISSING, arena_copy(&rd->schema->arena, reason));
}

static void read_missing(struct schema_reader *rd, const struct document *d, struct schema_field *f)
{
    struct document own, item = {0};
    const struct document *list = &own;
    if (!document_get(d, "missingValues", &own)) {
        if (!rd->has_missing) {
            add_forms(rd, d, f, SPAN(""), WORD_MISSING, SPAN("blank"));
            return;
        }
        list = &rd->missing;
    }
    if (json_is_string(list->json)) {
        add_vocabulary(rd, list, f);
        return;
    }
    document_must_be_list(list);
    while (document_next(list, &item)) {
        if (json_is_object(item.json)) {
            add_labelled(rd, &item, f);
            continue;
        }
        /* a missing value without a label is its own reason */
        struct span text = document_text(&item);
        struct span reason = text.len ? text : SPAN("blank");
        add_forms(rd, &item, f, text, WORD_MISSING, arena_copy(&rd->schema->arena, reason));
    }
}

/* ---- true and false ---- */

static void read_truth(struct schema_reader *rd, const struct document *d, struct schema_field *f,
                       const char *key, enum word_kind kind, const struct span defaults[4])
{
    struct document list, item = {0};
    if (!document_get(d, key, &list)) {
        /* A missing value is matched first, as Table Schema says. */
        for (size_t i = 0; i < 4; i++)
            if (!words_find(&f->words, defaults[i]))
                add_word(d, f, defaults[i], kind, SPAN(""));
        return;
    }
    document_must_be_list(&list);
    while (document_next(&list, &item))
        add_forms(rd, &item, f, document_text(&item), kind, SPAN(""));
}

/* ---- replacements ---- */

/* What cleaning alone makes of FROM needs no replacing: then it would replace itself. */
static void add_replacement(struct schema_reader *rd, const struct document *d,
                            struct schema_field *f, struct span from, struct span to)
{
    struct span tidy = arena_copy(&rd->schema->arena, cast_tidy(&rd->cast, f, to));
    if (!span_eq(cast_tidy(&rd->cast, f, from), tidy))
        add_forms(rd, d, f, from, WORD_REPLACE, tidy);
}

static bool is_word(struct span text, const char *word)
{
    return text.len == strlen(word) && strncasecmp(text.at, word, text.len) == 0;
}

/* Pairs out of a file beside the schema, one record a pair. */
struct pairs {
    struct schema_reader *reader;
    const struct document *d;
    struct schema_field *field;
    const char *file;
    struct jsonl in;
    struct buf from, to, said;
};

/* Whether a person accepted a pair that was only proposed, in JSON or in a
 * spreadsheet's words. A pair that says nothing of it was written by a person. */
static bool is_accepted(struct pairs *p, const struct record *r)
{
    const struct value *v = record_get(r, SPAN("accept"));
    if (!v || v->type == VALUE_TRUE)
        return true;
    if (v->type == VALUE_FALSE)
        return false;
    struct span text = value_text(v, &p->said);
    bool yes = is_word(text, "true") || is_word(text, "yes");
    if (!yes && !is_word(text, "false") && !is_word(text, "no"))
        fault_raise_at(p->file, r->number, 0,
                       "field 'accept': %s is neither true nor false (check the pair)",
                       quote(text));
    return yes;
}

static void read_pair(struct pairs *p, const struct record *r)
{
    const struct value *from = record_get(r, SPAN("from")), *to = record_get(r, SPAN("to"));
    if (!from || !to || from->type != VALUE_STRING || to->type != VALUE_STRING)
        fault_raise_at(p->file, r->number, 0, "expected a record with the strings 'from' and 'to'");
    struct span old = value_text(from, &p->from), new = value_text(to, &p->to);
    if (!span_eq(old, new) && is_accepted(p, r))
        add_replacement(p->reader, p->d, p->field, old, new);
}

static void read_pairs(void *with)
{
    struct pairs *p = with;
    struct record r;
    enum jsonl_status status;
    while ((status = jsonl_next(&p->in, &r)) == JSONL_RECORD)
        read_pair(p, &r);
    if (status == JSONL_BAD)
        fault_raise_at(p->file, r.number, jsonl_column(&p->in), "%s", jsonl_error(&p->in));
}

static void read_replacement_file(struct schema_reader *rd, const struct document *d,
                                  struct schema_field *f)
{
    struct span name = document_text(d);
    struct buf path = {0};
    struct fault fault;
    const char *slash = strrchr(rd->schema->file, '/');
    if (name.len && name.at[0] != '/' && slash)
        buf_add(&path, span_from(rd->schema->file, slash + 1));
    buf_add(&path, name);
    const char *file = arena_text(&rd->schema->arena, buf_span(&path));
    buf_free(&path);
    if (access(file, R_OK) != 0)
        fault_raise(file, "%s", strerror(errno));
    struct pairs p = {.reader = rd, .d = d, .field = f, .file = file};
    char *files[] = {(char *)(uintptr_t)file};
    jsonl_open(&p.in, files, 1, 0);
    bool good = fault_catch(&fault, read_pairs, &p);
    jsonl_close(&p.in);
    buf_free(&p.from);
    buf_free(&p.to);
    buf_free(&p.said);
    if (!good)
        fault_throw(fault);
}

/* A text that stands on both sides would change again when normalised twice. */
static void check_replacements(const struct document *d, const struct schema_field *f)
{
    for (size_t i = 0; i < f->words.texts.count; i++) {
        if (f->words.at[i].kind != WORD_REPLACE)
            continue;
        const struct word *next = words_find(&f->words, f->words.at[i].to);
        if (next && next->kind == WORD_REPLACE)
            document_fail(d, "%s is put in place of %s but is itself replaced",
                          quote(f->words.at[i].to), quote(f->words.texts.keys[i]));
    }
}

static void read_replacements(struct schema_reader *rd, const struct document *d,
                              struct schema_field *f)
{
    struct document replace, pair = {0}, from, to;
    if (!document_get(d, "replace", &replace))
        return;
    if (json_is_string(replace.json)) {
        read_replacement_file(rd, &replace, f);
    } else if (json_is_array(replace.json)) {
        while (document_next(&replace, &pair)) {
            document_need(&pair, "from", &from);
            document_need(&pair, "to", &to);
            add_replacement(rd, &pair, f, document_text(&from), document_text(&to));
        }
    } else {
        document_must_be_object(&replace);
        while (document_next(&replace, &pair))
            add_replacement(rd, &pair, f, span_of(pair.key), document_text(&pair));
    }
    check_replacements(&replace, f);
}

void schema_read_words(struct schema_reader *rd, const struct document *d, struct schema_field *f)
{
    static const struct span trues[] = {{"true", 4}, {"True", 4}, {"TRUE", 4}, {"1", 1}};
    static const struct span falses[] = {{"false", 5}, {"False", 5}, {"FALSE", 5}, {"0", 1}};
    read_missing(rd, d, f);
    if (f->as.type == SCHEMA_BOOLEAN) { /* of a list the items: with the default values */
        read_truth(rd, d, f, "trueValues", WORD_TRUE, trues);
        read_truth(rd, d, f, "falseValues", WORD_FALSE, falses);
        f->blank_is_no = document_bool_or(d, "blankIsNo", rd->schema->blank_is_no);
    }
    read_replacements(rd, d, f);
}
