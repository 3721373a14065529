/* test_label -- the numbers of questions, as people write them. */
#include "text/label.h"

#include "check.h"

/* The parts of the label at the start of TEXT with dots between, a bar, and the rest behind it;
 * "-" if there is none. */
static const char *read(const char *text)
{
    static char shown[128];
    struct label l;
    size_t end, at = 0;
    if (!label_read(span_of(text), 0, &l, &end))
        return "-";
    for (size_t i = 0; i < l.count; i++)
        at += (size_t)snprintf(shown + at, sizeof shown - at, "%s%s", i ? "." : "", l.part[i]);
    snprintf(shown + at, sizeof shown - at, "|%s", text + end);
    return shown;
}

static void test_forms(void)
{
    static const char *const forms[][2] = {
        {"4a. Yes", "4.a|Yes"},
        {"4a) Yes", "4.a|Yes"},
        {"4 (a) Yes", "4.a|Yes"},
        {"(4a) Yes", "4.a|Yes"},
        {"Q4a Yes", "4.a|Yes"},
        {"Q4a: Yes", "4.a|Yes"},
        {"Q.4(a) Yes", "4.a|Yes"},
        {"Question 4a: Yes", "4.a|Yes"},
        {"QUESTION 4 (A) - Yes", "4.a|Yes"},
        {"Question 4 part a\nYes", "-"},
        {"Question 4 part a", "4.a|"},
        {"4)a) Yes", "4.a|Yes"},
        {"4. a. Yes", "4.a|Yes"},
        {"4 - Yes", "4|Yes"},
        {"4 yes", "4|yes"},
        {"Part 3 of your request", "3|"},
        {"Question 3 of your letter: Yes", "3|Yes"},
        {"Question 3 of your request asked", "3|of your request asked"},
        {"Third question: Yes", "3|Yes"},
        {"Third question", "3|"},
        {"Third quarter: Yes", "-"},
        {"4\tYes", "4|\tYes"},
        {"4", "4|"},
        {"1.(ii) Five", "1.ii|Five"},
        {"1. ii) Five", "1.ii|Five"},
        {"(1) (ii) Five", "1.ii|Five"},
        {"ii) Five", "ii|Five"},
        {"(b) Five", "b|Five"},
        {"A1. Yes", "a.1|Yes"},
        {"A1: Yes", "a.1|Yes"},
        {"B.2 Yes", "b.2|Yes"},
        {"4.1 Yes", "4.1|Yes"},
        {"Question One: Yes", "1|Yes"},
        {"Question twelve - Yes", "12|Yes"},
        {"Cwestiwn 4 / Question 4: Ydy", "4|Ydy"},
        {"Question 4a | Cwestiwn 4a", "4.a|"},
        {"Question No. 3: Yes", "3|Yes"},
        {"Response to question 3: Yes", "3|Yes"},
        {"Answer 3 - Yes", "3|Yes"},
        {"Item 2) x", "2|x"},
        {"Point 2: x", "2|x"},
        {"04. Yes", "4|Yes"},
    };
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++)
        check_text(span_of(read(forms[i][0])), span_of(forms[i][1]), forms[i][0], __FILE__,
                   __LINE__);
}

static void test_none(void)
{
    static const char *const none[] = {"2017/18: 12", "3.5",     "1,018 vehicles", "I am", "A dog",
                                       "Yes",         "£4",      "Mr Smith",       "2019", "",
                                       "(see below)", "12th May"};
    for (size_t i = 0; i < sizeof none / sizeof *none; i++)
        check_text(span_of(read(none[i])),
                   i == 1 ? SPAN("3.5|") : SPAN("-"), /* a schema may have 3.5 */
                   none[i], __FILE__, __LINE__);
}

static void test_parse(void)
{
    struct label l, other;
    CHECK(label_parse(SPAN("1(ii)"), &l) && l.count == 2, "a schema's number in brackets");
    CHECK(label_parse(SPAN("Q1 ii"), &other) && label_same(&l, &other, 2),
          "two spellings are one label");
    CHECK(label_parse(SPAN("Part B Q2"), &l) && l.count == 2, "a part and a question");
    CHECK(!label_parse(SPAN("none"), &l), "a word is no number");
    CHECK(label_ordinal("iv", LABEL_AS_ROMAN) == 4, "iv is 4");
    CHECK(label_ordinal("d", LABEL_AS_LETTER) == 4, "d is 4");
    CHECK(label_ordinal("i", LABEL_AS_LETTER) == 9, "i is the ninth letter");
    CHECK(label_ordinal("i", LABEL_AS_ROMAN) == 1, "and the first numeral");
    CHECK(label_ordinal("12", LABEL_AS_ROMAN) == 12, "digits count");
}

int main(void)
{
    test_forms();
    test_none();
    test_parse();
    return check_done();
}
