/* organisation -- the names of bodies in a form for comparing.
 *
 * "The Royal Marsden N.H.S. FT", "Royal Marsden NHS Foundation Trust, The" and
 * "ROYAL MARSDEN NHSFT" become one: "royal marsden nhs foundation trust". What
 * changes: case and accents; full stops and apostrophes vanish, other
 * punctuation is a space; & and + are "and"; "the" at either end goes; Saint is
 * st; and abbreviations of the British public sector are spelt out (FT, NHSFT,
 * NHST, CCG, ICB, Hosp, Univ, Ltd, Dept, ...). The kind of body stays: a trust
 * and a foundation trust are two bodies. The form is for comparing, never for
 * showing, and equal forms are a proposal. */
#ifndef ORGANISATION_H
#define ORGANISATION_H

#include "base/buf.h"
#include "base/span.h"

/* Room to work in, used again by every call. A zeroed struct is ready. */
struct organisation {
    struct buf cleaned, bare, plain;
};

/* The form of NAME (valid UTF-8) at the end of B. A name without a letter or
 * digit adds nothing: it is to be compared with nothing. */
void organisation_add(struct organisation *o, struct buf *b, struct span name);

void organisation_free(struct organisation *o);

#endif
