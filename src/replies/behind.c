/* behind -- the answers that stand behind questions: from a number or a quote to the next one.
 *
 * What begins there may be the question's heading or the number again, and what ends there the
 * heading of the next answer or, behind the last, the rest of the letter: these are cut off. */
#include <ctype.h>
#include <strings.h>

#include "finder_parts.h"
#include "headings.h"

#define HEADING_LIKE 0.6F /* of a line behind a number that is the question's heading */
#define HEADING_MAX 40    /* bytes of a heading between answers */
#define MIN_SECTIONS 3    /* with headings of their own, at which numbers are not the questions' */
#define NAME_MAX 16       /* bytes of a name in front of answers */
#define NAMED_MIN 3       /* answers that have it */
#define LIST_MAX 200      /* events in which a list's first is looked for */

static bool has_words(const struct paper *l, size_t start, size_t end)
{
    size_t i = tokens_from(&l->words, start);
    return i < l->words.count && l->words.at[i].start < end;
}

/* ---- where an answer begins ---- */

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

/* The first question's event of the list that event I is of. The numbers of lists grow from event
 * to event, so that no other list's are between: a letter may have very many. */
static size_t list_start(const struct events *e, size_t i)
{
    size_t first = i;
    for (size_t k = i; k-- > 0;) {
        if (e->at[k].kind != EVENT_QUESTION)
            continue;
        if (e->at[k].list != e->at[i].list)
            break;
        first = k;
    }
    return first;
}

/* Whether the numbers of the list that event AT is of have their questions' headings behind them:
 * where most do that can be told by their words, the others do too. */
static bool begin_with_headings(const struct finder *f, size_t at)
{
    const struct events *e = &f->events;
    size_t heads = 0, all = 0;
    for (size_t i = list_start(e, at); i < e->count; i++) {
        const struct event *it = &e->at[i];
        if (it->kind != EVENT_QUESTION)
            continue;
        if (it->list != e->at[at].list)
            break;
        if (it->quote != QUESTIONS_NONE || it->empty)
            continue;
        size_t stop = events_stop(&f->events, i, &f->paper);
        if (!has_own_line(f, it, stop))
            return false;
        all++;
        heads += skip_heading(f, it, stop) > it->end;
    }
    return all > 2 && 2 * heads >= all;
}

/* ---- where it ends ---- */

/* Whether a heading stands right above LINE: a short line with an empty one before it. */
static bool stands_under_heading(const struct paper *l, size_t line)
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
    if (stop == l->text.len || l->lines[line].start != stop || !stands_under_heading(l, line) ||
        !stands_under_heading(l, paper_line_at(l, e->at[first].start)) ||
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
    size_t next = i + 1;
    while (next < e->count && e->at[next].kind != EVENT_QUESTION)
        next++;
    if (next < e->count && e->at[next].list == e->at[i].list)
        return stop;
    for (size_t k = list_start(e, i); k < i; k++) {
        if (e->at[k].kind != EVENT_QUESTION || e->at[k].list != e->at[i].list || e->at[k].empty)
            continue;
        stretches_paragraph(&f->paper, e->at[k].end, events_stop(&f->events, k, &f->paper),
                            &paragraphs);
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
    return name_at(&f->paper, it->end, events_stop(&f->events, i, &f->paper), end);
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

/* ---- taking it ---- */

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

/* Of "94 and 131 respectively", behind the numbers of COUNT questions, what answers question K of
 * them; all of TEXT where it is not so. */
static struct span respective(struct span text, size_t count, size_t k)
{
    static const struct span word = SPAN_ROW("respectively"),
                             joins[] = {SPAN_ROW(", and "), SPAN_ROW(" and "), SPAN_ROW(", ")};
    size_t end = text.len, parts = 1;
    while (end && strchr(". ", text.at[end - 1]))
        end--;
    if (count < 2 || end < word.len || memcmp(text.at + end - word.len, word.at, word.len) != 0)
        return text;
    end -= word.len;
    while (end && strchr(", ", text.at[end - 1]))
        end--;
    struct span part = {text.at, end};
    for (size_t at = 0, from = 0; at <= end; at++) {
        size_t skip = 0;
        for (size_t j = 0; j < sizeof joins / sizeof *joins && !skip; j++)
            if (span_starts((struct span){text.at + at, end - at}, joins[j]))
                skip = joins[j].len;
        if (!skip && at < end)
            continue;
        if (parts == k + 1)
            part = (struct span){text.at + from, at - from};
        parts += skip > 0;
        from = at + skip;
        at += skip ? skip - 1 : 0;
    }
    return parts == count ? part : text;
}

static void take_event(struct finder *f, size_t i)
{
    const struct event *it = &f->events.at[i];
    size_t stop = events_stop(&f->events, i, &f->paper), start = it->end, at;
    bool quoted = it->quote != QUESTIONS_NONE;
    if (!quoted)
        start = skip_heading(f, it, stop);
    if (!quoted && start == it->end && begin_with_headings(f, i))
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
                    respective(buf_span(&f->text), it->count, k));
    if (end < stop) {
        buf_clear(&f->text);
        stretches_text(&f->paper, end, stop, &f->text, &at);
        finder_leave(f, f->events.questions[it->first], 0.2F, at, buf_span(&f->text));
    }
}

void behind_read(struct finder *f)
{
    f->name = find_name(f);
    for (size_t i = 0; i < f->events.count; i++) {
        const struct event *it = &f->events.at[i];
        if (it->kind == EVENT_QUESTION && it->count && !it->empty && !is_only_group(f, i))
            take_event(f, i);
    }
}

/* ---- sections of another text ---- */

/* Whether behind the number of event I stands a heading of its own that is not the question's:
 * "1. Purpose", and a sentence below. */
static bool has_foreign_heading(const struct finder *f, size_t i)
{
    const struct event *it = &f->events.at[i];
    const struct paper *l = &f->paper;
    size_t end = l->lines[paper_line_at(l, it->end)].end, stop = events_stop(&f->events, i, l);
    if (it->label.word != LABEL_BARE || !has_own_line(f, it, stop) || end - it->end > HEADING_MAX)
        return false;
    for (size_t at = it->end; at < end; at++)
        if (isdigit((unsigned char)l->text.at[at]) || strchr("£$%", l->text.at[at]))
            return false;
    return skip_heading(f, it, stop) == it->end && isupper((unsigned char)l->text.at[it->end]);
}

bool behind_is_sections(const struct finder *f)
{
    size_t items = 0, sections = 0;
    for (size_t i = 0; i < f->events.count; i++) {
        const struct event *it = &f->events.at[i];
        if (it->kind != EVENT_QUESTION || !it->count || it->empty)
            continue;
        if (it->quote != QUESTIONS_NONE)
            return false;
        items++;
        sections += has_foreign_heading(f, i);
    }
    return sections >= MIN_SECTIONS && 4 * sections >= 3 * items;
}
