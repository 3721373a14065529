#include "scale.h"

#include <math.h>
#include <stdlib.h>
#include <strings.h>

#include "base/fail.h"
#include "fits.h"

#define LEAST_BANDS 3
#define MOST_POINTS 10
#define ASIDE INFINITY /* behind every step */
#define UNKNOWN NAN

/* The steps of a scale, from the least to the most; those that mean the same step stand between
 * bars, scales that have no word in common in rows of their own. */
static const char *const SCALES[][16] = {
    {"strongly disagree|disagree strongly|completely disagree|totally disagree", "mostly disagree",
     "disagree", "tend to disagree|slightly disagree|somewhat disagree|disagree slightly",
     "neither agree nor disagree|neither agree or disagree|neither|neutral|undecided",
     "tend to agree|slightly agree|somewhat agree|agree slightly", "agree", "mostly agree",
     "strongly agree|agree strongly|completely agree|totally agree"},
    {"very dissatisfied|extremely dissatisfied", "dissatisfied|unsatisfied",
     "fairly dissatisfied|somewhat dissatisfied|slightly dissatisfied",
     "neither satisfied nor dissatisfied|neither satisfied or dissatisfied|neither|neutral",
     "fairly satisfied|somewhat satisfied|slightly satisfied", "satisfied",
     "very satisfied|extremely satisfied|completely satisfied"},
    {"never", "almost never|hardly ever", "very rarely", "less often", "rarely|seldom",
     "yearly|annually|once a year", "quarterly", "monthly|once a month", "weekly|once a week",
     "occasionally|now and then", "sometimes|about half the time", "daily|every day",
     "often|frequently", "usually|mostly|most of the time|very often",
     "almost always|nearly always", "always|all the time"},
    {"very poor|terrible", "poor|bad", "fair|below average",
     "average|ok|acceptable|adequate|neutral", "satisfactory|above average", "good", "very good",
     "excellent|outstanding"},
    {"very unlikely|extremely unlikely", "unlikely", "fairly unlikely|somewhat unlikely",
     "neither likely nor unlikely|neither|neutral", "fairly likely|somewhat likely", "likely",
     "very likely|extremely likely", "certain"},
    {"not at all important", "not important|unimportant|not very important", "slightly important",
     "moderately important|somewhat important|fairly important|quite important|neutral",
     "important", "very important", "extremely important|essential"},
    {"not at all", "very little|hardly at all", "slightly|a little|a bit|to a small extent",
     "somewhat|moderately|to some extent|partly", "mostly|quite a bit|quite a lot",
     "very much|very|a lot|a great deal|to a great extent", "extremely|completely|fully|entirely"},
    {"none|zero", "very low", "low", "medium|moderate|average", "high", "very high"},
    {"very difficult|extremely difficult", "difficult|hard", "fairly difficult|somewhat difficult",
     "neither easy nor difficult|neither|neutral", "fairly easy|somewhat easy", "easy",
     "very easy|extremely easy"},
    {"not at all confident", "not confident|not very confident", "slightly confident",
     "somewhat confident|fairly confident|moderately confident|neutral", "confident",
     "very confident", "extremely confident|completely confident"},
    {"much worse|a lot worse", "worse", "slightly worse|a little worse|somewhat worse",
     "the same|about the same|no change|neither better nor worse",
     "slightly better|a little better|somewhat better", "better", "much better|a lot better"},
    {"decreased a lot|decreased significantly", "decreased",
     "decreased slightly|decreased a little", "stayed the same|no change|about the same|unchanged",
     "increased slightly|increased a little", "increased",
     "increased a lot|increased significantly"},
    {"very small", "small", "medium|average", "large", "very large"},
    {"monday|mon", "tuesday|tue|tues", "wednesday|wed", "thursday|thu|thurs", "friday|fri",
     "saturday|sat", "sunday|sun"},
    {"january|jan", "february|feb", "march|mar", "april|apr", "may", "june|jun", "july|jul",
     "august|aug", "september|sep|sept", "october|oct", "november|nov", "december|dec"},
};

static bool is_among(const char *bars, struct span text)
{
    for (const char *at = bars, *end; *at; at = *end ? end + 1 : end) {
        end = at + strcspn(at, "|");
        if ((size_t)(end - at) == text.len && strncasecmp(at, text.at, text.len) == 0)
            return true;
    }
    return false;
}

/* Answers of closed questions that stand beside the scale. */
static bool is_aside(struct span text)
{
    return is_among("don't know|do not know|dont know|not sure|unsure|no opinion|can't say|"
                    "cannot say|prefer not to say|rather not say|prefer not to answer|"
                    "not applicable|unknown|other|other (please specify)|don't know / not sure|"
                    "don't know/not sure|i don't know|not stated",
                    text);
}

static double step_of(size_t scale, struct span text)
{
    const size_t most = sizeof *SCALES / sizeof **SCALES;
    for (size_t i = 0; i < most && SCALES[scale][i]; i++)
        if (is_among(SCALES[scale][i], text))
            return (double)i;
    return is_aside(text) ? ASIDE : UNKNOWN;
}

/* ---- bands of a number ---- */

/* Says that the number is an end: "Under 18", "65+", "10 to 20", "£5,000 or more". */
enum bound { BOUND_NONE, BOUND_BELOW, BOUND_ABOVE, BOUND_RANGE };

static bool has_word(struct span text, const char *word)
{
    size_t len = strlen(word);
    for (size_t i = 0; i + len <= text.len; i++)
        if (strncasecmp(text.at + i, word, len) == 0)
            return true;
    return false;
}

static enum bound bound_of(struct span before, struct span behind)
{
    static const char *const below[] = {"under", "less than", "fewer than", "below",
                                        "up to", "<",         "at most",    "no more than"};
    static const char *const above[] = {"over", "more than", "above", ">", "at least"};
    for (size_t i = 0; i < sizeof below / sizeof *below; i++)
        if (has_word(before, below[i]))
            return BOUND_BELOW;
    for (size_t i = 0; i < sizeof above / sizeof *above; i++)
        if (has_word(before, above[i]))
            return BOUND_ABOVE;
    if (has_word(behind, "or less") || has_word(behind, "or fewer") || has_word(behind, "or under"))
        return BOUND_BELOW;
    if (has_word(behind, "+") || has_word(behind, "or more") || has_word(behind, "or over") ||
        has_word(behind, "and over") || has_word(behind, "or above") ||
        has_word(behind, "and above"))
        return BOUND_ABOVE;
    bool has_end = fits_digit(behind) && (has_word(behind, "-") || has_word(behind, " to "));
    return has_end ? BOUND_RANGE : BOUND_NONE;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* The first number of TEXT, its thousands parted by commas or not. */
static double first_number(struct span text, size_t *from, size_t *to)
{
    double number = 0, place = 0;
    size_t at = 0;
    while (at < text.len && !is_digit(text.at[at]))
        at++;
    *from = at;
    for (; at < text.len; at++) {
        char c = text.at[at];
        bool is_inside = at + 1 < text.len && is_digit(text.at[at + 1]);
        if (is_digit(c) && place == 0)
            number = number * 10 + (c - '0');
        else if (is_digit(c))
            number += (c - '0') * place, place /= 10;
        else if (c == '.' && is_inside && place == 0)
            place = 0.1;
        else if (c != ',' || !is_inside || place > 0)
            break;
    }
    *to = at;
    return number;
}

/* Where the band of TEXT lies, with its kind. Years are no bands: a new one comes each year. */
static double band_of(struct span text, enum bound *bound)
{
    size_t from, to;
    *bound = BOUND_NONE;
    double number = first_number(text, &from, &to);
    if (from == text.len)
        return is_among("none|zero|nil", text) ? -1 : is_aside(text) ? ASIDE : UNKNOWN;
    if (number >= 1900 && number <= 2100 && to - from == 4)
        return UNKNOWN;
    *bound = bound_of((struct span){text.at, from}, (struct span){text.at + to, text.len - to});
    return number + (*bound == BOUND_BELOW ? -0.5 : *bound == BOUND_ABOVE ? 0.5 : 0);
}

/* Where the point of a rating stands whose ends alone have words: "1 - Poor", "2", "3", "4",
 * "5 (Excellent)". */
static double point_of(struct span text)
{
    size_t from, to;
    double number = first_number(text, &from, &to);
    if (from == text.len)
        return is_aside(text) ? ASIDE : UNKNOWN;
    bool is_point = from == 0 && number <= MOST_POINTS && number == floor(number) &&
                    (to == text.len || strchr(" -:=(.", text.at[to]));
    return is_point ? number : UNKNOWN;
}

/* ---- the order ---- */

struct placed {
    double at;
    size_t index;
};

static int by_place(const void *a, const void *b)
{
    const struct placed *x = a, *y = b;
    if (x->at != y->at)
        return x->at < y->at ? -1 : 1;
    return x->index < y->index ? -1 : x->index > y->index;
}

/* Places all values on one scale; how many stand on it, 0 if one is unknown to it. */
static size_t place_on(size_t scale, const struct column_counted *values, struct placed *placed)
{
    size_t steps = 0;
    for (size_t i = 0; i < values->names.count; i++) {
        placed[i] = (struct placed){step_of(scale, values->names.keys[i]), i};
        if (isnan(placed[i].at))
            return 0;
        steps += isfinite(placed[i].at) != 0;
    }
    return steps;
}

/* The same for bands; some of them must say that they are some. */
static bool place_bands(const struct column_counted *values, struct placed *placed)
{
    size_t bands = 0, bounds = 0;
    for (size_t i = 0; i < values->names.count; i++) {
        enum bound bound;
        placed[i] = (struct placed){band_of(values->names.keys[i], &bound), i};
        if (isnan(placed[i].at))
            return false;
        bands += isfinite(placed[i].at) != 0;
        bounds += bound != BOUND_NONE;
    }
    return bands >= LEAST_BANDS && bounds * 2 >= bands;
}

/* The same for points, each of which is one. */
static bool place_points(const struct column_counted *values, struct placed *placed)
{
    bool met[MOST_POINTS + 1] = {false};
    size_t points = 0;
    for (size_t i = 0; i < values->names.count; i++) {
        placed[i] = (struct placed){point_of(values->names.keys[i]), i};
        if (isnan(placed[i].at))
            return false;
        if (isinf(placed[i].at))
            continue;
        if (met[(size_t)placed[i].at])
            return false;
        met[(size_t)placed[i].at] = true;
        points++;
    }
    return points >= LEAST_BANDS;
}

size_t *scale_order(const struct column_counted *values)
{
    size_t count = values->names.count;
    struct placed *placed = calloc(count + 1, sizeof *placed);
    size_t *order = calloc(count + 1, sizeof *order);
    if (!placed || !order)
        fail_memory();
    bool is_scale = false;
    for (size_t i = 0; i < sizeof SCALES / sizeof *SCALES && !is_scale; i++)
        is_scale = place_on(i, values, placed) >= 2;
    if (!is_scale && !place_bands(values, placed) && !place_points(values, placed)) {
        free(placed);
        free(order);
        return NULL;
    }
    qsort(placed, count, sizeof *placed, by_place);
    for (size_t i = 0; i < count; i++)
        order[i] = placed[i].index;
    free(placed);
    return order;
}
