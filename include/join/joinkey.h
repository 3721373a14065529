/* joinkey -- the keys by which the records of two sides belong together.
 *
 * A key has one part or several, each the value of a field. A part that is
 * null, absent, "" or [] makes a key that matches nothing. A field that holds a
 * list gives a key for each of its elements; of several lists, for each
 * combination. The bytes of a key are as key.h says, so that `1` is not "1". */
#ifndef JOINKEY_H
#define JOINKEY_H

#include "join/aliases.h"
#include "join/succession.h"
#include "stream/missing.h"
#include "stream/record.h"
#include "text/organisation.h"

enum joinkey_as { JOINKEY_EXACT, JOINKEY_CASELESS, JOINKEY_ORGANISATION };

/* How texts that differ can be one key: strings compare in a form of their own,
 * and the first part's by checked pairs (on the left) or as what it has become. */
struct joinkey_rules {
    enum joinkey_as as;
    const struct aliases *aliases; /* NULL for none */
    struct succession *succession; /* NULL for none */
    struct organisation organisation;
    struct buf cleaned, form;
};

struct joinkey_part {
    struct lookup field;
    struct value *items; /* the field's value, or the elements of its list */
    size_t count, cap;
    size_t at; /* the item of the current key */
    bool present, list;
};

struct joinkey {
    struct joinkey_part *parts;
    size_t count, cap;
    struct arena names;

    struct span key;   /* the current one; good until the next joinkey_next() */
    size_t lacking;    /* the part that makes it match nothing, or COUNT */
    const char *fault; /* why joinkey_take() failed, with the part's name */
    struct span fault_field;

    struct joinkey_rules *rules; /* NULL if every text is a key of its own */
    bool is_left;
    struct span original; /* the current key without a succession, if there is one */
    struct span body;     /* what the first part has become; good as long as the succession */
    bool changed;         /* it has become another body, or some other has become it */
    struct buf match;     /* how the current key was found: members of a JSON object */

    size_t given; /* keys of this record so far */
    struct record_set *sets;
    struct buf bytes, original_bytes, scratch, digits;
};

/* Parses the words of --on, each FIELD[=RIGHT][,...]. Ends the program with status 2 if a
 * name is empty or stands twice. */
void joinkey_parse(struct joinkey *left, struct joinkey *right, const char *const *words,
                   size_t count);

/* A key of the same fields and rules with buffers of its own. */
void joinkey_like(struct joinkey *k, const struct joinkey *other);

/* Goes to R's keys. With LISTS false a list is a fault; an object always is. */
bool joinkey_take(struct joinkey *k, const struct record *r, bool lists);

/* The next key of the record. There is at least one: a lacking part, or an
 * empty list, gives one key with LACKING set. */
bool joinkey_next(struct joinkey *k);

/* Whether the one key of R, which has no lists, is KEY. */
bool joinkey_is(struct joinkey *k, const struct record *r, struct span key);

/* Back to before the first key of the record. */
void joinkey_rewind(struct joinkey *k);

/* R with the current key's elements in the place of their lists, at the end of B; false,
 * and nothing written, if no part of the key is a list with an element. */
bool joinkey_write_row(struct joinkey *k, const struct record *r, struct buf *b);

/* Whether one of the key's fields holds a list with elements in this record. */
bool joinkey_is_list(const struct joinkey *k);

/* The order of two keys of the same parts: part by part false, true, numbers by size,
 * strings by bytes. */
int joinkey_order(struct span a, struct span b);

/* Whether MATCH can have a member of this name. */
bool joinkey_tells(struct span name);

/* Whether a RIGHT field is one of the key's whose text is LEFT's too, so that once is enough. */
bool joinkey_repeats(const struct joinkey *right, struct span field);

/* Whether a field is one of the key's. */
bool joinkey_has(const struct joinkey *k, struct span field);

/* Why the lacking part is missing: the reason that M, which holds the record's reasons, gives,
 * or "absent", "missing", "blank" for "", "empty" for []. */
struct span joinkey_reason(const struct joinkey *k, struct missing *m);

/* The current key as JSON: its value, or a list of its parts' values. */
void joinkey_emit(const struct joinkey *k, struct buf *b);

/* The same for a message: 'RXX', or 'RXX' + '2020'. */
void joinkey_show(const struct joinkey *k, struct buf *b);

void joinkey_free(struct joinkey *k);

#endif
