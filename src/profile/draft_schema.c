/* draft_schema -- a schema as a start, with a line a field. */
#include <stdlib.h>

#include "base/arena.h"
#include "draft_parts.h"
#include "fits.h"
#include "scale.h"
#include "stream/emit.h"
#include "text/clean.h"
#include "text/date.h"

static void emit_texts(struct draft *d, struct span key, const struct column *c, char first)
{
    emit_name(d->b, key);
    buf_addc(d->b, '[');
    for (size_t i = 0; i < c->values.names.count; i++) {
        struct span text = c->values.names.keys[i];
        if ((text.at[0] | 0x20) != first)
            continue;
        emit_item(d->b);
        emit_string(d->b, text);
    }
    buf_addc(d->b, ']');
}

/* Yes and y, true; no and n, false: JSON's own booleans need no list. */
static void emit_truth(struct draft *d, const struct column *c)
{
    emit_string_field(d->b, SPAN("type"), SPAN("boolean"));
    bool is_typed = true;
    for (size_t i = 0; i < c->values.names.count && is_typed; i++)
        is_typed = strchr("yYnN", c->values.names.keys[i].at[0]) != NULL;
    if (!is_typed)
        return; /* true and false are the schema's own words */
    emit_texts(d, SPAN("trueValues"), c, 'y');
    emit_texts(d, SPAN("falseValues"), c, 'n');
}

/* Whether all dates of the column are in FORMAT. */
static bool are_in_format(const struct column *c, struct span format)
{
    struct arena arena = {0};
    struct date_format compiled;
    struct span bad;
    struct date date;
    bool are = date_format_compile(&compiled, &arena, format, &bad) == NULL;
    for (size_t i = 0; are && i < c->values.names.count; i++) {
        struct span text = c->values.names.keys[i];
        are = !fits_type(GUESS_DATE, text, NULL) || date_parse(&compiled, text, &date) == DATE_OK;
    }
    arena_free(&arena);
    return are;
}

/* The format of dates with the month first; empty if there is none for all. */
static struct span month_first_format(const struct column *c)
{
    static const struct span formats[] = {SPAN_ROW("%m/%d/%Y"),
                                          SPAN_ROW("%m/%d/%y"),
                                          SPAN_ROW("%m-%d-%Y"),
                                          SPAN_ROW("%m.%d.%Y"),
                                          SPAN_ROW("%m/%d/%Y %H:%M:%S"),
                                          SPAN_ROW("%m/%d/%Y %H:%M"),
                                          SPAN_ROW("%m/%d/%y %H:%M:%S"),
                                          SPAN_ROW("%m/%d/%y %H:%M"),
                                          SPAN_ROW("%m/%d/%Y %I:%M:%S %p"),
                                          SPAN_ROW("%m/%d/%Y %I:%M %p"),
                                          SPAN_ROW("%m/%d/%y %I:%M %p")};
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++)
        if (are_in_format(c, formats[i]))
            return formats[i];
    return (struct span){0};
}

/* Dates of which some have a time and some have none are read without it, which is flagged. */
static void emit_date(struct draft *d, const struct column *c, const struct guess *g)
{
    bool have_time = c->kinds.date_time == c->kinds.date;
    bool is_strict = g->order == GUESS_ISO && (have_time || c->kinds.date_time == 0);
    struct span format = SPAN("any-dmy");
    if (g->order == GUESS_MONTH_FIRST)
        format = month_first_format(c);
    if (format.len == 0) {
        emit_string_field(d->b, SPAN("description"), SPAN("dates with the month first"));
        emit_string_field(d->b, SPAN("type"), SPAN("string"));
        return;
    }
    emit_string_field(d->b, SPAN("type"), have_time ? SPAN("datetime") : SPAN("date"));
    if (!is_strict)
        emit_string_field(d->b, SPAN("format"), format);
}

static void emit_choices(struct draft *d, const struct guess *g)
{
    emit_string_field(d->b, SPAN("type"), SPAN("list"));
    if (g->separator != ',')
        emit_string_field(d->b, SPAN("delimiter"), (struct span){&g->separator, 1});
}

/* The answers of a closed question from the least to the most, in lower case if IS_LOWER. */
static void emit_order(struct draft *d, const struct column *c, bool is_lower)
{
    size_t *order = scale_order(&c->values);
    struct intern given = {0};
    if (!order)
        return;
    emit_name(d->b, SPAN("categories"));
    buf_addc(d->b, '[');
    for (size_t i = 0; i < c->values.names.count; i++) {
        struct span text = c->values.names.keys[order[i]];
        buf_clear(&d->text);
        if (is_lower)
            clean_lower(&d->text, text);
        else
            buf_add(&d->text, text);
        size_t before = given.count;
        if (intern_add(&given, buf_span(&d->text)) < before)
            continue;
        emit_item(d->b);
        emit_string(d->b, buf_span(&d->text));
    }
    buf_add(d->b, SPAN("],\"categoriesOrdered\":true"));
    intern_free(&given);
    free(order);
}

/* The first few values, for a person to see why no type was put down. */
static void describe_others(struct draft *d, const struct column *c, const struct guess *g)
{
    buf_clear(&d->text);
    buf_addf(&d->text, "mostly %s, but %zu of %zu are not", guess_type_name(g->type), g->others,
             c->filled);
    emit_string_field(d->b, SPAN("description"), buf_span(&d->text));
}

static bool is_numeral(const struct guess *g, struct span text, size_t *number)
{
    return g->type != GUESS_DATE && fits_numeral(text, number);
}

static void emit_missing_text(struct draft *d, struct span text, struct span label)
{
    emit_item(d->b);
    buf_addc(d->b, '{');
    emit_string_field(d->b, SPAN("value"), text);
    emit_string_field(d->b, SPAN("label"), label);
    buf_addc(d->b, '}');
}

static struct span reason_of(struct refusal_reader *refusals, struct span text)
{
    struct refusal found = refusal_find(refusals, text);
    return found.kind == REFUSAL_SURE ? found.reason : SPAN("blank");
}

/* The field's own list of what stands for a missing answer: the words are its reasons, and all
 * small numbers one. */
static void emit_own_missing(struct draft *d, const struct column *c, const struct guess *g,
                             const struct column_counted *others)
{
    struct refusal_reader refusals = {0};
    emit_name(d->b, SPAN("missingValues"));
    buf_addc(d->b, '[');
    emit_missing_text(d, SPAN(""), SPAN("blank"));
    for (size_t i = 0; i < c->excuses.names.count; i++)
        emit_missing_text(d, c->excuses.names.keys[i],
                          reason_of(&refusals, c->excuses.names.keys[i]));
    for (size_t i = 0; i < others->names.count; i++) {
        size_t number;
        if (is_numeral(g, others->names.keys[i], &number))
            continue;
        buf_clear(&d->text);
        if (fits_small(others->names.keys[i]))
            buf_add(&d->text, SPAN("small_number"));
        else
            draft_slug(&d->text, others->names.keys[i]);
        emit_missing_text(d, others->names.keys[i], buf_span(&d->text));
    }
    buf_addc(d->b, ']');
    refusal_free(&refusals);
}

/* "Nil" is a number, and so is "twelve". */
static void emit_numerals(struct draft *d, const struct guess *g,
                          const struct column_counted *others)
{
    bool is_open = false;
    for (size_t i = 0; i < others->names.count; i++) {
        size_t number;
        if (!is_numeral(g, others->names.keys[i], &number))
            continue;
        if (!is_open)
            buf_add(d->b, SPAN(",\"replace\":{"));
        buf_clear(&d->text);
        buf_addf(&d->text, "%zu", number);
        emit_string_field(d->b, others->names.keys[i], buf_span(&d->text));
        is_open = true;
    }
    if (is_open)
        buf_addc(d->b, '}');
}

static void emit_truth_field(struct draft *d, struct span name, bool truth)
{
    emit_name(d->b, name);
    emit_bool(d->b, truth);
}

static void emit_number_type(struct draft *d, const struct column *c, const struct guess *g)
{
    bool is_whole = g->type == GUESS_INTEGER || (g->type == GUESS_STATED && g->is_whole);
    emit_string_field(d->b, SPAN("type"), is_whole ? SPAN("integer") : SPAN("number"));
    if (g->type != GUESS_MEASURE && g->type != GUESS_STATED)
        return;
    emit_truth_field(d, SPAN("bareNumber"), false);
    emit_string_field(d->b, SPAN("groupChar"), SPAN(","));
    if (c->kinds.multiplied || g->multiplies)
        emit_truth_field(d, SPAN("multipliers"), true);
    if (g->type == GUESS_STATED)
        emit_truth_field(d, SPAN("prose"), true);
}

static void emit_sure_type(struct draft *d, const struct column *c, const struct guess *g)
{
    switch (g->type) {
    case GUESS_YES_NO:
        emit_truth(d, c);
        break;
    case GUESS_INTEGER:
    case GUESS_NUMBER:
    case GUESS_MEASURE:
    case GUESS_STATED:
        emit_number_type(d, c, g);
        break;
    case GUESS_DATE:
        emit_date(d, c, g);
        break;
    case GUESS_LIST:
    case GUESS_OBJECT:
    case GUESS_EMPTY:
        emit_string_field(d->b, SPAN("type"), SPAN("any"));
        break;
    case GUESS_CHOICES:
        emit_choices(d, g);
        break;
    default:
        emit_string_field(d->b, SPAN("type"), SPAN("string"));
    }
}

static void emit_type(struct draft *d, const struct column *c, const struct guess *g)
{
    struct column_counted others = guess_others(c, g);
    bool is_mixed = g->type == GUESS_DATE && g->order == GUESS_MIXED;
    if (!is_mixed && draft_are_words(c, g, &others)) {
        emit_sure_type(d, c, g);
        emit_numerals(d, g, &others);
        emit_own_missing(d, c, g, &others);
    } else if ((g->others && g->type != GUESS_STATED) || is_mixed) {
        if (g->others)
            describe_others(d, c, g);
        emit_string_field(d->b, SPAN("type"),
                          g->type == GUESS_LIST || g->type == GUESS_OBJECT ? SPAN("any")
                                                                           : SPAN("string"));
    } else {
        emit_sure_type(d, c, g);
    }
    column_counted_free(&others);
}

/* Whether two values of a category differ in case alone: "Never" and "never". */
static bool differ_in_case(struct draft *d, const struct column *c)
{
    struct intern lower = {0};
    for (size_t i = 0; i < c->values.names.count; i++) {
        buf_clear(&d->text);
        clean_lower(&d->text, c->values.names.keys[i]);
        intern_add(&lower, buf_span(&d->text));
    }
    bool differ = lower.count < c->values.names.count;
    intern_free(&lower);
    return differ;
}

static void emit_field(struct draft *d, const struct column *c)
{
    struct guess g = draft_guess(d, c);
    emit_item(d->b);
    buf_add(d->b, SPAN("\n  {"));
    emit_string_field(d->b, SPAN("name"), draft_name(d, c->name));
    emit_string_field(d->b, SPAN("title"), c->name);
    emit_type(d, c, &g);
    /* codes that most people typed in capitals */
    if (g.type == GUESS_TEXT && g.is_key && c->kinds.upper < c->filled &&
        c->kinds.upper * 4 >= c->filled * 3)
        emit_string_field(d->b, SPAN("case"), SPAN("upper"));
    bool is_lower = g.type == GUESS_CATEGORY && differ_in_case(d, c);
    if (is_lower)
        emit_string_field(d->b, SPAN("case"), SPAN("lower"));
    if (g.type == GUESS_CATEGORY)
        emit_order(d, c, is_lower);
    if (g.is_key)
        buf_add(d->b, SPAN(",\"constraints\":{\"required\":true,\"unique\":true}"));
    buf_addc(d->b, '}');
}

/* What stands behind the option in each name: "]", ")" or nothing. */
static struct span option_end(const struct columns_seen *c, size_t from, size_t count)
{
    struct span first = c->at[from]->name, end = {first.at + first.len - 1, 1};
    if (!strchr("])", *end.at))
        return (struct span){0};
    for (size_t i = from; i < from + count; i++)
        if (c->at[i]->name.at[c->at[i]->name.len - 1] != *end.at)
            return (struct span){0};
    return end;
}

/* Whether the cells hold marks (yes, x, 1), so that the header names what was chosen: two columns
 * have a value in common. */
static bool holds_marks(const struct columns_seen *c, size_t from, size_t count)
{
    struct intern met = {0};
    bool is_shared = false;
    for (size_t i = from; i < from + count; i++)
        for (size_t k = 0; k < c->at[i]->values.names.count; k++) {
            size_t before = met.count;
            is_shared |= intern_add(&met, c->at[i]->values.names.keys[k]) < before;
        }
    intern_free(&met);
    return is_shared;
}

static void emit_group(struct draft *d, size_t from, size_t count, size_t prefix)
{
    const struct column *c = d->seen->at[from];
    struct span question = draft_question(c, prefix);
    emit_item(d->b);
    buf_add(d->b, SPAN("\n  {"));
    emit_string_field(d->b, SPAN("name"), draft_name(d, question));
    emit_string_field(d->b, SPAN("title"), question);
    emit_string_field(d->b, SPAN("type"), SPAN("list"));
    buf_clear(&d->text);
    buf_add(&d->text, (struct span){c->name.at, prefix});
    buf_addc(&d->text, '*');
    buf_add(&d->text, option_end(d->seen, from, count));
    emit_name(d->b, SPAN("columns"));
    buf_addc(d->b, '[');
    emit_string(d->b, buf_span(&d->text));
    buf_addc(d->b, ']');
    if (holds_marks(d->seen, from, count))
        emit_string_field(d->b, SPAN("items"), SPAN("header"));
    buf_addc(d->b, '}');
}

/* Every text that says why there is no answer, in any field, with its reason. */
static void emit_missing(struct draft *d)
{
    struct intern known = {0};
    struct refusal_reader refusals = {0};
    buf_add(d->b, SPAN("\n \"missingValues\":[\n  {\"value\":\"\",\"label\":\"blank\"}"));
    for (size_t i = 0; i < d->seen->count; i++) {
        const struct intern *texts = &d->seen->at[i]->excuses.names;
        for (size_t k = 0; k < texts->count; k++) {
            size_t before = known.count;
            if (intern_add(&known, texts->keys[k]) < before)
                continue;
            buf_add(d->b, SPAN(",\n  {"));
            emit_string_field(d->b, SPAN("value"), texts->keys[k]);
            emit_string_field(d->b, SPAN("label"), reason_of(&refusals, texts->keys[k]));
            buf_addc(d->b, '}');
        }
    }
    buf_addc(d->b, ']');
    refusal_free(&refusals);
    intern_free(&known);
}

void draft_schema(struct buf *b, const struct columns_seen *c)
{
    struct draft d = {.b = b, .seen = c};
    size_t prefix;
    buf_add(b, SPAN("{\"fields\":["));
    for (size_t i = 0; i < c->count;) {
        size_t grouped = guess_group(c, i, &prefix);
        if (grouped)
            emit_group(&d, i, grouped, prefix);
        else
            emit_field(&d, c->at[i]);
        i += grouped ? grouped : 1;
    }
    buf_add(b, SPAN("],"));
    emit_missing(&d);
    buf_addc(b, '}');
    draft_free(&d);
}
