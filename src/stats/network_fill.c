/* network_fill -- the ways to fill one column from what is left of the rows, with their
 * probabilities. */
#include <math.h>
#include <stdlib.h>

#include "network_parts.h"

static double log_choose(const struct problem *pr, double n, double k)
{
    const double *f = pr->log_factorial;
    return f[(size_t)n] - f[(size_t)k] - f[(size_t)(n - k)];
}

/* The probability of this column given the rows left before it: multivariate hypergeometric. */
static double filling_log_p(const struct problem *pr, const struct filling *f)
{
    double sum = 0, left = 0;
    for (size_t i = 0; i < f->rows; i++) {
        sum += log_choose(pr, f->left[i], f->count[i]);
        left += f->left[i];
    }
    return sum - log_choose(pr, left, f->rest[0]);
}

double network_fewest(const double *left, size_t rows, double column)
{
    double fewest = 0, all = 0;
    for (size_t i = 0; i < rows; i++)
        all += left[i];
    for (size_t i = 0; i < rows; i++)
        fewest = fmax(fewest, fmin(left[i], column) - fmax(0, column - (all - left[i])) + 1);
    return fewest;
}

void network_fillings_init(struct fillings *all, size_t rows)
{
    filling_init(&all->walk, &all->arena, rows);
    all->left = arena_array(&all->arena, rows, sizeof *all->left);
    all->child = arena_array(&all->arena, rows, sizeof *all->child);
}

void network_fillings_free(struct fillings *all)
{
    free(all->log_p);
    free(all->mass);
    free(all->to);
    arena_free(&all->arena);
}

int network_falling(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x < y) - (x > y);
}

struct span network_key(const double *left, size_t rows)
{
    return (struct span){(const char *)left, rows * sizeof *left};
}

static uint64_t add_child(struct intern *nodes, struct fillings *all)
{
    size_t rows = all->walk.rows;
    for (size_t i = 0; i < rows; i++)
        all->child[i] = all->left[i] - all->walk.count[i];
    qsort(all->child, rows, sizeof *all->child, network_falling);
    return intern_add(nodes, network_key(all->child, rows));
}

/* False if the budget is spent. */
bool network_list(struct problem *pr, struct fillings *all, struct span node, double column)
{
    memcpy(all->left, node.at, node.len); /* a key has no alignment */
    filling_start(&all->walk, all->left, column);
    all->count = 0;
    do {
        pr->steps += 1 + pr->rows / NETWORK_ROWS_A_STEP;
        if (pr->steps > pr->budget)
            return false;
        all->log_p = array_grow(all->log_p, &all->log_p_cap, all->count + 1, sizeof *all->log_p);
        all->log_p[all->count++] = filling_log_p(pr, &all->walk);
    } while (filling_next(&all->walk));
    return true;
}

bool network_children(struct problem *pr, struct fillings *all, struct span node, double column,
                      struct intern *nodes)
{
    if (!network_list(pr, all, node, column))
        return false;
    all->mass = array_grow(all->mass, &all->mass_cap, all->count, sizeof *all->mass);
    all->to = array_grow(all->to, &all->to_cap, all->count, sizeof *all->to);
    filling_start(&all->walk, all->left, column);
    for (size_t k = 0; k < all->count; k++) {
        all->mass[k] = exp(all->log_p[k]);
        all->to[k] = add_child(nodes, all);
        filling_next(&all->walk);
    }
    return nodes->count <= NETWORK_ENTRIES;
}
