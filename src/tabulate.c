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

struct options {
    const char *plan, *field, *by, *unit;
    struct opt_list where, schemas;
    size_t max_cells;
    bool partial, merge;
    const char *part, *cuts, *unique;
    size_t records;
};

static const struct opt OPTIONS[] = {
    {"plan", 'p', "PLAN.json", OPT_TEXT, offsetof(struct options, plan),
     "the tables to make, and everything about them"},
    {"field", 0, "FIELD", OPT_FIELD, offsetof(struct options, field),
     "without a plan: make one table of FIELD"},
    {"by", 0, "FIELD", OPT_FIELD, offsetof(struct options, by), "a column for each value of FIELD"},
    {"where", 0, "FIELD=VALUE", OPT_LIST, offsetof(struct options, where),
     "only records with this VALUE (the string, number, true or false, or null for missing); the "
     "same FIELD again: one of its values; another FIELD: both must hold"},
    {"unit", 0, "FIELD", OPT_FIELD, offsetof(struct options, unit),
     "count the distinct values of FIELD, not the records"},
    {"schema", 0, "FILE", OPT_LIST, offsetof(struct options, schemas),
     "take labels from this table schema: titles of fields, labels of categories; may be given "
     "again"},
    {"max-cells", 0, "N", OPT_COUNT_IN(1, PLAN_MOST_CELLS), offsetof(struct options, max_cells),
     "stop when a table has more than N cells (default: 250000)"},
    {"partial", 0, NULL, OPT_FLAG, offsetof(struct options, partial),
     "write counts for --merge instead of tables: each process takes a part of the records"},
    {"merge", 0, NULL, OPT_FLAG, offsetof(struct options, merge),
     "read what --partial wrote with the same plan, and add it up"},
    {"part", 0, "K[/N]", OPT_TEXT, offsetof(struct options, part),
     "with --partial: these are part K (of N) of the records; --merge takes parts with numbers in "
     "any order, and refuses one that is missing or there twice"},
    {"cuts", 0, "FILE", OPT_TEXT, offsetof(struct options, cuts),
     "with --part: the list of parts of 'fromcsv --parts', for the range of part K"},
    {"records", 0, "N", OPT_COUNT, offsetof(struct options, records),
     "fail unless there are N records, in all parts together"},
    {"unique", 0, "FIELD[,...]", OPT_TEXT, offsetof(struct options, unique),
     "fail if two records have the same values in these fields, in whatever parts they are"},
    {0},
};

static const struct opt_program PROGRAM = {
    "tabulate", "[FILE...]",
    "Makes tables of counts with percentages, their bases and intervals from records of JSON "
    "Lines; one line a cell.",
    OPTIONS,
    "A plan is {\"tables\":[{\"id\":...,\"field\":...,\"by\":...,\"where\":{...}}]}; all its\n"
    "keys are in docs/tabulate.md."};

static void check_options(const struct options *o)
{
    if (!o->plan && !o->field)
        fail(STATUS_USAGE, "no plan (give '--plan FILE' or '--field FIELD'; try --help)");
    if (o->plan && (o->field || o->by || o->unit || o->where.count))
        fail(STATUS_USAGE, "option '--plan' takes the place of '--field', '--by', '--where' and "
                           "'--unit' (try --help)");
    opt_needs(o->part, "part", o->partial, "partial");
    opt_needs(o->cuts, "cuts", o->part, "part");
    if (o->merge && o->part)
        fail(STATUS_USAGE, "option '--part' cannot go with '--merge' (try --help)");
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
        labels_add_body(l, &l->records, bodies->at[i]);
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

static void digest_bytes(void *with, struct span bytes)
{
    digest_add(with, bytes.at, bytes.len);
}

static void count_all(struct filter *f, struct count *counts, struct sole *keys,
                      const struct options *o)
{
    struct record r;
    count_ask(counts, f, o->plan);
    while (filter_next(f, &r)) {
        sole_see(keys, &r);
        count_record(counts, f, &r);
    }
    count_answer(counts, f);
}

/* The same of a part, with what tells it from others. */
static void count_part(struct filter *f, struct count *counts, struct sole *keys,
                       const struct options *o, struct partial_part *part)
{
    struct digest digest;
    if (o->part)
        cut_load(&part->cut, o->part, o->cuts);
    part->through = part->cut.part;
    digest_start(&digest);
    f->in.in.seen = digest_bytes;
    f->in.in.with = &digest;
    count_all(f, counts, keys, o);
    digest_end(&digest, part->sha256);
}

static void read_counts(struct filter *f, struct count *counts, const struct options *o,
                        struct partial_part *part, struct sole *keys)
{
    if (o->merge) {
        enum partial_wants wants = o->partial ? PARTIAL_NEIGHBOURS : PARTIAL_ALL;
        filter_count(f, "parts", partial_merge(f, counts, part, keys, wants));
    } else if (o->partial) {
        count_part(f, counts, keys, o, part);
    } else {
        count_all(f, counts, keys, o);
    }
    if (!o->merge)
        part->records = f->read - f->rejected;
    if (o->records != SIZE_MAX && part->records != o->records)
        fail(STATUS_DATA, "there are %zu records, not %zu (--records)", part->records, o->records);
    filter_count(f, "records", part->records);
}

static void run(struct filter *f, struct plan *plan, const struct options *o)
{
    struct count counts;
    struct sole keys;
    struct partial_part part = {.records = 0};
    count_open(&counts, plan, o->max_cells, "see --max-cells");
    sole_open(&keys, o->unique);
    read_counts(f, &counts, o, &part, &keys);
    if (o->partial) {
        partial_write(f, &counts, &part, &keys);
    } else {
        lookalikes_tell(&counts);
        write_labels(f, plan, &counts.answers.reasons, &counts.bodies);
        write_tables(f, &counts);
    }
    filter_count(f, "null_items", counts.answers.null_items);
    sole_free(&keys);
    count_free(&counts);
}

int main(int argc, char **argv)
{
    struct options o = {.max_cells = COUNT_MOST_CELLS, .records = SIZE_MAX};
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
    plan_title_comparisons(&plan);
    run(&f, &plan, &o);
    plan_free(&plan);
    opt_list_free(&o.where);
    opt_list_free(&o.schemas);
    return filter_close(&f);
}
