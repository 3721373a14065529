#include "stream/places.h"

static struct places_line *line_of(struct places *p)
{
    return (struct places_line *)(void *)(p->lines.at + p->head);
}

void places_start(struct places *p, size_t start)
{
    p->start = start;
    p->head = p->lines.len;
    p->whole = true;
    struct places_line line = {0, 0};
    buf_add(&p->lines, (struct span){(const char *)&line, sizeof line});
}

/* The type of the JSON value that starts with C. */
static enum value_type type_of(char c)
{
    static const char starts[] = "\"{[tfn";
    static const enum value_type types[] = {VALUE_STRING, VALUE_OBJECT, VALUE_LIST,
                                            VALUE_TRUE,   VALUE_FALSE,  VALUE_NULL};
    const char *at = strchr(starts, c);
    return at ? types[at - starts] : VALUE_NUMBER;
}

void places_value(struct places *p, const struct buf *out, size_t value, size_t end)
{
    if (!p)
        return;
    const char *at = out->at + value;
    enum value_type type = *at == '"' ? VALUE_STRING : type_of(*at);
    bool escaped = type == VALUE_STRING && memchr(at, '\\', end - value);
    places_typed(p, value, end, type, escaped);
}

bool places_shifted(struct places *p, const struct record *r, size_t first, size_t end, size_t from)
{
    if (!r->places)
        return false;
    const struct value_place *known = r->places + first;
    size_t count = end - first, size = count * sizeof *known;
    size_t shift = from - p->start - (size_t)(r->fields[first].at - r->line.at);
    buf_reserve(&p->lines, size);
    char *to = p->lines.at + p->lines.len;
    memcpy(to, known, size);
    p->lines.len += size;
    if (shift == 0)
        return true;
    p->whole &= known[count - 1].end + shift <= UINT16_MAX;
    for (size_t i = 0; i < count; i++) {
        struct value_place place = known[i];
        place.value = (uint16_t)(place.value + shift);
        place.end = (uint16_t)(place.end + shift);
        memcpy(to + i * sizeof place, &place, sizeof place);
    }
    return true;
}

void places_again(struct places *p)
{
    if (!p)
        return;
    p->lines.len = p->head + sizeof(struct places_line);
    p->whole = true;
}

void places_end(struct places *p, size_t end)
{
    size_t from = p->head + sizeof(struct places_line);
    if (!p->whole || end - p->start > UINT16_MAX)
        p->lines.len = from;
    struct places_line *line = line_of(p);
    line->len = (uint32_t)(end - p->start);
    line->count = (uint32_t)((p->lines.len - from) / sizeof(struct value_place));
    static const char none[8];
    buf_add(&p->lines, (struct span){none, p->head + places_room(line->count) - p->lines.len});
    places_start(p, end);
}
