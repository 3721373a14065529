/* label -- the numbers of questions as people write them.
 *
 * "4a", "4 (a)", "Q4a", "Question 4 part a" and "4.a)" are one label of two
 * parts, so labels are compared by parts and not by their spelling. A part is digits, a
 * letter or a roman numeral; whether "i" is one or the other shows only beside
 * the labels of the questionnaire, so a part keeps its text. */
#ifndef LABEL_H
#define LABEL_H

#include <stdint.h>

#include "base/span.h"

#define LABEL_PARTS 4
#define LABEL_PART 8 /* bytes of a part */

/* What the words before the number call it. */
enum label_word {
    LABEL_BARE,     /* nothing */
    LABEL_QUESTION, /* "Question", "Q", "Item" */
    LABEL_ANSWER,   /* "Answer", "A", "Response to question" */
    LABEL_SECTION   /* "Section", "Part" */
};

struct label {
    char part[LABEL_PARTS][LABEL_PART]; /* lower case, padded with NULs */
    size_t count;
    enum label_word word;
    bool several;  /* "Questions": a list may follow */
    bool terminal; /* ends in a mark: "4)", "4." */
    bool dashed;   /* ends in a dash or in nothing: "4 - ", "4 yes" */
    bool dash;     /* the former */
};

/* The label that starts at AT of TEXT, and in *END the place behind it, its mark
 * and the spaces. False if there is none. */
bool label_read(struct span text, size_t at, struct label *l, size_t *end);

/* The same without looking at what comes behind the number. */
bool label_number(struct span text, size_t at, struct label *l, size_t *end);

/* The same of a number as a schema gives it: all of TEXT. False if it is none. */
bool label_parse(struct span text, struct label *l);

/* The place behind "of your request" at AT of TEXT, where nothing but a mark follows on the line;
 * AT if it is not there. */
size_t label_of_request(struct span text, size_t at);

/* Whether the first COUNT parts are the same. */
bool label_same(const struct label *a, const struct label *b, size_t count);

/* What a part counts: 4, d and iv are 4. 0 if nothing. ROMAN says how to take letters
 * that may be both. */
enum label_reading { LABEL_AS_LETTER, LABEL_AS_ROMAN };
size_t label_ordinal(const char *part, enum label_reading reading);

/* The first COUNT parts of A with the parts of B behind them. False if they are too many. */
bool label_join(struct label *to, const struct label *a, size_t count, const struct label *b);

#endif
