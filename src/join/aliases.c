/* aliases -- checked pairs from a file. */
#include "join/aliases.h"

#include <stdlib.h>
#include <strings.h>

#include "decisions/decisions.h"
#include "docs/sheet.h"

static const char *const COLUMNS[] = {"left", "right", "accept", NULL};
enum { LEFT, RIGHT, ACCEPT, COLUMN_COUNT };

struct reading {
    struct aliases *aliases;
    const char *file;
    struct sheet sheet;
    struct decisions decisions;
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

/* NAMES are accepted for one another. LINE says where; the caller raises the fault, which is
 * that the left one was accepted for another: its right name, or a NULL at. */
static struct span add_pair(struct aliases *a, const struct span *names, size_t line)
{
    size_t before = a->left.count;
    size_t left = intern_add(&a->left, names[LEFT]);
    size_t right = intern_add(&a->right, names[RIGHT]);
    if (left < before)
        return a->to[left] == right ? (struct span){0} : a->right.keys[a->to[left]];
    a->to = array_grow(a->to, &a->to_cap, left + 1, sizeof *a->to);
    a->lines = array_grow(a->lines, &a->lines_cap, left + 1, sizeof *a->lines);
    a->to[left] = right;
    a->lines[left] = line;
    return (struct span){0};
}

static void read_pair(struct reading *r, size_t row)
{
    struct aliases *a = r->aliases;
    struct span names[] = {cell(r, row, LEFT), cell(r, row, RIGHT)};
    for (size_t i = LEFT; i <= RIGHT; i++)
        if (names[i].len == 0)
            sheet_fail(&r->sheet, row, "field '%s': is missing", COLUMNS[i]);
    struct span other = add_pair(a, names, r->sheet.lines[row]);
    if (other.at)
        sheet_fail(&r->sheet, row, "%s is accepted for %s, and for %s at line %zu",
                   quote(names[LEFT]), quote(names[RIGHT]), quote(other),
                   a->lines[intern_find(&a->left, names[LEFT])]);
}

/* Pairs as review saves them: `text` is the left name, `value` the right one or, where the pair
 * was turned down, empty. A later row holds. */
static void read_decisions(struct reading *r)
{
    static const char *const kinds[] = {"match", NULL};
    struct aliases *a = r->aliases;
    struct decisions *d = &r->decisions;
    d->key = DECISIONS_BY_TEXT;
    decisions_load(d, r->file, kinds, NULL);
    for (size_t i = 0; i < d->count; i++) {
        const struct decision *it = &d->at[i];
        if (decision_text(it).len == 0)
            decisions_fail(it, "no text, which is the left name");
        bool later = false;
        for (size_t k = it->next; k != DECISIONS_NONE && !later; k = d->at[k].next)
            later =
                span_eq(decision_was(&d->at[k]), decision_was(it)); /* what settles comes last */
        if (later || decision_value(it).len == 0)
            continue;
        struct span other = add_pair(
            a, (const struct span[]){decision_text(it), decision_value(it)}, decision_line(it));
        if (other.at)
            decisions_fail(it, "%s is accepted for %s, and for %s", quote(decision_text(it)),
                           quote(decision_value(it)), quote(other));
    }
}

static void read_pairs(void *with)
{
    struct reading *r = with;
    if (decisions_recognise(r->file)) {
        read_decisions(r);
        return;
    }
    sheet_load(&r->sheet, r->file, SHEET_RECORDS, COLUMNS);
    for (int i = 0; i < COLUMN_COUNT; i++)
        r->columns[i] = sheet_need(&r->sheet, COLUMNS[i]);
    for (size_t row = 0; row < r->sheet.rows; row++)
        if (is_accepted(r, row))
            read_pair(r, row);
}

bool aliases_load(struct aliases *a, const char *file, struct fault *fault)
{
    struct reading r = {.aliases = a, .file = file};
    *a = (struct aliases){0};
    bool good = fault_catch(fault, read_pairs, &r);
    sheet_free(&r.sheet);
    decisions_free(&r.decisions);
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
