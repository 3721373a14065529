/* xlsx_relations -- which part of a package belongs to which, for what. */
#include <stdlib.h>

#include "xlsx_parts.h"

struct reading {
    struct book *book;
    struct xlsx_relations *relations;
    struct span folder; /* of the part, with its slash */
};

/* The name in the package that TARGET means for a part in FOLDER. */
static struct span resolve(struct arena *arena, struct span folder, struct span target)
{
    struct buf name = {0};
    if (target.len && *target.at == '/') {
        target = (struct span){target.at + 1, target.len - 1};
        folder.len = 0;
    }
    while (span_starts(target, SPAN("../")) || span_starts(target, SPAN("./"))) {
        bool up = target.at[1] == '.';
        target = (struct span){target.at + (up ? 3 : 2), target.len - (up ? 3 : 2)};
        if (!up || folder.len == 0)
            continue;
        for (folder.len--; folder.len && folder.at[folder.len - 1] != '/'; folder.len--)
            ;
    }
    buf_add(&name, folder);
    buf_add(&name, target);
    struct span kept = arena_copy(arena, buf_span(&name));
    buf_free(&name);
    return kept;
}

static struct span last_word(struct span type)
{
    size_t at = type.len;
    while (at && type.at[at - 1] != '/')
        at--;
    return span_part(type, at, type.len - at);
}

static void start(void *data, struct span name, const struct xml_attributes *a)
{
    struct reading *r = data;
    if (!span_eq(name, SPAN("Relationship")) ||
        span_eq(xml_attribute(a, NULL, "TargetMode"), SPAN("External")))
        return;
    struct arena *arena = &r->book->arena;
    struct xlsx_relations *all = r->relations;
    all->at = array_grow(all->at, &all->cap, all->count + 1, sizeof *all->at);
    all->at[all->count++] = (struct xlsx_relation){
        arena_copy(arena, xml_attribute(a, NULL, "Id")),
        arena_copy(arena, last_word(xml_attribute(a, NULL, "Type"))),
        resolve(arena, r->folder, xml_attribute(a, NULL, "Target")),
    };
}

void xlsx_relations_read(struct book *b, struct span part, struct xlsx_relations *r)
{
    static const struct xml_handler handler = {.start = start};
    struct span file = last_word(part);
    struct reading reading = {b, r, {part.at, part.len - file.len}};
    struct buf name = {0};
    buf_add(&name, reading.folder);
    buf_add(&name, SPAN("_rels/"));
    buf_add(&name, file);
    buf_add(&name, SPAN(".rels"));
    xml_read(b->package, buf_span(&name), &handler, &reading, b->trouble);
    buf_free(&name);
}

const struct xlsx_relation *xlsx_relations_find(const struct xlsx_relations *r, const char *id)
{
    for (size_t i = 0; i < r->count; i++)
        if (span_eq(r->at[i].id, span_of(id)))
            return &r->at[i];
    return NULL;
}

const struct xlsx_relation *xlsx_relations_type(const struct xlsx_relations *r, const char *type)
{
    for (size_t i = 0; i < r->count; i++)
        if (span_eq(r->at[i].type, span_of(type)))
            return &r->at[i];
    return NULL;
}

void xlsx_relations_free(struct xlsx_relations *r)
{
    free(r->at);
}
