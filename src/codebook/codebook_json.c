/* codebook_json -- codebooks as JSON documents. */
#include "codebook/codebook.h"

#include <stdio.h>

#include "base/buf.h"
#include "codebook/codebook_write.h"
#include "docs/document.h"

static const struct choice CASES[] = {{"any", false}, {"exact", true}, {0}};

static const char *const RULE_KEYS[CODEBOOK_RULES] = {"exclude", "near", "not_near", "after"};

struct reader {
    struct codebook *book;
    const char *file;
    struct codebook_field *field;
    size_t code;     /* number in its field, for places */
    const char *key; /* of the list that the term is in, and its number there */
    size_t term;
};

/* What a code says for all its terms, and a term may say otherwise. */
struct manner {
    enum codebook_match match;
    bool exact_case;
    struct codebook_phrases rules[CODEBOOK_RULES];
    size_t within;
};

static struct span kept(struct reader *r, struct span text)
{
    return (struct span){arena_text(&r->book->arena, text), text.len};
}

/* The author's own keys are let through, and counted, since no other form has them. */
static void check_keys(struct reader *r, const struct document *d, const char *const *keys)
{
    struct document member = {0};
    document_keys(d, keys);
    while (document_next(d, &member)) {
        const char *const *known = keys;
        while (*known && strcmp(*known, member.key) != 0)
            known++;
        r->book->own_keys += !*known;
    }
}

static struct span optional(struct reader *r, const struct document *d, const char *key)
{
    struct document member;
    return document_get(d, key, &member) ? kept(r, document_text(&member)) : (struct span){0};
}

/* The same, but a text of nothing says as little as none. */
static struct span filled(struct reader *r, const struct document *d, const char *key)
{
    struct span text = optional(r, d, key);
    return text.len ? text : (struct span){0};
}

/* A phrase or a list of phrases, in the codebook's arena. */
static struct codebook_phrases read_phrases(struct reader *r, const struct document *d)
{
    struct codebook_phrases list = {0};
    bool single = json_is_string(d->json);
    if (!single)
        document_must_be_list(d);
    list.cap = single ? 1 : document_count(d);
    list.at = arena_array(&r->book->arena, list.cap, sizeof *list.at);
    if (single)
        list.at[list.count++] = kept(r, document_text(d));
    struct document item = {0};
    while (!single && document_next(d, &item))
        list.at[list.count++] = kept(r, document_text(&item));
    return list;
}

static void add_phrases(struct codebook_phrases *to, const struct codebook_phrases *from)
{
    for (size_t i = 0; i < from->count; i++)
        codebook_add_phrase(to, from->at[i]);
}

static void read_manner(struct reader *r, const struct document *d, struct manner *m)
{
    struct document member;
    m->match = (enum codebook_match)document_word_or(d, "match", CODEBOOK_MATCHES, (int)m->match);
    m->exact_case = document_word_or(d, "case", CASES, m->exact_case);
    m->within = document_size_or(d, "within", m->within);
    for (int i = 0; i < CODEBOOK_RULES; i++) {
        if (document_get(d, RULE_KEYS[i], &member))
            m->rules[i] = read_phrases(r, &member);
    }
}

static struct codebook_term *add_term(struct reader *r, struct codebook_field *f,
                                      const struct document *text, const struct manner *m)
{
    struct buf place = {0};
    buf_addf(&place, "%s: fields[%zu].codes[%zu].%s[%zu]", r->file, r->book->count - 1, r->code,
             r->key, r->term);
    struct codebook_term *t =
        codebook_add_term(f, f->code_count - 1, arena_text(&r->book->arena, buf_span(&place)));
    buf_free(&place);
    t->text = kept(r, document_text(text));
    t->match = m->match;
    t->exact_case = m->exact_case;
    t->within = m->within;
    for (int i = 0; i < CODEBOOK_RULES; i++)
        add_phrases(&t->rules[i], &m->rules[i]);
    return t;
}

/* A term is its text, or an object where it differs from its code's manner. */
static void read_term(struct reader *r, struct codebook_field *f, const struct document *d,
                      const struct manner *shared)
{
    static const char *const keys[] = {"term",  "match",  "case",  "exclude", "near", "not_near",
                                       "after", "within", "notes", "records", NULL};
    if (json_is_string(d->json)) {
        add_term(r, f, d, shared);
        return;
    }
    check_keys(r, d, keys);
    struct document text;
    document_need(d, "term", &text);
    struct manner own = *shared;
    read_manner(r, d, &own);
    struct codebook_term *t = add_term(r, f, &text, &own);
    t->notes = filled(r, d, "notes");
    t->records = filled(r, d, "records");
}

static void read_terms(struct reader *r, struct codebook_field *f, const struct document *code,
                       const char *key, const struct manner *m)
{
    struct document list, item = {0};
    if (!document_get(code, key, &list))
        return;
    document_must_be_list(&list);
    r->key = key;
    for (r->term = 0; document_next(&list, &item); r->term++)
        read_term(r, f, &item, m);
}

static void read_code(void *with, const struct document *d)
{
    struct reader *r = with;
    struct codebook_field *f = r->field;
    static const char *const keys[] = {"code",  "label",  "group",   "terms", "patterns",
                                       "match", "case",   "exclude", "near",  "not_near",
                                       "after", "within", "notes",   NULL};
    check_keys(r, d, keys);
    struct document name;
    document_need(d, "code", &name);
    struct span code = kept(r, document_text(&name));
    if (code.len == 0)
        document_fail(&name, "is empty");
    struct codebook_code *c = codebook_add_code(f, code);
    if (!c) {
        document_fail(&name, "is the code of an entry above");
        return;
    }
    c->label = filled(r, d, "label");
    c->group = filled(r, d, "group");
    c->notes = filled(r, d, "notes");
    struct buf place = {0};
    buf_addf(&place, "%s: fields[%zu].codes[%zu]", r->file, r->book->count - 1, r->code);
    c->place = arena_text(&r->book->arena, buf_span(&place));
    buf_free(&place);
    struct manner m = {.within = CODEBOOK_WITHIN};
    read_manner(r, d, &m);
    read_terms(r, f, d, "terms", &m);
    m.match = CODEBOOK_REGEX;
    read_terms(r, f, d, "patterns", &m);
}

/* A phrase, or an object of a phrase and its notes. */
static void read_cue(struct reader *r, struct codebook_field *f, struct span status,
                     const struct document *d)
{
    static const char *const keys[] = {"cue", "notes", NULL};
    if (!json_is_object(d->json)) {
        codebook_add_cue(f, status, kept(r, document_text(d)));
        return;
    }
    struct document phrase;
    check_keys(r, d, keys);
    document_need(d, "cue", &phrase);
    codebook_add_cue(f, status, kept(r, document_text(&phrase)))->notes = filled(r, d, "notes");
}

static void read_remarks(struct reader *r, struct codebook_field *f, const struct document *d)
{
    struct document remark = {0};
    document_must_be_object(d);
    while (document_next(d, &remark))
        codebook_remark(f, kept(r, span_of(remark.key)))->notes = kept(r, document_text(&remark));
}

static void read_cues(struct reader *r, struct codebook_field *f, const struct document *d)
{
    struct document status = {0};
    document_must_be_object(d);
    while (document_next(d, &status)) {
        struct span name = kept(r, span_of(status.key));
        if (json_is_string(status.json)) {
            codebook_add_cue(f, name, kept(r, document_text(&status)));
            continue;
        }
        struct document item = {0};
        document_must_be_list(&status);
        while (document_next(&status, &item))
            read_cue(r, f, name, &item);
    }
}

static void read_default_cues(struct reader *r, struct codebook_field *f, const struct document *d)
{
    if (json_is_boolean(d->json)) {
        f->some_default_cues = !document_bool(d);
        return;
    }
    f->some_default_cues = true;
    if (json_is_string(d->json) && span_eq(document_text(d), SPAN("none")))
        return; /* as it is written in CSV */
    struct codebook_phrases statuses = read_phrases(r, d);
    add_phrases(&f->default_cues, &statuses);
}

static void read_field(void *with, const struct document *d)
{
    struct reader *r = with;
    static const char *const keys[] = {"from",          "into",  "group_into", "multiple",
                                       "otherwise",     "codes", "cues",       "default_cues",
                                       "setting_notes", "notes", NULL};
    check_keys(r, d, keys);
    struct buf place = {0};
    buf_addf(&place, "%s: fields[%zu]", r->file, r->book->count);
    struct codebook_field *f =
        codebook_add_field(r->book, arena_text(&r->book->arena, buf_span(&place)));
    buf_free(&place);
    f->from = optional(r, d, "from");
    f->into = optional(r, d, "into");
    f->group_into = optional(r, d, "group_into");
    f->otherwise = optional(r, d, "otherwise");
    f->multiple = document_bool_or(d, "multiple", true);
    f->notes = filled(r, d, "notes");
    struct document codes, code = {0}, cues, remarks;
    document_need(d, "codes", &codes);
    document_must_be_list(&codes);
    r->field = f;
    for (r->code = 0; document_next(&codes, &code); r->code++)
        document_try(&code, read_code, r);
    if (document_get(d, "cues", &cues))
        read_cues(r, f, &cues);
    if (document_get(d, "default_cues", &cues))
        read_default_cues(r, f, &cues);
    if (document_get(d, "setting_notes", &remarks))
        read_remarks(r, f, &remarks);
}

void codebook_read_json(struct codebook *b, struct codebook_source *from)
{
    static const char *const keys[] = {"name",  "version", "title", "description",
                                       "notes", "fields",  NULL};
    struct reader r = {.book = b, .file = b->file};
    from->root = document_load(b->file);
    const struct document *root = &from->root;
    check_keys(&r, root, keys);
    b->name = optional(&r, root, "name");
    b->version = optional(&r, root, "version");
    b->title = filled(&r, root, "title");
    b->description = filled(&r, root, "description");
    b->notes = filled(&r, root, "notes");
    struct document fields, field = {0};
    document_need(root, "fields", &fields);
    document_must_be_list(&fields);
    while (document_next(&fields, &field))
        document_try(&field, read_field, &r);
}
