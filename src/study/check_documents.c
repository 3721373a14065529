/* check_documents -- each document read once with its faults collected. */
#include "check_documents.h"

#include "check_made.h"
#include "codebook/codebook.h"
#include "tables/plan.h"

struct looking {
    struct findings *findings;
    struct settings_words *bad;
};

void check_take_faults(struct findings *f, struct fault_list *faults)
{
    struct buf text = {0};
    for (size_t i = 0; i < faults->count; i++) {
        buf_clear(&text);
        fault_add(&text, &faults->at[i]);
        findings_add(f, FINDINGS_PROBLEM, "%s", buf_text(&text));
    }
    buf_free(&text);
    fault_list_free(faults);
}

/* ---- one document of each kind ---- */

static bool try_schema(const char *path, struct fault *fault)
{
    struct schema schema;
    bool good = schema_load(&schema, path, fault);
    if (good)
        made_look(&schema);
    schema_free(&schema);
    return good;
}

static bool try_codebook(const char *path, struct fault *fault)
{
    struct codebook book;
    bool good = codebook_load(&book, path, fault);
    codebook_free(&book);
    return good;
}

static bool try_plan(const char *path, struct fault *fault)
{
    struct plan plan;
    bool good = plan_load(&plan, path, fault);
    plan_free(&plan);
    return good;
}

/* The fault that ended the reading comes behind those that did not. */
static void look_at(struct looking *k, const char *path, bool (*try)(const char *, struct fault *))
{
    struct fault_list faults = {0};
    struct fault fault = {0};
    fault_collect(&faults);
    if (!try(path, &fault))
        fault_keep(fault);
    fault_collect(NULL);
    if (faults.count == 0)
        return;
    k->bad->at = array_grow(k->bad->at, &k->bad->cap, k->bad->count + 1, sizeof *k->bad->at);
    k->bad->at[k->bad->count++] = path;
    check_take_faults(k->findings, &faults);
}

/* ---- all of a study's ---- */

void check_documents(const struct settings *s, struct findings *f, struct settings_words *bad)
{
    struct looking k = {f, bad};
    const struct settings_source *source;
    for (size_t i = 0; (source = settings_source(s, i)); i++)
        if (source != &s->webpages)
            look_at(&k, source->schema, try_schema);
    if (s->codebook)
        look_at(&k, s->codebook, try_codebook);
    for (size_t i = 0; i < s->plans.count; i++)
        look_at(&k, s->plans.at[i], try_plan);
    if (s->website.present && s->website_plan)
        look_at(&k, s->website_plan, try_plan);
}
