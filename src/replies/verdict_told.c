/* verdict_told -- why a sentence is no answer: by what it cites, by set phrases, by its grammar. */
#include <ctype.h>

#include "verdict_parts.h"

/* Reasons of the recogniser that are answers in a letter: "None received". */
bool verdict_is_reason(struct span reason)
{
    return !span_eq(reason, SPAN("no_response")) && !span_eq(reason, SPAN("withdrawn")) &&
           !span_eq(reason, SPAN("blank")) && !span_eq(reason, SPAN("not_asked"));
}

static bool refuses_something(struct span text)
{
    static const char *const cues[] = {"exempt",      "exempted",        "exemption",
                                       "withhold",    "exempts",         "withheld",
                                       "withholding", "refuse",          "refused",
                                       "refusing",    "engaged",         "exceed",
                                       "exceeds",     "not obliged",     "unable",
                                       "cannot",      "decline",         "declined",
                                       "applied",     "applies",         "not have to",
                                       "need not",    "not required",    "beyond",
                                       "rely",        "relies",          "relying",
                                       "relied",      "refusal",         "apply",
                                       "suppressed",  "to be published", "will be published",
                                       "in excess",   "privileged",      "not publish",
                                       NULL};
    return verdict_says_any(text, cues);
}

/* Whether a sentence with a refusal in it gives something as well, or is about a part. */
bool verdict_gives_some(struct span text)
{
    static const char *const cues[] = {
        "other which",      "others which", "one other", "names withheld", "name withheld",
        "details withheld", "some of",      "except",    "redacted",       "attached",
        "models withheld",  "enclosed",     NULL};
    return verdict_says_any(text, cues);
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

bool verdict_not_held(struct span text)
{
    return verdict_says_any(text, ways_of_not_holding);
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
    return verdict_says_any(text, verbs) && verdict_says_any(text, things);
}

static bool not_held(struct verdict *v, struct span sentence)
{
    struct span plain = verdict_plain(v, sentence);
    return verdict_not_held(plain) || holds_no_figures(plain);
}

struct span verdict_find(struct verdict *v, struct span sentence, bool *sure)
{
    struct span plain = verdict_plain(v, sentence);
    struct refusal r = refusal_find(&v->reader, plain);
    *sure = r.kind == REFUSAL_SURE && verdict_is_reason(r.reason) && !verdict_gives_some(sentence);
    if (*sure)
        return r.reason;
    if (r.kind == REFUSAL_MENTION && verdict_is_reason(r.reason))
        return r.reason;
    return not_held(v, sentence) ? SPAN("not_held") : (struct span){0};
}

bool verdict_takes_back(struct span text)
{
    static const char *const cues[] = {
        "however",         "attached",   "enclosed",    "can confirm", "can provide", "can tell",
        "able to provide", "as follows", "table below", "following",   NULL};
    return verdict_says_any(text, cues);
}

/* Whether the sentence says by its grammar that nothing is given. */
static bool holds_back(struct verdict *v, struct span sentence)
{
    enum denial kind = denial_find(&v->denials, sentence).kind;
    return kind == DENIAL_COST || kind == DENIAL_WITHHELD;
}

/* Whether the sentence ends with a section in brackets: "it would endanger staff (section 38)". */
static bool ends_cited(struct span sentence)
{
    static const char *const cited[] = {"section", "s", "exemption", "reg", "regulation", NULL};
    while (sentence.len && strchr(". ", sentence.at[sentence.len - 1]))
        sentence.len--;
    if (sentence.len == 0 || sentence.at[sentence.len - 1] != ')')
        return false;
    size_t depth = 0, at = sentence.len, end;
    while (at-- > 0) {
        depth += sentence.at[at] == ')';
        depth -= sentence.at[at] == '(';
        if (depth == 0)
            break;
    }
    if (depth)
        return false;
    for (end = ++at; end < sentence.len && isalpha((unsigned char)sentence.at[end]);)
        end++;
    return verdict_is_one((struct span){sentence.at + at, end - at}, cited);
}

/* Whether REASON cites a section that the sentence is about: nothing else in it is a figure, and
 * nothing says that it only may apply. */
static bool rests_on(struct verdict *v, struct span sentence, struct span reason)
{
    static const struct span cited = SPAN_ROW("refused:");
    static const char *const possible[] = {
        "may", "might", "could", "would apply", "if", "whether", "consider", "considering", NULL};
    bool bare = !verdict_has_figure(v, sentence) && !verdict_says(sentence, "where");
    return span_starts(reason, cited) && !verdict_says_any(sentence, possible) &&
           (bare || ends_cited(sentence));
}

/* Whether the sentence refuses: for sure, or by a mention with the words for it. */
struct span verdict_told(struct verdict *v, struct span sentence)
{
    static const char *const neither[] = {"neither confirm nor deny",
                                          "neither confirms nor denies",
                                          "neither confirming nor denying",
                                          "confirm or deny whether",
                                          "confirm or deny that",
                                          "confirm or deny does not",
                                          "confirm or deny the",
                                          "confirm or deny is",
                                          "confirming or denying",
                                          "confirmed nor denied",
                                          "confirm nor deny",
                                          "confirm whether or not",
                                          "say whether or not",
                                          NULL};
    static const char *const disclosing[] = {"disclosure", "release", "publication", "act", NULL};
    static const struct span however = SPAN_ROW("However");
    bool sure;
    if (verdict_says_any(sentence, neither))
        return SPAN("ncnd");
    if (span_starts(sentence, however))
        sentence =
            verdict_trim((struct span){sentence.at + however.len, sentence.len - however.len});
    struct span reason = verdict_find(v, sentence, &sure);
    if (span_eq(reason, SPAN("refused")) && verdict_says(sentence, "exempt from") &&
        !verdict_says_any(sentence, disclosing))
        return (struct span){0};
    if (!reason.at || verdict_begins(sentence) || verdict_gives_some(sentence))
        return (struct span){0};
    bool says_so = refuses_something(sentence) || holds_back(v, sentence) ||
                   rests_on(v, sentence, reason) ||
                   (span_eq(reason, SPAN("not_held")) && not_held(v, sentence));
    return sure || (says_so && !verdict_takes_back(sentence)) ? reason : (struct span){0};
}

/* The reason of a sentence that denies by its grammar alone. What is told before others are named
 * is an answer: FIRST says that nothing was. */
struct span verdict_denied(struct verdict *v, struct span sentence, bool first)
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
    if (verdict_begins(sentence) || verdict_counts(sentence) || verdict_gives_some(sentence))
        return (struct span){0};
    struct denial_found found = denial_find(&v->denials, sentence);
    bool figure = found.kind != DENIAL_COST && verdict_has_figure(v, sentence);
    if (found.kind == DENIAL_NONE || figure || (found.kind == DENIAL_ELSEWHERE && !first))
        return (struct span){0};
    v->denied = found.word;
    return found.kind == DENIAL_WITHHELD && verdict_says_any(sentence, commercial)
               ? SPAN("refused:s43")
               : reasons[found.kind];
}
