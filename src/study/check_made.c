/* check_made -- what codebooks make of fields that a schema gives codes.
 *
 * Memory: the codes that were given, each once. */
#include "check_made.h"

#include "base/fault.h"
#include "check_lists.h"
#include "made/made_codes.h"

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

void made_unused(const struct settings_source *source, const char *records, struct findings *f)
{
    struct schema schema;
    struct made_codes made = {0};
    struct fault fault = {0};
    bool good =
        schema_load(&schema, source->schema, &fault) && made_codes_bind(&made, &schema, &fault);
    fault_free(&fault); /* told by normalise */
    for (size_t i = 0; good && i < schema.count; i++)
        if (made_codes_field(&made, i) && !schema.fields[i].derive.book.groups)
            tell_unused(made_codes_field(&made, i), schema.fields[i].name, records, f);
    made_codes_free(&made);
    schema_free(&schema);
}
