/* chisq -- chi-square tests of tables of counts, with all that a reviewer asks about them.
 *
 * Reads the cells of tabulate, or counts records itself. A table of groups gets a test of
 * independence, a one-way table one of goodness of fit, a multiple response one for each of its
 * values. Pearson's statistic is reported as it is; Yates's, G and Fisher's stand beside it.
 * Tests come when all cells are read, in the order of their tables, since p is adjusted over
 * all of them. Memory: the cells; of records the counts alone. */
#include <stdlib.h>

#include "base/fail.h"
#include "base/optlist.h"
#include "stream/filter.h"
#include "tables/count.h"
#include "tables/plan.h"
#include "testing/recheck.h"
#include "testing/sentence.h"
#include "testing/tested.h"

#define NOT_ASKED SIZE_MAX
#define MOST_CELLS ((size_t)100000) /* of records: 4 s of random tables */

struct options {
    bool pass, equal, letters, trend, paired, pairwise, explain;
    int adjust, exact, style;
    const char *expected, *field, *by, *recheck;
    double confidence;
    size_t monte_carlo, seed;
};

static const struct choice METHODS[] = {{"holm", ADJUST_HOLM},
                                        {"bh", ADJUST_BH},
                                        {"bonferroni", ADJUST_BONFERRONI},
                                        {"none", ADJUST_NONE},
                                        {0}};

static const struct choice EXACT[] = {{"always", TESTED_EXACT_ALWAYS},
                                      {"auto", TESTED_EXACT_AUTO},
                                      {"never", TESTED_EXACT_NEVER},
                                      {0}};

static const struct choice STYLES[] = {
    {"plain", SENTENCE_PLAIN}, {"jmir", SENTENCE_JMIR}, {"apa", SENTENCE_APA}, {0}};

static const struct opt OPTIONS[] = {
    {"pass", 0, NULL, OPT_FLAG, offsetof(struct options, pass),
     "write the cells too, before the tests"},
    {"adjust", 0, NULL, OPT_CHOICE(METHODS), offsetof(struct options, adjust),
     "how p is adjusted over the tests of a family (default: holm)"},
    {"exact", 0, NULL, OPT_CHOICE(EXACT), offsetof(struct options, exact),
     "whether to make Fisher's exact test: auto makes it wherever it is cheap, and prefers it "
     "where expected counts are too small (default: auto)"},
    {"monte-carlo", 0, "B", OPT_COUNT_FROM(1), offsetof(struct options, monte_carlo),
     "also estimate p from B random tables with the same margins"},
    {"seed", 0, "N", OPT_COUNT, offsetof(struct options, seed),
     "the seed of the random tables (default: 1)"},
    {"expected", 0, "VALUE=P,...", OPT_TEXT, offsetof(struct options, expected),
     "the shares against which one-way tables of these values are tested, on any scale (default: "
     "the plan's; equal shares if asked for)"},
    {"equal", 0, NULL, OPT_FLAG, offsetof(struct options, equal),
     "test one-way tables against equal shares even if their plan does not ask for it"},
    {"trend", 0, NULL, OPT_FLAG, offsetof(struct options, trend),
     "also test for a trend over groups that have an order"},
    {"pairwise", 0, NULL, OPT_FLAG, offsetof(struct options, pairwise),
     "also compare every two groups of a table that has more"},
    {"letters", 0, NULL, OPT_FLAG, offsetof(struct options, letters),
     "also list for each cell the groups with a smaller share of its value, by letters"},
    {"paired", 0, NULL, OPT_FLAG, offsetof(struct options, paired),
     "field and by are two answers of the same records: McNemar's test"},
    {"confidence", 0, "P", OPT_NUMBER_BETWEEN(0, 1), offsetof(struct options, confidence),
     "the confidence of all intervals (default: 0.95)"},
    {"style", 0, NULL, OPT_CHOICE(STYLES), offsetof(struct options, style),
     "how sentences are written (default: plain)"},
    {"explain", 0, NULL, OPT_FLAG, offsetof(struct options, explain),
     "add a paragraph to each test: what was compared, what was left out, why this test was "
     "chosen"},
    {"recheck", 0, "FILE.R", OPT_TEXT, offsetof(struct options, recheck),
     "write an R script that computes every test again and stops if one differs"},
    {"field", 0, "FIELD", OPT_FIELD, offsetof(struct options, field),
     "read records, not cells: count FIELD"},
    {"by", 0, "FIELD", OPT_FIELD, offsetof(struct options, by),
     "with --field: compare the groups of FIELD"},
    {0},
};

static const struct opt_program PROGRAM = {
    "chisq", "[FILE...]",
    "Tests tables of counts: cells of tabulate, or records counted by --field and --by. One line a "
    "test.",
    OPTIONS,
    "  tabulate -p plan.json foi.jsonl | chisq --pass | report\n"
    "  chisq --field grant --by gde foi.jsonl"};

/* ---- --expected ---- */

struct shares {
    struct settings_share *at;
    size_t count, cap;
    struct arena arena;
};

static bool read_share(const struct optlist *l, struct arena *arena, struct settings_share *share)
{
    if (!l->value.at)
        return false;
    char *end;
    const char *text = arena_text(arena, l->value);
    *share = (struct settings_share){arena_copy(arena, l->name), strtod(text, &end)};
    return end != text && !*end && share->share > 0 && isfinite(share->share);
}

static void add_share(struct shares *s, struct settings_share share)
{
    for (size_t i = 0; i < s->count; i++)
        if (span_eq(s->at[i].value, share.value))
            fail(STATUS_USAGE, "option '--expected' names %s twice (try --help)",
                 quote(share.value));
    s->at = array_grow(s->at, &s->cap, s->count + 1, sizeof *s->at);
    s->at[s->count++] = share;
}

static void read_shares(struct shares *s, const char *text)
{
    struct optlist list;
    enum optlist_status status;
    struct settings_share share;
    optlist_open(&list, text, OPTLIST_PAIRS_LAST);
    while ((status = optlist_next(&list)) != OPTLIST_END) {
        if (status == OPTLIST_BAD || !read_share(&list, &s->arena, &share))
            fail(STATUS_USAGE, "option '--expected': %s is not VALUE=P with P above 0 (try --help)",
                 quote(list.item));
        add_share(s, share);
    }
    optlist_close(&list);
}

static void free_shares(struct shares *s)
{
    free(s->at);
    arena_free(&s->arena);
}

/* ---- the run ---- */

struct run {
    struct filter f;
    struct options o;
    struct tested_options how;
    struct tested_list list;
};

static void put_in_words(struct run *run, struct tested *t, struct buf *text)
{
    if (tested_has_result(t)) {
        buf_clear(text);
        sentence_add(text, t, &run->how, (enum sentence_style)run->o.style);
        t->sentence = arena_copy(&run->list.arena, buf_span(text));
    }
    if (run->o.explain) {
        buf_clear(text);
        sentence_explain(text, t, &run->how);
        t->explanation = arena_copy(&run->list.arena, buf_span(text));
    }
}

static void write_tests(struct run *run)
{
    struct buf text = {0};
    tested_adjust(&run->list, run->how.adjust);
    for (size_t i = 0; i < run->list.count; i++) {
        put_in_words(run, &run->list.at[i], &text);
        tested_emit(&run->f.out, &run->list.at[i], &run->how);
        filter_written(&run->f);
    }
    if (run->o.recheck)
        recheck_write(run->o.recheck, &run->list, &run->how);
    filter_count(&run->f, "tests", run->list.count);
    filter_count(&run->f, "not_asked", run->list.unasked);
    buf_free(&text);
}

/* The tables in cells that tabulate wrote. */
static void test_cells(struct run *run)
{
    struct filter *f = &run->f;
    struct cells cells = {0};
    struct record r;
    while (filter_next(f, &r)) {
        size_t rejected = f->rejected;
        if (cells_is_line(&r))
            cells_add(&cells, f, &r);
        else
            filter_reject(f, &r, (struct span){0},
                          "not a cell of tabulate (use --field to count records)");
        if (!run->o.pass || f->rejected != rejected)
            continue;
        record_note(&f->out.buf, &r, f->out.places);
        filter_written(f);
    }
    cells_finish(&cells);
    for (size_t i = 0; i < cells.count; i++)
        tested_add(&run->list, &run->how, &cells.tables[i]);
    write_tests(run);
    cells_free(&cells);
}

/* The one table of records counted here. */
static void test_records(struct run *run)
{
    struct filter *f = &run->f;
    struct plan plan;
    struct count counts;
    struct record r;
    struct arena arena = {0};
    struct cells_table table;
    plan_single(&plan, run->o.field, run->o.by, &(struct opt_list){0}, NULL);
    count_open(&counts, &plan, MOST_CELLS, "tabulate --max-cells counts more");
    count_ask(&counts, f, NULL);
    while (filter_next(f, &r))
        count_record(&counts, f, &r);
    count_answer(&counts, f);
    count_result(&counts, 0, &arena, &table);
    if (run->o.pass)
        cells_write(f, &table);
    tested_add(&run->list, &run->how, &table);
    write_tests(run);
    arena_free(&arena);
    count_free(&counts);
    plan_free(&plan);
}

static void set_up(struct run *run, const struct shares *shares)
{
    const struct options *o = &run->o;
    run->how = (struct tested_options){
        .confidence = o->confidence,
        .adjust = (enum adjust_method)o->adjust,
        .exact = (enum tested_exact)o->exact,
        .replicates = o->monte_carlo == NOT_ASKED ? 0 : o->monte_carlo,
        .equal = o->equal,
        .seed = o->seed,
        .settings = {.paired = o->paired,
                     .trend = o->trend,
                     .pairwise = o->pairwise,
                     .letters = o->letters,
                     .shares = shares->at,
                     .share_count = shares->count},
    };
}

int main(int argc, char **argv)
{
    struct run run = {.o = {.adjust = ADJUST_HOLM,
                            .confidence = 0.95,
                            .exact = TESTED_EXACT_AUTO,
                            .monte_carlo = NOT_ASKED,
                            .seed = 1}};
    struct shares shares = {0};
    filter_open(&run.f, &PROGRAM, &run.o, argc, argv);
    opt_needs(run.o.by, "by", run.o.field, "field");
    if (run.o.expected)
        read_shares(&shares, run.o.expected);
    set_up(&run, &shares);
    if (run.o.field)
        test_records(&run);
    else
        test_cells(&run);
    if (shares.count && run.list.shares_used == 0)
        fail(STATUS_USAGE, "option '--expected' names values that no one-way table has");
    tested_free(&run.list);
    free_shares(&shares);
    return filter_close(&run.f);
}
