/* bodies -- records under different keys that a succession has made one body.
 *
 * Two replies that now belong to one body are neither merged nor counted twice
 * unseen: each further key of a body is told, and a rule says whose records stay. */
#ifndef BODIES_H
#define BODIES_H

#include "base/intern.h"
#include "base/listing.h"
#include "join/joinkey.h"
#include "join/rulings.h"
#include "stream/output.h"

enum bodies_rule { BODIES_ERROR, BODIES_FIRST, BODIES_LAST, BODIES_BOTH };

enum bodies_fate { BODIES_BY_RULE, BODIES_STAY, BODIES_GO };

struct bodies {
    enum bodies_rule rule;
    const char *side; /* "left" or "right" */
    struct span as_at;
    struct rulings *rulings; /* what people decided, or NULL */
    struct output *out;      /* where to list them, or NULL */
    struct listing *broken;  /* where they are faults */
    size_t told, max_listed; /* on standard error, if there is no list */

    struct intern bodies, keys;
    size_t *kept;            /* by body: the key whose records stay */
    size_t *lines, *owners;  /* by key: where it stood first, and its body */
    enum bodies_fate *fates; /* by key: what a person decided of its records */
    size_t kept_cap, lines_cap, owners_cap, fates_cap;
    struct span *shown, *json; /* by key: for messages, and as it stands in its record */
    size_t shown_cap, json_cap;
    struct arena arena;
    struct buf text;
};

enum bodies_news {
    BODIES_NEW,   /* the body's first record */
    BODIES_AGAIN, /* the key was seen before, first at *LINE */
    BODIES_OTHER, /* the body was seen before under another key */
    BODIES_RULED  /* so it was, and a person decided whose records stay */
};

/* R's current KEY belongs to a body that changed; tells of it if it is the first of another key. */
enum bodies_news bodies_see(struct bodies *b, const struct joinkey *key, const struct record *r,
                            size_t *line);

/* Whether all keys have to be seen before it is known whose records stay. */
bool bodies_look_ahead(const struct bodies *b);

/* Whether the rule or a person, by all that was seen so far, keeps the records with this key. */
bool bodies_keeps(const struct bodies *b, const struct joinkey *key);

/* Whether some body had two keys. */
bool bodies_any(const struct bodies *b);

/* Tells how many were not told. */
void bodies_end(const struct bodies *b);

void bodies_free(struct bodies *b);

#endif
