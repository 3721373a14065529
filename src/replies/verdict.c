/* verdict -- whether a stretch of a letter is an answer. */
#include "verdict.h"

#include <ctype.h>

#define NAMED_MAX 100 /* bytes of "Questions 2b and 2c therefore do not apply" */
#define HEAD_MAX 60   /* bytes of what stands before a mark: "Not held - ..." */

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static struct span trim(struct span s)
{
    while (s.len && strchr(" .,;:-\"'()", s.at[0]) && s.at[0])
        s = (struct span){s.at + 1, s.len - 1};
    while (s.len && strchr(" .,;:-\"'(", s.at[s.len - 1]) && s.at[s.len - 1])
        s.len--;
    return s;
}

static bool is_alnum(char c)
{
    return isalnum((unsigned char)c) || (unsigned char)c >= 0x80;
}

/* Finds WORDS, which begin and end with whole words, in TEXT, without regard to case. */
static bool says(struct span text, const char *words)
{
    size_t len = strlen(words);
    for (size_t i = 0; i + len <= text.len; i++) {
        if (i && is_alnum(text.at[i - 1]))
            continue;
        size_t k = 0;
        while (k < len && tolower((unsigned char)text.at[i + k]) == words[k])
            k++;
        if (k == len && (i + len == text.len || !is_alnum(text.at[i + len])))
            return true;
    }
    return false;
}

static bool says_any(struct span text, const char *const *list)
{
    for (; *list; list++)
        if (says(text, *list))
            return true;
    return false;
}

static bool is_one_of(struct span text, const char *const *list)
{
    for (; *list; list++)
        if (text.len == strlen(*list) && says(text, *list))
            return true;
    return false;
}

/* ---- sentences ---- */

static bool ends_sentence(struct span text, size_t i)
{
    char c = text.at[i], next = i + 1 < text.len ? text.at[i + 1] : ' ';
    if (c == '\n')
        return true;
    if ((c != '.' && c != '?' && c != '!') || (next != ' ' && next != '\n'))
        return false;
    if (c != '.')
        return true;
    /* "s. 43", "No. 4", "e.g. ": a point behind one letter, or a number or a small letter behind
     * it, ends no sentence */
    size_t behind = i + 1;
    while (behind < text.len && text.at[behind] == ' ')
        behind++;
    bool letter =
        i >= 1 && isalpha((unsigned char)text.at[i - 1]) && (i == 1 || !is_alnum(text.at[i - 2]));
    bool small = behind < text.len && islower((unsigned char)text.at[behind]);
    return !letter && !small;
}

size_t verdict_sentence(struct span text)
{
    for (size_t i = 0; i < text.len; i++)
        if (ends_sentence(text, i))
            return i + 1;
    return text.len;
}

/* The bytes of an adverb at the start of TEXT that may stand between any two words: "is therefore
 * not held". */
static size_t adverb(struct span text)
{
    static const struct span adverbs[] = {
        SPAN_ROW("therefore "), SPAN_ROW("accordingly "), SPAN_ROW("consequently "),
        SPAN_ROW("currently "), SPAN_ROW("presently "),   SPAN_ROW("unfortunately "),
        SPAN_ROW("also "),      SPAN_ROW("actually "),    SPAN_ROW("thus "),
        SPAN_ROW("simply "),    SPAN_ROW("itself "),      SPAN_ROW("hence ")};
    for (size_t i = 0; i < sizeof adverbs / sizeof *adverbs; i++)
        if (span_starts(text, adverbs[i]))
            return adverbs[i].len;
    return 0;
}

/* The bytes of the month behind a day's number at the start of TEXT: " August". */
static size_t month(struct span text)
{
    static const struct span months[] = {
        SPAN_ROW(" January"), SPAN_ROW(" February"), SPAN_ROW(" March"),
        SPAN_ROW(" April"),   SPAN_ROW(" May"),      SPAN_ROW(" June"),
        SPAN_ROW(" July"),    SPAN_ROW(" August"),   SPAN_ROW(" September"),
        SPAN_ROW(" October"), SPAN_ROW(" November"), SPAN_ROW(" December")};
    for (size_t i = 0; i < sizeof months / sizeof *months; i++)
        if (span_starts(text, months[i]))
            return months[i].len;
    return 0;
}

/* TEXT without such adverbs and dates, which are in explanations as well as in answers:
 * "outsourced in 2016". */
static struct span plain_words(struct verdict *v, struct span text)
{
    struct buf *b = &v->sentence;
    buf_clear(b);
    for (size_t i = 0; i < text.len;) {
        size_t len =
            i && text.at[i - 1] == ' ' ? adverb((struct span){text.at + i, text.len - i}) : 0;
        if (len) {
            i += len;
            continue;
        }
        while (i + len < text.len && is_digit(text.at[i + len]))
            len++;
        bool alone = i == 0 || !(is_alnum(text.at[i - 1]) || strchr(".,", text.at[i - 1]));
        bool year = len == 4 && alone && (text.at[i] == '1' || text.at[i] == '2') &&
                    (text.at[i + 1] == '9' || text.at[i + 1] == '0') &&
                    !(i + 4 < text.len && is_alnum(text.at[i + 4]));
        if (year && !says(text, "act 2000")) {
            i += len;
            if (i + 2 < text.len && (text.at[i] == '/' || text.at[i] == '-') &&
                is_digit(text.at[i + 1]))
                for (i++; i < text.len && is_digit(text.at[i]);)
                    i++;
            continue;
        }
        size_t day =
            len && len <= 2 ? month((struct span){text.at + i + len, text.len - i - len}) : 0;
        if (!day)
            buf_add(b, (struct span){text.at + i, len ? len : 1});
        i += day + (len ? len : 1);
    }
    return buf_span(b);
}

/* ---- what a sentence is ---- */

/* Reasons of the recogniser that are answers in a letter: "None received". */
static bool is_reason(struct span reason)
{
    return !span_eq(reason, SPAN("no_response")) && !span_eq(reason, SPAN("withdrawn")) &&
           !span_eq(reason, SPAN("blank")) && !span_eq(reason, SPAN("not_asked"));
}

static bool refuses_something(struct span text)
{
    static const char *const cues[] = {
        "exempt",      "exempted",     "exemption",   "withhold", "withheld",
        "withholding", "refuse",       "refused",     "refusing", "engaged",
        "exceed",      "exceeds",      "not obliged", "unable",   "cannot",
        "decline",     "declined",     "applied",     "applies",  "not have to",
        "need not",    "not required", "beyond",      "rely",     "relies",
        "relying",     "relied",       "refusal",     "apply",    "suppressed",
        "in excess",   "privileged",   "not publish", NULL};
    return says_any(text, cues);
}

/* Whether a sentence with a refusal in it gives something as well, or is about a part. */
static bool gives_some(struct span text)
{
    static const char *const cues[] = {
        "other which",      "others which", "one other", "names withheld", "name withheld",
        "details withheld", "some of",      "except",    "redacted",       "attached",
        "models withheld",  "enclosed",     NULL};
    return says_any(text, cues);
}

static bool begins_with_answer(struct span text)
{
    static const char *const answers[] = {"yes", "no", NULL};
    static const char *const about[] = {"fewer than", "less than", "under",   "approximately",
                                        "about",      "around",    "roughly", NULL};
    size_t len = 0;
    text = trim(text);
    for (const char *const *a = about; *a; a++)
        if (text.len > strlen(*a) + 1 && is_digit(text.at[strlen(*a) + 1]) &&
            is_one_of((struct span){text.at, strlen(*a)}, (const char *const[]){*a, NULL}))
            return true;
    while (len < text.len && is_alnum(text.at[len]))
        len++;
    if (len && len < text.len && text.at[len] != ' ' &&
        is_one_of((struct span){text.at, len}, answers))
        return true;
    return len == 3 && is_one_of((struct span){text.at, len}, answers);
}

/* Ways of not holding that only letters have. */
static const char *const ways_of_not_holding[] = {"do not hold it",
                                                  "do not hold them",
                                                  "does not hold it",
                                                  "not hold this",
                                                  "not hold that",
                                                  "does not hold this information",
                                                  "do not hold this information",
                                                  "no information held",
                                                  "not hold the requested",
                                                  "not hold any",
                                                  "no recorded information",
                                                  "is not held",
                                                  "are not held",
                                                  "not hold the information",
                                                  "not hold a central record",
                                                  "do not record this",
                                                  "does not record this",
                                                  "is not recorded",
                                                  "are not recorded",
                                                  "do not collect this",
                                                  "does not collect this",
                                                  "do not hold a separate",
                                                  "does not hold a separate",
                                                  "do not hold information",
                                                  "does not hold information",
                                                  "not hold such",
                                                  "not collate",
                                                  "not captured",
                                                  "no record of this",
                                                  "reportable format",
                                                  "not by the trust",
                                                  "not by the council",
                                                  "not by us",
                                                  "none held",
                                                  "no information",
                                                  "information is not available",
                                                  "not keep a record",
                                                  "not keep records",
                                                  "keep no record",
                                                  "hold none of",
                                                  "holds none of",
                                                  "holds no information",
                                                  "nothing is held",
                                                  "nothing held",
                                                  "no longer hold",
                                                  "no longer holds",
                                                  "no longer held",
                                                  "hold no information",
                                                  "nothing to provide",
                                                  "nothing that we can",
                                                  "nothing we can",
                                                  "nothing that it can",
                                                  "no documents are held",
                                                  "no documents held",
                                                  "no records are held",
                                                  "no records held",
                                                  "no data is held",
                                                  "no data are held",
                                                  "no information is held",
                                                  NULL};

static bool not_held_in_letter(struct span text)
{
    return says_any(text, ways_of_not_holding);
}

/* "We do not hold vacancies by band": what is not held is told as figures are. */
static bool holds_no_figures(struct span text)
{
    static const char *const verbs[] = {"do not hold",        "does not hold",
                                        "not held by us",     "do not record",
                                        "does not record",    "do not collect",
                                        "does not collect",   "do not keep",
                                        "does not keep",      "do not monitor",
                                        "does not monitor",   "not routinely hold",
                                        "not centrally hold", NULL};
    static const char *const things[] = {"by",          "broken",     "breakdown",  "data",
                                         "information", "figures",    "numbers",    "details",
                                         "level",       "proportion", "percentage", "records",
                                         "statistics",  "separately", "centrally",  "a list",
                                         "lists",       "copies",     "documents",  NULL};
    return says_any(text, verbs) && says_any(text, things);
}

static bool not_held(struct verdict *v, struct span sentence)
{
    struct span plain = plain_words(v, sentence);
    return not_held_in_letter(plain) || holds_no_figures(plain);
}

static struct span find(struct verdict *v, struct span sentence, bool *sure)
{
    struct span plain = plain_words(v, sentence);
    struct refusal r = refusal_find(&v->reader, plain);
    *sure = r.kind == REFUSAL_SURE && is_reason(r.reason) && !gives_some(sentence);
    if (*sure)
        return r.reason;
    if (r.kind == REFUSAL_MENTION && is_reason(r.reason))
        return r.reason;
    return not_held(v, sentence) ? SPAN("not_held") : (struct span){0};
}

static bool takes_back(struct span text)
{
    static const char *const cues[] = {
        "however",         "attached",   "enclosed",    "can confirm", "can provide", "can tell",
        "able to provide", "as follows", "table below", "following",   NULL};
    return says_any(text, cues);
}

/* Whether the sentence says by its grammar that nothing is given. */
static bool holds_back(struct verdict *v, struct span sentence)
{
    enum denial kind = denial_find(&v->denials, sentence).kind;
    return kind == DENIAL_COST || kind == DENIAL_WITHHELD;
}

/* Whether the sentence refuses: for sure, or by a mention with the words for it. */
static struct span sentence_reason(struct verdict *v, struct span sentence)
{
    static const char *const neither[] = {"neither confirm nor deny", "neither confirms nor denies",
                                          "neither confirming nor denying",
                                          "confirm or deny whether", NULL};
    static const char *const disclosing[] = {"disclosure", "release", "publication", "act", NULL};
    static const struct span however = SPAN_ROW("However");
    bool sure;
    if (says_any(sentence, neither))
        return SPAN("ncnd");
    if (span_starts(sentence, however))
        sentence = trim((struct span){sentence.at + however.len, sentence.len - however.len});
    struct span reason = find(v, sentence, &sure);
    if (span_eq(reason, SPAN("refused")) && says(sentence, "exempt from") &&
        !says_any(sentence, disclosing))
        return (struct span){0};
    if (!reason.at || begins_with_answer(sentence) || gives_some(sentence))
        return (struct span){0};
    bool refused =
        sure || (!takes_back(sentence) && (refuses_something(sentence) || holds_back(v, sentence)));
    bool held =
        !span_eq(reason, SPAN("not_held")) || takes_back(sentence) || !not_held(v, sentence);
    return refused || !held ? reason : (struct span){0};
}

/* Whether the number at byte I of TEXT is that of a section: "section 16", "S40(2)". */
static bool is_cited(struct span text, size_t i)
{
    static const char *const parts[] = {
        "section", "sections", "s",        "ss",        "sec", "regulation", "regulations",
        "annex",   "appendix", "question", "questions", "q",   NULL};
    size_t end = i, start;
    while (end > 0 && strchr(" .", text.at[end - 1]))
        end--;
    for (start = end; start > 0 && isalpha((unsigned char)text.at[start - 1]);)
        start--;
    return is_one_of((struct span){text.at + start, end - start}, parts);
}

/* The bytes of the numbers at the start of TEXT, which are named together: "40(2), 41 and 43". */
static size_t further_numbers(struct span text)
{
    static const struct span joins[] = {SPAN_ROW(", "),   SPAN_ROW(" and "), SPAN_ROW(" or "),
                                        SPAN_ROW(" to "), SPAN_ROW(" & "),   SPAN_ROW("-")};
    size_t end = 0;
    for (bool more = true; more;) {
        while (end < text.len && (is_alnum(text.at[end]) || strchr("()", text.at[end])))
            end++;
        struct span rest = {text.at + end, text.len - end};
        more = false;
        for (size_t i = 0; i < sizeof joins / sizeof *joins && !more; i++) {
            more = span_starts(rest, joins[i]) && rest.len > joins[i].len &&
                   is_digit(rest.at[joins[i].len]);
            end += more ? joins[i].len : 0;
        }
    }
    return end;
}

static bool has_figure(struct verdict *v, struct span sentence)
{
    struct span plain = plain_words(v, sentence);
    for (size_t i = 0; i < plain.len; i++) {
        if (!is_digit(plain.at[i]))
            continue;
        if (!is_cited(plain, i))
            return true;
        i += further_numbers((struct span){plain.at + i, plain.len - i}) - 1;
    }
    return false;
}

/* The reason of a sentence that denies by its grammar alone. What is told before others are named
 * is an answer: FIRST says that nothing was. */
static struct span denied_reason(struct verdict *v, struct span sentence, bool first)
{
    static const char *const commercial[] = {"commercial", "commercially", NULL};
    static const struct span reasons[] = {[DENIAL_COST] = SPAN_ROW("refused:s12"),
                                          [DENIAL_WITHHELD] = SPAN_ROW("refused"),
                                          [DENIAL_UNRECORDED] = SPAN_ROW("not_held"),
                                          [DENIAL_UNABLE] = SPAN_ROW("not_held"),
                                          [DENIAL_ELSEWHERE] = SPAN_ROW("not_held"),
                                          [DENIAL_LATER] = SPAN_ROW("not_answered"),
                                          [DENIAL_ASKS] = SPAN_ROW("not_answered"),
                                          [DENIAL_INAPPLICABLE] = SPAN_ROW("not_applicable")};
    if (begins_with_answer(sentence) || gives_some(sentence))
        return (struct span){0};
    struct denial_found found = denial_find(&v->denials, sentence);
    bool figure = found.kind != DENIAL_COST && has_figure(v, sentence);
    if (found.kind == DENIAL_NONE || figure || (found.kind == DENIAL_ELSEWHERE && !first))
        return (struct span){0};
    v->denied = found.word;
    return found.kind == DENIAL_WITHHELD && says_any(sentence, commercial) ? SPAN("refused:s43")
                                                                           : reasons[found.kind];
}

/* The words of refusals. */
static const char *const formalities[] = {
    "exempt",          "exemption",     "exemptions",   "act",        "section",
    "public interest", "disclosure",    "disclose",     "disclosing", "prejudice",
    "commercial",      "commercially",  "confidential", "harm",       "release",
    "releasing",       "request",       "withheld",     "not",        "outsourced",
    "regret",          "unfortunately", "unable",       "cost",       "limit",
    "hours",           "matter for",    "against",      "balance",    "favour",
    "is held",         "holds",         "hold",         NULL};

/* And of what explains them: what would be, what could be, what is thought. */
static const char *const grounds[] = {
    "identify",          "identified", "identifiable", "identification", "would",  "could",
    "believe",           "believes",   "consider",     "considers",      "manual", "manually",
    "will be published", NULL};

/* Where it is to be found instead, which section 21 and 22 need not give. */
static const char *const elsewhere[] = {"website",  "webpage",   "www",    "published", "publish",
                                        "publicly", "available", "online", NULL};

static bool is_formal(struct span sentence)
{
    return says_any(sentence, formalities) || says_any(sentence, grounds);
}

/* ---- a stretch ---- */

static struct span nothing_said(struct span text)
{
    static const char *const later[] = {"to follow",
                                        "to be confirmed",
                                        "to be provided",
                                        "to be advised",
                                        "tbc",
                                        "tba",
                                        "awaited",
                                        "awaiting information",
                                        "no answer",
                                        "not answered",
                                        "blank",
                                        "no response",
                                        "will follow",
                                        NULL};
    struct span bare = trim(text);
    bool any = false;
    for (size_t i = 0; i < bare.len; i++)
        any |= is_alnum(bare.at[i]);
    return !any || is_one_of(bare, later) ? SPAN("not_answered") : (struct span){0};
}

/* "Refused - s.12 (cost)": the section that TEXT cites, where its head names none. */
static struct span with_section(struct verdict *v, struct span text, struct span reason)
{
    static const struct span refused = SPAN_ROW("refused:");
    if (!span_eq(reason, SPAN("refused")))
        return reason;
    size_t behind = 0;
    while (behind < text.len && is_alnum(text.at[behind]))
        behind++;
    struct refusal r =
        refusal_find(&v->reader, trim((struct span){text.at + behind, text.len - behind}));
    return r.kind != REFUSAL_NONE && span_starts(r.reason, refused) ? r.reason : reason;
}

/* "Not held - the budget is part of another": what stands before the mark. */
static struct span head_reason(struct verdict *v, struct span text)
{
    size_t limit = text.len < HEAD_MAX ? text.len : HEAD_MAX;
    for (size_t i = 1; i < limit; i++) {
        char c = text.at[i];
        bool mark = c == ':' || c == ';' || c == ',' || (c == '(' && text.at[i - 1] == ' ') ||
                    c == '.' || (c == '-' && text.at[i - 1] == ' ');
        if (!mark)
            continue;
        struct refusal r = refusal_find(&v->reader, trim((struct span){text.at, i}));
        if (r.kind == REFUSAL_SURE && is_reason(r.reason))
            return with_section(v, text, r.reason);
    }
    return (struct span){0};
}

/* Whether a sentence that refuses is about all that was asked: what stood before it, without a
 * figure, was the explanation. "Their fees are exempt" is about a part. */
static bool refuses_all(struct span sentence)
{
    static const char *const cues[] = {"this",    "it",   "the information", "that information",
                                       "rely on", "they", "no information",  "therefore",
                                       "them",    NULL};
    static const char *const heads[] = {"exempt",     "exemption",  "section",     "withheld",
                                        "refused",    "release",    "releasing",   "disclosure",
                                        "disclosing", "publishing", "publication", NULL};
    size_t len = 0;
    while (len < sentence.len && is_alnum(sentence.at[len]))
        len++;
    return says_any(sentence, cues) || is_one_of((struct span){sentence.at, len}, heads);
}

/* REASON, or that of SENTENCE behind it which says more: why it would cost too much to find, or
 * the section. */
static struct span surer(struct verdict *v, struct span reason, struct span sentence)
{
    static const struct span cited = SPAN_ROW("refused:");
    bool sure;
    if (span_eq(reason, SPAN("not_held")) &&
        span_eq(sentence_reason(v, sentence), SPAN("refused:s12")))
        return SPAN("refused:s12");
    struct span found = span_eq(reason, SPAN("refused")) ? find(v, sentence, &sure) : reason;
    return span_starts(found, cited) ? found : reason;
}

/* Sentence by sentence. What comes before the refusal must not answer; what comes behind
 * is its explanation unless it says otherwise. */
static struct span reason_by_sentence(struct verdict *v, struct span text)
{
    struct span reason = {0};
    bool figure = false, other = false, told = false, first = true;
    for (size_t at = 0; at < text.len;) {
        size_t len = verdict_sentence((struct span){text.at + at, text.len - at});
        struct span sentence = trim((struct span){text.at + at, len});
        at += len;
        if (sentence.len == 0)
            continue;
        if (reason.at) {
            reason = surer(v, reason, sentence);
            bool tells = has_figure(v, sentence) && !is_formal(sentence) &&
                         !span_eq(reason, SPAN("refused:s12"));
            if (tells || (takes_back(sentence) && has_figure(v, sentence)))
                return (struct span){0};
            continue;
        }
        reason = sentence_reason(v, sentence);
        if (reason.at) {
            other &= !refuses_all(sentence);
            continue;
        }
        reason = denied_reason(v, sentence, first);
        first = false;
        if (reason.at)
            continue;
        if (says_any(sentence, elsewhere) && !begins_with_answer(sentence)) {
            told = true;
            continue;
        }
        figure |= has_figure(v, sentence) || begins_with_answer(sentence);
        other |= !is_formal(sentence);
    }
    bool cost = span_eq(reason, SPAN("refused:s12"));
    other |= told && !span_eq(reason, SPAN("refused:s21")) && !span_eq(reason, SPAN("refused:s22"));
    return (figure || other) && !cost ? (struct span){0} : reason;
}

/* "No, this information is not held." */
static struct span no_and_not_held(struct span text)
{
    bool one = verdict_sentence(text) == text.len;
    bool no = text.len > 3 && (text.at[0] | 0x20) == 'n' && (text.at[1] | 0x20) == 'o';
    return one && no && not_held_in_letter(text) ? SPAN("not_held") : (struct span){0};
}

/* The bytes of "n/a" or "not applicable" at the start of TEXT. */
static size_t inapplicable(struct span text)
{
    static const char *const words[] = {"n/a", "n.a.", "n.a", "not applicable", NULL};
    for (const char *const *w = words; *w; w++)
        if (text.len >= strlen(*w) &&
            is_one_of((struct span){text.at, strlen(*w)}, (const char *const[]){*w, NULL}) &&
            (text.len == strlen(*w) || !is_alnum(text.at[strlen(*w)])))
            return strlen(*w);
    return 0;
}

/* What begins with "n/a": it does not apply, where a mark or a connecting word leads to the reason
 * of that; "n/a all owned" answers. NULL at AT of WHY in the latter case. False if TEXT does not
 * begin so. */
static bool reads_inapplicable(struct verdict *v, struct span text, struct span *why)
{
    static const char *const connects[] = {"as",    "since", "because", "given", "to",  "for",
                                           "in",    "at",    "due",     "see",   "per", "then",
                                           "owing", "here",  "under",   "from",  "on",  NULL};
    size_t len = inapplicable(text), end;
    if (!len || has_figure(v, text))
        return false;
    struct span rest = {text.at + len, text.len - len};
    *why = SPAN("not_applicable");
    if (rest.len == 0 || rest.at[0] != ' ' || strchr("-(", rest.at[1]))
        return true;
    rest = (struct span){rest.at + 1, rest.len - 1};
    for (end = 0; end < rest.len && is_alnum(rest.at[end]);)
        end++;
    if (!is_one_of((struct span){rest.at, end}, connects))
        *why = (struct span){0};
    return true;
}

struct span verdict_reason(struct verdict *v, struct span text)
{
    struct span reason = nothing_said(text);
    v->denied = (struct span){0};
    if (reason.at)
        return reason;
    text = trim(text);
    if (reads_inapplicable(v, text, &reason))
        return reason;
    struct refusal whole = refusal_find(&v->reader, text);
    if (whole.kind == REFUSAL_SURE && is_reason(whole.reason) && !gives_some(text))
        return with_section(v, text, whole.reason);
    if (begins_with_answer(text))
        return no_and_not_held(text);
    reason = head_reason(v, text);
    return reason.at ? reason : reason_by_sentence(v, text);
}

struct span verdict_of_letter(struct verdict *v, struct span sentence)
{
    static const char *const conditional[] = {"may apply",   "allows",      "if",
                                              "could apply", "might apply", "whether",
                                              "may be",      "would apply", NULL};
    struct span reason = sentence_reason(v, trim(sentence));
    bool weak = says_any(sentence, conditional) && !span_eq(reason, SPAN("ncnd"));
    if (!reason.at || weak || span_eq(reason, SPAN("not_applicable")))
        return (struct span){0};
    return reason;
}

struct span verdict_of_whole(struct verdict *v, struct span sentence)
{
    struct span reason = verdict_of_letter(v, sentence);
    if (reason.at)
        return reason;
    reason = denied_reason(v, trim(sentence), false);
    return span_eq(reason, SPAN("not_held")) ? reason : (struct span){0};
}

struct span verdict_of_named(struct verdict *v, struct span sentence)
{
    static const char *const inapplicable[] = {"do not apply", "does not apply", "not applicable",
                                               "not relevant", NULL};
    struct span reason = verdict_of_letter(v, sentence);
    bool short_one = sentence.len < NAMED_MAX && says_any(sentence, inapplicable);
    if (!reason.at && short_one)
        return SPAN("not_applicable");
    return reason.at ? reason : denied_reason(v, trim(sentence), true);
}

bool verdict_asks_back(struct span text)
{
    static const struct span starts[] = {
        SPAN_ROW("do you mean"),    SPAN_ROW("did you mean"),          SPAN_ROW("do you want"),
        SPAN_ROW("do you require"), SPAN_ROW("please clarify"),        SPAN_ROW("please specify"),
        SPAN_ROW("could you"),      SPAN_ROW("can you please"),        SPAN_ROW("please can you"),
        SPAN_ROW("please could"),   SPAN_ROW("please confirm whether")};
    while (text.len && strchr("- ", text.at[0]))
        text = (struct span){text.at + 1, text.len - 1};
    for (size_t i = 0; i < sizeof starts / sizeof *starts; i++)
        if (text.len >= starts[i].len && says((struct span){text.at, starts[i].len}, starts[i].at))
            return true;
    return false;
}

void verdict_free(struct verdict *v)
{
    refusal_free(&v->reader);
    refusal_free(&v->denials);
    buf_free(&v->sentence);
}
