/* check_made -- what codebooks make of fields that a schema gives codes.
 *
 * Memory: the codes that were given, each once. */
#include "check_made.h"

#include "base/fault.h"
#include "check_lists.h"
#include "made/made_book.h"

static void tell_unused(const struct codebook_field *book, struct span field, const char *records,
                        struct findings *f)
{
    struct intern given = {0};
    lists_texts(&given, records, field);
    for (size_t i = 0; given.count && i < book->code_count; i++)
        if (intern_find(&given, book->codes[i].code) == INTERN_NONE)
            findings_add(f, FINDINGS_REMARK, "%s: code %s of field %s: no answer got it",
                         book->codes[i].place, quote(book->codes[i].code), quote(field));
    intern_free(&given);
}

struct looking {
    const struct schema *schema;
    size_t field;
    const char *records; /* NULL: the codebook is only read */
    struct findings *findings;
    struct codebook book;
    struct arena arena;
};

static void look_at(void *with)
{
    struct looking *k = with;
    const struct schema_field *f = &k->schema->fields[k->field];
    const struct codebook_field *book = made_book_load(&k->book, k->schema, k->field, &k->arena);
    if (k->records && !f->derive.book.groups)
        tell_unused(book, f->name, k->records, k->findings);
}

/* Each codebook of the schema, or what is wrong with it, which is kept where faults are. */
static void look_at_all(struct looking *k)
{
    for (k->field = 0; k->field < k->schema->count; k->field++) {
        if (made_book_is_named(k->schema, k->field))
            fault_item(look_at, k);
        codebook_free(&k->book);
    }
    arena_free(&k->arena);
}

void made_look(const struct schema *schema)
{
    look_at_all(&(struct looking){.schema = schema});
}

void made_unused(const struct settings_source *source, const char *records, struct findings *f)
{
    struct schema schema;
    struct fault_list faults = {0};
    struct fault fault = {0};
    fault_collect(&faults);
    if (schema_load(&schema, source->schema, &fault))
        look_at_all(&(struct looking){.schema = &schema, .records = records, .findings = f});
    fault_collect(NULL);
    fault_free(&fault); /* all of them were told when the documents were looked at */
    fault_list_free(&faults);
    schema_free(&schema);
}
