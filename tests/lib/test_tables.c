/* Unit tests of what the places of words tell of a PDF's page: its tables and its paragraphs. */
#include "check.h"
#include "letters/spacing.h"
#include "letters/tables.h"

#define HEIGHT 12.0

/* Words of one line, which begin at X and have their middle at Y. */
struct put {
    double x, y;
    const char *words;
};

static struct buf text, told, out;
static double wide, space; /* of a character, and between words */

static void put_words(const struct put *it)
{
    double x = it->x;
    for (const char *at = it->words; *at;) {
        size_t len = strcspn(at, " ");
        buf_addf(&told, "<word xMin=\"%f\" yMin=\"%f\" xMax=\"%f\" yMax=\"%f\">%.*s</word>\n", x,
                 it->y - HEIGHT / 2, x + wide * (double)len, it->y + HEIGHT / 2, (int)len, at);
        x += wide * (double)len + space;
        at += len + (at[len] == ' ');
    }
}

/* A page of PUTS from the top, those of one height together, each line with GAP between them. */
static void set_page(const struct put *puts, size_t count, const char *gap)
{
    buf_clear(&text);
    buf_clear(&told);
    buf_clear(&out);
    buf_add(&told, SPAN("<page width=\"595\" height=\"842\">\n"));
    for (size_t i = 0; i < count; i++) {
        bool same = i && puts[i].y == puts[i - 1].y;
        buf_addf(&text, "%s%s", i == 0 ? "" : same ? gap : "\n", puts[i].words);
        put_words(&puts[i]);
    }
    buf_add(&text, SPAN("\n\f"));
    buf_add(&told, SPAN("</page>\n"));
}

/* The page with its tables, and without the form feed. */
static struct span tables_of(const struct put *puts, size_t count)
{
    set_page(puts, count, "    ");
    tables_put(buf_span(&text), buf_span(&told), &out);
    return (struct span){out.at, out.len - 1};
}

static struct span spaced(const struct put *puts, size_t count)
{
    set_page(puts, count, " ");
    spacing_put(buf_span(&text), buf_span(&told), &out);
    return (struct span){out.at, out.len - 1};
}

/* Whether the page is as it was laid out. */
static bool stays(struct span page)
{
    return span_eq(page, (struct span){text.at, text.len - 1});
}

#define TABLES(puts) tables_of(puts, sizeof(puts) / sizeof *(puts))
#define SPACED(puts) spaced(puts, sizeof(puts) / sizeof *(puts))

/* Cells stand in the middle of their rows; 12 points are a line, 15 from row to row. */
static void test_middles(void)
{
    static const struct put numbers[] = {{60, 100, "Case number"},
                                         {300, 100, "IR-932"},
                                         {60, 130, "#"},
                                         {85, 130, "What you asked for"},
                                         {300, 130, "What we found"},
                                         {85, 145, "How many homes in the area had been"},
                                         {60, 151, "1"},
                                         {300, 151, "233"},
                                         {85, 157, "empty for long?"},
                                         {85, 172, "How many of these were charged"},
                                         {60, 178, "2"},
                                         {300, 178, "None"},
                                         {85, 184, "a premium?"},
                                         {300, 199, "Not in place; under the Strategy"},
                                         {60, 205, "3"},
                                         {85, 205, "Please provide a copy."},
                                         {300, 211, "homes are dealt with"}};
    CHECK_TEXT(TABLES(numbers),
               "Case number    IR-932\n\n#\tWhat you asked for\tWhat we found\n"
               "1\tHow many homes in the area had been empty for long?\t233\n"
               "2\tHow many of these were charged a premium?\tNone\n"
               "3\tPlease provide a copy.\tNot in place; under the Strategy homes are dealt "
               "with\n\n",
               "numbers are a column of their own, whatever stands above the table");
    static const struct put parts[] = {{60, 100, "Question"},
                                       {300, 100, "Response"},
                                       {60, 130, "What did it cost in"},
                                       {300, 136, "612,000"},
                                       {60, 142, "2022-23?"},
                                       {300, 160, "A shared service"},
                                       {60, 172, "Who provides it?"},
                                       {300, 184, "(Everyday Solutions)"},
                                       {60, 214, "Which languages?"},
                                       {300, 214, "Polish"}};
    CHECK_TEXT(TABLES(parts),
               "\nQuestion\tResponse\nWhat did it cost in 2022-23?\t612,000\n"
               "Who provides it?\tA shared service (Everyday Solutions)\n"
               "Which languages?\tPolish\n\n",
               "a paragraph of an answer above its question is of the question that is nearer");
    static const struct put tops[] = {{60, 100, "Question"},
                                      {300, 100, "Response"},
                                      {60, 130, "Which closed?"},
                                      {300, 130, "Wick;"},
                                      {300, 142, "Rainow"},
                                      {300, 162, "St Annes"},
                                      {300, 182, "Meadows"},
                                      {60, 209, "How many are left?"},
                                      {300, 209, "2"},
                                      {60, 236, "Who runs them?"},
                                      {300, 236, "Volunteers"}};
    CHECK_TEXT(TABLES(tops),
               "\nQuestion\tResponse\nWhich closed?\tWick; Rainow St Annes Meadows\n"
               "How many are left?\t2\nWho runs them?\tVolunteers\n\n",
               "paragraphs of an answer below its question are of that one");
}

/* A line that lies across the columns ends them. */
static void test_across(void)
{
    static const struct put puts[] = {
        {200, 100, "Accessible"},
        {400, 100, "Other"},
        {60, 114, "Taxis"},
        {200, 114, "8"},
        {400, 114, "31"},
        {60, 128, "Hire"},
        {200, 128, "0"},
        {400, 128, "77"},
        {60, 142, "2. List of accessible taxis: no list has been made"},
        {60, 170, "3. Certificates: 2"}};
    CHECK_TEXT(TABLES(puts),
               "Accessible    Other\nTaxis    8    31\nHire    0    77\n"
               "2. List of accessible taxis: no list has been made\n3. Certificates: 2\n",
               "a sentence below a table is no cell of its last row");
}

/* White that is as wide as between any two words makes no column, however straight it stands. */
static void test_words(void)
{
    static const struct put letter[] = {
        {60, 100, "Q1 What were the reasons for felling in the year?"},
        {60, 112, "Disease"},
        {60, 130, "Q2 What was the budget for the trees in the year?"},
        {60, 148, "Q3 Does anybody look after them for the council?"},
        {60, 166, "Q4 What software do they use to list them there?"},
        {60, 184, "Q5 When will they be looked at again by somebody?"}};
    CHECK(stays(TABLES(letter)), "numbered questions stay");
    wide = space = 6; /* a typewriter's */
    CHECK(stays(TABLES(letter)), "a typewriter's spaces are no columns");
    wide = 5, space = 3;
}

static void test_paragraphs(void)
{
    static const struct put puts[] = {
        {60, 100, "Dear Ms Lark"},
        {60, 120, "The remaining information is not held, as the places were handed over to"},
        {60, 132, "the Trust in 2019, and we keep none of the papers of that time with us, or"},
        {60, 144, "elsewhere."},
        {60, 164, "There are 12 places."},
        {60, 184, "Name"},
        {300, 184, "Places"},
        {60, 204, "Hill"},
        {300, 204, "12"}};
    CHECK_TEXT(SPACED(puts),
               "Dear Ms Lark\n\n"
               "The remaining information is not held, as the places were handed over to\n"
               "the Trust in 2019, and we keep none of the papers of that time with us, or\n"
               "elsewhere.\n\nThere are 12 places.\nName Places\nHill 12\n",
               "paragraphs are apart, and the rows of a table are left as they are");
    static const struct put apart[] = {
        {60, 100, "The remaining information is not held, as the places were handed over to"},
        {60, 120, "the Trust in 2019, and we keep none of the papers of that time with us, or"},
        {60, 140, "elsewhere. There are twelve places in all, of which two are for the younger"},
        {60, 160, "ones."}};
    CHECK(stays(SPACED(apart)), "lines that are all far apart are of one paragraph");
    CHECK(spacing_likely(SPAN("Dear Sir.\nWe hold\n")) && !spacing_likely(SPAN("We.\n\nThey.\n")),
          "places are asked for where a sentence ends with a line");
}

int main(void)
{
    wide = 5, space = 3;
    test_middles();
    test_across();
    test_words();
    test_paragraphs();
    buf_free(&text);
    buf_free(&told);
    buf_free(&out);
    return check_done();
}
