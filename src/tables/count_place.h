/* count_place -- where the numbers of a table stand, as the files that count and that
 * read the counts share it; nobody else's business. */
#ifndef COUNT_PLACE_H
#define COUNT_PLACE_H

#include "tables/count.h"

/* The parts of a place. */
struct count_place {
    enum count_kind kind;
    uint32_t layer, group; /* COUNT_NONE for none */
    uint32_t row;
    enum count_role role; /* of a missing answer: ROW is then the reason */
};

struct count_pair {
    uint32_t layer, group, row, other;
};

/* LAYER and GROUP may be COUNT_NONE. Without strata the column is the group itself. */
uint64_t count_column(struct count_table *t, uint32_t layer, uint32_t group);

/* The index of a place, made if it is new; its count starts with 0. */
size_t count_place_add(struct count_table *t, enum count_kind kind, uint64_t column, uint32_t row);
size_t count_pair_add(struct count_table *t, uint64_t column, uint32_t row, uint32_t other);

/* The row of a missing answer. */
uint32_t count_missing_row(enum count_role role, uint32_t reason);

struct count_place count_place_of(const struct count_table *t, uint64_t key);
struct count_pair count_pair_of(const struct count_table *t, uint64_t key);

/* The key of the total of the column in which the place KEY is. */
uint64_t count_total_key(uint64_t key);

/* The index of CODE on the axis, made if it is new. */
uint32_t count_axis_add(struct count_axis *a, uint32_t code);

/* The same of a value of the current record; the table is held to its size. */
uint32_t count_index_new(struct count *c, struct count_table *t, struct count_axis *a,
                         uint32_t code);

static inline uint32_t count_index(struct count *c, struct count_table *t, struct count_axis *a,
                                   uint32_t code)
{
    return code < a->index_cap && a->index[code] ? a->index[code] - 1
                                                 : count_index_new(c, t, a, code);
}

/* The spelling of what stands at INDEX on the axis. */
struct span count_axis_spelling(const struct count *c, const struct count_axis *a, size_t index);

/* Ends the program if the table now has too many cells. FIELD made them too many. */
void count_check_size(const struct count *c, const struct count_table *t, struct span field);

#endif
