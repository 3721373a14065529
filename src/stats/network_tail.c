/* network_tail -- the last columns of a table, counted without making the tables.
 *
 * What the last two columns add is listed once a node, by probability; how much of it goes with a
 * partial table is then looked up. */
#include <math.h>
#include <stdlib.h>

#include "network_parts.h"

#define ELEMENTS_MAX 4000000 /* of all tails, 16 bytes each */
#define STEPS_A_STEP 8       /* walking down a tail is as much lighter than making a filling */

static int order_rising(const void *a, const void *b)
{
    return network_falling(b, a);
}

/* How many of the sorted values are at most LIMIT. */
static size_t count_up_to(const double *sorted, size_t count, double limit)
{
    size_t low = 0, high = count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (sorted[middle] <= limit)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* ---- tails ---- */

/* What the last two columns add to a node: log probabilities of the column before the last, rising,
 * and the probability of the first k of them in mass[k]. The last column is what that leaves. */
struct tail {
    double *log_p, *mass;
    size_t count;
};

/* The nodes before the last two columns, and their tails where they were needed. */
struct tails {
    struct intern nodes;
    struct tail *at;
    size_t cap, made, elements;
    struct fillings all;
    struct arena arena;
};

static bool make_tail(struct problem *pr, struct tails *tails, size_t node)
{
    struct fillings *all = &tails->all;
    struct tail *tail = &tails->at[node];
    if (!network_list(pr, all, tails->nodes.keys[node], pr->column_sums[pr->columns - 2]))
        return false;
    tails->elements += all->count;
    if (tails->elements > ELEMENTS_MAX)
        return false;
    qsort(all->log_p, all->count, sizeof *all->log_p, order_rising);
    tail->log_p = arena_array(&tails->arena, all->count, sizeof *tail->log_p);
    tail->mass = arena_array(&tails->arena, all->count + 1, sizeof *tail->mass);
    for (size_t k = 0; k < all->count; k++) {
        tail->log_p[k] = all->log_p[k];
        tail->mass[k + 1] = tail->mass[k] + exp(all->log_p[k]);
    }
    tail->count = all->count;
    return true;
}

/* NULL if the budget is spent. */
static const struct tail *tail_of(struct problem *pr, struct tails *tails, size_t node)
{
    tails->at = array_grow(tails->at, &tails->cap, tails->nodes.count, sizeof *tails->at);
    for (; tails->made < tails->nodes.count; tails->made++)
        tails->at[tails->made] = (struct tail){0};
    if (!tails->at[node].mass && !make_tail(pr, tails, node))
        return NULL;
    return &tails->at[node];
}

static void tails_free(struct tails *tails)
{
    intern_free(&tails->nodes);
    free(tails->at);
    network_fillings_free(&tails->all);
    arena_free(&tails->arena);
}

/* ---- pasts ---- */

/* The entries of one node, in the order of their log probabilities. */
struct pasts {
    struct past {
        double log_p, mass;
    } * at;
    size_t count, cap;
};

static int order_pasts(const void *a, const void *b)
{
    const struct past *x = a, *y = b;
    return (x->log_p > y->log_p) - (x->log_p < y->log_p);
}

static void take_pasts(struct pasts *pasts, const struct stage *s, const size_t *grouped,
                       size_t count)
{
    pasts->at = array_grow(pasts->at, &pasts->cap, count, sizeof *pasts->at);
    pasts->count = count;
    for (size_t i = 0; i < count; i++)
        pasts->at[i] = (struct past){(double)network_entry(s, grouped[i]).log_p / NETWORK_GRID,
                                     s->mass[grouped[i]]};
    qsort(pasts->at, count, sizeof *pasts->at, order_pasts);
}

/* The joint probability of all pairs of a past and an element of the tail whose log probabilities
 * add up to LIMIT at most. Few pasts look their places up; many walk down the tail as they rise. */
static double pair_up(struct problem *pr, const struct pasts *pasts, const struct tail *tail,
                      double limit)
{
    double p = 0;
    if (pasts->count < tail->count / 8) {
        for (size_t i = 0; i < pasts->count; i++)
            p += pasts->at[i].mass *
                 tail->mass[count_up_to(tail->log_p, tail->count, limit - pasts->at[i].log_p)];
        pr->steps += pasts->count;
        return p;
    }
    size_t below = tail->count, i = 0;
    for (; i < pasts->count; i++) {
        double rest = limit - pasts->at[i].log_p;
        while (below > 0 && tail->log_p[below - 1] > rest)
            below--;
        if (below == 0)
            break;
        p += pasts->at[i].mass * tail->mass[below];
    }
    pr->steps += (i + tail->count - below) / STEPS_A_STEP;
    return p;
}

/* ---- completing ---- */

enum stat_status network_complete(struct problem *pr, const struct stage *s, struct fillings *all)
{
    struct arena arena = {0};
    size_t *from, *grouped = network_group(s, &arena, &from);
    bool may_fit = network_fits(pr, s, from, pr->columns - 3, all->child);
    enum stat_status status = may_fit ? STAT_OK : STAT_BUDGET;
    struct tails tails = {0};
    struct pasts pasts = {0};
    network_fillings_init(&tails.all, pr->rows);
    for (size_t node = 0; node < s->nodes.count && status == STAT_OK; node++) {
        if (from[node] == from[node + 1])
            continue;
        if (!network_children(pr, all, s->nodes.keys[node], pr->column_sums[pr->columns - 3],
                              &tails.nodes))
            status = STAT_BUDGET;
        take_pasts(&pasts, s, grouped + from[node], from[node + 1] - from[node]);
        for (size_t k = 0; k < all->count && status == STAT_OK; k++) {
            const struct tail *tail = tail_of(pr, &tails, all->to[k]);
            if (!tail || pr->steps > pr->budget)
                status = STAT_BUDGET;
            else
                pr->p += all->mass[k] * pair_up(pr, &pasts, tail, pr->limit - all->log_p[k]);
        }
    }
    free(pasts.at);
    tails_free(&tails);
    arena_free(&arena);
    return status;
}

enum stat_status network_complete_two(struct problem *pr)
{
    struct tails tails = {0};
    network_fillings_init(&tails.all, pr->rows);
    intern_add(&tails.nodes, network_key(pr->row_sums, pr->rows));
    const struct tail *tail = tail_of(pr, &tails, 0);
    if (tail)
        pr->p = tail->mass[count_up_to(tail->log_p, tail->count, pr->limit)];
    tails_free(&tails);
    return tail ? STAT_OK : STAT_BUDGET;
}
