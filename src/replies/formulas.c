/* formulas -- the set phrases of letters. */
#include "formulas.h"

#define ANY_WORDS 5   /* that * may stand for */
#define ASKED_WORDS 8 /* of "In your second question you asked" */
#define REACH 24      /* words that a formula may take */

/* How much of its line a formula must be. */
enum extent {
    BEGINS, /* the beginning of the line or of a sentence */
    WHOLE,  /* all of it but marks: a heading, a close */
    LEADS,  /* all of it, or the line ends in a colon */
    ASKS    /* the same, or a colon stands behind it */
};

struct row {
    enum formula kind;
    enum extent extent;
    const char *pattern;
};

#define REVIEWS "review|reviewed|appeal|complain|complaint|complaints"
#define BODIES                                                                                     \
    "trust|council|university|force|authority|board|college|department|agency|trust's|council's|"  \
    "university's|force's|authority's|board's|college's|department's|agency's"

#define COUNTED "two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"

/* At the start of a line or of a sentence. */
static const struct row starts[] = {
    {FORMULA_NONE, BEGINS,
     "many? thanks|thank you? for your|contacting|getting|sending|submitting"},
    {FORMULA_NONE, BEGINS, "i|we hope you|this are|finds|message|email * well"},
    {FORMULA_END, BEGINS,
     "if|should|where you|your are|remain|be|have|need|require|wish|want|would|feel|disagree|"
     "consider|believe|do|were|still|then|think"},
    {FORMULA_END, BEGINS, "please reply|respond|answer by|within|before"},
    {FORMULA_END, BEGINS, "until|unless|if|when|once we hear|have|do|receive|are"},
    {FORMULA_END, BEGINS,
     "the time|clock|period|deadline for|to * our|a|the reply|response|respond"},
    {FORMULA_END, BEGINS, "the 20|twenty|statutory * clock|period|working|deadline|time"},
    {FORMULA_END, BEGINS, "you have|are also? the|a|entitled right|to"},
    {FORMULA_END, BEGINS,
     "you may|can|should|might also|then? ask|request|apply|write|contact|complain|appeal|wish|"
     "refine"},
    {FORMULA_END, BEGINS, "your right|rights to|of"},
    {FORMULA_END, WHOLE, "your? right|rights"},
    {FORMULA_END, WHOLE,
     "the|our|your? complaint|complaints|appeal|appeals|review|freedom * "
     "procedure|process|rights|policy"},
    {FORMULA_END, WHOLE, "your? right|rights of|to * " REVIEWS "|redress"},
    {FORMULA_END, WHOLE, "internal? " REVIEWS "|appeals|reviews"},
    {FORMULA_END, BEGINS, "appeals|complaints write|should|may|can|must"},
    {FORMULA_END, WHOLE, "next steps"},
    {FORMULA_END, WHOLE, "for? office|official|internal use|purposes only?"},
    {FORMULA_END, WHOLE, "what happens|to next|now|do"},
    {FORMULA_END, BEGINS, "the? information commissioner|commissioner's"},
    {FORMULA_END, WHOLE, "re use of *"},
    {FORMULA_END, BEGINS, "re use of"},
    {FORMULA_END, BEGINS, "reuse of"},
    {FORMULA_END, WHOLE, "copyright|disclaimer"},
    {FORMULA_END, BEGINS,
     "the information|material|data|documents supplied|provided|disclosed|released * "
     "copyright|reuse|re"},
    {FORMULA_END, BEGINS, "most of? the information that we|you provide"},
    {FORMULA_END, BEGINS, "the supply|provision|disclosure|release of * does|is not"},
    {FORMULA_END, BEGINS, "* provides|gives|affords|offers you with? the|a right|opportunity"},
    {FORMULA_END, BEGINS, "this e? mail|email|message and|may|contains"},
    {FORMULA_END, BEGINS, "the information|contents in|of|contained * email|message|mail"},
    {FORMULA_END, WHOLE, "further|additional|contact information|advice|details"},
    {FORMULA_END, BEGINS, "please note? you|that|if you|your|we * " REVIEWS},
    {FORMULA_END, BEGINS, "please direct|send|address any|all"},
    {FORMULA_END, BEGINS,
     "any|all complaint|complaints|appeal|request|requests * "
     "review|writing|addressed"},
    {FORMULA_CLOSE, BEGINS, "please quote|remember"},
    {FORMULA_CLOSE, BEGINS,
     "i|we look|am|would|should|prefer forward|looking|like|prefer|be|grateful"},
    {FORMULA_CLOSE, BEGINS, "please do|don't not? hesitate"},
    {FORMULA_CLOSE, BEGINS, "please contact|let|feel * if|free|know"},
    {FORMULA_CLOSE, BEGINS, "i|we? do? hope|trust this|that|the|you|these|our|it"},
    {FORMULA_CLOSE, BEGINS, "this|that concludes|completes|answers|closes|fulfils"},
    {FORMULA_CLOSE, BEGINS, "yours sincerely|faithfully|truly|ever"},
    {FORMULA_CLOSE, WHOLE, "yours|sincerely|faithfully|regards|cheers|best|thanks"},
    {FORMULA_CLOSE, WHOLE, "regards *"},
    {FORMULA_CLOSE, BEGINS,
     "with? my|our? kind|kindest|best|warm|warmest|every regards|wishes|regard"},
    {FORMULA_CLOSE, BEGINS, "many? thanks|thank you? for|again|once|in|and"},
    {FORMULA_CLOSE, WHOLE, "many? thanks|thank you? very? much?"},
    {FORMULA_CLOSE, BEGINS,
     "i|we am|are|do|would|must|again? like|to? sorry|apologise|apologies for|that"},
    {FORMULA_CLOSE, WHOLE, "please? accept? our|my? sincere? apologies"},
    {FORMULA_CLOSE, BEGINS, "apologies|apologise|sorry|apology again|once? for|about"},
    {FORMULA_CLOSE, BEGINS, "sent from my"},
    {FORMULA_CLOSE, BEGINS, "give me|us a shout|ring|call"},
    {FORMULA_CLOSE, BEGINS,
     "any problems|queries|questions|issues * ring|call|contact|email|phone|let|ask|drop|give"},
    {FORMULA_CLOSE, BEGINS, "let me|us know if"},
    {FORMULA_CLOSE, BEGINS, "please? get in touch"},
    {FORMULA_CLOSE, WHOLE, "all the best *"},
    {FORMULA_CLOSE, WHOLE, "cofion|cheers|thanks|diolch *"},
    {FORMULA_CLOSE, WHOLE, "end of? the? response|reply|answers"},
    {FORMULA_CLOSE, BEGINS,
     "the " BODIES " considers|regards your|this|the request * complete|completed|closed|answered|"
     "fulfilled|concluded"},
    {FORMULA_CLOSE, BEGINS, "please? note? that? police? forces in the united|uk"},
    {FORMULA_CLOSE, BEGINS, "completed|issued|signed|prepared|authorised|approved off? by"},
    {FORMULA_CLOSE, LEADS, "date|response|reply? sent|issued|completed|approved"},
    {FORMULA_CLOSE, BEGINS, "how did|are|have we do|doing|done"},
    {FORMULA_CLOSE, BEGINS, "was|is this page|response|reply|answer|information useful|helpful"},
    {FORMULA_CLOSE, BEGINS, "please? rate our|this|your|the|us"},
    {FORMULA_CLOSE, BEGINS, "please? take|complete|fill our|a|the|in|this * survey"},
    {FORMULA_CLOSE, BEGINS, "for and on behalf of"},
    {FORMULA_CLOSE, BEGINS,
     "this response|reply|letter|answer|information was|has been? "
     "prepared|compiled|drafted|written|issued|sent|approved|collated|authorised"},
    {FORMULA_ASIDE, BEGINS, "section 17|seventeen of|requires"},
    {FORMULA_ASIDE, BEGINS,
     "this letter|email|notice|response|message|reply|document|therefore? "
     "acts|serves|constitutes|is * refusal"},
    {FORMULA_ASIDE, BEGINS, "in accordance with|the * this|act|section * refusal|notice"},
    {FORMULA_ASIDE, BEGINS, "the? public interest test"},
    {FORMULA_ASIDE, WHOLE,
     "the? evidence|overview|assessment|explanation|likelihood of harm|prejudice"},
    {FORMULA_ASIDE, WHOLE,
     "the? overall? harm|prejudice|balance|balancing|public * test|disclosure|release|statement"},
    {FORMULA_ASIDE, WHOLE, "harm|factors|arguments|considerations|exemptions|decision"},
    {FORMULA_CLOSE, BEGINS, "while|whilst? every effort|care|attempt is|has|was been? made|taken"},
    {FORMULA_CLOSE, BEGINS,
     "it should|must also? be noted|remembered|emphasised * figures|data|statistics|records"},
    {FORMULA_ASIDE, BEGINS, "factors|arguments|considerations favouring|against|for|in"},
    {FORMULA_ASIDE, BEGINS,
     "the|all? remaining|rest|remainder|outstanding|other of? the? your? "
     "information|questions|parts|points|data|items|request"},
    {FORMULA_ASIDE, BEGINS,
     "for|as|regarding|on to|regards? the|all|your remaining|other|outstanding "
     "questions|parts|information|points"},
    {FORMULA_ASIDE, BEGINS, "under our|the duty to? * advise|assist"},
    {FORMULA_OPEN, LEADS,
     "please? * our|the|my? * response|responses|reply|answer|answers|findings "
     "is|are|as|below|follows|following|to *"},
    {FORMULA_OPEN, LEADS, "our|my? response|responses|answers|reply|replies|answer"},
    {FORMULA_OPEN, LEADS, "the? " BODIES " response|responses|reply|replies|answers|answer"},
    {FORMULA_ASKED, BEGINS, "you have|had|also|then|next|further? asked|requested|wanted"},
    {FORMULA_ASIDE, BEGINS,
     "in|with relation|regard|regards|respect|reference|response|answer|reply to|of * "
     "question|questions"},
    {FORMULA_ASIDE, BEGINS, "as regards|to|for your? question|questions"},
    {FORMULA_ASIDE, BEGINS,
     "regarding|concerning|turning|finally|for|on to? your? question|questions"},
    {FORMULA_ASKED, ASKS, "original? information|foi? request|requested|sought|asked"},
    {FORMULA_ASKED, ASKS, "original? request|question|query"},
    {FORMULA_ASKED, ASKS, "you|we have? asked|requested|wrote|received *"},
    {FORMULA_ASKED, ASKS, "your|the? request|questions|question|enquiry|requested information?"},
    {FORMULA_ASKED, ASKS, "on * you asked|requested|wrote *"},
};

/* Anywhere. */
struct part {
    enum formula kind;
    const char *pattern;
};

static const struct part parts[] = {
    {FORMULA_HOLDING,
     "acknowledge|acknowledging|acknowledgement * receipt|request|email|letter|enquiry"},
    {FORMULA_HOLDING, "request|email|enquiry|correspondence|message which|that? has|was|is been? "
                      "received|logged|allocated|registered"},
    {FORMULA_HOLDING, "request|email|enquiry|correspondence|message which|that? has|was|is been? "
                      "passed|forwarded on? to the|our|my|a|another|relevant|appropriate|"
                      "colleagues|legal"},
    {FORMULA_HOLDING, "received your? * request|email|letter|enquiry|message|correspondence"},
    {FORMULA_HOLDING, "is|are being dealt|processed|considered|handled"},
    {FORMULA_HOLDING,
     "will|shall|aim|hope|expect|intend to? be? able? to? respond|reply|responding|send|write|"
     "provide|issue|contact|let * within|by|shortly|soon|as|before|course|in|know|next|again"},
    {FORMULA_HOLDING, "more|further|additional|extra time is|was|will|would be? "
                      "needed|required|wanted"},
    {FORMULA_HOLDING, "you|we should|can|will expect|receive|have|hear * "
                      "response|reply|us|answer within|by|on|before|no|shortly|soon|in"},
    {FORMULA_HOLDING, "automated|automatic|auto reply|response|acknowledgement|message"},
    {FORMULA_HOLDING, "out of the? office"},
    {FORMULA_HOLDING, "reply|response|answer will|shall be sent|issued|with|made"},
    {FORMULA_HOLDING, "response|reply|answer is|be|been late|delayed"},
    {FORMULA_HOLDING, "hope|expect|aim to have it|this|them|one"},
    {FORMULA_HOLDING, "extend|extended|extending|extension * deadline|time|period|limit|days"},
    {FORMULA_HOLDING, "need|needs|require|requires more|further|additional|extra time"},
    {FORMULA_HOLDING, "a? further|additional 10|15|20|30|40|ten|twenty working days"},
    {FORMULA_HOLDING,
     "not|unable be|able|to able|to? respond|reply|answer|meet * by|within|deadline"},
    {FORMULA_HOLDING,
     "still considering|consulting|gathering|collating|awaiting|waiting|working|looking"},
    {FORMULA_CLARIFY, "clarify|clarification|clarifying"},
    {FORMULA_CLARIFY,
     "could|can|would|please you|i please? * specify|clarify|confirm|explain|narrow|"
     "rephrase|elaborate"},
    {FORMULA_CLARIFY,
     "ask|asking|asked|invite|need|require you * specify|clarify|confirm|narrow|explain"},
    {FORMULA_CLARIFY,
     "please confirm|specify|state|indicate|tell|let|say * which|what|whether|if|dates"},
    {FORMULA_CLARIFY, "request is|will|has|been * on hold"},
    {FORMULA_CLARIFY, "would|could|can|will you please|kindly|mind? "
                      "telling|letting|saying|confirming|specifying|clarifying|indicating"},
    {FORMULA_CLARIFY,
     "before we|i can|could|are|may able? to? start|begin|proceed|process|treat|go|"
     "take|accept"},
    {FORMULA_CLARIFY, "we|i need|require to know"},
    {FORMULA_CLARIFY, "once|until|unless we|i have? heard|hear from you"},
    {FORMULA_CLARIFY, "without knowing|this|that|it * we|i cannot|can"},
    {FORMULA_CLARIFY, "section|s 1 3"},
    {FORMULA_HOLDING, "section|s 10 3"},
    {FORMULA_CLARIFY, "would|could|can|will you therefore? kindly? please? "
                      "say|tell|advise|state|indicate|specify"},
    {FORMULA_CLARIFY, "need|needs|require|requires to? know|have a|some|little more|further"},
    {FORMULA_CLARIFY, "do|did you mean|want|require|wish|need"},
    {FORMULA_CLARIFY, "unclear|unsure|uncertain * request|you|question|mean|what|which|whether"},
    {FORMULA_CLARIFY, "not clear * request|you|question|mean|what|which|whether"},
    {FORMULA_CLARIFY, "more|further|additional information|details|detail from you"},
    {FORMULA_CORRECTION,
     "should|must|ought to? now? be? replaced|amended|corrected|changed|revised "
     "* to|by|with"},
    {FORMULA_CORRECTION, "amended|corrected|revised|changed|increased|reduced|updated|adjusted|"
                         "altered from? * to"},
    {FORMULA_CORRECTION, "replace|replacing|substituted|substituting * with|by"},
    {FORMULA_CORRECTION, "please|kindly read|substitute"},
    {FORMULA_CORRECTION,
     "should|ought therefore|instead|actually|rather|now|accordingly? to? have? "
     "read|reads|be|state|stated|said|say|been|show|shown"},
    {FORMULA_CORRECTION, "correct|corrected|amended|revised|right|true|actual|accurate "
                         "figure|answer|number|figures|total|"
                         "amount|response|value * is|was|should|are"},
    {FORMULA_WHOLE, "all|any of? the? information|data|questions|records"},
    {FORMULA_WHOLE, "your|the|this request|requests"},
    {FORMULA_WHOLE, "your|these " COUNTED "? questions|points|queries"},
    {FORMULA_WHOLE, "all|none|each|any of your? " COUNTED "? questions|points|parts|queries"},
    {FORMULA_WHOLE, "on|about|regarding|concerning the|this|that subject|topic|matter|issue"},
    {FORMULA_WHOLE, "everything|anything|nothing|whatever * ask|asked|request|requested|want|seek"},
    {FORMULA_WHOLE, "in its|their entirety"},
    {FORMULA_WHOLE, "your|this application|enquiry"},
    {FORMULA_WHOLE, "help|assist you"},
    {FORMULA_WHOLE, "comply|complying with it|this|that|your|the"},
    {FORMULA_WHOLE, "information|data * requested|request|sought|seek|seeking|asked|question|ask"},
    {FORMULA_WHOLE, "all of it|this|these|them|what"},
    {FORMULA_WHOLE, "comply|complying|comply with a|any * request|requests|vexatious"},
    {FORMULA_WHOLE, "not therefore? be? providing|provide|releasing|release|disclosing|disclose|"
                    "supplying|supply the|this|that information|data"},
    {FORMULA_WHOLE, "nothing * send|provide|supply|give|disclose|release"},
    {FORMULA_WHOLE,
     "no|any information about|on|regarding|concerning|relating it|this|that|them|to"},
    {FORMULA_WHOLE, "disclosure|release|releasing|disclosing|disclose of? the|this information"},
    {FORMULA_WHOLE, "because|since|as the|this information is|was"},
    {FORMULA_WHOLE, "no information on|about|regarding|concerning the|any|these|this|your "
                    "matters|matter|questions|subject|points"},
    {FORMULA_WHOLE, "what you * requested|asked|seek|sought"},
    {FORMULA_ATTACHED, "attached|attachment|attachments|enclosed|enclose|annex|annexe|appendix|"
                       "accompanying|herewith|overleaf"},
    {FORMULA_ATTACHED,
     "document|documents|file|spreadsheet|table|letter sent? with|below|alongside"},
    {FORMULA_WHOLE, "requested information|data|material"},
    {FORMULA_REST, "remaining|rest|remainder|outstanding|other information|of|questions|parts|data|"
                   "request|points|items"},
    {FORMULA_REST, "all the? other|remaining"},
};

/* ---- matching ---- */

/* The bytes of the alternative among WORDS (LEN bytes, | between) that WORD is; false if none. */
static bool is_among(const char *words, size_t len, struct span word)
{
    const char *end = words + len;
    for (const char *at = words; at < end;) {
        const char *bar = memchr(at, '|', (size_t)(end - at));
        const char *stop = bar ? bar : end;
        if (span_eq(span_from(at, stop), word))
            return true;
        at = bar ? bar + 1 : end;
    }
    return false;
}

static bool match_from(const struct paper *l, size_t i, size_t last, const char *pattern,
                       size_t *end)
{
    if (*pattern == '\0') {
        *end = i;
        return true;
    }
    size_t len = (size_t)(strchrnul(pattern, ' ') - pattern);
    const char *next = pattern[len] ? pattern + len + 1 : pattern + len;
    if (len == 1 && *pattern == '*' && *next == '\0') { /* the last takes what it may */
        *end = last - i < ANY_WORDS ? last : i + ANY_WORDS;
        return true;
    }
    if (len == 1 && *pattern == '*') {
        for (size_t k = 0; k <= ANY_WORDS && i + k <= last; k++)
            if (match_from(l, i + k, last, next, end))
                return true;
        return false;
    }
    bool optional = pattern[len - 1] == '?';
    if (i < last && is_among(pattern, len - optional, tokens_lower(&l->words, i)) &&
        match_from(l, i + 1, last, next, end))
        return true;
    return optional && match_from(l, i, last, next, end);
}

size_t formulas_match(const struct paper *l, size_t i, size_t last, const char *pattern)
{
    size_t end;
    return match_from(l, i, last, pattern, &end) ? end - i : 0;
}

static bool extends(const struct paper *l, size_t i, size_t taken, enum extent extent)
{
    if (extent == BEGINS)
        return true;
    size_t line = paper_line_at(l, l->words.at[i].start), end = l->lines[line].end;
    for (size_t at = l->lines[line].start; at < l->words.at[i].start; at++)
        if (l->text.at[at] == '\t')
            return false;
    if (extent >= LEADS && l->text.at[end - 1] == ':')
        return true;
    if (extent == ASKS && l->text.at[l->words.at[i + taken - 1].end] == ':')
        return true;
    return i + taken == l->words.count || l->words.at[i + taken].start > end;
}

enum formula formulas_at(const struct paper *l, size_t i)
{
    size_t last = i + REACH < l->words.count ? i + REACH : l->words.count;
    size_t line_end = l->lines[paper_line_at(l, l->words.at[i].start)].end, on_line = i;
    while (on_line < last && l->words.at[on_line].start < line_end)
        on_line++;
    for (size_t k = 0; k < sizeof starts / sizeof *starts; k++) {
        bool far = starts[k].extent == BEGINS && *starts[k].pattern != '*';
        size_t limit = far ? last : on_line;
        size_t taken = formulas_match(l, i, limit, starts[k].pattern);
        if (taken && extends(l, i, taken, starts[k].extent))
            return starts[k].kind;
    }
    return FORMULA_NONE;
}

/* Whether word I stands behind "part of": "this element of your request". */
static bool is_part(const struct paper *l, size_t i)
{
    return i > 1 &&
           formulas_match(l, i - 2, i,
                          "element|elements|part|parts|aspect|aspects|portion|point|points|"
                          "item|items|section|some|question|questions of") == 2;
}

bool formulas_in(const struct paper *l, size_t first, size_t last, enum formula kind, size_t *at)
{
    for (size_t i = first; i < last; i++)
        for (size_t k = 0; k < sizeof parts / sizeof *parts; k++) {
            if (parts[k].kind != kind)
                continue;
            size_t taken = formulas_match(l, i, last, parts[k].pattern);
            if (!taken || (kind == FORMULA_WHOLE && is_part(l, i)))
                continue;
            if (at)
                *at = i + taken - 1;
            return true;
        }
    return false;
}

size_t formulas_asked(const struct paper *l, size_t start)
{
    size_t last = tokens_from(&l->words, start), line = paper_line_at(l, start);
    for (size_t back = 1; back <= ASKED_WORDS && back <= last; back++) {
        size_t i = last - back;
        if (l->words.at[i].start < l->lines[line].start)
            break;
        if (formulas_begins(l, i))
            return formulas_match(l, i, last,
                                  "* asked|requested|question|wanted|enquired|ask|query *")
                       ? l->words.at[i].start
                       : start;
    }
    return start;
}

bool formulas_begins(const struct paper *l, size_t i)
{
    size_t at = l->words.at[i].start;
    while (at > 0 && strchr(" \"'(*", l->text.at[at - 1]))
        at--;
    if (at == 0)
        return true;
    char c = l->text.at[at - 1];
    return c == '\n' || c == '\t' ||
           ((c == '.' || c == '!' || c == '?') && at < l->words.at[i].start);
}
