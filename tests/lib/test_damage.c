/* Unit tests of damage. The misread texts were made with
 * printf TEXT | iconv -f WINDOWS-1252 -t UTF-8 (glibc 2.36). */
#include "check.h"
#include "text/damage.h"

struct damage_case {
    const char *text;
    enum damage damage;
    const char *where; /* NULL for the whole text */
};

static const struct damage_case text_cases[] = {
    {"01-Mar", DAMAGE_DATE, NULL},
    {"1-Mar", DAMAGE_DATE, NULL},
    {"Mar-20", DAMAGE_DATE, NULL},
    {"02-SEP", DAMAGE_DATE, NULL},
    {"1-3", DAMAGE_NONE, NULL},
    {"01-Mar-2020", DAMAGE_NONE, NULL},
    {"1-March", DAMAGE_NONE, NULL},
    {"May-be", DAMAGE_NONE, NULL},
    {"123-Mar", DAMAGE_NONE, NULL},
    {"1.2E+05", DAMAGE_EXPONENT, NULL},
    {"1.23457E+11", DAMAGE_EXPONENT, NULL},
    {"-4E-03", DAMAGE_EXPONENT, NULL},
    {"12E+05", DAMAGE_NONE, NULL},
    {"1.E+05", DAMAGE_NONE, NULL},
    {"1e5", DAMAGE_NONE, NULL},
    {"1.2E+5", DAMAGE_NONE, NULL},
    {"1.2E+05 units", DAMAGE_NONE, NULL},
    {"43831", DAMAGE_NONE, NULL},
    {"#REF!", DAMAGE_ERROR, NULL},
    {"#N/A", DAMAGE_ERROR, NULL},
    {"#DIV/0!", DAMAGE_ERROR, NULL},
    {"#NAME?", DAMAGE_ERROR, NULL},
    {"Err:502", DAMAGE_ERROR, NULL},
    {"N/A", DAMAGE_NONE, NULL},
    {"#1", DAMAGE_NONE, NULL},
    {"########", DAMAGE_HIDDEN, NULL},
    {"##", DAMAGE_NONE, NULL},
    {"doesn\xC3\xA2\xE2\x82\xAC\xE2\x84\xA2t", DAMAGE_ENCODING, "\xC3\xA2\xE2\x82\xAC\xE2\x84\xA2"},
    {"cost \xC3\x82\xC2\xA3"
     "5",
     DAMAGE_ENCODING, "\xC3\x82\xC2\xA3"},
    {"caf\xC3\x83\xC2\xA9", DAMAGE_ENCODING, "\xC3\x83\xC2\xA9"},
    {"\xC3\x85\xC2\xA1", DAMAGE_ENCODING, NULL},
    {"\xC3\xAF\xC2\xBB\xC2\xBFname", DAMAGE_ENCODING, "\xC3\xAF\xC2\xBB\xC2\xBF"},
    {"\xC3\xB0\xC5\xB8\xCB\x9C\xE2\x82\xAC", DAMAGE_ENCODING, NULL},
    {"\xC3\x83\xC2\xA2\xC3\xA2\xE2\x80\x9A\xC2\xAC", DAMAGE_ENCODING, "\xC3\x83\xC2\xA2"},
    {"it\xC3\xA2\xE2\x82\xAC's", DAMAGE_ENCODING, "\xC3\xA2\xE2\x82\xAC"},
    {"it\xC2\x92s", DAMAGE_ENCODING, "\xC2\x92"},
    {"caf\xEF\xBF\xBD", DAMAGE_ENCODING, "\xEF\xBF\xBD"},
    {"\xC2\xA3"
     "5 \xE2\x80\x93 caf\xC3\xA9\xE2\x80\x99s",
     DAMAGE_NONE, NULL},
    {"CAF\xC3\x89\xE2\x80\xA6", DAMAGE_NONE, NULL},
    {"voil\xC3\xA0\xE2\x80\x9D\xE2\x80\xA6", DAMAGE_NONE, NULL},
    {"\xC3\x82ge, \xC3\xA2", DAMAGE_NONE, NULL},
    {"R &amp; D", DAMAGE_ESCAPE, "&amp;"},
    {"don&#39;t", DAMAGE_ESCAPE, "&#39;"},
    {"don&#x27;t", DAMAGE_ESCAPE, "&#x27;"},
    {"one_x000D_two", DAMAGE_ESCAPE, "_x000D_"},
    {"R & D; &#; &#x; a_x000_", DAMAGE_NONE, NULL},
    {"", DAMAGE_NONE, NULL},
    {"Yes - see attached", DAMAGE_NONE, NULL},
};

static const struct damage_case date_cases[] = {
    {"43831", DAMAGE_SERIAL, NULL},    {"43831.5625", DAMAGE_SERIAL, NULL},
    {"19999", DAMAGE_NONE, NULL},      {"60001", DAMAGE_NONE, NULL},
    {"4383", DAMAGE_NONE, NULL},       {"43831.", DAMAGE_NONE, NULL},
    {"01-Mar", DAMAGE_NONE, NULL},     {"#N/A", DAMAGE_ERROR, NULL},
    {"2020-01-01", DAMAGE_NONE, NULL},
};

static const struct damage_case code_cases[] = {
    {"1234", DAMAGE_ZEROS, NULL}, {"001234", DAMAGE_NONE, NULL},  {"12X4", DAMAGE_NONE, NULL},
    {"", DAMAGE_NONE, NULL},      {"1234567", DAMAGE_NONE, NULL},
};

static void run_cases(struct damage_hints hints, const struct damage_case *cases, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const struct damage_case *c = &cases[i];
        struct span where;
        enum damage damage = damage_find(span_of(c->text), hints, &where);
        check_text(span_of(damage_name(damage)), span_of(damage_name(c->damage)), c->text, __FILE__,
                   __LINE__);
        if (c->where)
            check_text(where, span_of(c->where), "the slice", __FILE__, __LINE__);
    }
}

#define RUN(hints, cases) run_cases((hints), (cases), sizeof(cases) / sizeof *(cases))

static void test_cut(void)
{
    static char text[32768];
    memset(text, 'a', sizeof text);
    CHECK(damage_find((struct span){text, 32767}, (struct damage_hints){0}, NULL) == DAMAGE_CUT,
          "a full cell");
    CHECK(damage_find((struct span){text, 32766}, (struct damage_hints){0}, NULL) == DAMAGE_NONE &&
              damage_find((struct span){text, 32768}, (struct damage_hints){0}, NULL) ==
                  DAMAGE_NONE,
          "one less and one more");
}

int main(void)
{
    RUN((struct damage_hints){0}, text_cases);
    RUN((struct damage_hints){.date = true}, date_cases);
    RUN((struct damage_hints){.digits = 6}, code_cases);
    test_cut();
    return check_done();
}
