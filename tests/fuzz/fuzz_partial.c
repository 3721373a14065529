/* fuzz_partial -- records that are counted in two halves and put together, beside the same records
 * counted at once: the same bytes; and what a hostile half holds is refused with words. */
#include "apart.h"
#include "lines.h"

int tabulate_main(int argc, char **argv);

#define FIELDS "--field=a", "--by=b"

/* The place behind a line end near the middle. */
static size_t middle(struct span text)
{
    const char *end = memchr(text.at + text.len / 2, '\n', text.len - text.len / 2);
    return end ? (size_t)(end + 1 - text.at) : text.len;
}

static void check_halves(struct span records, const struct apart *whole)
{
    char *part[] = {"tabulate", FIELDS, "--partial", NULL};
    char *merge[] = {"tabulate", FIELDS, "--merge", NULL};
    struct apart one = {0}, other = {0}, both = {0};
    size_t at = middle(records);
    apart_run(&one, tabulate_main, part, (struct span){records.at, at});
    apart_run(&other, tabulate_main, part, (struct span){records.at + at, records.len - at});
    FUZZ_CHECK(one.status == 0 && other.status == 0);
    buf_add(&one.out, buf_span(&other.out));
    apart_run(&both, tabulate_main, merge, buf_span(&one.out));
    FUZZ_CHECK(both.status == 0);
    FUZZ_CHECK(span_eq(buf_span(&both.out), buf_span(&whole->out)));
    apart_free(&one);
    apart_free(&other);
    apart_free(&both);
}

/* The first byte says whether partial tables follow, or records. */
static void try_input(struct span input)
{
    if (input.len < 2)
        return;
    struct span rest = {input.at + 1, input.len - 1};
    bool partial = input.at[0] & 1;
    char *merge[] = {"tabulate", FIELDS, "--merge", NULL};
    char *count[] = {"tabulate", FIELDS, NULL};
    struct apart a = {0};
    apart_run(&a, tabulate_main, partial ? merge : count, rest);
    if (a.status == 0)
        lines_check(buf_span(&a.out));
    if (a.status == 0 && !partial)
        check_halves(rest, &a);
    apart_free(&a);
}
