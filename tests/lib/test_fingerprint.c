/* Unit tests of fingerprint. Expected keys are those that OpenRefine's manual
 * and its own tests print for its keyers, and for Cologne phonetics those of Wikipedia's
 * article and of the tests of Apache Commons Codec 1.15, whose encoder
 * OpenRefine uses. */
#include "check.h"
#include "text/fingerprint.h"

struct key_case {
    const char *text, *expected;
};

static const struct key_case word_cases[] = {
    {"the multi multi word test", "multi test the word"},
    {" \xC3\xA9"
     "cole \xC3\x89"
     "Cole ecoLe ",
     "ecole"},
    {"a b c d", "a b c d"},
    {" d c b a ", "a b c d"},
    {"\tABC \t DEF ", "abc def"},
    {"bbb\taaa", "aaa bbb"},
    {"Cruise, Tom", "cruise tom"},
    {"Tom Cruise", "cruise tom"},
    {"\xC3\xA6\xC3\xB8", "aeoe"},
    {"\xC2\xA9\xC3\x9F", "css"},
    {"\xC3\x90\xC3\xB0\xC3\x9E\xC3\xBE\xC7\xB7\xC6\xBF", "ddththww"},
    {"\xEF\xAC\x80\xEF\xAC\x81\xEF\xAC\x82\xEF\xAC\x83\xEF\xAC\x85\xEF\xAC\x86", "fffiflffistst"},
    {"\xC5\x89", "n"},
    {"\xC4\xBF\xC5\x80", "ll"},
    {"\xC3\x98\xC3\xB8", "oeoe"},
    {"\xC4\xB8", "k"},
    {"\xC5\xBF\xE1\xBA\x9C\xE1\xBA\x9D", "sss"},
    {"a\tb\nc\vd\xC2\x85"
     "e\xC2\xA0"
     "f\xE1\x9A\x80g\xE2\x80\x87h\xE2\x80\xA8i\xE3\x80\x80z",
     "a b c d e f g h i z"},
    {"- foo", "foo"},
    {"C#", "c"},
    {"C++", "c++"},
    {"...", ""},
    {"", ""},
};

static const struct key_case two_cases[] = {
    {"Paris", "arispari"},
    {"P a.ris", "arispari"},
    {"x", "x"},
    {"", ""},
    {"aaaa", "aa"},
    {"\xC3\xA9\xE4\xB8\xAD\xE6\x96\x87", "e\xE4\xB8\xAD\xE4\xB8\xAD\xE6\x96\x87"},
};

static const struct key_case one_cases[] = {
    {"Paris", "aiprs"},
    {"Krzysztof", "fkorstyz"},
    {"Kryzysztof", "fkorstyz"},
    {"Krzystof", "fkorstyz"},
};

static const struct key_case cologne_cases[] = {
    {"Wikipedia", "3412"},
    {"M\xC3\xBCller-L\xC3\xBC"
     "denscheidt",
     "65752682"},
    {"Breschnew", "17863"},
    {"Guten Morgen", "426746"},
    {"bergisch-gladbach", "174845214"},
    {"\xC3\x9F\xC3\xBC\xC3\xB6\xC3\xA4", "8"},
    {"Aabjoe", "01"},
    {"Aaclan", "0856"},
    {"Aychlmajr", "04567"},
    {"h", ""},
    {"ph", "3"},
    {"x", "48"},
    {"ax", "048"},
    {"cx", "48"},
    {"cl", "45"},
    {"acl", "085"},
    {"mn", "6"},
    {"m\xC3\xBCller", "657"},
    {"schmidt", "862"},
    {"schneider", "8627"},
    {"fischer", "387"},
    {"weber", "317"},
    {"wagner", "3467"},
    {"becker", "147"},
    {"hoffmann", "0366"},
    {"sch\xC3\xA4"
     "fer",
     "837"},
    {"pharma", "376"},
    {"m\xC3\xB6nchengladbach", "664645214"},
    {"deutsch", "28"},
    {"deutz", "28"},
    {"hamburg", "06174"},
    {"hannover", "0637"},
    {"christstollen", "478256"},
    {"Xanthippe", "48621"},
    {"Zacharias", "8478"},
    {"Holzbau", "0581"},
    {"matsch", "68"},
    {"matz", "68"},
    {"Arbeitsamt", "071862"},
    {"Eberhard", "01772"},
    {"Eberhardt", "01772"},
    {"heithabu", "021"},
    {"Reuben Gevorkiantz", "716437468"},
    {"Ruben Gevorkyants", "716437468"},
    {"123", ""},
    {"", ""},
};

enum kind { WORDS, ONE, TWO, PHONETIC };

static void run_cases(enum kind kind, const struct key_case *cases, size_t count)
{
    struct fingerprint f = {0};
    struct buf b = {0};
    for (size_t i = 0; i < count; i++) {
        struct span text = span_of(cases[i].text);
        buf_clear(&b);
        if (kind == WORDS)
            fingerprint_words(&f, &b, text);
        else if (kind == PHONETIC)
            fingerprint_phonetic(&f, &b, text);
        else
            fingerprint_ngram(&f, &b, text, kind == ONE ? 1 : 2);
        check_text(buf_span(&b), span_of(cases[i].expected),
                   strchr(cases[i].text, '\n') ? "white space of every kind" : cases[i].text,
                   __FILE__, __LINE__);
    }
    buf_free(&b);
    fingerprint_free(&f);
}

#define RUN(kind, cases) run_cases((kind), (cases), sizeof(cases) / sizeof *(cases))

int main(void)
{
    RUN(WORDS, word_cases);
    RUN(TWO, two_cases);
    RUN(ONE, one_cases);
    RUN(PHONETIC, cologne_cases);
    return check_done();
}
