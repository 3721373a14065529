/* page_methods -- how the figures were made, written from the run: dates, agreement of coders,
 * percentages, tests, families of tests, software. */
#include "page.h"

#include "methods.h"
#include "shown.h"
#include "testline.h"

/* ---- families ---- */

/* The number of the first table that T is on the page, as in its heading; 0 if it is not there. */
static size_t number_of(const struct results *s, struct span id)
{
    size_t number = 1;
    for (size_t i = 0; i < s->cells.count; i++) {
        if (span_eq(s->cells.tables[i].id, id))
            return number;
        number += s->cells.tables[i].layer_count;
    }
    return 0;
}

/* "Table 19" with a link; what is no table by its own name. */
static void name_table(struct page *p, struct span id)
{
    size_t number = number_of(p->results, id);
    struct layout l = {.id = shown_text(p->results, id)};
    if (number == 0) {
        page_text(p, l.id);
        return;
    }
    buf_add(p->out, SPAN("<a href=\"#"));
    page_anchor(p, 't', &l);
    buf_addf(p->out, "\">Table %zu</a>", number);
}

/* A member is a table, or an item, a stratum or a pair of one: "ID, ITEM". */
static struct span table_of(const struct results *s, struct span member)
{
    for (size_t i = 0; i < s->cells.count; i++) {
        struct span id = s->cells.tables[i].id;
        bool is_part = span_starts(member, id) && member.len > id.len + 1 &&
                       member.at[id.len] == ',' && member.at[id.len + 1] == ' ';
        if (is_part || span_eq(member, id))
            return id;
    }
    return member;
}

/* Each table once. */
static void name_members(struct page *p, const json_t *members)
{
    struct intern seen = {0};
    for (size_t i = 0; i < json_array_size(members); i++) {
        struct span id = table_of(p->results, testline_text(json_array_get(members, i)));
        size_t before = seen.count;
        if (intern_add(&seen, id) < before)
            continue;
        buf_add(p->out, before ? SPAN(", ") : SPAN(" "));
        name_table(p, id);
    }
    intern_free(&seen);
}

static bool is_family(const json_t *adjust)
{
    const char *method = json_string_value(testline_get(adjust, "method"));
    return method && strcmp(method, "none") != 0 && testline_number(adjust, "size") > 1;
}

/* The families over which p was adjusted, each once. */
static void families(struct page *p)
{
    struct intern seen = {0};
    for (size_t i = 0; i < p->results->test_count; i++) {
        const json_t *adjust = testline_get(p->results->tests[i].json, "adjust");
        if (!is_family(adjust))
            continue;
        size_t before = seen.count;
        struct span family = testline_text(testline_get(adjust, "family"));
        if (intern_add(&seen, family) < before)
            continue;
        buf_add(p->out, before ? SPAN("; ")
                               : SPAN("<p>Since many tests find something by chance, p was "
                                      "adjusted: "));
        buf_addf(p->out, "%s over the %.0f tests of",
                 testline_adjust_label(json_string_value(testline_get(adjust, "method"))),
                 testline_number(adjust, "size"));
        name_members(p, testline_get(adjust, "members"));
    }
    if (seen.count)
        buf_add(p->out, SPAN(".</p>\n"));
    intern_free(&seen);
}

/* ---- dates ---- */

static bool is_date(struct span text)
{
    static const char form[] = "0000-00-00";
    bool is = text.len == sizeof form - 1;
    for (size_t i = 0; i < text.len && is; i++)
        is = form[i] == '-' ? text.at[i] == '-' : text.at[i] >= '0' && text.at[i] <= '9';
    return is;
}

/* The first and the last date of a public field, if it holds nothing else. */
static bool find_dates(const struct labels_records *r, size_t column, struct span dates[2])
{
    struct value v;
    for (size_t i = 0; i < r->count; i++) {
        struct span rest = r->bodies[i];
        for (size_t c = 0; c <= column; c++)
            if (!value_next(&rest, NULL, &v))
                return false;
        if (v.type == VALUE_NULL)
            continue;
        struct span date = {v.raw.at + 1, v.raw.len < 2 ? 0 : v.raw.len - 2};
        if (v.type != VALUE_STRING || !is_date(date))
            return false;
        if (!dates[0].at || memcmp(date.at, dates[0].at, date.len) < 0)
            dates[0] = date;
        if (!dates[1].at || memcmp(date.at, dates[1].at, date.len) > 0)
            dates[1] = date;
    }
    return dates[0].at != NULL;
}

static void dates_of(struct page *p, size_t number)
{
    const struct labels_records *r = page_records_of(p, number);
    for (size_t column = 0; column < r->open.count; column++) {
        struct span dates[2] = {{0}, {0}};
        if (!find_dates(r, column, dates))
            continue;
        page_element(p, "<p>", page_records_title(p, number), ": ");
        page_text(p, shown_other_field(p->results, r->open.keys[column]));
        buf_addf(p->out, span_eq(dates[0], dates[1]) ? " %.*s" : " from %.*s", SPAN_ARGS(dates[0]));
        if (!span_eq(dates[0], dates[1]))
            buf_addf(p->out, " to %.*s", SPAN_ARGS(dates[1]));
        buf_addf(p->out, ", %zu records.</p>\n", r->count);
    }
}

static void dates(struct page *p)
{
    struct span date = p->results->cells.labels.date;
    if (date.len)
        page_element(p, "<p>The data: ", shown_text(p->results, date), ".</p>");
    for (size_t i = 0; i < page_records_count(p); i++)
        dates_of(p, i);
}

/* ---- agreement of coders ---- */

static void coefficient(struct page *p, const char *name, const json_t *test, const char *key)
{
    const json_t *member = testline_get(test, key);
    double value = json_is_number(member)          ? json_number_value(member)
                   : testline_get(member, "kappa") ? testline_number(member, "kappa")
                                                   : testline_number(member, "value");
    double low = testline_number(member, "low"), high = testline_number(member, "high");
    if (isnan(value))
        return;
    buf_addf(p->out, ", %s %.2f", name, value);
    if (!isnan(low) && !isnan(high))
        buf_addf(p->out, " (interval %.2f to %.2f)", low, high);
}

static void agreement_of(struct page *p, const json_t *member)
{
    struct buf b = {0};
    testline_add_text(&b, member);
    page_text(p, shown_keep(p->results, &b));
    buf_free(&b);
}

static void agreement_line(struct page *p, const json_t *line)
{
    const json_t *code = testline_get(line, "code"), *field = testline_get(line, "field");
    const char *units = testline_get(line, "answers") ? "answers" : "units";
    buf_add(p->out, code ? SPAN("<li>") : SPAN("<p>Coding"));
    if (code) {
        agreement_of(p, code);
    } else {
        if (field) {
            buf_add(p->out, SPAN(" of "));
            agreement_of(p, field);
        }
        buf_addf(p->out, ": %.0f coders coded the same %.0f answers",
                 testline_number(line, "coders"), testline_number(line, units));
    }
    buf_addf(p->out, "%s agreement %.1f%%", code ? ":" : ";",
             100 * testline_number(line, "agreement"));
    coefficient(p, "Cohen's kappa", line, "cohen");
    coefficient(p, "Fleiss' kappa", line, "fleiss");
    coefficient(p, "Krippendorff's alpha", line, "alpha");
    coefficient(p, "Gwet's AC1", line, "ac1");
    buf_addf(p->out, ".%s\n", code ? "</li>" : "</p>");
}

static bool is_overall(const json_t *line)
{
    return !testline_get(line, "code");
}

/* The lines of one field, from FIRST on: those of its codes, which come before the overall one. */
static size_t agreement_field(struct page *p, const json_t *list, size_t first)
{
    size_t count = json_array_size(list), overall = first;
    while (overall < count && !is_overall(json_array_get(list, overall)))
        overall++;
    if (overall < count)
        agreement_line(p, json_array_get(list, overall));
    if (overall == first)
        return overall + 1;
    buf_addf(p->out, "<details><summary>Agreement on each of %zu codes</summary>\n<ul>\n",
             overall - first);
    for (size_t i = first; i < overall; i++)
        agreement_line(p, json_array_get(list, i));
    buf_add(p->out, SPAN("</ul>\n</details>\n"));
    return overall + 1;
}

static void agreement(struct page *p)
{
    const json_t *list = p->results->agreement;
    for (size_t i = 0; i < json_array_size(list);)
        i = agreement_field(p, list, i);
}

/* ---- what people decided ---- */

static double checked_count(const struct page *p, const char *what)
{
    return json_number_value(
        json_object_get(json_object_get(p->results->manifest, "checked"), what));
}

static void people(struct page *p)
{
    double changed = checked_count(p, "changed"), confirmed = checked_count(p, "confirmed");
    double coders = checked_count(p, "coders");
    if (changed + confirmed == 0)
        return;
    buf_addf(p->out, "<p>People checked %.0f item%s", changed + confirmed,
             changed + confirmed == 1 ? "" : "s");
    if (coders > 0)
        buf_addf(p->out, " (%.0f coder%s)", coders, coders == 1 ? "" : "s");
    buf_addf(p->out, ", of which %.0f %s changed.", changed, changed == 1 ? "was" : "were");
    double stale = checked_count(p, "stale");
    if (stale > 0)
        buf_addf(p->out, " %.0f decision%s on texts that have changed since %s not used.", stale,
                 stale == 1 ? "" : "s", stale == 1 ? "was" : "were");
    buf_add(p->out, SPAN("</p>\n"));
}

/* ---- what was read out of sentences ---- */

/* The sum of COUNT over all stages. */
static double counted(const struct page *p, const char *count)
{
    double sum = 0;
    const char *name;
    json_t *stage, *stages = json_object_get(p->results->manifest, "stages");
    json_object_foreach(stages, name, stage) sum +=
        json_number_value(json_object_get(stage, count));
    return sum;
}

/* Figures that nobody typed: a reader has to know of them. */
static void sentences(struct page *p)
{
    double read = counted(p, "flags_figure"), left = counted(p, "flags_no_figure");
    if (read + left == 0)
        return;
    buf_addf(p->out,
             "<p>The program read %.0f figure%s out of answers in sentences. %.0f answer%s no one "
             "figure and %s missing. Both are listed with the doubtful cells.</p>\n",
             read, read == 1 ? "" : "s", left, left == 1 ? " states" : "s state",
             left == 1 ? "is" : "are");
}

/* ---- all of it ---- */

static void close_list(struct page *p, bool *in_list)
{
    if (*in_list)
        buf_add(p->out, SPAN("</ul>\n"));
    *in_list = false;
}

/* What every form tells, the families with links to their tables. */
static void figures(struct page *p)
{
    struct methods m = methods_of(p->results);
    bool in_list = false;
    for (size_t i = 0; i < m.count; i++) {
        bool is_item = methods_is_item(&m, i);
        if (is_item && !in_list)
            buf_add(p->out, SPAN("<ul>\n"));
        else if (!is_item)
            close_list(p, &in_list);
        in_list = is_item;
        if (m.parts[i].kind == METHODS_FAMILIES)
            families(p);
        else
            page_element(p, is_item ? "<li>" : "<p>", m.parts[i].text, is_item ? "</li>" : "</p>");
    }
    methods_free(&m);
}

void page_methods(struct page *p)
{
    buf_add(p->out, SPAN("<section id=\"methods\">\n<h2>Methods</h2>\n"));
    dates(p);
    sentences(p);
    people(p);
    agreement(p);
    figures(p);
    if (p->results->manifest)
        buf_add(p->out, SPAN("<p>Each program counts what it reads and writes, and the ledger "
                             "below proves that no record went missing between two.</p>\n"));
    buf_add(p->out, SPAN("</section>\n"));
}
