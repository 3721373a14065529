/* qdc -- codebooks as REFI-QDA has them, which NVivo, MAXQDA, ATLAS.ti, QualCoder
 * and Taguette exchange: XML in the name space urn:QDA-XML:codebook:1.0.
 *
 * That form knows codes within codes, a description of each, and sets of codes. Here
 * a group is a code that is not codable, around its codes; a field is a set; label,
 * terms and notes are lines of the description ("Term: C Sharp"). What the form
 * cannot say, and on the way back what a codebook of ours cannot, goes to LOSSES. */
#ifndef QDC_H
#define QDC_H

#include "codebook/codebook_write.h"

#define QDC_MAX ((size_t)64 * 1024 * 1024) /* bytes; none of thousands of codes comes near */

void qdc_write(const struct codebook *b, struct buf *out, struct losses *l);

/* False if FILE is no such codebook, for the reason in FAULT. A document type
 * declaration is refused, so that no entity is ever expanded; nothing is fetched. */
bool qdc_load(struct codebook *b, const char *file, struct losses *l, struct fault *fault);

/* How the lines of a description start, by match; then of the label. */
#define QDC_LINES 5
#define QDC_LABEL 4
extern const struct span QDC_STARTS[QDC_LINES];

/* The same for the description of a set that is a field. */
#define QDC_FROM "From: "
#define QDC_INTO "Into: "
#define QDC_NAMESPACE "urn:QDA-XML:codebook:1.0"

#endif
