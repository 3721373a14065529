/* fuzz_documents -- the files that people keep: a schema, a plan, a codebook in each of its
 * forms. Whatever stands in them, they are read or hand back a fault with words. */
#include "base/fault.h"
#include "codebook/codebook.h"
#include "codebook/qdc.h"
#include "fuzz.h"
#include "schema/schema.h"
#include "tables/plan.h"

static void check_fault(struct fault *fault)
{
    FUZZ_CHECK(fault->words && *fault->words);
    fault_free(fault);
}

static void try_schema(const char *file)
{
    struct schema s = {0};
    struct fault fault = {0};
    if (!schema_load(&s, file, &fault))
        check_fault(&fault);
    schema_free(&s);
}

static void try_plan(const char *file)
{
    struct plan p = {0};
    struct fault fault = {0};
    if (!plan_load(&p, file, &fault))
        check_fault(&fault);
    plan_free(&p);
}

static void try_codebook(const char *file)
{
    struct codebook b = {0};
    struct fault fault = {0};
    if (!codebook_load(&b, file, &fault))
        check_fault(&fault);
    codebook_free(&b);
}

/* The first byte says which: readers go by the ending of a file's name. */
static void try_input(struct span input)
{
    if (input.len == 0)
        return;
    static const char *const endings[] = {"schema.json", "plan.json", "book.json", "book.csv",
                                          "book.qdc"};
    unsigned which = (unsigned char)input.at[0] % 5;
    const char *file = fuzz_name((struct span){input.at + 1, input.len - 1}, endings[which]);
    if (which == 0)
        try_schema(file);
    else if (which == 1)
        try_plan(file);
    else
        try_codebook(file);
    unlink(file);
}
