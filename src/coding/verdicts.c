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
        if (span_eq(v->book->targets[i].into, it->field))
            return i;
    decisions_fail(it, "no codes go into the field %s", quote(it->field));
}

/* One element of the value: a code, or one with a status behind a colon. */
static void read_code(struct verdicts *v, const struct codebook_field *f, struct verdict *to,
                      const struct decision *it, struct span word)
{
    size_t code = codebook_find(f, word);
    if (code < f->code_count) {
        to->codes = array_grow(to->codes, &to->cap, to->count + 1, sizeof *to->codes);
        to->codes[to->count++] = (uint32_t)code;
        return;
    }
    size_t colon = word.len;
    while (colon && word.at[colon - 1] != ':')
        colon--;
    if (colon > 1)
        code = codebook_find(f, (struct span){word.at, colon - 1});
    if (code == f->code_count || colon == word.len)
        decisions_fail(it, "%s is none of the codes of %s", quote(word), quote(it->field));
    to->statuses =
        array_grow(to->statuses, &to->statuses_cap, to->status_count + 1, sizeof *to->statuses);
    to->statuses[to->status_count++] = (struct coding_status){
        (uint32_t)code, arena_copy(&v->arena, span_from(word.at + colon, span_end(word)))};
}

static void read_value(struct verdicts *v, size_t row)
{
    const struct decision *it = &v->decisions.at[row];
    struct verdict *to = &v->at[row];
    to->target = target_of(v, it);
    const struct codebook_field *f = &v->book->fields[v->book->targets[to->target].field];
    if (it->value.len == 0)
        decisions_fail(it, "no value (for no code: [])");
    if (decision_missing(it).at || span_eq(it->value, SPAN("[]")))
        return;
    struct span rest = it->value, word;
    while (bars_next(&rest, &v->scratch, &word))
        read_code(v, f, to, it, word);
    if (!f->multiple && to->count > 1)
        decisions_fail(it, "the field %s takes one code", quote(it->field));
}

static void read_file(void *with)
{
    struct reading *r = with;
    struct verdicts *v = r->v;
    size_t before = v->decisions.count, names = v->decisions.names.count;
    decisions_load(&v->decisions, r->file, KINDS, "reply");
    v->at = array_grow(v->at, &v->cap, v->decisions.count, sizeof *v->at);
    for (size_t i = before; i < v->decisions.count; i++)
        v->at[i] = (struct verdict){0};
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
    for (size_t i = 0; v->at && i < v->decisions.count; i++) {
        free(v->at[i].codes);
        free(v->at[i].statuses);
    }
    free(v->at);
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
    if (it->coder.len)
        emit_string_field(b, SPAN("coder"), it->coder);
    if (it->date.len)
        emit_string_field(b, SPAN("date"), it->date);
    if (it->comment.len)
        emit_string_field(b, SPAN("why"), it->comment);
    buf_addc(b, '}');
}

static bool differs(const struct coding *coding, const struct verdict *to)
{
    bool same = coding->count == to->count;
    for (size_t i = 0; same && i < coding->count; i++) {
        size_t k = 0;
        while (k < to->count && to->codes[k] != coding->codes[i])
            k++;
        same = k < to->count;
    }
    return !same;
}

bool verdicts_apply(struct verdicts *v, struct decision *it, struct coding *coding,
                    struct buf *evidence)
{
    const struct verdict *to = &v->at[it - v->decisions.at];
    const struct codebook_code *codes = coding->field->codes;
    bool changed = decision_missing(it).at || differs(coding, to);
    if (changed) /* codes that were found alike keep their order */
        coding_set(coding, to->codes, to->count);
    for (size_t i = 0; i < to->status_count; i++)
        changed |= coding_mark(coding, to->statuses[i].code, to->statuses[i].status);
    it->state = changed ? DECISION_CHANGED : DECISION_CONFIRMED;
    if (!evidence)
        return changed;
    if (to->count + to->status_count == 0)
        emit_verdict(it, (struct span){0}, (struct span){0}, evidence);
    for (size_t i = 0; i < to->count; i++)
        emit_verdict(it, codes[to->codes[i]].code, (struct span){0}, evidence);
    for (size_t i = 0; i < to->status_count; i++)
        emit_verdict(it, codes[to->statuses[i].code].code, to->statuses[i].status, evidence);
    return changed;
}
