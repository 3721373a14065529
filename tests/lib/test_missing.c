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

/* So many reasons that look-ups in no order make an index: each is found, no other is;
 * what is dropped is gone, what is set behind it comes last. */
static void test_many(void)
{
    enum { MANY = 1000 };
    struct scan scan = {0};
    struct missing m = {0};
    struct record r;
    struct buf line = {0}, text = {0}, name = {0}, out = {0};
    for (int i = 0; i < MANY; i++)
        buf_addf(&text, "%s\"f%d\":\"r%d\"", i ? "," : "{\"_missing\":{", i, i);
    buf_add(&text, SPAN("}}"));
    CHECK(read_line(&scan, &r, &line, buf_text(&text)) && missing_read(&m, &r) && m.count == MANY,
          "a thousand reasons are taken");
    size_t right = 0, none = 0;
    for (int i = 0; i < MANY; i++) {
        int at = (i * 7919) % MANY;
        char reason[16];
        snprintf(reason, sizeof reason, "r%d", at);
        buf_clear(&name);
        buf_addf(&name, "f%d", at);
        right += span_eq(missing_find(&m, buf_span(&name)), span_of(reason));
        buf_addc(&name, 'x');
        none += !missing_find(&m, buf_span(&name)).at;
    }
    CHECK(right == MANY, "each is found, in any order");
    CHECK(none == MANY, "no other name is");
    CHECK(!missing_find(&m, SPAN("")).at, "nor is the empty one");
    for (int i = 1; i < MANY; i++) {
        buf_clear(&name);
        buf_addf(&name, "f%d", i);
        missing_drop(&m, buf_span(&name));
    }
    missing_drop(&m, SPAN("f7"));
    CHECK(m.count == 1 && !missing_find(&m, SPAN("f7")).at, "what is dropped is gone");
    missing_set(&m, SPAN("f7"), SPAN("blank"));
    missing_set(&m, SPAN("f0"), SPAN("ncnd"));
    for (int i = 0; i < MANY; i++) { /* the index grows */
        buf_clear(&name);
        buf_addf(&name, "g%d", i);
        missing_set(&m, arena_copy(&m.arena, buf_span(&name)), SPAN("r"));
        missing_drop(&m, buf_span(&name));
    }
    missing_emit(&m, &out);
    CHECK_TEXT(buf_span(&out), "{\"f0\":\"ncnd\",\"f7\":\"blank\"}", "and comes last if set again");
    CHECK(read_line(&scan, &r, &line, "{\"_missing\":{\"b\":\"1\"}}") && missing_read(&m, &r) &&
              !missing_find(&m, SPAN("f0")).at && m.count == 1,
          "the next record has its own");
    scan_free(&scan);
    missing_free(&m);
    buf_free(&line);
    buf_free(&text);
    buf_free(&name);
    buf_free(&out);
}

/* As many reasons as fields may be, and one more. */
static void test_most(void)
{
    struct scan scan = {0};
    struct missing m = {0};
    struct record r;
    struct buf line = {0}, text = {0};
    for (size_t i = 0; i < SCAN_FIELDS; i++)
        buf_addf(&text, "%s\"%zu\":\"r\"", i ? "," : "{\"_missing\":{", i);
    struct buf more = {0};
    buf_add(&more, buf_span(&text));
    buf_add(&text, SPAN("}}"));
    buf_add(&more, SPAN(",\"x\":\"r\"}}"));
    CHECK(read_line(&scan, &r, &line, buf_text(&text)) && missing_read(&m, &r) &&
              m.count == SCAN_FIELDS,
          "131,072 reasons are taken");
    CHECK(read_line(&scan, &r, &line, buf_text(&more)) && !missing_read(&m, &r) &&
              strcmp(m.fault, "more than 131072 reasons") == 0,
          "one more is a fault");
    scan_free(&scan);
    missing_free(&m);
    buf_free(&line);
    buf_free(&text);
    buf_free(&more);
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
    test_many();
    test_most();
    test_words();
    return check_done();
}
