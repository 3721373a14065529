/* tabulate -- tables of counts from a stream of records, all of a plan in one pass.
 *
 * Counts are kept in a hash by (row, column), so input order does not matter. A
 * missing answer is counted under its reason, never under a made-up label, and every
 * percentage carries its base. Intervals: Wilson (1927) unless the plan says otherwise.
 * Memory: one counter per cell seen (with a unit, the units of each cell); records
 * are not kept. */
#include "base/fail.h"
#include "stream/filter.h"
#include "tables/count.h"
#include "tables/lookalikes.h"
#include "tables/partial.h"
#include "tables/plan.h"

#define MAX_CELLS ((size_t)1000000)

struct options {
    const char *plan, *field, *by, *unit;
    struct opt_list where, schemas;
    size_t max_cells;
    bool partial, merge;
};

static const struct opt OPTIONS[] = {
    {"plan", 'p', "PLAN.json", OPT_TEXT, offsetof(struct options, plan),
     "the tables to make; everything but the inputs is said there"},
    {"field", 0, "FIELD", OPT_FIELD, offsetof(struct options, field),
     "without a plan: make one table of FIELD"},
    {"by", 0, "FIELD", OPT_FIELD, offsetof(struct options, by), "a column for each value of FIELD"},
    {"where", 0, "FIELD=VALUE", OPT_LIST, offsetof(struct options, where),
     "only records with this VALUE (the string, number, true or false, or null for missing); of "
     "the same FIELD again: one of the values; of another: both must hold"},
    {"unit", 0, "FIELD", OPT_FIELD, offsetof(struct options, unit),
     "count the distinct values of FIELD, not the records"},
    {"schema", 0, "FILE", OPT_LIST, offsetof(struct options, schemas),
     "take labels for people from this table schema: titles of fields, labels of categories; may "
     "be given again"},
    {"max-cells", 0, "N", OPT_COUNT_IN(1, PLAN_MOST_CELLS), offsetof(struct options, max_cells),
     "stop when a table has more cells (default: 1000000)"},
    {"partial", 0, NULL, OPT_FLAG, offsetof(struct options, partial),
     "write counts for --merge instead of tables: each process takes a part of the records"},
    {"merge", 0, NULL, OPT_FLAG, offsetof(struct options, merge),
     "read what --partial wrote with the same plan, in the order of the parts"},
    {0},
};

static const struct opt_program PROGRAM = {
    "tabulate", "[FILE...]",
    "Makes tables of counts with percentages, their bases and intervals from records of JSON "
    "Lines; one line a cell.",
    OPTIONS,
    "A plan is "
    "{\"confidence\":0.95,\"tables\":[{\"id\":...,\"field\":...,\"by\":...,\"where\":{...},"
    "\"values\":[...]}]}; all its keys stand in docs/tabulate.md."};

static void check_options(const struct options *o)
{
    if (!o->plan && !o->field)
        fail(STATUS_USAGE, "no plan (give '--plan FILE' or '--field FIELD'; try --help)");
    if (o->plan && (o->field || o->by || o->unit || o->where.count))
        fail(STATUS_USAGE, "option '--plan' takes the place of '--field', '--by', '--where' and "
                           "'--unit' (try --help)");
}

/* Once, before the tables, if the plan or a schema has any; with all reasons that came. */
static void write_labels(struct filter *f, struct plan *plan, const struct intern *reasons,
                         const struct count_bodies *bodies)
{
    struct labels *l = &plan->labels;
    struct buf label = {0};
    if (!labels_any(l))
        return;
    l->confidence = plan->confidence;
    for (size_t i = 0; i < bodies->count; i++)
        labels_add_body(l, bodies->at[i]);
    for (size_t i = 0; i < reasons->count; i++) {
        buf_clear(&label);
        labels_add_reason(&label, l, reasons->keys[i]);
        labels_add(l, &l->reasons, reasons->keys[i], buf_span(&label));
    }
    labels_write(f, l);
    buf_free(&label);
}

static void write_tables(struct filter *f, struct count *counts)
{
    struct arena arena = {0};
    size_t written = 0;
    for (size_t i = 0; i < counts->plan->count; i++) {
        struct cells_table table;
        if (counts->plan->tables[i].hidden)
            continue;
        count_result(counts, i, &arena, &table);
        cells_write(f, &table);
        arena_clear(&arena);
        written++;
    }
    arena_free(&arena);
    filter_count(f, "tables", written);
}

static void run(struct filter *f, struct plan *plan, const struct options *o)
{
    struct count counts;
    struct record r;
    count_open(&counts, plan, o->max_cells);
    if (o->merge) {
        partial_merge(f, &counts);
    } else {
        count_ask(&counts, f, o->plan);
        while (filter_next(f, &r))
            count_record(&counts, f, &r);
        count_answer(&counts, f);
    }
    if (!o->partial)
        lookalikes_tell(&counts);
    if (o->partial)
        partial_write(f, &counts);
    else {
        write_labels(f, plan, &counts.answers.reasons, &counts.bodies);
        write_tables(f, &counts);
    }
    filter_count(f, "null_items", counts.answers.null_items);
    count_free(&counts);
}

int main(int argc, char **argv)
{
    struct options o = {.max_cells = MAX_CELLS};
    struct filter f;
    struct plan plan;
    struct fault fault;
    filter_open(&f, &PROGRAM, &o, argc, argv);
    check_options(&o);
    if (!o.plan)
        plan_single(&plan, o.field, o.by, &o.where, o.unit);
    else if (!plan_load(&plan, o.plan, &fault))
        fault_end(&fault, STATUS_USAGE);
    for (size_t i = 0; i < o.schemas.count; i++)
        plan_add_schema(&plan, o.schemas.at[i]);
    run(&f, &plan, &o);
    plan_free(&plan);
    opt_list_free(&o.where);
    opt_list_free(&o.schemas);
    return filter_close(&f);
}
