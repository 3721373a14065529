/* events_numbers -- the numbers of questions in front of lines, and which of them are none.
 *
 * What stands at a line's start may be a question's number, a heading with the numbers of its
 * questions, or a figure that is an answer. */
#include <ctype.h>

#include "events_parts.h"
#include "stretches.h"

#define HEADING_MAX 60 /* bytes of a heading with numbers behind it */
#define MARKER_MAX 30  /* bytes of "Reply: " before the first number */

/* ---- where they stand ---- */

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
    size_t owner = events_owner(text, at);
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
    if (events_covered(e, quoted, start + at))
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
    if (!bracket || text.len > HEADING_MAX || events_covered(e, quoted, l->lines[line].start) ||
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

/* Whether LINE goes on with the sentence above, in a word: "the second part of your" and "fourth
 * question falls away." */
static bool goes_on(const struct paper *l, size_t line)
{
    size_t word = tokens_from(&l->words, l->lines[line].start);
    return word < l->words.count && tokens_lower(&l->words, word).len > 2 &&
           stretches_wraps(l, line);
}

/* Whether LINE goes on with what the line above names: "... limit it to questions" and "1 and 4."
 */
static bool names_below(const struct paper *l, size_t line)
{
    size_t word = tokens_from(&l->words, l->lines[line].start);
    return line && word && stretches_continues(l, line) &&
           formulas_match(l, word - 1, word, "question|questions|section|sections");
}

void events_numbers(struct events *e, const struct questions *q, const struct paper *l,
                    const unsigned char *claimed)
{
    size_t quoted = e->count;
    for (size_t i = 0; i < l->count; i++) {
        if (claimed[i])
            continue;
        size_t before = e->count;
        if (names_below(l, i) || goes_on(l, i))
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

/* ---- numbers that stand alone ---- */

/* Whether event I stands right behind a question that was repeated. */
static bool below_quote(const struct events *e, const struct paper *l, size_t i)
{
    return i && e->at[i - 1].kind == EVENT_QUESTION && e->at[i - 1].quote != QUESTIONS_NONE &&
           !events_say(l, e->at[i - 1].end, e->at[i].start);
}

/* Only where no B comes between. */
void events_drop_letters(struct events *e, const struct paper *l)
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

/* A dash behind a number is half a mark. */
void events_drop_weak(struct events *e, const struct questions *q, const struct paper *l)
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
