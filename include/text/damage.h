/* damage -- what spreadsheets and exports do to cells, recognised.
 *
 * Nothing is repaired here, since what stood in the cell before is a guess:
 * the kind and the place go into a flag for a person to look at. Give the text
 * as it was read, before cleaning, which turns a part of the evidence into
 * plain quotes. */
#ifndef DAMAGE_H
#define DAMAGE_H

#include "base/span.h"

enum damage {
    DAMAGE_NONE,
    DAMAGE_DATE,     /* 01-Mar, Mar-20: a range, score or code taken for a date */
    DAMAGE_EXPONENT, /* 1.2E+05: digits that are lost */
    DAMAGE_SERIAL,   /* 43831 for a date: days since 1900 */
    DAMAGE_ERROR,    /* #REF!, #N/A, Err:502 */
    DAMAGE_HIDDEN,   /* ######: the column was too narrow */
    DAMAGE_FORMULA,  /* ="00123", '00123: a text kept from being read as a number */
    DAMAGE_ZEROS,    /* 1234 where codes have 6 digits */
    DAMAGE_ENCODING, /* UTF-8 read as Windows-1252, once or twice; U+FFFD; C1 controls */
    DAMAGE_ESCAPE,   /* &amp; &#39; &rsquo; <br> _x000D_: another format's escapes and tags */
    DAMAGE_CUT       /* as many characters as a cell can hold */
};

/* What the field is known to hold. A zeroed struct is "text". */
struct damage_hints {
    bool date;     /* dates: serial numbers are looked for, and 01-Mar is not */
    bool serials;  /* which are read as dates, and so are no damage */
    size_t digits; /* codes of so many digits */
};

/* The first kind, in the order of the enum, that TEXT (valid UTF-8) shows, and
 * in *WHERE, which may be NULL, the slice that shows it. */
enum damage damage_find(struct span text, struct damage_hints hints, struct span *where);

/* The kind in flags and messages: "spreadsheet_date". */
const char *damage_name(enum damage damage);

#endif
