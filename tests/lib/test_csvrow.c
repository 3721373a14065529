/* Unit tests of csvrow: rows cut directly and by libcsv are the same, over
 * written cases and generated text, whole and cut off anywhere. */
#include "check.h"
#include "stream/csvrow.h"

#include <stdint.h>
#include <stdlib.h>

static uint32_t state = 20200402;

static uint32_t random_below(uint32_t n)
{
    state = state * 1664525U + 1013904223U; /* Knuth's linear congruential generator */
    return (state >> 8) % n;
}

/* TEXT in memory of its own, so that a sanitizer sees reads past the padding. */
static char *padded(struct span text)
{
    char *copy = calloc(text.len + CSVROW_PAD, 1);
    if (!copy)
        abort();
    memcpy(copy, text.at, text.len);
    return copy;
}

static bool same_row(const struct csvrow *a, const struct csvrow *b)
{
    if (a->len != b->len || a->count != b->count)
        return false;
    for (size_t i = 0; i < a->count; i++)
        if (!span_eq(a->cells[i], b->cells[i]))
            return false;
    return true;
}

/* Whether both ways give the same for the rows of TEXT. */
static bool agree(struct csvrow *direct, struct csvrow *libcsv, struct span text, bool last)
{
    char *copy = padded(text);
    struct span rest = {copy, text.len};
    bool same = true;
    while (same && rest.len) {
        size_t len = 1;
        if (*rest.at != '\n' && *rest.at != '\r') {
            enum csvrow_status a = csvrow_split(direct, rest, last);
            enum csvrow_status b = csvrow_split(libcsv, rest, last);
            same = a == b && (a != CSVROW_WHOLE || same_row(direct, libcsv)) &&
                   (a != CSVROW_STRAY || direct->stray == libcsv->stray) &&
                   (a == CSVROW_WHOLE || a == CSVROW_MORE || direct->opened == libcsv->opened);
            len = a == CSVROW_WHOLE ? direct->len : rest.len;
        }
        rest = (struct span){rest.at + len, rest.len - len};
    }
    if (!same)
        printf("# last %d: %.*s\n", last, SPAN_ARGS(text));
    free(copy);
    return same;
}

/* Whether a row holds what it is said not to hold. */
static bool flags_are_true(const struct csvrow *r)
{
    for (size_t i = 0; i < r->count; i++)
        for (size_t j = 0; j < r->cells[i].len; j++) {
            unsigned char c = (unsigned char)r->cells[i].at[j];
            if (!r->escapes && (c < 0x20 || c == '"' || c == '\\'))
                return false;
            if (r->ascii && c >= 0x80)
                return false;
        }
    return true;
}

/* Whether the first row of TEXT is either not yet known or the same whatever comes behind. */
static bool prefixes_agree(struct csvrow *r, struct csvrow *again, struct span text)
{
    char *copy = padded(text);
    bool same = true;
    enum csvrow_status all = csvrow_split(r, (struct span){copy, text.len}, true);
    for (size_t len = 1; same && len < text.len; len++) {
        char *prefix = padded((struct span){copy, len});
        enum csvrow_status part = csvrow_split(again, (struct span){prefix, len}, false);
        if (part != CSVROW_MORE)
            same =
                part == all && (part != CSVROW_WHOLE || same_row(r, again)) &&
                (part != CSVROW_STRAY || (r->stray == again->stray && r->opened == again->opened));
        if (part == CSVROW_WHOLE)
            same = same && len >= again->len;
        free(prefix);
    }
    if (!same)
        printf("# a prefix of %.*s\n", SPAN_ARGS(text));
    if (all == CSVROW_WHOLE) /* else there are no cells yet */
        same = same && flags_are_true(r);
    free(copy);
    return same;
}

static void add_random_text(struct buf *b, char separator, uint32_t parts)
{
    static const char *const pieces[] = {"a",      "bcd",   "a longer cell, with more",
                                         "\"",     "\"\"",  "\"",
                                         "\",\"",  "\n",    "\r",
                                         "\r\n",   "\"x\"", " ",
                                         "\\",     "\t",    "\xc3\xa9",
                                         "0.5;1|2"};
    for (uint32_t i = 0; i < parts; i++) {
        if (random_below(3) == 0)
            buf_addc(b, separator);
        else
            buf_add(b, span_of(pieces[random_below(sizeof pieces / sizeof *pieces)]));
    }
}

static void test_generated(void)
{
    static const char separators[] = {',', ';', '\t', '|'};
    struct csvrow direct = {.reader = CSVROW_DIRECT}, libcsv = {.reader = CSVROW_LIBCSV};
    struct buf text = {0};
    size_t wrong = 0, cut_wrong = 0;
    for (int i = 0; i < 100000; i++) {
        direct.separator = libcsv.separator = separators[i % 4];
        buf_clear(&text);
        add_random_text(&text, direct.separator, random_below(24) + 1);
        wrong += !agree(&direct, &libcsv, buf_span(&text), true);
        wrong += !agree(&direct, &libcsv, buf_span(&text), false);
        if (text.at[0] != '\n' && text.at[0] != '\r' && i % 10 == 0)
            cut_wrong += !prefixes_agree(&direct, &libcsv, buf_span(&text));
    }
    CHECK(wrong == 0, "100000 generated texts are cut alike directly and by libcsv");
    CHECK(cut_wrong == 0, "a row is never taken for whole before its end is known");
    csvrow_free(&direct);
    csvrow_free(&libcsv);
    buf_free(&text);
}

struct row_case {
    struct span text;
    bool last;
    enum csvrow_status status;
    size_t len, count;
    const char *cells; /* joined by | */
    const char *name;
};

#define TEXT(literal)                                                                              \
    {                                                                                              \
        literal, sizeof(literal) - 1                                                               \
    }

static const struct row_case cases[] = {
    {TEXT("a,b\nc"), false, CSVROW_WHOLE, 4, 2, "a|b", "LF ends a row"},
    {TEXT("a,b\r\nc"), false, CSVROW_WHOLE, 5, 2, "a|b", "CRLF ends a row"},
    {TEXT("a,b\rc"), false, CSVROW_WHOLE, 4, 2, "a|b", "CR ends a row"},
    {TEXT("a,b\r"), false, CSVROW_MORE, 0, 0, "", "CR at the end of the text may be CRLF"},
    {TEXT("a,b\r"), true, CSVROW_WHOLE, 4, 2, "a|b", "CR at the end of the file ends a row"},
    {TEXT("a,b"), false, CSVROW_MORE, 0, 0, "", "a row without end may go on"},
    {TEXT("a,b"), true, CSVROW_WHOLE, 3, 2, "a|b", "the last row needs no end"},
    {TEXT("a,"), true, CSVROW_WHOLE, 2, 2, "a|", "a last separator is followed by an empty cell"},
    {TEXT(","), true, CSVROW_WHOLE, 1, 2, "|", "two empty cells"},
    {TEXT("\"\""), true, CSVROW_WHOLE, 2, 1, "", "an empty cell in quotes"},
    {TEXT("\"a\""), false, CSVROW_MORE, 0, 0, "", "a quote at the end of the text may be doubled"},
    {TEXT("\"a\nb\",\"c\"\"d\"\n"), false, CSVROW_WHOLE, 13, 2, "a\nb|c\"d", "quoted cells"},
    {TEXT("\"\"\"\",x\n"), false, CSVROW_WHOLE, 7, 2, "\"|x", "a cell of one quote"},
    {TEXT("5\" x,\"y\"\n"), false, CSVROW_WHOLE, 9, 2, "5\" x|y", "a quote in an unquoted cell"},
    {TEXT(" \"a\", b \n"), false, CSVROW_WHOLE, 9, 2, " \"a\"| b ", "spaces belong to cells"},
    {TEXT("\"a\nb"), true, CSVROW_UNCLOSED, 0, 0, "", "an unclosed quote"},
    {TEXT("\"a\"b,c\n"), true, CSVROW_STRAY, 3, 0, "", "text behind a closing quote"},
    {TEXT("\"a\" ,c\n"), true, CSVROW_STRAY, 3, 0, "", "a space behind a closing quote"},
};

static void test_case(const struct row_case *c, enum csvrow_reader reader)
{
    struct csvrow r = {.separator = ',', .reader = reader};
    char *copy = padded(c->text);
    enum csvrow_status status = csvrow_split(&r, (struct span){copy, c->text.len}, c->last);
    struct buf cells = {0};
    for (size_t i = 0; status == CSVROW_WHOLE && i < r.count; i++) {
        if (i)
            buf_addc(&cells, '|');
        buf_add(&cells, r.cells[i]);
    }
    bool good = status == c->status && span_eq(buf_span(&cells), span_of(c->cells));
    if (status == CSVROW_WHOLE)
        good = good && r.len == c->len && r.count == c->count;
    if (status == CSVROW_STRAY)
        good = good && r.stray == c->len;
    CHECK(good, c->name);
    buf_free(&cells);
    csvrow_free(&r);
    free(copy);
}

int main(void)
{
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        test_case(&cases[i], CSVROW_DIRECT);
        test_case(&cases[i], CSVROW_LIBCSV);
    }
    test_generated();
    return check_done();
}
