/* telling -- a reply as a record, and the lists beside it. */
#include "replies/telling.h"

#include <math.h>
#include <stdlib.h>

#include "stream/emit.h"

/* ---- evidence ---- */

static void emit_place(struct buf *b, const struct dossier *it, const struct dossier_finding *at)
{
    const struct dossier_source *s = &it->sources[at->source];
    emit_string_field(b, SPAN("file"), s->file);
    if (s->part.len)
        emit_string_field(b, SPAN("part"), s->part);
    emit_count_field(b, SPAN("page"), at->finding.page);
    emit_count_field(b, SPAN("line"), at->finding.line);
    emit_string_field(b, SPAN("how"), span_of(finding_how_name(at->finding.how)));
    emit_number_field(b, SPAN("score"), round((double)at->finding.score * 100) / 100);
}

static void emit_was(struct buf *b, const struct dossier *it, const struct dossier_finding *was)
{
    const struct dossier_source *s = &it->sources[was->source];
    buf_addc(b, '{');
    emit_string_field(b, SPAN("text"), was->finding.text);
    if (was->finding.reason.at)
        emit_string_field(b, SPAN("reason"), was->finding.reason);
    emit_string_field(b, SPAN("file"), s->file);
    if (s->part.len)
        emit_string_field(b, SPAN("part"), s->part);
    if (s->date.len)
        emit_string_field(b, SPAN("date"), s->date);
    buf_addc(b, '}');
}

static void emit_flag(struct buf *b, struct span name)
{
    emit_name(b, name);
    emit_bool(b, true);
}

static void emit_evidence(struct telling *t, const struct dossier *it, size_t question,
                          const struct dossier_finding *counts)
{
    struct buf *b = &t->evidence;
    const struct dossier_answer *answer = &it->answers[question];
    emit_name(b, t->questions->at[question].name);
    buf_addc(b, '{');
    emit_place(b, it, answer->holds);
    if (answer->holds->finding.shared)
        emit_flag(b, SPAN("shared"));
    if (counts != answer->holds)
        emit_string_field(b, SPAN("see"), t->questions->at[counts->finding.question].name);
    if (counts != answer->holds || counts->finding.reason.at)
        emit_string_field(b, SPAN("text"), answer->holds->finding.text);
    if (answer->clash == CLASH_CORRECTION || answer->clash == CLASH_CONFLICT) {
        emit_name(b, answer->clash == CLASH_CORRECTION ? SPAN("corrects") : SPAN("conflicts"));
        emit_was(b, it, answer->was);
    }
    buf_addc(b, '}');
}

static void emit_ruling(struct telling *t, size_t question, const struct decision *r)
{
    struct buf *b = &t->evidence;
    emit_name(b, t->questions->at[question].name);
    buf_addc(b, '{');
    emit_string_field(b, SPAN("how"), SPAN("decided"));
    if (decision_coder(r).len)
        emit_string_field(b, SPAN("coder"), decision_coder(r));
    if (decision_date(r).len)
        emit_string_field(b, SPAN("date"), decision_date(r));
    buf_addc(b, '}');
}

/* ---- one field ---- */

static void emit_missing(struct buf *missing, struct buf *b, struct span field, struct span reason)
{
    emit_null(b);
    emit_string_field(missing, field, reason);
}

static enum dossier_state missing_field(struct telling *t, struct buf *b, size_t question,
                                        struct span reason)
{
    emit_missing(&t->missing_text, b, t->questions->at[question].name, reason);
    t->missing++;
    return dossier_state_of(reason);
}

static enum dossier_state ruled_field(struct telling *t, struct buf *b, size_t question,
                                      const struct decision *r)
{
    emit_ruling(t, question, r);
    t->ruled++;
    if (decision_value(r).len == 0)
        return missing_field(t, b, question, SPAN("not_answered"));
    if (decision_missing(r).at)
        return missing_field(t, b, question, decision_missing(r));
    emit_string(b, decision_value(r));
    t->answered++;
    t->met[question] = true;
    return STATE_ANSWERED;
}

/* What a person may have seen of a question: what counts, what stands against it, what was
 * found and not placed. */
static struct decision *ruling_of(struct telling *t, const struct dossier *it, size_t question)
{
    if (!t->decisions)
        return NULL;
    struct span *texts = NULL;
    size_t count = 0, cap = 0;
    texts = array_grow(texts, &cap, it->finding_count + it->unplaced_count + 1, sizeof *texts);
    for (size_t i = 0; i < it->finding_count; i++)
        if (it->findings[i].finding.question == question)
            texts[count++] = it->findings[i].finding.text;
    for (size_t i = 0; i < it->unplaced_count; i++)
        texts[count++] = it->unplaced[i].finding.text;
    struct decision *r =
        decisions_fitting(t->decisions,
                          decisions_of_record(t->decisions, SPAN("reply"), it->reply,
                                              t->questions->at[question].name),
                          texts, count);
    free(texts);
    return r;
}

/* Marks whether R says anything else than what was found. */
static void mark_ruling(struct decision *r, const struct dossier_finding *counts)
{
    struct span value = decision_value(r), had = {0};
    if (counts)
        had = counts->finding.reason.at ? counts->finding.reason : counts->finding.text;
    if (decision_missing(r).at && (!counts || counts->finding.reason.at))
        value = decision_missing(r);
    r->state = decisions_same_text(value, had) ? DECISION_CONFIRMED : DECISION_CHANGED;
}

static enum dossier_state emit_field(struct telling *t, const struct dossier *it, size_t question,
                                     struct buf *b)
{
    emit_name(b, t->questions->at[question].name);
    struct decision *r = ruling_of(t, it, question);
    const struct dossier_finding *counts = dossier_counts(it, question, t->questions->count);
    if (r) {
        mark_ruling(r, counts);
        return ruled_field(t, b, question, r);
    }
    if (!counts)
        return missing_field(t, b, question,
                             it->unreadable.len ? it->unreadable : SPAN("not_answered"));
    t->met[question] = true;
    emit_evidence(t, it, question, counts);
    if (counts->finding.reason.at)
        return missing_field(t, b, question, counts->finding.reason);
    emit_string(b, counts->finding.text);
    t->answered++;
    return STATE_ANSWERED;
}

/* ---- the record ---- */

static void emit_fields(struct telling *t, const struct dossier *it, struct buf *fields,
                        enum dossier_status *status)
{
    size_t count = t->questions->count;
    enum dossier_state *states = NULL;
    size_t cap = 0;
    states = array_grow(states, &cap, count + 1, sizeof *states);
    for (size_t q = 0; q < count; q++)
        states[q] = emit_field(t, it, q, fields);
    *status = dossier_status_of(states, count, it->status);
    free(states);
}

/* What stands before the questions, and why it is missing where it is. */
static void emit_head(struct telling *t, const struct dossier *it, enum dossier_status status,
                      struct buf *b, struct buf *missing)
{
    emit_string_field(b, SPAN("reply"), it->reply);
    if (t->key)
        emit_string_field(b, *t->key, it->reply);
    emit_name(b, SPAN("received"));
    if (it->received.len)
        emit_string(b, it->received);
    else
        emit_missing(missing, b, SPAN("received"), SPAN("no_date"));
    emit_name(b, SPAN("status"));
    if (dossier_status_name(status))
        emit_string(b, span_of(dossier_status_name(status)));
    else
        emit_missing(missing, b, SPAN("status"),
                     it->unreadable.len ? it->unreadable : SPAN("not_answered"));
    t->statuses[status]++;
}

/* The members of FROM, an object that was begun and not ended, at the end of B. */
static void add_members(struct buf *b, const struct buf *from)
{
    if (from->len < 2)
        return;
    emit_item(b);
    buf_add(b, (struct span){from->at + 1, from->len - 1});
}

enum dossier_status telling_record(struct telling *t, const struct dossier *it, struct buf *b)
{
    struct buf fields = {0}, missing = {0};
    enum dossier_status status;
    buf_clear(&t->missing_text);
    buf_clear(&t->evidence);
    buf_addc(&fields, '{'); /* so that commas come by themselves */
    buf_addc(&missing, '{');
    buf_addc(&t->missing_text, '{');
    buf_addc(&t->evidence, '{');
    emit_fields(t, it, &fields, &status);
    buf_addc(b, '{');
    emit_head(t, it, status, b, &missing);
    add_members(b, &fields);
    add_members(&missing, &t->missing_text);
    if (missing.len > 1) {
        emit_name(b, SPAN("_missing"));
        buf_add(b, buf_span(&missing));
        buf_addc(b, '}');
    }
    emit_name(b, SPAN("_evidence"));
    buf_add(b, buf_span(&t->evidence));
    buf_add(b, SPAN("}}"));
    buf_free(&fields);
    buf_free(&missing);
    return status;
}

/* ---- lists ---- */

static void emit_question(const struct telling *t, struct buf *b, uint32_t question)
{
    emit_name(b, SPAN("field"));
    if (question == QUESTIONS_NONE) {
        emit_null(b);
        return;
    }
    emit_string(b, t->questions->at[question].name);
    emit_string_field(b, SPAN("question"), t->questions->at[question].shown);
}

static void emit_unplaced(const struct telling *t, const struct dossier *it,
                          const struct dossier_finding *at, struct buf *b)
{
    buf_addc(b, '{');
    emit_string_field(b, SPAN("kind"), SPAN("unplaced"));
    emit_string_field(b, SPAN("reply"), it->reply);
    emit_question(t, b, at->finding.question);
    emit_string_field(b, SPAN("text"), at->finding.text);
    if (at->finding.reason.at)
        emit_string_field(b, SPAN("reason"), at->finding.reason);
    emit_place(b, it, at);
    buf_add(b, SPAN("}\n"));
}

size_t telling_unplaced(const struct telling *t, const struct dossier *it, struct buf *b)
{
    size_t count = 0;
    for (size_t i = 0; i < it->finding_count; i++)
        if ((double)it->findings[i].finding.score < t->at_least) {
            emit_unplaced(t, it, &it->findings[i], b);
            count++;
        }
    for (size_t i = 0; i < it->unplaced_count; i++, count++)
        emit_unplaced(t, it, &it->unplaced[i], b);
    return count;
}

size_t telling_clashes(struct telling *t, const struct dossier *it, struct buf *b)
{
    size_t count = 0;
    for (size_t q = 0; q < t->questions->count; q++) {
        const struct dossier_answer *answer = &it->answers[q];
        if (answer->clash == CLASH_NONE)
            continue;
        bool correction = answer->clash == CLASH_CORRECTION;
        *(correction ? &t->corrections : &t->conflicts) += 1;
        count++;
        if (!b)
            continue;
        buf_addc(b, '{');
        emit_string_field(b, SPAN("kind"), correction ? SPAN("correction") : SPAN("conflict"));
        emit_string_field(b, SPAN("reply"), it->reply);
        emit_question(t, b, (uint32_t)q);
        emit_string_field(b, SPAN("text"), answer->holds->finding.text);
        if (answer->holds->finding.reason.at)
            emit_string_field(b, SPAN("reason"), answer->holds->finding.reason);
        emit_place(b, it, answer->holds);
        emit_name(b, SPAN("was"));
        emit_was(b, it, answer->was);
        buf_add(b, SPAN("}\n"));
    }
    return count;
}

void telling_free(struct telling *t)
{
    buf_free(&t->missing_text);
    buf_free(&t->evidence);
    free(t->met);
}
