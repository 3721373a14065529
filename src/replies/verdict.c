/* verdict -- whether a stretch of a letter is an answer. */
#include "verdict.h"

#include <ctype.h>

#include "verdict_parts.h"

#define NAMED_MAX 100 /* bytes of "Questions 2b and 2c therefore do not apply" */
#define HEAD_MAX 60   /* bytes of what stands before a mark: "Not held - ..." */

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
    return verdict_says_any(sentence, formalities) || verdict_says_any(sentence, grounds);
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
                                        "pending",
                                        "to be sent separately",
                                        "not yet available",
                                        NULL};
    static const char *const unknown[] = {
        "not known", "unknown", "not known to us", "no data", "no figures", "no idea", NULL};
    struct span bare = verdict_trim(text);
    bool any = false;
    for (size_t i = 0; i < bare.len; i++)
        any |= verdict_alnum(bare.at[i]);
    if (!any || verdict_is_one(bare, later))
        return SPAN("not_answered");
    return verdict_is_one(bare, unknown) ? SPAN("not_held") : (struct span){0};
}

/* "Refused - s.12 (cost)": the section that TEXT cites, where its head names none. */
static struct span with_section(struct verdict *v, struct span text, struct span reason)
{
    static const struct span refused = SPAN_ROW("refused:");
    if (!span_eq(reason, SPAN("refused")))
        return reason;
    size_t behind = 0;
    while (behind < text.len && verdict_alnum(text.at[behind]))
        behind++;
    struct refusal r =
        refusal_find(&v->reader, verdict_trim((struct span){text.at + behind, text.len - behind}));
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
        struct refusal r = refusal_find(&v->reader, verdict_trim((struct span){text.at, i}));
        if (r.kind == REFUSAL_SURE && verdict_is_reason(r.reason))
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
    while (len < sentence.len && verdict_alnum(sentence.at[len]))
        len++;
    return verdict_says_any(sentence, cues) ||
           verdict_is_one((struct span){sentence.at, len}, heads);
}

/* REASON, or that of SENTENCE behind it which says more: why it would cost too much to find, or
 * the section, which counts more than what is DENIED in other words. */
static struct span surer(struct verdict *v, struct span reason, bool denied, struct span sentence)
{
    static const struct span cited = SPAN_ROW("refused:");
    bool sure;
    if (denied && span_eq(reason, SPAN("refused:s12"))) {
        struct span told = verdict_told(v, sentence);
        return span_starts(told, cited) ? told : reason;
    }
    if (span_eq(reason, SPAN("not_held")) &&
        span_eq(verdict_told(v, sentence), SPAN("refused:s12")))
        return SPAN("refused:s12");
    struct span found = reason;
    if (span_eq(reason, SPAN("refused")))
        found = verdict_find(v, sentence, &sure);
    else if (span_eq(reason, SPAN("not_answered"))) /* it "will be published", and may wait */
        found = verdict_told(v, sentence);
    return span_starts(found, cited) ? found : reason;
}

/* Sentence by sentence. What comes before the refusal must not answer; what comes behind
 * is its explanation unless it says otherwise. */
static struct span reason_by_sentence(struct verdict *v, struct span text)
{
    struct span reason = {0};
    bool figure = false, other = false, told = false, first = true, denied = false;
    for (size_t at = 0; at < text.len;) {
        size_t len = verdict_sentence((struct span){text.at + at, text.len - at});
        struct span sentence = verdict_trim((struct span){text.at + at, len});
        at += len;
        if (sentence.len == 0)
            continue;
        if (reason.at) {
            reason = surer(v, reason, denied, sentence);
            bool tells = verdict_has_figure(v, sentence) && !is_formal(sentence) &&
                         !span_eq(reason, SPAN("refused:s12"));
            if (tells || (verdict_takes_back(sentence) && verdict_has_figure(v, sentence)))
                return (struct span){0};
            continue;
        }
        reason = verdict_told(v, sentence);
        if (reason.at) {
            other &= !refuses_all(sentence);
            continue;
        }
        reason = verdict_denied(v, sentence, first);
        first = false;
        denied = reason.at != NULL;
        if (denied)
            continue;
        if (verdict_says_any(sentence, elsewhere) && !verdict_begins(sentence)) {
            told = true;
            continue;
        }
        figure |= verdict_has_figure(v, sentence) || verdict_begins(sentence);
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
    return one && no && verdict_not_held(text) ? SPAN("not_held") : (struct span){0};
}

/* The bytes of "n/a" or "not applicable" at the start of TEXT. */
static size_t inapplicable(struct span text)
{
    static const char *const words[] = {"n/a", "n.a.", "n.a", "not applicable", NULL};
    for (const char *const *w = words; *w; w++)
        if (text.len >= strlen(*w) &&
            verdict_is_one((struct span){text.at, strlen(*w)}, (const char *const[]){*w, NULL}) &&
            (text.len == strlen(*w) || !verdict_alnum(text.at[strlen(*w)])))
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
    if (!len || verdict_has_figure(v, text))
        return false;
    struct span rest = {text.at + len, text.len - len};
    *why = SPAN("not_applicable");
    if (rest.len == 0 || rest.at[0] != ' ' || strchr("-(", rest.at[1]))
        return true;
    rest = (struct span){rest.at + 1, rest.len - 1};
    for (end = 0; end < rest.len && verdict_alnum(rest.at[end]);)
        end++;
    if (!verdict_is_one((struct span){rest.at, end}, connects))
        *why = (struct span){0};
    return true;
}

struct span verdict_reason(struct verdict *v, struct span text)
{
    struct span reason = nothing_said(text);
    v->denied = (struct span){0};
    if (reason.at)
        return reason;
    text = verdict_trim(text);
    if (reads_inapplicable(v, text, &reason))
        return reason;
    if (verdict_heads_figure(text))
        return (struct span){0};
    struct refusal whole = refusal_find(&v->reader, text);
    if (whole.kind == REFUSAL_SURE && verdict_is_reason(whole.reason) && !verdict_gives_some(text))
        return with_section(v, text, whole.reason);
    if (verdict_begins(text))
        return no_and_not_held(text);
    reason = head_reason(v, text);
    return reason.at ? reason : reason_by_sentence(v, text);
}

/* Whether SENTENCE says what may come to be refused. */
static bool is_conditional(struct span sentence)
{
    static const char *const conditional[] = {"may apply",   "allows",      "if",
                                              "could apply", "might apply", "whether",
                                              "may be",      "would apply", NULL};
    return verdict_says_any(sentence, conditional);
}

struct span verdict_of_letter(struct verdict *v, struct span sentence)
{
    struct span reason = verdict_told(v, verdict_trim(sentence));
    bool weak = is_conditional(sentence) && !span_eq(reason, SPAN("ncnd"));
    if (!reason.at || weak || span_eq(reason, SPAN("not_applicable")))
        return (struct span){0};
    return reason;
}

struct span verdict_of_whole(struct verdict *v, struct span sentence)
{
    struct span reason = verdict_of_letter(v, sentence);
    if (reason.at)
        return reason;
    if (verdict_says(sentence, "vexatious") && !verdict_says(sentence, "not vexatious") &&
        !is_conditional(sentence))
        return v->reader.in_scotland ? SPAN("refused:foisa_s14") : SPAN("refused:s14");
    reason = verdict_denied(v, verdict_trim(sentence), false);
    bool all = span_eq(reason, SPAN("not_held")) || span_eq(reason, SPAN("refused")) ||
               span_eq(reason, SPAN("refused:s12"));
    return all ? reason : (struct span){0};
}

struct span verdict_hinted(struct verdict *v, struct span sentence)
{
    static const struct span cited = SPAN_ROW("refused:");
    struct span reason = verdict_of_whole(v, sentence);
    if (reason.at || is_conditional(sentence))
        return reason;
    bool sure;
    reason = verdict_find(v, verdict_trim(sentence), &sure);
    if (span_starts(reason, cited))
        return reason;
    reason = verdict_denied(v, verdict_trim(sentence), true);
    bool none = span_eq(reason, SPAN("not_answered")) || span_eq(reason, SPAN("not_applicable"));
    return none ? (struct span){0} : reason;
}

struct span verdict_of_named(struct verdict *v, struct span sentence)
{
    static const char *const inapplicable[] = {"do not apply", "does not apply", "not applicable",
                                               "not relevant", NULL};
    struct span reason = verdict_of_letter(v, sentence);
    bool short_one = sentence.len < NAMED_MAX && verdict_says_any(sentence, inapplicable);
    if (!reason.at && short_one)
        return SPAN("not_applicable");
    return reason.at ? reason : verdict_denied(v, verdict_trim(sentence), true);
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
        if (text.len >= starts[i].len &&
            verdict_says((struct span){text.at, starts[i].len}, starts[i].at))
            return true;
    return false;
}

void verdict_free(struct verdict *v)
{
    refusal_free(&v->reader);
    refusal_free(&v->denials);
    buf_free(&v->sentence);
}
