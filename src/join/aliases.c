/* aliases -- checked pairs from a file. */
#include "join/aliases.h"

#include <stdlib.h>
#include <strings.h>

#include "base/fail.h"
#include "docs/rows.h"

static const char *const COLUMNS[] = {"left", "right", "accept"};
enum { LEFT, RIGHT, ACCEPT, COLUMN_COUNT };

static bool is_one_of(struct span text, const char *const *words)
{
    for (; *words; words++)
        if (text.len == strlen(*words) && strncasecmp(text.at, *words, text.len) == 0)
            return true;
    return false;
}

static bool is_accepted(const struct rows *s)
{
    static const char *const yes[] = {"true", "yes", "y", "1", NULL};
    static const char *const no[] = {"", "false", "no", "n", "0", NULL};
    if (is_one_of(s->cells[ACCEPT], yes))
        return true;
    if (!is_one_of(s->cells[ACCEPT], no))
        fail(STATUS_DATA, "%s:%zu: field 'accept': %s is neither true nor false", s->file, s->line,
             quote(s->cells[ACCEPT]));
    return false;
}

static void add_pair(struct aliases *a, const struct rows *s)
{
    for (size_t i = LEFT; i <= RIGHT; i++)
        if (s->cells[i].len == 0)
            fail(STATUS_DATA, "%s:%zu: field '%s': is missing", s->file, s->line, COLUMNS[i]);
    size_t before = a->left.count;
    size_t left = intern_add(&a->left, s->cells[LEFT]);
    size_t right = intern_add(&a->right, s->cells[RIGHT]);
    if (left < before && a->to[left] != right)
        fail(STATUS_DATA, "%s:%zu: %s is accepted for %s, and for %s at line %zu", s->file, s->line,
             quote(s->cells[LEFT]), quote(s->cells[RIGHT]), quote(a->right.keys[a->to[left]]),
             a->lines[left]);
    if (left < before)
        return;
    a->to = array_grow(a->to, &a->to_cap, left + 1, sizeof *a->to);
    a->lines = array_grow(a->lines, &a->lines_cap, left + 1, sizeof *a->lines);
    a->to[left] = right;
    a->lines[left] = s->line;
}

void aliases_load(struct aliases *a, const char *file)
{
    struct rows rows;
    *a = (struct aliases){0};
    rows_open(&rows, file, COLUMNS, COLUMN_COUNT);
    while (rows_next(&rows))
        if (is_accepted(&rows))
            add_pair(a, &rows);
    rows_close(&rows);
}

struct span aliases_find(const struct aliases *a, struct span name)
{
    size_t left = intern_find(&a->left, name);
    return left == INTERN_NONE ? (struct span){0} : a->right.keys[a->to[left]];
}

void aliases_free(struct aliases *a)
{
    intern_free(&a->left);
    intern_free(&a->right);
    free(a->to);
    free(a->lines);
    *a = (struct aliases){0};
}
