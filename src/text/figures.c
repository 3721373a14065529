/* figures -- numbers in prose, in digits and in words. */
#include "figures.h"

#include "multiplier.h"
#include "text/numeral.h"
#include "words_near.h"

/* Words behind which a sentence tells parts of a figure, or what to compare it with. */
#define PARTS                                                                                      \
    "incl including includes include comprising comprises consisting excluding namely compared "   \
    "versus "                                                                                      \
    "previously"

#define GROUP 3 /* digits that a blank may part from others */

/* ---- a figure ---- */

/* Whether a currency's sign stands before FROM. */
static bool is_money(struct span text, size_t from, size_t to)
{
    while (from > 0 && text.at[from - 1] == ' ')
        from--;
    bool is_sign = from > 0 && (text.at[from - 1] == '$' ||
                                (from > 1 && memcmp(text.at + from - 2, "\xc2\xa3", 2) == 0) ||
                                (from > 2 && memcmp(text.at + from - 3, "\xe2\x82\xac", 3) == 0));
    return is_sign || behind_is(text, to, "pounds pound gbp euros eur");
}

static bool is_share(struct span text, size_t to)
{
    while (byte_at(text, to) == ' ')
        to++;
    return byte_at(text, to) == '%' || behind_is(text, to, "percent") ||
           behind_are(text, to, "per", "cent");
}

static bool take(struct figures *w, struct figure *it, size_t from, size_t to)
{
    struct span text = w->text;
    it->from = from;
    it->to = to;
    it->is_inside = w->depth > 0;
    it->is_part = from < w->part_to || figure_is_part(text, to);
    it->is_base = figure_is_base(text, from);
    it->is_aside = figure_is_aside(text, from);
    it->is_total = figure_is_total(text, from, to);
    it->is_vague |= figure_is_vague(text, from, to);
    it->kind = is_share(text, to)         ? FIGURE_SHARE
               : is_money(text, from, to) ? FIGURE_MONEY
                                          : FIGURE_COUNT;
    return true;
}

/* ---- digits ---- */

/* Behind the digits at FROM with their points and commas. */
static size_t number_end(struct span text, size_t from, size_t *points)
{
    size_t to = from + digits_at(text, from);
    for (*points = 0; byte_at(text, to) && strchr(".,'", byte_at(text, to));) {
        size_t digits = digits_at(text, to + 1);
        if (digits == 0)
            break;
        *points += byte_at(text, to) == '.';
        to += 1 + digits;
    }
    return to;
}

/* Whether a blank and three digits stand at AT that may belong to the number before. */
static bool is_group(struct span text, size_t at)
{
    char behind = byte_at(text, at + 1 + GROUP);
    return byte_at(text, at) == ' ' && digits_at(text, at + 1) == GROUP &&
           !(behind && strchr("-/:%", behind));
}

/* Behind the groups that blanks part from the number [FROM, TO), "1 020 400.50"; GROUPS counts
 * them. */
static size_t spaced_end(struct span text, size_t from, size_t to, size_t *groups)
{
    size_t end = to;
    *groups = 0;
    if (to - from > GROUP || digits_at(text, from) != to - from)
        return to;
    for (; is_group(text, end); ++*groups)
        end += 1 + GROUP;
    if (*groups && byte_at(text, end) == '.' && digits_at(text, end + 1))
        end += 1 + digits_at(text, end + 1);
    return end;
}

/* Behind what slashes, colons and hyphens join to the number that ends at TO; MARKS counts them. */
static size_t joined_end(struct span text, size_t to, size_t *marks)
{
    for (*marks = 0; byte_at(text, to) && strchr("/:-", byte_at(text, to)); (*marks)++) {
        size_t points, end = number_end(text, to + 1, &points);
        if (end == to + 1)
            break;
        to = end;
    }
    return to;
}

/* The number in digits at W->at; false if it is passed over. */
static bool take_digits(struct figures *w, struct figure *it)
{
    struct span text = w->text;
    size_t from = w->at, points, marks, power, first = number_end(text, from, &points);
    size_t to = joined_end(text, first, &marks);
    w->at = to;
    if (marks > 0) {
        if (figure_is_joined_none(text, from, first, to, marks))
            return false;
        it->is_vague = true; /* a range, a share */
        return take(w, it, from, to);
    }
    if (points > 1 || figure_is_none(text, from, to))
        return false;
    size_t groups, multiplier, whole = spaced_end(text, from, to, &groups);
    it->is_vague = groups == 1 && !is_money(text, from, whole); /* "2 400" may be two numbers */
    w->at = to = whole;
    multiplier = multiplier_length(span_part(text, to, text.len - to), &power);
    it->is_vague |= multiplier && !w->multipliers;
    w->at = to += multiplier;
    it->text = span_part(text, from, to - from);
    return take(w, it, from, to);
}

/* ---- words ---- */

/* Goes past the address in the mail or the web that begins here; false if there is none. What was
 * looked through is not looked through again. */
static bool skip_address(struct figures *w)
{
    struct span text = w->text;
    size_t from = w->at, to = from;
    if (from < w->plain_to)
        return false;
    bool is = false;
    for (; to < text.len && !strchr(" \n\t<>", text.at[to]); to++)
        is |= text.at[to] == '@' ||
              (text.at[to] == ':' && byte_at(text, to + 1) == '/' && byte_at(text, to + 2) == '/');
    is |= to - from > 4 && strncasecmp(text.at + from, "www.", 4) == 0;
    w->plain_to = to;
    w->at = is ? to : from;
    return is;
}

static size_t sentence_end(struct span text, size_t at)
{
    while (at < text.len && !(strchr(".!?\n", text.at[at]) &&
                              (at + 1 == text.len || strchr(" \n", text.at[at + 1]))))
        at++;
    return at;
}

/* "Of which 12 are electric": the rest of the sentence only parts what stands before it. */
static void see_part(struct figures *w, struct span word, size_t to)
{
    bool tells =
        is_any_case(word, PARTS) ||
        (is_any_case(word, "of") && (behind_is(w->text, to, "which whom these those them") ||
                                     behind_are(w->text, to, "that", "number total")));
    if (tells && to >= w->part_to)
        w->part_to = sentence_end(w->text, to + (byte_at(w->text, to) == '.')); /* "incl." */
}

/* The number in words, or the word for none, at W->at; false if it is another word. */
static bool take_word(struct figures *w, struct figure *it)
{
    struct span text = w->text;
    size_t from = w->at, to;
    if (skip_address(w))
        return false;
    struct span word = word_at(text, from);
    to = w->at = from + word.len;
    it->is_words = true;
    if (figure_is_nothing(text, word, from, to)) {
        take(w, it, from, to);
        if (behind_is(text, to, "of")) /* "none of the 44" */
            w->part_to = sentence_end(text, to);
        return true;
    }
    size_t phrase = numeral_phrase(span_part(text, from, text.len - from), &it->number);
    if (phrase == 0) {
        see_part(w, word, to);
        return false;
    }
    to = w->at = from + phrase;
    bool is_adjective = byte_at(text, to) == '-' && is_letter(byte_at(text, to + 1));
    if (is_adjective || figure_is_none(text, from, to) ||
        (it->number == 1 && figure_is_pronoun(text, from, to)))
        return false;
    return take(w, it, from, to);
}

static void see_mark(struct figures *w)
{
    char c = w->text.at[w->at++];
    if (strchr("([", c))
        w->depth++;
    else if (strchr(")]", c) && w->depth > 0)
        w->depth--;
}

bool figures_next(struct figures *w, struct figure *it)
{
    while (w->at < w->text.len) {
        char c = w->text.at[w->at];
        *it = (struct figure){0};
        if (is_digit(c) ? take_digits(w, it) : is_letter(c) && take_word(w, it))
            return true;
        if (!is_digit(c) && !is_letter(c))
            see_mark(w);
    }
    return false;
}
