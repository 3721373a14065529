/* differ_side -- the lines of a file of the older results. */
#include "differ_side.h"

#include <stdint.h>
#include <stdlib.h>

#include "base/fail.h"

/* The key of R as one that no record before it had. */
static void add_line(struct differ_side *s, const struct record *r)
{
    size_t index, before, first = s->key.len;
    for (size_t again = 2;; again++) {
        before = s->keys.count;
        index = intern_add(&s->keys, buf_span(&s->key));
        if (index == before)
            break;
        s->key.len = first;
        buf_addf(&s->key, " (%zu)", again);
    }
    s->lines = array_grow(s->lines, &s->cap, index + 1, sizeof *s->lines);
    s->met = array_grow(s->met, &s->met_cap, index + 1, sizeof *s->met);
    s->lines[index] = arena_copy(&s->arena, r->line);
    s->met[index] = false;
}

void differ_side_read(struct differ_side *s, const char *file, differ_key *key, void *with)
{
    char *files[] = {(char *)(uintptr_t)file};
    struct jsonl in;
    struct record r;
    enum jsonl_status status;
    *s = (struct differ_side){0};
    jsonl_open(&in, files, 1, 0);
    while ((status = jsonl_next(&in, &r)) == JSONL_RECORD) {
        buf_clear(&s->key);
        if (key(&s->key, &r, with))
            add_line(s, &r);
    }
    if (status == JSONL_BAD)
        fail(STATUS_DATA, "%s:%zu:%zu: %s", file, r.number, jsonl_column(&in), jsonl_error(&in));
    jsonl_close(&in);
}

const struct record *differ_side_get(struct differ_side *s, struct span key)
{
    size_t index = intern_find(&s->keys, key);
    buf_clear(&s->key);
    buf_add(&s->key, key);
    for (size_t again = 2; index != INTERN_NONE && s->met[index]; again++) {
        s->key.len = key.len;
        buf_addf(&s->key, " (%zu)", again);
        index = intern_find(&s->keys, buf_span(&s->key));
    }
    if (index == INTERN_NONE)
        return NULL;
    s->met[index] = true;
    buf_clear(&s->line);
    buf_add(&s->line, s->lines[index]);
    scan_buf(&s->scan, &s->line, &s->record);
    return &s->record;
}

bool differ_side_lone(struct differ_side *s, size_t *i, struct span *key)
{
    while (*i < s->keys.count && s->met[*i])
        ++*i;
    if (*i == s->keys.count)
        return false;
    *key = s->keys.keys[(*i)++];
    return true;
}

void differ_side_free(struct differ_side *s)
{
    intern_free(&s->keys);
    free(s->lines);
    free(s->met);
    arena_free(&s->arena);
    scan_free(&s->scan);
    buf_free(&s->key);
    buf_free(&s->line);
}
