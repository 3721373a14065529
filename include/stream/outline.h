/* outline -- what stands between the values of a line, kept from a line whose names were checked.
 *
 * Lines of a stream have few lists of names. Where the places of the values are told
 * (stream/places.h), the next line with the same list differs from the one before in its values
 * alone, so all of its names are proven by comparing what stands between the values: 40
 * instructions a field, 65 with a walk down the scanner's tree of names. Where the writer tells
 * by a number that all of this text is that of the outline, only the values are taken: 15. A build
 * for AddressSanitizer, which all tests pass through, compares all the same and ends the program
 * where a writer was wrong. A zeroed struct is an outline of no line. */
#ifndef OUTLINE_H
#define OUTLINE_H

#include "base/buf.h"
#include "stream/places.h"

/* From the value before, or the brace, to the value: ,"name": */
struct outline_gap {
    char text[BYTES_BLOCK]; /* its start, */
    uint16_t mask;          /* and which of these bytes count */
    uint16_t len;
    uint32_t rest; /* where the rest stands in the outline's text, if it is longer */
};

struct outline {
    struct field *fields; /* their names are kept, the rest is of the line followed last */
    struct outline_gap *gaps;
    size_t count;    /* of the fields; 0 for no line */
    uint64_t names;  /* the number of its line, or 0 */
    bool comparable; /* the gaps are known */
    size_t fields_cap, gaps_cap;
    size_t shape;
    struct buf text;
};

/* Keeps the outline of R, whose names stay where they are as long as O is of use, and whose
 * line has no space between the values. One with a name that is too long to be compared is of use
 * for a line with the same number NAMES only. */
void outline_take(struct outline *o, const struct record *r, uint64_t names);

/* The fields of LINE, behind which 64 bytes are readable, into o->fields. False if its
 * values do not stand at PLACES, o->count of them, in this outline. */
bool outline_follow(struct outline *o, struct span line, const struct value_place *places);

/* The same of a line that has the number of this outline, which is not 0. */
bool outline_fill(struct outline *o, struct span line, const struct value_place *places);

void outline_free(struct outline *o);

#endif
