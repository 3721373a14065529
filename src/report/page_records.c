/* page_records -- the records with the fields that the plan makes public: those of the study, and
 * those of another source, such as what a website search says of each technology. Nothing else of
 * a record is in the results, so nothing else can come to the page.
 *
 * Where the second field sorts the records into kinds, they stand by kind; where the first names
 * the values of a table, each has its figure of that table beside it, the most frequent first. */
#include "page.h"

#include <stdlib.h>

#include "shown.h"
#include "stream/scalar.h"

struct one {
    struct span fields; /* a list of JSON */
    size_t place, kind;
    const struct cells_cell *cell; /* of the table of the values, NULL for none */
};

struct list {
    struct page *p;
    const struct labels_records *records;
    const struct cells_table *table; /* whose values they are; NULL for none */
    struct one *all;
    struct intern kinds; /* the second field, by first appearance */
    bool is_by_kind;
    struct buf text, scratch;
};

/* ---- values ---- */

static bool is_address(struct span text)
{
    bool is_web = span_starts(text, SPAN("https://")) || span_starts(text, SPAN("http://"));
    for (size_t i = 0; i < text.len && is_web; i++)
        is_web = (unsigned char)text.at[i] > 0x20 && text.at[i] != 0x7f;
    return is_web;
}

static bool is_date(struct span text)
{
    return text.len == 10 && text.at[4] == '-' && text.at[7] == '-';
}

/* An address is text, of which the page's script makes a link: the page itself leads nowhere. */
static void add_text(struct page *p, struct span text)
{
    struct span shown = shown_text(p->results, text);
    if (!is_address(shown) && !is_date(shown)) {
        page_text(p, shown);
        return;
    }
    buf_add(p->out, is_date(shown) ? SPAN("<span class=\"date\">") : SPAN("<span class=\"url\">"));
    page_text(p, shown);
    buf_add(p->out, SPAN("</span>"));
}

/* The items of a list with commas. */
void page_value(struct page *p, const struct value *v, struct buf *scratch)
{
    struct span rest = v->raw;
    struct value item;
    if (v->type == VALUE_NULL) {
        buf_add(p->out, SPAN("–"));
    } else if (v->type == VALUE_TRUE || v->type == VALUE_FALSE) {
        buf_addf(p->out, "%s", v->type == VALUE_TRUE ? "yes" : "no");
    } else if (v->type == VALUE_LIST) {
        for (bool first = true; value_next(&rest, NULL, &item); first = false) {
            if (!first)
                buf_add(p->out, SPAN(", "));
            add_text(p, value_text(&item, scratch));
        }
    } else {
        add_text(p, value_text(v, scratch));
    }
}

/* ---- what a list is of ---- */

/* A table of one column whose values are what identifies the records. */
static const struct cells_table *table_of(const struct results *s, struct span field)
{
    for (size_t i = 0; i < s->cells.count; i++) {
        const struct cells_table *t = &s->cells.tables[i];
        if (!t->by.at && !t->strata.at && !t->step_count && !t->summaries &&
            span_eq(t->field, field))
            return t;
    }
    return NULL;
}

/* The row of T, NULL for no table, that counts the value; INTERN_NONE for none. */
static size_t row_of(struct list *l, const struct cells_table *t, const struct value *v)
{
    struct buf decoded = {0};
    struct span spelling = scalar_spell(v, &l->text, &decoded);
    size_t found = INTERN_NONE;
    for (size_t i = 0; t && i < t->value_count && found == INTERN_NONE; i++)
        if (span_eq(t->values[i].raw, spelling))
            found = i;
    buf_free(&decoded);
    return found;
}

static const struct cells_cell *cell_of(struct list *l, const struct value *id)
{
    size_t row = row_of(l, l->table, id);
    return row == INTERN_NONE ? NULL : cells_at(l->table, 0, row, 0);
}

/* As a table of the field calls it, if there is one. */
static void add_value(struct list *l, struct span field, const struct value *v)
{
    bool is_one = v->type != VALUE_LIST && v->type != VALUE_OBJECT && v->type != VALUE_NULL;
    const struct cells_table *t = is_one ? table_of(l->p->results, field) : NULL;
    size_t row = t ? row_of(l, t, v) : INTERN_NONE;
    if (row != INTERN_NONE && t->values[row].label.at)
        page_text(l->p, shown_code(l->p->results, &t->values[row]));
    else
        page_value(l->p, v, &l->scratch);
}

static void take(struct list *l, size_t i)
{
    struct span rest = l->records->bodies[i];
    struct value id, kind;
    struct one *one = &l->all[i];
    one->fields = rest;
    one->place = i;
    if (!value_next(&rest, NULL, &id))
        return;
    one->cell = cell_of(l, &id);
    if (value_next(&rest, NULL, &kind))
        one->kind = intern_add(&l->kinds, kind.raw);
}

static double count_of(const struct one *one)
{
    return one->cell && !isnan(one->cell->n) ? one->cell->n : -1;
}

/* By kind, then the most frequent first; else as they came. */
static int compare(const void *a, const void *b)
{
    const struct one *x = a, *y = b;
    if (x->kind != y->kind)
        return x->kind < y->kind ? -1 : 1;
    if (count_of(x) != count_of(y))
        return count_of(x) > count_of(y) ? -1 : 1;
    return x->place < y->place ? -1 : 1;
}

static void open_list(struct list *l)
{
    size_t count = l->records->count;
    l->table = table_of(l->p->results, l->records->open.keys[0]);
    l->all = arena_array(&l->p->results->arena, count, sizeof *l->all);
    for (size_t i = 0; i < count; i++)
        take(l, i);
    l->is_by_kind = l->records->open.count > 2 && l->kinds.count > 1 && l->kinds.count * 2 <= count;
    if (l->is_by_kind)
        qsort(l->all, count, sizeof *l->all, compare);
}

/* ---- rows ---- */

static void figure(struct list *l, const struct one *one)
{
    struct buf b = {0};
    if (one->cell)
        shown_share(&b, l->p->results, one->cell->n, &one->cell->share,
                    shown_decimals(l->p->results, l->table));
    page_element(l->p, "<td>", one->cell ? buf_span(&b) : SPAN("–"), "</td>");
    buf_free(&b);
}

static void row(struct list *l, const struct one *one)
{
    struct page *p = l->p;
    struct span rest = one->fields;
    struct value v;
    buf_add(p->out, SPAN("<tr>"));
    for (size_t i = 0; value_next(&rest, NULL, &v); i++) {
        if (i == 1 && l->table)
            figure(l, one);
        if (i == 1 && l->is_by_kind)
            continue;
        buf_add(p->out, i == 0 ? SPAN("<th scope=\"row\">") : SPAN("<td class=\"w\">"));
        add_value(l, l->records->open.keys[i], &v);
        buf_add(p->out, i == 0 ? SPAN("</th>") : SPAN("</td>"));
    }
    buf_add(p->out, SPAN("</tr>\n"));
}

/* The head of a kind, with how many are of it. */
static void kind_row(struct list *l, size_t from)
{
    struct value kind = value_from(l->kinds.keys[l->all[from].kind]);
    size_t columns = l->records->open.count - 1 + (l->table ? 1 : 0), count = 0;
    while (from + count < l->records->count && l->all[from + count].kind == l->all[from].kind)
        count++;
    if (from > 0)
        buf_add(l->p->out, SPAN("</tbody>\n<tbody>\n"));
    buf_addf(l->p->out, "<tr class=\"kind\"><th scope=\"rowgroup\" colspan=\"%zu\">", columns);
    add_value(l, l->records->open.keys[1], &kind);
    buf_addf(l->p->out, " <span class=\"ci\">(%zu)</span></th></tr>\n", count);
}

static void head(struct list *l, size_t column, const char *class)
{
    buf_addf(l->p->out, "<th scope=\"col\"%s data-c=\"%zu\">", class, column);
    page_text(l->p, shown_other_field(l->p->results, l->records->open.keys[column]));
    buf_add(l->p->out, SPAN("</th>"));
}

static void heads(struct list *l)
{
    struct buf *b = l->p->out;
    head(l, 0, "");
    if (l->table) {
        struct layout of = {.id = shown_text(l->p->results, l->table->id), .table = l->table};
        buf_add(b, SPAN("<th scope=\"col\"><a href=\"#"));
        page_anchor(l->p, 't', &of);
        buf_add(b, SPAN("\">n/N (%)</a></th>"));
    }
    for (size_t i = l->is_by_kind ? 2 : 1; i < l->records->open.count; i++)
        head(l, i, " class=\"w\"");
}

/* ---- a section ---- */

static void title(struct list *l, size_t number)
{
    buf_add(l->p->out, SPAN("<section id=\""));
    page_records_anchor(l->p, number);
    buf_add(l->p->out, SPAN("\">\n"));
    page_element(l->p, "<h2>", page_records_title(l->p, number), "</h2>");
    buf_add(l->p->out, number ? SPAN("") : SPAN("<p>What of them the study makes public.</p>\n"));
}

static void section(struct page *p, size_t number)
{
    struct list l = {.p = p, .records = page_records_of(p, number)};
    title(&l, number);
    if (p->are_many) {
        buf_addf(p->out,
                 "<p>The %zu records are too many to be listed here; they are in the results that "
                 "the page was made of.</p>\n</section>\n",
                 l.records->count);
        return;
    }
    open_list(&l);
    buf_addf(p->out,
             "<details%s><summary>All %zu records</summary>\n<div class=\"scroll\" "
             "tabindex=\"0\" role=\"group\" aria-label=\"Records\">\n<table "
             "class=\"records%s\">\n<thead><tr>",
             number ? " open" : " class=\"who\"", l.records->count, l.is_by_kind ? "" : " sort");
    heads(&l);
    buf_add(p->out, SPAN("</tr></thead>\n<tbody>\n"));
    for (size_t i = 0; i < l.records->count; i++) {
        if (l.is_by_kind && (i == 0 || l.all[i].kind != l.all[i - 1].kind))
            kind_row(&l, i);
        row(&l, &l.all[i]);
    }
    buf_add(p->out, SPAN("</tbody>\n</table>\n</div>\n</details>\n</section>\n"));
    intern_free(&l.kinds);
    buf_free(&l.text);
    buf_free(&l.scratch);
}

const struct labels_records *page_records_of(const struct page *p, size_t number)
{
    const struct labels *l = &p->results->cells.labels;
    return number ? &l->more[number - 1] : &l->records;
}

size_t page_records_count(const struct page *p)
{
    const struct labels *l = &p->results->cells.labels;
    return l->records.count ? 1 + l->more_count : 0;
}

void page_records_anchor(struct page *p, size_t number)
{
    if (number)
        buf_addf(p->out, "bodies-%zu", number + 1);
    else
        buf_add(p->out, SPAN("bodies"));
}

struct span page_records_title(struct page *p, size_t number)
{
    const struct labels_records *r = page_records_of(p, number);
    if (number && r->title.len)
        return shown_text(p->results, r->title);
    return number ? shown_other_field(p->results, r->open.keys[0]) : SPAN("The records");
}

void page_records(struct page *p, size_t number)
{
    if (page_records_of(p, number)->count)
        section(p, number);
}
