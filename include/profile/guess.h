/* guess -- what a column most likely is, from what its values are like. */
#ifndef GUESS_H
#define GUESS_H

#include "profile/column.h"

enum guess_type {
    GUESS_EMPTY, /* nothing in it */
    GUESS_YES_NO,
    GUESS_INTEGER,
    GUESS_NUMBER,
    GUESS_MEASURE, /* numbers with a currency, unit or groups */
    GUESS_STATED,  /* answers to "how many", some of them sentences that state a figure */
    GUESS_DATE,
    GUESS_CATEGORY, /* few texts that come again */
    GUESS_CHOICES,  /* several of few in a cell, with a separator between */
    GUESS_PROSE,
    GUESS_TEXT,
    GUESS_LIST,
    GUESS_OBJECT
};

/* The word for people: "yes or no", "free text". */
const char *guess_type_name(enum guess_type type);

enum guess_order {
    GUESS_ISO,
    GUESS_CLEAR,
    GUESS_DAY_FIRST,
    GUESS_MONTH_FIRST,
    GUESS_EITHER,
    GUESS_MIXED
};

struct guess {
    enum guess_type type;
    size_t others;          /* filled values that are not of the type; of STATED up to half */
    bool is_key;            /* every record has a value of its own */
    enum guess_order order; /* of dates; clear if the year is first or the month a word */
    char separator;         /* between several answers in a text; 0 for none */
    bool is_whole;          /* figures that are stated: all are whole */
    bool multiplies;        /* some of them are thousands or millions */
};

struct guess guess_column(const struct column *c, size_t records);

/* The texts that are not of the type, with their counts, of those that were counted one by one.
 * The caller frees them (column_counted_free()). */
struct column_counted guess_others(const struct column *c, const struct guess *g);

/* What there is to choose of, with how many records chose it, where the guess is GUESS_CHOICES.
 * The caller frees them. */
struct column_counted guess_choices(const struct column *c, const struct guess *g);

/* Columns of one question with an option each ("Which do you use? [Python]"): how many from
 * number FROM on belong together, by the beginning of their names, whose length *PREFIX gets; 0 if
 * number FROM starts none. */
size_t guess_group(const struct columns_seen *c, size_t from, size_t *prefix);

#endif
