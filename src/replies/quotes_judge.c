/* quotes_judge -- whether words that agree with a question repeat it: by their weight, by where
 * they begin and end, and by what tells an answer in the question's words. */
#include "quotes_parts.h"

#include <ctype.h>

#include "formulas.h"
#include "stretches.h"

#define MIN_COVERED 0.55F
#define MIN_PURE 0.62F
#define MIN_TOLD 0.9F  /* weight of words that agree: more than one common word */
#define ONE_WORD 0.85F /* what must be covered where one word alone tells something */

/* ---- the ends ---- */

static char text_at(const struct paper *l, size_t at)
{
    return at < l->text.len ? l->text.at[at] : '\n';
}

/* Whether "You asked" and the like stands in front of byte START, and no "In answer to question
 * 4", behind which the answer stands. */
static bool is_asked(const struct paper *l, size_t start)
{
    size_t asked = formulas_asked(l, start), first = tokens_from(&l->words, asked);
    size_t last = tokens_from(&l->words, start);
    bool is_answer =
        formulas_match(l, first, last,
                       "* to|of|for|on|regarding|concerning|regards your? question|query *") &&
        !formulas_match(l, first, last, "* asked|requested|wanted|enquired|ask *");
    return asked < start && !is_answer;
}

/* Whether what agrees begins where a question may begin: a line, a cell, a sentence, behind a label
 * or a mark; or at its first word behind others ("you asked how many"). */
static bool begins_well(const struct paper *l, size_t start, const struct wording *w, uint32_t stem)
{
    size_t at = start;
    while (at > 0 &&
           (text_at(l, at - 1) == ' ' || text_at(l, at - 1) == '"' || text_at(l, at - 1) == '\''))
        at--;
    if (at > 1 && at < start && text_at(l, at - 1) == '%')
        at--;
    while (at > 1 && at < start && isdigit((unsigned char)text_at(l, at - 1)))
        at--; /* ", and 711 of these": a figure in a sentence is no label */
    while (at > 1 && at < start && text_at(l, at - 1) == ' ')
        at--;
    if (at == 0 ||
        !strchr("abcdefghijklmnopqrstuvwxyz,ABCDEFGHIJKLMNOPQRSTUVWXYZ", text_at(l, at - 1)))
        return true;
    return (w->count && w->words[0].stem == stem) || is_asked(l, start);
}

/* Whether the line that ends at END breaks a sentence off: no question ends with "was", and none is
 * over where the next line begins with a small "and". */
static bool breaks_off(const struct paper *l, size_t end)
{
    static const char *const leading =
        "is|was|were|are|be|of|the|a|an|by|at|to|and|or|in|for|with|that|which|from";
    static const char *const joining =
        "and|or|but|of|in|to|for|by|with|at|on|from|which|that|who|is|was|are|were|has|have|had";
    size_t next = tokens_from(&l->words, end), line = paper_line_at(l, end) + 1;
    bool leads = next > 0 && formulas_match(l, next - 1, next, leading) > 0;
    return line < l->count && next < l->words.count && !l->lines[line].apart &&
           (leads || (stretches_wraps(l, line) && formulas_match(l, next, next + 1, joining) > 0));
}

/* Whether a sentence ends right before byte START, on its line: then another one begins there. */
static bool follows_sentence(const struct paper *l, size_t start)
{
    return start > 3 && text_at(l, start - 1) == ' ' && text_at(l, start - 2) == '.' &&
           islower((unsigned char)text_at(l, start - 3)) &&
           islower((unsigned char)text_at(l, start - 4));
}

/* The end behind the marks that belong to the question, and in *CLOSED whether the question ends
 * there: at a mark, a line's or a cell's end. */
static size_t behind_marks(const struct paper *l, size_t end, bool *closed)
{
    *closed = false;
    while (text_at(l, end) && strchr("?.:)\"'!*", text_at(l, end))) {
        *closed = true;
        end++;
    }
    size_t next = end;
    while (text_at(l, next) == ' ')
        next++;
    char c = text_at(l, next);
    if (c == '?' || c == ':') {
        *closed = true;
        return behind_marks(l, next, closed);
    }
    *closed |= (c == '\n' && !breaks_off(l, end)) || c == '\t' || c == '-' || c == '(' || c == '[';
    return end;
}

/* A question mark not far behind END, in the same paragraph and sentence; or 0. */
static size_t question_mark(const struct paper *l, size_t end)
{
    for (size_t i = end; i < end + QUOTES_TAIL && i < l->text.len; i++) {
        char c = l->text.at[i];
        if (c == '?')
            return i + 1;
        if (c == '\t' ||
            (c == '\n' && i + 1 < l->text.len && l->lines[paper_line_at(l, i + 1)].apart))
            return 0;
        if (c == '.' && (text_at(l, i + 1) == ' ' || text_at(l, i + 1) == '\n'))
            return 0;
    }
    return 0;
}

/* The end behind the last words of the question where they are spelt beyond recognition; 0 if
 * nothing ends there. */
static size_t behind_typos(const struct paper *l, const struct match *m)
{
    size_t end = l->words.at[m->last].end;
    for (size_t i = m->last + 1; i <= m->last + m->left && i < l->words.count; i++) {
        bool closed;
        for (size_t at = end; at < l->words.at[i].start; at++)
            if (strchr("\t\n.?", l->text.at[at]))
                return 0;
        end = l->words.at[i].end;
        size_t behind = behind_marks(l, end, &closed);
        if (closed)
            return behind;
    }
    return 0;
}

/* Whether the wording, which asks nothing by itself ("Cars"), stands where a heading does: the
 * words of "We own 14 cars, 3 vans" are the answer's. END is behind the marks that belong to it. */
static bool stands_alone(const struct paper *l, size_t start, size_t end, bool closed)
{
    size_t at = start, next = end;
    while (at > 0 && text_at(l, at - 1) == ' ')
        at--;
    while (text_at(l, next) == ' ')
        next++;
    char before = at > 0 ? text_at(l, at - 1) : '\n', behind = text_at(l, next);
    if (isalnum((unsigned char)before) || before == ',')
        return text_at(l, end - 1) == ':' || behind == ':';
    return closed || isdigit((unsigned char)behind) || behind == '\xc2'; /* a pound sign */
}

/* ---- whether they are a question ---- */

bool quotes_asks(const struct paper *l, size_t first)
{
    static const char interrogatives[] =
        " how what which who when where why do does did is are has "
        "have can could would will please of if for whether list give state name ";
    char padded[24] = " ";
    struct span word = tokens_lower(&l->words, first);
    if (word.len > 12)
        return false;
    memcpy(padded + 1, word.at, word.len);
    padded[word.len + 1] = ' ';
    return strstr(interrogatives, padded) != NULL;
}

static bool word_by_word(const struct wording *w, const struct match *m)
{
    return m->between == 0 && m->agreed == w->count && m->last - m->first + 1 == w->count;
}

/* Whether a figure stands among the words that agree, and not in the question: "20 had needs". */
static bool has_figure(const struct paper *l, const struct wording *w, const struct match *m)
{
    for (size_t i = m->first; i <= m->last; i++) {
        bool known = !isdigit((unsigned char)l->text.at[l->words.at[i].start]);
        for (size_t k = 0; k < w->count && !known; k++)
            known = w->words[k].stem == l->stems[i];
        if (!known)
            return true;
    }
    return false;
}

/* Whether a sentence tells what the question asks, the subject before its verb, and goes on in
 * brackets: "The council owns one (an XL2)." */
static bool tells(const struct paper *l, const struct wording *w, const struct match *m,
                  size_t behind)
{
    uint32_t first = l->stems[m->first];
    while (text_at(l, behind) == ' ')
        behind++;
    return w->inverted && (first == w->words[1].stem || first == w->words[2].stem) &&
           strchr("([", text_at(l, behind)) && text_at(l, behind - 1) == ' ';
}

/* The last word of the question where what agrees goes on in lines of figures that are the
 * answer's: "Incidents in each year", and below "0 (2021), 3 (2022)". */
static size_t before_figures(const struct paper *l, const struct wording *w, const struct match *m)
{
    size_t i = m->last;
    while (i > m->first &&
           (isdigit((unsigned char)l->text.at[l->words.at[i].start]) || l->plain[i]))
        i--;
    while (i < m->last &&
           paper_line_at(l, l->words.at[i].start) == paper_line_at(l, l->words.at[i + 1].start))
        i++;
    struct match tail = {.first = i + 1, .last = m->last};
    return i < m->last && has_figure(l, w, &tail) ? i : m->last;
}

/* Whether the number of another question is all that stands before byte START on its line: "3.
 * 2023" is the answer to that. */
static bool answers_other(const struct questions *q, const struct paper *l, size_t question,
                          size_t start)
{
    struct label label;
    size_t end, first;
    bool whole = false;
    struct span line = paper_line_text(l, paper_line_at(l, start));
    if (!label_read(line, 0, &label, &end) || line.at + end != l->text.at + start)
        return false;
    return questions_labelled(q, &label, &first, &whole) > 0 && whole && first != question;
}

/* "2022" or "2022/23" is the question where it begins a line, a cell or a clause, or stands behind
 * a label, and something ends it: a sentence may name any year. */
static void judge_figure(struct quotes *s, const struct questions *q, const struct paper *l,
                         size_t question, const struct match *m)
{
    size_t start = l->words.at[m->first].start, at = start;
    bool closed;
    while (at > 0 && text_at(l, at - 1) == ' ')
        at--;
    size_t behind = behind_marks(l, l->words.at[m->last].end, &closed);
    closed |= text_at(l, behind) == ' ' && isalpha((unsigned char)text_at(l, behind + 1)) &&
              text_at(l, behind + 2) == ')'; /* "a) 2022 b) 2023" */
    if (closed && !answers_other(q, l, question, start) &&
        (at == 0 || strchr("\n\t;:).-*", text_at(l, at - 1))))
        quotes_add(s, (struct quote){.start = (uint32_t)start,
                                     .end = (uint32_t)behind,
                                     .question = (uint32_t)question,
                                     .score = 1,
                                     .exact = true,
                                     .figure = true});
}

void quotes_judge(struct quotes *s, const struct questions *q, const struct paper *l,
                  size_t question, const struct wording *w, const struct match *found)
{
    struct match cut = *found, *m = &cut;
    if (w->figures) {
        if (word_by_word(w, found))
            judge_figure(s, q, l, question, found);
        return;
    }
    cut.last = before_figures(l, w, found);
    float covered = m->told / w->weight, pure = m->told / (m->told + m->lost);
    if (covered < MIN_COVERED || pure < MIN_PURE || m->told < MIN_TOLD)
        return;
    if (m->solid < 2 && covered < ONE_WORD)
        return;
    size_t start = l->words.at[m->first].start, end = l->words.at[m->last].end;
    if (!begins_well(l, start, w, l->stems[m->first]))
        return;
    bool closed, exact = word_by_word(w, m);
    size_t behind = behind_marks(l, end, &closed);
    if (exact && !quotes_asks(l, m->first) && !stands_alone(l, start, behind, closed))
        return;
    if (!exact && !quotes_asks(l, m->first) && follows_sentence(l, start) &&
        text_at(l, behind) == '\n')
        return;
    size_t mark = text_at(l, behind - 1) == '?' ? 0 : question_mark(l, end);
    if (mark && (!closed || text_at(l, behind) == '(' || text_at(l, behind + 1) == '(') &&
        quotes_asks(l, m->first))
        behind = mark;
    else if (!closed && !exact && (behind = behind_typos(l, m)) == 0)
        return;
    if (text_at(l, behind - 1) == '.' && has_figure(l, w, m))
        return;
    /* "The Council uses such tools." is an answer in the question's words */
    if (!exact && (text_at(l, behind - 1) == '.' || tells(l, w, m, behind)) &&
        !quotes_asks(l, m->first) && !is_asked(l, start))
        return;
    float score = exact ? 1 : 2 * covered * pure / (covered + pure);
    quotes_add(s, (struct quote){.start = (uint32_t)start,
                                 .end = (uint32_t)behind,
                                 .question = (uint32_t)question,
                                 .score = score,
                                 .exact = exact});
}
