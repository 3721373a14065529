/* Unit tests of missing and words. */
#include "check.h"
#include "schema/words.h"
#include "stream/missing.h"
#include "stream/scan.h"

/* R is TEXT, read by S from LINE, which keeps it. */
static bool read_line(struct scan *s, struct record *r, struct buf *line, const char *text)
{
    buf_clear(line);
    buf_add(line, span_of(text));
    buf_reserve(line, SCAN_PAD);
    memset(line->at + line->len, '\0', SCAN_PAD);
    return scan_record(s, buf_span(line), r);
}

static void test_missing(void)
{
    struct scan scan = {0};
    struct missing m = {0};
    struct record r;
    struct buf line = {0}, out = {0};
    CHECK(read_line(&scan, &r, &line,
                    "{\"a\":null,\"b\":null,\"_missing\":{\"a\":\"not_held\",\"c\\u00e9\":"
                    "\"refused:\\u00a7\"}}"),
          "a record with reasons is read");
    CHECK(missing_read(&m, &r) && m.count == 2, "its reasons are taken");
    CHECK_TEXT(missing_reason(&m, SPAN("a"), record_get(&r, SPAN("a"))), "not_held",
               "a null with a reason");
    CHECK_TEXT(missing_reason(&m, SPAN("b"), record_get(&r, SPAN("b"))), "missing",
               "a null without one");
    CHECK_TEXT(missing_reason(&m, SPAN("d"), NULL), "absent", "a field that is not there");
    CHECK_TEXT(missing_find(&m, SPAN("c\u00E9")), "refused:\u00A7",
               "names and reasons are decoded");
    missing_set(&m, SPAN("a"), SPAN("ncnd"));
    missing_set(&m, SPAN("b"), SPAN("blank"));
    missing_drop(&m, SPAN("c\u00E9"));
    missing_drop(&m, SPAN("never there"));
    missing_emit(&m, &out);
    CHECK_TEXT(buf_span(&out), "{\"a\":\"ncnd\",\"b\":\"blank\"}",
               "reasons are set, dropped, written");
    CHECK(read_line(&scan, &r, &line, "{\"a\":1}") && missing_read(&m, &r) && m.count == 0,
          "a record without reasons has none of the last one's");
    CHECK(read_line(&scan, &r, &line, "{\"_missing\":[]}") && !missing_read(&m, &r),
          "a list holds no reasons");
    CHECK(read_line(&scan, &r, &line, "{\"_missing\":{\"a\":null}}") && !missing_read(&m, &r),
          "a null is no reason");
    CHECK(read_line(&scan, &r, &line, "{\"_missing\":null}") && missing_read(&m, &r),
          "no reasons at all are none");
    scan_free(&scan);
    missing_free(&m);
    buf_free(&line);
    buf_free(&out);
}

static void test_words(void)
{
    static const char longest[] =
        "a text of more than sixty-three bytes, which share one bit of lengths";
    struct words w = {0};
    CHECK(!words_find(&w, SPAN("")), "no words, nothing found");
    CHECK(!words_add(&w, SPAN(""), WORD_MISSING, SPAN("blank")), "an empty text is a word");
    CHECK(!words_add(&w, SPAN("Yes"), WORD_TRUE, SPAN("")), "a word is added");
    CHECK(!words_add(&w, SPAN("Yes"), WORD_TRUE, SPAN("")), "and may be again");
    CHECK(!words_add(&w, span_of(longest), WORD_REPLACE, SPAN("short")), "a long text is a word");
    const struct word *is = words_add(&w, SPAN("Yes"), WORD_FALSE, SPAN(""));
    CHECK(is && is->kind == WORD_TRUE, "but not with another meaning");
    CHECK(words_find(&w, SPAN("Yes"))->kind == WORD_TRUE, "it is found");
    CHECK(!words_find(&w, SPAN("yes")) && !words_find(&w, SPAN("Ye")), "others are not");
    CHECK_TEXT(words_find(&w, SPAN(""))->to, "blank", "the empty text has its reason");
    CHECK_TEXT(words_find(&w, span_of(longest))->to, "short", "the long one its replacement");
    words_free(&w);
}

int main(void)
{
    test_missing();
    test_words();
    return check_done();
}
