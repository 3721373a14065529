/* probes -- answers in which a term should be found: its own words, in its own and in other
 * capitals, among the phrases that its rules ask for. A zeroed struct is empty. */
#ifndef PROBES_H
#define PROBES_H

#include "base/buf.h"
#include "codebook/codebook.h"

struct probes {
    struct buf all;    /* each with a NUL behind it */
    struct buf sample; /* what the term stands for in the last of them */
};

void probes_make(struct probes *p, const struct codebook_term *t);

/* The words of T. Wildcards stand for letters: for none or one, or in the LONG_FORM for two. */
void probes_sample(struct buf *sample, const struct codebook_term *t, bool long_form);

void probes_free(struct probes *p);

#endif
