#include "stream/places.h"

#include "base/bytes.h"
#include "base/intern.h"

#define TEXT_FACTOR UINT64_C(0xd6e8feb86659fd93) /* so that no text passes for a run of fields */

/* Nothing was noted of the line yet. */
static void forget(struct places *p)
{
    p->whole = true;
    p->names = p->secret;
    p->named = 0;
}

void places_start(struct places *p, size_t start)
{
    if (!p->secret)
        p->secret = intern_mix(PLACES_FACTOR);
    p->start = start;
    p->head = p->lines.len;
    forget(p);
    buf_reserve(&p->lines, sizeof(struct places_line));
    p->lines.len += sizeof(struct places_line); /* written at the line's end */
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

uint64_t places_text(struct span text)
{
    uint64_t mixed = text.len;
    for (; text.len > 8; text.at += 8, text.len -= 8)
        mixed = mix_fold(mixed ^ bytes_head(text.at, 8), TEXT_FACTOR);
    return mix_fold(mixed ^ bytes_head(text.at, text.len), TEXT_FACTOR);
}

void places_name(struct places *p, const struct buf *out, size_t from)
{
    if (p)
        places_named(p, 1, places_text((struct span){out->at + from, out->len - from}));
}

bool places_shifted(struct places *p, const struct record *r, size_t first, size_t end, size_t from)
{
    if (!r->places)
        return false;
    const struct value_place *known = r->places + first;
    size_t count = end - first, size = count * sizeof *known;
    if (r->shape)
        places_named(p, count, (uint64_t)r->shape << 32 | first << 16 | end);
    size_t shift = from - p->start - (size_t)(r->fields[first].at - r->line.at);
    buf_reserve(&p->lines, size);
    char *to = p->lines.at + p->lines.len;
    memcpy(to, known, size);
    p->lines.len += size;
    if (shift == 0)
        return true;
    p->whole &= known[count - 1].end + shift <= UINT16_MAX;
    /* both numbers at once: neither runs over, or the places are of no use */
    uint32_t both = (uint32_t)shift * 0x10001U, place;
    for (size_t i = 0; i < count; i++, to += sizeof *known) {
        memcpy(&place, to, sizeof place);
        place += both;
        memcpy(to, &place, sizeof place);
    }
    return true;
}

void places_again(struct places *p)
{
    if (!p)
        return;
    p->lines.len = p->head + sizeof(struct places_line);
    forget(p);
}

void places_end(struct places *p, size_t end)
{
    size_t from = p->head + sizeof(struct places_line);
    if (!p->whole || end - p->start > UINT16_MAX)
        p->lines.len = from;
    size_t count = (p->lines.len - from) / sizeof(struct value_place);
    struct places_line line = {(uint32_t)(end - p->start), (uint32_t)count,
                               p->named == count ? p->names : 0};
    buf_reserve(&p->lines, 8); /* up to which the room of a line is rounded */
    memset(p->lines.at + p->lines.len, 0, 8);
    memcpy(p->lines.at + p->head, &line, sizeof line);
    p->lines.len = p->head + places_room(count);
    places_start(p, end);
}
