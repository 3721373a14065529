/* events -- where the questions of a questionnaire stand in a letter.
 *
 * Collected here; resolved in events_resolve.c; put into lists in events_lists.c. */
#include "events.h"

#include <ctype.h>
#include <stdlib.h>
#include <strings.h>

#include "events_parts.h"
#include "stretches.h"

#define HEADING_MAX 60  /* bytes of a heading with numbers behind it */
#define MARKER_MAX 30   /* bytes of "Reply: " before the first number */
#define NAMING_WORDS 30 /* of a sentence that may name questions */
#define BACK_MAX 24     /* bytes of a label before a quote */

struct event *events_add(struct events *e, struct event it)
{
    e->at = array_grow(e->at, &e->cap, e->count + 1, sizeof *e->at);
    e->at[e->count] = it;
    return &e->at[e->count++];
}

size_t events_letter(const struct label *l)
{
    bool single = l->count == 1 && l->part[0][1] == '\0' && l->word == LABEL_BARE;
    return single && isalpha((unsigned char)l->part[0][0]) ? (size_t)(l->part[0][0] - 'a') : 26;
}

/* ---- quotes ---- */

static bool only_spaces(const struct paper *l, size_t from, size_t to)
{
    for (; from < to; from++)
        if (!strchr(" \"'*\t\n", l->text.at[from]))
            return false;
    return true;
}

/* Whether a label that stands at AT may be one before a quote: at a line's or a cell's start, or
 * with a mark of its own. */
static bool may_label(const struct paper *l, size_t at, const struct label *label)
{
    size_t before = at;
    while (before > 0 && strchr(" \"'*", l->text.at[before - 1]))
        before--;
    return before == 0 || strchr("\n\t", l->text.at[before - 1]) || label->terminal ||
           label->word != LABEL_BARE;
}

/* The label that ends where the quote starts, which stands from FROM on at the earliest. */
static size_t label_from(const struct paper *l, size_t from, size_t start, struct label *label)
{
    for (size_t at = from; at < start; at++) {
        size_t end, stop = at;
        bool begins = at == 0 || strchr(" \t\n\"'*", l->text.at[at - 1]);
        if (!begins || l->text.at[at] == ' ')
            continue;
        while (stop < l->text.len && l->text.at[stop] != '\n' && l->text.at[stop] != '\t')
            stop++;
        if (label_read((struct span){l->text.at + at, stop - at}, 0, label, &end) &&
            at + end <= start && only_spaces(l, at + end, start) && may_label(l, at, label))
            return at;
    }
    *label = (struct label){0};
    return start;
}

/* The start of the label before a quote, on its line or alone on the line before; or of the quote.
 */
static size_t label_before(const struct paper *l, size_t start, struct label *label)
{
    size_t line = paper_line_at(l, start), from = l->lines[line].start;
    size_t found = label_from(l, start - from > BACK_MAX ? start - BACK_MAX : from, start, label);
    if (found < start || !only_spaces(l, from, start) || line == 0 ||
        l->lines[line - 1].end - l->lines[line - 1].start > BACK_MAX)
        return found;
    found = label_from(l, l->lines[line - 1].start, start, label);
    if (found == l->lines[line - 1].start && (label->terminal || label->word != LABEL_BARE))
        return found;
    *label = (struct label){0};
    return start;
}

/* The bytes of whose a question is at AT of TEXT: "Your question 1". */
static size_t owner_at(struct span text, size_t at)
{
    static const struct span owners[] = {SPAN_ROW("your "), SPAN_ROW("the "),
                                         SPAN_ROW("original ")};
    for (size_t i = 0; i < sizeof owners / sizeof *owners; i++)
        if (text.len - at > owners[i].len &&
            strncasecmp(text.at + at, owners[i].at, owners[i].len) == 0)
            return owners[i].len;
    return 0;
}

/* The start of the label at START with the word before it on its line, if that says whose it is. */
static size_t owner_before(const struct paper *l, size_t start, const struct label *label)
{
    size_t line = l->lines[paper_line_at(l, start)].start;
    while (line < start && strchr(" \"'*", l->text.at[line]))
        line++;
    bool owned = label->word == LABEL_QUESTION && line < start &&
                 owner_at(paper_slice(l, line, start + 1), 0) == start - line;
    return owned ? line : start;
}

/* Whether only a conjunction stands between two quotes. */
static bool conjoined(const struct paper *l, size_t from, size_t to)
{
    if (to < from || to - from > 6 || (from && strchr("?.", l->text.at[from - 1])))
        return false;
    struct span between = {l->text.at + from, to - from};
    return span_eq(between, SPAN(" and ")) || span_eq(between, SPAN(" & ")) ||
           span_eq(between, SPAN(", and ")) || span_eq(between, SPAN(", "));
}

static void set_question(struct events *e, struct event *it, uint32_t question)
{
    e->questions =
        array_grow(e->questions, &e->questions_cap, e->question_count + 1, sizeof *e->questions);
    if (it->count == 0)
        it->first = (uint32_t)e->question_count;
    e->questions[e->question_count++] = question;
    it->count++;
}

void events_set(struct events *e, struct event *it, const uint32_t *questions, size_t count)
{
    it->count = 0;
    for (size_t i = 0; i < count; i++)
        set_question(e, it, questions[i]);
}

static void add_quotes(struct events *e, const struct paper *l, const struct quotes *quotes,
                       const unsigned char *claimed)
{
    for (size_t i = 0; i < quotes->count; i++) {
        const struct quote *s = &quotes->at[i];
        struct event *last = e->count ? &e->at[e->count - 1] : NULL;
        if (claimed[paper_line_at(l, s->start)])
            continue;
        if (last && conjoined(l, last->end, s->start)) {
            set_question(e, last, s->question);
            last->end = s->end;
            continue;
        }
        struct event it = {.end = s->end, .quote = (uint32_t)i, .score = s->score};
        it.start = (uint32_t)label_before(l, s->start, &it.label);
        it.start = (uint32_t)owner_before(l, formulas_asked(l, it.start), &it.label);
        set_question(e, &it, s->question);
        events_add(e, it);
    }
}

/* ---- numbers ---- */

/* Whether a quoted question, or a label before one, covers byte AT. */
static bool covered(const struct events *e, size_t count, size_t at)
{
    size_t low = 0, high = count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (e->at[middle].end <= at)
            low = middle + 1;
        else
            high = middle;
    }
    return low < count && e->at[low].start <= at;
}

static size_t skip_marks(struct span text, size_t at)
{
    while (at < text.len && strchr(" \"'*>", text.at[at]))
        at++;
    return at;
}

static bool weak(const struct label *label)
{
    return label->word == LABEL_BARE && !label->terminal && label->count == 1;
}

/* Whether a verb follows at AT: "Questions 1 and 4 are refused" is a sentence. */
static bool says_of(struct span text, size_t at)
{
    static const struct span verbs[] = {
        SPAN_ROW("are "),  SPAN_ROW("do "),        SPAN_ROW("does "),  SPAN_ROW("did "),
        SPAN_ROW("have "), SPAN_ROW("has "),       SPAN_ROW("were "),  SPAN_ROW("was "),
        SPAN_ROW("is "),   SPAN_ROW("would "),     SPAN_ROW("will "),  SPAN_ROW("cannot "),
        SPAN_ROW("can "),  SPAN_ROW("therefore "), SPAN_ROW("both "),  SPAN_ROW("relate "),
        SPAN_ROW("fall "), SPAN_ROW("also "),      SPAN_ROW("refer "), SPAN_ROW("concern ")};
    struct span rest = {text.at + at, text.len - at};
    for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++)
        if (span_starts(rest, verbs[i]))
            return true;
    return rest.len && rest.at[0] == 'a' && !span_starts(rest, SPAN("about"));
}

/* A list of numbers at AT, "Questions 1 to 3:", that something ends. */
static bool read_several(const struct questions *q, struct span text, size_t at,
                         struct references *r, size_t *end)
{
    if (!references_read(q, text, at, r, end) || !r->joined)
        return false;
    size_t next = label_of_request(text, *end);
    while (next < text.len && text.at[next] == ' ')
        next++;
    bool ends = next == text.len || strchr(":-.)\t", text.at[next]);
    if (!ends)
        return r->first.word == LABEL_QUESTION && r->first.several && !says_of(text, next);
    while (next < text.len && strchr(":-.) \t", text.at[next]))
        next++;
    *end = next;
    return true;
}

/* Whether a label that ends at END is all of its line and no other one stands right below: "Part 4"
 * above its answer, and not above the questions of a section. */
static bool heads_answer(const struct paper *l, size_t start, size_t end)
{
    size_t line = paper_line_at(l, start), behind;
    struct label below;
    return end >= l->lines[line].end && line + 1 < l->count &&
           !label_read(paper_line_text(l, line + 1), 0, &below, &behind);
}

/* The label at AT, or behind the word that says whose it is. */
static bool read_owned(struct span text, size_t at, struct label *label, size_t *end)
{
    size_t owner = owner_at(text, at);
    if (label_read(text, at, label, end))
        return true;
    return owner && label_read(text, at + owner, label, end) && label->word == LABEL_QUESTION &&
           label->terminal;
}

static void try_label(struct events *e, const struct questions *q, const struct paper *l,
                      size_t quoted, size_t start, size_t stop)
{
    struct span text = paper_slice(l, start, stop);
    size_t at = skip_marks(text, 0), end;
    struct event it = {.start = (uint32_t)(start + at), .quote = QUESTIONS_NONE};
    struct references several;
    if (covered(e, quoted, start + at))
        return;
    bool named = read_several(q, text, at, &several, &end);
    if (!named && several.joined) { /* "Questions 1 and 4 are refused" is a sentence */
        it.kind = EVENT_END;
        it.formula = FORMULA_ASIDE;
        it.end = it.start;
        events_add(e, it);
        return;
    }
    if (named) {
        it.label = several.first;
        it.label.terminal = true;
        events_set(e, &it, several.at, several.count);
    } else if (!read_owned(text, at, &it.label, &end)) {
        return;
    }
    it.end = (uint32_t)(start + end);
    if (it.label.word == LABEL_SECTION && heads_answer(l, start, it.end))
        it.label.terminal = true;
    events_add(e, it);
}

/* The place behind "Reply: " at the start of a line, or 0. */
static size_t behind_marker(struct span text)
{
    for (size_t i = 1; i + 2 < text.len && i < MARKER_MAX; i++) {
        if (text.at[i] == ':' && text.at[i + 1] == ' ')
            return isalpha((unsigned char)text.at[0]) ? i + 2 : 0;
        if (!isalpha((unsigned char)text.at[i]) && text.at[i] != ' ')
            return 0;
    }
    return 0;
}

/* A heading that ends with the numbers of its questions in brackets: "Finance (questions 4 and 5)".
 */
static void try_heading(struct events *e, const struct questions *q, const struct paper *l,
                        size_t quoted, size_t line)
{
    struct span text = paper_line_text(l, line);
    const char *bracket = memrchr(text.at, '(', text.len);
    struct references named;
    size_t end;
    if (!bracket || text.len > HEADING_MAX || covered(e, quoted, l->lines[line].start) ||
        !references_read(q, text, (size_t)(bracket + 1 - text.at), &named, &end) ||
        named.first.word != LABEL_QUESTION || end + 1 != text.len || text.at[end] != ')')
        return;
    struct event it = {.start = l->lines[line].start,
                       .end = l->lines[line].end,
                       .quote = QUESTIONS_NONE,
                       .label = named.first};
    it.label.terminal = true;
    if (heads_answer(l, it.start, it.end)) {
        events_set(e, &it, named.at, named.count);
    } else { /* each has its number */
        it.kind = EVENT_END;
        it.formula = FORMULA_ASIDE;
        it.end = it.start;
    }
    events_add(e, it);
}

/* Whether LINE goes on with what the line above names: "... limit it to questions" and "1 and 4."
 */
static bool names_below(const struct paper *l, size_t line)
{
    size_t word = tokens_from(&l->words, l->lines[line].start);
    return line && word && stretches_continues(l, line) &&
           formulas_match(l, word - 1, word, "question|questions|section|sections");
}

static void add_numbers(struct events *e, const struct questions *q, const struct paper *l,
                        const unsigned char *claimed)
{
    size_t quoted = e->count;
    for (size_t i = 0; i < l->count; i++) {
        if (claimed[i])
            continue;
        size_t before = e->count;
        if (names_below(l, i))
            continue;
        try_label(e, q, l, quoted, l->lines[i].start, l->lines[i].end);
        if (e->count > before)
            continue;
        size_t marker = behind_marker(paper_line_text(l, i));
        if (marker)
            try_label(e, q, l, quoted, l->lines[i].start + marker, l->lines[i].end);
        if (e->count == before)
            try_heading(e, q, l, quoted, i);
    }
}

/* ---- formulas ---- */

/* Whether the paragraph that LINE begins says of questions by their numbers that they are refused:
 * "We have applied section 43 to questions 4a and 4b". */
static bool refuses_named(const struct paper *l, size_t line)
{
    static const char *const cues =
        "section|exempt|exemption|withheld|withholding|withhold|refuse|refused|"
        "refusing|hold|held|applied|applies";
    size_t first = tokens_from(&l->words, l->lines[line].start), last = first;
    bool cue = false, named = false;
    if (!l->lines[line].apart || l->lines[line].cells > 1)
        return false;
    size_t stop = line + 1;
    while (stop < l->count && !l->lines[stop].apart)
        stop++;
    while (last < l->words.count && last < first + NAMING_WORDS &&
           l->words.at[last].start < l->lines[stop - 1].end)
        last++;
    for (size_t i = first; i + 1 < last && !(cue && named); i++) {
        if (formulas_begins(l, i))
            cue = named = false;
        cue |= formulas_match(l, i, last, cues) > 0;
        struct span next = tokens_lower(&l->words, i + 1);
        named |= formulas_match(l, i, last, "question|questions") && i > first &&
                 (isdigit((unsigned char)next.at[0]) || next.len == 1);
    }
    return cue && named;
}

static void add_namings(struct events *e, const struct paper *l, const unsigned char *claimed)
{
    size_t others = e->count;
    for (size_t line = 1; line < l->count; line++)
        if (!claimed[line] && refuses_named(l, line) && !covered(e, others, l->lines[line].start))
            events_add(e, (struct event){.start = l->lines[line].start,
                                         .end = l->lines[line].start,
                                         .kind = EVENT_END,
                                         .formula = FORMULA_ASIDE,
                                         .quote = QUESTIONS_NONE});
}

static void add_formulas(struct events *e, const struct paper *l, const unsigned char *claimed)
{
    size_t others = e->count;
    for (size_t i = 0; i < l->words.count; i++) {
        size_t at = l->words.at[i].start;
        if (!formulas_begins(l, i) || claimed[paper_line_at(l, at)] || covered(e, others, at))
            continue;
        enum formula formula = formulas_at(l, i);
        if (formula == FORMULA_NONE)
            continue;
        events_add(e, (struct event){.start = (uint32_t)at,
                                     .end = (uint32_t)at,
                                     .kind = EVENT_END,
                                     .formula = formula,
                                     .quote = QUESTIONS_NONE});
    }
}

static void add_tables(struct events *e, const struct paper *l, const unsigned char *claimed)
{
    for (size_t i = 0; i < l->count; i++)
        if (claimed[i])
            events_add(e, (struct event){.start = l->lines[i].start,
                                         .end = l->lines[i].end,
                                         .kind = EVENT_TABLE,
                                         .quote = QUESTIONS_NONE});
}

static int by_place(const void *a, const void *b)
{
    const struct event *x = a, *y = b;
    if (x->start != y->start)
        return x->start < y->start ? -1 : 1;
    return (x->end > y->end) - (x->end < y->end);
}

void events_sort(struct events *e)
{
    if (e->count)
        qsort(e->at, e->count, sizeof *e->at, by_place);
}

/* ---- numbers that stand alone ---- */

/* Whether event I stands right behind a question that was repeated. */
static bool below_quote(const struct events *e, const struct paper *l, size_t i)
{
    return i && e->at[i - 1].kind == EVENT_QUESTION && e->at[i - 1].quote != QUESTIONS_NONE &&
           !events_say(l, e->at[i - 1].end, e->at[i].start);
}

/* "A: Yes" below each question: letters that mark answers, where no B comes between. */
static void drop_answer_letters(struct events *e, const struct paper *l)
{
    size_t counts[27] = {0};
    for (size_t i = 0; i < e->count; i++)
        if (e->at[i].kind == EVENT_QUESTION && e->at[i].quote == QUESTIONS_NONE)
            counts[events_letter(&e->at[i].label)]++;
    for (size_t i = 0; i < 26; i++)
        e->marks_answers[i] =
            (i == 'a' - 'a' || i == 'r' - 'a') && counts[i] > 1 && counts[i + 1] == 0;
    for (size_t i = 0; i < e->count; i++) {
        size_t letter = events_letter(&e->at[i].label);
        if (e->at[i].kind == EVENT_QUESTION && e->at[i].quote == QUESTIONS_NONE && letter < 26 &&
            (e->marks_answers[letter] || (letter == 0 && counts[1] == 0 && below_quote(e, l, i))))
            e->at[i].kind = EVENT_DROPPED;
    }
}

/* The numbers that count upwards from event I on, of those that stand alone; *WEAK of them bare. */
static size_t count_up(const struct events *e, size_t i, size_t *weak_ones)
{
    size_t last = 0, run = 0;
    *weak_ones = 0;
    for (; i < e->count; i++) {
        const struct event *it = &e->at[i];
        if (it->kind != EVENT_QUESTION || it->quote != QUESTIONS_NONE || it->label.count == 0)
            continue;
        size_t part = it->label.count > 1 && isalpha((unsigned char)it->label.part[0][0]);
        size_t number = label_ordinal(it->label.part[part], LABEL_AS_LETTER);
        if (number < last || number > last + 3 || (number == last && it->label.count == 1))
            continue;
        last = number;
        run++;
        *weak_ones += weak(&it->label);
    }
    return run;
}

/* Bare numbers ("4", "0 ") are answers more often than labels. They are labels where they count
 * upwards, line by line; a dash behind them is half a mark. */
static void drop_weak(struct events *e, const struct questions *q, const struct paper *l)
{
    for (size_t i = 0; i < e->count; i++) /* "Response: 1" is an answer */
        if (e->at[i].kind == EVENT_QUESTION && e->at[i].quote == QUESTIONS_NONE &&
            e->at[i].label.count && weak(&e->at[i].label) && below_quote(e, l, i))
            e->at[i].kind = EVENT_DROPPED;
    size_t weak_ones, run = count_up(e, 0, &weak_ones);
    size_t strong = 0, bare = 0;
    for (size_t i = 0; i < e->count; i++) {
        bare += e->at[i].kind == EVENT_QUESTION && e->at[i].quote == QUESTIONS_NONE &&
                e->at[i].label.count && weak(&e->at[i].label);
        strong += e->at[i].kind == EVENT_QUESTION && e->at[i].quote == QUESTIONS_NONE &&
                  (e->at[i].label.terminal || e->at[i].label.word == LABEL_QUESTION);
    }
    bool many =
        run >= 3 && (2 * run >= q->count || 2 * run >= 6) && weak_ones > 0 && strong <= bare;
    for (size_t i = 0; i < e->count; i++) {
        struct event *it = &e->at[i];
        if (it->kind != EVENT_QUESTION || it->quote != QUESTIONS_NONE || it->label.count == 0 ||
            !weak(&it->label))
            continue;
        if (!many && !(it->label.dash && run >= 2))
            it->kind = EVENT_DROPPED;
    }
}

size_t events_stop_among(const struct events *e, size_t count, size_t i, const struct paper *l)
{
    for (i++; i < count; i++)
        if (e->at[i].kind != EVENT_DROPPED)
            return e->at[i].start;
    return l->text.len;
}

size_t events_stop(const struct events *e, size_t i, const struct paper *l)
{
    return events_stop_among(e, e->count, i, l);
}

void events_find(struct events *e, const struct questions *q, const struct paper *l,
                 const struct quotes *quotes, const unsigned char *claimed)
{
    e->count = e->question_count = e->taught_count = 0;
    add_quotes(e, l, quotes, claimed);
    events_sort(e);
    add_numbers(e, q, l, claimed);
    events_sort(e);
    add_formulas(e, l, claimed);
    events_sort(e);
    add_namings(e, l, claimed);
    add_tables(e, l, claimed);
    events_sort(e);
    drop_answer_letters(e, l);
    drop_weak(e, q, l);
    events_resolve(e, q, l);
    events_list(e, q, l);
}

void events_free(struct events *e)
{
    free(e->at);
    free(e->questions);
    free(e->taught);
    *e = (struct events){0};
}
