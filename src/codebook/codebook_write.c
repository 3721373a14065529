/* codebook_write -- codebooks as JSON; what the writers of all forms share.
 *
 * One code a line, so that two versions can be laid side by side. */
#include "codebook/codebook_write.h"

#include <stdlib.h>

#include "stream/emit.h"

/* ---- shared ---- */

const char *const CODEBOOK_RULE_NAMES[CODEBOOK_RULES] = {"exclude", "near", "not_near", "after"};

const struct choice CODEBOOK_MATCHES[] = {{"words", CODEBOOK_WORDS},
                                          {"exact", CODEBOOK_EXACT},
                                          {"wildcard", CODEBOOK_WILDCARD},
                                          {"regex", CODEBOOK_REGEX},
                                          {0}};

void losses_add(struct losses *l, const char *what, size_t count)
{
    if (count > 0)
        buf_addf(&l->text, "%s%s (%zu)", l->text.len ? ", " : "", what, count);
}

void losses_free(struct losses *l)
{
    buf_free(&l->text);
}

static bool same_phrases(const struct codebook_phrases *a, const struct codebook_phrases *b)
{
    if (a->count != b->count)
        return false;
    for (size_t i = 0; i < a->count; i++)
        if (!span_eq(a->at[i], b->at[i]))
            return false;
    return true;
}

bool codebook_same_manner(const struct codebook_term *a, const struct codebook_term *b)
{
    if (a->exact_case != b->exact_case || a->within != b->within)
        return false;
    for (int rule = 0; rule < CODEBOOK_RULES; rule++)
        if (!same_phrases(&a->rules[rule], &b->rules[rule]))
            return false;
    return true;
}

/* ---- lines ---- */

/* A new line of the block that is open, DEPTH deep. */
static void put_line(struct buf *b, size_t depth)
{
    char last = b->at[b->len - 1];
    if (last != '{' && last != '[')
        buf_addc(b, ',');
    buf_addc(b, '\n');
    for (size_t i = 0; i < depth; i++)
        buf_add(b, SPAN("  "));
}

static void put_end(struct buf *b, size_t depth, char bracket)
{
    char last = b->at[b->len - 1];
    if (last != '{' && last != '[') {
        buf_addc(b, '\n');
        for (size_t i = 0; i < depth; i++)
            buf_add(b, SPAN("  "));
    }
    buf_addc(b, bracket);
}

static void put_key(struct buf *b, size_t depth, const char *key)
{
    put_line(b, depth);
    emit_string(b, span_of(key));
    buf_add(b, SPAN(": "));
}

static void put_text(struct buf *b, size_t depth, const char *key, struct span text)
{
    if (!text.at)
        return;
    put_key(b, depth, key);
    emit_string(b, text);
}

/* ---- terms ---- */

static void put_member(struct buf *b, const char *key, struct span text)
{
    if (text.at)
        emit_string_field(b, span_of(key), text);
}

static void put_phrases(struct buf *b, const struct codebook_phrases *list)
{
    buf_addc(b, '[');
    for (size_t i = 0; i < list->count; i++) {
        emit_item(b);
        emit_string(b, list->at[i]);
    }
    buf_addc(b, ']');
}

/* Case, distance and rules, where they are not what they are if nothing is said. */
static void put_manner(struct buf *b, const struct codebook_term *t)
{
    if (t->exact_case)
        emit_string_field(b, SPAN("case"), SPAN("exact"));
    for (int rule = 0; rule < CODEBOOK_RULES; rule++) {
        if (t->rules[rule].count == 0)
            continue;
        emit_name(b, span_of(CODEBOOK_RULE_NAMES[rule]));
        put_phrases(b, &t->rules[rule]);
    }
    if (t->within != CODEBOOK_WITHIN)
        emit_count_field(b, SPAN("within"), t->within);
}

void codebook_emit_term(struct buf *b, const struct codebook_term *t)
{
    buf_addc(b, '{');
    emit_string_field(b, SPAN("term"), t->text);
    if (t->match != CODEBOOK_WORDS)
        emit_string_field(b, SPAN("match"), span_of(choice_word(CODEBOOK_MATCHES, (int)t->match)));
    put_manner(b, t);
    buf_addc(b, '}');
}

/* MATCH and MANNER are what the code or the list says already; MANNER may be NULL. */
static void put_term(struct buf *b, const struct codebook_term *t, enum codebook_match match,
                     const struct codebook_term *manner)
{
    static const struct codebook_term plain = {.within = CODEBOOK_WITHIN};
    emit_item(b);
    if (t->match == match && !t->notes.at && !t->records.at &&
        codebook_same_manner(t, manner ? manner : &plain)) {
        emit_string(b, t->text);
        return;
    }
    buf_addc(b, '{');
    emit_string_field(b, SPAN("term"), t->text);
    if (t->match != match)
        emit_string_field(b, SPAN("match"), span_of(choice_word(CODEBOOK_MATCHES, (int)t->match)));
    if (!manner)
        put_manner(b, t);
    put_member(b, "notes", t->notes);
    put_member(b, "records", t->records);
    buf_addc(b, '}');
}

static void put_terms(struct buf *b, const char *key, const struct codebook_term *terms,
                      size_t count, enum codebook_match match, const struct codebook_term *manner)
{
    if (count == 0)
        return;
    emit_name(b, span_of(key));
    buf_addc(b, '[');
    for (size_t i = 0; i < count; i++)
        put_term(b, &terms[i], match, manner);
    buf_addc(b, ']');
}

/* A code says for all its terms what holds for all of them. Regular expressions are
 * a list of their own if they stand behind all other terms. */
static void put_code(struct buf *b, const struct codebook_code *c,
                     const struct codebook_term *terms, size_t count)
{
    size_t others = count;
    while (others > 0 && terms[others - 1].match == CODEBOOK_REGEX)
        others--;
    const struct codebook_term *manner = count > 0 ? terms : NULL;
    enum codebook_match match = others > 0 ? terms[0].match : CODEBOOK_WORDS;
    for (size_t i = 0; i < count; i++) {
        if (manner && !codebook_same_manner(manner, &terms[i]))
            manner = NULL;
        if (i < others && terms[i].match != match)
            match = CODEBOOK_WORDS;
    }
    buf_addc(b, '{');
    emit_string_field(b, SPAN("code"), c->code);
    put_member(b, "label", c->label);
    put_member(b, "group", c->group);
    if (match != CODEBOOK_WORDS)
        emit_string_field(b, SPAN("match"), span_of(choice_word(CODEBOOK_MATCHES, (int)match)));
    if (manner)
        put_manner(b, manner);
    put_terms(b, "terms", terms, others, match, manner);
    put_terms(b, "patterns", terms + others, count - others, CODEBOOK_REGEX, manner);
    put_member(b, "notes", c->notes);
    buf_addc(b, '}');
}

/* ---- fields ---- */

static void put_codes(struct buf *b, const struct codebook_field *f)
{
    size_t at = 0;
    put_key(b, 3, "codes");
    buf_addc(b, '[');
    for (size_t code = 0; code < f->code_count; code++) {
        size_t from = at;
        while (at < f->term_count && f->terms[at].code == code)
            at++;
        put_line(b, 4);
        put_code(b, &f->codes[code], f->terms + from, at - from);
    }
    put_end(b, 3, ']');
}

static void put_cue(struct buf *b, const struct codebook_cue *cue)
{
    emit_item(b);
    if (!cue->notes.at) {
        emit_string(b, cue->phrase);
        return;
    }
    buf_addc(b, '{');
    emit_string_field(b, SPAN("cue"), cue->phrase);
    emit_string_field(b, SPAN("notes"), cue->notes);
    buf_addc(b, '}');
}

static void put_cues(struct buf *b, const struct codebook_field *f)
{
    if (f->cue_count == 0)
        return;
    put_key(b, 3, "cues");
    buf_addc(b, '{');
    for (size_t i = 0; i < f->cue_count; i++) {
        if (i == 0 || !span_eq(f->cues[i].status, f->cues[i - 1].status)) {
            if (i > 0)
                buf_addc(b, ']');
            put_line(b, 4);
            emit_string(b, f->cues[i].status);
            buf_add(b, SPAN(": ["));
        }
        put_cue(b, &f->cues[i]);
    }
    buf_addc(b, ']');
    put_end(b, 3, '}');
}

static void put_remarks(struct buf *b, const struct codebook_field *f)
{
    if (f->remark_count == 0)
        return;
    put_key(b, 3, "setting_notes");
    buf_addc(b, '{');
    for (size_t i = 0; i < f->remark_count; i++)
        emit_string_field(b, f->remarks[i].setting, f->remarks[i].notes);
    buf_addc(b, '}');
}

static void put_field(struct buf *b, const struct codebook_field *f)
{
    put_line(b, 2);
    buf_addc(b, '{');
    put_text(b, 3, "from", f->from);
    put_text(b, 3, "into", f->into);
    put_text(b, 3, "group_into", f->group_into);
    put_key(b, 3, "multiple");
    emit_bool(b, f->multiple);
    put_text(b, 3, "otherwise", f->otherwise);
    put_codes(b, f);
    put_cues(b, f);
    if (f->some_default_cues) {
        put_key(b, 3, "default_cues");
        put_phrases(b, &f->default_cues);
    }
    put_remarks(b, f);
    put_text(b, 3, "notes", f->notes);
    put_end(b, 2, '}');
}

void codebook_write_json(const struct codebook *b, struct buf *out)
{
    buf_addc(out, '{');
    put_text(out, 1, "name", b->name);
    put_text(out, 1, "version", b->version);
    put_text(out, 1, "title", b->title);
    put_text(out, 1, "description", b->description);
    put_text(out, 1, "notes", b->notes);
    put_key(out, 1, "fields");
    buf_addc(out, '[');
    for (size_t i = 0; i < b->count; i++)
        put_field(out, &b->fields[i]);
    put_end(out, 1, ']');
    put_end(out, 0, '}');
    buf_addc(out, '\n');
}
