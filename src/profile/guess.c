#include "profile/guess.h"

#include "choices.h"
#include "fits.h"
#include "sentences.h"

#define MOST_CATEGORIES                                                                            \
    20                 /* different values of a category; of many records a twentieth as well      \
                        */
#define FEW_OTHERS 10  /* one in so many values may be of another kind */
#define KEY_BYTES 60   /* a longer text is no key */
#define LEAST_PREFIX 8 /* letters that the columns of one question share */

const char *guess_type_name(enum guess_type type)
{
    static const char *const names[] = {[GUESS_EMPTY] = "empty",
                                        [GUESS_YES_NO] = "yes or no",
                                        [GUESS_INTEGER] = "whole number",
                                        [GUESS_NUMBER] = "number",
                                        [GUESS_MEASURE] = "number with a unit",
                                        [GUESS_STATED] = "figures in sentences",
                                        [GUESS_DATE] = "date",
                                        [GUESS_CATEGORY] = "category",
                                        [GUESS_CHOICES] = "several choices",
                                        [GUESS_PROSE] = "free text",
                                        [GUESS_TEXT] = "text",
                                        [GUESS_LIST] = "list",
                                        [GUESS_OBJECT] = "object"};
    return names[type];
}

static bool is_most(size_t part, size_t whole)
{
    return part > 0 && (whole - part) * FEW_OTHERS <= whole;
}

static enum guess_order order_of(const struct column *c)
{
    if (c->kinds.iso_date == c->kinds.date)
        return GUESS_ISO;
    if (c->largest_first == 0)
        return GUESS_CLEAR;
    if (c->largest_first > 12 && c->largest_second > 12)
        return GUESS_MIXED;
    if (c->largest_first > 12)
        return GUESS_DAY_FIRST;
    return c->largest_second > 12 ? GUESS_MONTH_FIRST : GUESS_EITHER;
}

/* What parts several answers in one cell: in a tenth of the cells, and for a comma in texts that
 * are no sentences. */
static char separator_of(const struct column *c)
{
    for (size_t i = 0; COLUMN_SEPARATORS[i]; i++) {
        bool is_comma = COLUMN_SEPARATORS[i] == ',';
        if (c->separated[i] * FEW_OTHERS >= c->filled && c->separated[i] > 1 &&
            (!is_comma || c->kinds.prose * 2 < c->filled))
            return COLUMN_SEPARATORS[i];
    }
    return '\0';
}

/* A closed question of which several answers stand in a cell, or at least what looks like it. */
static void look_choices(const struct column *c, struct guess *g)
{
    static const char separators[] = {';', '|', ','};
    g->separator = separator_of(c);
    for (size_t i = 0; i < sizeof separators; i++) {
        struct column_counted items = {0};
        bool is_so = choices_find(c, separators[i], &items);
        column_counted_free(&items);
        if (!is_so)
            continue;
        g->type = GUESS_CHOICES;
        g->separator = separators[i];
        g->is_key = false;
        return;
    }
}

static bool are_categories(const struct column *c, size_t distinct)
{
    return distinct <= MOST_CATEGORIES && distinct * 2 <= c->filled && !c->overflows;
}

/* Words in the stead of numbers and dates say why there is none, if two in three are numbers, or
 * tell one: "<5" and "Nil" may be two in three themselves. */
static bool are_rest_stand_ins(const struct column *c, enum guess_type type, size_t count)
{
    size_t told = type == GUESS_DATE ? 0 : c->kinds.told;
    return count + c->kinds.stand_ins == c->filled && (count + told) * 3 >= c->filled * 2 &&
           count * 3 >= c->filled;
}

static enum guess_type type_of(const struct column *c, size_t distinct, size_t *of_type)
{
    const struct column_kinds *k = &c->kinds;
    const struct {
        size_t count;
        enum guess_type type;
    } tried[] = {{k->list, GUESS_LIST},     {k->object, GUESS_OBJECT},
                 {k->truth, GUESS_YES_NO},  {k->integer, GUESS_INTEGER},
                 {k->number, GUESS_NUMBER}, {k->number + k->measure, GUESS_MEASURE},
                 {k->date, GUESS_DATE}};
    const size_t count = sizeof tried / sizeof *tried;
    for (size_t i = 0; i < count; i++) { /* what all are before what most are */
        *of_type = tried[i].count;
        if (tried[i].count == c->filled)
            return tried[i].type;
    }
    for (size_t i = 0; i < count; i++) {
        *of_type = tried[i].count;
        bool is_rest_words = tried[i].type >= GUESS_INTEGER && tried[i].type <= GUESS_DATE &&
                             are_rest_stand_ins(c, tried[i].type, tried[i].count);
        /* a question that three in four answer by yes or no is one, whatever the others say */
        bool is_so = tried[i].type == GUESS_YES_NO
                         ? k->truth > 0 && k->truth_first * 4 >= c->filled * 3
                         : is_rest_words || is_most(tried[i].count, c->filled);
        if (is_so)
            return tried[i].type;
    }
    *of_type = c->filled;
    if (are_categories(c, distinct))
        return GUESS_CATEGORY;
    return k->prose * 3 >= c->filled ? GUESS_PROSE : GUESS_TEXT;
}

struct guess guess_column(const struct column *c, size_t records)
{
    struct guess g = {.type = GUESS_EMPTY};
    if (c->filled == 0)
        return g;
    size_t distinct = column_distinct(c), of_type;
    g.type = type_of(c, distinct, &of_type);
    g.others = c->filled - of_type;
    bool is_short = g.type != GUESS_PROSE && g.type != GUESS_DATE && g.type != GUESS_YES_NO &&
                    c->longest <= KEY_BYTES;
    g.is_key = is_short && !c->overflows && records > 1 && c->filled == records &&
               distinct == records && c->kinds.list + c->kinds.object == 0;
    if (g.type == GUESS_DATE)
        g.order = order_of(c);
    if (g.type == GUESS_TEXT || g.type == GUESS_PROSE || g.type == GUESS_CATEGORY)
        look_choices(c, &g);
    sentences_look(c, &g);
    return g;
}

struct column_counted guess_others(const struct column *c, const struct guess *g)
{
    if (g->type == GUESS_STATED)
        return sentences_others(c);
    struct column_counted others = {0};
    struct buf scratch = {0};
    for (size_t i = 0; g->others && i < c->values.names.count; i++)
        if (!fits_type(g->type, c->values.names.keys[i], &scratch))
            column_count(&others, c->values.names.keys[i], c->values.counts[i]);
    buf_free(&scratch);
    return others;
}

struct column_counted guess_choices(const struct column *c, const struct guess *g)
{
    struct column_counted items = {0};
    if (g->type == GUESS_CHOICES)
        choices_find(c, g->separator, &items);
    return items;
}

/* ---- one question, a column an option ---- */

static size_t shared(struct span a, struct span b)
{
    size_t same = 0;
    while (same < a.len && same < b.len && a.at[same] == b.at[same])
        same++;
    return same;
}

/* The last place up to LEN where a name can be cut: behind a mark that parts question and option.
 */
static size_t cut_before(struct span name, size_t len)
{
    while (len > 0 && !strchr("[(:|>/", name.at[len - 1]) &&
           !(len > 1 && name.at[len - 1] == ' ' && strchr("-:?", name.at[len - 2])))
        len--;
    return len;
}

/* A column of one option holds its mark or its own text, and nothing else. */
static bool is_option(const struct column *c)
{
    return column_distinct(c) <= 2 && c->kinds.prose == 0 && !c->overflows;
}

size_t guess_group(const struct columns_seen *c, size_t from, size_t *prefix)
{
    *prefix = 0;
    if (from + 1 >= c->count || !is_option(c->at[from]) || !is_option(c->at[from + 1]))
        return 0;
    struct span first = c->at[from]->name;
    *prefix = cut_before(first, shared(first, c->at[from + 1]->name));
    if (*prefix < LEAST_PREFIX)
        return 0;
    size_t count = 2;
    while (from + count < c->count && is_option(c->at[from + count]) &&
           shared(first, c->at[from + count]->name) >= *prefix)
        count++;
    return count;
}
