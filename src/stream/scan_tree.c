/* scan_tree -- the names of the records that came, each below the one that it followed. */
#include "scan_parts.h"

#define MOST_BESIDE 8 /* names below one that are looked at: more are no regular shape */

/* A copy with as many readable bytes behind it as is_name_at() looks at. */
static struct span copy_padded(struct arena *a, struct span text)
{
    char *at = arena_alloc(a, text.len + BYTES_BLOCK);
    memcpy(at, text.at, text.len);
    return (struct span){at, text.len};
}

/* No name reaches over a line's end, so only one beyond the readable bytes there needs the bound.
 */
static inline bool is_name_at(struct span text, const char *at, const char *end)
{
    if (text.len <= SCAN_PAD)
        return bytes_equal_padded(text.at, at, text.len);
    return text.len <= (size_t)(end - at) && memcmp(text.at, at, text.len) == 0;
}

__attribute__((noinline)) const struct scan_name *scan_tree_find(const struct scan *s,
                                                                 uint32_t above, const char *at)
{
    uint32_t i = s->names[above].below;
    for (int looked = 0; i && looked < MOST_BESIDE; looked++) {
        const struct scan_name *name = &s->names[i];
        if (is_name_at(name->text, at, s->end))
            return name;
        i = name->beside;
    }
    return NULL;
}

/* Adds a name below ABOVE, before those that are there. */
static uint32_t add_name(struct scan *s, uint32_t above, const struct field *f)
{
    bool escaped = false;
    const char *close = scan_string(s, f->at + 1, &escaped);
    s->names = array_grow(s->names, &s->names_cap, s->name_count + 1, sizeof *s->names);
    struct span text = copy_padded(&s->name_arena, span_from(f->at, close + 1));
    struct span name = {text.at + 1, text.len - 2};
    uint32_t added = (uint32_t)s->name_count++;
    s->names[added] = (struct scan_name){
        .text = text,
        .name = escaped ? arena_copy(&s->name_arena, f->name) : name,
        .number = added,
        .beside = s->names[above].below,
    };
    s->names[above].below = added;
    return added;
}

/* An empty tree. */
void scan_tree_clear(struct scan *s)
{
    arena_clear(&s->name_arena);
    s->names = array_grow(s->names, &s->names_cap, 2, sizeof *s->names);
    s->names[0] = s->names[SCAN_TREE_NEW] = (struct scan_name){.text = {NULL, SIZE_MAX}};
    s->name_count = 2;
    s->is_full = false;
    for (size_t i = 0; i < SCAN_OUTLINES; i++)
        s->outlines[i].count = 0; /* its names are gone */
}

/* Leads a way down the tree for the names of this record, which are all distinct, and gives
 * the last of them: 0 if there are too many to keep. */
uint32_t scan_tree_keep(struct scan *s, size_t count)
{
    s->is_full = count > SCAN_TREE_MOST - s->name_count;
    if (s->is_full)
        return 0;
    uint32_t last = 0;
    for (size_t i = 0; i < count; i++) {
        const struct scan_name *next = scan_tree_next(s, last, s->fields[i].at);
        last = next ? next->number : add_name(s, last, &s->fields[i]);
        s->fields[i].name = s->names[last].name;
    }
    return last;
}

/* The number of the list of names that ends with LAST. */
size_t scan_tree_shape(struct scan *s, uint32_t last)
{
    static size_t shapes; /* over all readers */
    if (last && !s->names[last].shape)
        s->names[last].shape = ++shapes;
    return s->names[last].shape;
}
