/* codebook_columns -- the columns of a codebook in CSV, for its reader and its writer. */
#ifndef CODEBOOK_COLUMNS_H
#define CODEBOOK_COLUMNS_H

enum codebook_column {
    FROM,
    INTO,
    CODE,
    LABEL,
    GROUP,
    TERM,
    MATCH,
    CASE,
    EXCLUDE, /* the first of CODEBOOK_RULES columns, in the order of the rules */
    NEAR,
    NOT_NEAR,
    AFTER,
    WITHIN,
    NOTES,
    RECORDS,
    LIKE,   /* of suggestions: the term that one is near, */
    HOW,    /* in what, */
    ACCEPT, /* and a person's decision */
    COLUMNS
};

/* The name in the header row, by column. */
extern const char *const CODEBOOK_COLUMN_NAMES[COLUMNS + 1]; /* ends with NULL */

#endif
