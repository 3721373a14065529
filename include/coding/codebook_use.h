/* codebook_use -- which terms of a codebook the answers of given records have. */
#ifndef CODEBOOK_USE_H
#define CODEBOOK_USE_H

#include "coding/coding.h"
#include "stream/output.h"

struct codebook_use_target {
    const struct codebook_target *names;
    struct coding coding;
    struct lookup from;
    bool *used; /* by term */
};

struct codebook_use {
    const struct codebook *book;
    struct codebook_use_target *targets;
    size_t records;
    struct buf text;
    struct arena arena;
};

/* BOOK must stay where it is. */
void codebook_use_init(struct codebook_use *u, const struct codebook *book);
void codebook_use_free(struct codebook_use *u);

/* NULL, or what is wrong with the answer of FIELD. */
const char *codebook_use_record(struct codebook_use *u, const struct record *r, struct span *field);

/* A JSON line for each term that no answer has, as codebook_check() writes them; gives how many. */
size_t codebook_use_write(struct codebook_use *u, struct output *out);

#endif
