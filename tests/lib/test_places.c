/* Unit tests of places: a line that is written with them is read by them as by a scan. */
#include "check.h"
#include "stream/emit.h"
#include "stream/places.h"
#include "stream/scan.h"

static struct scan scan, placed;
static struct places written; /* by one output: names are numbered by each */

/* The line that was written last, and its places. */
static struct span take_line(struct buf *out, struct places *p, struct places_told *told)
{
    struct places_line head;
    buf_addc(out, '\n');
    places_end(p, out->len);
    memcpy(&head, p->lines.at, sizeof head);
    *told =
        (struct places_told){(const struct value_place *)(const void *)(p->lines.at + sizeof head),
                             head.count, head.names};
    return (struct span){out->at, head.len - 1};
}

static bool same_record(const struct record *a, const struct record *b)
{
    bool same = a->count == b->count && span_eq(a->line, b->line);
    for (size_t i = 0; same && i < a->count; i++) {
        const struct field *x = &a->fields[i], *y = &b->fields[i];
        same = span_eq(x->name, y->name) && x->at == y->at && x->value.raw.at == y->value.raw.at &&
               x->value.raw.len == y->value.raw.len && x->value.type == y->value.type &&
               x->value.escaped == y->value.escaped;
    }
    return same;
}

/* Of names that nobody told. */
static bool by_places(struct span line, const struct value_place *at, size_t count,
                      struct record *r)
{
    struct places_told told = {at, count, 0};
    return scan_placed(&placed, line, &told, r);
}

enum outcome { BY_PLACES, BY_SCAN, WRONG };

/* Writes TEXT again with SETS, reads that both ways. */
static enum outcome write_and_read(struct span text, struct record_set *sets, size_t count)
{
    struct buf in = {0}, out = {0};
    struct record r, a, b;
    struct places_told told;
    buf_add(&in, text);
    scan_buf(&scan, &in, &r);
    buf_clear(&written.lines);
    places_start(&written, 0);
    if (count)
        record_note_with(&out, &r, sets, count, &written);
    else
        record_note(&out, &r, &written);
    struct span line = take_line(&out, &written, &told);
    buf_reserve(&out, SCAN_PAD);
    memset(out.at + out.len, 0, SCAN_PAD);
    line.at = out.at;
    bool learnt = scan_record(&placed, line, &a); /* places are for names that were met before */
    enum outcome outcome = BY_SCAN;
    if (scan_placed(&placed, line, &told, &b)) {
        struct record c = b;
        struct buf fields = {0};
        buf_add(&fields, (struct span){(const char *)b.fields, b.count * sizeof *b.fields});
        c.fields = (struct field *)(void *)fields.at;
        outcome = scan_record(&scan, line, &a) && same_record(&a, &c) ? BY_PLACES : WRONG;
        buf_free(&fields);
    }
    buf_free(&in);
    buf_free(&out);
    return learnt ? outcome : WRONG;
}

#define RECORD                                                                                     \
    "{\"a\":\"x\",\"b\":true,\"c\":null,\"d\":-1.5e3,\"e\":[1,{\"f\":\"]\"}],\"g\":{\"h\":\"}\"}," \
    "\"i\":\"a\\\"b\",\"j\":false,\"k\":\"\"}"

static void test_written(void)
{
    struct record_set sets[] = {
        {.name = {.name = SPAN_ROW("b")}, .raw = SPAN_ROW("\"new \\u0041\"")},
        {.name = {.name = SPAN_ROW("d")}},
        {.name = {.name = SPAN_ROW("z")}, .key = SPAN_ROW("\"z\":"), .raw = SPAN_ROW("[\"y\"]")}};
    CHECK(write_and_read(SPAN(RECORD), NULL, 0) == BY_PLACES, "a record as it came");
    CHECK(write_and_read(SPAN(RECORD), sets, 1) == BY_PLACES, "a value set");
    CHECK(write_and_read(SPAN(RECORD), sets, 2) == BY_PLACES, "a field dropped");
    CHECK(write_and_read(SPAN(RECORD), sets, 3) == BY_PLACES, "a field added");
    CHECK(write_and_read(SPAN("{\"a\":1}"), sets, 0) == BY_PLACES, "one field");
    CHECK(write_and_read(SPAN("{\"n\\u0061me\":1,\"b\":2}"), sets, 1) == BY_PLACES,
          "an escape in a name");
}

static void test_left_to_the_scan(void)
{
    struct record_set set = {.name = {.name = SPAN_ROW("z")}, .raw = SPAN_ROW("1")};
    CHECK(write_and_read(SPAN("{}"), NULL, 0) == BY_SCAN, "no field");
    CHECK(write_and_read(SPAN("{ \"a\":1}"), NULL, 0) == BY_SCAN, "a space before a name");
    CHECK(write_and_read(SPAN("{\"a\": 1}"), &set, 1) == BY_SCAN, "a space before a value");
    CHECK(write_and_read(SPAN("{\"a\":1 ,\"b\":2}"), &set, 1) == BY_SCAN, "a space behind one");
    struct buf text = {0};
    buf_add(&text, SPAN("{\"a\":\""));
    for (int i = 0; i < 70000; i++)
        buf_addc(&text, 'x');
    buf_add(&text, SPAN("\"}"));
    CHECK(write_and_read(buf_span(&text), NULL, 0) == BY_SCAN, "a line too long for places");
    buf_free(&text);
}

/* Places that are wrong by one anywhere, or too few, never give a record that is not there. */
static void test_wrong_places(void)
{
    struct value_place right[] = {{5, 6, VALUE_NUMBER, 0}, {11, 14, VALUE_STRING, 0}}, wrong[2];
    static char line[64 + SCAN_PAD] = "{\"a\":1,\"b\":\"x\"}";
    struct span text = span_of(line);
    struct record r;
    bool good = scan_record(&placed, text, &r) && by_places(text, right, 2, &r);
    CHECK(good, "right places");
    size_t taken = 0;
    for (size_t i = 0; i < 2; i++) {
        for (int by = -1; by <= 1; by += 2) {
            memcpy(wrong, right, sizeof wrong);
            wrong[i].value = (uint16_t)(wrong[i].value + by);
            taken += by_places(text, wrong, 2, &r);
            memcpy(wrong, right, sizeof wrong);
            wrong[i].end = (uint16_t)(wrong[i].end + by);
            taken += by_places(text, wrong, 2, &r);
        }
    }
    wrong[1] = (struct value_place){11, 65000, VALUE_STRING, 0};
    taken += by_places(text, wrong, 2, &r);
    taken += by_places(text, right, 1, &r);
    CHECK(taken == 0, "wrong ones are not taken");
    line[8] = 'c';
    CHECK(!by_places(text, right, 2, &r), "nor new names");
}

/* Lines of names that were met are read by what stands between the values, to the names' last
 * bytes. */
#define LONG_NAME "a_name_that_is_longer_than_two_blocks"
static void test_outline(void)
{
    static char line[128 + SCAN_PAD];
    struct value_place at[] = {{5, 8, VALUE_STRING, 0}, {49, 51, VALUE_NUMBER, 0}};
    struct record r;
    strcpy(line, "{\"a\":\"x\",\"" LONG_NAME "\":17}");
    bool first = scan_record(&placed, span_of(line), &r) && by_places(span_of(line), at, 2, &r);
    size_t shape = r.shape;
    strcpy(line, "{\"a\":\"yz\",\"" LONG_NAME "\":2}");
    at[0].end = 9;
    at[1] = (struct value_place){50, 51, VALUE_NUMBER, 0};
    bool second = by_places(span_of(line), at, 2, &r);
    CHECK(first && second && r.shape == shape && r.count == 2, "the same names are one shape");
    CHECK(span_eq(r.fields[0].value.raw, SPAN("\"yz\"")), "a value of its own");
    CHECK(span_eq(r.fields[1].value.raw, SPAN("2")) && span_eq(r.fields[1].name, SPAN(LONG_NAME)),
          "behind a long name");
    CHECK(r.fields[1].at == line + 10, "which starts with its quote");
    line[46] = 'S'; /* the long name's last letter */
    CHECK(!by_places(span_of(line), at, 2, &r), "another name is not taken for it");
    bool other = scan_record(&placed, span_of(line), &r);
    CHECK(other && r.shape != shape, "and makes another shape");
    CHECK(by_places(span_of(line), at, 2, &r) && r.shape != shape,
          "by its places, too, once it was met");
    line[51] = ']';
    CHECK(!by_places(span_of(line), at, 2, &r), "a line that does not end is none");
}

/* The number by which LINE, read by its places, tells its names when it is written with SET. */
static uint64_t names_told(const char *text, struct record_set *set, size_t count)
{
    struct value_place at[] = {{5, 6, VALUE_NUMBER, 0}, {11, 12, VALUE_NUMBER, 0}};
    struct buf in = {0}, out = {0};
    struct places_told told;
    struct record r;
    buf_add(&in, span_of(text));
    buf_reserve(&in, SCAN_PAD);
    memset(in.at + in.len, 0, SCAN_PAD);
    bool known = scan_record(&placed, buf_span(&in), &r) && by_places(buf_span(&in), at, 2, &r);
    CHECK(known, "a line with places");
    buf_clear(&written.lines);
    places_start(&written, 0);
    record_note_with(&out, &r, set, count, &written);
    take_line(&out, &written, &told);
    buf_free(&in);
    buf_free(&out);
    return told.names;
}

static void test_told(void)
{
    struct record_set c = {.name = {.name = SPAN_ROW("c")}, .raw = SPAN_ROW("1")};
    struct record_set d = {.name = {.name = SPAN_ROW("d")}, .raw = SPAN_ROW("1")};
    struct record_set b = {.name = {.name = SPAN_ROW("b")}, .raw = SPAN_ROW("12")};
    uint64_t plain = names_told("{\"a\":1,\"b\":2}", NULL, 0);
    CHECK(plain && plain == names_told("{\"a\":3,\"b\":4}", NULL, 0), "other values");
    CHECK(plain != names_told("{\"b\":1,\"a\":2}", NULL, 0), "another order");
    CHECK(plain != names_told("{\"a\":1,\"c\":2}", NULL, 0), "another name");
    uint64_t with_c = names_told("{\"a\":1,\"b\":2}", &c, 1);
    CHECK(with_c && with_c == names_told("{\"a\":5,\"b\":6}", &c, 1), "a field added");
    CHECK(with_c != names_told("{\"a\":5,\"b\":6}", &d, 1) && with_c != plain, "or another one");
    CHECK(names_told("{\"a\":5,\"b\":6}", &b, 1) != 0, "a value set");
}

/* What is told is taken, so it is one line of each number that is checked. */
static void test_told_is_taken(void)
{
    static char line[64 + SCAN_PAD] = "{\"told\":1,\"b\":\"x\"}";
    struct value_place at[] = {{8, 9, VALUE_NUMBER, 0}, {14, 17, VALUE_STRING, 0}};
    struct places_told told = {at, 2, 77};
    struct record r;
    CHECK(!scan_placed(&placed, span_of(line), &told, &r), "names that were not met");
    CHECK(scan_record(&placed, span_of(line), &r) && scan_placed(&placed, span_of(line), &told, &r),
          "but are now");
    size_t shape = r.shape;
    strcpy(line, "{\"told\":23,\"b\":\"\"}");
    at[0].end = 10;
    at[1] = (struct value_place){15, 17, VALUE_STRING, 0};
    CHECK(scan_placed(&placed, span_of(line), &told, &r) && r.shape == shape, "the same number");
    CHECK(span_eq(r.fields[0].value.raw, SPAN("23")) && span_eq(r.fields[1].name, SPAN("b")) &&
              span_eq(r.fields[1].value.raw, SPAN("\"\"")),
          "its own values");
    told.count = 1;
    CHECK(!scan_placed(&placed, span_of(line), &told, &r), "too few of them");
    told.count = 2;
    at[1].end = 16;
    CHECK(!scan_placed(&placed, span_of(line), &told, &r), "a line that ends elsewhere");
    for (uint64_t other = 1; other < 3 * SCAN_OUTLINES; other++) {
        told.names = told.names + other; /* none that was given before */
        at[1].end = 17;
        CHECK(scan_placed(&placed, span_of(line), &told, &r) && r.shape == shape, "many numbers");
    }
}

static void test_again(void)
{
    struct places p = {0};
    struct places_line head;
    places_start(&p, 0);
    places_typed(&p, 5, 6, VALUE_NUMBER, false);
    places_again(&p);
    places_typed(&p, 5, 7, VALUE_NUMBER, false);
    places_end(&p, 9);
    memcpy(&head, p.lines.at, sizeof head);
    CHECK(head.len == 9 && head.count == 1, "what was taken back is not noted");
    CHECK(p.head == places_room(1) && p.head % 8 == 0, "the next line's head is aligned");
    places_typed(&p, 14, 15, VALUE_NUMBER, false);
    places_miss(&p);
    places_end(&p, 20);
    memcpy(&head, p.lines.at + places_room(1), sizeof head);
    CHECK(head.len == 11 && head.count == 0, "a line with a field that was missed has none");
    buf_free(&p.lines);
    places_typed(NULL, 1, 2, VALUE_NULL, false);
    places_miss(NULL);
    places_again(NULL);
}

int main(void)
{
    test_written();
    test_left_to_the_scan();
    test_wrong_places();
    test_outline();
    test_told();
    test_told_is_taken();
    test_again();
    scan_free(&scan);
    scan_free(&placed);
    return check_done();
}
