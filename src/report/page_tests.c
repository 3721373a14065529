/* page_tests -- what chisq says, in a sentence, with all its figures behind a triangle. */
#include "page.h"

#include "shown.h"
#include "testing/statistic.h"
#include "testline.h"
#include "wrap.h"

/* ---- all figures of a test ---- */

static void figure_row(struct page *p, const char *label, struct span figure, const char *how)
{
    page_element(p, "<tr><th scope=\"row\">", span_of(label), "</th>");
    page_element(p, "<td>", figure, "</td>");
    page_element(p, "<td class=\"w\">", span_of(how ? how : ""), "</td></tr>");
}

static void add_figure(struct buf *b, const char *name, double x)
{
    if (isnan(x))
        return;
    if (b->len)
        buf_add(b, SPAN(", "));
    buf_addf(b, fabs(x) >= 1e-4 || x == 0 ? "%s%.5g" : "%s%.2e", name, x);
}

/* The numbers of a member, whatever it is made of. */
static void add_member(struct buf *b, const json_t *member)
{
    static const char *const names[][2] = {{"value", ""},
                                           {"z", "z = "},
                                           {"r", "r = "},
                                           {"statistic", "statistic "},
                                           {"df", "df "},
                                           {"p", "p = "},
                                           {"odds_ratio", "odds ratio "},
                                           {"replicates", "tables "},
                                           {"seed", "seed "},
                                           {"sum", "sum "},
                                           {"items", "items "}};
    if (json_is_number(member))
        add_figure(b, "", json_number_value(member));
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        add_figure(b, names[i][1], testline_number(member, names[i][0]));
    double low = testline_number(member, "low"), high = testline_number(member, "high");
    if (!isnan(low) && !isnan(high))
        buf_addf(b, " (%.4g to %.4g)", low, high);
}

static void statistic_rows(struct page *p, const json_t *test)
{
    struct buf b = {0};
    for (size_t i = 0; i < statistic_count; i++) {
        const struct statistic *row = &statistics[i];
        char name[64];
        snprintf(name, sizeof name, "%.*s", SPAN_ARGS(row->name));
        const json_t *member = testline_get(test, name);
        if (!member)
            continue;
        buf_clear(&b);
        add_member(&b, member);
        if (b.len)
            figure_row(p, row->label, buf_span(&b), row->source);
    }
    buf_free(&b);
}

static void main_rows(struct page *p, const json_t *test)
{
    static const char *const labels[][2] = {{"n", "records"},
                                            {"statistic", "statistic"},
                                            {"df", "degrees of freedom"},
                                            {"p", "p"},
                                            {"p_adjusted", "adjusted p"}};
    struct buf b = {0};
    for (size_t i = 0; i < sizeof labels / sizeof *labels; i++) {
        buf_clear(&b);
        add_figure(&b, "", testline_number(test, labels[i][0]));
        if (b.len)
            figure_row(p, labels[i][1], buf_span(&b), NULL);
    }
    const json_t *expected = testline_get(test, "expected");
    if (expected) {
        buf_clear(&b);
        buf_addf(&b, "least %.4g; %.0f of %.0f under 5", testline_number(expected, "min"),
                 testline_number(expected, "below_5"), testline_number(expected, "cells"));
        figure_row(p, "expected counts", buf_span(&b), "Cochran 1954: few under 5, none under 1");
    }
    buf_free(&b);
}

static void residual_cell(struct page *p, const json_t *cell, const char *key, const char *format)
{
    double x = testline_number(cell, key);
    buf_add(p->out, SPAN("<td>"));
    if (isnan(x))
        buf_add(p->out, SPAN("–"));
    else
        buf_addf(p->out, format, x);
    buf_add(p->out, SPAN("</td>"));
}

static struct span code_label(struct page *p, const struct cells_code *codes, size_t count,
                              const json_t *raw)
{
    const struct cells_code *code = testline_code(codes, count, raw);
    struct buf b = {0};
    if (code)
        return shown_code(p->results, code);
    testline_add_text(&b, raw);
    struct span text = shown_keep(p->results, &b);
    buf_free(&b);
    return text;
}

static void residuals(struct page *p, const struct cells_table *t, const json_t *test)
{
    const json_t *list = testline_get(test, "residuals");
    size_t i;
    json_t *cell;
    if (json_array_size(list) == 0 || !t)
        return;
    buf_add(p->out,
            SPAN("<div class=\"scroll\" tabindex=\"0\" role=\"group\" aria-label=\"Residuals\">"
                 "<table>\n<thead><tr><th scope=\"col\">cell</th><th scope=\"col\">expected"
                 "</th><th scope=\"col\">adjusted residual</th><th scope=\"col\">adjusted "
                 "p</th></tr></thead>\n<tbody>\n"));
    for (i = 0; (cell = json_array_get(list, i)) != NULL; i++) {
        buf_add(p->out, SPAN("<tr><th scope=\"row\">"));
        page_text(p, code_label(p, t->values, t->value_count, testline_get(cell, "value")));
        if (testline_get(cell, "group")) {
            buf_add(p->out, SPAN(", "));
            page_text(p, code_label(p, t->groups, t->group_count, testline_get(cell, "group")));
        }
        buf_add(p->out, SPAN("</th>"));
        residual_cell(p, cell, "expected", "%.1f");
        residual_cell(p, cell, "adjusted", "%+.2f");
        residual_cell(p, cell, "p_adjusted", "%.3g");
        buf_add(p->out, SPAN("</tr>\n"));
    }
    buf_add(p->out, SPAN("</tbody>\n</table></div>\n"));
}

static struct span subject_of(struct page *p, const struct cells_table *t, const json_t *test)
{
    struct buf b = {0};
    layout_test_subject(&b, p->results, t, test);
    struct span text = shown_keep(p->results, &b);
    buf_free(&b);
    return text;
}

static void all_figures(struct page *p, const struct layout *l, const json_t *test)
{
    struct span subject = subject_of(p, l->table, test);
    buf_add(p->out, SPAN("<details><summary>All figures of the test"));
    if (subject.len) {
        buf_add(p->out, SPAN(": "));
        page_text(p, subject);
    }
    buf_add(p->out, SPAN("</summary>\n<div class=\"scroll\" tabindex=\"0\" role=\"group\" "
                         "aria-label=\"All figures of the test\"><table>\n<thead><tr><th "
                         "scope=\"col\">figure</th><th scope=\"col\">value</th><td "
                         "class=\"w\"></td></tr></thead>\n<tbody>\n"));
    main_rows(p, test);
    statistic_rows(p, test);
    buf_add(p->out, SPAN("</tbody>\n</table></div>\n"));
    residuals(p, l->table, test);
    buf_add(p->out, SPAN("</details>\n"));
}

/* ---- below a table ---- */

static bool is_of(const struct results_test *test, const struct layout *l)
{
    return span_eq(test->table, l->table ? l->table->id : l->id);
}

#define MOST_OPEN 3 /* more tests of one table are behind one more triangle */

static void all_tests(struct page *p, const struct layout *l)
{
    size_t count = 0;
    for (size_t i = 0; i < p->results->test_count; i++)
        count +=
            is_of(&p->results->tests[i], l) && testline_get(p->results->tests[i].json, "statistic");
    if (count > MOST_OPEN)
        buf_addf(p->out, "<details><summary>All figures of %zu tests</summary>\n", count);
    for (size_t i = 0; i < p->results->test_count; i++)
        if (is_of(&p->results->tests[i], l) && testline_get(p->results->tests[i].json, "statistic"))
            all_figures(p, l, p->results->tests[i].json);
    if (count > MOST_OPEN)
        buf_add(p->out, SPAN("</details>\n"));
}

/* A sentence whose names stay beside their figures, on any screen that has room for both. */
static void sentence(struct page *p, struct span text)
{
    struct span part;
    buf_add(p->out, SPAN("<p>"));
    while (wrap_part(&text, &part)) {
        size_t figure = wrap_figure(part);
        size_t kept = figure < part.len || !text.len ? figure : part.len - 1; /* not the space */
        buf_add(p->out, SPAN("<span class=\"nb\">"));
        page_text(p, (struct span){part.at, kept});
        buf_add(p->out, SPAN("</span>"));
        page_text(p, (struct span){part.at + kept, part.len - kept});
    }
    buf_add(p->out, SPAN("</p>\n"));
}

void page_tests(struct page *p, const struct layout *l)
{
    bool any = l->tests.rows > 0;
    for (size_t i = 0; i < l->note_count; i++)
        any |= l->notes[i].kind >= LAYOUT_SENTENCE;
    if (!any)
        return;
    buf_add(p->out, SPAN("<div class=\"test\">\n"));
    for (size_t i = 0; i < l->note_count; i++)
        if (l->notes[i].kind == LAYOUT_SENTENCE)
            sentence(p, l->notes[i].text);
        else if (l->notes[i].kind == LAYOUT_EXPLANATION)
            page_element(p, "<p class=\"note\">", l->notes[i].text, "</p>");
    page_grid(p, &l->tests, "tests", SPAN("Tests"));
    for (size_t i = 0; i < l->note_count; i++)
        if (l->notes[i].kind == LAYOUT_WARNING)
            page_element(p, "<p class=\"note\">", l->notes[i].text, "</p>");
    buf_add(p->out, SPAN("</div>\n"));
    all_tests(p, l);
}

/* ---- all tests ---- */

static const struct cells_table *table_of(const struct results *s, struct span id)
{
    size_t index = intern_find(&s->cells.ids, id);
    return index == INTERN_NONE ? NULL : &s->cells.tables[index];
}

static void test_row(struct page *p, const struct results_test *test)
{
    const struct cells_table *t = table_of(p->results, test->table);
    struct layout l = {.id = shown_text(p->results, test->table), .table = t};
    struct span subject = subject_of(p, t, test->json);
    struct grid_cell cells[4];
    buf_add(p->out, SPAN("<tr><th scope=\"row\"><a href=\"#"));
    page_anchor(p, 't', &l);
    buf_add(p->out, SPAN("\">"));
    page_text(p, t ? shown_title(p->results, t, 0) : l.id);
    buf_add(p->out, SPAN("</a>"));
    if (subject.len) {
        buf_add(p->out, SPAN(": "));
        page_text(p, subject);
    }
    buf_add(p->out, SPAN("</th>"));
    layout_test_cells(p->results, test->json, cells);
    for (size_t c = 0; c < 4; c++) {
        buf_add(p->out, SPAN("<td"));
        if (!isnan(cells[c].n))
            buf_addf(p->out, " data-v=\"%.6g\"", cells[c].n);
        page_element(p, ">", cells[c].text, "</td>");
    }
    buf_add(p->out, SPAN("</tr>\n"));
}

void page_tests_at_once(struct page *p)
{
    if (p->results->test_count == 0)
        return;
    buf_add(p->out,
            SPAN("<section id=\"tests\">\n<h2>All tests at a glance</h2>\n"
                 "<div class=\"scroll\" tabindex=\"0\" role=\"group\" aria-label=\"All "
                 "tests\">\n<table class=\"full sort glance\">\n<thead><tr><th scope=\"col\" "
                 "data-c=\"0\">table</th><th scope=\"col\">test</th><th scope=\"col\" "
                 "data-c=\"2\">p</th><th scope=\"col\" data-c=\"3\">adjusted p</th><th "
                 "scope=\"col\" data-c=\"4\">Cramér's V</th></tr></thead>\n<tbody>\n"));
    for (size_t i = 0; i < p->results->test_count; i++)
        test_row(p, &p->results->tests[i]);
    buf_add(p->out, SPAN("</tbody>\n</table>\n</div>\n</section>\n"));
}
