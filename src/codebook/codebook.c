/* codebook -- codebooks in memory, checked; the two forms are read elsewhere. */
#include "codebook/codebook.h"

#include <stdarg.h>
#include <stdlib.h>
#include <strings.h>

#include "base/buf.h"
#include "base/fault.h"

void codebook_fail(const char *place, const char *format, ...)
{
    struct buf none = {0};
    va_list args;
    va_start(args, format);
    struct fault fault = fault_of(place, &none, format, args);
    va_end(args);
    fault_throw(fault);
}

/* ---- building ---- */

struct codebook_field *codebook_add_field(struct codebook *b, const char *place)
{
    b->fields = array_grow(b->fields, &b->cap, b->count + 1, sizeof *b->fields);
    struct codebook_field *f = &b->fields[b->count++];
    *f = (struct codebook_field){.multiple = true, .place = place};
    return f;
}

struct codebook_code *codebook_add_code(struct codebook_field *f, struct span code)
{
    if (intern_add_borrowed(&f->code_index, code) < f->code_count)
        return NULL;
    f->codes = array_grow(f->codes, &f->codes_cap, f->code_count + 1, sizeof *f->codes);
    struct codebook_code *c = &f->codes[f->code_count++];
    *c = (struct codebook_code){.code = code};
    return c;
}

struct codebook_term *codebook_add_term(struct codebook_field *f, size_t code, const char *place)
{
    f->terms = array_grow(f->terms, &f->terms_cap, f->term_count + 1, sizeof *f->terms);
    struct codebook_term *t = &f->terms[f->term_count++];
    *t = (struct codebook_term){.code = code, .within = CODEBOOK_WITHIN, .place = place};
    return t;
}

struct codebook_cue *codebook_add_cue(struct codebook_field *f, struct span status,
                                      struct span phrase)
{
    f->cues = array_grow(f->cues, &f->cues_cap, f->cue_count + 1, sizeof *f->cues);
    struct codebook_cue *c = &f->cues[f->cue_count++];
    *c = (struct codebook_cue){.status = status, .phrase = phrase};
    return c;
}

struct codebook_remark *codebook_remark(struct codebook_field *f, struct span setting)
{
    for (size_t i = 0; i < f->remark_count; i++)
        if (span_eq(f->remarks[i].setting, setting))
            return &f->remarks[i];
    f->remarks = array_grow(f->remarks, &f->remarks_cap, f->remark_count + 1, sizeof *f->remarks);
    f->remarks[f->remark_count] = (struct codebook_remark){.setting = setting};
    return &f->remarks[f->remark_count++];
}

void codebook_add_phrase(struct codebook_phrases *list, struct span phrase)
{
    list->at = array_grow(list->at, &list->cap, list->count + 1, sizeof *list->at);
    list->at[list->count++] = phrase;
}

size_t codebook_find(const struct codebook_field *f, struct span code)
{
    size_t place = intern_find(&f->code_index, code);
    return place == INTERN_NONE ? f->code_count : place;
}

/* ---- targets ---- */

static bool has_group(const struct codebook_field *f)
{
    for (size_t i = 0; i < f->code_count; i++)
        if (f->codes[i].group.at)
            return true;
    return false;
}

static struct span group_name(struct codebook *b, const struct codebook_field *f, struct span into)
{
    if (f->group_into.at)
        return f->group_into.len ? f->group_into : (struct span){0};
    if (!has_group(f))
        return (struct span){0};
    struct buf name = {0};
    buf_add(&name, into);
    buf_add(&name, SPAN("_group"));
    struct span kept = arena_copy(&b->arena, buf_span(&name));
    buf_free(&name);
    return kept;
}

/* NAME may be written by a new target: it is no tool's and no other target's. */
static void check_name(const struct codebook *b, const char *place, struct span name)
{
    if (name.len == 0)
        codebook_fail(place, "a field needs a name");
    if (name.at[0] == '_')
        codebook_fail(place, "field %s: names that start with '_' belong to the tools",
                      quote(name));
    for (size_t i = 0; i < b->target_count; i++) {
        const struct codebook_target *t = &b->targets[i];
        if (span_eq(t->into, name) || (t->group_into.at && span_eq(t->group_into, name)))
            codebook_fail(place, "two fields go into %s", quote(name));
    }
}

static void add_target(struct codebook *b, size_t field, struct span from, struct span into)
{
    const struct codebook_field *f = &b->fields[field];
    struct span group_into = group_name(b, f, into);
    check_name(b, f->place, into);
    if (group_into.at)
        check_name(b, f->place, group_into);
    if (group_into.at && span_eq(into, group_into))
        codebook_fail(f->place, "codes and groups cannot both go into %s", quote(into));
    b->targets = array_grow(b->targets, &b->targets_cap, b->target_count + 1, sizeof *b->targets);
    b->targets[b->target_count++] = (struct codebook_target){from, into, group_into, field};
}

bool codebook_is_general(const struct codebook *b)
{
    return b->count == 1 && !b->fields[0].from.at;
}

void codebook_apply(struct codebook *b, struct span from, struct span into)
{
    add_target(b, 0, from, into);
}

void codebook_apply_all(struct codebook *b, const char *const *fields, size_t count)
{
    if (!codebook_is_general(b) && count)
        fail(STATUS_USAGE, "%s: names its fields itself (leave '--field' out)", b->file);
    if (codebook_is_general(b) && count == 0)
        fail(STATUS_USAGE, "%s: names no field (use --field)", b->file);
    for (size_t i = 0; i < count; i++) {
        const char *equals = strchr(fields[i], '=');
        if (equals) {
            codebook_apply(b, span_from(fields[i], equals), span_of(equals + 1));
            continue;
        }
        struct buf into = {0};
        buf_addf(&into, "%s_code", fields[i]);
        codebook_apply(b, span_of(fields[i]), arena_copy(&b->arena, buf_span(&into)));
        buf_free(&into);
    }
}

/* ---- checks of both forms ---- */

static void check_field(const struct codebook *b, const struct codebook_field *f)
{
    if (!f->from.at != !f->into.at)
        codebook_fail(f->place, "'%s' is missing", f->from.at ? "into" : "from");
    if (!f->from.at && b->count > 1)
        codebook_fail(f->place, "names no field, but others do");
    if (f->otherwise.at && codebook_find(f, f->otherwise) == f->code_count)
        codebook_fail(f->place, "'otherwise' is %s, which is none of the codes",
                      quote(f->otherwise));
}

/* Where the members of each of GROUPS groups start, if they stand together. */
static size_t *starts(const size_t *group_of, size_t count, size_t groups, struct arena *a)
{
    size_t *start = arena_array(a, groups + 1, sizeof *start);
    for (size_t i = 0; i < count; i++)
        start[group_of[i] + 1]++;
    for (size_t i = 1; i <= groups; i++)
        start[i] += start[i - 1];
    return start;
}

/* In CSV the rows of a code may be anywhere; in JSON they cannot. The order decides
 * between equal mentions, so that both forms code alike only in one order. */
static void order_terms(struct codebook_field *f)
{
    size_t ordered = 1;
    while (ordered < f->term_count && f->terms[ordered - 1].code <= f->terms[ordered].code)
        ordered++;
    if (ordered >= f->term_count)
        return;
    struct arena arena = {0};
    size_t *code_of = arena_array(&arena, f->term_count, sizeof *code_of);
    struct codebook_term *terms = arena_array(&arena, f->term_count, sizeof *terms);
    for (size_t i = 0; i < f->term_count; i++)
        code_of[i] = f->terms[i].code;
    size_t *start = starts(code_of, f->term_count, f->code_count, &arena);
    for (size_t i = 0; i < f->term_count; i++)
        terms[start[code_of[i]]++] = f->terms[i];
    for (size_t i = 0; i < f->term_count; i++)
        f->terms[i] = terms[i];
    arena_free(&arena);
}

static void order_cues(struct codebook_field *f)
{
    struct arena arena = {0};
    struct intern statuses = {0};
    size_t *status_of = arena_array(&arena, f->cue_count, sizeof *status_of);
    struct codebook_cue *cues = arena_array(&arena, f->cue_count, sizeof *cues);
    for (size_t i = 0; i < f->cue_count; i++)
        status_of[i] = intern_add_borrowed(&statuses, f->cues[i].status);
    size_t *start = starts(status_of, f->cue_count, statuses.count, &arena);
    for (size_t i = 0; i < f->cue_count; i++)
        cues[start[status_of[i]]++] = f->cues[i];
    for (size_t i = 0; i < f->cue_count; i++)
        f->cues[i] = cues[i];
    intern_free(&statuses);
    arena_free(&arena);
}

struct settling {
    struct codebook *book;
    size_t field;
};

static void settle_field(void *with)
{
    const struct settling *s = with;
    struct codebook_field *f = &s->book->fields[s->field];
    check_field(s->book, f);
    order_terms(f);
    order_cues(f);
}

static void settle_target(void *with)
{
    const struct settling *s = with;
    const struct codebook_field *f = &s->book->fields[s->field];
    if (f->from.at && f->into.at) /* or it has been told */
        add_target(s->book, s->field, f->from, f->into);
}

void codebook_settle(struct codebook *b)
{
    struct settling s = {.book = b};
    for (s.field = 0; s.field < b->count; s.field++)
        fault_item(settle_field, &s);
    for (s.field = 0; s.field < b->count && !codebook_is_general(b); s.field++)
        fault_item(settle_target, &s);
}

struct loading {
    struct codebook *book;
    void (*read)(struct codebook *b, struct codebook_source *from);
    struct codebook_source from;
};

static void read_book(void *with)
{
    struct loading *l = with;
    l->read(l->book, &l->from);
    codebook_settle(l->book);
}

bool codebook_load(struct codebook *b, const char *file, struct fault *fault)
{
    size_t len = strlen(file);
    bool json = len >= 5 && strcasecmp(file + len - 5, ".json") == 0;
    struct loading l = {.book = b, .read = json ? codebook_read_json : codebook_read_csv};
    *b = (struct codebook){.file = file};
    bool good = fault_catch(fault, read_book, &l);
    document_free(&l.from.root);
    sheet_free(&l.from.sheet);
    return good;
}

static void free_field(struct codebook_field *f)
{
    for (size_t i = 0; i < f->term_count; i++)
        for (int rule = 0; rule < CODEBOOK_RULES; rule++)
            free(f->terms[i].rules[rule].at);
    free(f->codes);
    intern_free(&f->code_index);
    free(f->terms);
    free(f->cues);
    free(f->remarks);
    free(f->default_cues.at);
}

void codebook_free(struct codebook *b)
{
    for (size_t i = 0; i < b->count; i++)
        free_field(&b->fields[i]);
    free(b->fields);
    free(b->targets);
    arena_free(&b->arena);
    *b = (struct codebook){0};
}
