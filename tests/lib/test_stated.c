/* Unit tests of the figure that an answer in prose states, and of numbers in words. The cases are
 * answers as officers write them; what each states is what a person reads out of it. */
#include "check.h"
#include "text/numeral.h"
#include "text/stated.h"

struct stated_case {
    const char *question, *text, *expected; /* a number, or "none", "several", "vague" */
};

#define CAMERAS "How many cameras does the council operate?"

#define MACHINES "4. Does the council own a machine? If yes, how many?"

static const struct stated_case cases[] = {
    /* one figure */
    {CAMERAS, "We operate 44 cameras.", "44"},
    {CAMERAS, "There are 1,450 cameras in all, at 61 sites.", "1450"},
    {CAMERAS, "Forty-four", "44"},
    {CAMERAS, "The council operates two thousand three hundred and six cameras.", "2306"},
    {CAMERAS, "44 (forty-four)", "44"},
    {CAMERAS, "44cameras", "44"},
    {"1. How many cameras are there?", "There is 1 camera.", "1"},
    {"", "We own 44 of them.", "44"},
    /* none at all */
    {CAMERAS, "None.", "0"},
    {CAMERAS, "Nil return", "0"},
    {CAMERAS, "We do not operate any cameras.", "0"},
    {CAMERAS, "We don't have any", "0"},
    {CAMERAS, "There are no cameras in the area.", "0"},
    {CAMERAS, "No cameras are operated.", "0"},
    {CAMERAS, "None of our 44 car parks has one.", "0"},
    {CAMERAS, "None. The last of our 14 cameras was sold in 2020.", "0"},
    {CAMERAS, "Dim", "0"},
    {CAMERAS, "The lamps are dim.", "none"},
    {CAMERAS, "We do not operate one.", "0"},
    {CAMERAS, "We haven't bought one, but lease three.", "several"},
    {CAMERAS, "It is not a large one.", "1"},
    {CAMERAS, "There is no central record.", "none"},
    {CAMERAS, "We do not hold any information.", "none"},
    {CAMERAS, "No, but a list is attached.", "none"},
    {CAMERAS, "The council is net zero.", "none"},
    /* numbers that are no figures */
    {CAMERAS, "In 2022/23 we operated 44 cameras.", "44"},
    {CAMERAS, "Since 2019, 44 cameras", "44"},
    {CAMERAS, "As at 31 March 2023 there were 44 cameras.", "44"},
    {CAMERAS, "On 3rd May, 44 cameras worked.", "44"},
    {CAMERAS, "44 cameras have been installed in the last 3 years.", "44"},
    {CAMERAS, "44 cameras, see section 3 and page 12 of appendix 2", "44"},
    {CAMERAS, "44 cameras; call 020 7946 0958 or write to foi2@example.org", "44"},
    {CAMERAS, "44 cameras record 24/7 from 9am to 17:30.", "44"},
    {CAMERAS, "44 cameras under a 5-year lease, ref FOI-1234", "44"},
    {CAMERAS, "44 may be moved.", "44"},
    {CAMERAS, "3 May: 44", "44"},
    {CAMERAS, "Contracts began in 2019.", "none"},
    {CAMERAS, "You may write to us at 03000 123456.", "none"},
    {"How many plans were issued within 20 weeks?", "161 plans were issued within 20 weeks.",
     "161"},
    {CAMERAS, "1. How many cameras does the council operate? 44", "44"},
    /* blanks between thousands: one such blank may part two numbers, but for money */
    {CAMERAS, "We operate 1 020 400 cameras.", "1020400"},
    {CAMERAS, "4 403", "vague"},
    {CAMERAS, "We have 12 400-volt cameras.", "12"},
    {CAMERAS, "Question 3 120 cameras", "120"},
    {"What was spent?", "\xc2\xa3 1 020 400.50", "1020400.50"},
    {"What was spent?", "\xc2\xa3\x34\x35 000 was spent on 3 cameras.", "45000"},
    /* whether there are any, and how many */
    {MACHINES, "No", "0"},
    {MACHINES, "No, we do not.", "0"},
    {MACHINES, "The council does not own a machine.", "0"},
    {MACHINES, "Yes - two", "2"},
    {MACHINES, "Yes", "none"},
    {MACHINES, "No. We hire 3.", "several"},
    {MACHINES, "No plans", "none"},
    {MACHINES, "No, this is not recorded.", "none"},
    {MACHINES, "This is not a matter for the council.", "none"},
    {CAMERAS, "No", "none"},
    {"Do you record thefts? If so, how many were there?", "No", "none"},
    /* parts and wholes */
    {CAMERAS, "44 cameras, of which 12 are mobile", "44"},
    {CAMERAS, "We operate 44 cameras including 12 in car parks.", "44"},
    {CAMERAS, "44 (12 of them mobile)", "44"},
    {CAMERAS, "30 cameras in streets and 14 in car parks, 44 altogether", "44"},
    {CAMERAS, "30 cameras in streets and a further 14 in car parks, making 44 in total", "44"},
    {"How many staff work in the team?", "The team has 1 manager, 4 supervisors and 20 operatives.",
     "several"},
    {"How many staff work in the team (FTE)?", "Headcount 15, FTE 12.5", "12.5"},
    {CAMERAS, "Streets 30, car parks 14, total 44", "44"},
    {CAMERAS, "30 + 14 = 44", "44"},
    {CAMERAS, "We operate 44 cameras across our 22 car parks.", "44"},
    {CAMERAS, "We had 60 before we replaced 16 of them; we operate 44 cameras now.", "44"},
    {"How many posts are vacant?", "The team has 44 staff and 3 posts are vacant.", "3"},
    {CAMERAS, "Against a target of 50 cameras we operate 44 cameras.", "44"},
    {CAMERAS, "There was not a single camera.", "0"},
    {CAMERAS, "Each site has 2 cameras.", "vague"},
    {CAMERAS, "Streets: 30. Car parks: 14. Depots: 2", "several"},
    {CAMERAS, "We operate 44 cameras. Of that number 30 are in streets.", "44"},
    {"How many cameras are mobile?", "We operate 44 cameras. Of these, 12 are mobile.", "12"},
    {"How many cameras are not mobile?", "We operate 44 cameras. Of these, 12 are mobile.",
     "several"},
    {"How many appeals were allowed?", "31 appeals were decided: 22 dismissed, 9 allowed.",
     "several"},
    {CAMERAS, "61 (incl. 12 mobile cameras)", "61"},
    {CAMERAS, "Streets 30, car parks 14, depots 44, all 88", "88"},
    {"How many notices were issued?", "Of the 18,204 notices issued, 2,310 were cancelled.",
     "several"},
    {"How many notices were cancelled?", "Of the 18,204 notices issued, 2,310 were cancelled.",
     "2310"},
    {"What is the average wait in weeks?", "The wait is 98 days.", "none"},
    {"What is the average wait in weeks?", "The weekly average is 14 weeks.", "14"},
    {"How many working days were lost?", "We lost 412 working days.", "412"},
    {CAMERAS, "Of the 96 sites, 44 have cameras.", "44"},
    {CAMERAS, "44 cameras, compared with 40 a year ago", "44"},
    {"How many of them are mobile?", "We operate 44 cameras, of which 12 are mobile.", "12"},
    /* what the question asks for */
    {CAMERAS,
     "44 cameras at a cost of \xC2\xA3"
     "12,000",
     "44"},
    {"What did the cameras cost?",
     "44 cameras were bought for \xC2\xA3"
     "12,000.50.",
     "12000.50"},
    {"What percentage of cameras are mobile?", "12 of 48 cameras, which is 25%", "25"},
    {"How long is the average wait?",
     "The average wait is 17 weeks. The national standard is 4 weeks.", "17"},
    {"How many of those cameras are mobile?", "We own 44 cameras and 4 of them are mobile.", "4"},
    {CAMERAS, "207, of which 61 are operated by the police", "207"},
    {"Have cameras been sold, and if so for how much?",
     "One camera, in 2012, for \xC2\xA3"
     "210.",
     "210"},
    {"What did the cameras cost?", "4 cameras, $ 12,000", "12000"},
    {"What did the cameras cost?", "4 cameras, $12,001", "12001"},
    {"What did the cameras cost?", "Two million, nine hundred and four thousand pounds", "2904000"},
    {"What did the cameras cost?",
     "\xC2\xA3"
     "61,250 plus VAT",
     "61250"},
    {CAMERAS, "1,486 of which 1,390 are mobile", "1486"},
    {"What was spent on cameras?",
     "\xC2\xA3"
     "688,014 (hardware and licences; storage is part of a wider contract)",
     "688014"},
    {"How many of them were to people aged 65 or over?",
     "2,901 of these were to those of 65 and above.", "2901"},
    {CAMERAS, "We have no note of what there was and so cannot answer 6(a) or 6(b).", "none"},
    /* more than one is asked for */
    {"How many cameras are on each site?", "Royal Infirmary 41; Dental Hospital 4", "several"},
    {"How many cameras were there in 2015 and in 2023?", "42 cameras in 2015. 36 in 2023.",
     "several"},
    {"How many cameras are there, and how many are mobile?", "44 cameras, of which 12 are mobile",
     "several"},
    {"How many cameras are there, and how many are mobile?", "None", "0"},
    {"How many cameras were bought in each year?", "Nothing was bought in any of the three years.",
     "none"},
    {"How many cameras were bought between 2015 and 2023?",
     "42 cameras were bought. 3 more are due.", "42"},
    /* a reader can tell; it is left to one, since other such answers were misread */
    {CAMERAS, "In 22 car parks there are 44 cameras", "several"},
    {"How many car parks have cameras?", "There are 44 cameras in 22 car parks.", "several"},
    /* several, vague, other */
    {CAMERAS, "30 cameras in streets and 14 in car parks", "several"},
    {CAMERAS, "2021/22: 30; 2022/23: 44", "several"},
    {CAMERAS, "1. 30 2. 14", "several"},
    {CAMERAS, "Fewer than 5", "vague"},
    {CAMERAS, "<5", "vague"},
    {CAMERAS, "over 40 cameras", "vague"},
    {CAMERAS, "approx. 40", "vague"},
    {CAMERAS, "c. 40 cameras", "vague"},
    {CAMERAS, "40+", "vague"},
    {CAMERAS, "40 or so", "vague"},
    {CAMERAS, "5-10", "vague"},
    {CAMERAS, "5 - 10 cameras", "vague"},
    {CAMERAS, "up to 40", "vague"},
    {CAMERAS, "in the region of 40 cameras", "vague"},
    {CAMERAS, "two per car park", "vague"},
    {CAMERAS,
     "\xC2\xA3"
     "1.2m",
     "none"},
    {CAMERAS, "480 cameras (estimate)", "vague"},
    {CAMERAS, "three times the usual number", "vague"},
    {CAMERAS, "75 per cent of a further 400", "none"},
    {CAMERAS, "1 x fixed; 1 x mobile", "several"},
    {CAMERAS, "1,23", "vague"},
    {CAMERAS, "", "none"},
    {CAMERAS, "Please ask the Care Quality Commission, which has inspected 23 homes.", "none"},
    {CAMERAS, "We cannot say how many work; 44 are listed.", "none"},
    {CAMERAS, "44 posts are vacant", "none"},
    {CAMERAS, "No one", "none"},
    {CAMERAS, "Tel. 0", "none"},
};

static struct span outcome(enum stated what, struct span json)
{
    static const char *const names[] = {
        [STATED_NONE] = "none", [STATED_SEVERAL] = "several", [STATED_VAGUE] = "vague"};
    return what == STATED_ONE ? json : span_of(names[what]);
}

static void test_cases(void)
{
    struct stated_reader r = {0};
    struct number_style style = {0};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct span json = {0};
        enum stated what =
            stated_find(&r, &style, span_of(cases[i].question), span_of(cases[i].text), &json);
        check_text(outcome(what, json), span_of(cases[i].expected), cases[i].text, __FILE__,
                   __LINE__);
    }
    stated_free(&r);
}

static void test_questions(void)
{
    static const char *const numbers[] = {"How many?",
                                          "2a. On how many occasions was it used?",
                                          "Number of sites",
                                          "What was spent on cameras?",
                                          "For what sum is it insured?",
                                          "Is there one, and if so how much did it cost?",
                                          "What percentage are women?"};
    static const char *const others[] = {
        "Which sites?", "Is there a limit to the number of sessions?", "Cost centre", "Why?", ""};
    size_t wrong = 0;
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        wrong += !stated_may_ask(span_of(numbers[i]));
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        wrong += stated_may_ask(span_of(others[i]));
    CHECK(wrong == 0, "questions for a number are told");
    CHECK(stated_asked(SPAN("1. How many?")) && stated_asked(SPAN("How many")) &&
              !stated_asked(SPAN("On how many days?")),
          "and those that begin so");
}

static void test_styles(void)
{
    struct stated_reader r = {0};
    struct number_style money = {.group = {",", 1}, .multipliers = true};
    struct number_style german = {.group = {".", 1}, .decimal = {",", 1}};
    struct span json = {0};
    stated_find(&r, &money, SPAN(""), SPAN("We paid 1.2 million pounds."), &json);
    CHECK_TEXT(json, "1200000", "what multiplies a number is taken where it is asked for");
    stated_find(&r, &german, SPAN(""), SPAN("Es sind 1.450,5 Stellen."), &json);
    CHECK_TEXT(json, "1450.5", "signs of groups and decimals are the field's");
    stated_free(&r);
}

static void test_long(void)
{
    static char text[STATED_LONGEST + 8];
    struct stated_reader r = {0};
    struct number_style style = {0};
    struct span json = {0};
    memset(text, 'x', sizeof text);
    memcpy(text, "44 ", 3);
    CHECK(stated_find(&r, &style, SPAN(""), (struct span){text, STATED_LONGEST}, &json) ==
              STATED_ONE,
          "a long answer is read");
    CHECK(stated_find(&r, &style, SPAN(""), (struct span){text, STATED_LONGEST + 1}, &json) ==
              STATED_SEVERAL,
          "one that is longer is left to a person");
    stated_free(&r);
}

static const struct {
    const char *text;
    size_t number, len;
} numerals[] = {
    {"one", 1, 3},
    {"Twenty", 20, 6},
    {"twenty-three", 23, 12},
    {"twenty three cats", 23, 12},
    {"ninety nine", 99, 11},
    {"a hundred", 100, 9},
    {"one hundred and four", 104, 20},
    {"two hundred sixty-one", 261, 21},
    {"three thousand", 3000, 14},
    {"two thousand three hundred and six", 2306, 34},
    {"two million, nine hundred and four thousand pounds", 2904000, 43},
    {"a million", 1000000, 9},
    {"two thousand million", 2000, 12},
    {"nine hundred and ninety-nine thousand nine hundred and ninety-nine", 999999, 66},
    {"two and three", 2, 3}, /* two numbers */
    {"twenty and five", 20, 6},
    {"two three", 2, 3},
    {"ten five", 10, 3},
    {"eleven hundred", 11, 6},
    {"hundred", 0, 0},
    {"a camera", 0, 0},
    {"onerous", 0, 0},
    {"", 0, 0},
};

static void test_numerals(void)
{
    for (size_t i = 0; i < sizeof numerals / sizeof *numerals; i++) {
        size_t number = 0, len = numeral_phrase(span_of(numerals[i].text), &number);
        CHECK(len == numerals[i].len && (len == 0 || number == numerals[i].number),
              numerals[i].text);
    }
}

static void test_suits(void)
{
    struct stated_reader r = {0};
    struct span weeks = SPAN("How long is the wait in weeks?");
    CHECK(stated_suits(&r, SPAN(CAMERAS), SPAN("44 cameras")), "what is asked for");
    CHECK(!stated_suits(&r, SPAN(CAMERAS), SPAN("44%")), "a share where it is asked how many");
    CHECK(!stated_suits(&r, SPAN(CAMERAS), SPAN("\xc2\xa3\x34\x34")), "and a sum of money");
    CHECK(stated_suits(&r, SPAN("What was spent?"), SPAN("44%")), "a share where it is not");
    CHECK(!stated_suits(&r, weeks, SPAN("98 days")), "days where weeks are asked for");
    CHECK(stated_suits(&r, weeks, SPAN("14 weeks")), "weeks where weeks are");
    CHECK(stated_suits(&r, SPAN("How long is the wait?"), SPAN("98 days")), "any unit else");
    stated_free(&r);
}

int main(void)
{
    test_suits();
    test_cases();
    test_questions();
    test_styles();
    test_long();
    test_numerals();
    return check_done();
}
