/* denial -- sentences that have no answer, by their grammar. */
#include "text/denial.h"

#include "refusal_words.h"

#define SUBJECT_WORDS 3 /* of "The second question does not apply" */

#define ADVERB                                                                                     \
    "currently|routinely|centrally|separately|specifically|formally|systematically|individually|"  \
    "presently|yet|always|ever|been|being|be|now|themselves|itself|generally|normally|"            \
    "electronically|consistently|also|therefore|readily|actually"
#define NOUN                                                                                       \
    "information|info|data|record|records|figure|figures|statistics|details|list|lists|log|logs|"  \
    "breakdown|register|documentation|documents|document"
#define SUCH                                                                                       \
    "central|separate|single|complete|reliable|accurate|formal|specific|such|detailed|historic|"   \
    "wide|recorded|relevant|corresponding|comparable|corporate|written|overall|further|"           \
    "statistical|"                                                                                 \
    "university|trust|council|force|organisation|board|service"
#define TELL                                                                                       \
    "tell|told|say|said|answer|answered|determine|determined|establish|established|separate|"      \
    "separated|isolate|isolated|isolating|separating|distinguish|distinguished|distinguishing|"    \
    "calculate|calculated|calculating|work|worked|working|extract|extracted|extracting|quantify|"  \
    "quantified|break|broken|split|disaggregate|disaggregated|estimate|estimated|ascertain|"       \
    "ascertained|derive|derived|deduce|deduced|telling|knowing|identifying|determining|"           \
    "establishing|attribute|attributed"
#define TURN                                                                                       \
    "approach|contact|ask|redirect|refer|address|write|apply|enquire|direct|try|submit|send|make"
#define TURNED "addressed|directed|made|sent|referred|put|redirected|submitted"
#define THINGS "it|this|these|them|that|those|you|the|our|a"

struct row {
    enum denial kind;
    const char *pattern;
};

/* The last word that a pattern takes is what is denied. Not more than 64. */
static const struct row rows[] = {
    {DENIAL_UNRECORDED, "not|never " ADVERB "? " ADVERB
                        "? record|log|collect|collate|capture|compile|track|monitor|measure|"
                        "recorded|logged|collected|collated|captured|compiled|tracked|monitored|"
                        "measured|counted|noted|itemised|held|tallied"},
    {DENIAL_UNRECORDED,
     "not " ADVERB "? hold|keep|maintain|store|retain|have|possess|produce * " NOUN},
    {DENIAL_UNRECORDED,
     NOUN " * not " ADVERB "? kept|stored|retained|maintained|available|exist|produced|carried"},
    {DENIAL_UNRECORDED, "no " SUCH "? " SUCH "? " NOUN " is|are|was|were|has|have|had? " ADVERB
                        "? held|kept|recorded|made|collected|maintained|produced|compiled|logged|"
                        "taken|retained|exists|exist"},
    {DENIAL_UNRECORDED, "has|have|had|holds|hold|keep|keeps|kept|possess|possesses " ADVERB
                        "? no " SUCH "? " SUCH "? " NOUN},
    {DENIAL_UNRECORDED, "there is|are|was|were " ADVERB "? no " SUCH "? " SUCH "? " NOUN},
    {DENIAL_UNRECORDED, "nothing is|was|has|exists? been? on? record|file|recorded|held|kept"},
    {DENIAL_UNRECORDED, "not * possession"},
    {DENIAL_UNABLE, "cannot|unable|impossible|impracticable|impractical * " TELL},
    {DENIAL_UNABLE, "can|could|would not " ADVERB "? be? possible|able? to? " TELL},
    {DENIAL_UNABLE, "not possible|able|practicable|feasible to|for? us|me? to? " TELL},
    {DENIAL_UNABLE, "no|any|without way|means|method of|to|by? * " TELL},
    {DENIAL_UNABLE, "not something|anything * tell|say|answer|know|provide"},
    {DENIAL_UNABLE, "do|does|did|is|are|was|were not " ADVERB
                    "? distinguish|differentiate|show|linked|broken|split|itemise|say|state|"
                    "distinguished|differentiated|disaggregated|discernible|attributable|apparent|"
                    "specify|identify"},
    {DENIAL_ELSEWHERE,
     "you would|should|must|may|might|will|need|could|can also|have|need|wish|want|"
     "like|be? best|better|to? to? " TURN},
    {DENIAL_ELSEWHERE, "please " TURN " them|the|this|these|it|your|nhs"},
    {DENIAL_ELSEWHERE,
     "suggest|advise|recommend * contact|approach|ask|contacting|approaching|asking|"
     "directing|redirecting"},
    {DENIAL_ELSEWHERE,
     "request|question|enquiry|query|it|this|these|part|requests|questions * "
     "should|must|needs|may|can|would|could|to need|have|to|best? be|being " TURNED},
    {DENIAL_ELSEWHERE, "information|data|figures|records|these|this|it|they is|are|will|would "
                       "be|only? held|kept|collected|recorded by"},
    {DENIAL_ELSEWHERE, "is|are|be a? matter|question for"},
    {DENIAL_LATER, "will|shall|to " ADVERB "? follow"},
    {DENIAL_LATER, "will|shall|hope|expect|intend|aim to? " ADVERB
                   "? send|forward|provide|supply|share|pass " THINGS},
    {DENIAL_LATER, "will|shall|would|hope|to be in touch|contact"},
    {DENIAL_LATER, "will|shall|to get|come|revert back? to you"},
    {DENIAL_LATER, "will|shall let|write|reply you|to know|have|you|again|separately"},
    {DENIAL_LATER,
     "am|is|are|we|i still|currently|presently checking|gathering|collating|compiling|"
     "chasing|awaiting|waiting|being|trying|working"},
    {DENIAL_LATER, "awaiting|await * from|figures|figure|information|data|response|reply|details"},
    {DENIAL_ASKS, "please let|tell|send|give|provide|supply|confirm us|me * "
                  "your|which|what|whether|if|know|have"},
    {DENIAL_ASKS, "do|did you mean|want|require|wish"},
    {DENIAL_INAPPLICABLE, "do|does|is|are not " ADVERB "? apply|applicable|relevant|arise"},
    {DENIAL_INAPPLICABLE, "not relevant|applicable"},
    {DENIAL_INAPPLICABLE, "falls|fall|drops|drop away"},
};

static void learn(struct refusal_reader *r)
{
    _Static_assert(sizeof rows / sizeof *rows <= 64, "a row has a bit");
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        refusal_learn(r, rows[i].pattern, strcspn(rows[i].pattern, " "), 0, UINT64_C(1) << i);
    static const char back[] = "but|however|although|though|except|apart";
    refusal_learn(r, back, strlen(back), WORD_DOUBT, 0);
}

/* Whether the sentence takes something back behind word I: "not by ward, but there are many". */
static bool goes_on(const struct refusal_reader *r, size_t i)
{
    for (; i < r->count; i++)
        if (r->tokens[i].known.flags & WORD_DOUBT)
            return true;
    return false;
}

/* The row that stands at word I, its last word in *LAST; NULL if there is none. */
static const struct row *row_at(const struct refusal_reader *r, size_t i, size_t *last)
{
    for (size_t k = 0; k < sizeof rows / sizeof *rows; k++) {
        if (!(r->tokens[i].known.phrases >> k & 1))
            continue;
        size_t count = refusal_match(r, i, rows[k].pattern);
        if (!count)
            continue;
        *last = i + count - 1;
        return &rows[k];
    }
    return NULL;
}

/* Whether what ROW takes, the words [I, LAST], is about the question: "no record of any complaints"
 * is none; an address of others is an answer; other questions than this one do not apply. */
static bool fits(const struct refusal_reader *r, const struct row *row, size_t i, size_t last)
{
    if (row->kind == DENIAL_UNRECORDED)
        return refusal_match(r, last + 1, "of|for|about any|such") == 0;
    if (row->kind == DENIAL_INAPPLICABLE)
        return i <= SUBJECT_WORDS;
    for (size_t k = last + 1; row->kind == DENIAL_ELSEWHERE && k < r->count; k++)
        if (refusal_match(r, k, "www|http|https"))
            return false;
    return true;
}

struct denial_found denial_find(struct refusal_reader *r, struct span sentence)
{
    struct denial_found found = {.kind = DENIAL_NONE};
    if (r->words.count == 0)
        learn(r);
    refusal_split(r, sentence);
    for (size_t i = 0; i < r->count; i++) {
        size_t last;
        const struct row *row = row_at(r, i, &last);
        if (!row || goes_on(r, last + 1) || !fits(r, row, i, last))
            continue;
        if (found.kind == DENIAL_NONE || row->kind < found.kind)
            found = (struct denial_found){row->kind, r->tokens[last].word};
    }
    return found;
}
