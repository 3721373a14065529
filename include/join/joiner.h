/* joiner -- the work of a join, record by record, without its options' text.
 *
 * First every RIGHT record is given, then every LEFT record, then the end is
 * told: each is written, listed and counted as the kind of join asks. */
#ifndef JOINER_H
#define JOINER_H

#include "base/listing.h"
#include "join/bodies.h"
#include "join/gather.h"
#include "join/held.h"
#include "join/outer.h"
#include "join/pair.h"
#include "join/unmatched.h"
#include "stream/filter.h"

enum join_side { ON_LEFT, ON_RIGHT };
enum join_kind { JOIN_INNER, JOIN_LEFT, JOIN_RIGHT, JOIN_FULL, JOIN_SEMI, JOIN_ANTI };
enum join_each { EACH_NONE = -1, EACH_ROWS, EACH_LISTS };
enum join_validate { ONE_TO_ONE, ONE_TO_MANY, MANY_TO_ONE, MANY_TO_MANY };

/* Of each side: read = matched + unmatched + rejected + merged. */
struct joiner_counts {
    size_t matched[2], unmatched[2], rejected[2]; /* records, by side */
    size_t merged[2];                             /* left out for another record of their body */
    size_t keys, keys_unmatched; /* of LEFT: more than records where keys are lists */
    size_t pairs;
};

struct joiner {
    struct filter *filter;
    enum join_kind kind;
    enum join_each each;
    enum join_validate validate;
    bool sorted;     /* RIGHT records come as LEFT's keys need them */
    bool by_parts;   /* only the partners of one LEFT record are held at a time */
    bool names_left; /* tell LEFT's records with keys that break the validation on the right */

    struct joinkey key[2]; /* by side, like all pairs here */
    const char *file[2];   /* NULL until it had a record */
    struct outer outer[2];
    struct unmatched unmatched[2];
    struct held held;
    struct pair pair;
    struct gather gather;
    struct merge merge; /* opened before the start, like what the rules name */
    struct joinkey_rules rules;
    struct bodies bodies[2];
    struct missing missing;    /* of the LEFT record, or of an unmatched RIGHT one */
    struct listing broken;     /* keys that break the validation */
    struct intern broken_keys; /* those of RIGHT */
    struct intern left_seen;   /* keys that must be unique, with the lines where they stood */
    size_t *left_lines, left_lines_cap;
    struct scan row_scan; /* of a LEFT record with an element in its list's place */
    struct buf row_text, elements, match_text, text;
    struct buf twin; /* a key in other types */
    size_t twins_looked_for;
    struct joiner_counts counts;
};

/* Starts with the keys parsed, the kinds set and the lists of the unmatched opened. */
void joiner_start(struct joiner *j, enum pair_clash clash);

void joiner_hold(struct joiner *j, const struct record *right);
void joiner_held_all(struct joiner *j);
void joiner_join(struct joiner *j, const struct record *left);

/* Whether all LEFT records are to be shown to joiner_note() before the first is joined. */
bool joiner_looks_ahead(const struct joiner *j);
void joiner_note(struct joiner *j, const struct record *left);

/* Tells what of the RIGHT records held had no partner: all at the end, or bit by bit. */
void joiner_finish_right(struct joiner *j);

/* The same for a RIGHT record that is not held, since its key matches nothing. */
void joiner_pass_right(struct joiner *j, const struct record *right);

/* Forgets the names of RIGHT's fields, which will be told again. */
void joiner_forget_right(struct joiner *j);

/* All LEFT records were given: ends the program if keys or bodies break what was asked. */
void joiner_end_left(struct joiner *j);

/* Finishes RIGHT. Ends the program if a side had to be matched whole, or a key to be unique, and
 * was not. */
void joiner_finish(struct joiner *j);

void joiner_free(struct joiner *j);

#endif
