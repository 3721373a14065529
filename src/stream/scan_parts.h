/* scan_parts -- what the files of scan.h share: a line's values (scan_value.c), the tree of the
 * names that came (scan_tree.c), lines with places (scan_placed.c).
 *
 * What scans takes the place where its item starts and gives the one behind it, or NULL when the
 * fault is in S. Nothing needs a bound of its own: SCAN_PAD readable bytes stand behind a line, the
 * first of them LF, CR or NUL, with which no item goes on. What is inline here runs for every
 * field. */
#ifndef SCAN_PARTS_H
#define SCAN_PARTS_H

#include "base/bytes.h"
#include "stream/scan.h"

/* A new line, and a tree that has room for its names. */
void scan_start(struct scan *s, struct span line);

/* Room for COUNT fields, or false if they are too many. */
bool scan_room(struct scan *s, size_t count);

/* ---- values ---- */

/* Keeps where and what, unless a fault was before; NULL, for the caller to return. */
const char *scan_bad(struct scan *s, const char *at, const char *what);

/* The same for NAME, which its object had before. */
const char *scan_bad_name(struct scan *s, const char *at, struct span name);

const char *scan_skip_some(const struct scan *s, const char *at);

static inline const char *scan_skip(const struct scan *s, const char *at)
{
    return (unsigned char)*at > ' ' ? at : scan_skip_some(s, at);
}

/* From within a string to its closing quote. Sets ESCAPED if there is an escape on the way. */
const char *scan_string(struct scan *s, const char *at, bool *escaped);

/* A number, a list or an object. Recursion is bounded by SCAN_DEPTH. */
const char *scan_any(struct scan *s, const char *at, struct value *v, int depth);

/* The words of JSON by two bits of their first byte, so that which one it is, which changes with
 * every answer, takes no branch. */
struct scan_word {
    char text[8], mask[8]; /* the bytes that count */
    uint8_t len, type;
};

static inline const struct scan_word *scan_word_at(const char *at)
{
    static const struct scan_word words[4] = {
        [('f' >> 3) & 3] = {"false", "\xff\xff\xff\xff\xff", 5, VALUE_FALSE},
        [('n' >> 3) & 3] = {"null", "\xff\xff\xff\xff", 4, VALUE_NULL},
        [('t' >> 3) & 3] = {"true", "\xff\xff\xff\xff", 4, VALUE_TRUE},
        [3] = {"none", "", 0, VALUE_NULL},
    };
    const struct scan_word *word = &words[((unsigned char)*at >> 3) & 3];
    uint64_t there, text, mask;
    memcpy(&there, at, sizeof there);
    memcpy(&text, word->text, sizeof text);
    memcpy(&mask, word->mask, sizeof mask);
    return (there & mask) == text ? word : NULL;
}

/* A value; DEPTH is that of its container. Most are strings without anything special. */
static inline const char *scan_value(struct scan *s, const char *at, struct value *v, int depth)
{
    if (*at != '"') {
        const struct scan_word *word = scan_word_at(at);
        if (!word)
            return scan_any(s, at, v, depth);
        *v = (struct value){{at, word->len}, (enum value_type)word->type, false};
        return at + word->len;
    }
    const char *close = bytes_find_special(at + 1);
    v->type = VALUE_STRING;
    v->escaped = false;
    if (*close != '"') {
        close = scan_string(s, close, &v->escaped);
        if (!close)
            return NULL;
    }
    v->raw = span_from(at, close + 1);
    return close + 1;
}

/* The name between its quotes FROM and TO, decoded; good until the next line. */
struct span scan_decode(struct scan *s, const char *from, const char *to, bool escaped);

/* The first of COUNT names that came before, or COUNT. More than SCAN_FEW_NAMES are in SEEN then,
 * each at its place. */
#define SCAN_FEW_NAMES 16 /* up to here comparing each with each beats hashing */
size_t scan_repeat(struct scan *s, const struct span *names, size_t count);

/* ---- the tree of names ---- */

#define SCAN_TREE_MOST 16384U /* names; it starts anew when those of a record do not fit */
#define SCAN_TREE_NEW 1       /* a name that it has not: nothing is below */

/* The same as scan_tree_next(), whichever of those below it is. */
const struct scan_name *scan_tree_find(const struct scan *s, uint32_t above, const char *at);

/* The name below ABOVE that stands at AT; NULL if there is none. Nearly always it is short, and the
 * one that followed last. */
static inline const struct scan_name *scan_tree_next(const struct scan *s, uint32_t above,
                                                     const char *at)
{
    const struct scan_name *name = &s->names[s->names[above].below];
    struct span text = name->text; /* that of the root is none */
    return text.len <= 16 && bytes_equal_padded(text.at, at, text.len)
               ? name
               : scan_tree_find(s, above, at);
}

/* Leads a way down the tree for the COUNT names of this record, which are all distinct, and gives
 * the last of them: 0 if there are too many to keep. */
uint32_t scan_tree_keep(struct scan *s, size_t count);

/* The number of the list of names that ends with LAST: no other reader has it. */
size_t scan_tree_shape(struct scan *s, uint32_t last);

/* An empty tree; what the outlines know of its names goes too. */
void scan_tree_clear(struct scan *s);

#endif
