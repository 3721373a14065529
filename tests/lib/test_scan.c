/* The record stream against Jansson: the same lines accepted and rejected, the
 * same values, over hard cases and generated lines.
 *
 * Where Jansson cannot be the oracle, the case is asserted alone: it refuses
 * numbers beyond a double and an escaped NUL in a name, lets a raw NUL behind a
 * number pass, and allows 2048 levels of nesting where the stream allows 64. */
#include "check.h"
#include "stream/jsonl.h"

#include <fcntl.h>
#include <jansson.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#define FLAGS (JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL | JSON_DECODE_INT_AS_REAL)
#define GENERATED 150000

/* A copy of LINE with what the scanner may look at behind it. */
static struct span padded(struct buf *b, struct span line, char after)
{
    buf_clear(b);
    buf_add(b, line);
    buf_addc(b, after);
    for (int i = 0; i < SCAN_PAD; i++)
        buf_addc(b, '"'); /* hostile: a scan that runs over the end finds quotes */
    return (struct span){b->at, line.len};
}

static bool same_value(const struct value *v, const json_t *j);

static bool same_list(const struct value *v, const json_t *j)
{
    struct span rest = v->raw;
    struct value item;
    size_t i = 0;
    while (value_next(&rest, NULL, &item))
        if (!same_value(&item, json_array_get(j, i++)))
            return false;
    return i == json_array_size(j);
}

static bool same_name(struct span name, const char *key)
{
    return span_eq(name, span_of(key));
}

static bool same_object(const struct value *v, json_t *j)
{
    struct span rest = v->raw;
    struct value name, item;
    struct buf scratch = {0};
    void *at = json_object_iter(j);
    bool same = true;
    while (same && value_next(&rest, &name, &item)) {
        same = at && same_name(value_text(&name, &scratch), json_object_iter_key(at)) &&
               same_value(&item, json_object_iter_value(at));
        at = at ? json_object_iter_next(j, at) : NULL;
    }
    buf_free(&scratch);
    return same && !at;
}

static bool same_text(const struct value *v, const json_t *j)
{
    struct buf scratch = {0};
    struct span got = value_text(v, &scratch);
    bool same = span_eq(got, (struct span){json_string_value(j), json_string_length(j)});
    buf_free(&scratch);
    return same;
}

static bool same_value(const struct value *v, const json_t *j)
{
    switch (v->type) {
    case VALUE_NULL:
        return json_is_null(j);
    case VALUE_FALSE:
        return json_is_false(j);
    case VALUE_TRUE:
        return json_is_true(j);
    case VALUE_NUMBER: {
        struct buf text = {0};
        buf_add(&text, v->raw);
        bool same = json_is_number(j) && strtod(buf_text(&text), NULL) == json_number_value(j);
        buf_free(&text);
        return same;
    }
    case VALUE_STRING:
        return json_is_string(j) && same_text(v, j);
    case VALUE_LIST:
        return json_is_array(j) && same_list(v, j);
    case VALUE_OBJECT:
        return json_is_object(j) && same_object(v, (json_t *)(uintptr_t)j);
    }
    return false;
}

static bool same_record(const struct record *r, json_t *j)
{
    void *at = json_object_iter(j);
    for (size_t i = 0; i < r->count; i++) {
        if (!at || !same_name(r->fields[i].name, json_object_iter_key(at)) ||
            !same_value(&r->fields[i].value, json_object_iter_value(at)))
            return false;
        at = json_object_iter_next(j, at);
    }
    return !at;
}

/* Do both accept LINE with the same values, or both reject it? */
static bool agree(struct scan *s, struct buf *b, struct span line, char after)
{
    struct record r;
    bool ours = scan_record(s, padded(b, line, after), &r);
    json_error_t error;
    json_t *theirs = json_loadb(line.at, line.len, FLAGS, &error);
    bool same = ours ? theirs != NULL && json_is_object(theirs) && same_record(&r, theirs)
                     : theirs == NULL || !json_is_object(theirs);
    if (!theirs && json_error_code(&error) == json_error_numeric_overflow)
        same = true; /* a limit of doubles, which the stream does not have */
    if (line.len && memchr(line.at, '\0', line.len))
        same = !ours; /* a raw NUL is never JSON; Jansson passes over one behind a number */
    if (!same)
        printf("# ours %s, Jansson %s: %.*s\n", ours ? "accepts" : scan_error(s),
               theirs ? "accepts" : error.text, (int)(line.len < 300 ? line.len : 300), line.at);
    json_decref(theirs);
    return same;
}

static const struct span HARD[] = {
    SPAN_ROW("{}"),
    SPAN_ROW(" { } "),
    SPAN_ROW(""),
    SPAN_ROW("{"),
    SPAN_ROW("}"),
    SPAN_ROW("[]"),
    SPAN_ROW("null"),
    SPAN_ROW("{]"),
    SPAN_ROW("{\"a\":1}"),
    SPAN_ROW("{\"a\":1,}"),
    SPAN_ROW("{,}"),
    SPAN_ROW("{\"a\"}"),
    SPAN_ROW("{\"a\":}"),
    SPAN_ROW("{\"a\" 1}"),
    SPAN_ROW("{a:1}"),
    SPAN_ROW("{'a':1}"),
    SPAN_ROW("{\"a\":1 \"b\":2}"),
    SPAN_ROW("{\"a\":1}x"),
    SPAN_ROW("{\"a\":1}{}"),
    SPAN_ROW("{\"a\":1} \t\r"),
    SPAN_ROW("x{\"a\":1}"),
    SPAN_ROW("{\"a\":1"),
    SPAN_ROW("{\"a"),
    SPAN_ROW("{\"a\\"),
    SPAN_ROW("{\"a\":\"\\"),
    SPAN_ROW("{\"a\":\""),
    SPAN_ROW("{\"a\":\"\\u"),
    SPAN_ROW("{\"a\":[1,2"),
    SPAN_ROW("{\"a\":{\"b\":1"),
    SPAN_ROW("{\"a\":tru"),
    SPAN_ROW("{\"a\":nul}"),
    SPAN_ROW("{\"a\":True}"),
    SPAN_ROW("{\"a\":true,\"b\":false,\"c\":null}"),
    SPAN_ROW("{\"a\":truefalse}"),
    /* every escape */
    SPAN_ROW("{\"a\":\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u0041\\u00e9\\u20AC\"}"),
    SPAN_ROW("{\"a\":\"\\a\"}"),
    SPAN_ROW("{\"a\":\"\\u12\"}"),
    SPAN_ROW("{\"a\":\"\\u12g4\"}"),
    SPAN_ROW("{\"a\":\"\\U0041\"}"),
    SPAN_ROW("{\"a\":\"\\u0000\"}"),
    SPAN_ROW("{\"\\u0061\":1}"),
    SPAN_ROW("{\"\\u0061\":1,\"a\":2}"),
    SPAN_ROW("{\"a\":\"\\x41\"}"),
    SPAN_ROW("{\"a\":\"\\u+123\"}"),
    SPAN_ROW("{\"a\":\"\\u 123\"}"),
    /* surrogates */
    SPAN_ROW("{\"a\":\"\\ud83d\\ude00\"}"),
    SPAN_ROW("{\"a\":\"\\uD83D\\uDE00x\"}"),
    SPAN_ROW("{\"a\":\"\\ud83d\"}"),
    SPAN_ROW("{\"a\":\"\\ude00\"}"),
    SPAN_ROW("{\"a\":\"\\ude00\\ud83d\"}"),
    SPAN_ROW("{\"a\":\"\\ud83dx\"}"),
    SPAN_ROW("{\"a\":\"\\ud83d\\n\"}"),
    SPAN_ROW("{\"a\":\"\\ud83d\\u0041\"}"),
    SPAN_ROW("{\"a\":\"\\ud83d\\ud83d\"}"),
    SPAN_ROW("{\"a\":\"\\ud83d\\u\"}"),
    SPAN_ROW("{\"\\ud83d\":1}"),
    SPAN_ROW("{\"\\ud83d\\ude00\":1}"),
    /* UTF-8: whole, overlong, truncated, surrogate, too large, stray */
    SPAN_ROW("{\"a\":\"\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80\"}"),
    SPAN_ROW("{\"a\":\"\xc0\x80\"}"),
    SPAN_ROW("{\"a\":\"\xc1\xbf\"}"),
    SPAN_ROW("{\"a\":\"\xe0\x80\x80\"}"),
    SPAN_ROW("{\"a\":\"\xe0\x9f\xbf\"}"),
    SPAN_ROW("{\"a\":\"\xf0\x80\x80\x80\"}"),
    SPAN_ROW("{\"a\":\"\xf0\x8f\xbf\xbf\"}"),
    SPAN_ROW("{\"a\":\"\xc3\"}"),
    SPAN_ROW("{\"a\":\"\xe2\x82\"}"),
    SPAN_ROW("{\"a\":\"\xf0\x9f\x98\"}"),
    SPAN_ROW("{\"a\":\"\xed\xa0\x80\"}"),
    SPAN_ROW("{\"a\":\"\xed\x9f\xbf\"}"),
    SPAN_ROW("{\"a\":\"\xf4\x8f\xbf\xbd\"}"),
    SPAN_ROW("{\"a\":\"\xf4\x90\x80\x80\"}"),
    SPAN_ROW("{\"a\":\"\xf5\x80\x80\x80\"}"),
    SPAN_ROW("{\"a\":\"\x80\"}"),
    SPAN_ROW("{\"a\":\"\xff\"}"),
    SPAN_ROW("{\"a\":\"\xfe\"}"),
    SPAN_ROW("{\"\xc3\xa9\":1}"),
    SPAN_ROW("{\"\xc3\":1}"),
    SPAN_ROW("{\"a\":\"\xef\xbf\xbf\"}"),
    SPAN_ROW("{\"a\":\"\xe2\x82"),
    SPAN_ROW("\xef\xbb\xbf{}"),
    /* control characters and NUL */
    SPAN_ROW("{\"a\":\"\t\"}"),
    SPAN_ROW("{\"a\":\"\x01\"}"),
    SPAN_ROW("{\"a\":\"\x1f\"}"),
    SPAN_ROW("{\"a\":\"\x7f\"}"),
    SPAN_ROW("{\"a\":\"\0\"}"),
    SPAN_ROW("{\"a\0\":1}"),
    SPAN_ROW("{\"a\":1\0}"),
    SPAN_ROW("{\"a\":1}\0"),
    SPAN_ROW("\0"),
    SPAN_ROW("{\"a\":\r1}"),
    SPAN_ROW("{\"a\":\v1}"),
    SPAN_ROW("{\"a\":\"\r\"}"),
    SPAN_ROW("{\"a\":\xc2\xa0"
             "1}"),
    /* numbers */
    SPAN_ROW("{\"a\":-0}"),
    SPAN_ROW("{\"a\":0}"),
    SPAN_ROW("{\"a\":-}"),
    SPAN_ROW("{\"a\":01}"),
    SPAN_ROW("{\"a\":-01}"),
    SPAN_ROW("{\"a\":1.}"),
    SPAN_ROW("{\"a\":.5}"),
    SPAN_ROW("{\"a\":1.5e}"),
    SPAN_ROW("{\"a\":1e+}"),
    SPAN_ROW("{\"a\":1e5}"),
    SPAN_ROW("{\"a\":1E-5}"),
    SPAN_ROW("{\"a\":1E400}"),
    SPAN_ROW("{\"a\":-1e-400}"),
    SPAN_ROW("{\"a\":+1}"),
    SPAN_ROW("{\"a\":0x10}"),
    SPAN_ROW("{\"a\":1_0}"),
    SPAN_ROW("{\"a\":1.2.3}"),
    SPAN_ROW("{\"a\":Infinity}"),
    SPAN_ROW("{\"a\":NaN}"),
    SPAN_ROW("{\"a\":123456789012345678901234567890}"),
    SPAN_ROW("{\"a\":0.1e1}"),
    SPAN_ROW("{\"a\":0e0}"),
    SPAN_ROW("{\"a\":00}"),
    SPAN_ROW("{\"a\":1-}"),
    SPAN_ROW("{\"a\":-\xc3\xa9}"),
    /* duplicates, at every level */
    SPAN_ROW("{\"a\":1,\"a\":1}"),
    SPAN_ROW("{\"a\":{\"b\":1,\"b\":2}}"),
    SPAN_ROW("{\"a\":[{\"b\":1,\"b\":2}]}"),
    SPAN_ROW("{\"a\":{\"b\":1},\"c\":{\"b\":2}}"),
    SPAN_ROW("{\"\":1,\"\":2}"),
    SPAN_ROW("{\"\":1}"),
    SPAN_ROW("{\"a\":{\"\\u0062\":1,\"b\":2}}"),
    /* lists and objects */
    SPAN_ROW("{\"a\":[]}"),
    SPAN_ROW("{\"a\":[1,\"x\",null,true,[],{}]}"),
    SPAN_ROW("{\"a\":[1,]}"),
    SPAN_ROW("{\"a\":[,1]}"),
    SPAN_ROW("{\"a\":[1 2]}"),
    SPAN_ROW("{\"a\":{}}"),
    SPAN_ROW("{\"a\":{\"b\":{\"c\":[{}]}}}"),
    SPAN_ROW("{\"a\":[}"),
    SPAN_ROW("{\"a\":{\"b\":1,}}"),
    SPAN_ROW("{\"a\":{\"b\"}}"),
    SPAN_ROW("{\"a\":{1:2}}"),
    SPAN_ROW("{\"a\":\"[{\\\"\"}"),
    SPAN_ROW("{ \"a\" : [ 1 , 2 ] , \"b\" : { \"c\" : null } }"),
    SPAN_ROW("{\"a\":[\"]\",\"}\"]}"),
};

static void test_hard(void)
{
    struct scan s = {0};
    struct buf b = {0};
    for (size_t i = 0; i < sizeof HARD / sizeof *HARD; i++) {
        /* twice and after another shape: the expected shape must not change the answer */
        const char ends[] = {'\n', '\r', '\0'};
        bool same = true;
        for (size_t e = 0; e < 3; e++)
            same &= agree(&s, &b, HARD[i], ends[e]) && agree(&s, &b, HARD[i], ends[e]);
        same &= agree(&s, &b, SPAN("{\"a\":1,\"b\":2}"), '\n') && agree(&s, &b, HARD[i], '\n');
        char name[64];
        snprintf(name, sizeof name, "hard case %zu agrees with Jansson", i + 1);
        CHECK(same, name);
    }
    scan_free(&s);
    buf_free(&b);
}

static uint64_t state = 20201122;

static uint32_t draw(uint32_t below)
{
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return (uint32_t)((state >> 32) % below);
}

static void generate_string(struct buf *b, bool name)
{
    static const char *const pieces[] = {"a",
                                         "grant",
                                         "\\n",
                                         "\\\"",
                                         "\\u00e9",
                                         "\\ud83d\\ude00",
                                         "caf\xc3\xa9",
                                         "\xe2\x80\x99",
                                         "\xf0\x9f\x98\x80",
                                         " ",
                                         "C#",
                                         "\\\\",
                                         "/",
                                         "\\/",
                                         "_missing",
                                         "0123456789abcdef"};
    buf_addc(b, '"');
    for (uint32_t n = draw(name ? 3 : 6); n > 0; n--)
        buf_add(b, span_of(pieces[draw(16)]));
    if (name) /* mostly distinct */
        buf_addf(b, "%u", draw(40));
    buf_addc(b, '"');
}

static void generate_space(struct buf *b)
{
    if (draw(8) == 0)
        buf_addc(b, " \t\r"[draw(3)]);
}

static void generate_value(struct buf *b, int depth)
{
    static const char *const plain[] = {"null", "true", "false",   "0",   "-0",
                                        "17",   "1.0",  "-2.5e-3", "1E5", "9007199254740993",
                                        "0.1",  "1e400"};
    uint32_t kind = draw(depth > 4 ? 4 : 6);
    if (kind < 2) {
        buf_add(b, span_of(plain[draw(12)]));
    } else if (kind < 4) {
        generate_string(b, false);
    } else {
        bool list = kind == 4;
        buf_addc(b, list ? '[' : '{');
        for (uint32_t n = draw(4), i = 0; i < n; i++) {
            if (i)
                buf_addc(b, ',');
            generate_space(b);
            if (!list) {
                generate_string(b, true);
                buf_addc(b, ':');
            }
            generate_value(b, depth + 1);
        }
        generate_space(b);
        buf_addc(b, list ? ']' : '}');
    }
}

static void generate_line(struct buf *b)
{
    buf_clear(b);
    generate_space(b);
    buf_addc(b, '{');
    for (uint32_t n = draw(draw(50) == 0 ? 40 : 8), i = 0; i < n; i++) {
        if (i)
            buf_addc(b, ',');
        generate_space(b);
        generate_string(b, true);
        generate_space(b);
        buf_addc(b, ':');
        generate_space(b);
        generate_value(b, 1);
        generate_space(b);
    }
    buf_addc(b, '}');
}

/* One byte changed, inserted, removed, or the line cut off. */
static void damage(struct buf *b)
{
    static const char bytes[] = "\"\\{}[]:,0-.eu\t \x80\xc3\xe2\xed\xf0\xff\x01\0tn";
    size_t at = draw((uint32_t)b->len);
    char byte = draw(4) ? bytes[draw(sizeof bytes - 1)] : (char)draw(256);
    if (byte == '\n')
        byte = ' ';
    switch (draw(4)) {
    case 0:
        b->at[at] = byte;
        break;
    case 1:
        buf_addc(b, 0);
        memmove(b->at + at + 1, b->at + at, b->len - 1 - at);
        b->at[at] = byte;
        break;
    case 2:
        memmove(b->at + at, b->at + at + 1, b->len - 1 - at);
        b->len--;
        break;
    default:
        b->len = at;
    }
}

static void test_generated(void)
{
    struct scan s = {0};
    struct buf line = {0}, b = {0};
    size_t differ = 0;
    for (int i = 0; i < GENERATED; i++) {
        generate_line(&line);
        if (draw(2))
            for (uint32_t n = 1 + draw(2); n > 0 && line.len > 0; n--)
                damage(&line);
        differ += !agree(&s, &b, buf_span(&line), "\n\r\0"[draw(3)]);
    }
    CHECK(differ == 0, "150000 generated lines agree with Jansson");
    scan_free(&s);
    buf_free(&line);
    buf_free(&b);
}

static bool accepts(struct span line)
{
    struct scan s = {0};
    struct buf b = {0};
    struct record r;
    bool ok = scan_record(&s, padded(&b, line, '\n'), &r);
    scan_free(&s);
    buf_free(&b);
    return ok;
}

static void nest(struct buf *b, int levels)
{
    buf_clear(b);
    buf_add(b, SPAN("{\"a\":"));
    for (int i = 1; i < levels; i++)
        buf_addc(b, '[');
    for (int i = 1; i < levels; i++)
        buf_addc(b, ']');
    buf_addc(b, '}');
}

static void test_limits(void)
{
    struct buf b = {0};
    nest(&b, 64);
    b.at[b.len - 1] = '}';
    CHECK(accepts(buf_span(&b)), "64 levels are accepted");
    nest(&b, 65);
    CHECK(!accepts(buf_span(&b)), "65 levels are refused");
    nest(&b, 100000);
    CHECK(!accepts(buf_span(&b)), "100000 levels are refused without harm");
    CHECK(accepts(SPAN("{\"a\":1e400,\"b\":-1E99999}")), "numbers beyond a double are accepted");
    CHECK(accepts(SPAN("{\"a\\u0000\":1}")), "an escaped NUL in a name is accepted");
    CHECK(!accepts(SPAN("{\"a\\u0000\":1,\"a\\u0000\":1}")), "and compared whole: a repeat");
    CHECK(accepts(SPAN("{\"a\\u0000\":1,\"a\":1}")), "and compared whole: no repeat");

    buf_clear(&b);
    buf_add(&b, SPAN("{\"a\":\""));
    for (int i = 0; i < 10 * 1000 * 1000; i++)
        buf_addc(&b, (char)('a' + i % 26));
    buf_add(&b, SPAN("\"}"));
    struct scan s = {0};
    struct buf copy = {0};
    CHECK(agree(&s, &copy, buf_span(&b), '\n'), "a string of 10 MB agrees with Jansson");

    buf_clear(&b);
    buf_addc(&b, '{');
    for (int i = 0; i < 131071; i++)
        buf_addf(&b, "%s\"n%d\":%d", i ? "," : "", i, i);
    size_t end = b.len;
    buf_add(&b, SPAN(",\"last\":0}"));
    CHECK(agree(&s, &copy, buf_span(&b), '\n'), "131072 fields agree with Jansson");
    b.len = end;
    buf_add(&b, SPAN(",\"n7\":0}"));
    CHECK(agree(&s, &copy, buf_span(&b), '\n'), "a repeat among 131072 names is found");
    b.len = end;
    buf_add(&b, SPAN(",\"last\":0,\"more\":0}"));
    struct record r;
    buf_clear(&copy);
    buf_add(&copy, buf_span(&b));
    buf_reserve(&copy, SCAN_PAD);
    memset(copy.at + copy.len, 0, SCAN_PAD);
    CHECK(!scan_record(&s, buf_span(&copy), &r), "one field more is bad data");
    CHECK_TEXT(span_of(scan_error(&s)), "more than 131072 fields", "and said");
    scan_free(&s);
    buf_free(&copy);
    buf_free(&b);
}

static void check_position(const char *line, size_t column, const char *what)
{
    struct scan s = {0};
    struct buf b = {0};
    struct record r;
    bool ok = scan_record(&s, padded(&b, span_of(line), '\n'), &r);
    char name[200];
    snprintf(name, sizeof name, "column %zu, %s", column, what);
    CHECK(!ok && scan_column(&s) == column && strcmp(scan_error(&s), what) == 0, name);
    scan_free(&s);
    buf_free(&b);
}

/* An object of COUNT fields f0, f1, ... from FIRST on and round again, each with its number. */
static void add_round(struct buf *b, int count, int first)
{
    buf_clear(b);
    for (int i = 0; i < count; i++)
        buf_addf(b, "%s\"f%d\":%d", i ? "," : "{", (first + i) % count, (first + i) % count);
    buf_addc(b, '}');
}

/* Whether fields of R are found by their names, each with its number, and no others. */
static bool finds_all(const struct record *r, struct lookup *known, int count)
{
    struct buf name = {0}, number = {0};
    bool right = !record_get(r, SPAN("f")) && !record_get(r, SPAN("")) &&
                 record_find(r, known) == record_get(r, SPAN("f3"));
    for (int i = 0; i < count; i += count / 16) {
        buf_clear(&name);
        buf_clear(&number);
        buf_addf(&name, "f%d", i);
        buf_addf(&number, "%d", i);
        const struct value *v = record_get(r, buf_span(&name));
        right &= v && span_eq(v->raw, buf_span(&number));
    }
    buf_free(&name);
    buf_free(&number);
    return right;
}

/* Records of few and of many names, more than the tree of names holds among them, in one order and
 * then in others. */
static void test_lookups(void)
{
    static const int counts[] = {16, 17, 500, 8000, 16000, 16382, 16383, 40000};
    struct scan scan = {0};
    struct buf b = {0};
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
        struct lookup known = {.name = SPAN("f3")};
        size_t shape = 0;
        bool right = true, same = true;
        for (int round = 0; round < 6; round++) {
            struct record r;
            add_round(&b, counts[i], round < 3 ? 0 : round * 5);
            scan_buf(&scan, &b, &r);
            right &= finds_all(&r, &known, counts[i]);
            same &= round != 2 || (r.shape && r.shape == shape); /* learnt by then */
            shape = r.shape;
        }
        CHECK(right, "fields are found in records of many names, whatever their order");
        CHECK(same == (counts[i] < 16383), "records of the same names have one shape");
    }
    scan_free(&scan);
    buf_free(&b);
}

static void test_positions(void)
{
    check_position("[1]", 1, "not a JSON object");
    check_position("  7", 3, "not a JSON object");
    check_position("{\"a\":1,\"a\":2}", 8, "duplicate name 'a'");
    check_position("{\"a\":{\"b\":1,\"b\":2}}", 6, "duplicate name 'b'");
    check_position("{\"a\":\"x\ty\"}", 8, "control character in a string");
    check_position("{\"a\":\"\xc3(\"}", 7, "invalid UTF-8");
    check_position("{\"a\":\"\\ud83d\"}", 7, "lone surrogate");
    check_position("{\"a\":\"\\q\"}", 7, "invalid escape");
    check_position("{\"a\":\"abc", 10, "unterminated string");
    check_position("{\"a\":01}", 6, "invalid number");
    check_position("{\"a\":nope}", 6, "not a JSON value");
    check_position("{\"a\" 1}", 6, "expected ':'");
    check_position("{\"a\":1 2}", 8, "expected ',' or '}'");
    check_position("{\"a\":[1 2]}", 9, "expected ',' or ']'");
    check_position("{1:2}", 2, "expected a name in quotes");
    check_position("{\"a\":1}}", 8, "text behind the object");
    check_position("{\"a\":1", 7, "the line ends inside the object");
}

/* The line reaches the reader in two packets, cut at every place, with each line end. */
static void test_boundaries(void)
{
    static const struct span line = SPAN_ROW(
        "{\"grant\":\"caf\xc3\xa9 \\ud83d\\ude00\",\"n\":[1.5e3,null],\"o\":{\"k\":true}}");
    static const char *const ends[] = {"\n", "\r\n", ""};
    size_t wrong = 0;
    for (size_t e = 0; e < 3; e++) {
        for (size_t cut = 0; cut <= line.len + strlen(ends[e]); cut++) {
            int pipes[2];
            if (pipe2(pipes, O_DIRECT) != 0) /* packets: a read gives what one write put */
                abort();
            struct buf whole = {0};
            buf_add(&whole, line);
            buf_add(&whole, span_of(ends[e]));
            ssize_t put = write(pipes[1], whole.at, cut);
            put += write(pipes[1], whole.at + cut, whole.len - cut);
            close(pipes[1]);
            char path[32];
            snprintf(path, sizeof path, "/dev/fd/%d", pipes[0]);
            char *files[] = {path};
            struct jsonl j;
            struct record r;
            jsonl_open(&j, files, 1, 0);
            bool ok = put == (ssize_t)whole.len && jsonl_next(&j, &r) == JSONL_RECORD &&
                      span_eq(r.line, line) && r.count == 3 && r.number == 1;
            wrong += !ok || jsonl_next(&j, &r) != JSONL_END;
            jsonl_close(&j);
            close(pipes[0]);
            buf_free(&whole);
        }
    }
    CHECK(wrong == 0, "a line cut at every byte between two reads is one record");
}

/* Lines of every length around the block size, so that each byte of a line once
 * falls on the reader's own block boundary. */
static void test_blocks(void)
{
    char path[] = "/tmp/test_scan.XXXXXX";
    int fd = mkstemp(path);
    FILE *file = fdopen(fd, "w");
    const size_t lines = 9000;
    for (size_t i = 0; i < lines; i++)
        fprintf(file, "{\"i\":%zu,\"s\":\"%0*d\"}\n", i, (int)(i % 97 + 1), 0);
    if (fclose(file) != 0)
        abort();
    char *files[] = {path};
    struct jsonl j;
    struct record r;
    jsonl_open(&j, files, 1, 0);
    size_t good = 0;
    while (jsonl_next(&j, &r) == JSONL_RECORD) {
        char number[32];
        snprintf(number, sizeof number, "%zu", good);
        good += r.count == 2 && span_eq(r.fields[0].value.raw, span_of(number)) &&
                r.fields[1].value.raw.len == good % 97 + 3 && r.number == good + 1;
    }
    CHECK(good == lines, "lines that straddle the reader's blocks come whole");
    jsonl_close(&j);
    unlink(path);
}

int main(void)
{
    test_hard();
    test_positions();
    test_lookups();
    test_limits();
    test_boundaries();
    test_blocks();
    test_generated();
    return check_done();
}
