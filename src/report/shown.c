/* shown -- numbers and names as people read them. */
#include "shown.h"

#include "stats/percent.h"

#include "base/show.h"
#include "stream/scalar.h"

struct span shown_text(struct results *s, struct span text)
{
    buf_clear(&s->scratch);
    show_add(&s->scratch, text, SHOW_FOLDED);
    return arena_copy(&s->arena, buf_span(&s->scratch));
}

struct span shown_keep(struct results *s, struct buf *b)
{
    struct span text = shown_text(s, buf_span(b));
    buf_clear(b);
    return text;
}

/* ---- names ---- */

struct span shown_field(struct results *s, const struct cells_table *t)
{
    return shown_text(s, s->options.names ? t->field : t->field_label);
}

struct span shown_by(struct results *s, const struct cells_table *t)
{
    return shown_text(s, s->options.names ? t->by : t->by_label);
}

struct span shown_other_field(struct results *s, struct span name)
{
    struct span label = labels_find(&s->cells.labels.fields, name);
    return shown_text(s, label.at && !s->options.names ? label : name);
}

struct span shown_code(struct results *s, const struct cells_code *code)
{
    struct buf text = {0};
    struct span shown = code->text;
    if (s->options.names && code->label.at)
        shown = scalar_text(code->raw, &text);
    shown = shown_text(s, shown);
    buf_free(&text);
    return shown;
}

struct span shown_reason(struct results *s, struct span reason)
{
    struct buf text = {0};
    if (s->options.names)
        buf_add(&text, reason);
    else
        labels_add_reason(&text, &s->cells.labels, reason);
    struct span shown = shown_text(s, buf_span(&text));
    buf_free(&text);
    return shown;
}

/* A table without a title that has the name it got by itself, FIELD_by_BY, is called by what its
 * fields are called. */
static void add_heading(struct results *s, const struct cells_table *t, struct buf *b)
{
    buf_add(b, t->field);
    if (t->by.at) {
        buf_add(b, SPAN("_by_"));
        buf_add(b, t->by);
    }
    bool is_default = span_eq(buf_span(b), t->id);
    buf_clear(b);
    if (t->title.len || s->options.names || !is_default || span_eq(shown_field(s, t), t->field)) {
        buf_add(b, t->title.len ? t->title : t->id);
        return;
    }
    buf_add(b, shown_field(s, t));
    if (t->by.at) {
        buf_add(b, SPAN(", by "));
        buf_add(b, shown_by(s, t));
    }
}

struct span shown_title(struct results *s, const struct cells_table *t, size_t layer)
{
    struct buf b = {0};
    add_heading(s, t, &b);
    if (t->strata.at) {
        buf_add(&b, SPAN(" – "));
        buf_add(&b, s->options.names ? t->strata : t->strata_label);
        buf_add(&b, SPAN(": "));
        buf_add(&b, shown_code(s, &t->layers[layer]));
    }
    struct span title = shown_keep(s, &b);
    buf_free(&b);
    return title;
}

/* ---- numbers ---- */

/* Decimals are a matter of how many records there are, whatever their weights add up to. */
static double records_a_count(const struct cells_table *t)
{
    double n = 0, records = 0;
    for (size_t layer = 0; t->weighted && layer < t->layer_count; layer++) {
        n += t->whole[layer].n;
        records += t->whole[layer].unweighted;
    }
    return n > 0 ? records / n : 1;
}

/* The largest number that a percentage of the table is of. */
static double largest_base(const struct cells_table *t)
{
    double most = 0;
    size_t cells = t->layer_count * t->value_count * t->group_count;
    for (size_t i = 0; i < cells; i++)
        most = fmax(most, t->cells[i].share.base * records_a_count(t));
    for (size_t i = 0; i < t->step_count; i++)
        most = fmax(most, t->steps[i].cell.share.base);
    return most;
}

int shown_decimals(const struct results *s, const struct cells_table *t)
{
    if (s->options.decimals != RESULTS_BY_STYLE)
        return (int)s->options.decimals;
    if (s->options.style != RESULTS_JMIR)
        return 1;
    double base = largest_base(t);
    return base < 100 ? 0 : base < 1000 ? 1 : 2;
}

void shown_count(struct buf *b, double n)
{
    if (isnan(n))
        buf_add(b, SPAN("withheld"));
    else
        cells_add_count(b, n);
}

void shown_number(struct buf *b, double x)
{
    if (isnan(x))
        buf_add(b, SPAN("–"));
    else if (fabs(x) >= 1000)
        buf_addf(b, "%.0f", round(x)); /* halves up, as everywhere */
    else
        buf_addf(b, "%.4g", x);
}

void shown_interval(struct buf *b, const struct results *s, double low, double high, int decimals)
{
    bool is_apa = s->options.style == RESULTS_APA;
    if (is_apa)
        buf_addc(b, '[');
    percent_add_plain(b, low, decimals);
    buf_add(b, is_apa ? SPAN(", ") : SPAN("–"));
    percent_add_plain(b, high, decimals);
    if (is_apa)
        buf_addc(b, ']');
}

bool shown_has_interval(const struct results *s, const struct cells_share *share)
{
    return s->options.intervals && !isnan(share->low) && !isnan(share->high);
}

void shown_percent(struct buf *b, double n, const struct cells_share *share, int decimals)
{
    if (fabs(100 * n / share->base - share->percent) < 1e-6)
        percent_add(b, n, share->base, decimals);
    else
        percent_add_plain(b, share->percent, decimals);
    buf_addc(b, '%');
}

void shown_share(struct buf *b, const struct results *s, double n, const struct cells_share *share,
                 int decimals)
{
    shown_count(b, n);
    if (isnan(n) || isnan(share->percent) || isnan(share->base))
        return;
    buf_addc(b, '/');
    shown_count(b, share->base);
    buf_add(b, SPAN(" ("));
    shown_percent(b, n, share, decimals);
    if (s->options.intervals == RESULTS_WITHIN && shown_has_interval(s, share)) {
        buf_add(b, SPAN(", "));
        shown_interval(b, s, share->low, share->high, decimals);
    }
    buf_addc(b, ')');
}
