/* jsonl -- records from lines of JSON.
 *
 * What jsonl_next() fills is good until the next jsonl_next() on that reader. */
#ifndef JSONL_H
#define JSONL_H

#include "stream/input.h"
#include "stream/record.h"
#include "stream/scan.h"

enum jsonl_status { JSONL_END, JSONL_RECORD, JSONL_BAD };

struct jsonl {
    struct input in;
    struct scan scan;
    struct span line; /* the last line, as read */
    size_t records;   /* lines that were not blank, good or bad */
};

void jsonl_open(struct jsonl *j, char *const *files, size_t count, size_t max_line);

/* JSONL_BAD: the line is not one valid object; jsonl->line is its text,
 * jsonl_error() says where and why, and the next call goes on behind it. */
enum jsonl_status jsonl_next(struct jsonl *j, struct record *r);

size_t jsonl_column(const struct jsonl *j);
const char *jsonl_error(struct jsonl *j);

void jsonl_close(struct jsonl *j);

#endif
