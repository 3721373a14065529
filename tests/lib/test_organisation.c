/* Unit tests of organisation. */
#include "check.h"
#include "text/organisation.h"

struct name_case {
    const char *name, *expected;
};

static const struct name_case name_cases[] = {
    {"The Royal Marsden NHS Foundation Trust", "royal marsden nhs foundation trust"},
    {"Royal Marsden N.H.S. FT", "royal marsden nhs foundation trust"},
    {"ROYAL MARSDEN NHSFT, THE", "royal marsden nhs foundation trust"},
    {"Royal  Marsden NHS Foundation Trust (The)", "royal marsden nhs foundation trust"},
    {"Royal Marsden NHS Trust", "royal marsden nhs trust"},
    {"St.Mary's Hosp.Trust, N.H.S.F.T.", "st marys hospital trust nhs foundation trust"},
    {"Guy\xE2\x80\x99s & St. Thomas' NHS FT", "guys and st thomas nhs foundation trust"},
    {"Guys and Saint Thomas NHS Foundation Trust", "guys and st thomas nhs foundation trust"},
    {"Betsi Cadwaladr / Ynys M\xC3\xB4n", "betsi cadwaladr ynys mon"},
    {"Stoke-on-Trent City Council", "stoke on trent city council"},
    {"Stoke on Trent  City Council", "stoke on trent city council"},
    {"University Hosp. of North Midlands", "university hospital of north midlands"},
    {"Brighton+Hove CCG", "brighton and hove clinical commissioning group"},
    {"Walsall the Borough", "walsall the borough"},
    {"The The", ""},
    {"  - ", ""},
    {"", ""},
};

int main(void)
{
    struct organisation o = {0};
    struct buf b = {0}, twice = {0};
    size_t wrong = 0;
    for (size_t i = 0; i < sizeof name_cases / sizeof *name_cases; i++) {
        const struct name_case *c = &name_cases[i];
        buf_clear(&b);
        buf_clear(&twice);
        organisation_add(&o, &b, span_of(c->name));
        check_text(buf_span(&b), span_of(c->expected), c->name, __FILE__, __LINE__);
        organisation_add(&o, &twice, buf_span(&b));
        wrong += !span_eq(buf_span(&b), buf_span(&twice));
    }
    CHECK(wrong == 0, "the form of a form is itself");
    buf_free(&b);
    buf_free(&twice);
    organisation_free(&o);
    return check_done();
}
