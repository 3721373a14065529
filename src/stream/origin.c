/* origin -- where a record came from. */
#include "stream/origin.h"

#include "base/show.h"

bool origin_read(struct span text, struct span *file, size_t *line)
{
    size_t colon = text.len;
    while (colon > 0 && text.at[colon - 1] >= '0' && text.at[colon - 1] <= '9')
        colon--;
    if (colon < 2 || colon == text.len || text.len - colon > 18 || text.at[colon - 1] != ':')
        return false;
    *line = 0;
    for (size_t i = colon; i < text.len; i++)
        *line = *line * 10 + (size_t)(text.at[i] - '0');
    *file = (struct span){text.at, colon - 1};
    return true;
}

bool origin_of(const struct record *r, struct buf *scratch, struct span *file, size_t *line)
{
    const struct value *origin = record_get(r, SPAN("_origin"));
    struct value first;
    if (origin && origin->type == VALUE_LIST) {
        struct span rest = origin->raw;
        origin = value_next(&rest, NULL, &first) ? &first : NULL;
    }
    return origin && origin->type == VALUE_STRING &&
           origin_read(value_text(origin, scratch), file, line);
}

void origin_where(const struct record *r, struct buf *file, size_t *line)
{
    struct buf scratch = {0};
    struct span name;
    buf_clear(file);
    *line = r->number;
    if (strcmp(r->file, "<stdin>") == 0 && origin_of(r, &scratch, &name, line))
        show_add(file, name, SHOW_ESCAPED);
    else
        buf_add(file, span_of(r->file));
    buf_free(&scratch);
}
