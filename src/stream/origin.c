/* origin -- where a record came from. */
#include "stream/origin.h"

#include <stdlib.h>

#include "base/show.h"

bool origin_read(struct span text, struct span *file, size_t *line)
{
    size_t colon = text.len;
    while (colon > 0 && text.at[colon - 1] >= '0' && text.at[colon - 1] <= '9')
        colon--;
    bool is_sheet = colon > 0 && text.at[colon - 1] == '!';
    if (colon < 2 || colon == text.len || text.len - colon > 18 ||
        (!is_sheet && text.at[colon - 1] != ':'))
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

static bool member(const struct value *object, struct span wanted, struct value *found)
{
    struct span rest = object->raw;
    struct value name;
    struct buf scratch = {0};
    bool is_there = false;
    while (!is_there && object->type == VALUE_OBJECT && value_next(&rest, &name, found))
        is_there = span_eq(value_text(&name, &scratch), wanted);
    buf_free(&scratch);
    return is_there;
}

bool origin_of_answer(const struct record *r, struct span field, struct buf *scratch,
                      struct span *file, size_t *line)
{
    const struct value *evidence = record_get(r, SPAN("_evidence"));
    struct value answer, name, number;
    if (!evidence || !member(evidence, field, &answer) || !member(&answer, SPAN("file"), &name) ||
        !member(&answer, SPAN("line"), &number) || name.type != VALUE_STRING ||
        number.type != VALUE_NUMBER)
        return false;
    *file = value_text(&name, scratch);
    *line = strtoul(number.raw.at, NULL, 10); /* what stands behind it in the line ends it */
    return true;
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

void origin_where_field(const struct record *r, struct span field, struct buf *file, size_t *line)
{
    struct buf scratch = {0};
    struct span name;
    origin_where(r, file, line);
    if (span_eq(buf_span(file), SPAN("<stdin>")) &&
        origin_of_answer(r, field, &scratch, &name, line)) {
        buf_clear(file);
        show_add(file, name, SHOW_ESCAPED);
    }
    buf_free(&scratch);
}
