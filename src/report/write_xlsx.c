/* write_xlsx -- the results as a workbook: contents, a sheet a table with typed numbers and
 * a chart of Excel's own, all tests, all missing answers. */
#include "writers.h"

#include "chart.h"
#include "shown.h"
#include "testline.h"
#include "xlsxout/xlsxout.h"

#define FIGURES ((size_t)5) /* of a group: n, base, percentage, interval */
#define FIRST_ROW ((size_t)4)

struct books {
    struct results *results;
    struct filter *f;
    struct xlsxout book;
    struct xlsxout_sheet contents, missing, tests;
    size_t entries, missing_rows, test_rows;
};

/* ---- one table ---- */

static void put(struct books *w, const struct xlsxout_sheet *s, size_t row, size_t column,
                struct span text, enum xlsxout_format format)
{
    if (text.len)
        xlsxout_put(&w->book, s, row, column, text, format);
}

static enum xlsxout_format percent_format(const struct layout *l)
{
    return (enum xlsxout_format)(XLSXOUT_PERCENT + (size_t)l->decimals);
}

/* Shares of 1, which the format shows as percentages. */
static void put_cell(struct books *w, const struct xlsxout_sheet *s, const struct layout *l,
                     size_t row, size_t column, const struct grid_cell *cell)
{
    const double shares[] = {cell->share.percent, cell->share.low, cell->share.high};
    if (cell->kind == GRID_TEXT || isnan(cell->n)) {
        put(w, s, row, column, cell->text, XLSXOUT_PLAIN);
        return;
    }
    xlsxout_put_number(&w->book, s, row, column, cell->n, XLSXOUT_PLAIN);
    if (cell->kind != GRID_SHARE)
        return;
    xlsxout_put_number(&w->book, s, row, column + 1, cell->share.base, XLSXOUT_PLAIN);
    for (size_t i = 0; i < 3; i++)
        xlsxout_put_number(&w->book, s, row, column + 2 + i, shares[i] / 100, percent_format(l));
}

static void put_heads(struct books *w, const struct xlsxout_sheet *s, const struct layout *l,
                      size_t step)
{
    static const struct span heads[FIGURES] = {SPAN_ROW("n"), SPAN_ROW("N"), SPAN_ROW("%"),
                                               SPAN_ROW("low"), SPAN_ROW("high")};
    const struct grid *g = &l->counts;
    if (g->spanner.len)
        put(w, s, FIRST_ROW - 2, 1, g->spanner, XLSXOUT_PLAIN);
    put(w, s, FIRST_ROW, 0, grid_at(g, 0, 0)->text, XLSXOUT_HEAD);
    for (size_t c = 1; c < g->columns; c++)
        for (size_t i = 0; i < step; i++) {
            size_t column = 1 + (c - 1) * step + i;
            bool is_alone = !l->table->by.at && step == FIGURES;
            if (!is_alone)
                put(w, s, FIRST_ROW - 1, column, grid_at(g, 0, c)->text, XLSXOUT_WRAPPED);
            put(w, s, FIRST_ROW, column, step == 1 ? SPAN("value") : heads[i], XLSXOUT_HEAD);
        }
}

static size_t put_counts(struct books *w, const struct xlsxout_sheet *s, const struct layout *l)
{
    const struct grid *g = &l->counts;
    size_t step = l->table->summaries ? 1 : FIGURES;
    if (g->rows == 0)
        return FIRST_ROW;
    put_heads(w, s, l, step);
    for (size_t r = 1; r < g->rows; r++) {
        put(w, s, FIRST_ROW + r, 0, grid_at(g, r, 0)->text, XLSXOUT_PLAIN);
        for (size_t c = 1; c < g->columns; c++)
            put_cell(w, s, l, FIRST_ROW + r, 1 + (c - 1) * step, grid_at(g, r, c));
    }
    return FIRST_ROW + g->rows + 1;
}

/* The rows of shares, which come first; those of bases and tests follow. */
static size_t share_rows(const struct grid *g)
{
    size_t rows = 0;
    while (rows + 1 < g->rows && grid_at(g, rows + 1, 1)->kind == GRID_SHARE)
        rows++;
    return rows;
}

#define MOST_BARS ((size_t)40)

static void put_chart(struct books *w, const struct xlsxout_sheet *s, const struct layout *l)
{
    size_t rows = share_rows(&l->counts), groups = l->counts.columns - 1;
    enum chart_kind kind = chart_kind_of(l);
    if (kind == CHART_NONE || kind == CHART_FLOW || rows == 0 || groups > 6)
        return;
    rows = rows < MOST_BARS ? rows : MOST_BARS;
    struct xlsxout_chart chart = {.row = FIRST_ROW,
                                  .column = 2 + groups * FIGURES,
                                  .first = 3,
                                  .step = FIGURES,
                                  .count = groups,
                                  .head = FIRST_ROW - 1,
                                  .from = FIRST_ROW + 1,
                                  .to = FIRST_ROW + rows};
    xlsxout_bars(&w->book, s, &chart);
}

static size_t put_notes(struct books *w, const struct xlsxout_sheet *s, const struct layout *l,
                        size_t row)
{
    for (size_t i = 0; i < l->note_count; i++)
        put(w, s, row++, 0, l->notes[i].text, XLSXOUT_PLAIN);
    return row;
}

/* ---- missing answers, all in one sheet ---- */

static void put_missing(struct books *w, const struct layout *l)
{
    const struct cells_table *t = l->table;
    for (size_t i = 0; i < t->missing_count; i++) {
        const struct cells_missing *m = &t->missing[i];
        if (m->n == 0 || (m->layer != l->layer && m->layer != CELLS_NONE) ||
            (m->layer == CELLS_NONE && l->layer > 0))
            continue;
        size_t row = ++w->missing_rows;
        bool has_group = t->by.at && m->group != CELLS_NONE;
        put(w, &w->missing, row, 0, l->id, XLSXOUT_PLAIN);
        put(w, &w->missing, row, 1, l->title, XLSXOUT_PLAIN);
        put(w, &w->missing, row, 2, shown_other_field(w->results, m->field), XLSXOUT_PLAIN);
        put(w, &w->missing, row, 3,
            has_group ? shown_code(w->results, &t->groups[m->group]) : SPAN(""), XLSXOUT_PLAIN);
        put(w, &w->missing, row, 4, shown_reason(w->results, m->reason), XLSXOUT_PLAIN);
        if (isnan(m->n))
            put(w, &w->missing, row, 5, SPAN("withheld"), XLSXOUT_PLAIN);
        else
            xlsxout_put_number(&w->book, &w->missing, row, 5, m->n, XLSXOUT_PLAIN);
    }
}

/* ---- tests, all in one sheet ---- */

#define P_COLUMN 3 /* of the numbers */

static void put_test(struct books *w, const struct layout *l, const json_t *test)
{
    static const char *const numbers[] = {"n", "statistic", "df", "p", "p_adjusted"};
    const struct xlsxout_sheet *s = &w->tests;
    const json_t *v = testline_get(test, "cramers_v"), *sentence = testline_get(test, "sentence");
    struct grid_cell cells[4];
    struct buf b = {0};
    size_t row = ++w->test_rows;
    put(w, s, row, 0, l->id, XLSXOUT_PLAIN);
    put(w, s, row, 1, l->title, XLSXOUT_PLAIN);
    layout_test_subject(&b, w->results, l->table, test);
    put(w, s, row, 2, shown_keep(w->results, &b), XLSXOUT_PLAIN);
    layout_test_cells(w->results, test, cells);
    put(w, s, row, 3, cells[0].text, XLSXOUT_PLAIN);
    for (size_t i = 0; i < 5; i++)
        xlsxout_put_number(&w->book, s, row, 4 + i,
                           i == P_COLUMN ? testline_p(test) : testline_number(test, numbers[i]),
                           XLSXOUT_PLAIN);
    xlsxout_put_number(&w->book, s, row, 9, testline_number(v, "value"), XLSXOUT_PLAIN);
    xlsxout_put_number(&w->book, s, row, 10, testline_number(v, "low"), XLSXOUT_PLAIN);
    xlsxout_put_number(&w->book, s, row, 11, testline_number(v, "high"), XLSXOUT_PLAIN);
    if (sentence)
        put(w, s, row, 12, shown_text(w->results, testline_text(sentence)), XLSXOUT_PLAIN);
    buf_free(&b);
}

static void put_tests(struct books *w, const struct layout *l)
{
    const struct results *r = w->results;
    if (l->table && l->layer + 1 < l->table->layer_count)
        return;
    for (size_t i = 0; i < r->test_count; i++)
        if (span_eq(r->tests[i].table, l->table ? l->table->id : l->id))
            put_test(w, l, r->tests[i].json);
}

/* ---- the workbook ---- */

static void put_layout(void *context, const struct layout *l)
{
    struct books *w = context;
    struct xlsxout_sheet s = xlsxout_sheet(&w->book, l->id);
    xlsxout_widths(&s, 0, 0, 34);
    put(w, &s, 0, 0, l->title, XLSXOUT_TITLE);
    xlsxout_put_link(&w->book, &s, 1, 0, &w->contents, SPAN("Contents"));
    size_t row = FIRST_ROW;
    if (l->table) {
        row = put_counts(w, &s, l);
        put_chart(w, &s, l);
        put_missing(w, l);
    }
    put_notes(w, &s, l, row);
    put_tests(w, l);
    xlsxout_put_link(&w->book, &w->contents, 2 + ++w->entries, 0, &s, l->id);
    put(w, &w->contents, 2 + w->entries, 1, l->title, XLSXOUT_PLAIN);
    w->f->written++;
}

static struct xlsxout_sheet list_sheet(struct books *w, const char *name, const char *const *heads,
                                       size_t count)
{
    struct xlsxout_sheet s = xlsxout_sheet(&w->book, span_of(name));
    for (size_t i = 0; i < count; i++)
        put(w, &s, 0, i, span_of(heads[i]), XLSXOUT_HEAD);
    xlsxout_widths(&s, 0, 0, 24);
    xlsxout_widths(&s, 1, 1, 48);
    xlsxout_widths(&s, 2, 4, 20);
    return s;
}

#define COUNT(rows) (sizeof(rows) / sizeof *(rows))

void write_xlsx(struct results *s, struct filter *f)
{
    static const char *const missing[] = {"table", "title", "field", "group", "reason", "n"};
    static const char *const tests[] = {"table",     "title", "of",      "test",       "n",
                                        "statistic", "df",    "p",       "adjusted p", "Cramér's V",
                                        "low",       "high",  "sentence"};
    struct books w = {.results = s, .f = f};
    xlsxout_open(&w.book, results_title(s), XLSXOUT_WHOLE);
    w.contents = xlsxout_sheet(&w.book, SPAN("Contents"));
    xlsxout_widths(&w.contents, 0, 0, 30);
    xlsxout_widths(&w.contents, 1, 1, 80);
    put(&w, &w.contents, 0, 0, results_title(s), XLSXOUT_TITLE);
    w.tests = list_sheet(&w, "Tests", tests, COUNT(tests));
    w.missing = list_sheet(&w, "Missing answers", missing, COUNT(missing));
    xlsxout_put_link(&w.book, &w.contents, 1, 0, &w.tests, SPAN("Tests"));
    xlsxout_put_link(&w.book, &w.contents, 2, 0, &w.missing, SPAN("Missing answers"));
    layout_each(s, put_layout, &w);
    xlsxout_filter(&w.tests, w.test_rows + 1, COUNT(tests));
    xlsxout_filter(&w.missing, w.missing_rows + 1, COUNT(missing));
    xlsxout_finish(&w.book, &f->out);
}
