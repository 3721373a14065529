/* dossier -- all that a body sent, put together. */
#include "replies/dossier.h"

#include <ctype.h>
#include <stdlib.h>

/* ---- gathering ---- */

struct dossier *dossiers_of(struct dossiers *d, struct span reply)
{
    size_t known = d->replies.count, at = intern_add(&d->replies, reply);
    d->at = array_grow(d->at, &d->cap, at + 1, sizeof *d->at);
    if (at == known)
        d->at[at] = (struct dossier){.reply = d->replies.keys[at]};
    return &d->at[at];
}

static void add_finding(struct dossiers *d, struct dossier_finding **list, size_t *count,
                        size_t *cap, const struct finding *it, uint32_t source)
{
    *list = array_grow(*list, cap, *count + 1, sizeof **list);
    struct dossier_finding *kept = &(*list)[(*count)++];
    *kept = (struct dossier_finding){*it, source};
    kept->finding.text = arena_copy(&d->arena, it->text); /* reasons are static */
}

void dossiers_add(struct dossiers *d, struct dossier *it, const struct dossier_source *source,
                  const struct finder *f)
{
    uint32_t at = (uint32_t)it->source_count;
    it->sources = array_grow(it->sources, &it->sources_cap, at + (size_t)1, sizeof *it->sources);
    struct dossier_source *kept = &it->sources[it->source_count++];
    *kept = *source;
    kept->file = arena_copy(&d->arena, source->file);
    kept->part = arena_copy(&d->arena, source->part);
    kept->date = arena_copy(&d->arena, source->date);
    if (source->reason.at)
        kept->reason = arena_copy(&d->arena, source->reason);
    if (!f)
        return;
    size_t count;
    const struct finding *found = finder_findings(f, &count);
    for (size_t i = 0; i < count; i++)
        add_finding(d, &it->findings, &it->finding_count, &it->findings_cap, &found[i], at);
    found = finder_unplaced(f, &count);
    for (size_t i = 0; i < count; i++)
        add_finding(d, &it->unplaced, &it->unplaced_count, &it->unplaced_cap, &found[i], at);
}

/* ---- comparing ---- */

/* The next letter or digit of TEXT from *AT on, in lower case; a space between words; 0 at the end.
 */
static int next_sign(struct span text, size_t *at, bool *between)
{
    bool gap = false;
    while (*at < text.len) {
        unsigned char c = (unsigned char)text.at[*at];
        if (isalnum(c) || c >= 0x80) {
            if (gap && *between) {
                *between = false;
                return ' ';
            }
            *between = true;
            ++*at;
            return tolower(c);
        }
        gap = true;
        ++*at;
    }
    return 0;
}

/* Whether the words of A are those with which B begins. */
static bool begins_alike(struct span a, struct span b)
{
    size_t i = 0, k = 0;
    bool x = false, y = false;
    for (;;) {
        int s = next_sign(a, &i, &x), t = next_sign(b, &k, &y);
        if (s == 0)
            return t == 0 || t == ' ' || k >= b.len || !isalnum((unsigned char)b.at[k - 1]);
        if (s != t)
            return false;
    }
}

/* Whether two findings say the same: the same reason, or the same words, be it that one says more.
 */
static bool agree(const struct finding *a, const struct finding *b)
{
    if (a->reason.at || b->reason.at)
        return a->reason.at && b->reason.at && span_eq(a->reason, b->reason);
    if (a->refers != b->refers)
        return false;
    return begins_alike(a->text, b->text) || begins_alike(b->text, a->text);
}

/* ---- by date ---- */

/* Documents without a date belong to what came before them. */
static void order_sources(struct dossiers *d, const struct dossier *it, uint32_t **order)
{
    *order = arena_array(&d->arena, it->source_count + 1, sizeof **order);
    struct span *dates = arena_array(&d->arena, it->source_count + 1, sizeof *dates);
    struct span last = {"", 0};
    for (size_t i = 0; i < it->source_count; i++) {
        if (it->sources[i].date.len)
            last = it->sources[i].date;
        dates[i] = last;
        size_t k = i; /* a reply has few documents */
        while (k > 0 && span_order(dates[(*order)[k - 1]], last) > 0) {
            (*order)[k] = (*order)[k - 1];
            k--;
        }
        (*order)[k] = (uint32_t)i;
    }
}

/* Whether document B came after A: by date, in another message. */
static bool came_later(const struct dossier *it, uint32_t a, uint32_t b)
{
    const struct dossier_source *x = &it->sources[a], *y = &it->sources[b];
    return x->date.len && y->date.len && span_order(y->date, x->date) > 0;
}

/* Whether THIS, which comes later, takes the place of what holds. */
static bool replaces(const struct dossier *it, const struct dossier_finding *holds,
                     const struct dossier_finding *this)
{
    const struct finding *a = &holds->finding, *b = &this->finding;
    if (b->corrects)
        return true;
    if (b->how == FINDING_LETTER && (!a->reason.at || a->how != FINDING_LETTER))
        return false; /* what is said of the whole takes no single answer back */
    if (a->how == FINDING_LETTER)
        return true;
    if (!came_later(it, holds->source, this->source))
        return b->score > a->score;
    return b->how != FINDING_ORDER || a->how == FINDING_ORDER;
}

static void meet(const struct dossier *it, struct dossier_answer *answer,
                 struct dossier_finding *this)
{
    struct dossier_finding *holds = answer->holds;
    if (!holds) {
        answer->holds = this;
        return;
    }
    bool takes = replaces(it, holds, this), same = agree(&holds->finding, &this->finding);
    bool letters = holds->finding.how == FINDING_LETTER || this->finding.how == FINDING_LETTER;
    bool completes = holds->finding.reason.at && !this->finding.reason.at;
    if (same) {
        if (takes && (!came_later(it, holds->source, this->source) ||
                      this->finding.text.len > holds->finding.text.len))
            answer->holds = this; /* says the same and more */
        return;
    }
    if (takes)
        answer->holds = this;
    if (letters || (completes && takes && came_later(it, holds->source, this->source)))
        return;
    answer->was = takes ? holds : this;
    answer->clash = takes && (this->finding.corrects || came_later(it, holds->source, this->source))
                        ? CLASH_CORRECTION
                        : CLASH_CONFLICT;
}

/* ---- the whole ---- */

enum dossier_state dossier_state_of(struct span reason)
{
    if (!reason.at || span_eq(reason, SPAN("not_applicable")))
        return STATE_ANSWERED;
    if (span_eq(reason, SPAN("not_held")))
        return STATE_NOT_HELD;
    return span_starts(reason, SPAN("refused")) || span_eq(reason, SPAN("ncnd")) ? STATE_REFUSED
                                                                                 : STATE_OPEN;
}

enum dossier_status dossier_status_of(const enum dossier_state *states, size_t count,
                                      enum dossier_status otherwise)
{
    size_t counts[STATE_OPEN + 1] = {0};
    for (size_t i = 0; i < count; i++)
        counts[states[i]]++;
    if (counts[STATE_OPEN] == count)
        return otherwise;
    if (counts[STATE_ANSWERED])
        return counts[STATE_ANSWERED] == count ? DOSSIER_ANSWERED : DOSSIER_PARTLY;
    return counts[STATE_REFUSED] ? DOSSIER_REFUSED : DOSSIER_NOT_HELD;
}

const struct dossier_finding *dossier_counts(const struct dossier *it, size_t question,
                                             size_t questions)
{
    const struct dossier_finding *at = it->answers[question].holds;
    for (size_t steps = 0; at && at->finding.refers != QUESTIONS_NONE; steps++) {
        const struct dossier_finding *next =
            steps < questions ? it->answers[at->finding.refers].holds : NULL;
        if (!next)
            return at;
        at = next;
    }
    return at;
}

/* What the letters are that hold no answer; the last that says so. */
static enum dossier_status kind_of(const struct dossier *it, const uint32_t *order)
{
    enum dossier_status status = DOSSIER_UNKNOWN;
    for (size_t i = 0; i < it->source_count; i++) {
        const struct dossier_source *s = &it->sources[order[i]];
        if (!s->reason.at && s->kind != LETTER_REPLY)
            status = s->kind == LETTER_HOLDING ? DOSSIER_HOLDING : DOSSIER_CLARIFICATION;
    }
    return status;
}

/* The date on which the reply came: of the first document that says something of a question, else
 * of the last one. */
static struct span received(const struct dossier *it, const uint32_t *order, const bool *tells)
{
    struct span date = {"", 0};
    for (size_t i = 0; i < it->source_count; i++) {
        const struct dossier_source *s = &it->sources[order[i]];
        if (s->date.len)
            date = s->date;
        if (tells[order[i]] && date.len)
            break;
    }
    return date.len > 10 ? (struct span){date.at, 10} : date;
}

void dossier_settle(struct dossiers *d, struct dossier *it, size_t questions, double at_least)
{
    uint32_t *order;
    bool *tells = arena_array(&d->arena, it->source_count + 1, sizeof *tells);
    enum dossier_state *states = arena_array(&d->arena, questions + 1, sizeof *states);
    it->answers = arena_array(&d->arena, questions + 1, sizeof *it->answers);
    order_sources(d, it, &order);
    for (size_t i = 0; i < it->source_count; i++)
        for (size_t k = 0; k < it->finding_count; k++) {
            struct dossier_finding *this = &it->findings[k];
            if (this->source != order[i] || (double)this->finding.score < at_least)
                continue;
            meet(it, &it->answers[this->finding.question], this);
            tells[order[i]] = true;
        }
    for (size_t q = 0; q < questions; q++) {
        const struct dossier_finding *counts = dossier_counts(it, q, questions);
        states[q] = counts ? dossier_state_of(counts->finding.reason) : STATE_OPEN;
    }
    for (size_t i = 0; i < it->source_count; i++)
        if (it->sources[i].reason.at)
            it->unreadable = it->sources[i].reason;
    it->status = dossier_status_of(states, questions, kind_of(it, order));
    it->received = received(it, order, tells);
}

const char *dossier_status_name(enum dossier_status status)
{
    static const char *const names[] = {
        [DOSSIER_ANSWERED] = "answered", [DOSSIER_PARTLY] = "partly",
        [DOSSIER_REFUSED] = "refused",   [DOSSIER_NOT_HELD] = "not_held",
        [DOSSIER_HOLDING] = "holding",   [DOSSIER_CLARIFICATION] = "clarification",
        [DOSSIER_UNKNOWN] = NULL};
    return names[status];
}

void dossiers_free(struct dossiers *d)
{
    for (size_t i = 0; i < d->replies.count; i++) {
        free(d->at[i].sources);
        free(d->at[i].findings);
        free(d->at[i].unplaced);
    }
    free(d->at);
    intern_free(&d->replies);
    arena_free(&d->arena);
    *d = (struct dossiers){0};
}
