/* network_stage -- partial tables after some columns, merged where what they leave and their
 * probability agree. */
#include <stdlib.h>

#include "network_parts.h"

struct entry network_entry(const struct stage *s, size_t index)
{
    struct entry e;
    memcpy(&e, s->entries.keys[index].at, sizeof e);
    return e;
}

void network_add(struct stage *s, struct entry e, double mass)
{
    size_t before = s->entries.count;
    size_t index = intern_add(&s->entries, (struct span){(const char *)&e, sizeof e});
    if (index == before) {
        s->mass = array_grow(s->mass, &s->mass_cap, index + 1, sizeof *s->mass);
        s->mass[index] = 0;
    }
    s->mass[index] += mass;
}

void network_stage_free(struct stage *s)
{
    intern_free(&s->nodes);
    intern_free(&s->entries);
    free(s->mass);
    free(s->bounds);
}

size_t *network_group(const struct stage *s, struct arena *a, size_t **from)
{
    size_t *start = arena_array(a, s->nodes.count + 2, sizeof *start);
    size_t *grouped = arena_array(a, s->entries.count, sizeof *grouped);
    for (size_t i = 0; i < s->entries.count; i++)
        start[network_entry(s, i).node + 2]++;
    for (size_t i = 2; i < s->nodes.count + 2; i++)
        start[i] += start[i - 1];
    for (size_t i = 0; i < s->entries.count; i++)
        grouped[start[network_entry(s, i).node + 1]++] = i;
    *from = start;
    return grouped;
}

/* Bounds of what the columns from COLUMN on add to the log probability, for the nodes of AFTER that
 * are new since the last call. False if the budget is spent. */
bool network_bound(struct problem *pr, struct stage *s, double *scratch, size_t column)
{
    size_t steps = 1 + pr->rows * (pr->columns - column) / NETWORK_ROWS_A_STEP;
    for (; s->bounded < s->nodes.count && pr->steps <= pr->budget; s->bounded++) {
        memcpy(scratch, s->nodes.keys[s->bounded].at, pr->rows * sizeof *scratch);
        s->bounds = array_grow(s->bounds, &s->bounds_cap, s->bounded + 1, sizeof *s->bounds);
        struct margins m = {scratch, pr->column_sums + column, pr->rows, pr->columns - column};
        s->bounds[s->bounded] = bounds_of(&m, pr->log_factorial);
        pr->steps += steps;
    }
    return pr->steps <= pr->budget;
}

bool network_fits(const struct problem *pr, const struct stage *s, const size_t *from,
                  size_t column, double *scratch)
{
    double steps = (double)pr->steps;
    for (size_t node = 0; node < s->nodes.count && steps <= (double)pr->budget; node++) {
        if (from[node] == from[node + 1])
            continue;
        memcpy(scratch, s->nodes.keys[node].at, pr->rows * sizeof *scratch);
        steps += network_fewest(scratch, pr->rows, pr->column_sums[column]);
    }
    return steps <= (double)pr->budget;
}
