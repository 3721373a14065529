/* coding -- mentions to codes, groups, statuses and evidence. */
#include "coding/coding.h"

#include <stdlib.h>

#include "base/fail.h"
#include "stream/emit.h"

#define NO_GROUP UINT32_MAX

static void *owned_array(size_t count, size_t size)
{
    void *at = calloc(count ? count : 1, size);
    if (!at)
        fail_memory();
    return at;
}

static struct span as_json(struct coding *c, struct span text)
{
    buf_clear(&c->text);
    emit_string(&c->text, text);
    return arena_copy(&c->json, buf_span(&c->text));
}

/* Codes and groups as they are written, so that they are put into quotes once. */
static void keep_json(struct coding *c)
{
    size_t count = c->field->code_count;
    c->code_json = arena_array(&c->json, count, sizeof *c->code_json);
    c->group_json = arena_array(&c->json, count, sizeof *c->group_json);
    for (size_t i = 0; i < count; i++) {
        c->code_json[i] = as_json(c, c->field->codes[i].code);
        if (c->field->codes[i].group.at)
            c->group_json[i] = as_json(c, c->field->codes[i].group);
    }
}

void coding_init(struct coding *c, const struct codebook_field *field)
{
    *c = (struct coding){.field = field};
    mentions_init(&c->matcher, field);
    c->groups = owned_array(field->code_count, sizeof *c->groups);
    /* codes, groups, and each code with each status */
    c->marks = field->code_count * (2 + c->matcher.cues.statuses.count);
    c->mark = owned_array(c->marks, sizeof *c->mark);
    struct intern names = {0};
    for (size_t i = 0; i < field->code_count; i++)
        c->groups[i] = field->codes[i].group.at
                           ? (uint32_t)intern_add_borrowed(&names, field->codes[i].group)
                           : NO_GROUP;
    intern_free(&names);
    keep_json(c);
}

void coding_free(struct coding *c)
{
    mentions_free(&c->matcher);
    free(c->groups);
    free(c->codes);
    free(c->statuses);
    free(c->mark);
    arena_free(&c->json);
    buf_free(&c->text);
    *c = (struct coding){0};
}

void coding_start(struct coding *c)
{
    c->count = c->status_count = 0;
    c->found = c->ticked = false;
    if (++c->answer == 0) { /* after 2^32 answers the marks start anew */
        memset(c->mark, 0, c->marks * sizeof *c->mark);
        c->answer = 1;
    }
}

bool coding_put(struct coding *c, uint32_t code)
{
    if (c->mark[code] == c->answer)
        return false;
    c->mark[code] = c->answer;
    c->codes = array_grow(c->codes, &c->cap, c->count + 1, sizeof *c->codes);
    c->codes[c->count++] = code;
    return true;
}

bool coding_remove(struct coding *c, uint32_t code)
{
    if (c->mark[code] != c->answer)
        return false;
    c->mark[code] = 0;
    size_t kept = 0;
    for (size_t i = 0; i < c->count; i++)
        if (c->codes[i] != code)
            c->codes[kept++] = c->codes[i];
    c->count = kept;
    return true;
}

bool coding_set(struct coding *c, const uint32_t *codes, size_t count)
{
    bool same = c->count == count;
    for (size_t i = 0; same && i < count; i++)
        same = c->codes[i] == codes[i];
    if (same)
        return false;
    for (size_t i = 0; i < c->count; i++)
        c->mark[c->codes[i]] = 0;
    c->count = 0;
    for (size_t i = 0; i < count; i++)
        coding_put(c, codes[i]);
    return true;
}

bool coding_mark(struct coding *c, uint32_t code, struct span status)
{
    for (size_t i = 0; i < c->status_count; i++)
        if (c->statuses[i].code == code && span_eq(c->statuses[i].status, status))
            return false;
    c->statuses =
        array_grow(c->statuses, &c->statuses_cap, c->status_count + 1, sizeof *c->statuses);
    c->statuses[c->status_count++] = (struct coding_status){code, status};
    return true;
}

static void add_status(struct coding *c, uint32_t code, const struct cue *cue)
{
    size_t codes = c->field->code_count;
    uint32_t *seen = &c->mark[codes * (2 + cue->number) + code];
    if (*seen == c->answer)
        return;
    *seen = c->answer;
    c->statuses =
        array_grow(c->statuses, &c->statuses_cap, c->status_count + 1, sizeof *c->statuses);
    c->statuses[c->status_count++] = (struct coding_status){code, cue->status};
}

/* ---- evidence ---- */

/* The words of the answer that decided about M, or the cue itself where it is written in full. */
static void add_cue(const struct coding *c, const struct mention *m, struct buf *b)
{
    const struct cue *cue = &c->matcher.cues.at[m->decided];
    if (!cue->before[0] && !cue->behind[0] && m->how != CUE_QUESTION) {
        buf_add(b, cue->phrase);
        return;
    }
    for (uint32_t i = m->cue_first; i <= m->cue_last; i++) {
        buf_add(b, i > m->cue_first ? SPAN(" ") : SPAN(""));
        buf_add(b, prose_folded(&c->matcher.phrases.prose, i));
    }
}

static void emit_cue(struct coding *c, const struct mention *m, struct buf *b)
{
    buf_clear(&c->text);
    add_cue(c, m, &c->text);
    emit_string_field(b, SPAN("cue"), buf_span(&c->text));
}

static void emit_reason(struct coding *c, const struct mention *m, struct buf *b)
{
    static const char *const rules[CODEBOOK_RULES] = {"exclude", "near", "not_near", "after"};
    if (m->is_void) {
        emit_string_field(b, SPAN("void"), span_of(rules[m->rule]));
        if (m->by.at)
            emit_string_field(b, SPAN("by"), m->by);
    }
    if (m->cue != MENTIONS_NONE) {
        const struct cue *cue = &c->matcher.cues.at[m->cue];
        emit_string_field(b, SPAN("status"), cue->status);
        emit_cue(c, m, b);
    }
}

/* Why a mention counts or not, for people. */
static void emit_why(struct coding *c, const struct mention *m, struct buf *b)
{
    static const char *const hows[] = {[CUE_AHEAD] = "stands before it",
                                       [CUE_BACK] = "stands behind it",
                                       [CUE_SUBJECT] = "is said of it",
                                       [CUE_CELL] = "is its mark in the form",
                                       [CUE_EXCEPTED] = "excepts it",
                                       [CUE_QUESTION] = "starts the question that it stands in",
                                       [CUE_ANSWER] = "answers the question that it stands in"};
    struct buf *why = &c->text;
    bool decided = !m->is_void && m->decided != MENTIONS_NONE;
    if (decided && m->cue == MENTIONS_NONE)
        emit_cue(c, m, b);
    buf_clear(why);
    if (decided) {
        const struct cue *cue = &c->matcher.cues.at[m->decided];
        buf_addf(why, "%s%.*s: '", m->cue == MENTIONS_NONE ? "counts, " : "",
                 SPAN_ARGS(cue->status));
        add_cue(c, m, why);
        buf_addf(why, "' %s", hows[m->how]);
        if (cue->row)
            buf_addf(why, " (cues.txt:%u)", cue->row);
    } else {
        buf_add(why, m->is_void ? SPAN("void by a rule of its code")
                                : SPAN("counts: no cue is about it"));
    }
    emit_string_field(b, SPAN("why"), buf_span(why));
}

void coding_emit_mention(struct coding *c, const struct mention *m, struct span piece, size_t item,
                         struct buf *b)
{
    const struct codebook_term *t = &c->field->terms[m->term];
    emit_item(b);
    buf_addc(b, '{');
    emit_string_field(b, SPAN("code"), c->field->codes[t->code].code);
    emit_string_field(b, SPAN("text"), (struct span){piece.at + m->start, m->end - m->start});
    if (item != CODING_NO_ITEM)
        emit_count_field(b, SPAN("item"), item);
    emit_count_field(b, SPAN("start"), m->start);
    emit_count_field(b, SPAN("end"), m->end);
    emit_string_field(b, SPAN("term"), t->text);
    emit_reason(c, m, b);
    if (c->explain)
        emit_why(c, m, b);
    buf_addc(b, '}');
}

/* ---- coding ---- */

const char *coding_no_answer(const struct value *piece)
{
    if (piece->type == VALUE_OBJECT)
        return "an object is no answer";
    if (piece->type == VALUE_LIST)
        return "a list in a list is no answer";
    return piece->raw.len > PROSE_LIMIT ? "an answer of more than 1 GiB" : NULL;
}

bool coding_each(const struct value *answer,
                 bool (*piece)(void *with, const struct value *piece, size_t item), void *with)
{
    if (answer->type != VALUE_LIST)
        return piece(with, answer, CODING_NO_ITEM);
    struct span rest = answer->raw;
    struct value item;
    bool good = true;
    for (size_t i = 0; good && value_next(&rest, NULL, &item); i++)
        good = piece(with, &item, i);
    return good;
}

/* Of the choices of a single-valued field, the one that is ticked comes first. */
static void take_code(struct coding *c, const struct mention *m, uint32_t code)
{
    bool ticked = !c->field->multiple && m->how == CUE_CELL;
    if (ticked && !c->ticked)
        coding_set(c, &code, 1);
    else
        coding_put(c, code);
    c->ticked |= ticked;
}

void coding_add(struct coding *c, struct span piece, size_t item, struct buf *evidence)
{
    mentions_find(&c->matcher, piece);
    for (size_t i = 0; i < c->matcher.count; i++) {
        const struct mention *m = &c->matcher.mentions[i];
        uint32_t code = (uint32_t)c->field->terms[m->term].code;
        if (mention_counts(m))
            take_code(c, m, code);
        else if (!m->is_void)
            add_status(c, code, &c->matcher.cues.at[m->cue]);
        c->found |= !m->is_void;
        if (evidence)
            coding_emit_mention(c, m, piece, item, evidence);
    }
}

void coding_finish(struct coding *c, struct buf *evidence)
{
    if (!c->found && c->field->otherwise.at) {
        coding_put(c, (uint32_t)codebook_find(c->field, c->field->otherwise));
        if (evidence) {
            emit_item(evidence);
            buf_addc(evidence, '{');
            emit_string_field(evidence, SPAN("code"), c->field->otherwise);
            emit_string_field(evidence, SPAN("by"), SPAN("otherwise"));
            buf_addc(evidence, '}');
        }
    }
    while (!c->field->multiple && c->count > 1)
        c->mark[c->codes[--c->count]] = 0;
}

/* ---- values ---- */

void coding_emit_codes(const struct coding *c, struct buf *b)
{
    if (!c->field->multiple) {
        if (c->count)
            buf_add(b, c->code_json[c->codes[0]]);
        else
            emit_null(b);
        return;
    }
    buf_addc(b, '[');
    for (size_t i = 0; i < c->count; i++) {
        emit_item(b);
        buf_add(b, c->code_json[c->codes[i]]);
    }
    buf_addc(b, ']');
}

bool coding_has_group(const struct coding *c)
{
    return c->count && c->groups[c->codes[0]] != NO_GROUP;
}

void coding_emit_groups(struct coding *c, struct buf *b)
{
    uint32_t *seen = c->mark + c->field->code_count;
    if (!c->field->multiple) {
        if (coding_has_group(c))
            buf_add(b, c->group_json[c->codes[0]]);
        else
            emit_null(b);
        return;
    }
    buf_addc(b, '[');
    for (size_t i = 0; i < c->count; i++) {
        uint32_t group = c->groups[c->codes[i]];
        if (group == NO_GROUP || seen[group] == c->answer)
            continue;
        seen[group] = c->answer;
        emit_item(b);
        buf_add(b, c->group_json[c->codes[i]]);
    }
    buf_addc(b, ']');
}

void coding_emit_statuses(struct coding *c, struct buf *b)
{
    buf_addc(b, '[');
    for (size_t i = 0; i < c->status_count; i++) {
        buf_clear(&c->text);
        buf_add(&c->text, c->field->codes[c->statuses[i].code].code);
        buf_addc(&c->text, ':');
        buf_add(&c->text, c->statuses[i].status);
        emit_item(b);
        emit_string(b, buf_span(&c->text));
    }
    buf_addc(b, ']');
}
