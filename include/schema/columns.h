/* columns -- which column of a source fills which field of a schema.
 *
 * A column is matched by the field's name, title or aliases: first those that are exactly
 * so, then, for the columns and fields that are left, by a form in which case, spaces and
 * punctuation do not count. A form that two fields left could mean is neither. Consecutive records
 * mostly have the same columns, so the match is made anew only when the names of a record differ
 * from the last one's, and what each name means is kept, so that even then no header is compared
 * twice. */
#ifndef COLUMNS_H
#define COLUMNS_H

#include "schema/schema.h"
#include "stream/filter.h"
#include "stream/missing.h"

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
    size_t form; /* of a name that is no field's exactly: its form's number, or COLUMNS_NONE */
};

/* The columns that a list is made of. */
struct columns_gather {
    size_t *places;
    size_t count, cap;
};

struct columns {
    const struct schema *schema;
    struct filter *filter; /* what is found is said there under -v, and what is not at the end */

    /* The match, good for the record that columns_match() was called with. */
    size_t *source, *into;          /* by field: the place in the record, or COLUMNS_NONE */
    struct columns_gather *gathers; /* by field */
    size_t *gatherers;              /* the fields that have patterns */
    size_t gatherer_count, gatherers_cap;
    struct intern intos; /* names that fields go into */
    size_t *into_field;  /* by index in INTOS */
    size_t *extra, extra_count;
    size_t *tools, tool_count; /* `_missing` among them */
    bool has_missing;

    bool *exact;         /* by field: its column has its exact name */
    size_t shape_number; /* of the record that the match was made for */
    struct intern shape; /* the names of the record that the match was made for */
    bool matched, clash;
    size_t clash_first, clash_second; /* places of two columns for one field */
    size_t extra_cap, tools_cap;
    struct intern names; /* of columns met */
    struct columns_meaning *meanings;
    size_t meanings_cap;
    size_t *asked;     /* by field: its row in the list of what was asked */
    size_t found;      /* fields that a column has filled so far */
    struct buf file;   /* of the record that the match was made for, by its origin */
    size_t looked;     /* records that were looked at since no field has a column */
    size_t header_row; /* which of them holds the headers as values; 0 for none */
    struct buf first;  /* the first header of the first record */
};

void columns_init(struct columns *c, const struct schema *s, struct filter *f);

/* False if two columns of R are one field: then C->clash_first and C->clash_second tell them. */
bool columns_match(struct columns *c, const struct record *r);

/* The cell of the field's own column, or, of a field that takes another's, of that one's; NULL if
 * there is none. */
const struct value *columns_copied(const struct columns *c, const struct record *r, size_t field);
static inline const struct value *columns_cell(const struct columns *c, const struct record *r,
                                               size_t field)
{
    size_t place = c->source[field];
    return place == COLUMNS_NONE ? columns_copied(c, r, field) : &r->fields[place].value;
}

/* The fields that are the tools' as they came, with _missing anew by REASONS in its place or last.
 */
void columns_write_tools(const struct columns *c, const struct record *r,
                         const struct missing *reasons, struct output *out);

/* Ends the program if records came and no field of the schema has had a column, with the likely
 * cause; else offers the nearest columns for those fields that had none, before they are told. */
void columns_tell(struct columns *c);

/* What a column of that name is, other columns aside. */
struct columns_meaning columns_meaning(struct columns *c, struct span name);

void columns_free(struct columns *c);

#endif
