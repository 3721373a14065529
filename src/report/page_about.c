/* page_about -- where the figures come from: methods, sources, ledger, the data itself. */
#include "page.h"

#include "base/show.h"
#include "base/utf8.h"
#include "chart.h"
#include "shown.h"
#include "testing/statistic.h"
#include "testline.h"

static struct span json_text(struct page *p, const json_t *object, const char *key)
{
    const json_t *member = json_object_get(object, key);
    return json_is_string(member) ? shown_text(p->results, testline_text(member)) : SPAN("");
}

/* ---- methods ---- */

static void percentages(struct page *p)
{
    static const char *const decimals[] = {
        [RESULTS_JMIR] =
            "none where the largest base of a table is under 100, one under 1000, two above",
        [RESULTS_APA] = "one",
        [RESULTS_PLAIN] = "one",
    };
    buf_addf(
        p->out,
        "<p>Each percentage is printed with its base: the records that the table is of and that "
        "gave an answer. Missing answers are left out of a base unless the note below a table "
        "says that it holds them, and are listed with their reasons. Decimals: ");
    if (p->results->options.decimals != RESULTS_BY_STYLE)
        buf_addf(p->out, "%zu", p->results->options.decimals);
    else
        buf_addf(p->out, "%s", decimals[p->results->options.style]);
    buf_add(p->out,
            SPAN(". Where a record could give several answers, percentages are of records, so "
                 "they can add up to more than 100."));
    double confidence = p->results->cells.labels.confidence;
    buf_add(p->out,
            SPAN(" Intervals, drawn as thin lines over the bars, are confidence intervals"));
    if (confidence > 0)
        buf_addf(p->out, " of %.4g%%", 100 * confidence);
    buf_add(p->out, SPAN(", by Wilson's score method unless the plan names another.</p>\n"));
}

static bool is_used(const struct results *s, const char *key, const char *value)
{
    for (size_t i = 0; i < s->test_count; i++) {
        const json_t *member = testline_get(s->tests[i].json, key);
        if (json_is_string(member) && strcmp(json_string_value(member), value) == 0)
            return true;
    }
    return false;
}

static void tests(struct page *p)
{
    static const char *const ways[][2] = {
        {"pearson",
         "Pearson's chi-square test without correction, where the expected counts allow it "
         "(Cochran 1954)"},
        {"fisher", "Fisher's exact test, where they are too small"},
        {"monte_carlo",
         "the share of random tables with the same sums that are at least as unlikely, "
         "where an exact test is out of reach"},
        {"mantel_haenszel", "the Mantel–Haenszel test over strata"},
        {"mcnemar", "McNemar's test for pairs of answers"},
        {"binomial", "the exact binomial test for few records (for pairs McNemar's)"},
        {"multinomial", "the exact multinomial test of the goodness of fit for few records"},
        {"conditional_exact", "the exact conditional test over small strata (Birch 1964)"},
        {"rao_scott_f", "the Rao–Scott test of weighted counts, which takes each record for one "
                        "(Rao & Scott 1984)"},
        {"welch",
         "Welch's test of the means of groups of numbers, with Mann and Whitney's or Kruskal and "
         "Wallis's test by ranks beside it"},
        {"cochran_q", "Cochran's Q for values that the same records name"},
        {"bowker", "Bowker's test of symmetry"},
        {"rao_scott", "the Rao–Scott correction for answers that overlap (multiple response)"},
    };
    if (p->results->test_count == 0)
        return;
    buf_add(p->out, SPAN("<p>Differences between groups were tested by:</p>\n<ul>\n"));
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++)
        if (is_used(p->results, "preferred", ways[i][0]))
            page_element(p, "<li>", span_of(ways[i][1]), "</li>");
    buf_add(p->out,
            SPAN("</ul>\n<p>Effect sizes are Cramér's V with the interval of the noncentral "
                 "chi-square (Steiger 2004; Feldman & Cousins 1998), and for tables of two by two "
                 "the risk difference (Newcombe 1998, method 10) and the odds ratio (Woolf 1955). "
                 "Adjusted residuals tell which cells a difference lies "
                 "in: beyond ±1.96 a cell is rarer or more frequent than chance alone makes "
                 "likely.</p>\n"));
}

#define MOST_MEMBERS 12 /* of a family, by name */

static void name_members(struct buf *b, const json_t *members)
{
    size_t count = json_array_size(members);
    for (size_t i = 0; i < count && i < MOST_MEMBERS; i++) {
        buf_add(b, i ? SPAN(", ") : SPAN(" ("));
        buf_add(b, testline_text(json_array_get(members, i)));
    }
    if (count > MOST_MEMBERS)
        buf_add(b, SPAN(" and others"));
    if (count)
        buf_addc(b, ')');
}

/* The families over which p was adjusted, each once. */
static void families(struct page *p)
{
    struct intern seen = {0};
    struct buf b = {0};
    for (size_t i = 0; i < p->results->test_count; i++) {
        const json_t *adjust = testline_get(p->results->tests[i].json, "adjust");
        const char *method = json_string_value(testline_get(adjust, "method"));
        double size = testline_number(adjust, "size");
        if (!method || strcmp(method, "none") == 0 || !(size > 1))
            continue;
        buf_clear(&b);
        buf_addf(&b, "%s over the %.0f tests of the family ", testline_adjust_label(method), size);
        buf_add(&b, testline_text(testline_get(adjust, "family")));
        name_members(&b, testline_get(adjust, "members"));
        size_t before = seen.count;
        if (intern_add(&seen, buf_span(&b)) < before)
            continue;
        buf_add(p->out,
                before ? SPAN("; ")
                       : SPAN("<p>Since many tests find something by chance, p was adjusted: "));
        page_text(p, shown_keep(p->results, &b));
    }
    if (seen.count)
        buf_add(p->out, SPAN(".</p>\n"));
    intern_free(&seen);
    buf_free(&b);
}

static void software(struct page *p)
{
    struct span version = json_text(p, p->results->manifest, "version");
    if (!version.len)
        return;
    page_element(
        p, "<p>All figures were made by foi-filters ", version,
        ", a chain of programs from the spreadsheets to this page; each counts what it reads "
        "and writes, and the ledger below proves that no record went missing between "
        "two.</p>");
}

void page_methods(struct page *p)
{
    buf_add(p->out, SPAN("<section id=\"methods\">\n<h2>Methods</h2>\n"));
    percentages(p);
    tests(p);
    families(p);
    software(p);
    buf_add(p->out, SPAN("</section>\n"));
}

/* ---- sources ---- */

static void inputs(struct page *p, const json_t *list)
{
    size_t i;
    json_t *input;
    buf_add(p->out,
            SPAN("<h3>What went in</h3>\n<div class=\"scroll\" tabindex=\"0\" role=\"group\" "
                 "aria-label=\"What went in\">\n<table>\n<thead><tr><th "
                 "scope=\"col\">file</th><th scope=\"col\">SHA-256</th></tr></thead>\n<tbody>\n"));
    for (i = 0; (input = json_array_get(list, i)) != NULL; i++) {
        page_element(p, "<tr><th scope=\"row\">", json_text(p, input, "file"), "</th>");
        page_element(p, "<td class=\"w hash\">", json_text(p, input, "sha256"), "</td></tr>");
    }
    buf_add(p->out, SPAN("</tbody>\n</table>\n</div>\n"));
}

static void number_cell(struct page *p, const json_t *object, const char *key)
{
    double n = testline_number(object, key);
    buf_add(p->out, SPAN("<td>"));
    if (!isnan(n))
        buf_addf(p->out, "%.0f", n);
    buf_add(p->out, SPAN("</td>"));
}

static void stages(struct page *p, json_t *object)
{
    const char *name;
    json_t *stage;
    buf_add(p->out,
            SPAN("<h3>What each step read and wrote</h3>\n<div class=\"scroll\" tabindex=\"0\" "
                 "role=\"group\" aria-label=\"Steps\">\n<table>\n<thead><tr><th "
                 "scope=\"col\">step</th><th scope=\"col\">program</th><th "
                 "scope=\"col\">read</th><th scope=\"col\">written</th><th "
                 "scope=\"col\">rejected</th></tr></thead>\n<tbody>\n"));
    for (void *at = json_object_iter(object); at; at = json_object_iter_next(object, at)) {
        name = json_object_iter_key(at);
        stage = json_object_iter_value(at);
        page_element(p, "<tr><th scope=\"row\">", shown_text(p->results, span_of(name)), "</th>");
        page_element(p, "<td>", json_text(p, stage, "program"), "</td>");
        number_cell(p, stage, "read");
        number_cell(p, stage, "written");
        number_cell(p, stage, "rejected");
        buf_add(p->out, SPAN("</tr>\n"));
    }
    buf_add(p->out, SPAN("</tbody>\n</table>\n</div>\n"));
}

static void ledger(struct page *p, const json_t *list)
{
    size_t i;
    json_t *line;
    buf_add(p->out,
            SPAN("<details><summary>The ledger: counts that must agree, and do</summary>\n<div "
                 "class=\"scroll\" tabindex=\"0\" role=\"group\" "
                 "aria-label=\"Ledger\">\n<table>\n<thead><tr><th scope=\"col\">what</th><th "
                 "scope=\"col\">left</th><th scope=\"col\">right</th></tr></thead>\n<tbody>\n"));
    for (i = 0; (line = json_array_get(list, i)) != NULL; i++) {
        page_element(p, "<tr><th scope=\"row\">", json_text(p, line, "what"), "</th>");
        number_cell(p, line, "left");
        number_cell(p, line, "right");
        buf_add(p->out, SPAN("</tr>\n"));
    }
    buf_add(p->out, SPAN("</tbody>\n</table>\n</div>\n</details>\n"));
}

void page_sources(struct page *p)
{
    json_t *manifest = p->results->manifest;
    if (!manifest)
        return;
    buf_add(p->out, SPAN("<section id=\"sources\">\n<h2>Sources and ledger</h2>\n"));
    if (json_array_size(json_object_get(manifest, "inputs")))
        inputs(p, json_object_get(manifest, "inputs"));
    if (json_object_size(json_object_get(manifest, "stages")))
        stages(p, json_object_get(manifest, "stages"));
    if (json_array_size(json_object_get(manifest, "ledger")))
        ledger(p, json_object_get(manifest, "ledger"));
    buf_add(p->out, SPAN("</section>\n"));
}

/* ---- the data ---- */

/* One character of JSON. '<' could end the element that holds the lines; what a terminal or an
 * editor would obey is written by its number, too. */
static const char *add_letter(struct buf *b, const char *at)
{
    const char *from = at;
    uint32_t code = utf8_next(&at);
    if (code == '<' || show_is_hidden(code))
        buf_addf(b, "\\u%04x", (unsigned)code);
    else
        buf_add(b, span_from(from, at));
    return at;
}

/* The lines as they came, but for that. */
static void add_lines(struct buf *b, const struct results *s)
{
    for (size_t i = 0; i < s->line_count; i++) {
        const char *at = s->lines[i].at, *end = at + s->lines[i].len;
        buf_add(b, i ? SPAN(",\n") : SPAN(""));
        while (at < end)
            at = add_letter(b, at);
    }
}

void page_downloads(struct page *p)
{
    static const char *const files[] = {"cells.csv", "cells.json", "tests.csv", "tests.json"};
    buf_add(p->out,
            SPAN("<section id=\"data\">\n<h2>Data to download</h2>\n<p>Every figure of this "
                 "page at full precision, from the page itself.</p>\n<div class=\"dl js\">\n"));
    for (size_t i = 0; i < (p->results->test_count ? 4 : 2); i++)
        buf_addf(p->out, "<button type=\"button\" data-save=\"%s\">%s</button>\n", files[i],
                 files[i]);
    buf_add(p->out,
            SPAN("</div>\n<noscript><p class=\"note\">Saving needs JavaScript; the data stand at "
                 "the end of this file as JSON.</p></noscript>\n</section>\n"
                 "<script type=\"application/json\" id=\"lines\">[\n"));
    add_lines(p->out, p->results);
    buf_add(p->out, SPAN("]</script>\n"));
}

void page_lead(struct page *p)
{
    struct span name = json_text(p, p->results->manifest, "study");
    const json_t *inputs = json_object_get(p->results->manifest, "inputs");
    if (!name.len)
        return;
    buf_add(p->out, SPAN("<p class=\"lead\">Study "));
    page_text(p, name);
    buf_addf(p->out,
             ", made from %zu files; see <a href=\"#sources\">sources</a> and <a "
             "href=\"#methods\">methods</a>.</p>\n",
             json_array_size(inputs));
}
