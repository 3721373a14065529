/* aliases -- checked pairs from a file. */
#include "join/aliases.h"

#include <stdlib.h>
#include <strings.h>

#include "docs/sheet.h"

static const char *const COLUMNS[] = {"left", "right", "accept", NULL};
enum { LEFT, RIGHT, ACCEPT, COLUMN_COUNT };

struct reading {
    struct aliases *aliases;
    const char *file;
    struct sheet sheet;
    size_t columns[COLUMN_COUNT];
};

static struct span cell(const struct reading *r, size_t row, int column)
{
    return sheet_cell(&r->sheet, row, r->columns[column]);
}

static bool is_one_of(struct span text, const char *const *words)
{
    for (; *words; words++)
        if (text.len == strlen(*words) && strncasecmp(text.at, *words, text.len) == 0)
            return true;
    return false;
}

static bool is_accepted(const struct reading *r, size_t row)
{
    static const char *const yes[] = {"true", "yes", "y", "1", NULL};
    static const char *const no[] = {"", "false", "no", "n", "0", NULL};
    struct span said = cell(r, row, ACCEPT);
    if (is_one_of(said, yes))
        return true;
    if (!is_one_of(said, no))
        sheet_fail(&r->sheet, row, "field 'accept': %s is neither true nor false", quote(said));
    return false;
}

static void add_pair(struct reading *r, size_t row)
{
    struct aliases *a = r->aliases;
    struct span names[] = {cell(r, row, LEFT), cell(r, row, RIGHT)};
    for (size_t i = LEFT; i <= RIGHT; i++)
        if (names[i].len == 0)
            sheet_fail(&r->sheet, row, "field '%s': is missing", COLUMNS[i]);
    size_t before = a->left.count;
    size_t left = intern_add(&a->left, names[LEFT]);
    size_t right = intern_add(&a->right, names[RIGHT]);
    if (left < before && a->to[left] != right)
        sheet_fail(&r->sheet, row, "%s is accepted for %s, and for %s at line %zu",
                   quote(names[LEFT]), quote(names[RIGHT]), quote(a->right.keys[a->to[left]]),
                   a->lines[left]);
    if (left < before)
        return;
    a->to = array_grow(a->to, &a->to_cap, left + 1, sizeof *a->to);
    a->lines = array_grow(a->lines, &a->lines_cap, left + 1, sizeof *a->lines);
    a->to[left] = right;
    a->lines[left] = r->sheet.lines[row];
}

static void read_pairs(void *with)
{
    struct reading *r = with;
    sheet_load(&r->sheet, r->file, SHEET_RECORDS, COLUMNS);
    for (int i = 0; i < COLUMN_COUNT; i++)
        r->columns[i] = sheet_need(&r->sheet, COLUMNS[i]);
    for (size_t row = 0; row < r->sheet.rows; row++)
        if (is_accepted(r, row))
            add_pair(r, row);
}

bool aliases_load(struct aliases *a, const char *file, struct fault *fault)
{
    struct reading r = {.aliases = a, .file = file};
    *a = (struct aliases){0};
    bool good = fault_catch(fault, read_pairs, &r);
    sheet_free(&r.sheet);
    return good;
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
