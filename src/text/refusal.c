/* refusal -- why an answer is missing, as authorities phrase it.
 *
 * First what is said is looked for, the surest first; then whether anything
 * else in the text could be an answer. */
#include "text/refusal.h"

#include <stdlib.h>

#include "base/utf8.h"
#include "refusal_words.h"

/* Places tried for a phrase: what is not sure at the first few is not a refusal. */
#define MAX_TRIES 8

/* Bytes of a text that are looked at, since each of its words is held: 75 pages. */
#define MAX_TEXT ((size_t)1 << 18)

const struct refusal_reason *refusal_reasons(size_t *count)
{
    static const struct refusal_reason reasons[] = {
        {"no_response", "the authority did not reply"},
        {"not_held", "the authority does not hold the information"},
        {"refused:s12", "refused: the cost would exceed the appropriate limit"},
        {"refused:s14", "refused: a vexatious or repeated request"},
        {"refused:s21", "refused: accessible by other means"},
        {"refused:s22", "refused: intended for future publication"},
        {"refused:s30", "refused: investigations and proceedings"},
        {"refused:s31", "refused: law enforcement"},
        {"refused:s36", "refused: prejudice to the conduct of public affairs"},
        {"refused:s38", "refused: health and safety"},
        {"refused:s40", "refused: personal information"},
        {"refused:s41", "refused: provided in confidence"},
        {"refused:s43", "refused: commercial interests"},
        {"refused:s44", "refused: disclosure prohibited by law"},
        {"refused:r12(4)(b)", "refused: manifestly unreasonable (environmental information)"},
        {"refused:r12(5)(e)", "refused: commercial confidentiality (environmental information)"},
        {"refused:r13", "refused: personal data (environmental information)"},
        {"refused:foisa_s25", "refused: otherwise accessible (Scotland)"},
        {"refused:foisa_s33", "refused: commercial interests (Scotland)"},
        {"refused", "refused without a section, or under another one (refused:s23)"},
        {"ncnd", "the authority neither confirms nor denies that it holds the information"},
        {"not_applicable", "the question does not apply"},
        {"not_asked", "the question was not asked"},
        {"not_given", "the answer was left out, with no reason given"},
        {"withdrawn", "the request was withdrawn"},
        {"blank", "nothing was answered"},
    };
    *count = sizeof reasons / sizeof *reasons;
    return reasons;
}

/* ---- what is said ---- */

/* How much else the text may say for the phrase to be sure. */
enum strength {
    STRONG,  /* whatever does not look like an answer */
    CUED,    /* the same if the sentence speaks of refusing, else as BARE */
    LEADING, /* the same if the text begins with it, else it is nothing */
    BARE,    /* nothing but words that say nothing; else it is a mention */
    ALONE    /* nothing but such words; else it is nothing */
};

struct phrase {
    enum strength strength;
    const char *reason, *pattern;
};

#define THINGS "information|info|data|record|records|recorded|figures|statistics|details|this|these"

/* The first one that is sure is taken, so what explains another stands before it. */
static const struct phrase phrases[] = {
    {STRONG, "ncnd", "confirm|confirms|confirmed|confirming nor|or deny|denies|denied|denying"},
    {ALONE, "ncnd", "ncnd"},
    {CUED, "refused:s12", "appropriate|cost|costs|fees|time limit|limits|threshold"},
    {CUED, "refused:s12", "18|eighteen hours|hrs"},
    {CUED, "refused:s14", "vexatious"},
    {CUED, "refused:s21", "accessible|available by|through other means"},
    {CUED, "refused:s21", "reasonably|otherwise accessible|available"},
    {CUED, "refused:s22", "future publication"},
    {CUED, "refused:s31", "law enforcement"},
    {CUED, "refused:s36", "conduct of public affairs"},
    {CUED, "refused:s38", "health and safety"},
    {CUED, "refused:s40", "personal data|information"},
    {CUED, "refused:s41", "provided|given|supplied|obtained in confidence"},
    {CUED, "refused:s42", "legal professional? privilege"},
    {CUED, "refused:s43",
     "commercial|commercially "
     "interest|interests|sensitive|sensitivity|confidential|confidentiality"},
    {CUED, "refused:s43", "commercial in confidence"},
    {ALONE, "refused:s12", "cost|costs|time|hours|fees limit|limits? exceeds|exceeded"},
    {ALONE, "refused:s12",
     "exceed|exceeds|exceeded|exceeding|over|above cost|costs|fees limit|limits|threshold?"},
    {ALONE, "refused:s12", "exceed|exceeds|exceeded|exceeding|over time|hours limit|limits"},
    {STRONG, "not_held",
     "do|does|did not|n't currently|centrally|routinely? hold|record|collect|keep|possess "
     "* " THINGS},
    {STRONG, "not_held",
     "don't|doesn't|didn't currently|centrally|routinely? hold|record|collect|keep|possess "
     "* " THINGS},
    {STRONG, "not_held", "do|does|did not have * information|data|record|records"},
    {STRONG, "not_held", "hold|holds|held no information|info|data|record|records|recorded"},
    {STRONG, "not_held", "no recorded? information|info|data|records|record is|are? held|recorded"},
    {STRONG, "not_held",
     THINGS " * not currently|centrally|routinely|formally? held|recorded|collected"},
    {ALONE, "not_held", "not currently|centrally|routinely? held|recorded|collected centrally?"},
    {ALONE, "not_held", "do|does|did not hold"},
    {ALONE, "no_response", "no|nil|none response|reply|answer|received"},
    {ALONE, "no_response",
     "not|never yet|been? responded|respond|replied|reply|answered|answer|received"},
    {ALONE, "no_response", "fail|failed|fails to respond|reply|answer"},
    {ALONE, "no_response", "awaiting|awaits a|the? response|reply|answer"},
    {ALONE, "no_response", "response|reply|answer is? still? awaited|overdue|outstanding|pending"},
    {LEADING, "not_applicable", "n a"},
    {LEADING, "not_applicable", "not applicable"},
    {ALONE, "not_applicable", "na"},
    {ALONE, "not_applicable", "does not apply"},
    {ALONE, "not_asked", "not asked"},
    {ALONE, "not_given", "not given|supplied|stated"},
    {ALONE, "not_given", "no|none data|figure|figures|info|given|supplied|provided"},
    {ALONE, "not_given", THINGS "|figure not given|supplied|provided|available"},
    {ALONE, "withdrawn", "withdrawn|withdrew"},
    {ALONE, "blank", "blank"},
    {BARE, "refused", "exempt|exempted|withheld"},
    {ALONE, "refused", "refused|refusal|declined"},
};

struct word_list {
    unsigned flag;
    const char *words;
};

static const struct word_list word_lists[] = {
    {WORD_EMPTY,
     "a|all|an|and|any|are|as|at|be|because|been|being|by|for|from|has|have|i|in|is|it|its|now|of|"
     "on|or|our|still|such|that|the|their|they|these|this|to|us|was|we|were|with|would|yet|you|"
     "your"},
    {WORD_EMPTY,
     "act|answer|answered|applicant|applied|applies|apply|asked|authority|board|body|centrally|"
     "cost|"
     "costs|council|currently|data|department|disclose|disclosed|disclosure|did|do|does|due|"
     "engaged|"
     "exceed|exceeded|exceeding|exceeds|exempt|exempted|exemption|exemptions|foi|foia|freedom|full|"
     "given|held|hold|info|information|left|limit|made|no|not|notice|officially|organisation|"
     "provide|provided|public|question|questions|received|record|recorded|records|refusal|refuse|"
     "refused|regard|release|released|reply|request|requested|requester|respect|response|sent|"
     "trust|"
     "unable|under|withheld|2000"},
    {WORD_CUE,
     "exempt|exempts|exempted|exemption|exemptions|refuse|refused|refuses|refusing|refusal|"
     "withheld|"
     "withhold|withholds|withholding|decline|declined|declines|declining|exceed|exceeds|exceeded|"
     "exceeding|prejudice|prejudices|prejudicial|inhibit|inhibits|engaged|engages|applied|applies|"
     "applying|rely|relies|relying|invoked|invoking|"
     "cannot|can't|unable|won't|treat|treated|treating|deem|deemed"},
    {WORD_NOT, "no|not|never|without|nothing"},
    {WORD_DOUBT,
     "yes|however|but|although|though|except|apart|excluding|remainder|remaining|some|partly|"
     "partially|partial|part|parts|redacted|below|above|attached|enclosed|instead|if|when|where|"
     "may|"
     "might|could|sometimes|usually|normally|often|generally|before|prior|after|until"},
    {WORD_ANSWER, "yes|however|attached|enclosed|below|above|following|table"},
    {WORD_COURTESY, "dear|thank|thanks|please|kind|regards|should|if|you|sorry|apologies"},
    {WORD_FORMAL,
     "exemption|exempt|refusal|refused|review|complain|complaint|commissioner|commissioner's|ico|"
     "apologise|unfortunately|request|act|foia|foi|interest|disclosure|section|withheld"},
    /* the Act's year, the limits of section 12, the days for a reply, the years of related law */
    {WORD_USUAL, "2000|18|450|600|20|1998|2004|2018"},
    {WORD_YES_NO, "yes|no"},
    {WORD_EMPTY, "eir|eirs|environmental|exception|exceptions|foisa|regulation|regulations|"
                 "scotland|terms|2002|2004"},
    {WORD_CUE, "exception|exceptions|excepted"},
    {WORD_USUAL, "2002"},
    {WORD_LAW, "regulation|regulations|reg|regs|eir|eirs|foisa|scotland"},
    {WORD_AUX, "do|does|did|don't|doesn't|didn't|is|are|has|have|isn't|aren't"},
    {WORD_SILENT,
     "hold|held|holding|record|recorded|collect|collected|keep|kept|possess|provide|provided|"
     "disclose|disclosed|release|released|apply|able|obliged|required|considered|consider|"
     "believe|think|possible|accept|intend|wish|available|this|that|the|any|in|information|data|"
     "records|record|been|capture|captured|monitor|store|stored|know|require|include|affect"},
    {WORD_SECTION, "section|sections|sect|sec|ss|s"},
    {WORD_OTHER,
     "of|doctor|doctors|approved|assessment|assessments|notice|notices|eviction|evictions"},
};

static void learn_words(struct refusal_reader *r)
{
    for (size_t i = 0; i < sizeof word_lists / sizeof *word_lists; i++)
        refusal_learn(r, word_lists[i].words, strlen(word_lists[i].words), word_lists[i].flag, 0);
    _Static_assert(sizeof phrases / sizeof *phrases <= 64, "a phrase has a bit");
    for (size_t i = 0; i < sizeof phrases / sizeof *phrases; i++)
        refusal_learn(r, phrases[i].pattern, strcspn(phrases[i].pattern, " "), 0, UINT64_C(1) << i);
}

/* ---- what else is said ---- */

static bool is(const struct refusal_token *t, unsigned flag)
{
    return (t->known.flags & flag) != 0;
}

static bool is_figure(const struct refusal_token *t)
{
    return !t->explained && !is(t, WORD_USUAL) && refusal_has_digit(t->word);
}

/* Marks what belongs to the reason: the COUNT words from I, and citations
 * wherever they stand ("sections 40 and 43"). */
static void explain(struct refusal_reader *r, size_t i, size_t count)
{
    size_t until = 0;
    for (size_t k = 0; k < r->count; k++) {
        struct refusal_token *t = &r->tokens[k];
        size_t end = t->cited ? k + t->cited + refusal_further(r, k) : 0;
        if (end > until)
            until = end;
        t->explained = k < until || (k >= i && k < i + count);
    }
}

/* Whether the text begins with an answer: "No - exempt under section 43". */
static bool begins_with_answer(const struct refusal_reader *r)
{
    return !r->tokens[0].explained && is(&r->tokens[0], WORD_YES_NO);
}

/* Whether the rest of the text says nothing. */
static bool says_no_more(const struct refusal_reader *r)
{
    for (size_t i = 0; i < r->count; i++)
        if (!r->tokens[i].explained && !is(&r->tokens[i], WORD_EMPTY))
            return false;
    return true;
}

static bool has_cue(const struct refusal_reader *r, size_t sentence)
{
    for (size_t i = 0; i < r->count; i++) {
        if (r->tokens[i].sentence != sentence || !is(&r->tokens[i], WORD_CUE))
            continue;
        if (i == 0 || !is(&r->tokens[i - 1], WORD_NOT))
            return true;
    }
    return false;
}

/* Whether the words [FROM, TO) deny something other than the information: "does not publish". */
static bool denies(const struct refusal_reader *r, size_t from, size_t to)
{
    for (size_t i = from; i + 1 < to; i++) {
        if (r->tokens[i].explained || !is(&r->tokens[i], WORD_AUX))
            continue;
        bool contracted = memchr(r->tokens[i].word.at, '\'', r->tokens[i].word.len) != NULL;
        size_t negated = contracted ? 1 : 2 * refusal_match(r, i + 1, "not");
        size_t verb = i + negated;
        verb += negated ? refusal_match(r, verb, "currently|routinely|presently|itself") : 0;
        if (negated && verb < to && !r->tokens[verb].explained &&
            !is(&r->tokens[verb], WORD_SILENT))
            return true;
    }
    return false;
}

/* Whether the sentence that refuses, the words [FROM, TO), answers as well. */
static bool doubtful(const struct refusal_reader *r, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++) {
        const struct refusal_token *t = &r->tokens[i];
        if (is_figure(t) || (!t->explained && is(t, WORD_DOUBT)))
            return true;
    }
    return denies(r, from, to);
}

/* Whether a sentence beside the refusal is of the kind that letters have. */
static bool formal(const struct refusal_reader *r, size_t from, size_t to)
{
    bool formality = is(&r->tokens[from], WORD_COURTESY);
    for (size_t i = from; i < to; i++) {
        const struct refusal_token *t = &r->tokens[i];
        if (is_figure(t) || is(t, WORD_ANSWER))
            return false;
        if (t->explained || is(t, WORD_FORMAL))
            formality = true;
    }
    return formality && !denies(r, from, to);
}

/* Whether nothing in the text looks like an answer beside what its sentence
 * SENTENCE says. */
static bool no_answer(const struct refusal_reader *r, size_t sentence)
{
    for (size_t from = 0; from < r->count;) {
        size_t to = from;
        while (to < r->count && r->tokens[to].sentence == r->tokens[from].sentence)
            to++;
        bool fine =
            r->tokens[from].sentence == sentence ? !doubtful(r, from, to) : formal(r, from, to);
        if (!fine)
            return false;
        from = to;
    }
    return true;
}

static enum refusal_kind judge(struct refusal_reader *r, size_t i, size_t count,
                               enum strength strength)
{
    explain(r, i, count);
    bool may_be_sure = !begins_with_answer(r);
    if (may_be_sure && says_no_more(r))
        return REFUSAL_SURE;
    size_t sentence = r->tokens[i].sentence;
    bool strong = strength == STRONG || (strength == LEADING && i == 0) ||
                  (strength == CUED && has_cue(r, sentence));
    if (may_be_sure && strong && no_answer(r, sentence))
        return REFUSAL_SURE;
    return strength == ALONE || (strength == LEADING && i > 0) ||
                   (strength == CUED && !has_cue(r, sentence))
               ? REFUSAL_NONE
               : REFUSAL_MENTION;
}

static struct span slice(const struct refusal_reader *r, size_t i, size_t count, struct span text)
{
    struct span last = r->tokens[i + count - 1].word;
    const char *end = span_end(last), *limit = span_end(text);
    const char *start = r->tokens[i].word.at;
    if (end < limit && *end == ')' && memchr(start, '(', (size_t)(end - start)))
        end++;
    return span_from(start, end);
}

/* Takes WHAT for FOUND if it is surer than that. */
static void keep_best(struct refusal *found, struct refusal what)
{
    if (what.kind > found->kind)
        *found = what;
}

static void find_citations(struct refusal_reader *r, struct span text, struct refusal *found)
{
    for (size_t i = 0, tries = 0; i < r->count && tries < MAX_TRIES; i++) {
        const struct refusal_token *t = &r->tokens[i];
        if (!t->cited || found->kind == REFUSAL_SURE)
            continue;
        tries++;
        enum refusal_kind kind = judge(r, i, t->cited, has_cue(r, t->sentence) ? STRONG : BARE);
        keep_best(found, (struct refusal){kind, t->reason, slice(r, i, t->cited, text)});
    }
}

/* Whether a sentence cites the section whose words it uses: that is as good as a cue. */
static bool cites(const struct refusal_reader *r, size_t sentence, struct span reason)
{
    for (size_t i = 0; i < r->count; i++)
        if (r->tokens[i].sentence == sentence && r->tokens[i].cited &&
            span_eq(r->tokens[i].reason, reason))
            return true;
    return false;
}

/* REASON by the sections of Scotland's Act, if that is what the text names. */
static struct span in_scotland(const struct refusal_reader *r, struct span reason)
{
    static const char *const sections[][2] = {
        {"refused:s12", "refused:foisa_s12"}, {"refused:s14", "refused:foisa_s14"},
        {"refused:s21", "refused:foisa_s25"}, {"refused:s22", "refused:foisa_s27"},
        {"refused:s31", "refused:foisa_s35"}, {"refused:s36", "refused:foisa_s30"},
        {"refused:s38", "refused:foisa_s39"}, {"refused:s40", "refused:foisa_s38"},
        {"refused:s41", "refused:foisa_s36"}, {"refused:s42", "refused:foisa_s36"},
        {"refused:s43", "refused:foisa_s33"}};
    for (size_t i = 0; r->scottish && i < sizeof sections / sizeof *sections; i++)
        if (span_eq(reason, span_of(sections[i][0])))
            return span_of(sections[i][1]);
    return reason;
}

static void find_phrase(struct refusal_reader *r, struct span text, size_t place,
                        struct refusal *found)
{
    const struct phrase *p = &phrases[place];
    struct span reason = in_scotland(r, span_of(p->reason));
    for (size_t i = 0, tries = 0; i < r->count && tries < MAX_TRIES; i++) {
        if (!(r->tokens[i].known.phrases >> place & 1) || found->kind == REFUSAL_SURE)
            continue;
        size_t count = refusal_match(r, i, p->pattern);
        if (!count)
            continue;
        tries++;
        bool cited = p->strength == CUED && cites(r, r->tokens[i].sentence, reason);
        enum refusal_kind kind = judge(r, i, count, cited ? STRONG : p->strength);
        keep_best(found, (struct refusal){kind, reason, slice(r, i, count, text)});
    }
}

struct refusal refusal_find(struct refusal_reader *r, struct span text)
{
    if (text.len == 0)
        return (struct refusal){REFUSAL_SURE, SPAN("blank"), text};
    if (text.len > MAX_TEXT)
        for (text.len = MAX_TEXT; utf8_tail((unsigned char)text.at[text.len]);)
            text.len--;
    if (r->words.count == 0)
        learn_words(r);
    refusal_split(r, text);
    uint64_t there = 0;
    bool cited = false;
    for (size_t i = 0; i < r->count; i++) {
        there |= r->tokens[i].known.phrases;
        cited |= r->tokens[i].cited > 0;
    }
    struct refusal found = {.kind = REFUSAL_NONE};
    if (there & 1) /* neither confirm nor deny: it cites a section, too */
        find_phrase(r, text, 0, &found);
    if (cited)
        find_citations(r, text, &found);
    for (size_t place = 1; place < sizeof phrases / sizeof *phrases; place++)
        if (there >> place & 1)
            find_phrase(r, text, place, &found);
    return found;
}

void refusal_free(struct refusal_reader *r)
{
    free(r->tokens);
    free(r->known);
    intern_free(&r->words);
    *r = (struct refusal_reader){0};
}
