/* Unit tests of refusal. The phrasings are of the kinds that replies to
 * Freedom of Information requests use; the sections are the Act's. */
#include "base/buf.h"
#include "check.h"
#include "text/refusal.h"

struct reply_case {
    const char *text, *reason, *matched; /* MATCHED NULL: not looked at */
};

static const struct reply_case sure_cases[] = {
    {"", "blank", ""},
    {"(blank)", "blank", "blank"},
    {"Not held", "not_held", "Not held"},
    {"not held.", "not_held", NULL},
    {"Information not held", "not_held", "Information not held"},
    {"We do not hold this information.", "not_held", "do not hold this"},
    {"The Trust does not hold the information requested", "not_held", NULL},
    {"The Council doesn't hold any recorded information on this", "not_held", NULL},
    {"This information is not held centrally.", "not_held", NULL},
    {"No information held", "not_held", "No information held"},
    {"We hold no data in respect of this question.", "not_held", NULL},
    {"The Trust does not routinely collect this data", "not_held", NULL},
    {"Thank you for your request. The Trust does not hold this information.", "not_held", NULL},
    {"Section 12(1)", "refused:s12", "Section 12(1)"},
    {"Section 12", "refused:s12", "Section 12"},
    {"s.43 FOIA 2000", "refused:s43", "s.43 FOIA 2000"},
    {"s43(2)", "refused:s43", "s43(2)"},
    {"S40", "refused:s40", "S40"},
    {"Sec. 21", "refused:s21", NULL},
    {"section 22A of the Freedom of Information Act 2000", "refused:s22", NULL},
    {"Exempt under section 40(2)", "refused:s40", "section 40(2)"},
    {"exempt under Section 31(1)(a) of the FOIA", "refused:s31", "Section 31(1)(a) of the FOIA"},
    {"Refused - section 12", "refused:s12", "section 12"},
    {"Refused in full: section 43", "refused:s43", NULL},
    {"s.12 cost limit", "refused:s12", NULL},
    {"s.43 commercial interests", "refused:s43", NULL},
    {"We are refusing this under section 12 as it would take more than 18 hours.", "refused:s12",
     NULL},
    {"The Trust is withholding this information under sections 40 and 43 of the Act.",
     "refused:s40", "sections 40"},
    {"Refused under Section 31(1)(a) and 38(1)(b)", "refused:s31", "Section 31(1)(a)"},
    {"Section 21 - information already reasonably accessible", "refused:s21",
     "reasonably accessible"},
    {"Section 22 - intended for future publication", "refused:s22", "future publication"},
    {"Exempt: sections 31, 40(2) and 43", "refused:s31", "sections 31"},
    {"Withheld (s.40 & 41)", "refused:s40", "s.40"},
    {"This would exceed the appropriate limit of 18 hours or \xC2\xA3"
     "450.",
     "refused:s12", NULL},
    {"Cost limit", "refused:s12", NULL},
    {"Commercially sensitive", "refused:s43", "Commercially sensitive"},
    {"Withheld: commercial in confidence", "refused:s43", NULL},
    {"This is exempt as it is reasonably accessible by other means.", "refused:s21", NULL},
    {"The request is vexatious and is refused", "refused:s14", NULL},
    {"Refused", "refused", "Refused"},
    {"Information withheld", "refused", NULL},
    {"We can neither confirm nor deny that we hold this information.", "ncnd", "confirm nor deny"},
    {"Under section 31(3) the Trust neither confirms nor denies holding it.", "ncnd", NULL},
    {"NCND", "ncnd", NULL},
    {"Regulation 12(4)(b)", "refused:r12(4)(b)", "Regulation 12(4)(b)"},
    {"12(5)(e)", "refused:r12(5)(e)", "12(5)(e)"},
    {"EIR 12 (5) (e)", "refused:r12(5)(e)", NULL},
    {"Refused under regulation 12(5)(f) of the Environmental Information Regulations 2004.",
     "refused:r12(5)(f)", NULL},
    {"This is excepted from disclosure under Reg. 12(4)(d) of the EIR.", "refused:r12(4)(d)", NULL},
    {"Exempt under Regulation 10(4)(b) of the Environmental Information (Scotland) Regulations "
     "2004",
     "refused:r12(4)(b)", NULL},
    {"Regulation 12(4)(a) - information not held", "not_held", NULL},
    {"Withheld: regulation 13", "refused:r13", NULL},
    {"Section 12(4)(b)", "refused:s12", NULL},
    {"s.17 FOISA", "not_held", "s.17 FOISA"},
    {"Section 17 of the Freedom of Information (Scotland) Act 2002", "not_held", NULL},
    {"Under section 17(1) of FOISA the Council does not hold this information.", "not_held", NULL},
    {"Exempt under section 33(1)(b) of FOISA", "refused:foisa_s33", NULL},
    {"Section 18 of FOISA applies", "ncnd", NULL},
    {"FOISA section 25: otherwise accessible", "refused:foisa_s25", NULL},
    {"No response", "no_response", NULL},
    {"No reply received", "no_response", NULL},
    {"Did not respond", "no_response", NULL},
    {"Awaiting response", "no_response", NULL},
    {"Response overdue", "no_response", NULL},
    {"N/A", "not_applicable", "N/A"},
    {"n.a.", "not_applicable", NULL},
    {"NA", "not_applicable", NULL},
    {"Not applicable", "not_applicable", NULL},
    {"N/A - we have no such team", "not_applicable", "N/A"},
    {"Cost exceeded", "refused:s12", "Cost exceeded"},
    {"Cost limit exceeded", "refused:s12", NULL},
    {"Exceeds cost limit", "refused:s12", NULL},
    {"Over cost limit", "refused:s12", NULL},
    {"Exceeds the time limit", "refused:s12", NULL},
    {"Not given", "not_given", "Not given"},
    {"not stated.", "not_given", NULL},
    {"No data provided", "not_given", NULL},
    {"Data not available", "not_given", NULL},
    {"Figures not supplied", "not_given", NULL},
    {"Not recorded", "not_held", NULL},
    {"Not asked", "not_asked", NULL},
    {"Request withdrawn", "withdrawn", NULL},
    {"Thank you for your request. This is exempt under section 43(2) of the Act. You may ask for "
     "an "
     "internal review, and complain to the Information Commissioner.",
     "refused:s43", "section 43(2) of the Act"},
};

/* The reason "" is for none. */
static const struct reply_case other_cases[] = {
    {"Yes", "", NULL},
    {"No", "", NULL},
    {"12 staff; names withheld under section 40(2).", "refused:s40", "section 40(2)"},
    {"Yes, but the costs are exempt under section 43.", "refused:s43", NULL},
    {"No - exempt under section 43", "refused:s43", NULL},
    {"We have applied section 43 to the prices. The contract was let to Acme.", "refused:s43",
     NULL},
    {"Please see attached. Some names are redacted under s.40(2).", "refused:s40", NULL},
    {"Requests may be refused under section 12.", "refused:s12", NULL},
    {"No exemptions were applied under section 43 in that year", "refused:s43", NULL},
    {"Section 12 is what our policy rests on", "refused:s12", NULL},
    {"We do not hold this information for 2015, and 14 for 2016", "not_held", NULL},
    {"We do not hold this data before then, however the total was large.", "not_held", NULL},
    {"The Council does not publish a disclosure log. Therefore we do not hold this information.",
     "not_held", NULL},
    {"We don't publish one and therefore do not hold this information.", "not_held", NULL},
    {"There are not any such teams. Accordingly the Trust does not hold the information requested.",
     "not_held", NULL},
    {"The Trust has not employed developers. Information not held.", "not_held", NULL},
    {"We built 12(5) houses and 12 (4) flats", "", NULL},
    {"Version 12(4)(b) of the form: 12", "refused:r12(4)(b)", NULL},
    {"Partly exempt", "refused", NULL},
    {"No - exempt", "refused", NULL},
    {"Time exceeded by 4 hours", "", NULL},
    {"Budget: over cost by 12%", "", NULL},
    {"Grants not given to charities", "", NULL},
    {"Not available on Sundays", "", NULL},
    {"Over time", "", NULL},
    {"We employ section 12 doctors", "", NULL},
    {"Section 12 of the Mental Health Act", "", NULL},
    {"See section 21 of the report", "", NULL},
    {"Section 21 notices", "", NULL},
    {"Section 136", "", NULL},
    {"S44 5BL", "", NULL},
    {"Section 106 agreements", "", NULL},
    {"The 1 August update s 7", "", NULL},
    {"Applications refused: 12", "", NULL},
    {"The product was withdrawn from wards", "", NULL},
    {"No response team exists", "", NULL},
    {"Meetings are not held in August", "", NULL},
    {"NA meetings", "", NULL},
    {"Python; Java. Our R&D office holds no further information.", "", NULL},
    {"It is not applicable to wards", "", NULL},
    {"s", "", NULL},
    {"section", "", NULL},
    {"---", "", NULL},
};

static void test_sure(struct refusal_reader *r)
{
    for (size_t i = 0; i < sizeof sure_cases / sizeof *sure_cases; i++) {
        const struct reply_case *c = &sure_cases[i];
        struct refusal found = refusal_find(r, span_of(c->text));
        bool sure = found.kind == REFUSAL_SURE;
        check_text(sure ? found.reason : SPAN("not sure"), span_of(c->reason), c->text, __FILE__,
                   __LINE__);
        if (c->matched)
            check_text(found.matched, span_of(c->matched), "the slice", __FILE__, __LINE__);
    }
}

static void test_others(struct refusal_reader *r)
{
    for (size_t i = 0; i < sizeof other_cases / sizeof *other_cases; i++) {
        const struct reply_case *c = &other_cases[i];
        struct refusal found = refusal_find(r, span_of(c->text));
        if (found.kind == REFUSAL_SURE)
            found.reason = SPAN("sure");
        check_text(found.reason, span_of(c->reason), c->text, __FILE__, __LINE__);
        if (c->matched)
            check_text(found.matched, span_of(c->matched), "the slice", __FILE__, __LINE__);
    }
}

/* Every reason that the recogniser gives for a sure case is in the vocabulary,
 * or a section of its kind. */
static void test_vocabulary(struct refusal_reader *r)
{
    size_t count, unknown = 0;
    const struct refusal_reason *reasons = refusal_reasons(&count);
    for (size_t i = 0; i < sizeof sure_cases / sizeof *sure_cases; i++) {
        struct span reason = refusal_find(r, span_of(sure_cases[i].text)).reason;
        bool known = false;
        for (size_t k = 0; k < count; k++)
            known |= span_eq(reason, span_of(reasons[k].reason));
        known |= span_starts(reason, SPAN("refused:r12(")) ||
                 span_starts(reason, SPAN("refused:foisa_s"));
        unknown += !known;
    }
    CHECK(unknown == 0 && count == 26, "the vocabulary has the reasons");
}

/* Two megabytes of citations take their length, not its square. */
static void test_long(struct refusal_reader *r)
{
    struct buf b = {0};
    for (int i = 0; i < 150000; i++)
        buf_add(&b, SPAN("section 12 not "));
    CHECK(refusal_find(r, buf_span(&b)).kind != REFUSAL_NONE, "a long text is looked through");
    buf_free(&b);
}

int main(void)
{
    struct refusal_reader r = {0};
    test_sure(&r);
    test_others(&r);
    test_vocabulary(&r);
    test_long(&r);
    refusal_free(&r);
    return check_done();
}
