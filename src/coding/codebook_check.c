/* codebook_check -- terms that cannot win, overlaps, twins, bad patterns, idle exclusions. */
#include "coding/codebook_check.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/fail.h"
#include "codebook/codebook_write.h"
#include "coding/mentions.h"
#include "probes.h"
#include "stream/emit.h"

struct checker {
    const struct codebook *book;
    const struct codebook_field *all;
    struct codebook_field field; /* without the terms whose pattern is bad */
    struct mentions matcher;
    struct output *out;
    struct codebook_found found;
    struct intern pairs; /* of terms that were told to overlap */
    struct probes probes;
    struct buf probe; /* the answer that is searched */
    struct buf sample, detail;
    struct prose prose;
};

/* ---- telling ---- */

struct problem {
    const char *place, *problem;
    struct span code, term; /* TERM without an at: none */
};

static void put_text(struct buf *b, const char *name, struct span text)
{
    emit_name(b, span_of(name));
    if (text.at)
        emit_any_string(b, text);
    else
        emit_null(b);
}

/* What may well be meant, or does no harm. */
static bool is_remark(const char *problem)
{
    return strcmp(problem, "overlap") == 0 || strcmp(problem, "idle_exclusion") == 0;
}

/* Together with c->detail. */
static void tell(struct checker *c, const struct problem *fault)
{
    struct buf *b = &c->out->buf;
    bool remark = is_remark(fault->problem);
    buf_addc(b, '{');
    put_text(b, "file", span_of(c->book->file));
    put_text(b, "place", span_of(fault->place));
    put_text(b, "field", c->all->into);
    put_text(b, "code", fault->code);
    put_text(b, "term", fault->term);
    put_text(b, "problem", span_of(fault->problem));
    put_text(b, "detail", buf_span(&c->detail));
    put_text(b, "severity", remark ? SPAN("remark") : SPAN("fault"));
    buf_addc(b, '}');
    output_line(c->out);
    c->found.remarks += remark;
    c->found.faults += !remark;
}

static void tell_term(struct checker *c, const struct codebook_term *t, const char *problem)
{
    struct problem fault = {t->place, problem, c->all->codes[t->code].code, t->text};
    tell(c, &fault);
}

/* "'SQL' of 'sql' (book.csv:7)" at the end of the detail. */
static void name_term(struct checker *c, const struct codebook_term *t)
{
    buf_addf(&c->detail, "%s of %s (%s)", quote(t->text), quote(c->all->codes[t->code].code),
             t->place);
}

/* ---- patterns ---- */

/* The terms are copied only if there is one to drop: most codebooks have none. */
static void drop_bad_patterns(struct checker *c, struct arena *a)
{
    struct codebook_term *kept = NULL;
    size_t count = 0;
    for (size_t i = 0; i < c->all->term_count; i++) {
        const struct codebook_term *t = &c->all->terms[i];
        if (t->match == CODEBOOK_REGEX && !phrases_try_pattern(t->text, &c->detail)) {
            tell_term(c, t, "bad_pattern");
            if (!kept) {
                kept = arena_array(a, c->all->term_count, sizeof *kept);
                memcpy(kept, c->all->terms, i * sizeof *kept);
            }
            continue;
        }
        if (kept)
            kept[count] = *t;
        count++;
    }
    c->field = *c->all;
    c->field.term_count = count;
    if (kept)
        c->field.terms = kept;
}

/* The text that a pattern of nothing but letters, signs and \b stands for; false if it says more
 * than that. */
static bool literal_of(struct span pattern, struct buf *literal)
{
    buf_clear(literal);
    for (size_t i = 0; i < pattern.len; i++) {
        char c = pattern.at[i];
        if (c == '\\' && ++i < pattern.len) {
            c = pattern.at[i];
            bool letter = (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
            if (letter && c != 'b')
                return false;
            if (c == 'b')
                continue;
        } else if (strchr("^$.|?*+()[]{}\\", c)) {
            return false;
        }
        buf_addc(literal, c);
    }
    return literal->len > 0;
}

/* The field as if TERM were all of it. */
static struct codebook_field field_of(const struct checker *c, struct codebook_term *term)
{
    return (struct codebook_field){.terms = term,
                                   .term_count = 1,
                                   .codes = c->field.codes,
                                   .code_count = c->field.code_count,
                                   .some_default_cues = true,
                                   .place = c->field.place};
}

/* "\bC#\b" asks for a letter behind the sign, so it finds no "C#". */
static void check_literal(struct checker *c, const struct codebook_term *t)
{
    struct codebook_term alone = *t;
    struct codebook_field field = field_of(c, &alone);
    struct mentions m;
    if (!literal_of(t->text, &c->sample))
        return;
    memset(alone.rules, 0, sizeof alone.rules);
    mentions_init(&m, &field);
    mentions_find(&m, buf_span(&c->sample));
    bool found = m.count > 0;
    mentions_free(&m);
    if (found)
        return;
    buf_clear(&c->detail);
    buf_addf(&c->detail, "finds no %s: '\\b' beside a sign asks for a letter on its other side",
             quote(buf_span(&c->sample)));
    tell_term(c, t, "dead_pattern");
}

/* Patterns have no words to try them with, so only twins are seen. */
static void check_patterns(struct checker *c)
{
    struct intern texts = {0};
    size_t *first = calloc(c->field.term_count + 1, sizeof *first);
    if (!first)
        fail_memory();
    for (size_t i = 0; i < c->field.term_count; i++) {
        const struct codebook_term *t = &c->field.terms[i];
        if (t->match != CODEBOOK_REGEX)
            continue;
        check_literal(c, t);
        size_t known = texts.count, at = intern_add_borrowed(&texts, t->text);
        if (at == known) {
            first[at] = i;
            continue;
        }
        const struct codebook_term *twin = &c->field.terms[first[at]];
        if (!codebook_same_manner(t, twin))
            continue;
        buf_clear(&c->detail);
        buf_add(&c->detail, SPAN("the same pattern as "));
        name_term(c, twin);
        tell_term(c, t, twin->code == t->code ? "never_wins" : "overlap");
    }
    free(first);
    intern_free(&texts);
}

/* ---- what becomes of a term ---- */

static const struct mention *mention_of(const struct checker *c, size_t term)
{
    for (size_t i = 0; i < c->matcher.count; i++)
        if (c->matcher.mentions[i].term == term)
            return &c->matcher.mentions[i];
    return NULL;
}

/* Other codes that the same words give as well. */
static void tell_overlaps(struct checker *c, const struct mention *mention)
{
    const struct codebook_term *t = &c->field.terms[mention->term];
    for (size_t i = 0; i < c->matcher.count; i++) {
        const struct mention *other = &c->matcher.mentions[i];
        const struct codebook_term *u = &c->field.terms[other->term];
        if (!mention_counts(other) || u->code == t->code || other->start != mention->start ||
            other->end != mention->end)
            continue;
        bool later = other->term < mention->term;
        uint32_t pair[2] = {later ? other->term : mention->term,
                            later ? mention->term : other->term};
        size_t known = c->pairs.count;
        if (intern_add(&c->pairs, (struct span){(const char *)pair, sizeof pair}) < known)
            continue;
        buf_clear(&c->detail);
        buf_addf(&c->detail, "%s gives two codes: also ", quote(buf_span(&c->probe)));
        name_term(c, later ? u : t);
        tell_term(c, later ? t : u, "overlap");
    }
}

static const struct codebook_term *longest(const struct checker *c)
{
    const struct mention *best = c->matcher.mentions;
    for (size_t i = 1; i < c->matcher.count; i++)
        if (c->matcher.mentions[i].end - c->matcher.mentions[i].start > best->end - best->start)
            best = &c->matcher.mentions[i];
    return &c->field.terms[best->term];
}

/* Why the term is not coded in the answer that was searched last. */
static void explain(struct checker *c, const struct mention *mention)
{
    const char *const *rules = CODEBOOK_RULE_NAMES;
    buf_clear(&c->detail);
    if (mention && mention->is_void && mention->by.at) {
        buf_addf(&c->detail, "its own '%s' %s always holds", rules[mention->rule],
                 quote(mention->by));
    } else if (mention && mention->is_void) {
        buf_addf(&c->detail, "its '%s' never holds", rules[mention->rule]);
    } else if (mention) {
        const struct cue *cue = &c->matcher.cues.at[mention->cue];
        buf_addf(&c->detail, "the cue %s (%s) always holds for it", quote(cue->phrase),
                 quote(cue->status));
    } else if (c->matcher.count > 0) {
        buf_add(&c->detail, SPAN("its words are always taken by "));
        name_term(c, longest(c));
    } else {
        buf_add(&c->detail, SPAN("it is not found even in its own words"));
    }
}

static void check_term(struct checker *c, size_t term)
{
    const struct codebook_term *t = &c->field.terms[term];
    if (t->match == CODEBOOK_REGEX)
        return;
    probes_make(&c->probes, t);
    for (size_t at = 0; at < c->probes.all.len; at += c->probe.len + 1) {
        buf_clear(&c->probe);
        buf_add(&c->probe, span_of(c->probes.all.at + at));
        mentions_find(&c->matcher, buf_span(&c->probe));
        const struct mention *mention = mention_of(c, term);
        if (mention && mention_counts(mention)) {
            tell_overlaps(c, mention);
            return;
        }
        if (at == 0)
            explain(c, mention);
    }
    tell_term(c, t, "never_wins");
}

/* ---- exclusions ---- */

/* Can PHRASE make a mention of the term void? Tried alone, and with every part of
 * it behind or before the term. */
static bool can_occur(struct checker *c, struct mentions *m, struct span phrase)
{
    struct span sample = buf_span(&c->sample);
    prose_split(&c->prose, phrase);
    for (size_t i = 0; i <= 2 * c->prose.main + 2; i++) {
        size_t words = i / 2;
        size_t cut = words < c->prose.main ? c->prose.at[words].start : phrase.len;
        buf_clear(&c->probe);
        if (words > c->prose.main) {
            buf_add(&c->probe, phrase);
        } else if (i % 2 == 0) {
            buf_add(&c->probe, sample);
            buf_addc(&c->probe, ' ');
            buf_add(&c->probe, span_from(phrase.at + cut, span_end(phrase)));
        } else {
            buf_add(&c->probe, (struct span){phrase.at, cut});
            buf_addc(&c->probe, ' ');
            buf_add(&c->probe, sample);
        }
        mentions_find(m, buf_span(&c->probe));
        for (size_t j = 0; j < m->count; j++)
            if (m->mentions[j].is_void)
                return true;
    }
    return false;
}

/* A matcher of the term alone, with one of its exclusions. */
static void check_exclusion(struct checker *c, const struct codebook_term *t, struct span phrase)
{
    struct codebook_term alone = *t;
    struct codebook_field field = field_of(c, &alone);
    struct mentions m;
    memset(alone.rules, 0, sizeof alone.rules);
    alone.rules[CODEBOOK_EXCLUDE] = (struct codebook_phrases){.at = &phrase, .count = 1};
    mentions_init(&m, &field);
    bool occurs = false;
    for (int form = 0; form < (t->match == CODEBOOK_WILDCARD ? 2 : 1) && !occurs; form++) {
        probes_sample(&c->sample, t, form == 1);
        occurs = can_occur(c, &m, phrase);
    }
    mentions_free(&m);
    if (occurs)
        return;
    buf_clear(&c->detail);
    buf_addf(&c->detail, "no mention can be part of the phrase %s", quote(phrase));
    tell_term(c, t, "idle_exclusion");
}

/* ---- codes ---- */

/* Codes, and labels, that are the same but for case, spaces and hyphens. */
static void check_codes(struct checker *c, bool labels)
{
    struct intern texts = {0};
    size_t *first = calloc(c->all->code_count + 1, sizeof *first);
    if (!first)
        fail_memory();
    for (size_t i = 0; i < c->all->code_count; i++) {
        const struct codebook_code *code = &c->all->codes[i];
        struct span text = labels ? code->label : code->code;
        prose_split(&c->prose, text);
        if (c->prose.main == 0)
            continue;
        size_t known = texts.count, at = intern_add(&texts, buf_span(&c->prose.text));
        if (at == known) {
            first[at] = i;
            continue;
        }
        struct span twin = c->all->codes[first[at]].code;
        buf_clear(&c->detail);
        buf_addf(&c->detail,
                 labels ? "has the label %s as %s has (%s)" : "%s and %s are alike (%s)",
                 quote(text), quote(twin), c->all->codes[first[at]].place);
        struct problem fault = {code->place, "duplicate_code", code->code, {0}};
        tell(c, &fault);
    }
    free(first);
    intern_free(&texts);
}

/* ---- the whole ---- */

static void check_field(struct checker *c)
{
    struct arena arena = {0};
    drop_bad_patterns(c, &arena);
    check_codes(c, false);
    check_codes(c, true);
    check_patterns(c);
    mentions_init(&c->matcher, &c->field);
    for (size_t i = 0; i < c->field.term_count; i++) {
        const struct codebook_term *t = &c->field.terms[i];
        check_term(c, i);
        for (size_t j = 0; t->match != CODEBOOK_REGEX && j < t->rules[CODEBOOK_EXCLUDE].count; j++)
            check_exclusion(c, t, t->rules[CODEBOOK_EXCLUDE].at[j]);
    }
    mentions_free(&c->matcher);
    intern_free(&c->pairs);
    c->pairs = (struct intern){0};
    arena_free(&arena);
}

struct codebook_found codebook_check(const struct codebook *b, struct output *out)
{
    struct checker c = {.book = b, .out = out};
    for (size_t i = 0; i < b->count; i++) {
        c.all = &b->fields[i];
        check_field(&c);
    }
    buf_free(&c.sample);
    buf_free(&c.probe);
    probes_free(&c.probes);
    buf_free(&c.detail);
    prose_free(&c.prose);
    return c.found;
}
