/* layout -- counts, numbers and accounts of replies as rows and columns. */
#include "layout.h"

#include <stdlib.h>

#include "shown.h"
#include "stats/percent.h"

/* ---- counts ---- */

static void put_count(struct results *s, struct grid_cell *cell, double n, struct buf *b)
{
    shown_count(b, n);
    *cell = (struct grid_cell){shown_keep(s, b), GRID_COUNT, n, {NAN, NAN, NAN, NAN}, NULL, 0};
}

/* The other percentages that the plan asked for, inside the bracket of the first. */
static void add_shares(struct buf *b, const struct cells_table *t, size_t place, int decimals)
{
    for (size_t k = 1; k < t->of_count; k++) {
        const struct cells_share *share = &t->shares[k][place];
        if (isnan(share->percent) || b->len == 0 || b->at[b->len - 1] != ')')
            continue;
        b->len--; /* the closing bracket */
        buf_add(b, SPAN("; "));
        percent_add_plain(b, share->percent, decimals);
        buf_add(b, SPAN("% of "));
        buf_add(b, cells_of_name(t->of[k]));
        buf_addc(b, ')');
    }
}

static bool has_shares(const struct cells_table *t, const struct cells_cell *cell)
{
    return t->cells && cell >= t->cells &&
           cell < t->cells + t->layer_count * t->value_count * t->group_count;
}

static void put_share(struct results *s, struct layout *l, struct grid_cell *to,
                      const struct cells_cell *cell, struct buf *b)
{
    struct cells_share share = cell->share;
    if (l->table->step_count) /* all who were asked, not a sample */
        share.low = share.high = NAN;
    shown_share(b, s, cell->n, &share, l->decimals);
    if (has_shares(l->table, cell))
        add_shares(b, l->table, (size_t)(cell - l->table->cells), l->decimals);
    if (b->len && s->options.intervals == RESULTS_BEHIND && shown_has_interval(s, &share)) {
        buf_addc(b, ' ');
        shown_interval(b, s, share.low, share.high, l->decimals);
    }
    *to = (struct grid_cell){shown_keep(s, b), GRID_SHARE, cell->n, cell->share, NULL, 0};
    if (has_shares(l->table, cell) && l->table->members) {
        to->place = (size_t)(cell - l->table->cells);
        to->members = &l->table->members[to->place];
    }
}

static void put_row(struct results *s, struct layout *l, size_t row, struct span head,
                    const struct cells_cell *cells, struct buf *b)
{
    grid_put(&l->counts, row, 0, head);
    for (size_t g = 0; g < l->table->group_count; g++)
        put_share(s, l, grid_at(&l->counts, row, g + 1), &cells[g], b);
}

static void put_heads(struct results *s, struct layout *l, struct span alone)
{
    const struct cells_table *t = l->table;
    grid_put(&l->counts, 0, 0, shown_field(s, t));
    if (t->by.at)
        l->counts.spanner = shown_by(s, t);
    for (size_t g = 0; g < t->group_count; g++)
        grid_put(&l->counts, 0, g + 1, t->by.at ? shown_code(s, &t->groups[g]) : alone);
}

/* The base of each group, which is what its percentages are of. */
static void put_bases(struct results *s, struct layout *l, size_t row, struct buf *b)
{
    const struct cells_table *t = l->table;
    grid_put(&l->counts, row, 0, t->of[0] == CELLS_COLUMN ? SPAN("Base") : SPAN("Records"));
    for (size_t g = 0; g < t->group_count; g++) {
        const struct cells_cell *total = cells_total(t, l->layer, g);
        bool is_base = t->of[0] == CELLS_COLUMN && !isnan(total->n);
        put_count(s, grid_at(&l->counts, row, g + 1), is_base ? total->share.base : total->n, b);
    }
}

static size_t count_rows(const struct cells_table *t)
{
    return 1 + t->value_count + (t->rest ? 1 : 0) + t->subtotal_count + (t->by.at ? 1 : 0);
}

static void lay_counts(struct results *s, struct layout *l, struct buf *b)
{
    const struct cells_table *t = l->table;
    size_t row = 1;
    l->counts = grid_new(&s->arena, count_rows(t), t->group_count + 1);
    put_heads(s, l, SPAN("n/N (%)"));
    for (size_t v = 0; v < t->value_count; v++)
        put_row(s, l, row++, shown_code(s, &t->values[v]), cells_at(t, l->layer, v, 0), b);
    if (t->rest) {
        buf_addf(b, "(%zu other values)", t->rest_values);
        put_row(s, l, row++, shown_keep(s, b), &t->rest[l->layer * t->group_count], b);
    }
    for (size_t i = 0; i < t->subtotal_count; i++) {
        buf_add(b, SPAN("any "));
        buf_add(b, shown_code(s, &t->subtotals[i]));
        put_row(s, l, row++, shown_keep(s, b), cells_subtotal(t, l->layer, i, 0), b);
    }
    if (t->by.at)
        put_bases(s, l, row, b);
}

/* ---- numbers ---- */

#define SUM_ROW 5

/* One row of a summary: a figure, or two with what stands between and behind them. */
static void add_figures(struct buf *b, size_t row, const struct cells_summary *s)
{
    static const struct {
        const char *between, *behind;
    } marks[] = {{"", ""}, {"", ""}, {" (", ")"}, {" (", ""}, {"–", ""}, {"", ""}};
    const double firsts[] = {0, s->n, s->mean, s->median, s->min, s->sum};
    const double seconds[] = {0, 0, s->sd, s->q1, s->max, 0};
    if (row == 1) {
        shown_count(b, s->n);
        return;
    }
    shown_number(b, firsts[row]);
    if (row == SUM_ROW)
        return;
    buf_addf(b, "%s", marks[row].between);
    shown_number(b, seconds[row]);
    if (row == 3) {
        buf_add(b, SPAN("–"));
        shown_number(b, s->q3);
        buf_addc(b, ')');
    }
    buf_addf(b, "%s", marks[row].behind);
}

static void lay_summary(struct results *s, struct layout *l, struct buf *b)
{
    static const struct span heads[] = {SPAN_ROW(""),          SPAN_ROW("n"),
                                        SPAN_ROW("mean (SD)"), SPAN_ROW("median (quartiles)"),
                                        SPAN_ROW("range"),     SPAN_ROW("sum")};
    const struct cells_table *t = l->table;
    l->counts = grid_new(&s->arena, SUM_ROW + t->summed, t->group_count + 1);
    put_heads(s, l, SPAN("value"));
    for (size_t row = 1; row < SUM_ROW + (size_t)t->summed; row++) {
        grid_put(&l->counts, row, 0, heads[row]);
        for (size_t g = 0; g < t->group_count; g++) {
            add_figures(b, row, &t->summaries[l->layer * t->group_count + g]);
            grid_put(&l->counts, row, g + 1, shown_keep(s, b));
        }
    }
}

/* ---- accounts of replies ---- */

/* The classes of AAPOR, and what else a step can be, in words. */
static struct span step_label(struct results *s, struct span step)
{
    static const struct {
        struct span name, label;
    } words[] = {{SPAN_ROW("complete"), SPAN_ROW("complete replies")},
                 {SPAN_ROW("partial"), SPAN_ROW("partial replies")},
                 {SPAN_ROW("refused"), SPAN_ROW("refused")},
                 {SPAN_ROW("no_reply"), SPAN_ROW("no reply")},
                 {SPAN_ROW("other"), SPAN_ROW("other outcomes")},
                 {SPAN_ROW("unknown"), SPAN_ROW("not known whether eligible")},
                 {SPAN_ROW("not_eligible"), SPAN_ROW("not eligible")},
                 {SPAN_ROW("usable"), SPAN_ROW("usable answers")}};
    for (size_t i = 0; i < sizeof words / sizeof *words && !s->options.names; i++)
        if (span_eq(words[i].name, step))
            return words[i].label;
    return shown_text(s, step);
}

static void add_step(struct buf *b, struct results *s, const struct cells_table *t,
                     const struct cells_step *step)
{
    if (step->detail.at) {
        buf_add(b, SPAN("– "));
        buf_add(b, shown_reason(s, step->detail));
    } else {
        buf_add(b, step_label(s, step->step));
    }
    if (!step->is_rate && step->field.at && !span_eq(step->field, t->field)) {
        buf_add(b, SPAN(": "));
        buf_add(b, shown_other_field(s, step->field));
    }
}

static void lay_flow(struct results *s, struct layout *l, struct buf *b)
{
    const struct cells_table *t = l->table;
    l->counts = grid_new(&s->arena, t->step_count + 1, 2);
    put_heads(s, l, SPAN("n/N (%)"));
    for (size_t i = 0; i < t->step_count; i++) {
        add_step(b, s, t, &t->steps[i]);
        grid_put(&l->counts, i + 1, 0, shown_keep(s, b));
        put_share(s, l, grid_at(&l->counts, i + 1, 1), &t->steps[i].cell, b);
    }
}

/* ---- a whole table ---- */

/* The layout of one layer of T. Tests, which speak of all layers, stand with the last. */
static struct layout layout_table(struct results *s, const struct cells_table *t, size_t layer)
{
    struct buf b = {0};
    struct layout l = {.id = shown_text(s, t->id),
                       .title = shown_title(s, t, layer),
                       .table = t,
                       .layer = layer,
                       .decimals = shown_decimals(s, t)};
    if (t->step_count)
        lay_flow(s, &l, &b);
    else if (t->summaries)
        lay_summary(s, &l, &b);
    else
        lay_counts(s, &l, &b);
    layout_notes(s, &l);
    if (!t->step_count && !t->summaries)
        layout_letters(s, &l);
    if (layer + 1 == t->layer_count)
        layout_tests(s, &l);
    buf_free(&b);
    return l;
}

/* Tests without their cells. */
static struct layout layout_tests_alone(struct results *s, struct span table)
{
    struct layout l = {.id = table, .title = shown_text(s, table)};
    layout_tests(s, &l);
    return l;
}

void layout_add_note(struct results *s, struct layout *l, enum layout_note_kind kind, struct buf *b)
{
    l->notes = array_grow(l->notes, &l->note_cap, l->note_count + 1, sizeof *l->notes);
    l->notes[l->note_count++] = (struct layout_note){kind, shown_keep(s, b)};
}

/* The texts go with the study. */
static void layout_free(struct layout *l)
{
    free(l->notes);
}

void layout_each(struct results *s, void (*take)(void *context, const struct layout *l),
                 void *context)
{
    for (size_t i = 0; i < s->test_count; i++)
        s->tests[i].told = false;
    for (size_t i = 0; i < s->cells.count; i++)
        for (size_t layer = 0; layer < s->cells.tables[i].layer_count; layer++) {
            struct layout l = layout_table(s, &s->cells.tables[i], layer);
            take(context, &l);
            layout_free(&l);
        }
    for (size_t i = 0; i < s->test_count; i++) {
        if (s->tests[i].told)
            continue;
        struct layout l = layout_tests_alone(s, s->tests[i].table);
        take(context, &l);
        layout_free(&l);
    }
}
