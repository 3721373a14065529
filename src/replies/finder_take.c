/* finder_take -- what becomes of an answer that was found: a finding, if it says something and none
 * better is there. */
#include <ctype.h>

#include "finder_parts.h"
#include "ticks.h"

#define LONGEST_WORD 24 /* of those that a sentence may deny */

/* "n't" at byte I of TEXT, behind a letter and in front of none. */
static bool is_contraction(struct span text, size_t i)
{
    return i > 0 && i + 3 <= text.len && text.at[i] == 'n' && text.at[i + 1] == '\'' &&
           text.at[i + 2] == 't' && isalpha((unsigned char)text.at[i - 1]) &&
           (i + 3 == text.len || !isalnum((unsigned char)text.at[i + 3]));
}

/* What the verb that is shortened at byte I of TEXT is in full, "we'll" and "you'd"; an empty span
 * where none is. */
static struct span shortened(struct span text, size_t i)
{
    static const struct span verbs[][2] = {{SPAN_ROW("'ll "), SPAN_ROW(" will")},
                                           {SPAN_ROW("'d "), SPAN_ROW(" would")},
                                           {SPAN_ROW("'ve "), SPAN_ROW(" have")},
                                           {SPAN_ROW("'re "), SPAN_ROW(" are")}};
    for (size_t k = 0; k < sizeof verbs / sizeof *verbs && text.at[i] == '\''; k++)
        if (span_starts((struct span){text.at + i, text.len - i}, verbs[k][0]))
            return verbs[k][1];
    return (struct span){0};
}

struct span finder_flat(struct finder *f, struct span text)
{
    buf_clear(&f->flat);
    for (size_t i = 0; i < text.len; i++) {
        if (is_contraction(text, i)) { /* "we don't hold it" is read as "do not" is */
            buf_add(&f->flat, SPAN(" not"));
            i += 2;
            continue;
        }
        struct span verb = shortened(text, i);
        if (verb.len) {
            buf_add(&f->flat, verb);
            while (text.at[i + 1] != ' ')
                i++;
            continue;
        }
        char c = text.at[i] == '\n' || text.at[i] == '\t' ? ' ' : text.at[i];
        if (c != ' ' || (f->flat.len && f->flat.at[f->flat.len - 1] != ' '))
            buf_addc(&f->flat, c);
    }
    return (struct span){f->flat.at ? f->flat.at : "", f->flat.len};
}

static void place(const struct finder *f, size_t at, struct finding *it)
{
    const struct paper_line *line = &f->paper.lines[paper_line_at(&f->paper, at)];
    it->page = line->page;
    it->line = line->line;
}

static bool better(const struct finder *f, const struct candidate *c, float score)
{
    const struct finding *known = &f->found[c->question];
    if (known->question == QUESTIONS_NONE || score > known->score + 0.005F)
        return true;
    return score > known->score - 0.005F && c->list > f->lists[c->question];
}

/* Whether QUESTION itself is about what is exempt or refused, so that the word alone refuses
 * nothing. */
static bool asks_of_refusals(struct finder *f, uint32_t question)
{
    static const struct span words[] = {SPAN_ROW("exempt"),   SPAN_ROW("exempted"),
                                        SPAN_ROW("refused"),  SPAN_ROW("refuse"),
                                        SPAN_ROW("withheld"), SPAN_ROW("declined")};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        uint32_t stem = questions_stem(f->questions, words[i]);
        if (stem != QUESTIONS_NONE && f->questions->at[question].has[stem])
            return true;
    }
    return false;
}

/* Whether QUESTION has WORD: "Is attendance recorded?" is answered by "It is not recorded". */
static bool asks_with(struct finder *f, uint32_t question, struct span word)
{
    char lower[LONGEST_WORD];
    if (word.len > sizeof lower)
        return false;
    for (size_t i = 0; i < word.len; i++)
        lower[i] = (char)tolower((unsigned char)word.at[i]);
    uint32_t stem = questions_stem(f->questions, (struct span){lower, word.len});
    return stem != QUESTIONS_NONE && f->questions->at[question].has[stem];
}

/* The verb of recording that FLAT says is not done: "is not recorded"; empty if none. */
static struct span denied_recording(struct span flat)
{
    static const struct span verbs[] = {SPAN_ROW("not recorded"), SPAN_ROW("not record "),
                                        SPAN_ROW("not monitored"), SPAN_ROW("not captured"),
                                        SPAN_ROW("not collected")};
    for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++)
        if (memmem(flat.at, flat.len, verbs[i].at, verbs[i].len))
            return (struct span){verbs[i].at + 4, strcspn(verbs[i].at + 4, " ")};
    return (struct span){0};
}

/* The reason that FLAT gives, which is of QUESTION alone. */
static struct span own_reason(struct finder *f, uint32_t question, struct span flat)
{
    struct span reason = verdict_reason(&f->verdict, flat), denied = f->verdict.denied;
    if (span_eq(reason, SPAN("not_held")) && denied.len == 0) /* in a set phrase */
        denied = denied_recording(flat);
    return denied.len && asks_with(f, question, denied) ? (struct span){0} : reason;
}

void finder_take(struct finder *f, const struct candidate *c, struct span text)
{
    float score = c->score * f->trust;
    if (!better(f, c, score))
        return;
    buf_clear(&f->ticks);
    if (ticks_read(text, &f->ticks))
        text = (struct span){f->ticks.at ? f->ticks.at : "", f->ticks.len};
    text = arena_copy(&f->arena, text);
    struct finding it = {.question = c->question,
                         .how = c->how,
                         .score = score,
                         .text = text,
                         .shared = c->shared,
                         .corrects = c->corrects};
    struct span flat = finder_flat(f, text);
    it.refers = references_other(f->questions, flat, c->question);
    if (c->reason.at)
        it.reason = c->reason;
    else if (c->how == FINDING_LETTER)
        it.reason = verdict_of_letter(&f->verdict, flat);
    else if (it.refers == QUESTIONS_NONE)
        it.reason = own_reason(f, c->question, flat);
    if (span_eq(it.reason, SPAN("refused")) && asks_of_refusals(f, c->question))
        it.reason = (struct span){0};
    bool asks = flat.len && flat.at[flat.len - 1] == '?';
    if (span_eq(it.reason, SPAN("not_answered")) || asks || verdict_asks_back(flat))
        return;
    place(f, c->at, &it);
    f->found[c->question] = it;
    f->lists[c->question] = c->list;
    f->starts[c->question] = c->at;
}

void finder_take_all(struct finder *f, const struct references *r, size_t at, float score,
                     bool corrects, struct span reason)
{
    for (size_t i = 0; i < r->count; i++)
        finder_take(f,
                    &(struct candidate){.question = r->at[i],
                                        .how = FINDING_NUMBER,
                                        .score = score,
                                        .at = at,
                                        .shared = r->count > 1,
                                        .corrects = corrects,
                                        .reason = reason},
                    buf_span(&f->text));
}

void finder_leave(struct finder *f, uint32_t nearest, float score, size_t at, struct span text)
{
    if (text.len == 0)
        return;
    f->unplaced =
        array_grow(f->unplaced, &f->unplaced_cap, f->unplaced_count + 1, sizeof *f->unplaced);
    struct finding it = {.question = nearest,
                         .how = FINDING_ORDER,
                         .score = score * f->trust,
                         .text = arena_copy(&f->arena, text),
                         .refers = QUESTIONS_NONE};
    place(f, at, &it);
    f->unplaced[f->unplaced_count++] = it;
}
