/* number -- numbers as people write them, made JSON numbers.
 *
 * The text is edited, never put through a double: thirty digits stay thirty
 * digits. What is a JSON number already is given back as it is. Accepted are
 * the lexical forms of Table Schema (XML Schema's decimal and double): +5, 01,
 * .5 and 5. are 5, 1, 0.5 and 5. NaN and INF are told apart, since JSON has
 * no such numbers. */
#ifndef NUMBER_H
#define NUMBER_H

#include "base/buf.h"
#include "base/span.h"

/* Table Schema's decimalChar, groupChar and bareNumber. A zeroed struct is its
 * default: a point, no groups, nothing around the number. */
struct number_style {
    struct span decimal;
    /* White space or a typographic apostrophe also stands for what cleaning
     * makes of it. Groups are checked: the last has three digits, those before
     * it two (as in India) or three, the first one to three; 1,5 is not 15. */
    struct span group;
    /* bareNumber is false: a currency's sign or code in front, and currency
     * sign, per cent sign or words behind are left out. What may change the
     * number is no unit, and the text then no number: < > ~ ( ), a + or -
     * behind, "over 5", "5k", "5 million", "50p", "5 or more", "5th". */
    bool strip;
    /* What stands right behind the number may multiply it: k, thousand, m, mn, million, bn, billion
     * and the like. "1.2m" is 1200000, all digits kept. */
    bool multipliers;
};

enum number_result {
    NUMBER_OK,
    NUMBER_MALFORMED,
    NUMBER_NOT_FINITE /* NaN, INF, -INF */
};

/* The JSON number that TEXT, trimmed, stands for. *JSON is a slice of TEXT if
 * that is one already, else of SCRATCH, which is emptied first. */
enum number_result number_parse(const struct number_style *style, struct span text,
                                struct buf *scratch, struct span *json);

/* The unit of TEXT, a number of STYLE that was stripped, in a form that compares, in UNIT, which is
 * emptied first: without case, spaces and plural, hrs as hour, GBP and pounds as the pound sign. */
void number_unit(const struct number_style *style, struct span text, struct buf *unit);

/* Whether WORD beside a number makes it a bound or an estimate, or multiplies it: "over",
 * "approximately", "dozen", in any case. */
bool number_is_hedge(struct span word);

/* Whether TEXT is a number by JSON's grammar. */
bool number_is_json(struct span text);

/* Whether a JSON number is written as an integer: no point, no exponent. */
bool number_is_integer(struct span json);

/* Whether its value is one, as that of 5.0 and 1e2, however large. */
bool number_is_whole(struct span json);

#endif
