/* settings_named -- files that the schemas of a study name: codebooks of fields that hold codes,
 * and lists of what takes the place of what. A schema that cannot be read names none; who reads it
 * for its fields says what is wrong with it. */
#include <string.h>
#include <sys/stat.h>

#include "base/fault.h"
#include "docs/document.h"
#include "settings_read.h"

static void add_once(struct settings *s, struct settings_words *w, const char *path)
{
    for (size_t i = 0; i < w->count; i++)
        if (strcmp(w->at[i], path) == 0)
            return;
    settings_add_word(s, w, span_of(path));
}

/* Files are named from the schema's folder. */
static void add_named(struct settings *s, const char *schema, const char *field, const char *key,
                      const char *name)
{
    const char *slash = strrchr(schema, '/');
    const char *folder = slash ? arena_text(&s->arena, span_from(schema, slash)) : ".";
    const char *fault = settings_name_fault(s, folder, span_of(name));
    if (fault) {
        fault_mention(schema, "field '%s': %s: %s %s", field, key, quote(span_of(name)), fault);
        return;
    }
    add_once(s, &s->named, settings_path(&s->arena, folder, name));
    if (strcmp(key, "codes") == 0)
        add_once(s, &s->books, settings_path(&s->arena, folder, name));
}

struct reading {
    const char *schema;
    struct document root;
};

/* As those read it who take its fields: what is a schema to them must be one here. */
static void read_schema(void *with)
{
    struct reading *r = with;
    r->root = document_load(r->schema);
}

static bool is_plain(const char *path)
{
    struct stat status;
    return stat(path, &status) == 0 && S_ISREG(status.st_mode);
}

static void look_at(struct settings *s, const char *schema)
{
    static const char *const keys[] = {"codes", "replace"};
    struct reading reading = {.schema = schema};
    struct fault fault = {0};
    json_t *field;
    size_t i;
    if (!is_plain(schema))
        return;
    if (!fault_catch(&fault, read_schema, &reading))
        fault_free(&fault);
    json_array_foreach(json_object_get(reading.root.json, "fields"), i, field)
    {
        const char *name = json_string_value(json_object_get(field, "name"));
        for (size_t k = 0; k < sizeof keys / sizeof *keys; k++) {
            const char *file = json_string_value(json_object_get(field, keys[k]));
            if (file && *file)
                add_named(s, schema, name ? name : "", keys[k],
                          arena_text(&s->arena, span_of(file)));
        }
    }
    document_free(&reading.root);
}

void settings_find_named(struct settings *s)
{
    const struct settings_source *source;
    for (size_t i = 0; (source = settings_source(s, i)); i++)
        look_at(s, source->schema);
}
