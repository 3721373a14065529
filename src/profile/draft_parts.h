/* draft_parts -- what the drafts share; nobody else's business. */
#ifndef DRAFT_PARTS_H
#define DRAFT_PARTS_H

#include "profile/draft.h"
#include "profile/guess.h"

struct draft {
    struct buf *b;
    const struct columns_seen *seen;
    struct intern names;         /* given so far */
    struct column_counted slugs; /* of all titles */
    struct buf name, text;
    bool has_key; /* a field before was taken for a key */
};

/* The guess about a field, the next in order. The first whose values all differ is the key, and
 * none behind it: of few records, answers differ by chance. Numbers with decimals or units never
 * are. */
struct guess draft_guess(struct draft *d, const struct column *c);

/* TITLE as a name, at the end of B: "2. Has this team built apps?" becomes
 * has_this_team_built_apps; letters beyond ASCII stay. */
void draft_slug(struct buf *b, struct span title);

/* A name of its own for the field, good until the next one. */
struct span draft_name(struct draft *d, struct span title);

/* The question that the columns of a group share, without the mark that parts it from the option.
 */
struct span draft_question(const struct column *c, size_t prefix);

/* Whether the values that are no number or date are words that can stand for "no answer". */
bool draft_are_words(const struct column *c, const struct guess *g,
                     const struct column_counted *others);

void draft_free(struct draft *d);

#endif
