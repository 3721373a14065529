/* Everything of the text room over generated texts: with the sanitizers on, a
 * read outside of a text or an overflow ends this test; what comes out must
 * keep what the headers promise for any text. The seed is fixed. */
#include <stdlib.h>

#include "base/utf8.h"
#include "check.h"
#include "text/clean.h"
#include "text/damage.h"
#include "text/date.h"
#include "text/fingerprint.h"
#include "text/number.h"
#include "text/organisation.h"
#include "text/refusal.h"

#define ROUNDS 60000

static const char *const pieces[] = {"1",
                                     "20",
                                     "2020",
                                     "31",
                                     "Feb",
                                     "Mon ",
                                     "th",
                                     "/",
                                     "-",
                                     ".",
                                     ",",
                                     ":",
                                     " ",
                                     "E+05",
                                     "e",
                                     "+",
                                     "\xC2\xA3",
                                     "%",
                                     "GBP",
                                     "#",
                                     "N/A",
                                     "&amp;",
                                     "_x000D_",
                                     "section",
                                     "s.",
                                     "12",
                                     "(2)",
                                     "not ",
                                     "held",
                                     "no ",
                                     "exempt ",
                                     "the ",
                                     "\xC3\xA9",
                                     "\xCC\x81",
                                     "\xE2\x80\x99",
                                     "\xC2\xA0",
                                     "\xE2\x80\x8B",
                                     "\xF0\x9F\x98\x80",
                                     "\xC3\xA2\xE2\x82\xAC",
                                     "\xC2\x92",
                                     "T",
                                     "Z",
                                     "pm",
                                     "'",
                                     "\""};

static uint32_t next_random(uint64_t *state)
{
    *state = *state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)(*state >> 33);
}

/* A text of up to nine pieces in memory of exactly its size. */
static struct span make_text(uint64_t *state, struct buf *b)
{
    buf_clear(b);
    for (uint32_t left = next_random(state) % 10; left > 0; left--)
        buf_add(b, span_of(pieces[next_random(state) % (sizeof pieces / sizeof *pieces)]));
    char *at = malloc(b->len ? b->len : 1);
    if (b->len)
        memcpy(at, b->at, b->len);
    return (struct span){at, b->len};
}

static bool inside(struct span part, struct span whole)
{
    return part.at >= whole.at && part.at + part.len <= whole.at + whole.len;
}

struct work {
    struct buf text, scratch, one, two;
    struct fingerprint fingerprint;
    struct organisation organisation;
    struct refusal_reader refusal;
    struct arena arena;
    struct date_format format;
};

/* A date that was read is written so that it is read again as the same. */
static size_t check_dates(struct work *w, struct span text)
{
    struct date d, again;
    unsigned doubts;
    size_t wrong = 0;
    if (date_any_dmy(text, &d, &doubts) == DATE_OK) {
        buf_clear(&w->one);
        date_add(&w->one, &d);
        wrong += date_iso(buf_span(&w->one), &again) != DATE_OK || again.day != d.day ||
                 again.month != d.month || again.year != d.year || again.has_time != d.has_time;
    }
    if (date_parse(&w->format, text, &d) == DATE_OK)
        wrong += !date_exists(d.year, d.month, d.day);
    return wrong;
}

static size_t check_number(struct work *w, struct span text)
{
    const struct number_style style = {.group = SPAN(","), .strip = true};
    struct span json;
    if (number_parse(&style, text, &w->scratch, &json) != NUMBER_OK)
        return 0;
    return !number_is_json(json);
}

static size_t check_findings(struct work *w, struct span text)
{
    struct span where;
    size_t wrong = 0;
    if (damage_find(text, (struct damage_hints){.digits = 4}, &where) != DAMAGE_NONE)
        wrong += !inside(where, text);
    struct refusal found = refusal_find(&w->refusal, text);
    if (found.kind != REFUSAL_NONE)
        wrong += !inside(found.matched, text) || found.reason.len == 0;
    return wrong;
}

static size_t check_keys(struct work *w, struct span text)
{
    size_t wrong = 0;
    buf_clear(&w->one);
    fingerprint_words(&w->fingerprint, &w->one, text);
    buf_clear(&w->two);
    fingerprint_words(&w->fingerprint, &w->two, buf_span(&w->one));
    wrong += !span_eq(buf_span(&w->one), buf_span(&w->two)) || !utf8_valid(buf_span(&w->one), NULL);
    buf_clear(&w->one);
    fingerprint_ngram(&w->fingerprint, &w->one, text, 2);
    wrong += !utf8_valid(buf_span(&w->one), NULL);
    buf_clear(&w->one);
    organisation_add(&w->organisation, &w->one, text);
    buf_clear(&w->two);
    organisation_add(&w->organisation, &w->two, buf_span(&w->one));
    wrong += !span_eq(buf_span(&w->one), buf_span(&w->two));
    buf_clear(&w->one);
    fingerprint_phonetic(&w->fingerprint, &w->one, text);
    clean_header(&w->one, text);
    return wrong + !utf8_valid(buf_span(&w->one), NULL);
}

int main(void)
{
    struct work w = {0};
    struct span bad;
    size_t dates = 0, numbers = 0, findings = 0, keys = 0;
    uint64_t state = 20200229;
    CHECK(!date_format_compile(&w.format, &w.arena, SPAN("%d/%m/%Y"), &bad), "the format compiles");
    for (int round = 0; round < ROUNDS; round++) {
        struct span text = make_text(&state, &w.text);
        dates += check_dates(&w, text);
        numbers += check_number(&w, text);
        findings += check_findings(&w, text);
        keys += check_keys(&w, text);
        free((char *)text.at);
    }
    CHECK(dates == 0, "a date that was read is written as the same date");
    CHECK(numbers == 0, "a number that was read is JSON");
    CHECK(findings == 0, "what is found lies in the text");
    CHECK(keys == 0, "a key's key is itself, and all is valid UTF-8");
    buf_free(&w.text);
    buf_free(&w.scratch);
    buf_free(&w.one);
    buf_free(&w.two);
    fingerprint_free(&w.fingerprint);
    organisation_free(&w.organisation);
    refusal_free(&w.refusal);
    arena_free(&w.arena);
    return check_done();
}
