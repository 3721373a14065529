/* scan_placed -- a line whose writer told where its values stand, taken without looking through it.
 */
#include "scan_parts.h"

/* Every field has to scan_start where the one before ended, with a name that the tree has there,
 * and its value behind the colon. */
static bool scan_places(struct scan *s, struct span line, const struct value_place *places,
                        size_t count, struct record *r)
{
    scan_start(s, line);
    if (s->fields_cap < count && !scan_room(s, count))
        return false;
    const char *at = line.at;
    char before = '{';
    uint32_t last = 0;
    for (size_t i = 0; i < count; i++) {
        const struct value_place *place = &places[i];
        if (*at != before || place->end >= line.len)
            return false;
        const struct scan_name *name = scan_tree_next(s, last, ++at);
        if (!name)
            return false;
        const char *value = line.at + place->value, *end = line.at + place->end;
        const char *colon = at + name->text.len;
        if (*colon != ':' || colon + 1 != value || end <= value)
            return false;
        last = name->number;
        s->fields[i] = (struct field){
            name->name, at, {span_from(value, end), (enum value_type)place->type, place->escaped}};
        at = end;
        before = ',';
    }
    if (*at != '}' || at + 1 != s->end)
        return false;
    r->line = line;
    r->fields = s->fields;
    r->places = places;
    r->count = count;
    r->shape = scan_tree_shape(s, last);
    r->names = NULL;
    return true;
}

/* The outline for lines with the number NAMES, or NULL. Mostly it is the one before. */
static inline struct outline *known_outline(struct scan *s, const struct places_told *places)
{
    for (size_t i = 0; i < SCAN_OUTLINES; i++) {
        size_t at = (s->outline + i) % SCAN_OUTLINES;
        struct outline *o = &s->outlines[at];
        if (o->names == places->names && o->count == places->count) {
            s->outline = at;
            return o;
        }
    }
    return NULL;
}

/* By places, all names checked or told by the writer to be those of a line that was checked. */
static struct outline *follow(struct scan *s, struct span line, const struct places_told *places,
                              struct record *r)
{
    struct outline *o = places->names ? known_outline(s, places) : NULL;
    if (o && outline_fill(o, line, places->at))
        return o;
    o = &s->outlines[places->names ? s->next_outline++ % SCAN_OUTLINES
                                   : places->count % SCAN_OUTLINES];
    if (!places->names && o->count == places->count && o->comparable &&
        outline_follow(o, line, places->at))
        return o;
    if (!scan_places(s, line, places->at, places->count, r))
        return NULL;
    outline_take(o, r, places->names);
    return o;
}

bool scan_placed(struct scan *s, struct span line, const struct places_told *places,
                 struct record *r)
{
    const struct outline *o = follow(s, line, places, r);
    if (!o)
        return false;
    r->line = line;
    r->fields = o->fields;
    r->places = places->at;
    r->count = places->count;
    r->shape = o->shape;
    r->names = NULL;
    return true;
}
