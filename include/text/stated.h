/* stated -- the one figure that an answer in prose states.
 *
 * "We own 44 bins." is 44, "None" is 0, "30 petrol and 14 diesel vans, 44 in all" is 44. What an
 * answer counts besides is left aside: years, dates, times, numbers of sections, questions and
 * references, figures in brackets behind one outside, parts of a whole ("of which 12 are
 * electric"), comparisons, numbers that the question has itself, money where it asks for none. Of
 * several figures the one counts that sums the others up, or whose clause alone has the question's
 * words. Where it cannot be told, or is a bound or an estimate ("over 40", "5 to 10",
 * "approximately 20"), none is stated: that is for a person to read. English only. */
#ifndef STATED_H
#define STATED_H

#include "text/number.h"

#define STATED_LONGEST 4096 /* bytes; a longer answer states more than one figure */

enum stated {
    STATED_ONE,
    STATED_NONE,    /* there is no figure, or none that has to do with the question */
    STATED_SEVERAL, /* there are several */
    STATED_VAGUE    /* there is a bound, a range or an estimate */
};

/* Room to work in, made at the first call. A zeroed struct is ready. */
struct stated_work;
struct stated_reader {
    struct stated_work *work;
};

/* The figure that TEXT, clean, states in answer to QUESTION, which may be empty or a few words, as
 * the JSON number *JSON, which is good until the next call. STYLE says how numbers are written;
 * commas may part thousands whatever it says. */
enum stated stated_find(struct stated_reader *r, const struct number_style *style,
                        struct span question, struct span text, struct span *json);

/* Whether TEXT, a number and no more than its unit, may be what QUESTION asks for: no share or sum
 * of money where it asks how many, no days where it asks for weeks. */
bool stated_suits(struct stated_reader *r, struct span question, struct span text);

/* Whether QUESTION, with its number or without, asks how many or how much. */
bool stated_asked(struct span question);

/* Whether it may do so in other words: "On how many occasions", "What was spent on". What is no
 * question does not ask. */
bool stated_may_ask(struct span question);

/* "several figures" and the like, for people. */
const char *stated_name(enum stated what);

void stated_free(struct stated_reader *r);

#endif
