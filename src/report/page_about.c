/* page_about -- where the figures come from: sources, ledger, the data itself. */
#include "page.h"

#include "base/show.h"
#include "base/utf8.h"
#include "shown.h"
#include "testline.h"

/* "" if there is none. */
static struct span json_text(struct page *p, const json_t *object, const char *key)
{
    const json_t *member = json_object_get(object, key);
    return json_is_string(member) ? shown_text(p->results, testline_text(member)) : SPAN("");
}

/* ---- sources ---- */

/* How many records came out of FILE: "foi.csv" is read by the step "foi-fromcsv", and
 * "foi.schema.json" by none. */
static double records_of(const json_t *stages, struct span file)
{
    const char *dot = memchr(file.at, '.', file.len);
    struct span stem = {file.at, dot ? (size_t)(dot - file.at) : file.len};
    if (dot && memchr(dot + 1, '.', file.len - stem.len - 1))
        return NAN;
    const char *name;
    json_t *stage;
    json_object_foreach((json_t *)(uintptr_t)stages, name, stage)
    {
        struct span step = span_of(name);
        bool is_own =
            span_starts(step, stem) && span_starts(span_of(name + stem.len), SPAN("-from"));
        if (is_own)
            return testline_number(stage, "written");
    }
    return NAN;
}

static void inputs(struct page *p, const json_t *list, const json_t *stages)
{
    size_t i;
    json_t *input;
    buf_add(p->out,
            SPAN("<h3>What went in</h3>\n<div class=\"scroll\" tabindex=\"0\" role=\"group\" "
                 "aria-label=\"What went in\">\n<table>\n<thead><tr><th "
                 "scope=\"col\">file</th><th scope=\"col\">records</th><th scope=\"col\" "
                 "class=\"w\">SHA-256</th></tr></thead>\n<tbody>\n"));
    for (i = 0; (input = json_array_get(list, i)) != NULL; i++) {
        const json_t *file = json_object_get(input, "file");
        double records = json_is_string(file) ? records_of(stages, testline_text(file)) : NAN;
        page_element(p, "<tr><th scope=\"row\">", json_text(p, input, "file"), "</th>");
        buf_addf(p->out, isnan(records) ? "<td></td>" : "<td>%.0f</td>", records);
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
        inputs(p, json_object_get(manifest, "inputs"), json_object_get(manifest, "stages"));
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

static void add_letters(struct buf *b, const char *at, const char *end)
{
    while (at < end)
        at = add_letter(b, at);
}

/* The lines as they came, but for that, and for records that are too many. */
static void add_lines(struct page *p)
{
    const struct results *s = p->results;
    for (size_t i = 0; i < s->line_count; i++) {
        const struct span text = s->lines[i].text, records = s->lines[i].records;
        const char *from = text.at;
        buf_add(p->out, i ? SPAN(",\n") : SPAN(""));
        if (p->are_many && records.at) {
            add_letters(p->out, from, records.at);
            buf_add(p->out, SPAN("null"));
            from = records.at + records.len;
        }
        add_letters(p->out, from, text.at + text.len);
        page_pass(p);
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
    add_lines(p);
    buf_add(p->out, SPAN("]</script>\n"));
}

void page_lead(struct page *p)
{
    struct span name = json_text(p, p->results->manifest, "study");
    struct span date = p->results->cells.labels.date;
    const json_t *inputs = json_object_get(p->results->manifest, "inputs");
    if (!name.len && !date.len)
        return;
    buf_add(p->out, SPAN("<p class=\"lead\">"));
    if (date.len)
        page_element(p, "", shown_text(p->results, date), name.len ? "." : "");
    if (name.len) {
        buf_add(p->out, SPAN("Study "));
        page_text(p, name);
        buf_addf(p->out,
                 ", made from %zu files; see <a href=\"#sources\">sources</a> and <a "
                 "href=\"#methods\">methods</a>.",
                 json_array_size(inputs));
    }
    buf_add(p->out, SPAN("</p>\n"));
}
