/* write_html -- the study on one page, in one file, without anything from a network.
 *
 * Style and script stand in the page; the script only sorts, searches and saves, so that
 * all can be read without it. A policy in the page itself forbids everything else. */
#include "writers.h"

#include "base/version.h"
#include "chart.h"
#include "page.h"
#include "svg.h"
#include "testline.h"
#include "xml.h"

static const char STYLE[] = {
#include "page_css.inc"
};

static const char SCRIPT[] = {
#include "page_js.inc"
};

#define EMBEDDED(bytes) ((struct span){(bytes), sizeof(bytes)})

/* ---- small parts ---- */

void page_text(struct page *p, struct span text)
{
    bool is_ascii = true;
    for (size_t i = 0; i < text.len && is_ascii; i++)
        is_ascii = (unsigned char)text.at[i] < 0xD6; /* no Hebrew, no Arabic before U+0590 */
    if (!is_ascii)
        buf_add(p->out, SPAN("<bdi>"));
    xml_add(p->out, text);
    if (!is_ascii)
        buf_add(p->out, SPAN("</bdi>"));
}

void page_element(struct page *p, const char *open, struct span text, const char *close)
{
    buf_addf(p->out, "%s", open);
    page_text(p, text);
    buf_addf(p->out, "%s\n", close);
}

void page_anchor(struct page *p, char what, const struct layout *l)
{
    buf_addf(p->out, "%c-", what);
    xml_add_id(p->out, l->id);
    if (l->layer)
        buf_addf(p->out, "-%zu", l->layer + 1);
}

/* ---- head ---- */

static void head(struct page *p, struct span title)
{
    struct buf *b = p->out;
    buf_add(b, SPAN("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                    "<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n"
                    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
                    "img-src data:; style-src 'unsafe-inline'; script-src 'unsafe-inline'; "
                    "base-uri 'none'; "
                    "form-action 'none'\">\n"
                    "<meta name=\"generator\" content=\"foi-filters " FOI_VERSION "\">\n"
                    "<link rel=\"icon\" href=\"data:,\">\n<title>"));
    xml_add(b, title);
    buf_add(b, SPAN("</title>\n<style>\n"));
    buf_add(b, EMBEDDED(STYLE));
    buf_add(b, SPAN("</style>\n</head>\n<body>\n<a class=\"skip\" href=\"#results\">Skip to the "
                    "results</a>\n"));
}

struct facts {
    double asked, replied;
    size_t tables, tests, figures;
};

static void count_layout(void *context, const struct layout *l)
{
    struct facts *f = context;
    f->tables++;
    f->figures += chart_kind_of(l) != CHART_NONE;
}

static struct facts facts_of(struct results *s)
{
    struct facts f = {.asked = NAN, .replied = NAN};
    layout_each(s, count_layout, &f);
    for (size_t i = 0; i < s->test_count; i++) /* a line may say that there is none */
        f.tests += isnan(testline_p(s->tests[i].json)) ? 0 : 1;
    for (size_t i = 0; i < s->cells.count; i++) {
        const struct cells_table *t = &s->cells.tables[i];
        for (size_t j = 0; j < t->step_count && isnan(f.asked); j++)
            if (span_eq(t->steps[j].step, SPAN("asked")))
                f.asked = t->steps[j].cell.n;
        for (size_t j = 0; j < t->step_count && isnan(f.replied); j++)
            if (span_eq(t->steps[j].step, SPAN("RR2")))
                f.replied = t->steps[j].cell.n;
    }
    return f;
}

static void fact(struct page *p, const char *label, double n, const char *more)
{
    buf_addf(p->out, "<div><dt>%s</dt><dd>%.0f%s</dd></div>\n", label, n, more);
}

static void top(struct page *p, struct span title)
{
    struct facts f = facts_of(p->results);
    char share[64] = "";
    page_element(p, "<header class=\"top wrap\">\n<h1>", title, "</h1>");
    page_lead(p);
    buf_add(p->out, SPAN("<dl class=\"facts\">\n"));
    if (!isnan(f.asked)) {
        fact(p, "Bodies asked", f.asked, "");
        snprintf(share, sizeof share, "<small>%.1f%% of those asked</small>",
                 f.asked > 0 ? f.replied / f.asked * 100 : 0.0);
        fact(p, "Replied", f.replied, share);
    }
    fact(p, f.tables == 1 ? "Table" : "Tables", (double)f.tables, "");
    fact(p, f.tests == 1 ? "Statistical test" : "Statistical tests", (double)f.tests, "");
    buf_add(p->out, SPAN("</dl>\n</header>\n"));
}

/* ---- contents ---- */

static void entry(void *context, const struct layout *l)
{
    struct page *p = context;
    buf_add(p->out, SPAN("<li><a href=\"#"));
    page_anchor(p, 't', l);
    buf_addf(p->out, "\"><b>%zu</b> ", ++p->tables);
    page_text(p, l->title);
    buf_add(p->out, SPAN("</a></li>\n"));
}

static void contents(struct page *p)
{
    struct buf *b = p->out;
    buf_add(b, SPAN("<nav class=\"toc\" aria-label=\"Contents\">\n<div class=\"js\"><label "
                    "for=\"find\">Find a table</label><input id=\"find\" type=\"search\" "
                    "autocomplete=\"off\"><p id=\"found\" role=\"status\" "
                    "class=\"note\"></p></div>\n<details open><summary>Contents</summary>\n<ol "
                    "class=\"first\">\n"));
    for (size_t i = 1; i < page_records_count(p); i++) {
        buf_add(b, SPAN("<li><a href=\"#"));
        page_records_anchor(p, i);
        page_element(p, "\">", page_records_title(p, i), "</a></li>");
    }
    if (p->results->test_count)
        buf_add(b, SPAN("<li><a href=\"#tests\">All tests at a glance</a></li>\n"));
    buf_add(b, SPAN("<li><a href=\"#methods\">Methods</a></li>\n"));
    if (p->results->manifest)
        buf_add(b, SPAN("<li><a href=\"#sources\">Sources and ledger</a></li>\n"));
    buf_add(b, SPAN("<li><a href=\"#data\">Data to download</a></li>\n</ol>\n<ol>\n"));
    layout_each(p->results, entry, p);
    p->tables = 0;
    buf_add(b, SPAN("</ol>\n</details>\n</nav>\n"));
}

/* ---- tables and figures ---- */

/* A picture says more than the bars of the table where rows overlap, groups are compared or
 * replies get lost on the way. */
static bool needs_figure(const struct layout *l)
{
    switch (chart_kind_of(l)) {
    case CHART_BARS:
        return (l->table->multiple && l->counts.rows > 3 && l->counts.columns <= 7) ||
               page_is_hidden(l);
    case CHART_MOSAIC:
    case CHART_FLOW:
        return true;
    default:
        return false;
    }
}

/* How to read what is not told by its labels. */
static const char *how_to_read(const struct layout *l)
{
    switch (chart_kind_of(l)) {
    case CHART_BARS:
        return "; thin lines are confidence intervals";
    case CHART_MOSAIC:
        return "; each bar is a group, as high as the group is large";
    default:
        return "";
    }
}

static void figure(struct page *p, const struct layout *l)
{
    struct drawing d = chart_make(p->results, l);
    buf_add(p->out, SPAN("<figure id=\""));
    page_anchor(p, 'f', l);
    buf_addf(p->out, "\">\n<figcaption><span class=\"no\">Figure %zu.</span>", ++p->figures);
    page_text(p, l->title);
    buf_addf(p->out, "<span class=\"how\">%s</span>", how_to_read(l));
    buf_add(p->out, SPAN("</figcaption>\n<div class=\"scroll\" tabindex=\"0\" role=\"group\" "
                         "aria-label=\"Figure\">\n"));
    svg_write(p->out, &d, SVG_PAGE, 0);
    buf_add(p->out, SPAN("</div>\n</figure>\n"));
    drawing_free(&d);
}

static void section(void *context, const struct layout *l)
{
    struct page *p = context;
    bool is_first = needs_figure(l) && page_is_hidden(l);
    buf_add(p->out, SPAN("<section class=\"t\" id=\""));
    page_anchor(p, 't', l);
    buf_add(p->out, SPAN("\">\n<h3><a class=\"self\" href=\"#"));
    page_anchor(p, 't', l);
    buf_addf(p->out, "\"><span class=\"no\">Table %zu.</span>", ++p->tables);
    page_text(p, l->title);
    buf_add(p->out, SPAN("</a></h3>\n"));
    page_question(p, l);
    if (is_first)
        figure(p, l);
    page_table(p, l);
    page_tests(p, l);
    if (!is_first && needs_figure(l))
        figure(p, l);
    buf_add(p->out, SPAN("</section>\n"));
    page_pass(p);
}

#define MOST_RECORDS ((size_t)200 * 1024) /* bytes: they stand on the page and in its data */

static bool has_many_records(const struct results *s)
{
    size_t bytes = 0;
    for (size_t i = 0; i < s->line_count; i++)
        bytes += s->lines[i].records.len;
    return bytes > MOST_RECORDS;
}

void write_html(struct results *s, struct filter *f)
{
    struct page p = {
        .results = s, .whole = &f->out, .out = &f->out.buf, .are_many = has_many_records(s)};
    struct span title = results_title(s);
    head(&p, title);
    top(&p, title);
    buf_add(p.out, SPAN("<div class=\"wrap cols\">\n"));
    contents(&p);
    buf_add(p.out, SPAN("<main id=\"results\">\n<section>\n<h2 id=\"all\">Results</h2>\n"));
    layout_each(s, section, &p);
    buf_add(p.out, SPAN("</section>\n"));
    f->written += p.tables;
    for (size_t i = 1; i < page_records_count(&p); i++)
        page_records(&p, i);
    page_tests_at_once(&p);
    page_methods(&p);
    page_sources(&p);
    if (page_records_count(&p))
        page_records(&p, 0);
    page_downloads(&p);
    buf_add(p.out,
            SPAN("</main>\n</div>\n<footer class=\"wrap\">\n<p>Made by foi-filters " FOI_VERSION
                 ". The page is whole in itself: it loads nothing and sends "
                 "nothing.</p>\n</footer>\n<script>\n"));
    buf_add(p.out, EMBEDDED(SCRIPT));
    buf_add(p.out, SPAN("</script>\n</body>\n</html>\n"));
}
