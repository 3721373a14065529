/* scan -- a line as a record: its fields by the tree of names, checked where they leave it. */
#include "stream/scan.h"

#include <stdlib.h>

#include "base/fail.h"
#include "scan_parts.h"

void scan_start(struct scan *s, struct span line)
{
    s->start = line.at;
    s->end = line.at + line.len;
    s->error_at = NULL;
    s->open_count = 0;
    arena_clear(&s->decoded);
    s->saw_record = false;
    if (s->name_count == 0 || s->is_full)
        scan_tree_clear(s);
}

/* Room for COUNT fields, or false if they are too many. */
__attribute__((noinline)) bool scan_room(struct scan *s, size_t count)
{
    if (count > SCAN_FIELDS)
        return false;
    s->fields = array_grow(s->fields, &s->fields_cap, count, sizeof *s->fields);
    if (s->fields_cap > SCAN_FIELDS)
        s->fields_cap = SCAN_FIELDS;
    return true;
}

/* A name at AT that the tree does not have there: fills F. */
static const char *scan_new_name(struct scan *s, const char *at, struct field *f)
{
    if (*at != '"')
        return scan_bad(
            s, at, at >= s->end ? "the line ends inside the object" : "expected a name in quotes");
    bool escaped = false;
    const char *close = scan_string(s, at + 1, &escaped);
    if (!close)
        return NULL;
    f->name = scan_decode(s, at + 1, close, escaped);
    return close + 1;
}

/* The record left the tree's ways: checks its names for repeats and makes a way for them. */
static bool check_names(struct scan *s, size_t count, uint32_t *last)
{
    s->open_count = 0;
    s->open_names = array_grow(s->open_names, &s->open_cap, count, sizeof *s->open_names);
    for (size_t i = 0; i < count; i++)
        s->open_names[i] = s->fields[i].name;
    size_t repeat = scan_repeat(s, s->open_names, count);
    if (repeat < count) {
        scan_bad_name(s, s->fields[repeat].at, s->fields[repeat].name);
        return false;
    }
    s->saw_record = count > SCAN_FEW_NAMES;
    *last = scan_tree_keep(s, count);
    return true;
}

/* A name at AT that has no place below LAST, and LAST becomes SCAN_TREE_NEW: what stands behind it.
 */
static __attribute__((noinline)) const char *leave_way(struct scan *s, const char *at,
                                                       struct field *f, uint32_t *last)
{
    *last = SCAN_TREE_NEW;
    return scan_new_name(s, at, f);
}

/* The field at AT, name, colon and value; LAST, the name before, becomes its own. */
static inline const char *scan_field(struct scan *s, const char *at, struct field *f,
                                     uint32_t *last)
{
    const struct scan_name *name = scan_tree_next(s, *last, at);
    f->at = at;
    if (name) {
        *last = name->number;
        f->name = name->name;
        at += name->text.len;
    } else {
        at = leave_way(s, at, f, last);
        if (!at)
            return NULL;
    }
    if (*at != ':') {
        at = scan_skip(s, at);
        if (*at != ':')
            return scan_bad(s, at, "expected ':'");
    }
    return scan_value(s, scan_skip(s, at + 1), &f->value, 1);
}

/* The fields from the first on, to the closing brace, or NULL. LAST gets the last name's place in
 * the tree. */
static const char *scan_fields(struct scan *s, const char *at, size_t *count, uint32_t *last)
{
    uint32_t way = 0;
    size_t n = 0;
    for (;;) {
        if (n == s->fields_cap && !scan_room(s, n + 1))
            return scan_bad(s, at, "more than 131072 fields");
        at = scan_field(s, at, &s->fields[n++], &way);
        if (!at)
            return NULL;
        if (*at != ',') {
            at = scan_skip(s, at);
            if (*at == '}')
                break;
            if (*at != ',')
                return scan_bad(s, at,
                                at >= s->end ? "the line ends inside the object"
                                             : "expected ',' or '}'");
        }
        at = scan_skip(s, at + 1);
    }
    *count = n;
    *last = way;
    return way == SCAN_TREE_NEW && !check_names(s, n, last) ? NULL : at;
}

bool scan_record(struct scan *s, struct span line, struct record *r)
{
    scan_start(s, line);
    const char *from = scan_skip(s, line.at);
    if (*from != '{' || from >= s->end) {
        scan_bad(s, from, "not a JSON object");
        return false;
    }
    size_t count = 0;
    uint32_t last = 0;
    const char *close = scan_skip(s, from + 1);
    if (*close != '}')
        close = scan_fields(s, close, &count, &last);
    if (!close)
        return false;
    const char *rest = scan_skip(s, close + 1);
    if (rest < s->end) {
        scan_bad(s, rest, "text behind the object");
        return false;
    }
    r->line = span_from(from, close + 1);
    r->fields = s->fields;
    r->places = NULL;
    r->count = count;
    r->shape = scan_tree_shape(s, last);
    r->names = s->saw_record ? &s->seen : NULL;
    return true;
}

void scan_buf(struct scan *s, struct buf *b, struct record *r)
{
    buf_reserve(b, SCAN_PAD);
    memset(b->at + b->len, 0, SCAN_PAD);
    if (!scan_record(s, buf_span(b), r))
        fail(STATUS_DATA, "internal error: a record put together is not valid: %s", scan_error(s));
}

size_t scan_column(const struct scan *s)
{
    return (size_t)(s->error_at - s->start) + 1;
}

const char *scan_error(struct scan *s)
{
    return buf_text(&s->error);
}

void scan_free(struct scan *s)
{
    free(s->fields);
    free(s->names);
    free(s->open_names);
    for (size_t i = 0; i < SCAN_OUTLINES; i++)
        outline_free(&s->outlines[i]);
    arena_free(&s->name_arena);
    arena_free(&s->decoded);
    buf_free(&s->scratch);
    buf_free(&s->error);
    intern_free(&s->seen);
    *s = (struct scan){0};
}
