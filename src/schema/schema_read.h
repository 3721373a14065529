/* schema_read -- what the files that read a schema share; nobody else's business. */
#ifndef SCHEMA_READ_H
#define SCHEMA_READ_H

#include "docs/document.h"
#include "schema/cast.h"
#include "schema/schema.h"

/* One schema being read. */
struct schema_reader {
    struct schema *schema;
    struct document missing; /* the table's missingValues */
    bool has_missing;
    struct cast cast;
};

/* What a key of a field or of its constraints applies to: bits of the enum
 * schema_type, by the type as declared. */
struct schema_row {
    const char *key;
    unsigned types;
};

#define SCHEMA_BIT(type) (1u << (type))
#define SCHEMA_ALL (~0u)

/* Ends the program at a key of D that is not among the COUNT ROWS, or that
 * would have no effect on a field of TYPE. */
void schema_check_keys(const struct document *d, const struct schema_row *rows, size_t count,
                       enum schema_type type);

/* A field that is made of others (derive.h). DECLARED is its type. */
bool schema_is_made(const struct document *d);
void schema_read_made(struct schema_reader *rd, const struct document *d, struct schema_field *f,
                      enum schema_type declared);

/* The members "from" and "columns" of a field that is read from elsewhere. */
void schema_read_source(struct schema_reader *rd, const struct document *d, struct schema_field *f);

/* The field at D; everything but its names in other columns. */
void schema_read_field(struct schema_reader *rd, const struct document *d, struct schema_field *f);

/* The texts with a meaning: missing, true and false values, replacements. */
void schema_read_words(struct schema_reader *rd, const struct document *d, struct schema_field *f);

/* The member "constraints" of D, and "categories". */
void schema_read_constraints(struct schema_reader *rd, const struct document *d,
                             struct schema_field *f, enum schema_type type);

#endif
