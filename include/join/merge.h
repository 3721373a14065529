/* merge -- what becomes of a field that both sides of a join tell.
 *
 * A rule for each field decides between two values that are present; a missing
 * value never wins over a present one. Two values agree if they are the same
 * as keys are, lists if they hold the same values in any order. What the
 * rules decided is counted field by field, and conflicts can be listed. */
#ifndef MERGE_H
#define MERGE_H

#include <jansson.h>

#include "base/intern.h"
#include "base/opt.h"
#include "join/joinkey.h"
#include "join/rulings.h"
#include "stream/output.h"

enum merge_rule {
    MERGE_LEFT,
    MERGE_RIGHT,
    MERGE_AGREE, /* null with the reason "conflict" if they do not */
    MERGE_UNION, /* a list of the values of both */
    MERGE_NEWEST /* of the side with the later date; "conflict" if there is none */
};

enum merge_source {
    MERGE_FROM_LEFT,
    MERGE_FROM_RIGHT,
    MERGE_FROM_BOTH,
    MERGE_FROM_NEITHER,
    MERGE_DECIDED /* a person's, that neither side has */
};

struct merge_field {
    struct span name;
    enum merge_rule rule;
    struct span date; /* the field that tells the newest */
    size_t agreed, conflicts, left_only, right_only, missing;
};

struct merge {
    struct merge_field *fields;
    size_t count, cap, asked; /* the first ASKED were named in options */
    struct merge_field rest;  /* the rule of '*' */
    bool has_rest, may_fail;  /* MAY_FAIL: there are dates to read */
    struct rulings *rulings;  /* what people decided, or NULL */
    struct arena names, values;
    struct intern seen;
    struct buf key, scratch, digits, list;
    struct output conflicts;
    bool lists_conflicts;
};

/* Parses FIELD=RULE words; ends the program with status 2 on another form. FILE, if not NULL,
 * gets the conflicts. */
void merge_open(struct merge *m, const struct opt_list *words, const char *file);

/* The place among the fields of the rule for NAME, or SIZE_MAX if there is none. */
size_t merge_find(struct merge *m, struct span name);

struct merge_sides {
    const struct record *left, *right;
    const struct joinkey *key; /* LEFT's, the current one */
    bool stand_in;             /* one side is not real: nothing to count */
};

struct merge_result {
    struct span raw; /* good until merge_clear() */
    enum merge_source source;
    struct span reason; /* why it is null: a conflict, or what a person says; else no at */
};

struct merge_result merge_values(struct merge *m, size_t field, const struct value *left,
                                 const struct value *right, const struct merge_sides *sides);
void merge_clear(struct merge *m);

/* Whether the dates that the rules need are dates; if not, which field of which side is none. */
bool merge_dates_valid(struct merge *m, const struct record *r, struct span *field);

/* "left", "right", "both", "none" or "decided". */
struct span merge_source_name(enum merge_source source);

/* The counts as a JSON object. */
json_t *merge_counts(const struct merge *m);

/* Closes the list of conflicts. */
void merge_close(struct merge *m);

#endif
