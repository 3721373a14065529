#include "sentence.h"

#include <math.h>

void sentence_p(struct buf *b, double p)
{
    if (p < 0.001) {
        buf_add(b, SPAN("p < .001"));
        return;
    }
    if (p >= 0.995) {
        buf_add(b, p == 1 ? SPAN("p = 1") : SPAN("p > .99"));
        return;
    }
    /* A third digit where two would hide on which side of .05 it lies. */
    int digits = p < 0.01 || (p >= 0.045 && p < 0.055) ? 3 : 2;
    struct buf number = {0};
    buf_addf(&number, "%.*f", digits, p);
    buf_add(b, SPAN("p = "));
    buf_add(b, (struct span){number.at + 1, number.len - 1});
    buf_free(&number);
}

static void add_count(struct buf *b, double n)
{
    buf_addf(b, n == floor(n) ? "%.0f" : "%.1f", n);
}

/* What is tested, where the table's own name does not say it. */
static void add_subject(struct buf *b, const struct tested *t)
{
    if (t->stratum) {
        buf_add(b, t->table->strata);
        buf_add(b, SPAN(" = "));
        buf_add(b, t->stratum->text);
        buf_add(b, SPAN(": "));
    }
    if (t->item) {
        buf_add(b, t->item->text);
        buf_add(b, SPAN(": "));
    }
    if (t->kind == TESTED_GOODNESS)
        buf_add(b, t->equal_shares ? SPAN("Goodness of fit to equal shares: ")
                                   : SPAN("Goodness of fit to the expected shares: "));
}

static void add_test(struct buf *b, const struct tested *t)
{
    if (t->preferred == TESTED_FISHER)
        buf_add(b, SPAN("Fisher's exact test, N = "));
    else
        buf_addf(b, "χ²(%.0f, N = ", t->pearson.df);
    add_count(b, t->counts.sum);
    if (t->preferred != TESTED_FISHER)
        buf_addf(b, ") = %.2f", t->pearson.statistic);
    buf_add(b, SPAN(", "));
    sentence_p(b, t->p);
}

static void add_adjusted(struct buf *b, const struct tested_family *family)
{
    static const char *const names[] = {
        [ADJUST_BONFERRONI] = "Bonferroni", [ADJUST_HOLM] = "Holm", [ADJUST_BH] = "BH"};
    if (family->method == ADJUST_NONE || family->size < 2)
        return;
    buf_addf(b, ", %s-adjusted over %zu tests ", names[family->method], family->size);
    sentence_p(b, family->p_adjusted);
}

static void add_end(struct buf *b, double end)
{
    buf_addf(b, end == 0 ? "%.0f" : "%.2f", end);
}

static void add_effect(struct buf *b, const struct tested *t, double confidence)
{
    const struct stat_estimate *v = &t->v;
    if (!v->has_value)
        return;
    buf_addf(b, ", Cramér's V = %.2f", v->value);
    if (!v->has_low || !v->has_high)
        return;
    buf_addf(b, " (%.4g%% CI ", 100 * confidence);
    add_end(b, v->low);
    buf_add(b, SPAN("–"));
    add_end(b, v->high);
    buf_addc(b, ')');
}

void sentence_add(struct buf *b, const struct tested *t, double confidence)
{
    add_subject(b, t);
    add_test(b, t);
    add_adjusted(b, &t->family);
    add_effect(b, t, confidence);
}
