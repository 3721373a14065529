/* columns -- which column of a source fills which field of a schema.
 *
 * A column is matched by the field's name, title or aliases; case, spaces and
 * punctuation do not count. Consecutive records mostly have the same columns, so the
 * match is made anew only when the names of a record differ from the last one's, and
 * what each name means is kept, so that even then no header is compared twice. */
#ifndef COLUMNS_H
#define COLUMNS_H

#include "schema/schema.h"
#include "stream/filter.h"

#define COLUMNS_NONE SIZE_MAX

enum columns_role {
    COLUMNS_FIELD,
    COLUMNS_INTO, /* the comparable form of a field: made by an earlier run */
    COLUMNS_EXTRA,
    COLUMNS_TOOL, /* its name starts with '_' */
    COLUMNS_MISSING
};

struct columns_meaning {
    enum columns_role role;
    size_t field;
};

struct columns {
    const struct schema *schema;
    const struct filter *filter; /* what is found is said there under -v */

    /* The match, good for the record that columns_match() was called with. */
    size_t *source, *into; /* by field: the place in the record, or COLUMNS_NONE */
    size_t *extra, extra_count;
    size_t *tools, tool_count; /* `_missing` among them */
    bool has_missing;

    size_t shape_number; /* of the record that the match was made for */
    struct intern shape; /* the names of the record that the match was made for */
    bool matched, clash;
    size_t clash_first, clash_second; /* places of two columns for one field */
    size_t extra_cap, tools_cap;
    struct intern names; /* of columns met */
    struct columns_meaning *meanings;
    size_t meanings_cap;
    bool *said; /* by field: that no column fills it */
};

void columns_init(struct columns *c, const struct schema *s, const struct filter *f);

/* False if two columns of R are one field: then C->clash_first and C->clash_second tell them. */
bool columns_match(struct columns *c, const struct record *r);

/* What a column of that name is. */
struct columns_meaning columns_meaning(struct columns *c, struct span name);

void columns_free(struct columns *c);

#endif
