/* Unit tests of number. The lexical forms are those of XML Schema part 2
 * (decimal, double), the grammar of JSON numbers is RFC 8259, section 6. */
#include "check.h"
#include "text/number.h"

struct number_case {
    const char *text, *expected; /* "-" for what is no number, "inf" for what is not finite */
};

static const struct number_style bare = {0};
static const struct number_style british = {.group = {",", 1}, .strip = true};
static const struct number_style money = {.group = {",", 1}, .strip = true, .multipliers = true};
static const struct number_style german = {.decimal = {",", 1}, .group = {".", 1}};
static const struct number_style french = {.decimal = {",", 1}, .group = {"\xC2\xA0", 2}};
static const struct number_style swiss = {.group = {"\xE2\x80\x99", 3}};

static const struct number_case bare_cases[] = {
    {"0", "0"},
    {"-0", "-0"},
    {"5", "5"},
    {"+5", "5"},
    {"01", "1"},
    {"-007", "-7"},
    {"000", "0"},
    {".5", "0.5"},
    {"-.5", "-0.5"},
    {"5.", "5"},
    {"00.50", "0.50"},
    {"1.0", "1.0"},
    {"1E400", "1E400"},
    {"1.5e+03", "1.5e+03"},
    {"+01.e5", "1e5"},
    {"123456789012345678901234567890.123", "123456789012345678901234567890.123"},
    {"", "-"},
    {".", "-"},
    {"-", "-"},
    {"+-5", "-"},
    {"--5", "-"},
    {"1e", "-"},
    {"e5", "-"},
    {"1,000", "-"},
    {"1 000", "-"},
    {"5%", "-"},
    {"\xC2\xA3"
     "5",
     "-"},
    {"0x10", "-"},
    {"five", "-"},
    {"1.2.3", "-"},
    {"NaN", "inf"},
    {"INF", "inf"},
    {"-INF", "inf"},
    {"Infinity", "-"},
};

static const struct number_case british_cases[] = {
    {"\xC2\xA3"
     "1,234.50",
     "1234.50"},
    {"-\xC2\xA3"
     "5",
     "-5"},
    {"\xC2\xA3-5", "-5"},
    {"- \xC2\xA3 5", "-5"},
    {"-\xC2\xA3-5", "-"},
    {"GBP 1,234,567", "1234567"},
    {"US$5", "5"},
    {"Rs. 500", "500"},
    {"Rs.500", "500"},
    {"12,34,567", "1234567"},
    {"95%", "95"},
    {"95.5 per cent", "95.5"},
    {"20 working days", "20"},
    {"1,200 GBP", "1200"},
    {"20\xC2\xB0"
     "C",
     "20"},
    {"\xC2\xA3"
     "1,000.",
     "1000"},
    {"1,5", "-"},
    {"1,50,0", "-"},
    {"1234,567", "-"},
    {",123", "-"},
    {"1,,234", "-"},
    {"1,234,", "-"},
    {"1.234,567", "-"},
    {"<5", "-"},
    {"~5", "-"},
    {"5+", "-"},
    {"5-", "-"},
    {"(5)", "-"},
    {"5-10", "-"},
    {"5 to 10", "-"},
    {"5 of 10", "-"},
    {"5k", "-"},
    {"\xC2\xA3"
     "5M",
     "-"},
    {"\xC2\xA3"
     "5 million",
     "-"},
    {"50p", "-"},
    {"5 or more", "-"},
    {"5th", "-"},
    {"over 5", "-"},
    {"Q3", "-"},
    {"NHS 111", "-"},
    {"\xC2\xA3", "-"},
    {"GBP", "-"},
    {"none", "-"},
};

static const struct number_case money_cases[] = {
    {"1.2m", "1200000"},
    {"\xC2\xA3"
     "350k",
     "350000"},
    {"3 bn pa", "3000000000"},
    {"GBP 2.5 Million per year", "2500000"},
    {"0.35 million", "350000"},
    {"0.0005k", "0.5"},
    {".5m", "500000"},
    {"1,234.5678k", "1234567.8"},
    {"-2 thousand", "-2000"},
    {"0k", "0"},
    {"0.00k", "0"},
    {"1.000000000000000000000001tn", "1000000000000.000000000001"},
    {"12 mb", "12"}, /* another word */
    {"5kg", "5"},
    {"7", "7"},
    {"1e3k", "-"},
    {"2m-3m", "-"},
    {"over 2m", "-"},
    {"2m+", "-"},
    {"1m 2m", "-"},
};

static const struct number_case german_cases[] = {
    {"1.234,5", "1234.5"}, {"1,5", "1.5"}, {"1.500", "1500"},
    {"1.5", "-"},          {",5", "0.5"},  {"15", "15"},
};

static const struct number_case french_cases[] = {
    {"1\xC2\xA0"
     "234,5",
     "1234.5"},
    {"1 234 567", "1234567"},
    {"1 23", "-"},
};

static const struct number_case swiss_cases[] = {{"1'234.5", "1234.5"},
                                                 {"1\xE2\x80\x99"
                                                  "234",
                                                  "1234"}};

static void run_cases(const struct number_style *style, const struct number_case *cases,
                      size_t count)
{
    struct buf scratch = {0};
    for (size_t i = 0; i < count; i++) {
        struct span json = {0};
        enum number_result result = number_parse(style, span_of(cases[i].text), &scratch, &json);
        if (result == NUMBER_MALFORMED)
            json = SPAN("-");
        if (result == NUMBER_NOT_FINITE)
            json = SPAN("inf");
        check_text(json, span_of(cases[i].expected), cases[i].text, __FILE__, __LINE__);
        if (result == NUMBER_OK && !number_is_json(json))
            CHECK(false, "the result is JSON");
    }
    buf_free(&scratch);
}

#define RUN(style, cases) run_cases(&(style), (cases), sizeof(cases) / sizeof *(cases))

static void test_json(void)
{
    static const char *const good[] = {"0", "-0", "10", "0.0", "1e5", "1E+5", "1.25e-10", "-1.5"};
    static const char *const bad[] = {"",     "-",   "01",   "-01", "1.", ".5", "+1",
                                      "1e",   "1e+", "1.e5", "0x1", "1 ", " 1", "1.2.3",
                                      "1e5.", "NaN", "--1",  "1-",  "00"};
    size_t wrong = 0;
    for (size_t i = 0; i < sizeof good / sizeof *good; i++)
        wrong += !number_is_json(span_of(good[i]));
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        wrong += number_is_json(span_of(bad[i]));
    CHECK(wrong == 0, "the grammar of JSON numbers");
    struct span text = SPAN("1.50"), json;
    struct buf scratch = {0};
    number_parse(&bare, text, &scratch, &json);
    CHECK(json.at == text.at && scratch.cap == 0, "a JSON number is not copied");
    buf_free(&scratch);
}

static void test_integers(void)
{
    static const char *const whole[] = {"0",
                                        "-0",
                                        "5",
                                        "5.0",
                                        "1e2",
                                        "1.5e1",
                                        "0.0",
                                        "100e-2",
                                        "0e-99",
                                        "12.50e1",
                                        "1e99999999999999999999",
                                        "0.001e3"};
    static const char *const broken[] = {
        "0.5", "1e-1", "1.5", "10.01", "105e-1", "12.5e0", "1e-99999999999999999999", "0.001e2"};
    size_t wrong = 0;
    for (size_t i = 0; i < sizeof whole / sizeof *whole; i++)
        wrong += !number_is_whole(span_of(whole[i]));
    for (size_t i = 0; i < sizeof broken / sizeof *broken; i++)
        wrong += number_is_whole(span_of(broken[i]));
    CHECK(wrong == 0, "whole numbers are told by their value");
    CHECK(number_is_integer(SPAN("-12")) && !number_is_integer(SPAN("12.0")) &&
              !number_is_integer(SPAN("1e2")),
          "integers are told by their writing");
}

int main(void)
{
    RUN(bare, bare_cases);
    RUN(british, british_cases);
    RUN(money, money_cases);
    RUN(german, german_cases);
    RUN(french, french_cases);
    RUN(swiss, swiss_cases);
    test_json();
    test_integers();
    return check_done();
}
