/* normalise -- records as they came from a spreadsheet, made clean and typed
 * by a study's schema.
 *
 * Each record is matched to the schema's fields once a shape, each cell read by
 * its field, and the line written as it goes: a record that turns out bad is
 * taken back. A missing answer becomes null, its reason goes to `_missing`; codes of
 * a codebook are given as `code` gives them.
 * Memory: one record, and where the schema has keys, each key seen. */
#include "base/fail.h"
#include "made/made_codes.h"
#include "schema/rewrite.h"

static const struct choice EXTRAS[] = {{"keep", REWRITE_EXTRA_KEEP},
                                       {"drop", REWRITE_EXTRA_DROP},
                                       {"reject", REWRITE_EXTRA_REJECT},
                                       {0}};

static const struct choice INVALIDS[] = {{"reject", REWRITE_INVALID_REJECT},
                                         {"null", REWRITE_INVALID_NULL},
                                         {"keep", REWRITE_INVALID_KEEP},
                                         {0}};

struct options {
    const char *schema, *flags;
    struct opt_list decisions;
    int extra, invalid;
    bool shared;
};

static const struct opt OPTIONS[] = {
    {"schema", 's', "FILE", OPT_REQUIRED_TEXT, offsetof(struct options, schema),
     "the Table Schema that says what the fields are; required"},
    {"extra", 0, NULL, OPT_CHOICE(EXTRAS), offsetof(struct options, extra),
     "what becomes of columns that the schema does not name (default: keep)"},
    {"invalid", 0, NULL, OPT_CHOICE(INVALIDS), offsetof(struct options, invalid),
     "what becomes of a cell that its field cannot read: the record is bad data, the cell is null "
     "with the reason 'invalid', or its text stays (default: reject)"},
    {"flags", 0, "FILE", OPT_TEXT, offsetof(struct options, flags),
     "list doubtful cells in FILE, one JSON object a line"},
    {"decisions", 0, "FILE", OPT_LIST, offsetof(struct options, decisions),
     "cells that people decided on, as review saves them (CSV: kind, by, reply, field, text, "
     "value); "
     "may be given several times"},
    {"shared", 0, NULL, OPT_FLAG, offsetof(struct options, shared),
     "the decisions are about other sources, too: rows about fields and files that do not come "
     "here are counted"},
    {0},
};

static const struct opt_program PROGRAM = {
    .name = "normalise",
    .args = "[FILE...]",
    .about = "Makes records clean and typed by a study's schema, with a reason for each missing "
             "answer.",
    .options = OPTIONS,
    .notes = "The schema is a Frictionless Table Schema (v2) in JSON:\n"
             "  {\"fields\": [{\"name\": \"grant\", \"title\": \"Applied for a grant?\",\n"
             "    \"type\": \"boolean\", \"trueValues\": [\"Yes\"], \"falseValues\": [\"No\"]}],\n"
             "   \"missingValues\": [{\"value\": \"N/A\", \"label\": \"not_applicable\"}]}\n"
             "The manual page, docs/normalise.md, lists all that it may hold.",
};

static void run(struct rewrite *n)
{
    struct record r;
    while (filter_next(&n->filter, &r)) {
        size_t before = n->filter.out.buf.len;
        n->missing = n->invalid = 0;
        if (!rewrite_record(n, &r)) {
            n->filter.out.buf.len = before;
            continue;
        }
        filter_written(&n->filter);
        n->all_missing += n->missing;
        n->all_invalid += n->invalid;
    }
}

/* `replace` is for rows that a person writes: all cells of a field with this text. */
static const char *const KINDS[] = {"flag", "cluster", "replace", NULL};

static void load_decisions(struct rewrite *n, const struct opt_list *files, struct decisions *d)
{
    d->key = DECISIONS_BY_TEXT;
    for (size_t i = 0; i < files->count; i++)
        decisions_load(d, files->at[i], KINDS, "_origin");
    if (files->count)
        rewrite_decide(n, d);
}

int main(int argc, char **argv)
{
    struct options o = {0};
    struct rewrite n = {0};
    struct decisions decisions = {0};
    struct made_codes codes = {0};
    struct fault fault;
    filter_open(&n.filter, &PROGRAM, &o, argc, argv);
    opt_needs(o.shared, "shared", o.decisions.count, "decisions");
    if (!schema_load(&n.schema, o.schema, &fault) || !made_codes_bind(&codes, &n.schema, &fault))
        fault_end(&fault, STATUS_USAGE);
    n.extra = (enum rewrite_extra)o.extra;
    n.invalid_as = (enum rewrite_invalid)o.invalid;
    rewrite_start(&n, o.flags);
    n.shared = o.shared;
    load_decisions(&n, &o.decisions, &decisions);
    run(&n);
    rewrite_end(&n);
    if (o.decisions.count) {
        rewrite_pass_on(&n);
        decisions_close(&decisions, &n.filter);
    }
    int status = filter_close(&n.filter);
    rewrite_free(&n);
    made_codes_free(&codes);
    decisions_free(&decisions);
    opt_list_free(&o.decisions);
    return status;
}
