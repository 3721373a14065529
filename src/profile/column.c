/* column -- values counted, and tried as each kind of thing that they may be. */
#include "profile/column.h"

#include <math.h>
#include <stdlib.h>

#include "base/fail.h"
#include "fits.h"
#include "stream/scalar.h"
#include "text/clean.h"
#include "text/date.h"
#include "text/number.h"

#define PROSE_WORDS 5
#define SMALL_WORDS 2
#define REGISTER_BITS 12
#define LONG_DATE 40     /* bytes beyond which no text is tried as a date or a number */
#define MAX_FIELDS 16384 /* the columns of a spreadsheet; each takes 3 KiB */

const char COLUMN_SEPARATORS[] = {';', '|', '\n', ',', '\0'};

void column_count(struct column_counted *c, struct span name, size_t count)
{
    size_t before = c->names.count, index = intern_add(&c->names, name);
    c->counts = array_grow(c->counts, &c->cap, index + 1, sizeof *c->counts);
    if (index == before)
        c->counts[index] = 0;
    c->counts[index] += count;
}

static void count_one(struct column_counted *c, struct span name)
{
    column_count(c, name, 1);
}

/* A hash that is the same in every run, since what is estimated by it is printed: FNV-1a (Fowler,
 * Noll & Vo), its bits spread by the finish of MurmurHash3 (Appleby 2011). */
static uint64_t fixed_hash(struct span text)
{
    uint64_t h = UINT64_C(0xcbf29ce484222325);
    for (size_t i = 0; i < text.len; i++)
        h = (h ^ (unsigned char)text.at[i]) * UINT64_C(0x100000001b3);
    h = (h ^ h >> 33) * UINT64_C(0xff51afd7ed558ccd);
    h = (h ^ h >> 33) * UINT64_C(0xc4ceb9fe1a85ec53);
    return h ^ h >> 33;
}

static void estimate(struct column *c, struct span text)
{
    uint64_t h = fixed_hash(text), rest = h << REGISTER_BITS | 1;
    unsigned char rank = (unsigned char)(__builtin_clzll(rest) + 1);
    unsigned char *kept = &c->registers[h >> (64 - REGISTER_BITS)];
    if (rank > *kept)
        *kept = rank;
}

/* From now on the number of different values is estimated: those that are counted are the first. */
static void overflow(struct column *c)
{
    c->overflows = true;
    c->registers = calloc(COLUMN_REGISTERS, 1);
    if (!c->registers)
        fail_memory();
    for (size_t i = 0; i < c->values.names.count; i++)
        estimate(c, c->values.names.keys[i]);
}

static void count_value(struct column *c, struct span text)
{
    bool is_known = intern_find(&c->values.names, text) != INTERN_NONE;
    bool is_counted =
        is_known || (text.len <= COLUMN_BYTES && c->values.names.count < COLUMN_VALUES);
    if (!is_counted && !c->overflows)
        overflow(c);
    if (c->overflows)
        estimate(c, text);
    if (is_counted)
        count_one(&c->values, text);
}

size_t column_distinct(const struct column *c)
{
    if (!c->overflows)
        return c->values.names.count;
    double sum = 0, zeros = 0, m = COLUMN_REGISTERS;
    for (size_t i = 0; i < COLUMN_REGISTERS; i++) {
        sum += ldexp(1, -c->registers[i]);
        zeros += c->registers[i] == 0;
    }
    double estimated = 0.7213 / (1 + 1.079 / m) * m * m / sum; /* their figure 3 */
    if (estimated <= 2.5 * m && zeros > 0)
        estimated = m * log(m / zeros);
    double least = (double)c->values.names.count + 1;
    return (size_t)round(estimated > least ? estimated : least);
}

/* ---- what a text may be ---- */

/* "Yes - see attached", "No.": such a word at the beginning, and no letter behind it. */
static bool begins_true_or_false(struct span text)
{
    size_t len = 0;
    while (len < text.len && ((text.at[len] | 0x20) >= 'a' && (text.at[len] | 0x20) <= 'z'))
        len++;
    return fits_truth((struct span){text.at, len}) &&
           (len == text.len || (unsigned char)text.at[len] < 0x80);
}

static void look_number(struct column *c, struct buf *scratch, struct span text)
{
    struct span json;
    double number;
    enum fits_number fits = fits_number(text, scratch, &json);
    if (fits == FITS_NO_NUMBER)
        return;
    struct value v = {json, VALUE_NUMBER, false};
    if (!scalar_number(&v, &number))
        return;
    bool is_first = c->kinds.number + c->kinds.measure == 0;
    c->kinds.number += fits == FITS_PLAIN;
    c->kinds.measure += fits != FITS_PLAIN;
    c->kinds.multiplied += fits == FITS_MULTIPLIED;
    c->kinds.integer += fits == FITS_PLAIN && number_is_integer(json);
    if (is_first || number < c->lowest)
        c->lowest = number;
    if (is_first || number > c->highest)
        c->highest = number;
}

/* Of 13/2/2020 the 13 and the 2, which tell whether the day or the month is first. */
static void look_order(struct column *c, struct span text)
{
    int parts[2] = {0, 0};
    size_t at = 0;
    for (int i = 0; i < 2; i++) {
        size_t digits = 0;
        for (; at < text.len && text.at[at] >= '0' && text.at[at] <= '9' && digits < 3; digits++)
            parts[i] = parts[i] * 10 + (text.at[at++] - '0');
        if (digits == 0 || digits > 2 || at >= text.len || !strchr("/-.", text.at[at]))
            return;
        at++;
    }
    if (parts[0] > c->largest_first)
        c->largest_first = parts[0];
    if (parts[1] > c->largest_second)
        c->largest_second = parts[1];
}

static void look_date(struct column *c, struct span text)
{
    struct date date;
    unsigned doubts = 0;
    bool is_iso = date_iso(text, &date) == DATE_OK;
    if (!is_iso && date_any_dmy(text, &date, &doubts) != DATE_OK)
        return;
    int64_t day = date_days(date.year, date.month, date.day);
    if (c->kinds.date == 0 || day < c->first_day)
        c->first_day = day;
    if (c->kinds.date == 0 || day > c->last_day)
        c->last_day = day;
    c->kinds.date++;
    c->kinds.iso_date += is_iso;
    c->kinds.date_time += date.has_time;
    if (!is_iso)
        look_order(c, text);
}

/* Sentences: words enough, some of which begin small, as those of a name or title do not. */
static bool is_prose(struct span text)
{
    size_t words = 0, small = 0;
    bool in_word = false;
    for (size_t i = 0; i < text.len; i++) {
        char c = text.at[i];
        if (c == '\n')
            return true;
        bool starts = c != ' ' && c != '\t' && !in_word;
        words += starts;
        small += starts && c >= 'a' && c <= 'z';
        in_word = c != ' ' && c != '\t';
    }
    return words >= PROSE_WORDS && small >= SMALL_WORDS;
}

static bool is_upper(struct span text)
{
    bool has_letter = false;
    for (size_t i = 0; i < text.len; i++) {
        if (text.at[i] >= 'a' && text.at[i] <= 'z')
            return false;
        has_letter |= text.at[i] >= 'A' && text.at[i] <= 'Z';
    }
    return has_letter;
}

static void look_text(struct columns_seen *all, struct column *c, struct span raw, struct span text)
{
    struct span where;
    enum damage damage = damage_find(raw, (struct damage_hints){0}, &where);
    c->damage[damage] += damage != DAMAGE_NONE;
    c->untrimmed += raw.len != text.len && clean_text(raw, &all->number).len + 1 <= raw.len &&
                    (raw.at[0] == ' ' || raw.at[raw.len - 1] == ' ');
    for (size_t i = 0; COLUMN_SEPARATORS[i]; i++)
        c->separated[i] += memchr(raw.at, COLUMN_SEPARATORS[i], raw.len) != NULL;
    if (c->longest == 0 || text.len < c->shortest)
        c->shortest = text.len;
    if (text.len > c->longest)
        c->longest = text.len;
    c->kinds.prose += is_prose(raw);
    c->kinds.stand_ins += fits_stand_in(text);
    size_t number;
    c->kinds.told += fits_numeral(text, &number) || fits_small(text);
    c->kinds.upper += is_upper(text);
    c->kinds.truth += fits_truth(text);
    c->kinds.truth_first += begins_true_or_false(text);
    if (text.len > LONG_DATE)
        return;
    look_number(c, &all->number, text);
    look_date(c, text);
}

/* Whether the whole cell says why there is no answer: "N/A", "Not held", "s.12". */
static bool says_why(struct columns_seen *all, struct span text)
{
    static const struct span marks[] = {SPAN_ROW("-"), SPAN_ROW("?"), SPAN_ROW(".")};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (span_eq(text, marks[i]))
            return true;
    return refusal_find(&all->refusals, text).kind == REFUSAL_SURE;
}

static void look_string(struct columns_seen *all, struct column *c, const struct value *v)
{
    struct span raw = value_text(v, &all->text), text = clean_text(raw, &all->clean);
    if (text.len == 0) {
        c->blank++;
        return;
    }
    if (says_why(all, text)) {
        count_one(&c->excuses, text);
        return;
    }
    c->filled++;
    look_text(all, c, raw, text);
    count_value(c, text);
}

/* ---- a value ---- */

static void look_list(struct column *c, const struct value *v)
{
    struct span rest = v->raw;
    struct value item;
    c->kinds.list++;
    while (value_next(&rest, NULL, &item)) {
        if (item.type == VALUE_LIST || item.type == VALUE_OBJECT)
            c->kinds.nested++;
        else
            count_value(c, item.raw);
    }
}

static void look_value(struct columns_seen *all, struct column *c, const struct value *v)
{
    c->records++;
    switch (v->type) {
    case VALUE_NULL:
        count_one(&c->missing, missing_reason(&all->missing, c->name, v));
        return;
    case VALUE_STRING:
        look_string(all, c, v);
        return;
    case VALUE_NUMBER:
        look_number(c, &all->number, v->raw);
        break;
    case VALUE_TRUE:
    case VALUE_FALSE:
        c->kinds.truth++;
        c->kinds.truth_first++;
        break;
    case VALUE_LIST:
        c->filled++;
        look_list(c, v);
        return;
    case VALUE_OBJECT:
        c->filled++;
        c->kinds.object++;
        return;
    }
    c->filled++;
    count_value(c, v->raw);
}

static struct column *column_for(struct columns_seen *c, struct span name)
{
    size_t before = c->names.count, index = intern_add(&c->names, name);
    if (index < before)
        return c->at[index];
    c->at = array_grow(c->at, &c->cap, index + 1, sizeof *c->at);
    struct column *added = calloc(1, sizeof *added);
    if (!added)
        fail_memory();
    added->name = c->names.keys[index];
    c->at[c->count++] = added;
    return added;
}

void columns_seen_look(struct columns_seen *c, const struct record *r)
{
    c->records++;
    if (!missing_read(&c->missing, r)) {
        missing_clear(&c->missing);
        c->unread++;
    }
    for (size_t i = 0; i < r->count; i++) {
        if (span_starts(r->fields[i].name, SPAN("_")))
            continue;
        look_value(c, column_for(c, r->fields[i].name), &r->fields[i].value);
        if (c->count > MAX_FIELDS)
            fail(STATUS_DATA,
                 "%s:%zu: more than %d different fields (records of many kinds are no table)",
                 r->file, r->number, MAX_FIELDS);
    }
}

/* ---- afterwards ---- */

struct rank {
    size_t count, index;
};

static int by_count(const void *a, const void *b)
{
    const struct rank *x = a, *y = b;
    if (x->count != y->count)
        return x->count > y->count ? -1 : 1;
    return (x->index > y->index) - (x->index < y->index);
}

size_t *column_ranked(const struct column_counted *counted)
{
    size_t count = counted->names.count;
    struct rank *ranks = calloc(count ? count : 1, sizeof *ranks);
    size_t *order = calloc(count ? count : 1, sizeof *order);
    if (!ranks || !order)
        fail_memory();
    for (size_t i = 0; i < count; i++)
        ranks[i] = (struct rank){counted->counts[i], i};
    qsort(ranks, count, sizeof *ranks, by_count);
    for (size_t i = 0; i < count; i++)
        order[i] = ranks[i].index;
    free(ranks);
    return order;
}

void column_counted_free(struct column_counted *c)
{
    intern_free(&c->names);
    free(c->counts);
}

void columns_seen_free(struct columns_seen *c)
{
    for (size_t i = 0; i < c->count; i++) {
        column_counted_free(&c->at[i]->missing);
        column_counted_free(&c->at[i]->excuses);
        column_counted_free(&c->at[i]->values);
        free(c->at[i]->registers);
        free(c->at[i]);
    }
    free(c->at);
    intern_free(&c->names);
    missing_free(&c->missing);
    refusal_free(&c->refusals);
    buf_free(&c->text);
    buf_free(&c->clean);
    buf_free(&c->number);
    *c = (struct columns_seen){0};
}
