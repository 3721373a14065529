/* sample -- some of the records, each with the same chance.
 *
 * One pass over input of any length (drawing/reservoir.h). What is left at the end is written in
 * the order of the input, byte for byte. Memory: the N records. */
#include "drawing/reservoir.h"
#include "stream/filter.h"

struct options {
    size_t n, seed;
};

static const struct opt OPTIONS[] = {
    {"n", 'n', "N", OPT_REQUIRED_COUNT_FROM(1), offsetof(struct options, n),
     "how many records to draw; all if there are no more; required"},
    {"seed", 0, "N", OPT_COUNT, offsetof(struct options, seed),
     "the seed of the random numbers: another draws other records (default: 1)"},
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

int main(int argc, char **argv)
{
    struct options o = {.seed = 1};
    struct reservoir s;
    struct filter f;
    struct record r;
    filter_open(&f, &PROGRAM, &o, argc, argv);
    reservoir_init(&s, o.n, o.seed);
    while (filter_next(&f, &r))
        reservoir_add(&s, &r);
    reservoir_sort(&s);
    for (size_t i = 0; i < s.count; i++) {
        buf_add(&f.out.buf, buf_span(&s.kept[i].line));
        filter_written(&f);
    }
    filter_count(&f, "left_out", s.seen - s.count);
    filter_say(&f, "records drawn: %zu of %zu", s.count, s.seen);
    reservoir_free(&s);
    return filter_close(&f);
}
