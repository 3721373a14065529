/* schema -- what a study's table holds: a Frictionless Table Schema (v2) with
 * additions of our own (aliases, case, clean, into, replace, blankIsNo, and the
 * vocabulary of missing reasons "foi").
 *
 * Everything that can be decided before the first record is: formats and
 * patterns are compiled, bounds and lists of values are read as the type says,
 * and a fault in the document ends the program with status 2. Whatever is
 * named in a schema and would have no effect is a fault, so that nobody trusts
 * in a check that is not made. The schema owns all that its fields point to. */
#ifndef SCHEMA_H
#define SCHEMA_H

#include "base/arena.h"
#include "base/fault.h"
#include "base/intern.h"
#include "schema/derive.h"
#include "schema/pattern.h"
#include "schema/words.h"
#include "text/damage.h"
#include "text/date.h"
#include "text/number.h"

enum schema_type {
    SCHEMA_STRING,
    SCHEMA_INTEGER,
    SCHEMA_NUMBER,
    SCHEMA_BOOLEAN,
    SCHEMA_DATE,
    SCHEMA_DATETIME,
    SCHEMA_YEAR,
    SCHEMA_MONTH, /* in the order of enum period */
    SCHEMA_QUARTER,
    SCHEMA_FINANCIAL_YEAR,
    SCHEMA_LIST,
    SCHEMA_ANY
};

enum schema_case { SCHEMA_KEEP, SCHEMA_LOWER, SCHEMA_UPPER };

/* SCHEMA_TEXT keeps the lines of a cell that has several: it is free text, which is read by them.
 */
enum schema_clean { SCHEMA_AS_IT_IS, SCHEMA_CLEAN, SCHEMA_TEXT, SCHEMA_ORGANISATION };

enum schema_date_form { SCHEMA_ISO, SCHEMA_ANY_DMY, SCHEMA_FORMAT };

/* From which day a spreadsheet's dates in numbers count. */
enum schema_serials { SCHEMA_NO_SERIALS, SCHEMA_1900, SCHEMA_1904 };

enum schema_string_form { SCHEMA_ANY_TEXT, SCHEMA_EMAIL, SCHEMA_URI, SCHEMA_BINARY, SCHEMA_UUID };

/* How the cells of a field, or the items of its lists, are read. */
struct schema_reading {
    enum schema_type type;
    enum schema_string_form string_form;
    enum schema_date_form date_form;
    enum schema_serials serials;
    struct date_format format;
    struct span format_text; /* as in the schema, for messages */
    struct number_style number;
    bool prose; /* the figure that a sentence states is one, too */
};

/* An end of a range: JSON text as scalar_spell() gives it, or a date. */
struct schema_bound {
    bool is_set, is_exclusive;
    struct span shown; /* as in the schema */
    struct span number;
    struct date date;
};

struct schema_field {
    struct span name;
    struct span title, number; /* the question as asked and its number; empty if not given */
    struct span *questions;    /* further wordings of it */
    size_t question_count;
    struct schema_reading as; /* of the cell; of a list the items */
    bool is_list;             /* DELIMITER stands between items */
    struct span delimiter;
    enum schema_case letters;
    enum schema_clean clean;
    bool clean_given; /* in the schema, and no guess */
    struct span into; /* the field for the comparable form of an organisation */
    bool blank_is_no;
    bool recognise;            /* the phrases of refusals are looked for */
    struct damage_hints hints; /* what damage would show in such a field */
    struct words words;

    bool required, unique;
    bool is_constrained;           /* there is something to check in a value */
    size_t min_length, max_length; /* SIZE_MAX: no limit */
    struct schema_bound minimum, maximum;
    struct pattern *pattern;
    struct span pattern_text;
    bool has_values, has_categories;
    struct intern values, categories; /* spelled as scalar_spell() does */

    struct derive derive; /* of what it is made, if of other fields or columns */

    struct span prefix; /* ,"name": as it is written, for buf_add_short() */
};

/* Fields whose values together occur once. */
struct schema_key {
    size_t *fields;
    size_t count;
    bool primary; /* none of the values may be missing */
};

/* That a name, title or alias of FIELD has the comparing form number FORM. */
struct schema_form {
    size_t form, field;
    size_t next; /* of the same form, or SCHEMA_NO_FORM */
};
#define SCHEMA_NO_FORM SIZE_MAX

struct schema {
    const char *file;
    struct schema_field *fields;
    size_t count;
    bool blank_is_no; /* also in columns that are no field */
    bool has_made;    /* a field is made of others */
    struct schema_key *keys;
    size_t key_count, keys_cap;
    struct intern names; /* each name, title and alias as it stands */
    size_t *name_field;  /* by index in NAMES: the field */
    size_t names_cap;
    struct intern forms; /* their comparing forms, which several fields may share */
    struct schema_form *form_fields;
    size_t form_count, forms_cap;
    size_t *form_first; /* by index in FORMS: the first of FORM_FIELDS */
    size_t form_first_cap;
    struct arena arena;
};

static inline bool schema_is_period(enum schema_type type)
{
    return type >= SCHEMA_MONTH && type <= SCHEMA_FINANCIAL_YEAR;
}

/* The schema in FILE; false if it is no good, for the reason in FAULT. */
bool schema_load(struct schema *s, const char *file, struct fault *fault);
void schema_free(struct schema *s);

/* "a date", "true or false": what a message expects of a field of TYPE. */
const char *schema_type_name(enum schema_type type);

#endif
