/* fuzz_text -- what people type: cleaned twice is cleaned once, words stand in the text, dates and
 * numbers that are read are written and read again as the same. */
#include <jansson.h>

#include "base/show.h"
#include "base/utf8.h"
#include "fuzz.h"
#include "profile/request.h"
#include "text/clean.h"
#include "text/damage.h"
#include "text/date.h"
#include "text/number.h"
#include "text/organisation.h"
#include "text/prose.h"
#include "text/refusal.h"
#include "text/stated.h"

static void try_clean(struct span input)
{
    static struct buf once, twice, folded;
    struct span clean = clean_text(input, &once), again = clean_text(clean, &twice);
    FUZZ_CHECK(utf8_valid(clean, NULL));
    FUZZ_CHECK(span_eq(clean, again));
    buf_clear(&folded);
    clean_fold(&folded, clean);
    FUZZ_CHECK(utf8_valid(buf_span(&folded), NULL));
    static struct buf to, lines, scratch;
    struct span kept = clean_lines(input, &to, &scratch);
    buf_clear(&lines);
    buf_add(&lines, kept);
    FUZZ_CHECK(span_eq(clean_lines(buf_span(&lines), &to, &scratch), buf_span(&lines)));
}

static void try_prose(struct span input)
{
    static struct prose p;
    prose_split(&p, input);
    for (size_t i = 0; i < p.main; i++) {
        FUZZ_CHECK(p.at[i].start < p.at[i].end && p.at[i].end <= input.len);
        FUZZ_CHECK(i == 0 || p.at[i - 1].end <= p.at[i].start);
        FUZZ_CHECK(prose_at(&p, p.at[i].folded) == i);
    }
    FUZZ_CHECK(utf8_valid(buf_span(&p.text), NULL));
}

static void try_date(struct span input)
{
    static struct buf written;
    struct date date, again;
    unsigned doubts = 0;
    if (date_any_dmy(input, &date, &doubts) != DATE_OK && date_iso(input, &date) != DATE_OK)
        return;
    FUZZ_CHECK(date_exists(date.year, date.month, date.day));
    buf_clear(&written);
    date_add(&written, &date);
    FUZZ_CHECK(date_iso(buf_span(&written), &again) == DATE_OK);
    FUZZ_CHECK(again.year == date.year && again.month == date.month && again.day == date.day);
}

static void try_number(struct span input)
{
    static struct buf scratch, other;
    static const struct number_style styles[] = {
        {.strip = false},
        {.decimal = {".", 1}, .group = {",", 1}, .strip = true},
        {.decimal = {",", 1}, .group = {".", 1}, .strip = true, .multipliers = true}};
    for (size_t i = 0; i < sizeof styles / sizeof *styles; i++) {
        struct span json, again;
        if (number_parse(&styles[i], input, &scratch, &json) != NUMBER_OK)
            continue;
        FUZZ_CHECK(number_is_json(json));
        FUZZ_CHECK(number_parse(&styles[0], json, &other, &again) == NUMBER_OK);
        FUZZ_CHECK(span_eq(json, again));
    }
}

/* An answer behind its question, on a line of its own. */
static void try_stated(struct span input)
{
    static struct stated_reader reader;
    static const struct number_style style = {.strip = true, .multipliers = true};
    const char *line = input.len ? memchr(input.at, '\n', input.len) : NULL;
    struct span question = line ? span_from(input.at, line) : (struct span){0}, json;
    struct span text = line ? span_from(line + 1, span_end(input)) : input;
    enum stated what = stated_find(&reader, &style, question, text, &json);
    FUZZ_CHECK(what != STATED_ONE || number_is_json(json));
}

static void try_shown(struct span input)
{
    static struct buf shown;
    buf_clear(&shown);
    show_add(&shown, input, SHOW_FOLDED);
    FUZZ_CHECK(utf8_valid(buf_span(&shown), NULL));
    for (size_t i = 0; i < shown.len; i++)
        FUZZ_CHECK((unsigned char)shown.at[i] >= 0x20 && shown.at[i] != 0x7f);
}

/* As many questions as it says, each with a title. */
static void try_request(struct span input)
{
    static struct buf drafted;
    buf_clear(&drafted);
    buf_addc(&drafted, '[');
    size_t count = request_draft(&drafted, input), i;
    buf_addc(&drafted, ']');
    json_t *all = json_loadb(drafted.at, drafted.len, JSON_ALLOW_NUL, NULL), *one;
    FUZZ_CHECK(json_array_size(all) == count);
    json_array_foreach(all, i, one)
    {
        FUZZ_CHECK(json_string_length(json_object_get(one, "title")) > 0);
    }
    json_decref(all);
}

static void try_input(struct span input)
{
    struct buf text = fuzz_padded(input);
    input = buf_span(&text);
    try_shown(input);
    if (utf8_valid(input, NULL)) {
        static struct refusal_reader refusals;
        static struct organisation organisation;
        static struct buf form;
        struct span where;
        try_clean(input);
        try_prose(input);
        try_date(input);
        try_number(input);
        try_stated(input);
        try_request(input);
        (void)damage_find(input, (struct damage_hints){0}, &where);
        struct refusal found = refusal_find(&refusals, input);
        FUZZ_CHECK(found.kind == REFUSAL_NONE || found.reason.len > 0);
        buf_clear(&form);
        organisation_add(&organisation, &form, input);
        FUZZ_CHECK(utf8_valid(buf_span(&form), NULL));
    }
    buf_free(&text);
}
