/* verdicts -- rows of decisions.csv about coded answers. */
#include "coding/verdicts.h"

#include <stdlib.h>

#include "base/fault.h"
#include "stream/emit.h"
#include "text/bars.h"

static const char *const KINDS[] = {"code", "codes", NULL};

/* ---- reading ---- */

struct reading {
    struct verdicts *v;
    const char *file;
};

static size_t target_of(const struct verdicts *v, const struct decision *it)
{
    for (size_t i = 0; i < v->book->target_count; i++)
        if (span_eq(v->book->targets[i].into, decision_field(it)))
            return i;
    decisions_fail(it, "no codes go into the field %s", quote(decision_field(it)));
}

static void add_code(struct verdicts *v, struct verdict *to, size_t code)
{
    v->codes = array_grow(v->codes, &v->codes_cap, v->code_count + 1, sizeof *v->codes);
    v->codes[v->code_count++] = (uint32_t)code;
    to->count++;
}

static void add_status(struct verdicts *v, struct verdict *to, size_t code, struct span status)
{
    v->statuses =
        array_grow(v->statuses, &v->statuses_cap, v->status_count + 1, sizeof *v->statuses);
    v->statuses[v->status_count++] =
        (struct coding_status){(uint32_t)code, arena_copy(&v->arena, status)};
    to->status_count++;
}

/* One element of the value: a code, or one with a status behind a colon. */
static void read_code(struct verdicts *v, const struct codebook_field *f, struct verdict *to,
                      const struct decision *it, struct span word)
{
    size_t code = codebook_find(f, word);
    if (code < f->code_count) {
        add_code(v, to, code);
        return;
    }
    size_t colon = word.len;
    while (colon && word.at[colon - 1] != ':')
        colon--;
    if (colon > 1)
        code = codebook_find(f, (struct span){word.at, colon - 1});
    if (code == f->code_count || colon == word.len)
        decisions_fail(it, "%s is none of the codes of %s", quote(word), quote(decision_field(it)));
    add_status(v, to, code, span_from(word.at + colon, span_end(word)));
}

static void read_value(struct verdicts *v, size_t row)
{
    const struct decision *it = &v->decisions.at[row];
    const struct codebook_field *f = &v->book->fields[v->book->targets[target_of(v, it)].field];
    struct verdict *to = &v->at[row];
    if (v->code_count > UINT32_MAX / 2 || v->status_count > UINT32_MAX / 2)
        decisions_fail(it, "more codes than can be counted");
    *to = (struct verdict){(uint32_t)v->code_count, 0, (uint32_t)v->status_count, 0};
    if (decision_value(it).len == 0)
        decisions_fail(it, "no value (for no code: [])");
    if (decision_missing(it).at || span_eq(decision_value(it), SPAN("[]")))
        return;
    struct span rest = decision_value(it), word;
    while (bars_next(&rest, &v->scratch, &word))
        read_code(v, f, to, it, word);
    if (!f->multiple && to->count > 1)
        decisions_fail(it, "the field %s takes one code", quote(decision_field(it)));
}

static void read_file(void *with)
{
    struct reading *r = with;
    struct verdicts *v = r->v;
    size_t before = v->decisions.count, names = v->decisions.names.count;
    decisions_load(&v->decisions, r->file, KINDS, "reply");
    v->at = array_grow(v->at, &v->cap, v->decisions.count, sizeof *v->at);
    for (size_t i = before; i < v->decisions.count; i++)
        read_value(v, i);
    if (v->decisions.names.count == names)
        return;
    names = v->decisions.names.count;
    v->by = arena_array(&v->arena, names, sizeof *v->by);
    for (size_t i = 0; i < names; i++)
        v->by[i] = (struct lookup){.name = v->decisions.names.keys[i]};
}

bool verdicts_load(struct verdicts *v, const char *file, const struct codebook *book,
                   struct fault *fault)
{
    struct reading r = {v, file};
    v->book = book;
    return fault_catch(fault, read_file, &r);
}

void verdicts_free(struct verdicts *v)
{
    free(v->at);
    free(v->codes);
    free(v->statuses);
    decisions_free(&v->decisions);
    arena_free(&v->arena);
    buf_free(&v->scratch);
    buf_free(&v->text);
    *v = (struct verdicts){0};
}

/* ---- applying ---- */

/* The answer as a person sees it: the items of a list below each other. */
static struct span text_of(struct verdicts *v, const struct value *answer)
{
    buf_clear(&v->text);
    if (value_missing(answer))
        return buf_span(&v->text);
    if (answer->type != VALUE_LIST)
        return value_text(answer, &v->text);
    struct span rest = answer->raw;
    struct value item;
    while (value_next(&rest, NULL, &item)) {
        buf_add(&v->text, value_text(&item, &v->scratch));
        buf_addc(&v->text, '\n');
    }
    return buf_span(&v->text);
}

struct decision *verdicts_find(struct verdicts *v, const struct record *r, size_t target,
                               const struct value *answer)
{
    struct decisions *d = &v->decisions;
    struct decision *found = NULL;
    for (size_t i = 0; i < d->names.count; i++) {
        const struct value *key = record_find(r, &v->by[i]);
        if (value_missing(key))
            continue;
        size_t first = decisions_of_record(d, v->by[i].name, value_text(key, &v->scratch),
                                           v->book->targets[target].into);
        if (first == DECISIONS_NONE)
            continue;
        struct span text = text_of(v, answer);
        found = decisions_holding(d, found, decisions_fitting(d, first, &text, 1));
    }
    return found;
}

static void emit_verdict(const struct decision *it, struct span code, struct span status,
                         struct buf *b)
{
    emit_item(b);
    buf_addc(b, '{');
    emit_name(b, SPAN("code"));
    if (code.at)
        emit_string(b, code);
    else
        emit_null(b);
    emit_string_field(b, SPAN("override"), SPAN("set"));
    if (status.len)
        emit_string_field(b, SPAN("status"), status);
    if (decision_coder(it).len)
        emit_string_field(b, SPAN("coder"), decision_coder(it));
    if (decision_date(it).len)
        emit_string_field(b, SPAN("date"), decision_date(it));
    if (decision_comment(it).len)
        emit_string_field(b, SPAN("why"), decision_comment(it));
    buf_addc(b, '}');
}

static bool differs(const struct coding *coding, const uint32_t *codes, size_t count)
{
    bool same = coding->count == count;
    for (size_t i = 0; same && i < coding->count; i++) {
        size_t k = 0;
        while (k < count && codes[k] != coding->codes[i])
            k++;
        same = k < count;
    }
    return !same;
}

bool verdicts_apply(struct verdicts *v, struct decision *it, struct coding *coding,
                    struct buf *evidence)
{
    const struct verdict *to = &v->at[it - v->decisions.at];
    const struct codebook_code *all = coding->field->codes;
    const uint32_t *codes = to->count ? v->codes + to->codes : NULL;
    const struct coding_status *statuses = to->status_count ? v->statuses + to->statuses : NULL;
    bool changed = decision_missing(it).at || differs(coding, codes, to->count);
    if (changed) /* codes that were found alike keep their order */
        coding_set(coding, codes, to->count);
    for (size_t i = 0; i < to->status_count; i++)
        changed |= coding_mark(coding, statuses[i].code, statuses[i].status);
    it->state = changed ? DECISION_CHANGED : DECISION_CONFIRMED;
    if (!evidence)
        return changed;
    if (to->count + to->status_count == 0)
        emit_verdict(it, (struct span){0}, (struct span){0}, evidence);
    for (size_t i = 0; i < to->count; i++)
        emit_verdict(it, all[codes[i]].code, (struct span){0}, evidence);
    for (size_t i = 0; i < to->status_count; i++)
        emit_verdict(it, all[statuses[i].code].code, statuses[i].status, evidence);
    return changed;
}
