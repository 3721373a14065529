/* report -- cells and tests as tables for people.
 *
 * Collects the cells that tabulate wrote and the tests that chisq added, and prints
 * each table as `n/N (%)` with its base, the reasons for missing answers and
 * its tests. Tables come in the order of their first line, whatever the order
 * of the lines. Memory: the cells, and the sentences of the tests. */
#include <stdlib.h>

#include "base/fail.h"
#include "cells/cells.h"
#include "report/present.h"
#include "stream/filter.h"

struct options {
    int format;
    bool intervals;
};

static const struct choice FORMATS[] = {{"text", PAGE_TEXT},
                                        {"markdown", PAGE_MARKDOWN},
                                        {"html", PAGE_HTML},
                                        {"latex", PAGE_LATEX},
                                        {0}};

static const struct opt OPTIONS[] = {
    {"format", 'f', NULL, OPT_CHOICE(FORMATS), offsetof(struct options, format),
     "what to print (default: text)"},
    {"intervals", 0, NULL, OPT_FLAG, offsetof(struct options, intervals),
     "print the confidence interval of each percentage"},
    {0},
};

static const struct opt_program PROGRAM = {
    "report",
    "[FILE...]",
    "Prints the cells of tabulate and the tests of chisq as tables for people.",
    OPTIONS,
    "Percentages have no decimals on a base under 100, one under 1000, two above.\n"
    "  tabulate -p plan.json foi.jsonl | chisq --pass | report -f markdown",
};

/* What a test says below its table. */
struct remark {
    struct span table; /* the table's id */
    struct span text;
    bool printed;
};

struct report {
    struct cells cells;
    struct remark *remarks;
    size_t remark_count, remark_cap;
    struct arena arena;
    struct buf scratch, text;
};

static void add_remark(struct report *rep, struct span table, struct span text)
{
    rep->remarks =
        array_grow(rep->remarks, &rep->remark_cap, rep->remark_count + 1, sizeof *rep->remarks);
    rep->remarks[rep->remark_count++] =
        (struct remark){arena_copy(&rep->arena, table), arena_copy(&rep->arena, text), false};
}

/* "Note", with the stratum and the item that the test is of where no sentence tells them. */
static void add_note_head(struct report *rep, const struct record *r)
{
    buf_add(&rep->text, SPAN("Note"));
    const struct value *parts[] = {record_get(r, SPAN("stratum")), record_get(r, SPAN("item"))};
    bool any = false, told = !value_missing(record_get(r, SPAN("sentence")));
    for (size_t i = 0; i < 2; i++) {
        if (told || value_missing(parts[i]))
            continue;
        buf_add(&rep->text, any ? SPAN(", ") : SPAN(" ("));
        buf_add(&rep->text, value_text(parts[i], &rep->scratch));
        any = true;
    }
    buf_add(&rep->text, any ? SPAN("): ") : SPAN(": "));
}

static void add_warnings(struct report *rep, const struct record *r, struct span table)
{
    const struct value *warnings = record_get(r, SPAN("warnings"));
    if (!warnings || warnings->type != VALUE_LIST)
        return;
    struct span rest = warnings->raw;
    struct value item;
    while (value_next(&rest, NULL, &item)) {
        buf_clear(&rep->text);
        add_note_head(rep, r);
        buf_add(&rep->text, value_text(&item, &rep->scratch));
        buf_addc(&rep->text, '.');
        add_remark(rep, table, buf_span(&rep->text));
    }
}

/* One line of chisq. False if it was rejected. */
static void add_test(struct report *rep, struct filter *f, const struct record *r)
{
    const struct value *table = record_get(r, SPAN("table"));
    const struct value *sentence = record_get(r, SPAN("sentence"));
    if (!table || table->type != VALUE_STRING) {
        filter_reject(f, r, SPAN("table"), "not the name of a table");
        return;
    }
    if (sentence && sentence->type != VALUE_STRING && sentence->type != VALUE_NULL) {
        filter_reject(f, r, SPAN("sentence"), "not a sentence");
        return;
    }
    struct buf id = {0};
    buf_add(&id, value_text(table, &rep->scratch));
    if (!value_missing(sentence))
        add_remark(rep, buf_span(&id), value_text(sentence, &rep->scratch));
    const struct value *explanation = record_get(r, SPAN("explanation"));
    if (explanation && explanation->type == VALUE_STRING)
        add_remark(rep, buf_span(&id), value_text(explanation, &rep->scratch));
    add_warnings(rep, r, buf_span(&id));
    buf_free(&id);
}

static void note_remarks(struct report *rep, struct page *p, struct span table)
{
    for (size_t i = 0; i < rep->remark_count; i++) {
        if (rep->remarks[i].printed || !span_eq(rep->remarks[i].table, table))
            continue;
        page_note(p, rep->remarks[i].text);
        rep->remarks[i].printed = true;
    }
}

static void print_page(struct filter *f, struct page *p, enum page_form form)
{
    page_write(&f->out.buf, p, form);
    page_free(p);
    if (f->out.buf.len >= OUTPUT_BLOCK)
        output_flush(&f->out);
    f->written++;
}

static void print(struct report *rep, struct filter *f, const struct options *o)
{
    enum page_form form = (enum page_form)o->format;
    enum present_intervals intervals = o->intervals ? PRESENT_INTERVALS : PRESENT_PLAIN;
    page_begin(&f->out.buf, form);
    for (size_t i = 0; i < rep->cells.count; i++) {
        const struct cells_table *t = &rep->cells.tables[i];
        for (size_t layer = 0; layer < t->layer_count; layer++) {
            struct page p = present_table(&rep->arena, t, layer, intervals);
            if (layer + 1 == t->layer_count) /* tests speak of all layers: below the last */
                note_remarks(rep, &p, t->id);
            print_page(f, &p, form);
        }
    }
    for (size_t i = 0; i < rep->remark_count; i++) { /* tests that came without their cells */
        if (rep->remarks[i].printed)
            continue;
        struct page p = page_new(&rep->arena, rep->remarks[i].table, 0, 0);
        note_remarks(rep, &p, rep->remarks[i].table);
        print_page(f, &p, form);
    }
    page_end(&f->out.buf, form);
}

static void run(struct report *rep, struct filter *f)
{
    struct record r;
    while (filter_next(f, &r)) {
        if (cells_is_line(&r))
            cells_add(&rep->cells, f, &r);
        else if (record_get(&r, SPAN("test")))
            add_test(rep, f, &r);
        else
            filter_reject(f, &r, (struct span){0},
                          "neither a cell of tabulate nor a test of chisq");
    }
    cells_finish(&rep->cells);
}

int main(int argc, char **argv)
{
    struct options o = {0};
    struct filter f;
    struct report rep = {0};
    filter_open(&f, &PROGRAM, &o, argc, argv);
    run(&rep, &f);
    print(&rep, &f, &o);
    cells_free(&rep.cells);
    arena_free(&rep.arena);
    buf_free(&rep.scratch);
    buf_free(&rep.text);
    free(rep.remarks);
    return filter_close(&f);
}
