/* rows -- the rows of a small table that a person keeps beside the data, with
 * columns known by name: CSV if the file is named .csv, .tsv or .txt, else JSON
 * Lines. Must not move while open. Whatever is wrong with it ends the program with status 1. */
#ifndef ROWS_H
#define ROWS_H

#include "stream/csvin.h"
#include "stream/jsonl.h"

#define ROWS_COLUMNS 4

struct rows {
    const char *file;
    char *files[1];
    size_t line; /* of the current row */
    const char *const *columns;
    size_t count;
    struct span cells[ROWS_COLUMNS]; /* by column; an empty one is missing */
    struct buf texts[ROWS_COLUMNS];

    bool is_csv;
    struct csvin csv;
    size_t places[ROWS_COLUMNS], width; /* of the columns in the CSV file, and its own number */
    struct jsonl json;
    struct lookup lookups[ROWS_COLUMNS];
};

/* FILE, which must have the columns, at most ROWS_COLUMNS. Headers match whatever their case and
 * spaces; names of JSON fields as they are. */
void rows_open(struct rows *s, const char *file, const char *const *columns, size_t count);

/* The next row; cells are good until the one after it. */
bool rows_next(struct rows *s);

void rows_close(struct rows *s);

#endif
