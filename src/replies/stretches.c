/* stretches -- the text of an answer, out of a stretch of a letter. */
#include "stretches.h"

#define FAR 4000 /* bytes of a paragraph in which a sentence's start is looked for */

#include <ctype.h>

#include "formulas.h"
#include "verdict.h"

#define WIDE 60   /* characters of a line that a page's width broke */
#define NEARBY 20 /* lines among which another one begins alike */
#define NARROW 40 /* the same where the next one begins with a small letter */

static bool is_mark(char c)
{
    return c != '\0' && strchr(" \t\n-:;.,*|>\"'=)", c) != NULL;
}

static bool word_is(struct span text, const char *word, size_t *end)
{
    size_t len = strlen(word);
    if (text.len < len)
        return false;
    for (size_t i = 0; i < len; i++)
        if (tolower((unsigned char)text.at[i]) != word[i] &&
            !(text.at[i] == '\n' && word[i] == ' '))
            return false;
    *end = len;
    return true;
}

/* The bytes of "Answer:", "Trust response -" and the like at the start of TEXT. */
static size_t marker(struct span text)
{
    static const char *const owners[] = {"",
                                         "our ",
                                         "the ",
                                         "trust ",
                                         "trust's ",
                                         "council ",
                                         "council's ",
                                         "university ",
                                         "the trust's ",
                                         "the council's ",
                                         "the university's ",
                                         "force ",
                                         "foi ",
                                         "authority ",
                                         "department "};
    static const char *const words[] = {"answers",  "answer", "ans", "responses",
                                        "response", "reply",  "a",   "r"};
    for (size_t i = 0; i < sizeof owners / sizeof *owners; i++)
        for (size_t k = 0; k < sizeof words / sizeof *words; k++) {
            size_t first, second;
            if (!word_is(text, owners[i], &first) ||
                !word_is((struct span){text.at + first, text.len - first}, words[k], &second))
                continue;
            size_t end = first + second, stop = end;
            while (stop < text.len && text.at[stop] == ' ')
                stop++;
            char c = stop < text.len ? text.at[stop] : '\n';
            bool dash = c == '-' && second > 1;
            bool point = c == '.' && second == 1;
            if (c == ':' || c == '\n' || c == '\t' || dash || point)
                return stop < text.len ? stop + 1 : stop;
        }
    return 0;
}

/* The bytes of WORD at the start of LINE and the blank behind it, if no word follows that makes it
 * one of a sentence: "Answer to question 3". */
static size_t heads_line(const struct paper *l, size_t line, struct span word)
{
    struct span text = paper_line_text(l, line);
    size_t next = tokens_from(&l->words, l->lines[line].start + word.len);
    bool is = text.len > word.len + 1 && span_starts(text, word) && text.at[word.len] == ' ';
    return is && next < l->words.count &&
                   !formulas_match(l, next, l->words.count, "to|for|from|is|was|of|and|by|the|your")
               ? word.len + 1
               : 0;
}

/* The bytes of a bare "Answer " at START, where a line nearby begins with it too. */
static size_t bare_marker(const struct paper *l, size_t start)
{
    static const struct span words[] = {SPAN_ROW("Answer"), SPAN_ROW("Response"),
                                        SPAN_ROW("Reply")};
    size_t line = paper_line_at(l, start);
    if (start != l->lines[line].start)
        return 0;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        size_t len = heads_line(l, line, words[i]), from = line > NEARBY ? line - NEARBY : 0;
        for (size_t k = from; len && k < l->count && k <= line + NEARBY; k++)
            if (k != line && heads_line(l, k, words[i]))
                return len;
    }
    return 0;
}

static size_t skip_front(const struct paper *l, size_t start, size_t end)
{
    for (size_t before = start + 1; before != start;) {
        before = start;
        while (start < end && is_mark(l->text.at[start]))
            start++;
        if (start >= end)
            return end;
        start += marker(paper_slice(l, start, end));
        start += start < end ? bare_marker(l, start) : 0;
        if (start < end)
            start += paper_bullet(paper_slice(l, start, end));
    }
    /* a sign belongs to its figure */
    if (start > 0 && start < end && isdigit((unsigned char)l->text.at[start]) &&
        l->text.at[start - 1] == '.' && start > 1 && strchr(" \n\t", l->text.at[start - 2]))
        start--;
    return start;
}

static bool begins_item(struct span text)
{
    return text.len && (paper_bullet(text) || text.at[0] == '-' || text.at[0] == '*' ||
                        isdigit((unsigned char)text.at[0]) || text.at[0] == '[' ||
                        text.at[0] == '(' || (unsigned char)text.at[0] == 0xE2);
}

bool stretches_continues(const struct paper *l, size_t line)
{
    const struct paper_line *here = &l->lines[line], *before = here - 1;
    if (here->apart || here->cells > 1 || before->cells > 1)
        return false;
    char first = l->text.at[here->start], last = l->text.at[before->end - 1];
    bool wide = before->end - before->start >= WIDE;
    if (wide && !strchr(".:;?!", last))
        return first != '-' && first != '*' && !paper_bullet(paper_line_text(l, line));
    return (wide || islower((unsigned char)first)) && !begins_item(paper_line_text(l, line));
}

bool stretches_wraps(const struct paper *l, size_t line)
{
    const struct paper_line *here = &l->lines[line], *before = here - 1;
    if (line == 0 || here->apart || here->cells > 1 || before->cells > 1 ||
        before->end - before->start < NARROW || here->end - here->start < 2)
        return false;
    const char *at = l->text.at + here->start;
    return islower((unsigned char)at[0]) && (islower((unsigned char)at[1]) || at[1] == ' ') &&
           !strchr(".:;?!", l->text.at[before->end - 1]);
}

size_t stretches_sentence(const struct paper *l, size_t start, size_t end)
{
    while (start < end) {
        start += verdict_sentence(paper_slice(l, start, end));
        if (start >= end || l->text.at[start - 1] != '\n' ||
            !stretches_continues(l, paper_line_at(l, start)) ||
            (start > 1 && strchr(".?!", l->text.at[start - 2])))
            break;
    }
    return start;
}

/* The end without the bullet of what comes next. */
static size_t without_bullet(const struct paper *l, size_t start, size_t end)
{
    static const size_t lengths[] = {2, 3};
    for (size_t i = 0; i < sizeof lengths / sizeof *lengths; i++)
        if (end > start + lengths[i] &&
            paper_bullet(paper_slice(l, end - lengths[i], end)) == lengths[i])
            return end - lengths[i];
    return end;
}

/* Whether the mark that ends [START, END) closes what was opened in it: `Six, or "5"`. */
static bool closes_quote(const struct paper *l, size_t start, size_t end)
{
    size_t marks = 0;
    for (size_t i = start; i < end; i++)
        marks += l->text.at[i] == '"';
    return l->text.at[end - 1] == '"' && marks % 2 == 0;
}

void stretches_text(const struct paper *l, size_t start, size_t end, struct buf *b, size_t *at)
{
    start = skip_front(l, start, end);
    while (end > start && strchr(" \t\n\"|;", l->text.at[end - 1]) && !closes_quote(l, start, end))
        end--;
    size_t bare = without_bullet(l, start, end);
    while (bare < end && bare > start && strchr(" \t\n", l->text.at[bare - 1]))
        bare--;
    end = bare;
    *at = start;
    while (start < end) {
        size_t line = paper_line_at(l, start);
        size_t stop = l->lines[line].end < end ? l->lines[line].end : end;
        buf_add(b, paper_slice(l, start, stop));
        if (stop >= end || line + 1 >= l->count || l->lines[line + 1].start >= end)
            return;
        buf_addc(b, stretches_continues(l, line + 1) ? ' ' : '\n');
        start = l->lines[line + 1].start;
    }
}

size_t stretches_paragraph(const struct paper *l, size_t start, size_t end, size_t *paragraphs)
{
    size_t first = end;
    *paragraphs = 1;
    start = skip_front(l, start, end);
    for (size_t line = paper_line_at(l, start) + 1; line < l->count && l->lines[line].start < end;
         line++) {
        if (!l->lines[line].apart)
            continue;
        if ((*paragraphs)++ == 1)
            first = l->lines[line].start;
    }
    return first;
}

void stretches_around(const struct paper *l, size_t at, size_t *start, size_t *end)
{
    size_t line = paper_line_at(l, at), from, to = line;
    while (line > 0 && !l->lines[line].apart && l->lines[line].cells == 1 &&
           l->lines[line - 1].cells == 1)
        line--;
    while (to + 1 < l->count && !l->lines[to + 1].apart && l->lines[to + 1].cells == 1)
        to++;
    from = l->lines[line].start;
    if (at - from > FAR) /* no sentence is so long */
        from = l->lines[paper_line_at(l, at - FAR)].start;
    *end = l->lines[to].end;
    while (from < *end) {
        size_t stop = stretches_sentence(l, from, *end);
        if (at < stop || stop >= *end) {
            *start = from;
            *end = stop;
            return;
        }
        from = stop;
    }
    *start = from;
}
