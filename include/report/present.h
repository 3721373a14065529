/* present -- a table of counts as a page for people: `n/N (%)`, bases, the
 * reasons for missing answers.
 *
 * Decimals of a percentage go by its base, as JMIR's instructions for authors ask:
 * none under 100, one up to 999, two above. */
#ifndef PRESENT_H
#define PRESENT_H

#include "cells/cells.h"
#include "report/page.h"

enum present_intervals { PRESENT_PLAIN, PRESENT_INTERVALS };

/* The page of one layer of T; its texts are put into A. A table has one page
 * for each layer. */
struct page present_table(struct arena *a, const struct cells_table *t, size_t layer,
                          enum present_intervals intervals);

/* "35/161 (21.7%)", with intervals "35/161 (21.7%, 16.1–28.7)", or "35" where no
 * percentage is defined, or "withheld". */
void present_share(struct buf *b, double n, const struct cells_share *share,
                   enum present_intervals intervals);

#endif
