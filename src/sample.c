/* sample -- some of the records, each with the same chance.
 *
 * One pass over input of any length: the first N records are kept, and record number i takes
 * the place of one of them with the chance N / i (algorithm R of Vitter 1985, "Random sampling
 * with a reservoir"). What is left at the end is written in the order of the input, byte for byte.
 * The same input and seed give the same records on every machine. Memory: the N records. */
#include "base/arena.h"
#include "base/fail.h"
#include "stats/prng.h"
#include "stream/filter.h"

#include <stdlib.h>

struct options {
    size_t n, seed;
};

static const struct opt OPTIONS[] = {
    {"n", 'n', "N", OPT_REQUIRED_COUNT_FROM(1), offsetof(struct options, n),
     "how many records to draw; all if there are not more; required"},
    {"seed", 0, "N", OPT_COUNT, offsetof(struct options, seed),
     "where the random numbers start: another seed draws other records (default: 1)"},
    {0},
};

static const struct opt_program PROGRAM = {
    .name = "sample",
    .args = "-n N [FILE...]",
    .about =
        "Draws N records at random, each with the same chance, and writes them in their order.",
    .options = OPTIONS,
    .notes = "  sample -n 50 --seed 7 coded.jsonl >to_check_by_hand.jsonl",
};

struct kept {
    size_t number; /* of the record, from 0 */
    struct buf line;
};

struct sample {
    struct kept *kept;
    size_t count, cap;
    size_t most, seen;
    struct prng random;
};

/* The place for the record that comes next, or NULL if it is not drawn. */
static struct kept *draw_place(struct sample *s)
{
    if (s->count == s->most) {
        uint64_t place = prng_below(&s->random, (uint64_t)s->seen + 1);
        return place < s->count ? &s->kept[place] : NULL;
    }
    s->kept = array_grow(s->kept, &s->cap, s->count + 1, sizeof *s->kept);
    s->kept[s->count] = (struct kept){0};
    return &s->kept[s->count++];
}

static void add_record(struct sample *s, const struct record *r)
{
    struct kept *k = draw_place(s);
    if (k) {
        k->number = s->seen;
        buf_clear(&k->line);
        record_write(&k->line, r);
    }
    s->seen++;
}

static int by_number(const void *a, const void *b)
{
    const struct kept *x = a, *y = b;
    return (x->number > y->number) - (x->number < y->number);
}

static void write_kept(struct sample *s, struct filter *f)
{
    if (s->count)
        qsort(s->kept, s->count, sizeof *s->kept, by_number);
    for (size_t i = 0; i < s->count; i++) {
        buf_add(&f->out.buf, buf_span(&s->kept[i].line));
        filter_written(f);
    }
    filter_count(f, "left_out", s->seen - s->count);
    filter_say(f, "records drawn: %zu of %zu", s->count, s->seen);
}

static void free_kept(struct sample *s)
{
    for (size_t i = 0; i < s->count; i++)
        buf_free(&s->kept[i].line);
    free(s->kept);
}

int main(int argc, char **argv)
{
    struct options o = {.seed = 1};
    struct sample s = {0};
    struct filter f;
    struct record r;
    filter_open(&f, &PROGRAM, &o, argc, argv);
    s.most = o.n;
    prng_init(&s.random, o.seed);
    while (filter_next(&f, &r))
        add_record(&s, &r);
    write_kept(&s, &f);
    free_kept(&s);
    return filter_close(&f);
}
