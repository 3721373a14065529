/* derive -- fields that are made of others, as a schema declares them.
 *
 *   "from": "staff", "bands": [0, 1, 10]      the band of a number, as a text: "0 to under 1"
 *   "from": "grant", "map": {"y": "yes"}      another value for each
 *   "from": "staff", "min": 1, "max": 9       true or false; and "equals": "yes" or a list
 *   "from": "uses", "codes": "codebook.csv"   what the codebook gives for the text
 *   "first_of": ["email", "phone"]            the first that is not missing
 *   "days_between": ["sent", "received"]      whole days from the first to the second
 *   "count_of": "uses"                        items of a list, or how many of several fields hold
 *
 * A field takes only from fields above it, so there is no circle. What is missing stays missing
 * with its reason. There is no expression language: where these end, a stage of one's own begins.
 *
 * Codebooks stand above this room: who writes records hands in what codes an answer.
 */
#ifndef DERIVE_H
#define DERIVE_H

#include "base/arena.h"
#include "base/intern.h"
#include "stream/missing.h"

enum derive_op {
    DERIVE_NONE,
    DERIVE_COPY,    /* "from" alone: another field's cell, read in this field's way */
    DERIVE_COLUMNS, /* a list of several columns */
    DERIVE_BANDS,
    DERIVE_MAP,
    DERIVE_TEST,
    DERIVE_CODES,
    DERIVE_FIRST,
    DERIVE_DAYS,
    DERIVE_COUNT
};

enum derive_items { DERIVE_TEXTS, DERIVE_HEADERS };

/* An end of a range: a number, or a text such as a date. */
struct derive_bound {
    bool is_set;
    double number;
    struct span text; /* a NULL at for a number */
};

/* What the fields written so far are. */
struct derive_row {
    const struct span *raw, *names; /* their JSON, their names */
    struct missing *reasons;        /* why they are missing */
    struct span reason;             /* set by derive_add(): why its field is */
    bool uncoded;                   /* and: the codebook had no code for the answer */
};

/* Of a field with codes: where they come from, and what gives them. */
struct derive_book {
    struct span file;  /* as the schema names it; the table of it lies beside the schema */
    struct span field; /* that of the codebook, by what it goes into; empty: the one that fits */
    bool groups;       /* the codes' groups instead of the codes */
    bool (*give)(void *with, struct buf *b, const struct value *answer, struct derive_row *row);
    void *with;
};

struct derive {
    enum derive_op op;
    size_t *sources; /* fields above */
    size_t source_count;
    double *bands; /* lower ends, rising */
    struct span *labels;
    size_t band_count;
    struct intern values;  /* of a map its texts; of a test the spellings that are equal */
    struct span *to;       /* of a map, by index in VALUES: JSON */
    struct span otherwise; /* JSON; a NULL at for none */
    struct derive_bound min, max;
    struct span *patterns; /* of columns, where * stands for anything */
    size_t pattern_count;
    enum derive_items items;
    struct derive_book book;
};

/* Whether the field has no column of its own, but is made of what other fields were written as. */
static inline bool derive_is_made(const struct derive *d)
{
    return d->op >= DERIVE_BANDS;
}

/* The value as JSON at the end of B. False if it is missing. */
bool derive_add(const struct derive *d, struct buf *b, struct derive_row *row);

/* Whether HEADER is one of the columns, and in *PART what a * stands for, or all of it. */
bool derive_takes(const struct derive *d, struct span header, struct span *part);

/* Whether a cell with TEXT chooses the option that its column is. */
bool derive_chooses(struct span text);

void derive_free(struct derive *d);

#endif
