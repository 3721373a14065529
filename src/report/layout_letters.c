/* layout_letters -- the letters of groups in a table's heads, and in each cell those of the groups
 * with a smaller share of its row, as chisq --letters found them. */
#include "layout.h"
#include "shown.h"
#include "testline.h"

static void mark(struct results *s, struct grid_cell *cell, const char *before, struct span letters,
                 const char *behind, struct buf *b)
{
    buf_add(b, cell->text);
    buf_addf(b, "%s", before);
    buf_add(b, letters);
    buf_addf(b, "%s", behind);
    cell->text = shown_keep(s, b);
}

/* Whether TEST is of the counts that L shows: of its stratum, or of all where there are none. */
static bool is_of_layer(const json_t *test, const struct layout *l)
{
    const struct cells_table *t = l->table;
    const json_t *stratum = testline_get(test, "stratum");
    if (!span_eq(testline_text(testline_get(test, "table")), t->id))
        return false;
    return !t->strata.at ||
           (stratum && testline_code(t->layers, t->layer_count, stratum) == &t->layers[l->layer]);
}

/* One entry: the head of its group gets its letter once. False if it has no place here: those who
 * did not name a value have no row. */
static bool mark_entry(struct results *s, struct layout *l, const json_t *entry, struct buf *b,
                       bool *heads)
{
    const struct cells_table *t = l->table;
    const struct cells_code *group =
        testline_code(t->groups, t->group_count, testline_get(entry, "group"));
    const struct cells_code *value =
        testline_code(t->values, t->value_count, testline_get(entry, "value"));
    struct span above = testline_text(testline_get(entry, "above"));
    if (!group || !value)
        return false;
    size_t column = 1 + (size_t)(group - t->groups), row = 1 + (size_t)(value - t->values);
    if (!heads[column - 1])
        mark(s, grid_at(&l->counts, 0, column), " (", testline_text(testline_get(entry, "letter")),
             ")", b);
    heads[column - 1] = true;
    if (above.len)
        mark(s, grid_at(&l->counts, row, column), " ", above, "", b);
    return true;
}

static void note_letters(struct results *s, struct layout *l, double level, struct buf *b)
{
    buf_add(b, SPAN("Letters behind a share: the groups with a smaller share of the row"));
    if (!isnan(level))
        buf_addf(b, " at the level of %.4g", level);
    buf_add(b, SPAN(" (z test of two proportions, p times the pairs of groups; shares of 0% and "
                    "100% are not compared)."));
    layout_add_note(s, l, LAYOUT_BASE, b);
}

void layout_letters(struct results *s, struct layout *l)
{
    struct buf b = {0};
    bool *heads = arena_array(&s->arena, l->table->group_count, sizeof *heads), any = false;
    double level = NAN;
    for (size_t i = 0; i < s->test_count; i++) {
        const json_t *test = s->tests[i].json, *letters = testline_get(test, "letters");
        size_t count = is_of_layer(test, l) ? json_array_size(letters) : 0;
        for (size_t k = 0; k < count; k++) {
            const json_t *entry = json_array_get(letters, k);
            any |= mark_entry(s, l, entry, &b, heads);
            level = testline_number(entry, "level");
        }
    }
    if (any)
        note_letters(s, l, level, &b);
    buf_free(&b);
}
