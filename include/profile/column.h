/* column -- what the values of a field are like, gathered in one pass.
 *
 * Values are counted one by one up to COLUMN_VALUES different ones of up to COLUMN_BYTES; beyond,
 * the number of different ones is an estimate (Flajolet, Fusy, Gandouet & Meunier 2007,
 * "HyperLogLog", 4096 registers: standard error 1.6%) and the counts are those of the values met
 * first. Memory: at most some 5 MiB a field, however many records there are. */
#ifndef COLUMN_H
#define COLUMN_H

#include "base/intern.h"
#include "stream/missing.h"
#include "stream/record.h"
#include "text/damage.h"
#include "text/refusal.h"

#define COLUMN_VALUES ((size_t)10000)
#define COLUMN_BYTES ((size_t)400)
#define COLUMN_REGISTERS 4096
#define COLUMN_DAMAGES (DAMAGE_CUT + 1)

/* How many values could be read as what. */
struct column_kinds {
    size_t truth;                /* yes, no, true, false, y, n in any case; or JSON's own */
    size_t truth_first;          /* the same, and texts that begin so: "Yes - see attached" */
    size_t integer, number;      /* plain decimals; a number counts as one whether whole or not */
    size_t measure;              /* numbers with a currency, unit or groups: "£1,200", "30 days" */
    size_t multiplied;           /* of these sums of thousands or millions: "£1.2m" */
    size_t iso_date, date;       /* dates as 2020-02-29; in any form that date_any_dmy() reads */
    size_t date_time;            /* of these with a time */
    size_t prose;                /* sentences, or several lines */
    size_t stand_ins;            /* texts without a digit, and small numbers that are not told */
    size_t told;                 /* of these the ones that tell a number: "Nil", "<5" */
    size_t upper;                /* texts with letters, all of them large */
    size_t list, object, nested; /* JSON lists, objects, lists that hold either */
};

struct column_counted {
    struct intern names;
    size_t *counts; /* by index */
    size_t cap;
};

struct column {
    struct span name;
    size_t records;                /* that have the field */
    size_t filled;                 /* with a value that says something */
    size_t blank;                  /* an empty text, or white space */
    struct column_counted missing; /* nulls, by their reason */
    struct column_counted excuses; /* texts that say why there is no answer: "N/A", "Not held" */
    struct column_kinds kinds;

    struct column_counted values; /* texts, or JSON text of other values */
    bool overflows;               /* there are more different values than are counted */
    unsigned char *registers;     /* COLUMN_REGISTERS of them, once it overflows */

    double lowest, highest; /* of the numbers */
    int64_t first_day, last_day;
    int largest_first, largest_second; /* of dates such as 13/2/2020: tells day from month */
    size_t shortest, longest;          /* bytes of a text */
    size_t separated[4];               /* values with ';', '|', a line break, ',' */
    size_t untrimmed;                  /* with white space at an end */
    size_t damage[COLUMN_DAMAGES];
};

/* The separators counted in column.separated. */
extern const char COLUMN_SEPARATORS[];

/* All fields of a stream. A zeroed struct is ready. */
struct columns_seen {
    struct column **at; /* in the order of their first coming */
    size_t count, cap;
    struct intern names;
    size_t records, unread; /* those whose reasons cannot be read: taken for none */
    struct missing missing;
    struct refusal_reader refusals;
    struct buf text, clean, number;
};

/* Ends the program if there are more than 16384 fields by now. */
void columns_seen_look(struct columns_seen *c, const struct record *r);

/* COUNT more of NAME, which is copied. */
void column_count(struct column_counted *c, struct span name, size_t count);
void column_counted_free(struct column_counted *c);

/* How many different values there are: exact, or an estimate if column.overflows. */
size_t column_distinct(const struct column *c);

/* Records without the field, by all of COUNT records. */
static inline size_t column_absent(const struct column *c, size_t records)
{
    return records - c->records;
}

/* The indexes of the values, the most frequent first, ties by their first coming; the caller
 * frees them. */
size_t *column_ranked(const struct column_counted *counted);

void columns_seen_free(struct columns_seen *c);

#endif
