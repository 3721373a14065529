/* tested_tables -- which tests a table gets, and the counts of each. */
#include "base/fail.h"
#include "tested_parts.h"
#include "testing/statistic.h"

/* ---- making a test's table ---- */

static bool is_kept(const size_t *kept, size_t count, size_t index, size_t *next)
{
    bool found = *next < count && kept[*next] == index;
    *next += found;
    return found;
}

static void name_dropped(struct tested_list *list, struct tested *t, struct span axis,
                         const struct cells_code *codes, size_t count, const size_t *kept,
                         size_t kept_count)
{
    struct buf *b = &list->scratch;
    if (kept_count == count)
        return;
    buf_add(b, SPAN("left out, since no record has it: "));
    buf_add(b, axis);
    bool any = false;
    for (size_t i = 0, next = 0; i < count; i++) {
        if (is_kept(kept, kept_count, i, &next))
            continue;
        buf_add(b, any ? SPAN(", ") : SPAN(" "));
        buf_add(b, span_of(quote(codes[i].text)));
        any = true;
    }
    tested_add_warning(list, t);
}

static struct cells_code *keep_codes(struct tested_list *list, const struct cells_code *codes,
                                     const size_t *kept, size_t count)
{
    struct cells_code *into = arena_array(&list->arena, count, sizeof *into);
    for (size_t i = 0; i < count; i++)
        into[i] = codes[kept[i]];
    return into;
}

/* Room for what is behind weighted counts. */
static void new_weights(struct tested_list *list, struct tested *t, size_t cells)
{
    if (!t->table->weighted)
        return;
    t->squares = arena_array(&list->arena, cells, sizeof *t->squares);
    t->records = arena_array(&list->arena, cells, sizeof *t->records);
}

/* The cell at INDEX of T: what CELL counts, less LESS, which is NULL for nothing. */
static void set_cell(struct tested *t, size_t index, const struct cells_cell *cell,
                     const struct cells_cell *less)
{
    t->counts.cells[index] = fmax(0, cell->n - (less ? less->n : 0));
    if (!t->squares)
        return;
    t->squares[index] = fmax(0, cell->squares - (less ? less->squares : 0));
    t->records[index] = fmax(0, cell->unweighted - (less ? less->unweighted : 0));
}

/* Drops what is empty, saying so. ROWS and COLUMNS name those of t->counts. */
/* Moves what is kept of a table's cells together, as crosstab_squeeze() did with the counts. */
static void keep_cells(double *cells, size_t columns_before, const size_t *rows, size_t row_count,
                       const size_t *columns, size_t column_count)
{
    for (size_t r = 0; cells && r < row_count; r++)
        for (size_t c = 0; c < column_count; c++)
            cells[r * column_count + c] = cells[rows[r] * columns_before + columns[c]];
}

static void squeeze(struct tested_list *list, struct tested *t, const struct cells_code *rows,
                    const struct cells_code *columns)
{
    struct crosstab *c = &t->counts;
    size_t row_count = c->rows, column_count = c->columns;
    size_t *kept_rows = arena_array(&list->arena, row_count, sizeof *kept_rows);
    size_t *kept_columns = arena_array(&list->arena, column_count, sizeof *kept_columns);
    crosstab_total(c);
    crosstab_squeeze(c, kept_rows, kept_columns);
    keep_cells(t->squares, column_count, kept_rows, c->rows, kept_columns, c->columns);
    keep_cells(t->records, column_count, kept_rows, c->rows, kept_columns, c->columns);
    t->rows = keep_codes(list, rows, kept_rows, c->rows);
    t->columns = keep_codes(list, columns, kept_columns, c->columns);
    if (c->sum == 0)
        return; /* said as such */
    name_dropped(list, t, t->table->by, columns, column_count, kept_columns, c->columns);
    if (!t->item && !t->is_pair)
        name_dropped(list, t, t->table->field, rows, row_count, kept_rows, c->rows);
}

/* Why T, whose empty rows and columns are gone, cannot be tested; NULL if it can. */
static const char *obstacle(const struct tested *t)
{
    const struct crosstab *c = &t->counts;
    if (c->sum == 0)
        return "no test: nothing was counted";
    if (t->kind == TESTED_INDEPENDENCE && c->columns < 2)
        return "no test: records in one group only";
    if (t->item && c->rows < 2)
        return t->rows[0].raw.at == t->item->raw.at ? "no test: every record has it"
                                                    : "no test: no record has it";
    if (c->rows < 2)
        return "no test: one value only";
    return NULL;
}

static bool is_obstructed(struct tested_list *list, struct tested *t)
{
    const char *why = obstacle(t);
    if (why)
        tested_warn(list, t, span_of(why));
    return why;
}

/* ---- goodness of fit ---- */

static const struct settings_share *find_share(const struct settings *s,
                                               const struct cells_code *code)
{
    for (size_t i = 0; i < s->share_count; i++)
        if (span_eq(s->shares[i].value, code->raw) || span_eq(s->shares[i].value, code->text))
            return &s->shares[i];
    return NULL;
}

/* The shares that were given for the values of T in their order; NULL if none of them is named. */
static double *take_shares(struct tested_list *list, const struct settings *s,
                           const struct tested *t)
{
    size_t named = 0;
    double *shares = arena_array(&list->arena, t->counts.rows, sizeof *shares);
    const struct cells_code *unnamed = NULL;
    for (size_t i = 0; i < t->counts.rows; i++) {
        const struct settings_share *share = find_share(s, &t->rows[i]);
        if (share) {
            shares[i] = share->share;
            named++;
        } else {
            unnamed = &t->rows[i];
        }
    }
    if (named == 0)
        return NULL;
    if (unnamed)
        fail(STATUS_USAGE, "no expected share for value %s of table %s", quote(unnamed->text),
             quote(t->table->id));
    if (named < s->share_count)
        fail(STATUS_USAGE, "expected shares of %zu values, of which table %s has %zu",
             s->share_count, quote(t->table->id), named);
    list->shares_used++;
    return shares;
}

/* Whether the table could only be tested against equal shares, which its plan does not ask for. */
static bool is_unasked(const struct tested_options *o, const struct cells_table *table)
{
    if (o->equal || o->settings.equal != SETTINGS_NOT_EQUAL)
        return false;
    for (size_t v = 0; v < table->value_count; v++)
        if (find_share(&o->settings, &table->values[v]))
            return false;
    return true;
}

/* A listed value that never came is a category all the same: nothing is dropped. */
static void add_goodness(struct tested_list *list, const struct tested_options *o,
                         const struct cells_table *table, size_t layer)
{
    if (is_unasked(o, table)) {
        list->unasked++;
        return;
    }
    struct tested *t = tested_begin(list, table, layer, TESTED_GOODNESS);
    t->counts = crosstab_new(&list->arena, table->value_count, 1);
    new_weights(list, t, table->value_count);
    for (size_t v = 0; v < table->value_count; v++)
        set_cell(t, v, cells_at(table, layer, v, 0), NULL);
    crosstab_total(&t->counts);
    t->rows = table->values;
    t->columns = table->groups;
    if (o->settings.share_count)
        t->of.pearson.shares = take_shares(list, &o->settings, t);
    if (table->rest)
        tested_warn(list, t,
                    SPAN("no test: some values have no row of their own, so the rows are not all "
                         "there is"));
    else if (!is_obstructed(list, t))
        tested_goodness(list, t, o);
}

/* ---- independence ---- */

/* The rows of a table: its values, and what has no row of its own as one more. */
static size_t take_rows(struct tested_list *list, const struct cells_table *table,
                        struct cells_code **rows)
{
    size_t count = table->value_count + (table->rest != NULL);
    *rows = arena_array(&list->arena, count, sizeof **rows);
    for (size_t v = 0; v < table->value_count; v++)
        (*rows)[v] = table->values[v];
    if (table->rest)
        (*rows)[table->value_count] =
            (struct cells_code){SPAN("null"), SPAN("all other values"), {0}};
    return count;
}

static const struct cells_cell *cell_at(const struct cells_table *table, size_t layer, size_t row,
                                        size_t group)
{
    return row < table->value_count ? cells_at(table, layer, row, group)
                                    : &table->rest[layer * table->group_count + group];
}

static void add_whole(struct tested_list *list, const struct tested_options *o,
                      const struct cells_table *table, size_t layer)
{
    struct tested *t = tested_begin(list, table, layer, TESTED_INDEPENDENCE);
    struct cells_code *rows;
    size_t count = take_rows(list, table, &rows);
    t->counts = crosstab_new(&list->arena, count, table->group_count);
    new_weights(list, t, count * table->group_count);
    for (size_t r = 0; r < count; r++)
        for (size_t g = 0; g < table->group_count; g++)
            set_cell(t, r * table->group_count + g, cell_at(table, layer, r, g), NULL);
    squeeze(list, t, rows, table->groups);
    if (table->rest) {
        buf_addf(&list->scratch, "%zu values without a row of their own are tested as one",
                 table->rest_values);
        tested_add_warning(list, t);
    }
    if (!is_obstructed(list, t))
        tested_independence(list, t, o);
}

static void set_pair(struct tested *t, const struct tested *whole, size_t to, size_t from)
{
    t->counts.cells[to] = whole->counts.cells[from];
    if (!t->squares)
        return;
    t->squares[to] = whole->squares[from];
    t->records[to] = whole->records[from];
}

/* Two of the columns of the test at INDEX, which has more. */
static void add_pair(struct tested_list *list, const struct tested_options *o, size_t index,
                     size_t layer, size_t one, size_t other)
{
    struct tested *t = tested_begin(list, list->at[index].table, layer, TESTED_INDEPENDENCE);
    const struct tested *whole = &list->at[index];
    t->is_pair = true;
    tested_set_family(list, t, t->stratum ? SPAN("pairs in strata of ") : SPAN("pairs of "));
    t->excluded_count = 0; /* those of the whole table, said there */
    t->counts = crosstab_new(&list->arena, whole->counts.rows, 2);
    new_weights(list, t, whole->counts.rows * 2);
    for (size_t r = 0; r < whole->counts.rows; r++) {
        set_pair(t, whole, 2 * r, r * whole->counts.columns + one);
        set_pair(t, whole, 2 * r + 1, r * whole->counts.columns + other);
    }
    struct cells_code columns[] = {whole->columns[one], whole->columns[other]};
    squeeze(list, t, whole->rows, columns);
    if (!is_obstructed(list, t))
        tested_independence(list, t, o);
}

static void add_pairs(struct tested_list *list, const struct tested_options *o, size_t layer)
{
    size_t index = list->count - 1, columns = list->at[index].counts.columns;
    if (!tested_has_result(&list->at[index]) || columns < 3)
        return;
    for (size_t one = 0; one < columns; one++)
        for (size_t other = one + 1; other < columns; other++)
            add_pair(list, o, index, layer, one, other);
}

/* Those who named the item against those who did not. */
static void add_item(struct tested_list *list, const struct tested_options *o,
                     const struct cells_table *table, size_t layer, size_t item)
{
    struct tested *t = tested_begin(list, table, layer, TESTED_INDEPENDENCE);
    t->item = &table->values[item];
    tested_set_family(list, t, t->stratum ? SPAN("items in strata of ") : SPAN("items of "));
    t->counts = crosstab_new(&list->arena, 2, table->group_count);
    new_weights(list, t, 2 * table->group_count);
    for (size_t g = 0; g < table->group_count; g++) {
        const struct cells_cell *named = cells_at(table, layer, item, g);
        set_cell(t, g, named, NULL);
        set_cell(t, table->group_count + g, cells_total(table, layer, g), named);
    }
    struct cells_code rows[] = {*t->item, {SPAN("null"), SPAN("not named"), {0}}};
    squeeze(list, t, rows, table->groups);
    if (!is_obstructed(list, t))
        tested_independence(list, t, o);
}

/* ---- a table ---- */

/* Why no test of counts fits the table; NULL if one does. */
static const char *unsuitable(const struct cells_table *table)
{
    if (table->suppressed)
        return "no test: counts are withheld or rounded";
    if (table->summaries && !table->by.at)
        return "no test: numbers that are summarised have no counts to compare";
    if (table->by_multiple && (table->weighted || table->summaries || table->rest))
        return "no test: a record can be in several groups, so they are not independent";
    return NULL;
}

static void add_untested(struct tested_list *list, const struct cells_table *table, const char *why)
{
    struct tested *t =
        tested_begin(list, table, CELLS_NONE, table->by.at ? TESTED_INDEPENDENCE : TESTED_GOODNESS);
    t->counts = (struct crosstab){.rows = table->value_count, .columns = table->group_count};
    for (size_t layer = 0; layer < table->layer_count; layer++)
        t->counts.sum += table->whole[layer].n;
    tested_warn(list, t, span_of(why));
}

static void add_layer(struct tested_list *list, const struct tested_options *o,
                      const struct cells_table *table, size_t layer)
{
    if (table->by_multiple) {
        tested_spmi(list, table, layer);
    } else if (table->summaries) {
        tested_numbers(list, table, layer);
    } else if (table->multiple) {
        tested_set(list, table, layer);
        for (size_t item = 0; table->by.at && item < table->value_count; item++)
            add_item(list, o, table, layer, item);
    } else if (!table->by.at) {
        add_goodness(list, o, table, layer);
    } else if (o->settings.paired) {
        tested_paired(list, o, table, layer);
    } else {
        add_whole(list, o, table, layer);
        if (o->settings.pairwise)
            add_pairs(list, o, layer);
    }
}

static void add_pooled(struct tested_list *list, const struct tested_options *o,
                       const struct cells_table *table)
{
    if (!table->by.at || o->settings.paired || table->summaries || table->by_multiple)
        return;
    if (!table->multiple)
        tested_conditional(list, o, table, NULL);
    for (size_t item = 0; table->multiple && item < table->value_count; item++)
        tested_conditional(list, o, table, &table->values[item]);
}

static void check_scores(const struct settings *s, const struct cells_table *table)
{
    if (s->scores && table->by.at && s->score_count != table->group_count)
        fail(STATUS_USAGE, "table %s has %zu groups, but %zu scores", quote(table->id),
             table->group_count, s->score_count);
}

static void add_tests(struct tested_list *list, const struct tested_options *o,
                      const struct cells_table *table)
{
    const char *why = unsuitable(table);
    if (why) {
        add_untested(list, table, why);
        return;
    }
    check_scores(&o->settings, table);
    if (table->strata.at)
        add_pooled(list, o, table);
    for (size_t layer = 0; layer < table->layer_count; layer++)
        add_layer(list, o, table, layer);
}

/* Whether the records are the whole population. */
static bool is_census(const struct cells_table *table)
{
    for (size_t g = 0; table->populations && g < table->group_count; g++) {
        double n = 0;
        for (size_t layer = 0; layer < table->layer_count; layer++)
            n += cells_base(table, layer, g);
        if (!(n >= table->populations[g]))
            return false;
    }
    return table->populations;
}

void tested_add(struct tested_list *list, const struct tested_options *o,
                const struct cells_table *table)
{
    struct tested_options own = *o;
    if (table->chisq.at)
        settings_parse(&own.settings, table->chisq, table->file, &list->arena);
    if (own.settings.skip || table->step_count)
        return;
    size_t first = list->count;
    add_tests(list, &own, table);
    for (size_t i = first; i < list->count; i++) {
        struct tested *t = &list->at[i];
        if (tested_has_result(t))
            statistic_compute(&list->arena, t, &own);
        if (tested_has_result(t) && is_census(table))
            tested_warn(list, t,
                        SPAN("all of the population answered: its percentages are certain, so "
                             "their intervals have no width; p asks another question, whether "
                             "chance alone would make such a difference among as many"));
        if (table->weighted && tested_has_result(t) && t->method != TESTED_RAO_SCOTT_F &&
            t->method != TESTED_WALD)
            tested_warn(list, t,
                        SPAN("counts are weighted: p takes each unit of weight for a record"));
        if (own.settings.family.at && !t->stratum && !t->item && !t->is_pair)
            t->family.name = own.settings.family;
    }
}
