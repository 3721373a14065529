/* plan -- a plan.json: what all its tables share, and its tables one after the other. */
#include "tables/plan.h"

#include <stdlib.h>

#include "base/fail.h"
#include "plan_read.h"

#define MAX_TABLES 5000

static const char *const PLAN_KEYS[] = {"title",    "confidence", "labels", "reasons", "public",
                                        "defaults", "tables",     "date",   NULL};

static void take_confidence(void *with, const struct document *root)
{
    struct plan *p = with;
    struct document d;
    if (!document_get(root, "confidence", &d))
        return;
    p->confidence = document_number(&d);
    if (!(p->confidence > 0 && p->confidence < 1))
        document_fail(&d, "expected a number between 0 and 1, such as 0.95");
}

struct plan_table *plan_add_table(struct plan *p)
{
    p->tables = array_grow(p->tables, &p->cap, p->count + 1, sizeof *p->tables);
    p->tables[p->count] = (struct plan_table){.interval = interval_methods};
    return &p->tables[p->count++];
}

static void check_ids(const struct plan *p, const struct document *table, size_t from,
                      struct intern *ids)
{
    for (size_t i = from; i < p->count; i++) {
        size_t before = ids->count;
        if (!p->tables[i].hidden && p->tables[i].id.len && /* one without has been told */
            intern_add(ids, p->tables[i].id) < before)
            document_fail(table, "another table is called %s too", quote(p->tables[i].id));
    }
}

struct loading {
    struct plan *plan;
    const char *file;
    struct document root;
    struct intern ids;
    struct plan_short words;
};

static void read_table(void *with, const struct document *table)
{
    struct loading *l = with;
    struct document flow;
    size_t index = l->plan->count;
    if (index == MAX_TABLES)
        document_fail(table, "more than %d tables", MAX_TABLES);
    plan_read_table(l->plan, table, plan_add_table(l->plan), l->file);
    if (document_get(table, "flow", &flow))
        plan_read_flow(l->plan, table, index);
    check_ids(l->plan, table, index, &l->ids);
}

static void read_tables(struct loading *l, const struct document *tables)
{
    struct document table = {0}, defaults;
    document_must_be_list(tables);
    document_try(&l->root, plan_short_open, &l->words);
    if (document_get(&l->root, "defaults", &defaults))
        document_keys(&defaults, PLAN_TABLE_KEYS);
    while (document_next(tables, &table))
        document_try(&table, plan_short_read, &l->words);
}

static void read_plan(void *with)
{
    struct loading *l = with;
    struct document tables;
    l->root = document_load(l->file);
    document_must_be_object(&l->root);
    document_keys(&l->root, PLAN_KEYS);
    document_try(&l->root, take_confidence, l->plan);
    document_try(&l->root, plan_read_labels, l->plan);
    document_need(&l->root, "tables", &tables);
    read_tables(l, &tables);
    l->plan->digest = json_dumps(l->root.json, JSON_COMPACT);
    if (!l->plan->digest)
        fail_memory();
}

/* Nobody has asked that one-way tables be tested against equal shares unless "chisq" says so: what
 * is made of the plan says it to chisq. */
static void mark_unasked(struct plan *p)
{
    for (size_t i = 0; i < p->count; i++) {
        struct plan_table *t = &p->tables[i];
        if (!t->by.at && !t->chisq.at && t->rows != PLAN_NUMBERS && !t->flow)
            t->chisq = SPAN("{\"equal\":false}");
    }
}

bool plan_load(struct plan *p, const char *file, struct fault *fault)
{
    struct loading l = {.plan = p, .file = file, .words.take = read_table};
    l.words.with = &l;
    *p = (struct plan){.confidence = 0.95};
    bool good = fault_catch(fault, read_plan, &l);
    mark_unasked(p);
    plan_short_close(&l.words);
    intern_free(&l.ids);
    document_free(&l.root);
    return good;
}

void plan_free(struct plan *p)
{
    free(p->tables);
    free(p->digest);
    labels_free(&p->labels);
    intern_free(&p->codes.names);
    intern_free(&p->order);
    free(p->codes.texts);
    arena_free(&p->arena);
    buf_free(&p->scratch);
    buf_free(&p->decoded);
    *p = (struct plan){0};
}
