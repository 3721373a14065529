/* cast -- the value that a text stands for, as a field of a schema reads it.
 *
 * The result is JSON text: a slice of what was given where nothing changes, else in
 * a buffer that the next cast on the same struct takes again. A zeroed struct
 * is ready. Numbers keep their digits: they are never converted. */
#ifndef CAST_H
#define CAST_H

#include "schema/schema.h"
#include "stream/record.h"

struct cast {
    const struct value *value; /* what was given, or OWN */
    struct value own;
    struct span text; /* of a string without quotes and escapes; else value->raw */
    struct date date; /* of a date or datetime */
    unsigned doubts;  /* the enum date_doubt that apply */
    size_t items;     /* of a list */
    struct buf unit;  /* of a number, in a form that compares; empty for none */
    struct buf json, quoted, list, clean, letters, lines, scratch;
    struct buf why; /* what is wrong: "'x' is not an integer" */
};

/* TEXT cleaned and in the case that F asks for: TEXT itself where nothing changes,
 * else good until the next call. */
struct span cast_tidy(struct cast *c, const struct schema_field *f, struct span text);

/* TEXT cleaned line by line, in the case that F asks for; TIDY, what cast_tidy() made of it,
 * if it is one line. */
struct span cast_lines(struct cast *c, const struct schema_field *f, struct span text,
                       struct span tidy);

/* The value of a tidy text that is no list. False with C->why set if it is none.
 * Of a string only C->text is set: the caller knows whether its JSON text is
 * there already or has to be made by cast_quote(). */
bool cast_text(struct cast *c, const struct schema_field *f, struct span text);
void cast_quote(struct cast *c);

/* A boolean that a word of the field stands for. */
void cast_truth(struct cast *c, bool truth);

/* The number that JSON is. */
void cast_figure(struct cast *c, struct span json);

/* The list of the items in TEXT as it came, or in the JSON list V. */
bool cast_split(struct cast *c, const struct schema_field *f, struct span text);
bool cast_list(struct cast *c, const struct schema_field *f, const struct value *v);

/* The same for a value V that is no list, object or null, with its tidy text: a number or a
 * boolean stays as it is if the field's type is written so. */
bool cast_value(struct cast *c, const struct schema_field *f, const struct value *v,
                struct span text);

void cast_free(struct cast *c);

#endif
