/* listed_ordinals -- answers that are counted in words: "First, we own two. Secondly, ...", "On the
 * first, 31. The fourth does not arise." */
#include <ctype.h>
#include <stdio.h>
#include <strings.h>

#include "listed_parts.h"

#define SCORE 0.75F
#define LEAST 3   /* ordinals, counting from the first */
#define LAST 1000 /* the ordinal of "lastly" */

/* The number of word I, "third" or "thirdly"; 0 if it is none. */
static size_t ordinal(const struct paper *l, size_t i, bool *adverb)
{
    static const char *const names[] = {"first", "second", "third",    "fourth",
                                        "fifth", "sixth",  "seventh",  "eighth",
                                        "ninth", "tenth",  "eleventh", "twelfth"};
    struct span word = tokens_lower(&l->words, i);
    *adverb = word.len > 2 && memcmp(word.at + word.len - 2, "ly", 2) == 0;
    if (span_eq(word, SPAN("lastly")) || span_eq(word, SPAN("finally")))
        return LAST;
    if (*adverb)
        word.len -= 2;
    for (size_t k = 0; k < sizeof names / sizeof *names; k++)
        if (span_eq(word, span_of(names[k])))
            return k + 1;
    return 0;
}

/* The words before an ordinal that make it one of the questions: "on the", "with regard to your";
 * *THE: it has an article. */
static size_t led(const struct paper *l, size_t i, bool *the)
{
    static const char *const leads[] = {
        "and? on|to|for|regarding|concerning the|your",
        "and? as to|for|regards the|your",
        "and? with regard|regards|reference|respect to the|your",
        "and? in answer|reply|response|relation|respect to|of the|your",
        "and? turning to the|your",
        "and? the|your",
    };
    *the = true;
    for (size_t k = 0; k < sizeof leads / sizeof *leads; k++) {
        size_t words = formulas_match(l, i, l->words.count, leads[k]);
        if (words)
            return words;
    }
    *the = false;
    return formulas_match(l, i, l->words.count, "and");
}

/* Whether word I begins a sentence, a line or what stands between semicolons. */
static bool may_begin(const struct paper *l, size_t i)
{
    size_t at = l->words.at[i].start;
    return formulas_begins(l, i) ||
           (at > 2 && l->text.at[at - 1] == ' ' && l->text.at[at - 2] == ';');
}

/* The item that word I begins, in *IT; false if it begins none. */
static bool read_item(const struct paper *l, size_t i, struct listed_item *it)
{
    bool the, adverb;
    if (!may_begin(l, i))
        return false;
    size_t word = i + led(l, i, &the);
    if (word >= l->words.count)
        return false;
    *it = (struct listed_item){.start = l->words.at[i].start, .from = l->words.at[i].start};
    it->ordinal = ordinal(l, word, &adverb);
    if (!it->ordinal || (adverb && the))
        return false;
    word +=
        formulas_match(l, word + 1, l->words.count, "question|point|query|item|part|request|one");
    it->named = l->words.at[word].end;
    char mark = it->named < l->text.len ? l->text.at[it->named] : '\0';
    if (mark == ',' || mark == ':' || (adverb && it->ordinal != LAST)) {
        it->from = it->named;
        return true;
    }
    size_t verb = the ? formulas_match(l, word + 1, l->words.count,
                                       "is|are|was|were|does|do|has|have|cannot|can")
                      : 0;
    if (verb && word + 2 < l->words.count && l->words.at[word + 2].start < l->text.len &&
        isdigit((unsigned char)l->text.at[l->words.at[word + 2].start]))
        it->from = l->words.at[word + 1].end; /* "the first is 31" */
    return verb > 0;
}

/* The end of the paragraph that byte AT is in. */
static size_t paragraph_end(const struct paper *l, size_t at)
{
    size_t line = paper_line_at(l, at);
    while (line + 1 < l->count && !l->lines[line + 1].apart && l->lines[line + 1].cells == 1)
        line++;
    return l->lines[line].end;
}

/* The items that count upwards from the first, each up to the next one or its paragraph's end. */
static void gather(struct listed *s)
{
    const struct paper *l = &s->f->paper;
    s->count = 0;
    for (size_t i = 0; i < l->words.count; i++) {
        struct listed_item it;
        if (s->f->claimed[paper_line_at(l, l->words.at[i].start)] || !read_item(l, i, &it))
            continue;
        bool last = it.ordinal == LAST && s->count >= LEAST - 1;
        if (!last && it.ordinal != s->count + 1)
            continue;
        if (s->count && s->at[s->count - 1].to > it.start)
            s->at[s->count - 1].to = it.start;
        it.to = paragraph_end(l, it.start);
        it.ordinal = s->count + 1;
        listed_add(s, it);
        if (last)
            return;
    }
}

/* How many numbers the questionnaire has, 6(a) and 6(b) being one. */
static size_t count_numbers(const struct questions *q)
{
    size_t count = 0;
    for (size_t i = 0; i < q->count; i++)
        count += i == 0 || q->at[i].label.count == 0 ||
                 !label_same(&q->at[i].label, &q->at[i - 1].label, 1);
    return count;
}

/* The questions of the Nth number, the first of them in *FIRST. */
static size_t group(const struct questions *q, size_t n, size_t *first)
{
    size_t count = 0;
    for (size_t i = 0; i < q->count; i++) {
        n -= i == 0 || q->at[i].label.count == 0 ||
             !label_same(&q->at[i].label, &q->at[i - 1].label, 1);
        if (n == 0 && count++ == 0)
            *first = i;
    }
    return count;
}

bool listed_ordinals(struct listed *s)
{
    const struct questions *q = s->f->questions;
    size_t numbers = count_numbers(q);
    gather(s);
    if (s->count < LEAST || (s->count != numbers && s->count != q->count))
        return false;
    for (size_t i = 0; i < s->count; i++) {
        size_t first = i, count = 1;
        if (memchr(s->f->paper.text.at + s->at[i].from, '?', s->at[i].to - s->at[i].from))
            return false;
        if (s->count == numbers)
            count = group(q, i + 1, &first);
        listed_take_item(s, i, (uint32_t)first, count, FINDING_NUMBER, SCORE);
    }
    return true;
}
