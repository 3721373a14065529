/* figure_roles -- by the words that stand before and behind numbers in letters. */
#include "figures.h"
#include "text/number.h"
#include "words_near.h"

#define TOTAL_BEFORE 3 /* words in which a total is announced */
#define TOTAL_BEHIND 4
#define EACH_BEFORE 4
#define UNIT_WORDS 3
#define DENIED_WITHIN 4 /* words between "not" and "any" */

/* A number behind one of these is that of a section, a question, a place in a document. */
#define NAMED                                                                                      \
    "section sections s ss sec regulation regulations reg regs article question questions q qs "   \
    "part parts page pages paragraph paragraphs para paras annex appendix table schedule ref "     \
    "reference no form level band bands grade tier phase version room floor zone route ext "       \
    "extension tel telephone phone fax mobile clause attachment step item items point row column " \
    "chapter exemption subsection priority quarter month stage group type class category code "    \
    "foi eir request case building block tab windows"
#define MONTHS                                                                                     \
    "jan january feb february mar march apr april may jun june jul july aug august sep sept "      \
    "september oct october nov november dec december"
/* A year behind one of these is one in which something was. */
#define WHEN                                                                                       \
    "in since from until till to by of during before after for year years act regulations "        \
    "spring summer autumn winter calendar fy and between at early late mid financial through "     \
    "end " MONTHS
#define TIMES "year years month months week weeks day days hour hours quarter quarters"
#define PAST "the last past previous preceding prior within next every these those latest first"
#define GUESSED "some c than up between not never"
/* Behind a number, in its clause or a bracket. */
#define GUESSES                                                                                    \
    "approx approximately ish odd est estimated estimate estimates minimum maximum roughly about "
#define MULTIPLES                                                                                  \
    "more fewer less each apiece p pence hundred hundreds dozen dozens thousands millions third "  \
    "thirds quarter half fifth fifths tenth tenths lakh crore"
#define SINGLED "no each every this that which any the another such"
/* What there is none of where nothing is told, and not where there is nothing. */
#define UNTOLD                                                                                     \
    "information data record records figure figures detail details breakdown central centrally "   \
    "specific separate way requirement comment further change longer difference one means "        \
    "single list database register obligation need reason plan plans statistics more fewer less "  \
    "doubt"
#define HAVING                                                                                     \
    "are is was were be been have has had own owns owned employ employs employed operate "         \
    "operates operated receive received make made use uses used run runs hold holds held record "  \
    "recorded issue issued and but"

/* ---- numbers that are no figures ---- */

static bool is_year(struct span text, size_t from, size_t to)
{
    return to - from == 4 && digits_at(text, from) == 4 &&
           (memcmp(text.at + from, "19", 2) == 0 || memcmp(text.at + from, "20", 2) == 0);
}

/* A year that tells when: behind such a word, or with nothing that it could count. */
static bool tells_when(struct span text, size_t from, size_t to)
{
    if (!is_year(text, from, to))
        return false;
    size_t behind = to;
    struct span next = word_behind(text, &behind);
    return next.len == 0 || before_is(text, from, WHEN) ||
           is_any_case(next, "and to until onwards but we there it the when which with");
}

/* Of "may" and "march" in small letters one cannot tell. */
static bool is_month(struct span word)
{
    return is_any_case(word, MONTHS) && !is_among(word, "may march", AMONG_EXACT);
}

/* The day of a month, or "3rd". */
static bool is_of_date(struct span text, size_t from, size_t to)
{
    if (is_letter(byte_at(text, to)) && behind_is(text, to, "st nd rd th"))
        return true;
    bool is_day = to - from == 1 || (to - from == 2 && memcmp(text.at + from, "31", 2) <= 0);
    bool is_behind = from > 1 && is_letter(text.at[from - 2]); /* and no colon between */
    return is_day &&
           (is_month(word_behind(text, &to)) || (is_behind && is_month(word_before(text, &from))));
}

/* How long was looked back, "in the last 3 years", or what kind of thing it is, "a 35 year lease".
 */
static bool is_window(struct span text, size_t from, size_t to)
{
    bool is_single = is_any_case(span_part(text, from, to - from), "1 one");
    bool of_time = behind_is(text, to, TIMES) ||
                   behind_are(text, to, "working calendar financial full", TIMES);
    struct span unit = word_behind(text, &to);
    bool is_kind =
        !is_single && is_among(unit, "year month week day hour minute mile", AMONG_EXACT);
    return is_kind || (of_time && before_is(text, from, PAST));
}

/* Behind the first digits of a telephone's number: "020 7946 0000". */
static bool is_dialled(struct span text, size_t from)
{
    size_t at = from;
    if (!is_digit(text.at[from]) || at < 2 || text.at[--at] != ' ' || !is_digit(text.at[at - 1]))
        return false;
    while (at > 0 && is_digit(text.at[at - 1]))
        at--;
    return text.at[at] == '0';
}

/* Part of a name, a code, a time or an address: "COVID-19", "s40", "#3", "5-year", "9am", "020". */
static bool is_of_name(struct span text, size_t from, size_t to)
{
    char before = from ? text.at[from - 1] : ' ', next = byte_at(text, to);
    bool is_glued = is_letter(before) || strchr("_#@&", before) ||
                    (from > 1 && strchr("-/.", before) &&
                     (is_letter(text.at[from - 2]) || is_digit(text.at[from - 2])));
    bool is_code = to - from > 1 && text.at[from] == '0' && is_digit(text.at[from + 1]);
    bool is_lettered =
        is_letter(next) && !is_letter(byte_at(text, to + 1)) && !strchr("kKmMbBpPhHxX", next);
    bool is_adjective = next == '-' && is_letter(byte_at(text, to + 1));
    bool is_lettered_part =
        next == '(' && is_letter(byte_at(text, to + 1)) && byte_at(text, to + 2) == ')'; /* 6(a) */
    bool is_decade = next == '\'' && byte_at(text, to + 1) == 's';
    return is_glued || is_code || is_dialled(text, from) || is_lettered || is_lettered_part ||
           is_adjective || is_decade || behind_is(text, to, "am pm") ||
           before_is(text, from, NAMED);
}

bool figure_is_none(struct span text, size_t from, size_t to)
{
    return tells_when(text, from, to) || is_of_date(text, from, to) || is_window(text, from, to) ||
           is_of_name(text, from, to);
}

/* "31/3/23", "12:30", "2021/22", "11873-23". */
bool figure_is_joined_none(struct span text, size_t from, size_t first, size_t to, size_t marks)
{
    struct span all = span_part(text, from, to - from);
    size_t second = to - first - 1;
    return marks > 1 || text.at[first] == ':' || text.at[from] == '0' ||
           span_eq(all, SPAN("24/7")) ||
           (is_year(text, from, first) && (second == 2 || second == 4)) ||
           is_of_name(text, from, to);
}

/* ---- exact or not ---- */

/* "5 - 10", and not "2022 - 10". */
static bool is_spaced_range(struct span text, size_t dash)
{
    size_t from = dash;
    while (from > 0 && is_digit(text.at[from - 1]))
        from--;
    return byte_at(text, dash) == ' ' && byte_at(text, dash + 1) == '-' &&
           byte_at(text, dash + 2) == ' ' && is_digit(byte_at(text, dash + 3)) && from < dash &&
           !is_year(text, from, dash);
}

static bool is_vague_before(struct span text, size_t from)
{
    size_t at = from;
    struct span word = word_before(text, &at);
    while (from > 0 &&
           (strchr(" $", text.at[from - 1]) || (unsigned char)text.at[from - 1] >= 0x80))
        from--;
    return (from > 0 && strchr("<>~+", text.at[from - 1])) || number_is_hedge(word) ||
           is_any_case(word, GUESSED) ||
           (is_any_case(word, "of") &&
            before_is(text, at,
                      "region excess minimum maximum estimate order upwards bands "
                      "multiples")) ||
           (is_any_case(word, "to") &&
            (before_is(text, at, "up close") || (at > 1 && is_digit(text.at[at - 2])))) ||
           (from > 2 && is_spaced_range(text, from - 2));
}

/* "480 metres (estimate)": the bracket behind the number's unit. */
static bool is_estimate(struct span text, size_t at)
{
    for (int words = 0; words <= UNIT_WORDS; words++) {
        if (byte_at(text, at) == ' ' && byte_at(text, at + 1) == '(') {
            at += 2;
            return is_any_case(word_behind(text, &at), GUESSES);
        }
        if (word_behind(text, &at).len == 0)
            return false;
    }
    return false;
}

/* A rate, a multiple or a range: "two per site", "three times the fee", "5 to 10". */
static bool is_relative(struct span text, struct span word, size_t at)
{
    bool is_rate =
        is_any_case(word, "per") && !behind_is(text, at, "annum year month week day hour cent");
    bool is_range =
        is_any_case(word, "to") && byte_at(text, at) == ' ' && is_digit(byte_at(text, at + 1));
    bool is_times = is_any_case(word, "times") && behind_is(text, at, "the as that");
    return is_rate || is_range || is_times;
}

static bool is_vague_behind(struct span text, size_t to)
{
    size_t at = to;
    struct span word = word_behind(text, &at);
    bool is_tax = is_any_case(word, "plus") && behind_is(text, at, "vat");
    return byte_at(text, to) == '+' || is_spaced_range(text, to) || is_estimate(text, to) ||
           is_relative(text, word, at) ||
           (!is_tax && is_any_case(word, "plus " GUESSES MULTIPLES)) ||
           (is_any_case(word, "or and") &&
            behind_is(text, at, "more so fewer less over under above below thereabouts"));
}

/* "Each procedure used one": of how many is not told. */
static bool is_of_each(struct span text, size_t from)
{
    for (int i = 0; i < EACH_BEFORE; i++)
        if (is_any_case(word_before(text, &from), "each every"))
            return true;
    return false;
}

bool figure_is_vague(struct span text, size_t from, size_t to)
{
    return is_of_each(text, from) || is_vague_before(text, from) || is_vague_behind(text, to);
}

/* ---- wholes and parts ---- */

static bool is_announced(struct span text, size_t from)
{
    size_t at = from;
    while (at > 0 && text.at[at - 1] == ' ')
        at--;
    if ((at > 0 && text.at[at - 1] == '=') || before_is(text, from, "makes making giving"))
        return true;
    for (int i = 0; i < TOTAL_BEFORE; i++)
        if (is_any_case(word_before(text, &from),
                        "total totals totalling totalled totaling overall"))
            return true;
    return false;
}

bool figure_is_total(struct span text, size_t from, size_t to)
{
    struct span before = {0};
    for (int i = 0; i < TOTAL_BEHIND; i++) {
        struct span word = word_behind(text, &to);
        if (word.len == 0)
            break;
        if (is_any_case(word, "altogether overall combined total") ||
            (is_any_case(word, "all") && is_any_case(before, "in")))
            return true;
        before = word;
    }
    return is_announced(text, from);
}

bool figure_is_part(struct span text, size_t to)
{
    if (!is_any_case(word_behind(text, &to), "of") ||
        !is_any_case(word_behind(text, &to), "which whom these those them"))
        return false;
    bool is_whole = byte_at(text, to) == ' ' && is_digit(byte_at(text, to + 1));
    return !is_whole; /* "44 of which 12 are mobile" */
}

/* "Of the 96 sites", "44 out of 50", "compared with 35", "up from 12". */
bool figure_is_base(struct span text, size_t from)
{
    size_t at = from;
    struct span word = word_before(text, &at);
    if (is_any_case(word, "with to"))
        return before_is(text, at, "compared");
    if (is_any_case(word, "from"))
        return before_is(text, at, "up down rise fall increase decrease reduced reduction");
    while (is_any_case(word, "the all our a further total these those"))
        word = word_before(text, &at);
    bool begins = word.len == 2 && text.at[at] == 'O';
    bool is_of_share = at > 1 && text.at[at - 2] == '%';
    return is_any_case(word, "of") &&
           (begins || is_of_share ||
            before_is(text, at, "out cent percent workforce population caseload stock"));
}

/* "Across our 22 car parks". */
bool figure_is_aside(struct span text, size_t from)
{
    struct span word = word_before(text, &from);
    if (is_any_case(word, "the our its all these those"))
        word = word_before(text, &from);
    return is_any_case(word, "across among throughout");
}

/* ---- none ---- */

/* "We do not have any." */
static bool is_denied(struct span text, size_t from)
{
    for (int i = 0; i < DENIED_WITHIN; i++) {
        struct span word = word_before(text, &from);
        bool is_short = word.len > 3 && strncasecmp(word.at + word.len - 3, "n't", 3) == 0;
        if (is_short || is_any_case(word, "not cannot"))
            return true;
        if (is_any_case(word, "hold record keep collect monitor know aware provide locate"))
            return false;
    }
    return false;
}

/* Whether what stands behind TO is a thing of which there can be none. */
static bool is_thing(struct span text, size_t to)
{
    struct span word = word_behind(text, &to);
    if (is_any_case(word, "such"))
        word = word_behind(text, &to);
    return !is_any_case(word, UNTOLD);
}

bool figure_is_nothing(struct span text, struct span word, size_t from, size_t to)
{
    size_t at = from;
    if (is_any_case(word, "any"))
        return is_denied(text, from) && is_thing(text, to);
    if (is_any_case(word, "one")) { /* "we do not own one", and not "not a large one" */
        word_before(text, &at);
        return is_denied(text, from) && !before_is(text, at, "a an the") &&
               word_behind(text, &to).len == 0;
    }
    if (is_any_case(word, "single")) /* "not a single one" */
        return is_any_case(word_before(text, &at), "a") && before_is(text, at, "not");
    if (is_any_case(word, "none nil zero nought"))
        return !before_is(text, from, "net to") && byte_at(text, to) != '-' &&
               !behind_is(text, to, "tolerance emission emissions carbon hours");
    if (!is_any_case(word, "no"))
        return from == 0 && is_among(word, "Dim", AMONG_EXACT); /* Welsh for none */
    struct span before = word_before(text, &at);
    bool begins = from == 0 || (before.len == 0 && *word.at == 'N');
    return (begins || is_any_case(before, HAVING)) && byte_at(text, to) == ' ' &&
           is_letter(byte_at(text, to + 1)) && is_thing(text, to);
}

bool figure_is_pronoun(struct span text, size_t from, size_t to)
{
    size_t at = from;
    bool is_of = is_any_case(word_before(text, &at), "of") && !before_is(text, at, "total");
    return is_of || before_is(text, from, SINGLED) || behind_is(text, to, "of another or");
}
