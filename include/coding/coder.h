/* coder -- the coded fields of a record: values, missing reasons, evidence.
 *
 * Runs the codings of a codebook's targets over one record at a time and writes
 * the record back with their fields set, all others byte for byte. What is
 * found is good until the next coder_code(). */
#ifndef CODER_H
#define CODER_H

#include "coding/coding.h"
#include "coding/overrides.h"
#include "coding/residue.h"
#include "coding/verdicts.h"
#include "stream/missing.h"
#include "stream/output.h"

struct coder_options {
    bool evidence, status;       /* write `_evidence`; write INTO_status */
    bool explain;                /* with the evidence: why each mention counts or not */
    size_t max_text;             /* bytes of an answer; each of its words is held */
    struct overrides *overrides; /* NULL: none */
    struct verdicts *verdicts;   /* NULL: none */
    struct residue *residue;     /* NULL: not asked for */
};

struct coder_target {
    const struct codebook_target *names;
    struct coding *coding;
    struct lookup from;
    struct span status_into; /* no at: not asked for */
    bool uncoded;            /* the record's answer got no code, or that for all others */
};

/* A value to write lies in coder->values until the record is written. */
struct coder_piece {
    size_t from, len;
    bool drop;
};

/* Why a record cannot be coded. */
struct coder_fault {
    struct span field;
    const char *what;
};

struct coder {
    const struct codebook *book;
    struct coder_options options;
    struct coding *codings; /* by field of the codebook */
    struct coder_target *targets;
    size_t target_count;
    struct missing missing;
    bool missing_changed;
    size_t records;
    size_t override; /* the first for this record, or OVERRIDES_NONE */
    size_t uncoded;  /* targets without a code in this record */

    struct record_set *sets; /* those of the targets, then _evidence, then _missing */
    struct coder_piece *pieces;
    size_t set_count;
    struct buf values, evidence, evidences, text;
    struct arena arena;
};

/* BOOK must stay where it is. */
void coder_init(struct coder *c, const struct codebook *book, const struct coder_options *o);
void coder_free(struct coder *c);

/* False, with FAULT set, if R cannot be coded. */
bool coder_code(struct coder *c, const struct record *r, struct coder_fault *fault);

/* The record R, coded, and the record as it came with `_uncoded`, the names of the
 * targets without a code. */
void coder_write(struct coder *c, const struct record *r, struct output *out);
void coder_write_uncoded(struct coder *c, const struct record *r, struct buf *b);

#endif
