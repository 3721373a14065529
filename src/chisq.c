/* chisq -- chi-square tests of tables of counts, with all that a reviewer asks about them.
 *
 * Reads the cells of tabulate, or counts records itself. A table of groups gets a test of
 * independence, a one-way table one of goodness of fit, a multiple response one for each of its
 * values. Pearson's statistic is reported as it is; Yates's, G and Fisher's stand beside it.
 * Tests come when all cells are read, in the order of their tables, since p is adjusted over
 * all of them. Memory: the cells; of records the counts alone. */
#include <stdlib.h>

#include "count.h"
#include "fail.h"
#include "filter.h"
#include "plan.h"
#include "sentence.h"
#include "tested.h"

#define MAX_CELLS ((size_t)1000000)

struct options {
    bool pass;
    int adjust;
    const char *expected, *field, *by;
    double confidence;
};

/* The words of --adjust in their order. */
static const enum adjust_method METHODS[] = {ADJUST_HOLM, ADJUST_BH, ADJUST_BONFERRONI,
                                             ADJUST_NONE};

static const struct opt OPTIONS[] = {
    {"pass", 0, NULL, OPT_FLAG, offsetof(struct options, pass),
     "write the cells too, before the tests"},
    {"adjust", 0, "holm|bh|bonferroni|none", OPT_CHOICE, offsetof(struct options, adjust),
     "how p is adjusted over the tests of a family (default: holm)"},
    {"expected", 0, "VALUE=P,...", OPT_TEXT, offsetof(struct options, expected),
     "the shares against which one-way tables of these values are tested, in any scale (default: "
     "equal "
     "shares)"},
    {"confidence", 0, "P", OPT_NUMBER, offsetof(struct options, confidence),
     "the confidence of all intervals (default: 0.95)"},
    {"field", 0, "FIELD", OPT_TEXT, offsetof(struct options, field),
     "read records, not cells: count FIELD"},
    {"by", 0, "FIELD", OPT_TEXT, offsetof(struct options, by),
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

static void check_options(const struct options *o)
{
    if (o->by && !o->field)
        fail(STATUS_USAGE, "option '--by' needs '--field' (try --help)");
    if (!stat_is_confidence(o->confidence))
        fail(STATUS_USAGE, "option '--confidence' takes a number between 0 and 1 (try --help)");
}

/* ---- --expected ---- */

struct shares {
    struct tested_share *at;
    size_t count, cap;
};

_Noreturn static void share_fails(struct span part)
{
    fail(STATUS_USAGE, "option '--expected': %s is not VALUE=P with P above 0 (try --help)",
         quote(part));
}

static void add_share(struct shares *s, struct span part)
{
    const char *equals = part.len ? memrchr(part.at, '=', part.len) : NULL;
    if (!equals)
        share_fails(part);
    struct buf text = {0};
    buf_add(&text, span_from(equals + 1, part.at + part.len));
    char *end;
    double share = strtod(buf_text(&text), &end);
    if (end == text.at || *end || !(share > 0) || !isfinite(share))
        share_fails(part);
    buf_free(&text);
    struct span value = span_from(part.at, equals);
    for (size_t i = 0; i < s->count; i++)
        if (span_eq(s->at[i].value, value))
            fail(STATUS_USAGE, "option '--expected' names %s twice (try --help)", quote(value));
    s->at = array_grow(s->at, &s->cap, s->count + 1, sizeof *s->at);
    s->at[s->count++] = (struct tested_share){value, share};
}

static void take_shares(struct shares *s, const char *text)
{
    for (const char *end; text; text = *end ? end + 1 : NULL) {
        end = strchrnul(text, ',');
        add_share(s, span_from(text, end));
    }
}

/* ---- the run ---- */

static void write_tests(struct filter *f, struct tested_list *list, const struct options *o)
{
    struct buf sentence = {0};
    tested_adjust(list, METHODS[o->adjust]);
    for (size_t i = 0; i < list->count; i++) {
        struct tested *t = &list->at[i];
        buf_clear(&sentence);
        if (t->has_result) {
            sentence_add(&sentence, t, o->confidence);
            t->sentence = buf_span(&sentence);
        }
        tested_emit(&f->out.buf, t);
        filter_written(f);
    }
    filter_count(f, "tests", list->count);
    buf_free(&sentence);
}

/* The tables in cells that tabulate wrote. */
static void test_cells(struct filter *f, struct tested_list *list, const struct options *o,
                       const struct tested_options *how)
{
    struct cells cells = {0};
    struct record r;
    while (filter_next(f, &r)) {
        size_t rejected = f->rejected;
        if (cells_is_line(&r))
            cells_add(&cells, f, &r);
        else
            filter_reject(f, &r, (struct span){0},
                          "not a cell of tabulate (use --field to count records)");
        if (!o->pass || f->rejected != rejected)
            continue;
        record_write(&f->out.buf, &r);
        filter_written(f);
    }
    cells_finish(&cells);
    for (size_t i = 0; i < cells.count; i++)
        tested_add(list, how, &cells.tables[i]);
    write_tests(f, list, o);
    cells_free(&cells);
}

/* The one table of records counted here. */
static void test_records(struct filter *f, struct tested_list *list, const struct options *o,
                         const struct tested_options *how)
{
    struct plan plan;
    struct count counts;
    struct record r;
    struct arena arena = {0};
    struct cells_table table;
    plan_single(&plan, o->field, o->by, &(struct opt_list){0}, NULL);
    count_open(&counts, &plan, MAX_CELLS);
    while (filter_next(f, &r))
        count_record(&counts, f, &r);
    count_result(&counts, 0, &arena, &table);
    if (o->pass)
        cells_write(f, &table);
    tested_add(list, how, &table);
    write_tests(f, list, o);
    arena_free(&arena);
    count_free(&counts);
    plan_free(&plan);
}

int main(int argc, char **argv)
{
    struct options o = {.confidence = 0.95};
    struct filter f;
    struct shares shares = {0};
    struct tested_list list = {0};
    filter_open(&f, &PROGRAM, &o, argc, argv);
    check_options(&o);
    if (o.expected)
        take_shares(&shares, o.expected);
    struct tested_options how = {o.confidence, shares.at, shares.count};
    if (o.field)
        test_records(&f, &list, &o, &how);
    else
        test_cells(&f, &list, &o, &how);
    if (shares.count && list.shares_used == 0)
        fail(STATUS_USAGE, "option '--expected' names values that no one-way table has");
    tested_free(&list);
    free(shares.at);
    return filter_close(&f);
}
