/* record -- one JSON object as slices of the line that it was read from.
 *
 * Nothing is decoded or copied until a program asks: a value is the raw text
 * that stood in the line, already validated. Everything here follows the
 * stream's lifetime rule: what jsonl_next() fills is good until the next
 * jsonl_next() on that reader; what must live longer is copied into an arena.
 * Writing a record back copies slices, so untouched fields keep every byte.
 * Measured against a parse into a tree: see docs/benchmarks.md. */
#ifndef RECORD_H
#define RECORD_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/bytes.h"
#include "base/span.h"

enum value_type {
    VALUE_NULL,
    VALUE_FALSE,
    VALUE_TRUE,
    VALUE_NUMBER,
    VALUE_STRING,
    VALUE_LIST,
    VALUE_OBJECT
};

struct value {
    struct span raw; /* as in the line, quotes and brackets included */
    enum value_type type;
    bool escaped; /* a string that holds a backslash, so its text needs decoding */
};

struct field {
    struct span name; /* decoded */
    const char *at;   /* where the field starts in the line: the quote before the name */
    struct value value;
};

struct value_place;
struct intern;
struct record {
    struct span line; /* the object, from { to } */
    struct field *fields;
    const struct value_place *places; /* of the fields, from the line's start; NULL if unknown */
    size_t count;
    const char *file; /* the file's name for messages; "<stdin>" for standard input */
    size_t number;    /* of the line, from 1 */
    size_t shape;     /* two records with the same one, if not 0, have the same names in order */
    const struct intern *names; /* of the fields, each at its place; or NULL */
};

/* A name to look up in many records: it stands at one place in all records of a shape,
 * and those of the last few shapes are remembered. Start with {name}; NAME must outlive the
 * lookup. */
#define LOOKUP_SHAPES 4
struct lookup {
    struct span name;
    struct {
        size_t shape, place;
    } known[LOOKUP_SHAPES];
};

/* The value of a field, or NULL if it is absent. A JSON null is present. */
const struct value *record_get(const struct record *r, struct span name);

/* The place of a field in r->fields, or r->count if it is absent. */
size_t record_search(const struct record *r, struct lookup *l);
static inline size_t record_place(const struct record *r, struct lookup *l)
{
    size_t slot = r->shape % LOOKUP_SHAPES;
    return r->shape && l->known[slot].shape == r->shape ? l->known[slot].place
                                                        : record_search(r, l);
}

/* The value of the field that L looks up, as record_get() gives it. */
static inline const struct value *record_find(const struct record *r, struct lookup *l)
{
    size_t place = record_place(r, l);
    return place < r->count ? &r->fields[place].value : NULL;
}

static inline const char *field_end(const struct field *f)
{
    return f->value.raw.at + f->value.raw.len;
}

/* The same if that is known by the record's shape and the field is there; else NULL. */
static inline const struct value *record_known(const struct record *r, const struct lookup *l)
{
    size_t slot = r->shape % LOOKUP_SHAPES;
    size_t place = l->known[slot].place;
    return r->shape && l->known[slot].shape == r->shape && place < r->count
               ? &r->fields[place].value
               : NULL;
}

/* Absent or null: both count as missing. */
static inline bool value_missing(const struct value *v)
{
    return !v || v->type == VALUE_NULL;
}

/* The decoded text of a string; of any other value its raw text. Decoded into
 * SCRATCH only if the string holds escapes, else a slice of the line. */
struct span value_text(const struct value *v, struct buf *scratch);

/* Walks a list's or an object's members: REST starts as the value's raw text.
 * False at the end. For an object, NAME is the raw name with its quotes as a
 * string value; pass NULL for a list. */
bool value_next(struct span *rest, struct value *name, struct value *item);

/* The same for a list in a line being read, the quicker where its items are plain strings. */
static inline bool value_next_item(struct span *rest, struct value *item)
{
    const char *from = rest->at + 1;
    if (rest->len < 2)
        return false;
    if (*from != '"')
        return value_next(rest, NULL, item);
    const char *close = bytes_find_special(from + 1);
    if (*close != '"' || (close[1] != ',' && close[1] != ']'))
        return value_next(rest, NULL, item);
    *item = (struct value){span_from(from, close + 1), VALUE_STRING, false};
    *rest = span_from(close + 1, rest->at + rest->len);
    return true;
}

/* The same for an object in a line being read, its NAME a string. */
static inline bool value_next_member(struct span *rest, struct value *name, struct value *item)
{
    const char *from = rest->at + 1;
    if (rest->len < 2 || *from != '"')
        return value_next(rest, name, item);
    const char *close = bytes_find_special(from + 1);
    if (*close != '"' || close[1] != ':' || close[2] != '"')
        return value_next(rest, name, item);
    const char *value = close + 2, *end = bytes_find_special(value + 1);
    if (*end != '"' || (end[1] != ',' && end[1] != '}'))
        return value_next(rest, name, item);
    *name = (struct value){span_from(from, close + 1), VALUE_STRING, false};
    *item = (struct value){span_from(value, end + 1), VALUE_STRING, false};
    *rest = span_from(end + 1, rest->at + rest->len);
    return true;
}

/* The value of an object's member, by its decoded name. False if absent. */
bool value_member(const struct value *object, struct span name, struct buf *scratch,
                  struct value *item);

/* TEXT of a JSON value that is known to be valid, such as one built by emit. */
struct value value_from(struct span raw);

/* The record as it came, without its line end. */
void record_write(struct buf *b, const struct record *r);

/* The record with fields set: SETS in order; a field that the record has keeps
 * its place and gets the new value, a new one comes last. Runs of untouched
 * fields are copied as one slice. */
struct record_set {
    struct lookup name;
    struct span key; /* the name in quotes and a colon, if its owner has it ready */
    struct span raw; /* the JSON text of the value; a NULL at drops the field */
    size_t place;    /* of the field in the record: of the writing alone */
};
void record_write_with(struct buf *b, const struct record *r, struct record_set *sets,
                       size_t count);

/* The same three, and the places of the values are noted in PLACES (stream/places.h) if that is
 * not NULL. */
struct places;
void record_note(struct buf *b, const struct record *r, struct places *places);
void record_note_field(struct buf *b, const struct field *f, struct places *places);

/* The fields from FIRST to before END, between which nothing stands but commas, as they came. */
void record_note_run(struct buf *b, const struct record *r, size_t first, size_t end,
                     struct places *places);
void record_note_with(struct buf *b, const struct record *r, struct record_set *sets, size_t count,
                      struct places *places);

#endif
