/* finder -- the answers that one document holds. */
#include "finder_parts.h"

#include <ctype.h>
#include <stdlib.h>
#include <strings.h>

#include "headings.h"
#include "ticks.h"

#define QUOTED_TRUST 0.9F /* of what stands in another's mail below */
#define HEADING_LIKE 0.6F /* of a line behind a number that is the question's heading */
#define HEADING_MAX 40    /* bytes of a heading between answers */
#define NAME_MAX 16       /* bytes of a name in front of answers */
#define NAMED_MIN 3       /* answers that have it */
#define MAY_WORDS 40      /* before a refusal that may say that it is none yet */
#define MIN_SECTIONS 3    /* with headings of their own, at which numbers are not the questions' */
#define LIST_MAX 200      /* events in which a list's first is looked for */
#define SURE 0.5F         /* a sentence that is more than a guess */
#define MIN_NEAREST 0.5F  /* weight of words that make a question the nearest */

/* ---- findings ---- */

/* "n't" at byte I of TEXT, behind a letter and in front of none. */
static bool is_contraction(struct span text, size_t i)
{
    return i > 0 && i + 3 <= text.len && text.at[i] == 'n' && text.at[i + 1] == '\'' &&
           text.at[i + 2] == 't' && isalpha((unsigned char)text.at[i - 1]) &&
           (i + 3 == text.len || !isalnum((unsigned char)text.at[i + 3]));
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
        it.reason = verdict_reason(&f->verdict, flat);
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

/* ---- answers behind questions ---- */

static size_t stop_of(const struct finder *f, size_t i)
{
    const struct events *e = &f->events;
    for (i++; i < e->count; i++)
        if (e->at[i].kind != EVENT_DROPPED)
            return e->at[i].start;
    return f->paper.text.len;
}

static bool has_words(const struct paper *l, size_t start, size_t end)
{
    size_t i = tokens_from(&l->words, start);
    return i < l->words.count && l->words.at[i].start < end;
}

/* Whether the lines below go on as "Site A: 410" does: "Site B: 226". */
static bool is_one_of_lines(const struct paper *l, size_t start, size_t end, size_t stop)
{
    size_t word = tokens_from(&l->words, start), line = paper_line_at(l, start) + 1;
    if (!memchr(l->text.at + start, ':', end + 1 - start) || line >= l->count ||
        l->lines[line].start >= stop)
        return false;
    struct span below = paper_line_text(l, line), first = tokens_lower(&l->words, word);
    return below.len > first.len && strncasecmp(below.at, first.at, first.len) == 0 &&
           memchr(below.at, ':', below.len) != NULL;
}

/* Behind a number: the question's heading ("4a. Number of developers: 12"), if more text follows.
 */
static size_t skip_heading(const struct finder *f, const struct event *it, size_t stop)
{
    const struct paper *l = &f->paper;
    size_t line_end = l->lines[paper_line_at(l, it->end)].end, start = it->end;
    if (line_end > stop)
        line_end = stop;
    if (start >= line_end)
        return start;
    const char *colon = memchr(l->text.at + start, ':', line_end - start);
    size_t heads[2] = {colon ? (size_t)(colon - l->text.at) : line_end, line_end};
    for (size_t i = 0; i < 2; i++) {
        float told, likeness = quotes_likeness(f->questions, l, f->events.questions[it->first],
                                               start, heads[i], &told);
        bool worded = heads[i] > start && isalpha((unsigned char)l->text.at[start]) &&
                      !headings_state(l, start, heads[i]) &&
                      !is_one_of_lines(l, start, heads[i], stop) &&
                      !verdict_asks_back(paper_slice(l, start, heads[i]));
        if (worded && likeness >= HEADING_LIKE && told >= 0.4F && has_words(l, heads[i] + 1, stop))
            return heads[i];
    }
    return start;
}

/* Behind "A4a" in front of the answer to 4a. */
static size_t skip_answer_number(const struct finder *f, const struct event *it, size_t start,
                                 size_t stop)
{
    const struct paper *l = &f->paper;
    size_t at = start, end;
    while (at < stop && strchr(" \n\t-:", l->text.at[at]))
        at++;
    struct label label, own = f->questions->at[f->events.questions[it->first]].label;
    if (at >= stop || !isalpha((unsigned char)l->text.at[at]) || it->count != 1 ||
        !label_read(paper_slice(l, at, stop), 0, &label, &end) || label.count == 0)
        return start;
    bool letter = label.part[0][0] == 'a' && label.part[0][1] == '\0' && own.part[0][0] != 'a';
    struct label rest = {.count = label.count - letter};
    memcpy(rest.part, label.part + letter, rest.count * sizeof *rest.part);
    bool answer = letter || label.word == LABEL_ANSWER;
    return answer && rest.count && rest.count == own.count && label_same(&rest, &own, own.count)
               ? at + end
               : start;
}

/* Whether a line of its own stands between the number and the answer: not a sentence, more below.
 */
static bool has_own_line(const struct finder *f, const struct event *it, size_t stop)
{
    const struct paper *l = &f->paper;
    size_t end = l->lines[paper_line_at(l, it->end)].end;
    return it->end < end && has_words(l, it->end, end) && !strchr(".;,", l->text.at[end - 1]) &&
           has_words(l, end + 1, stop);
}

/* Whether the numbers of a list have their questions' headings behind them: where most do that can
 * be told by their words, the others do too. */
static bool has_headings(const struct finder *f, uint32_t list)
{
    const struct events *e = &f->events;
    size_t own = 0, heads = 0, all = 0;
    for (size_t i = 0; i < e->count; i++) {
        const struct event *it = &e->at[i];
        if (it->kind != EVENT_QUESTION || it->list != list || it->quote != QUESTIONS_NONE ||
            it->empty)
            continue;
        size_t stop = stop_of(f, i);
        all++;
        own += has_own_line(f, it, stop);
        heads += skip_heading(f, it, stop) > it->end;
    }
    return all > 2 && own == all && 2 * heads >= all;
}

/* A number of several questions in front of their own numbers holds no answer. */
static bool is_only_group(const struct finder *f, size_t i)
{
    const struct events *e = &f->events;
    const struct event *it = &e->at[i];
    if (it->count < 2 || it->quote != QUESTIONS_NONE)
        return false;
    for (i++; i < e->count && e->at[i].kind == EVENT_DROPPED;)
        i++;
    if (i == e->count || e->at[i].kind != EVENT_QUESTION)
        return false;
    for (size_t k = 0; k < it->count; k++)
        if (e->questions[it->first + k] == e->questions[e->at[i].first])
            return true;
    return false;
}

static float score_of(const struct finder *f, const struct event *it)
{
    if (it->quote == QUESTIONS_NONE)
        return it->score;
    return f->quotes.at[it->quote].exact ? 0.98F : 0.55F + 0.4F * it->score;
}

/* Whether a heading stands right above LINE: a short line with an empty one before it. */
static bool has_heading(const struct paper *l, size_t line)
{
    if (line == 0 || l->lines[line].apart || l->lines[line - 1].cells > 1 ||
        !(l->lines[line - 1].apart || line == 1))
        return false;
    struct span text = paper_line_text(l, line - 1);
    return text.len <= HEADING_MAX && isupper((unsigned char)text.at[0]) &&
           !strchr(".,;?!)", text.at[text.len - 1]);
}

/* The start of a heading above the next answer of the list that event I is of, or STOP: "Highways",
 * where the first answer has one, too. */
static size_t cut_heading(const struct finder *f, size_t i, size_t start, size_t stop)
{
    const struct paper *l = &f->paper;
    const struct events *e = &f->events;
    size_t first = i, line = paper_line_at(l, stop);
    for (size_t k = i; k-- > 0 && i - k < LIST_MAX;)
        if (e->at[k].list == e->at[i].list && e->at[k].kind == EVENT_QUESTION)
            first = k;
    if (stop == l->text.len || l->lines[line].start != stop || !has_heading(l, line) ||
        !has_heading(l, paper_line_at(l, e->at[first].start)) ||
        l->lines[line - 1].start <= start || !has_words(l, start, l->lines[line - 1].start))
        return stop;
    return l->lines[line - 1].start;
}

/* The last answer of a list in which each is one paragraph is one too: what follows belongs
 * to the letter. */
static size_t cut_last(struct finder *f, size_t i, size_t start, size_t stop)
{
    const struct events *e = &f->events;
    size_t others = 0, paragraphs;
    for (size_t k = i + 1; k < e->count; k++)
        if (e->at[k].kind == EVENT_QUESTION && e->at[k].list == e->at[i].list)
            return stop;
    for (size_t k = 0; k < i; k++) {
        if (e->at[k].kind != EVENT_QUESTION || e->at[k].list != e->at[i].list || e->at[k].empty)
            continue;
        stretches_paragraph(&f->paper, e->at[k].end, stop_of(f, k), &paragraphs);
        if (paragraphs > 1)
            return stop;
        others++;
    }
    size_t first = stretches_paragraph(&f->paper, start, stop, &paragraphs);
    return others >= 2 && paragraphs > 1 ? first : stop;
}

/* ---- marks of those who answer ---- */

/* The name in front of what follows byte START, up to STOP: "EST: 61", "[GP] 2,298"; and in *END
 * the place behind it. Empty if there is none. */
static struct span name_at(const struct paper *l, size_t start, size_t stop, size_t *end)
{
    while (start < stop && strchr(" \n\t-*", l->text.at[start]))
        start++;
    bool square = start < stop && strchr("[(", l->text.at[start]);
    size_t at = start + square, from = at;
    while (at < stop && at - from < NAME_MAX &&
           (isalpha((unsigned char)l->text.at[at]) || (at > from && l->text.at[at] == ' ')))
        at++;
    *end = at + 1;
    bool ends = at < stop && strchr(square ? "])" : ":", l->text.at[at]);
    return paper_slice(l, from, ends ? at : from);
}

static struct span name_of(const struct finder *f, size_t i, size_t *end)
{
    const struct event *it = &f->events.at[i];
    if (it->kind != EVENT_QUESTION || !it->count || it->empty)
        return (struct span){0};
    return name_at(&f->paper, it->end, stop_of(f, i), end);
}

/* The name that stands in front of most answers; empty if none does. */
static struct span find_name(const struct finder *f)
{
    size_t answers = 0, most = 0, end;
    struct span best = {0};
    for (size_t i = 0; i < f->events.count; i++) {
        struct span name = name_of(f, i, &end);
        size_t same = 0;
        answers += name.at != NULL;
        if (name.len == 0 || span_eq(name, best))
            continue;
        for (size_t k = i; k < f->events.count; k++) {
            struct span other = name_of(f, k, &end);
            same += other.len && span_eq(other, name);
        }
        if (same > most) {
            most = same;
            best = name;
        }
    }
    return most >= NAMED_MIN && 2 * most > answers ? best : (struct span){0};
}

/* Behind the name that answers have in front, or START. */
static size_t skip_name(const struct finder *f, size_t start, size_t stop)
{
    size_t end;
    struct span name = name_at(&f->paper, start, stop, &end);
    return name.len && span_eq(name, f->name) ? end : start;
}

static void take_event(struct finder *f, size_t i)
{
    const struct event *it = &f->events.at[i];
    size_t stop = stop_of(f, i), start = it->end, at;
    bool quoted = it->quote != QUESTIONS_NONE;
    if (!quoted)
        start = skip_heading(f, it, stop);
    if (!quoted && start == it->end && has_headings(f, it->list))
        start = f->paper.lines[paper_line_at(&f->paper, it->end)].end;
    start = skip_name(f, skip_answer_number(f, it, start, stop), stop);
    size_t end = cut_last(f, i, start, cut_heading(f, i, start, stop));
    buf_clear(&f->text);
    stretches_text(&f->paper, start, end, &f->text, &at);
    for (size_t k = 0; k < it->count; k++)
        finder_take(f,
                    &(struct candidate){.question = f->events.questions[it->first + k],
                                        .how = quoted ? FINDING_QUOTED : FINDING_NUMBER,
                                        .score = score_of(f, it),
                                        .at = at,
                                        .list = it->list,
                                        .shared = it->count > 1},
                    buf_span(&f->text));
    if (end < stop) {
        buf_clear(&f->text);
        stretches_text(&f->paper, end, stop, &f->text, &at);
        finder_leave(f, f->events.questions[it->first], 0.2F, at, buf_span(&f->text));
    }
}

static void take_events(struct finder *f)
{
    f->name = find_name(f);
    for (size_t i = 0; i < f->events.count; i++) {
        const struct event *it = &f->events.at[i];
        if (it->kind == EVENT_QUESTION && it->count && !it->empty && !is_only_group(f, i))
            take_event(f, i);
    }
}

/* ---- the letter ---- */

static size_t count_found(const struct finder *f, float at_least)
{
    size_t count = 0;
    for (size_t i = 0; i < f->questions->count; i++)
        count += finder_has(f, i) && f->found[i].score >= at_least;
    return count;
}

static void forget(struct finder *f)
{
    for (size_t i = 0; i < f->questions->count; i++) {
        f->found[i] = (struct finding){.question = QUESTIONS_NONE};
        f->lists[i] = 0;
    }
}

static bool says(const struct finder *f, enum formula kind)
{
    return formulas_in(&f->paper, 0, f->paper.words.count, kind, NULL);
}

/* A sentence that refuses the request as a whole answers no question of it. */
static void forget_wholesale(struct finder *f)
{
    for (size_t q = 0; q < f->questions->count; q++) {
        struct finding *it = &f->found[q];
        if (!finder_has(f, q) || !it->reason.at)
            continue;
        size_t first = tokens_from(&f->paper.words, f->starts[q]), last = first;
        while (last < f->paper.words.count &&
               f->paper.words.at[last].start < f->starts[q] + it->text.len)
            last++;
        if (formulas_in(&f->paper, first, last, FORMULA_WHOLE, NULL))
            it->question = QUESTIONS_NONE;
    }
}

/* Prose: sentences that answer. Few of them in a letter that refuses, asks back or only
 * acknowledges are chance. */
static void read_prose(struct finder *f)
{
    bool holding = says(f, FORMULA_HOLDING), asks = says(f, FORMULA_CLARIFY);
    echoes_sentences(f);
    forget_wholesale(f);
    size_t sure = count_found(f, SURE);
    bool doubtful = holding || asks || notices_whole(f);
    if (sure >= 2 + (size_t)doubtful && (doubtful ? 2 : 3) * sure >= f->questions->count)
        return;
    struct finding *kept = arena_array(&f->arena, f->questions->count, sizeof *kept);
    memcpy(kept, f->found, f->questions->count * sizeof *kept);
    forget(f);
    notices_read(f);
    if (count_found(f, 0) > 0)
        return;
    if (asks || holding) {
        f->kind = asks ? LETTER_CLARIFICATION : LETTER_HOLDING;
        return;
    }
    echoes_order(f);
    if (count_found(f, 0) == 0)
        memcpy(f->found, kept, f->questions->count * sizeof *kept);
}

/* Tables, quotes and numbers of TEXT. False if it is empty. */
static bool search(struct finder *f, struct span text)
{
    paper_read(&f->paper, f->questions, text);
    if (f->paper.count == 0)
        return false;
    f->claimed = array_grow(f->claimed, &f->claimed_cap, f->paper.count, 1);
    memset(f->claimed, 0, f->paper.count);
    quotes_find(&f->quotes, f->questions, &f->paper);
    across_read(f);
    matrix_read(f);
    grid_read(f);
    headings_find(&f->quotes, f->questions, &f->paper, f->claimed);
    events_find(&f->events, f->questions, &f->paper, &f->quotes, f->claimed);
    take_events(f);
    return true;
}

/* Whether what finding Q says is what happens to the request: "We will reply within 20 working
 * days". */
static bool is_procedure(const struct finder *f, size_t q)
{
    const struct tokens *words = &f->paper.words;
    size_t first = tokens_from(words, f->starts[q]), last = first;
    while (last < words->count && words->at[last].start < f->starts[q] + f->found[q].text.len)
        last++;
    bool about = formulas_in(&f->paper, first, last, FORMULA_HOLDING, NULL) ||
                 formulas_in(&f->paper, first, last, FORMULA_CLARIFY, NULL);
    for (size_t i = first; i < last && !about; i++)
        about = formulas_match(&f->paper, i, last, "your|this request|enquiry|query");
    if (says(f, FORMULA_CLARIFY)) /* "please say: 1. whether ..." */
        about |= formulas_match(&f->paper, first, last, "if|whether|what|which|when|who|how *") > 0;
    return about;
}

/* Whether behind the number of event I stands a heading of its own that is not the question's:
 * "1. Purpose", and a sentence below. */
static bool has_foreign_heading(const struct finder *f, size_t i)
{
    const struct event *it = &f->events.at[i];
    const struct paper *l = &f->paper;
    size_t end = l->lines[paper_line_at(l, it->end)].end, stop = stop_of(f, i);
    if (it->label.word != LABEL_BARE || !has_own_line(f, it, stop) || end - it->end > HEADING_MAX)
        return false;
    for (size_t at = it->end; at < end; at++)
        if (isdigit((unsigned char)l->text.at[at]) || strchr("£$%", l->text.at[at]))
            return false;
    return skip_heading(f, it, stop) == it->end && isupper((unsigned char)l->text.at[it->end]);
}

/* Numbered sections with headings of their own are those of another text, a policy or a decision
 * notice: "1. Background", where nothing but its numbers names a question. */
static bool forget_sections(struct finder *f)
{
    size_t items = 0, sections = 0;
    for (size_t q = 0; q < f->questions->count; q++)
        if (finder_has(f, q) && f->found[q].how != FINDING_NUMBER)
            return false;
    for (size_t i = 0; i < f->events.count; i++) {
        const struct event *it = &f->events.at[i];
        if (it->kind != EVENT_QUESTION || !it->count || it->empty)
            continue;
        if (it->quote != QUESTIONS_NONE)
            return false;
        items++;
        sections += has_foreign_heading(f, i);
    }
    if (sections < MIN_SECTIONS || 4 * sections < 3 * items)
        return false;
    forget(f);
    for (size_t i = 0; i < f->events.count; i++)
        if (f->events.at[i].kind == EVENT_QUESTION)
            f->events.at[i].kind = EVENT_DROPPED;
    return true;
}

/* Whether what stands before byte AT says that something may be refused: "the following exemption
 * may apply". */
static bool may_refuse(const struct finder *f, size_t at)
{
    const struct paper *l = &f->paper;
    size_t last = tokens_from(&l->words, at), i = last > MAY_WORDS ? last - MAY_WORDS : 0;
    for (; i < last; i++)
        if (formulas_match(l, i, last, "may|might|could apply|be|also?") ||
            formulas_match(l, i, last, "considering|consider|assess|assessing whether"))
            return true;
    return false;
}

/* A letter that asks for more time names what may be refused in the end: no refusal yet. */
static void forget_possible(struct finder *f)
{
    bool any = false;
    for (size_t q = 0; q < f->questions->count; q++)
        if (finder_has(f, q)) {
            any = true;
            if (!f->found[q].reason.at || !may_refuse(f, f->starts[q]))
                return;
        }
    if (any && says(f, FORMULA_HOLDING))
        forget(f);
}

/* Whether somebody is addressed: a letter, and not what is sent along. */
static bool is_addressed(const struct finder *f)
{
    for (size_t i = 0; i < f->paper.words.count; i++)
        if (formulas_match(&f->paper, i, f->paper.words.count, "dear|hello|hi|annwyl") &&
            formulas_begins(&f->paper, i))
            return true;
    return false;
}

/* An acknowledgement or a refusal may have numbered points: no answers, where no question is
 * repeated and most of them tell what happens to the request, or where the whole of it is refused
 * and most questions have none. */
static void forget_procedure(struct finder *f)
{
    size_t found = 0, about = 0;
    for (size_t q = 0; q < f->questions->count; q++) {
        if (!finder_has(f, q))
            continue;
        if (f->found[q].how != FINDING_NUMBER)
            return;
        found++;
        about += is_procedure(f, q);
    }
    bool refused = 2 * found <= f->questions->count && found > 1 && notices_whole(f);
    if ((2 * about < found || about < 2) && !refused)
        return;
    forget(f);
    for (size_t i = 0; i < f->events.count; i++)
        if (f->events.at[i].kind == EVENT_QUESTION)
            f->events.at[i].kind = EVENT_DROPPED;
}

/* Whether the letter corrects another one, and answers nothing itself. */
static bool corrects(const struct finder *f)
{
    for (size_t q = 0; q < f->questions->count; q++)
        if (finder_has(f, q) && f->found[q].corrects)
            return true;
    return false;
}

static void read_letter(struct finder *f, struct span text)
{
    if (!search(f, text))
        return;
    forget_procedure(f);
    forget_possible(f);
    if (forget_sections(f) && !is_addressed(f)) {
        notices_read(f);
        return;
    }
    size_t placed = count_found(f, 0);
    namings_read(f);
    if (count_found(f, 0) == 0) {
        read_prose(f);
        return;
    }
    if (placed == 0 &&
        !corrects(f)) /* sentences that name questions stand among others that answer */
        echoes_sentences(f);
    notices_read(f);
}

/* What quotes another mail: answers between its questions, where the letter has none. */
static void read_quoted(struct finder *f, struct span quoted)
{
    enum letter_kind kind = f->kind;
    f->trust = QUOTED_TRUST;
    if (!search(f, quoted))
        return;
    if (count_found(f, 0) < 2 && f->questions->count > 2)
        forget(f); /* what follows the last question of a request is no answer */
    f->kind = count_found(f, 0) ? LETTER_REPLY : kind;
}

/* Where another mail begins in TEXT: the block "From: ... Sent: ... To: ... Subject: ..." that mail
 * programs put above it. The text's length if there is none. */
static size_t mail_below(struct span text)
{
    static const char *const names[] = {"from:", "sent:", "to:", "date:", "subject:", "cc:"};
    size_t seen = 0, start = 0, line = 0;
    for (size_t at = 0; at < text.len; at = line) {
        const char *end = memchr(text.at + at, '\n', text.len - at);
        line = end ? (size_t)(end - text.at) + 1 : text.len;
        size_t first = at;
        while (first < line && strchr(" \t*>", text.at[first]))
            first++;
        bool named = false;
        for (size_t i = 0; i < sizeof names / sizeof *names; i++)
            named |= line - first > strlen(names[i]) &&
                     strncasecmp(text.at + first, names[i], strlen(names[i])) == 0;
        bool from = line - first > 5 && strncasecmp(text.at + first, "from:", 5) == 0;
        if (from && seen == 0)
            start = at;
        seen = named && (from || seen) ? seen + 1 : 0;
        if (seen == 3)
            return start;
    }
    return text.len;
}

static void gather(struct finder *f)
{
    f->given_count = 0;
    for (size_t i = 0; i < f->questions->count; i++)
        if (finder_has(f, i))
            f->given[f->given_count++] = f->found[i];
}

void finder_read(struct finder *f, struct span text, struct span quoted)
{
    arena_clear(&f->arena);
    f->unplaced_count = f->given_count = 0;
    f->kind = LETTER_REPLY;
    f->trust = 1;
    forget(f);
    size_t below = mail_below(text);
    read_letter(f, (struct span){text.at, below});
    if (count_found(f, 0) == 0 && below < text.len)
        read_quoted(f, (struct span){text.at + below, text.len - below});
    if (count_found(f, 0) == 0 && quoted.len)
        read_quoted(f, quoted);
    gather(f);
}

/* ---- opening, closing, asking ---- */

struct finder *finder_open(struct questions *q)
{
    size_t cap = 0;
    struct finder *f = array_grow(NULL, &cap, 1, sizeof *f);
    *f = (struct finder){.questions = q};
    cap = 0;
    f->found = array_grow(NULL, &cap, q->count + 1, sizeof *f->found);
    cap = 0;
    f->given = array_grow(NULL, &cap, q->count + 1, sizeof *f->given);
    cap = 0;
    f->lists = array_grow(NULL, &cap, q->count + 1, sizeof *f->lists);
    cap = 0;
    f->starts = array_grow(NULL, &cap, q->count + 1, sizeof *f->starts);
    return f;
}

void finder_close(struct finder *f)
{
    paper_free(&f->paper);
    quotes_free(&f->quotes);
    events_free(&f->events);
    verdict_free(&f->verdict);
    free(f->claimed);
    free(f->found);
    free(f->given);
    free(f->unplaced);
    free(f->lists);
    free(f->starts);
    arena_free(&f->arena);
    buf_free(&f->text);
    buf_free(&f->ticks);
    buf_free(&f->flat);
    free(f);
}

enum letter_kind finder_kind(const struct finder *f)
{
    return f->kind;
}

const struct finding *finder_findings(const struct finder *f, size_t *count)
{
    *count = f->given_count;
    return f->given;
}

const struct finding *finder_unplaced(const struct finder *f, size_t *count)
{
    *count = f->unplaced_count;
    return f->unplaced;
}

const char *finding_how_name(enum finding_how how)
{
    static const char *const names[] = {[FINDING_ORDER] = "order",
                                        [FINDING_NUMBER] = "numbered",
                                        [FINDING_QUOTED] = "quoted",
                                        [FINDING_TABLE] = "table",
                                        [FINDING_LETTER] = "letter"};
    return names[how];
}
