/* denial -- sentences that have no answer, by their grammar. */
#include "text/denial.h"

#include "refusal_words.h"

#define WEIGHTY 4 /* letters of a word that is no mere link */

#define ADVERB                                                                                     \
    "currently|routinely|centrally|separately|specifically|formally|systematically|individually|"  \
    "presently|yet|always|ever|been|being|be|now|themselves|itself|generally|normally|"            \
    "electronically|consistently|also|therefore|readily|actually|necessarily"
#define NOUN                                                                                       \
    "information|info|data|record|records|figure|figures|statistics|detail|details|list|lists|"    \
    "log|logs|breakdown|register|documentation|documents|document|paperwork|note|notes|ledger"
#define FIELD "field|code|category|marker|flag|facility|column"
#define SUCH                                                                                       \
    "central|separate|single|complete|reliable|accurate|formal|specific|such|detailed|historic|"   \
    "wide|recorded|relevant|corresponding|comparable|corporate|written|overall|further|"           \
    "statistical|university|trust|council|force|organisation|board|service|consolidated"
#define KEEP                                                                                       \
    "record|log|collect|collate|capture|compile|track|monitor|measure|gather|records|logs|"        \
    "collects|collates|captures|compiles|tracks|monitors|measures|gathers"
#define TELL                                                                                       \
    "tell|told|say|said|answer|answered|determine|determined|establish|established|separate|"      \
    "separated|isolate|isolated|isolating|separating|distinguish|distinguished|distinguishing|"    \
    "calculate|calculated|calculating|work|worked|working|extract|extracted|extracting|quantify|"  \
    "quantified|break|broken|split|disaggregate|disaggregated|estimate|estimated|ascertain|"       \
    "ascertained|derive|derived|deduce|deduced|telling|knowing|identifying|determining|"           \
    "establishing|attribute|attributed|report|reported|reporting|picked|pulled|teased|"            \
    "disentangled|unpicked|reconstructed|had|found|obtained|retrieved|recovered"
#define TURN                                                                                       \
    "approach|contact|ask|redirect|refer|address|write|apply|enquire|direct|try|submit|send|make"
#define TURNED "addressed|directed|made|sent|referred|put|redirected|submitted"
#define ANSWER "answer|response|reply|figure|figures|information|data|details"
#define ORDINAL                                                                                    \
    "first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|last|rest"
#define WE "us|me|the|this|our"
#define LIMIT "limit|limits|threshold|ceiling"
#define GIVEN                                                                                      \
    "supplied|provided|disclosed|released|divulged|revealed|communicated|shared|given|answered"
#define GIVE                                                                                       \
    "disclose|release|reveal|divulge|share|supply|provide|answer|publish|give|hand|furnish|comply"

struct row {
    enum denial kind;
    const char *pattern;
};

/* The last word of weight that a pattern takes is what is denied. */
static const struct row rows[] = {
    {DENIAL_COST, LIMIT "|maximum of? 18|eighteen|450|600"},
    {DENIAL_COST, "18|eighteen hours|hour|hrs " LIMIT "|set|allowed|permitted"},
    {DENIAL_COST, "exceed|exceeds|exceeding|exceeded|beyond|over|above|past|within|than the? "
                  "appropriate|statutory|cost|costs|fees|time|18|eighteen " LIMIT "|hours|hour"},
    {DENIAL_COST, "cost|costs|fees exemption|grounds"},
    {DENIAL_COST, "breach|breaches|breaching|through|outside|inside|reach|reaches|the appropriate "
                  "limit|limits|threshold"},
    {DENIAL_COST, "grounds|reasons|account|because|reason of cost|costs"},
    {DENIAL_WITHHELD, "not|nor " ADVERB "? disclose|disclosing|disclosed|release|releasing|"
                      "released|reveal|revealing|share|sharing|supply|supplying it|this|these|"
                      "them|that|the|such"},
    {DENIAL_WITHHELD, "this|it|these|which|they|that is|are|was|were|being not " ADVERB
                      "? disclosed|released|supplied|provided|revealed|given"},
    {DENIAL_WITHHELD, "cannot|unable to? be? release|disclose|reveal|share|released|disclosed"},
    {DENIAL_WITHHELD,
     "not " ADVERB "? " ADVERB "? deal|dealing|comply|complying|process|processing|"
     "answer|answering|respond|responding|proceed with|to? your|this|the request"},
    {DENIAL_WITHHELD, "not for disclosure|release|publication"},
    {DENIAL_WITHHELD,
     NOUN "|names|amount|material|answer|this|these|it|they|sought|requested|which "
          "* not " ADVERB "? " ADVERB "? " GIVEN},
    {DENIAL_WITHHELD, "not to disclose|release|reveal|divulge|share|supply|answer|comply "
                      "this|these|it|them|the|that|any|your|with"},
    {DENIAL_WITHHELD, "not propose|proposing|intend|intending|wish|prepared|willing|minded|going|"
                      "position to " GIVE "|help|assist"},
    {DENIAL_WITHHELD, "will|must|should|shall|to remain|stay|stays|kept? confidential|private|"
                      "secret|undisclosed"},
    {DENIAL_WITHHELD, "must|should|will|to be kept|held back"},
    {DENIAL_WITHHELD, "decline|declines|declined|refuse|refuses|refused to " GIVE "|say|name"},
    {DENIAL_COST, "hours|days|weeks|months * cannot|unable|unreasonable|excessive|"
                  "disproportionate|prohibitive|decline|declining|refuse|refusing"},
    {DENIAL_COST, "hours|days|weeks * not required|obliged|bound to"},
    {DENIAL_COST, "450|600 that|which * law|act|regulations"},
    {DENIAL_COST, "act|law|regulations do|does not oblige|require|expect us|a|an"},
    {DENIAL_COST, "beyond|than what? the? law|act|regulations"},
    {DENIAL_COST, "disproportionate|unreasonable|excessive|undue|inordinate amount? of? "
                  "effort|burden|time|work|cost|costs|diversion"},
    {DENIAL_WITHHELD, "withholding|refusing|declining to? provide|disclose|release|give|supply? "
                      "this|it|these|that"},
    {DENIAL_UNRECORDED, "not|never " ADVERB "? " ADVERB "? " KEEP
                        "|recorded|logged|collected|collated|captured|compiled|tracked|"
                        "monitored|measured|gathered|counted|noted|itemised|held|tallied"},
    {DENIAL_UNRECORDED,
     "not|never " ADVERB
     "? hold|keep|kept|maintain|store|retain|retained|have|possess|produce * " NOUN
     "|access|count|tally|" FIELD},
    {DENIAL_UNRECORDED,
     NOUN " * not " ADVERB "? kept|stored|retained|maintained|available|exist|produced|carried"},
    {DENIAL_UNRECORDED, "no " SUCH "? " SUCH "? " NOUN " is|are|was|were|has|have|had? " ADVERB
                        "? held|kept|recorded|made|collected|maintained|produced|compiled|logged|"
                        "taken|retained|exists|exist"},
    {DENIAL_UNRECORDED,
     "no " SUCH "? " SUCH "? " NOUN " by|of|for|on|about * is|are|was|were|has|have " ADVERB
     "? held|kept|recorded|made|collected|maintained|retained"},
    {DENIAL_UNRECORDED, "no " NOUN " can|could be? given|produced|provided|supplied|extracted"},
    {DENIAL_UNRECORDED, "no " SUCH "? " FIELD " for|to|in|which|that"},
    {DENIAL_UNRECORDED, "no|not requirement|obligation|obliged|required|need * "
                        "hold|keep|maintain|" KEEP " this|it|these|them|such|that|" NOUN},
    {DENIAL_UNRECORDED, "no knowledge|oversight|visibility|sight of"},
    {DENIAL_UNRECORDED, "nothing for|about|on this|that|the|these"},
    {DENIAL_UNRECORDED, "has|have|had|holds|hold|keep|keeps|kept|possess|possesses " ADVERB
                        "? no " SUCH "? " SUCH "? " NOUN},
    {DENIAL_UNRECORDED, "there is|are|was|were " ADVERB "? no " SUCH "? " SUCH "? " NOUN},
    {DENIAL_UNRECORDED, "nothing is|was|has|exists? been? on? record|file|recorded|held|kept"},
    {DENIAL_UNRECORDED, "none of the|this|that|these|them|those|it|your * held|kept|available"},
    {DENIAL_UNRECORDED, "nothing of the|this|that|these|what|your|any * "
                        "held|kept|available|recorded|retained|survives"},
    {DENIAL_UNRECORDED,
     "none|neither of our|the|its "
     "systems|databases|records|returns|files|ledgers * " KEEP "|hold|holds|report|reports|"
     "show|shows|say|says|tell|tells|distinguish|distinguishes|break|breaks"},
    {DENIAL_UNRECORDED, "figure|figures|data|statistics|total|totals|breakdown * never|not " ADVERB
                        "? drawn|put up|together"},
    {DENIAL_UNRECORDED, "has|have|had no " SUCH "? " FIELD " of|for"},
    {DENIAL_UNRECORDED, "would|will|may not " ADVERB "? be? told|informed|notified of|about|when"},
    {DENIAL_UNRECORDED,
     "and so|therefore|thus do|does not " ADVERB "? have|hold this|that|it|them"},
    {DENIAL_UNRECORDED, "no " NOUN " is|are|was|were " ADVERB "? gathered|collated|captured"},
    {DENIAL_UNRECORDED, "nobody keeps|kept|records|recorded|counts|counted|logs|logged|collects"},
    {DENIAL_UNRECORDED, "unknown to " WE},
    {DENIAL_UNRECORDED, "make|makes|draw|draws no distinction"},
    {DENIAL_UNRECORDED, "no " NOUN " was|were|has|have been? drawn|put up|together"},
    {DENIAL_UNRECORDED,
     "spreadsheet|database|book|books|ledger * since|been lost|destroyed|deleted|"
     "wiped"},
    {DENIAL_UNRECORDED, "not our|the practice|policy to record|note|keep|hold|collect"},
    {DENIAL_UNRECORDED, "seen no " NOUN},
    {DENIAL_UNRECORDED, "has|have not " ADVERB "? shared|given|provided|supplied|told|sent it|them|"
                        "this|these|that|such to|with? us|me"},
    {DENIAL_UNRECORDED, "not form part of the|our|any"},
    {DENIAL_UNRECORDED, "outside|beyond what our|we"},
    {DENIAL_UNRECORDED, "there exists|exist no"},
    {DENIAL_UNRECORDED,
     "passed|handed|transferred all|its|our|the * papers|files|records on? over? "
     "to"},
    {DENIAL_UNRECORDED, "not separately|centrally"},
    {DENIAL_UNRECORDED, "not survive|survived"},
    {DENIAL_UNRECORDED, "no central|centralised|corporate|consolidated " NOUN},
    {DENIAL_UNRECORDED, "we|council|trust|authority have|has|had no access|sight to|of?"},
    {DENIAL_UNRECORDED, "we|i|council|trust|authority|force do|does not count|tally"},
    {DENIAL_UNRECORDED, NOUN " * never " ADVERB "? asked|sought|requested|collected|kept"},
    {DENIAL_UNRECORDED, "nothing remains|survives"},
    {DENIAL_UNRECORDED, "not have|hold|holding|possess|got|find|found|locate anything "
                        "on|about|regarding|relating|concerning|to|that|which|within|under|of"},
    {DENIAL_UNRECORDED, "do|does|did|is|are|was|were not " ADVERB
                        "? report|reported|notify|notified|tell|told|inform|informed|pass|passed|"
                        "send|sent|supply|supplied|share|shared|give|given|return|returned|provide|"
                        "provided it|them|this|these|these|that|such|on|back|" NOUN "? to? us|me"},
    {DENIAL_UNRECORDED, "found|find|located|traced|identified|returned|yielded|revealed|produced|"
                        "uncovered no such|relevant|matching|results|" NOUN},
    {DENIAL_UNRECORDED, "nothing relevant? was|were|has|could|can been|be? "
                        "found|located|traced|identified|returned"},
    {DENIAL_UNRECORDED, "drew|draws|drawn a blank"},
    {DENIAL_UNRECORDED, NOUN " * no longer exist|exists|held|kept|retained|available"},
    {DENIAL_UNRECORDED, "no right|rights|means of access to|of"},
    {DENIAL_UNRECORDED, "not the data? owner|controller|custodian|holder"},
    {DENIAL_UNRECORDED, "no tally|count|total|totals|dataset|spreadsheet|index|inventory|audit "
                        "of|for? this|that|these|them|it? is|was|has|have|exists|exist|kept"},
    {DENIAL_UNRECORDED, "have|has|keep|keeps|hold|holds no tally|count|total|totals|dataset|index|"
                        "inventory"},
    {DENIAL_UNRECORDED, "only start|started|began|begun|commenced keeping|recording|logging|"
                        "collecting|capturing|collating|counting|measuring|monitoring"},
    {DENIAL_UNRECORDED, "hold|holds|held|holding|found|find|located|traced nothing"},
    {DENIAL_UNRECORDED,
     "not a|an? something|anything|information|data|figure|figures|statistic|one|"
     "metric|measure|detail that|which? * hold|holds|keep|keeps|have|has|" KEEP},
    {DENIAL_UNRECORDED, "not|never " ADVERB "? " ADVERB
                        "? entered|input|keyed|written|noted|stored|flagged|marked on|in|onto|into "
                        "the|our|any|a? system|database|form|forms|record|records|register|log"},
    {DENIAL_UNRECORDED, "is|are|was|were|been not " ADVERB "? known to " WE},
    {DENIAL_UNRECORDED, "no * known to " WE},
    {DENIAL_UNRECORDED, "not * possession"},
    {DENIAL_UNABLE, "cannot|unable|impossible|impracticable|impractical * " TELL},
    {DENIAL_UNABLE, "can|ca|could|would not " ADVERB "? be? possible|able? to? " TELL},
    {DENIAL_UNABLE, "not possible|able|practicable|feasible to|for? us|me? to? identify|" TELL},
    {DENIAL_UNABLE,
     "unable|cannot|failed|impossible|able|possible to? locate|find|trace|identify * "
     "this|it|that|these|file|files|papers|" NOUN},
    {DENIAL_UNABLE, "cannot|not now? be located|found|traced"},
    {DENIAL_UNABLE, "no longer be? available|" TELL},
    {DENIAL_UNABLE,
     "not allow|permit|enable|let|support * search|searches|report|reports|reporting|"
     "query|queries|analysis|extraction|pull|pick|separate|extract"},
    {DENIAL_UNABLE, "not set|designed|configured|built up? to|for|so"},
    {DENIAL_UNABLE, "no|any|without way|means|method of|to|by|for? us|me? to? * " TELL},
    {DENIAL_UNABLE, "not something|anything * tell|say|answer|know|provide"},
    {DENIAL_UNABLE, "do|does|did|is|are|was|were not " ADVERB
                    "? distinguish|differentiate|linked|broken|split|break|itemise|distinguished|"
                    "differentiated|disaggregate|disaggregated|discernible|attributable|apparent|"
                    "categorise|categorised|analyse|analysed"},
    {DENIAL_UNABLE, "not " ADVERB "? show|say|state|indicate|specify|identify * "
                    "how|which|what|whether|where|who|when|this|it|that"},
    {DENIAL_UNABLE, "not go|extend|reach|drill|descend down? to|into"},
    {DENIAL_UNRECORDED, "not in this|that|the|such|a form|format|way|detail|manner"},
    {DENIAL_UNRECORDED,
     "data|records|information|files|papers|paperwork|record was|were|have|has|is|are "
     "been? since? lost|destroyed|deleted|shredded|disposed|wiped|purged"},
    {DENIAL_ELSEWHERE, "you would|should|must|may|might|will|need|could|can also|have|need|wish|"
                       "want|like|be? best|better|to? to? " TURN},
    {DENIAL_ELSEWHERE, "please " TURN " them|the|this|these|it|your|nhs"},
    {DENIAL_ELSEWHERE, "suggest|advise|recommend * contact|approach|ask|contacting|approaching|"
                       "asking|directing|redirecting"},
    {DENIAL_ELSEWHERE,
     "request|question|enquiry|query|it|this|these|part|requests|questions * "
     "should|must|needs|may|can|would|could|to need|have|to|best? be|being " TURNED},
    {DENIAL_ELSEWHERE, "information|data|figures|records|these|this|it|they is|are|will|would "
                       "be|only? held|kept|collected|recorded by"},
    {DENIAL_ELSEWHERE, "keeps|holds|collects|records this|these|such|the? " NOUN " * not"},
    {DENIAL_ELSEWHERE, "is|are|be a? matter|question for"},
    {DENIAL_ELSEWHERE, "is|are|was|were a|the function|responsibility|duty|preserve|competence "
                       "of|for"},
    {DENIAL_ELSEWHERE, "responsibility for * rests|lies|sits|falls with|on|to"},
    {DENIAL_ELSEWHERE, "another body|authority|organisation|agency|council|company * responsible"},
    {DENIAL_ELSEWHERE, "must|should|have|has|need|needs|will to? be asked|approached|contacted"},
    {DENIAL_ELSEWHERE, "not by individual|us|ourselves|local|each"},
    {DENIAL_ELSEWHERE, "outside|beyond|not within? our|its|the|this "
                       "remit|responsibility|jurisdiction"},
    {DENIAL_ELSEWHERE, "you may|might|can|could|should|will be? able? to? "
                       "get|obtain|request|seek * from"},
    {DENIAL_LATER, "will|shall|to " ADVERB "? follow"},
    {DENIAL_LATER,
     "will|shall|hope|expect|intend|aim to? " ADVERB
     "? send|forward|provide|supply|share|pass when|once|it|this|these|them|that|you|the|our|a"},
    {DENIAL_LATER, ANSWER " * will|shall|to be sent|provided|supplied|given|forwarded"},
    {DENIAL_LATER, ANSWER " is|are? still? pending|awaited|outstanding|overdue"},
    {DENIAL_LATER,
     "this|it|these|they|which will|shall be sent|provided|supplied|forwarded|emailed"},
    {DENIAL_LATER, "not yet? come|got|replied|responded back? to? us|me"},
    {DENIAL_LATER, "have|has promised me|us|to"},
    {DENIAL_LATER, ANSWER " * on its|the way"},
    {DENIAL_LATER, "let you have|know"},
    {DENIAL_LATER, "yet to reply|respond|provide|confirm|answer|supply"},
    {DENIAL_LATER, "question|request|this|it|part has|have|was been? passed|forwarded|referred to"},
    {DENIAL_LATER, "more|further|additional time is|needed|required|wanted"},
    {DENIAL_LATER, "will|shall|would|hope|to be in touch|contact"},
    {DENIAL_LATER, "will|shall|to get|come|revert back? to you"},
    {DENIAL_LATER, "will|shall let|write|reply you|to know|have|you|again|separately"},
    {DENIAL_LATER, "still|currently|presently checking|gathering|collating|compiling|chasing|"
                   "awaiting|waiting|being|trying"},
    {DENIAL_LATER, "waiting|awaiting to|for|a|the? hear|confirmation|advice|" ANSWER},
    {DENIAL_LATER, "await|awaiting * from|" ANSWER},
    {DENIAL_LATER, "working|checking|chasing|looking on|into|at|up? this|it|that|these|your"},
    {DENIAL_LATER, "being looked into|at"},
    {DENIAL_LATER, "being investigated|checked|chased|compiled|collated"},
    {DENIAL_ASKS, "please let|tell|send|give|provide|supply|confirm us|me * "
                  "your|which|what|whether|if|know|have"},
    {DENIAL_ASKS, "do|did you mean|want|require|wish"},
    {DENIAL_ASKS, "need|needs|require|requires further|more|additional|some details|detail|"
                  "information|clarification from|about"},
    {DENIAL_ASKS, "need to know which|what|whether|how|if"},
    {DENIAL_ASKS, "not sure|clear|certain what|which|whether"},
    {DENIAL_ASKS, "unclear|unsure|uncertain what|which|whether"},
    {DENIAL_INAPPLICABLE, "this|it|that|these|question|part|" ORDINAL " do|does|is|are not " ADVERB
                          "? apply|applicable|relevant|arise"},
    {DENIAL_INAPPLICABLE, "not|does not? apply|relevant|applicable|arise"},
    {DENIAL_INAPPLICABLE, "this|it|question|part falls|drops away"},
};

static void learn(struct refusal_reader *r)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        refusal_learn(r, rows[i].pattern, strcspn(rows[i].pattern, " "), 0, UINT64_C(1) << i % 64);
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
        if (!(r->tokens[i].known.phrases >> k % 64 & 1))
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
        return refusal_match(r, last + 1, "of|for|about any|such") == 0 &&
               (i == 0 || refusal_match(r, i - 1, "no|any|if") == 0);
    if (row->kind == DENIAL_INAPPLICABLE)
        return i == 0 || (i == 1 && refusal_match(r, 0, "the|your|this|that"));
    if (row->kind == DENIAL_LATER)
        return refusal_match(r, last + 1, "with you") || !refusal_match(r, last + 1, "with|by");
    for (size_t k = last + 1; row->kind == DENIAL_ELSEWHERE && k < r->count; k++)
        if (refusal_match(r, k, "www|http|https|decide|determine|agree|judge"))
            return false;
    return true;
}

/* The last of the words [I, LAST] that a question would have as well; none where the information
 * itself is what is not given, or this authority what is not told: "it is not reported to us". */
static struct span denied_word(const struct refusal_reader *r, const struct row *row, size_t i,
                               size_t last)
{
    if (refusal_match(r, last, "us|me") ||
        (row->kind == DENIAL_WITHHELD && refusal_match(r, i, NOUN)))
        return (struct span){0};
    while (last > i && (r->tokens[last].word.len < WEIGHTY ||
                        refusal_match(r, last, "this|that|them|these|your|such|from|into")))
        last--;
    return r->tokens[last].word;
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
            found = (struct denial_found){row->kind, denied_word(r, row, i, last)};
    }
    return found;
}
