/* sentence_explain -- a paragraph on a test for those who read its result. */
#include "testing/sentence.h"

#include <math.h>

#define MOST_NAMED 8 /* more values or groups than this are told by their number */

static void add_names(struct buf *b, const struct cells_code *codes, size_t count, const char *what)
{
    if (count > MOST_NAMED) {
        buf_addf(b, " (%zu %s)", count, what);
        return;
    }
    buf_add(b, SPAN(" ("));
    for (size_t i = 0; i < count; i++) {
        if (i > 0)
            buf_add(b, SPAN(", "));
        buf_add(b, codes[i].text);
    }
    buf_addc(b, ')');
}

static void add_groups(struct buf *b, const struct tested *t)
{
    buf_add(b, SPAN(" between the groups of "));
    buf_add(b, t->table->by);
    if (t->counts.columns && t->columns)
        add_names(b, t->columns, t->counts.columns, "groups");
}

/* ---- what was compared ---- */

static void add_compared(struct buf *b, const struct tested *t)
{
    struct span field = t->table->field;
    buf_add(b, SPAN("Compared: "));
    if (t->item) {
        buf_add(b, SPAN("how many named "));
        buf_add(b, t->item->text);
        buf_add(b, SPAN(" in "));
        buf_add(b, field);
        add_groups(b, t);
    } else if (t->kind == TESTED_SYMMETRY) {
        buf_add(b, SPAN("the answers to "));
        buf_add(b, field);
        buf_add(b, SPAN(" with the same records' answers to "));
        buf_add(b, t->table->by);
    } else {
        buf_add(b, t->kind == TESTED_GOODNESS ? SPAN("how often the answers to ")
                                              : SPAN("the answers to "));
        buf_add(b, field);
        if (t->rows)
            add_names(b, t->rows, t->counts.rows, "values");
        if (t->kind == TESTED_GOODNESS)
            buf_add(b, t->of.pearson.shares ? SPAN(" came with the shares that were expected")
                                            : SPAN(" came, with equal shares for all"));
        else
            add_groups(b, t);
    }
    if (t->kind == TESTED_CONDITIONAL) {
        buf_add(b, SPAN(", each stratum of "));
        buf_add(b, t->table->strata);
        buf_add(b, SPAN(" by itself and then all together"));
    }
    if (t->stratum) {
        buf_add(b, SPAN(", in the stratum "));
        buf_add(b, t->stratum->text);
        buf_add(b, SPAN(" of "));
        buf_add(b, t->table->strata);
    }
    if (!isnan(t->counts.sum)) {
        buf_add(b, SPAN(", on "));
        cells_add_count(b, tested_n(t));
        buf_add(b, tested_n(t) == 1 ? SPAN(" record") : SPAN(" records"));
    }
    buf_addc(b, '.');
}

static void add_excluded(struct buf *b, const struct tested *t)
{
    double sum = 0;
    for (size_t i = 0; i < t->excluded_count; i++)
        sum += t->excluded[i].n;
    if (t->excluded_count == 0) {
        buf_add(b, t->is_pair ? SPAN(" What was left out stands with the test of all groups.")
                              : SPAN(" No record was left out."));
        return;
    }
    buf_add(b, SPAN(" Left out: "));
    cells_add_count(b, sum);
    buf_add(b, SPAN(" without an answer ("));
    for (size_t i = 0; i < t->excluded_count; i++) {
        if (i > 0)
            buf_add(b, SPAN(", "));
        buf_add(b, t->excluded[i].reason);
        buf_addc(b, ' ');
        cells_add_count(b, t->excluded[i].n);
    }
    buf_add(b, SPAN(")."));
}

/* ---- why this test ---- */

static void add_cochran(struct buf *b, const struct tested *t, const struct tested_options *o)
{
    const struct tests_expected *e = &t->of.pearson.expected;
    buf_addf(b,
             " The counts to be expected without any difference are %s for Pearson's chi-square "
             "test by Cochran's rule (%zu of %zu under 5, the least %.*f)",
             e->cochran_ok ? "large enough" : "too small", e->below_5, e->cells,
             e->min < 100 ? 1 : 0, e->min);
    if (t->preferred == TESTED_FISHER)
        buf_add(b, e->cochran_ok ? SPAN("; Fisher's exact test was asked for in any case.")
                                 : SPAN(", so Fisher's exact test is reported."));
    else if (t->preferred == TESTED_BINOMIAL || t->preferred == TESTED_MULTINOMIAL)
        buf_addf(b, "%s the exact %s test is reported.", e->cochran_ok ? ";" : ", so",
                 t->preferred == TESTED_BINOMIAL ? "binomial" : "multinomial");
    else if (t->preferred == TESTED_MONTE_CARLO)
        buf_addf(b, "%s %zu random tables with the same %s (seed %zu).",
                 e->cochran_ok
                     ? "; an exact test was asked for, which is out of reach, so p is from"
                     : ", so p is from",
                 t->of.pearson.random.result.replicates,
                 t->kind == TESTED_GOODNESS ? "sum" : "sums", (size_t)o->seed);
    else
        buf_add(b, e->cochran_ok ? SPAN(".") : SPAN("; no exact test was to be had."));
}

static void add_reason(struct buf *b, const struct tested *t, const struct tested_options *o)
{
    switch (t->method) {
    case TESTED_PEARSON:
        add_cochran(b, t, o);
        break;
    case TESTED_MANTEL_HAENSZEL:
        buf_add(b, SPAN(" The Mantel-Haenszel test compares within the strata, so that a "
                        "difference between them cannot pass for one between the groups."));
        if (t->preferred == TESTED_CONDITIONAL_EXACT)
            buf_add(b, SPAN(" The exact test does the same and does not mind small counts."));
        break;
    case TESTED_COCHRAN_Q:
        buf_add(b, SPAN(" The values are named by the same records, so they are not independent; "
                        "Cochran's Q allows for that."));
        break;
    case TESTED_SPMI:
        buf_add(b, SPAN(" Both answers could name several values, so each value of the one is "
                        "compared with each of the other; p is the smallest times their number."));
        break;
    case TESTED_WELCH:
        buf_add(
            b, SPAN(" Welch's test compares the means and does not ask that the groups vary alike; "
                    "the test by ranks beside it does not mind a few very large numbers."));
        break;
    case TESTED_WALD:
        buf_add(b, SPAN(" Records count by their weights, but each is one record: the design-based "
                        "test compares the weighted means with what they vary by."));
        break;
    case TESTED_RAO_SCOTT_F:
        buf_add(b, SPAN(" Records count by their weights, but each is one record: the Rao-Scott "
                        "test compares the weighted shares with what they vary by."));
        break;
    case TESTED_RAO_SCOTT:
        buf_add(b, SPAN(" A record could name several values, so the rows overlap; the Rao-Scott "
                        "correction allows for how often two come together."));
        break;
    default:
        buf_add(b, SPAN(" Both answers come from the same records, so only those that differ "
                        "count: McNemar's test, or Bowker's for several values."));
        if (t->preferred == TESTED_BINOMIAL)
            buf_add(b, SPAN(" They are few, so the exact p is reported."));
    }
}

/* ---- what p means ---- */

static void add_meaning(struct buf *b, const struct tested *t)
{
    static const char *const as_if[] = {
        [TESTED_INDEPENDENCE] = "the groups did not differ",
        [TESTED_GOODNESS] = "the shares were as expected",
        [TESTED_CONDITIONAL] = "the groups did not differ in any stratum",
        [TESTED_LOCATION] = "the groups did not differ",
        [TESTED_EQUALITY] = "all values were equally frequent",
        [TESTED_SYMMETRY] = "answers changed as often one way as the other",
    };
    buf_addf(b, " If %s, chance alone would make a difference like this or a larger one in ",
             as_if[t->kind]);
    if (t->p < 0.001)
        buf_add(b, SPAN("less than 1 of 1000 surveys."));
    else
        buf_addf(b, "about %.0f of %s surveys.", t->p * (t->p < 0.1 ? 1000 : 100),
                 t->p < 0.1 ? "1000" : "100");
    const struct tested_family *family = &t->family;
    if (family->method == ADJUST_NONE || family->size < 2)
        return;
    buf_addf(b, " Since %zu tests were made (family ", family->size);
    buf_add(b, family->name);
    for (size_t i = 0; i < family->size && i < MOST_NAMED; i++) {
        buf_add(b, i ? SPAN(", ") : SPAN(": "));
        buf_add(b, family->members[i]);
    }
    if (family->size > MOST_NAMED)
        buf_addf(b, " and %zu more", family->size - MOST_NAMED);
    buf_add(b, SPAN("), some would come out small by chance; adjusted for that, "));
    sentence_p(b, family->p_adjusted, SENTENCE_PLAIN);
    buf_addc(b, '.');
}

void sentence_explain(struct buf *b, const struct tested *t, const struct tested_options *o)
{
    add_compared(b, t);
    add_excluded(b, t);
    if (!tested_has_result(t))
        return;
    add_reason(b, t, o);
    add_meaning(b, t);
}
