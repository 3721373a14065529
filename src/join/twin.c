/* twin -- keys that differ in type alone. */
#include "twin.h"

#include "text/key.h"
#include "text/number.h"

#define MOST_LOOKED 1000 /* keys */
#define MOST_PARTS 4     /* of a key that take another type */

/* The type that TEXT has elsewhere: a number or a truth value is a string there, a string what
 * it spells. KEY_NULL for none. */
static enum key_type other_type(enum key_type type, struct span text)
{
    if (type != KEY_STRING)
        return KEY_STRING;
    if (span_eq(text, SPAN("true")) || span_eq(text, SPAN("false")))
        return KEY_BOOL;
    return number_is_json(text) ? KEY_NUMBER : KEY_NULL;
}

/* KEY with those parts in their other type whose bit is in WHICH. False if one has none. */
static bool turn(struct buf *twin, struct span key, unsigned which)
{
    enum key_type type;
    struct span part;
    buf_clear(twin);
    for (size_t i = 0; key_next(&key, &type, &part); i++) {
        if (i < MOST_PARTS && which >> i & 1)
            type = other_type(type, part);
        if (type == KEY_NULL)
            return false;
        key_add(twin, type, part);
    }
    return true;
}

/* The key of LEFT that RIGHT has in another type. */
static void ask(struct joiner *j)
{
    struct buf shown = {0};
    const char *right = j->file[ON_RIGHT] ? j->file[ON_RIGHT] : "";
    joinkey_emit(&j->key[ON_LEFT], &shown);
    asked_thing(&j->filter->asked, "key", buf_span(&shown),
                "stands there with another type, and 1 is not \"1\" (see normalise)", right);
    buf_free(&shown);
}

void twin_look(struct joiner *j)
{
    const struct joinkey *key = &j->key[ON_LEFT];
    size_t parts = key->count < MOST_PARTS ? key->count : MOST_PARTS;
    if (j->sorted || j->twins_looked_for >= MOST_LOOKED)
        return;
    j->twins_looked_for++;
    for (unsigned which = 1; which >> parts == 0; which++) {
        if (!turn(&j->twin, key->key, which) ||
            held_find(&j->held, buf_span(&j->twin)) == HELD_NONE)
            continue;
        j->twins_looked_for = MOST_LOOKED;
        ask(j);
        return;
    }
}
