/* Unit tests of prose. */
#include "check.h"
#include "text/prose.h"

/* The folded words of TEXT, further readings included, with '|' for a line feed. */
static struct span folded(struct prose *p, struct span text)
{
    prose_split(p, text);
    for (size_t i = 0; i < p->text.len; i++)
        if (p->text.at[i] == '\n')
            p->text.at[i] = '|';
    return buf_span(&p->text);
}

#define FOLDS(text, expected, name) CHECK_TEXT(folded(p, SPAN(text)), expected, name)

/* Texts of pieces put together at random: with a tab for each space they are read word by word,
 * with spaces mostly by blocks, and both have to come to the same. */
static void test_blocks(struct prose *p)
{
    static const char *const pieces[] = {"we",          "Use",
                                         "SQL",         " ",
                                         " ",           " ",
                                         "  ",          ", ",
                                         ". ",          "3",
                                         "C#",          "Java8",
                                         "19c",         "_x",
                                         "www",         "W",
                                         "don't",       "'s",
                                         "-",           "\n",
                                         "\xc3\xa9",    "www.a.example",
                                         ".NET",        "Node.js",
                                         "/",           ".",
                                         "&",           "R&D",
                                         "+",           "1.Python",
                                         "x.Y",         "http://b.example/java ",
                                         "a@b.example", "averylongwordofmorethansixteenbytes"};
    struct prose by_word = {0};
    struct buf text = {0}, tabs = {0};
    uint32_t state = 1;
    bool same = true;
    for (int round = 0; same && round < 20000; round++) {
        buf_clear(&text);
        for (int i = 0; i < 24; i++) {
            state = state * 1664525 + 1013904223;
            buf_add(&text, span_of(pieces[(state >> 16) % (sizeof pieces / sizeof *pieces)]));
        }
        buf_clear(&tabs);
        buf_add(&tabs, buf_span(&text));
        for (size_t i = 0; i < tabs.len; i++)
            if (tabs.at[i] == ' ')
                tabs.at[i] = '\t';
        prose_split(p, buf_span(&text));
        prose_split(&by_word, buf_span(&tabs));
        same = span_eq(buf_span(&p->text), buf_span(&by_word.text)) && p->count == by_word.count &&
               p->main == by_word.main;
        for (size_t i = 0; same && i < p->count; i++) {
            const struct prose_word *a = &p->at[i], *b = &by_word.at[i];
            same = a->start == b->start && a->end == b->end && a->folded == b->folded &&
                   a->ordinal == b->ordinal && a->flags == b->flags;
        }
    }
    if (!same)
        printf("# %s\n", buf_text(&text));
    CHECK(same, "words read by blocks are those read one by one");
    prose_free(&by_word);
    buf_free(&text);
    buf_free(&tabs);
}

static void test_words(struct prose *p)
{
    FOLDS("", " ", "nothing has no words");
    FOLDS(" \t\n", " ", "white space has no words");
    FOLDS("We use C#.", " we use c# . ", "a sentence's full stop is a word of its own");
    FOLDS("C#, C++ and C", " c# , c++ and c ", "# and + belong to words");
    FOLDS("C#.NET C#8 C++11", " c# .net c# 8 c++ 11 ", "# and + end their word");
    FOLDS("C#x C++x", " c#x c++x ", "but not before a letter");
    FOLDS("HTML+CSS A+ 1+1", " html + css a+ 1 + 1 ", "one + between words parts them");
    FOLDS("ASP.NET .NET Node.js 3.5 v2.", " asp.net .net node.js 3.5 v2 . ",
          "a full stop before a letter or digit belongs to the word");
    FOLDS("T-SQL e-mail", " t sql e mail ", "a hyphen parts words without a trace");
    FOLDS("a - b -c", " a - b - c ", "a dash is a mark");
    FOLDS("a \xe2\x80\x93 b\xe2\x80\x94"
          "c",
          " a - b - c ", "all dashes are one mark");
    FOLDS("a\xe2\x80\x91"
          "b",
          " a b ", "a non-breaking hyphen is a hyphen");
    FOLDS("R&D A&E AT&T this&that", " r&d a&e at&t this & that ", "& joins initials");
    FOLDS("don't o'clock", " don't o'clock ", "an apostrophe between letters belongs to the word");
    FOLDS("Python's trusts'", " python 's trusts ' ", "the possessive is a word of its own");
    FOLDS("Python\xe2\x80\x99s don\xe2\x80\x99t", " python 's don't ", "typographic ones too");
    FOLDS("... ((x))", " . ( x ) ", "a run of the same mark is one");
    FOLDS("a_b", " a_b ", "_ is a letter");
    FOLDS("a\xc2\xa0"
          "b\xe2\x80\x8b"
          "c",
          " a b c ", "NBSP and zero-width space part words");
    FOLDS("Py\xc2\xadthon", " python ", "a soft hyphen takes no room");
    FOLDS("CAF\xc3\x89 Cafe\xcc\x81", " caf\xc3\xa9 caf\xc3\xa9 ", "folding is Unicode's, in NFC");
    FOLDS("\xd0\x9f\xd0\xb8\xd1\x82\xd0\xbe\xd0\xbd 1\xc2\xb2",
          " \xd0\xbf\xd0\xb8\xd1\x82\xd0\xbe\xd0\xbd 1\xc2\xb2 ", "letters of any script");
    FOLDS("a\0b", " a b ", "a NUL parts words");
}

static void test_links(struct prose *p)
{
    FOLDS("see https://a.example/java/x.", " see https : / a.example / . ",
          "the path of a link is one mark, without the full stop behind it");
    FOLDS("(www.a.example/java)", " ( www.a.example / ) ", "nor the bracket");
    FOLDS("java@a.example", " java@a.example ", "a mail address is one word");
    FOLDS("C/C++", " c / c++ ", "no link, no path");
}

static void test_readings(struct prose *p)
{
    FOLDS("Java-\nScript", " java - script | javascript | java script ",
          "a name broken at a line's end is read joined and parted");
    FOLDS("in Java.Python is", " in java.python is | java | python ",
          "two sentences run together are read as two");
    FOLDS("Node.js a.B", " node.js a.b ", "no sentence starts with a small letter or ends in one");
    FOLDS("Python3 R2 3.5", " python3 r2 3.5 | python ", "a version glued to a name is left aside");
    CHECK(p->main == 3 && p->count == 4, "main counts the text's own words");
    CHECK(p->at[3].start == 0 && p->at[3].end == 6, "a further reading has its place in the text");
}

static void test_places(struct prose *p)
{
    prose_split(p, SPAN("\xc3\xa9 C#,\n\nx"));
    CHECK(p->count == 4, "four words");
    CHECK(p->at[1].start == 3 && p->at[1].end == 5, "places are bytes of the text");
    CHECK(p->at[2].flags == PROSE_MARK, "a comma is a mark");
    CHECK(p->at[3].flags == (PROSE_LINE | PROSE_PARAGRAPH), "an empty line makes a paragraph");
    CHECK(p->at[1].ordinal == 1 && p->at[2].ordinal == 2 && p->at[3].ordinal == 2,
          "marks do not count as words");
    CHECK(prose_from(p, 0) == 0 && prose_from(p, 3) == 1 && prose_from(p, 5) == 2 &&
              prose_from(p, 100) == 4,
          "the word at a byte");
    CHECK(prose_at(p, p->at[2].folded) == 2, "the word at a place of the folded text");
    CHECK_TEXT(prose_folded(p, 1), "c#", "a folded word");
    prose_split(p, SPAN("a\r\nb"));
    CHECK(p->at[1].flags == PROSE_LINE, "CRLF is one line break");
    prose_split(p, SPAN("a-b"));
    CHECK(p->at[1].flags == PROSE_HYPHEN, "a hyphen is remembered");
}

int main(void)
{
    struct prose p = {0};
    test_words(&p);
    test_blocks(&p);
    test_links(&p);
    test_readings(&p);
    test_places(&p);
    prose_free(&p);
    return check_done();
}
