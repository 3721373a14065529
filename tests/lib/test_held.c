/* Unit tests of held and joinkey: what a join keeps, and by what it finds it. */
#include "check.h"
#include "join/held.h"

#include <stdio.h>

static struct scan scan;
static struct buf text;

static struct record record(const char *json, size_t line)
{
    struct record r;
    buf_clear(&text);
    buf_add(&text, span_of(json));
    scan_buf(&scan, &text, &r);
    r.file = "test.jsonl";
    r.number = line;
    return r;
}

static struct span key_of(struct joinkey *k, const struct record *r)
{
    joinkey_take(k, r, false);
    joinkey_next(k);
    return k->lacking < k->count ? (struct span){0} : k->key;
}

static size_t add(struct held *h, struct joinkey *k, const char *json, size_t line)
{
    struct record r = record(json, line);
    return held_add(h, &r, key_of(k, &r));
}

static size_t find(struct held *h, struct joinkey *k, const char *json)
{
    struct record r = record(json, 1);
    return held_find(h, key_of(k, &r));
}

static void test_rings(struct joinkey *left, struct joinkey *right)
{
    struct held h;
    held_init(&h, right);
    CHECK(find(&h, left, "{\"k\":\"a\"}") == HELD_NONE, "nothing is found in an empty index");
    CHECK(add(&h, right, "{\"id\":\"a\",\"n\":0}", 3) == HELD_NONE, "the first of a key is first");
    CHECK(add(&h, right, "{\"id\":\"b\",\"n\":1}", 4) == HELD_NONE, "another key is first too");
    CHECK(add(&h, right, "{\"n\":2}", 5) == HELD_NONE, "a record without a key is kept");
    CHECK(add(&h, right, "{\"id\":\"\\u0061\",\"n\":3}", 6) == 0, "a repeated key gives its first");
    CHECK(add(&h, right, "{\"id\":\"a\",\"n\":4}", 7) == 0, "and so does the next");
    CHECK(h.count == 5, "all are counted");
    size_t at = find(&h, left, "{\"k\":\"a\"}");
    CHECK(at == 0 && held_line(&h, at) == 3, "a key finds its first record");
    CHECK(held_next(&h, 0) == 3 && held_next(&h, 3) == 4 && held_next(&h, 4) == HELD_NONE,
          "the others follow in their order");
    CHECK_TEXT(held_read(&h, 3)->line, "{\"id\":\"\\u0061\",\"n\":3}", "a line is kept as it was");
    held_match(&h, 0);
    CHECK(held_matched(&h, 0) && held_matched(&h, 4) && !held_matched(&h, 1) &&
              !held_matched(&h, 2),
          "a match is that of all with the key");
    held_drop(&h, 0);
    held_drop(&h, 4);
    CHECK(find(&h, left, "{\"k\":\"a\"}") == 3 && held_next(&h, 3) == HELD_NONE,
          "what was dropped is passed over");
    held_drop(&h, 3);
    CHECK(find(&h, left, "{\"k\":\"a\"}") == HELD_NONE, "and a key with none left finds none");
    held_clear(&h);
    CHECK(h.count == 0 && find(&h, left, "{\"k\":\"b\"}") == HELD_NONE, "empty again");
    CHECK(add(&h, right, "{\"id\":\"b\",\"n\":5}", 9) == HELD_NONE &&
              find(&h, left, "{\"k\":\"b\"}") == 0,
          "and ready again");
    held_free(&h);
}

static void test_many(struct joinkey *left, struct joinkey *right)
{
    struct held h;
    char json[64];
    bool found = true;
    held_init(&h, right);
    for (size_t i = 0; i < 20000; i++) {
        snprintf(json, sizeof json, "{\"id\":%zu}", i % 15000);
        size_t first = add(&h, right, json, i + 1);
        found = found && first == (i < 15000 ? HELD_NONE : i - 15000);
    }
    for (size_t i = 0; i < 15000; i++) {
        snprintf(json, sizeof json, "{\"k\":%zu.0}", i);
        found = found && find(&h, left, json) == i;
    }
    CHECK(found, "20,000 records are found by 15,000 keys, numbers by their value");
    CHECK(find(&h, left, "{\"k\":\"7\"}") == HELD_NONE, "and none by a text that looks like one");
    held_clear(&h);
    CHECK(h.count == 0 && h.blocks_count == 1, "most memory is given back");
    held_free(&h);
}

/* The keys of JSON by the LEFT fields K, one in each item. */
static void test_lists(void)
{
    struct joinkey left, right;
    const char *words[] = {"a,b", "c=d"};
    struct buf b = {0};
    joinkey_parse(&left, &right, words, 2);
    struct record r = record("{\"a\":[\"x\",null],\"b\":[1,2],\"c\":true}", 1);
    CHECK(joinkey_take(&left, &r, true), "lists are taken where they are allowed");
    size_t count = 0, lacking = 0;
    while (joinkey_next(&left)) {
        count++;
        lacking += left.lacking == 0;
        joinkey_emit(&left, &b);
    }
    CHECK(count == 4 && lacking == 2, "each combination is a key, one with null lacks a part");
    CHECK_TEXT(buf_span(&b), "[\"x\",1,true][\"x\",2,true][null,1,true][null,2,true]",
               "the last list turns fastest");
    CHECK(!joinkey_take(&left, &r, false), "and refused where they are not");
    CHECK_TEXT(left.fault_field, "a", "with the field's name");
    r = record("{\"a\":[],\"b\":1,\"c\":1}", 1);
    joinkey_take(&left, &r, true);
    CHECK(joinkey_next(&left) && left.lacking == 0 && !joinkey_next(&left),
          "an empty list gives one key that lacks a part");
    buf_free(&b);
    joinkey_free(&left);
    joinkey_free(&right);
}

static void test_order(struct joinkey *k)
{
    const char *in_order[] = {"{\"k\":false}",  "{\"k\":true}",       "{\"k\":-1}",
                              "{\"k\":9}",      "{\"k\":10}",         "{\"k\":1e3}",
                              "{\"k\":\"10\"}", "{\"k\":\"9\"}",      "{\"k\":\"a\"}",
                              "{\"k\":\"ab\"}", "{\"k\":\"\\u00e9\"}"};
    struct buf last = {0};
    bool rises = true;
    for (size_t i = 0; i < sizeof in_order / sizeof *in_order; i++) {
        struct record r = record(in_order[i], 1);
        struct span key = key_of(k, &r);
        rises = rises && joinkey_order(key, key) == 0;
        rises = rises && (i == 0 || joinkey_order(buf_span(&last), key) < 0);
        rises = rises && (i == 0 || joinkey_order(key, buf_span(&last)) > 0);
        buf_clear(&last);
        buf_add(&last, key);
    }
    CHECK(rises, "false, true, numbers by size, texts by bytes");
    buf_free(&last);
}

int main(void)
{
    struct joinkey left, right;
    const char *word = "k=id";
    joinkey_parse(&left, &right, &word, 1);
    test_rings(&left, &right);
    test_many(&left, &right);
    test_lists();
    test_order(&left);
    joinkey_free(&left);
    joinkey_free(&right);
    scan_free(&scan);
    buf_free(&text);
    return check_done();
}
