/* decisions -- what people decided about single items. */
#include "decisions/decisions.h"

#include <ctype.h>
#include <stdlib.h>

#include "base/fault.h"
#include "text/key.h"

static const char *const COLUMNS[] = {"kind",  "by",   "reply", "field",   "value",   "was",
                                      "coder", "date", "text",  "comment", "settles", NULL};
enum column {
    KIND,
    BY,
    REPLY,
    FIELD,
    VALUE,
    WAS,
    CODER,
    DATE,
    TEXT,
    COMMENT,
    SETTLES,
    COLUMN_COUNT
};

/* ---- reading ---- */

static void read_header(void *with)
{
    struct sheet *s = with;
    sheet_load_names(s, s->file, SHEET_CSV);
}

bool decisions_recognise(const char *file)
{
    struct sheet s = {.file = file};
    struct fault fault;
    bool known = fault_catch(&fault, read_header, &s);
    if (known)
        known = s.first_line && sheet_column(&s, "field") != SHEET_NONE &&
                sheet_column(&s, "value") != SHEET_NONE &&
                (sheet_column(&s, "reply") != SHEET_NONE || sheet_column(&s, "text") != SHEET_NONE);
    else
        fault_free(&fault);
    sheet_free(&s);
    return known;
}

/* Pages and spreadsheets put "'" before what would be taken as a formula. */
static struct span unguarded(struct span cell)
{
    size_t quotes = 0;
    while (quotes < cell.len && cell.at[quotes] == '\'')
        quotes++;
    if (quotes && quotes < cell.len && strchr("=+-@\t", cell.at[quotes]))
        return (struct span){cell.at + 1, cell.len - 1};
    return cell;
}

static bool is_ours(const char *const *kinds, struct span kind)
{
    if (!kinds)
        return true;
    for (; *kinds; kinds++)
        if (span_eq(kind, span_of(*kinds)))
            return true;
    return false;
}

/* Letters without their white space: what a key can tell texts by. */
static struct span squeezed(struct buf *b, struct span text)
{
    buf_clear(b);
    for (size_t i = 0; i < text.len; i++)
        if (!isspace((unsigned char)text.at[i]))
            buf_addc(b, text.at[i]);
    return buf_span(b);
}

static struct span key_of(struct decisions *d, struct span a, struct span b, struct span c)
{
    buf_clear(&d->scratch);
    key_add(&d->scratch, KEY_STRING, a);
    key_add(&d->scratch, KEY_STRING, b);
    key_add(&d->scratch, KEY_STRING, c);
    return buf_span(&d->scratch);
}

/* Chains the rows of one key in their order, those that settle a disagreement last. */
static void index_row(struct decisions *d, size_t row)
{
    const struct decision *it = &d->at[row];
    struct span key = d->key == DECISIONS_BY_TEXT
                          ? key_of(d, SPAN(""), squeezed(&d->letters, it->text), it->field)
                          : key_of(d, it->by, it->reply, it->field);
    size_t known = d->index.count, at = intern_add(&d->index, key);
    d->first = array_grow(d->first, &d->first_cap, at + 1, sizeof *d->first);
    d->last = array_grow(d->last, &d->last_cap, at + 1, sizeof *d->last);
    if (at == known)
        d->first[at] = d->last[at] = DECISIONS_NONE;
    size_t *place = d->last[at] == DECISIONS_NONE ? &d->first[at] : &d->at[d->last[at]].next;
    while (it->settles.len && *place != DECISIONS_NONE)
        place = &d->at[*place].next;
    d->at[row].next = *place;
    *place = row;
    if (!it->settles.len)
        d->last[at] = row;
}

static void take_row(struct decisions *d, const struct sheet *s, size_t row, const size_t *places,
                     const char *const *kinds, const char *by)
{
    struct span c[COLUMN_COUNT];
    for (int i = 0; i < COLUMN_COUNT; i++)
        c[i] = unguarded(sheet_cell(s, row, places[i]));
    if (!is_ours(kinds, c[KIND])) {
        d->others++;
        return;
    }
    if (c[FIELD].len == 0 && d->key == DECISIONS_BY_RECORD && kinds)
        sheet_fail(s, row, "no field");
    if (c[REPLY].len == 0 && d->key == DECISIONS_BY_RECORD && kinds)
        sheet_fail(s, row, "no reply");
    if (c[BY].len == 0 && by)
        c[BY] = span_of(by);
    d->at = array_grow(d->at, &d->cap, d->count + 1, sizeof *d->at);
    d->at[d->count] = (struct decision){s->file,    s->lines[row],  c[KIND],        c[BY],
                                        c[REPLY],   c[FIELD],       c[VALUE],       c[WAS],
                                        c[CODER],   c[DATE],        c[TEXT],        c[COMMENT],
                                        c[SETTLES], DECISION_UNMET, DECISIONS_NONE, DECISIONS_NONE};
    intern_add(&d->names, c[BY]);
    index_row(d, d->count++);
}

void decisions_load(struct decisions *d, const char *file, const char *const *kinds, const char *by)
{
    size_t places[COLUMN_COUNT];
    d->sheets = array_grow(d->sheets, &d->sheets_cap, d->sheet_count + 1, sizeof *d->sheets);
    struct sheet *s = arena_array(&d->arena, 1, sizeof *s); /* rows point to it: it must not move */
    *s = (struct sheet){0};
    d->sheets[d->sheet_count++] = s;
    sheet_load(s, file, SHEET_CSV, COLUMNS);
    for (int i = 0; i < COLUMN_COUNT; i++)
        places[i] = sheet_column(s, COLUMNS[i]);
    if (d->key == DECISIONS_BY_RECORD)
        sheet_need(s, "reply");
    else
        sheet_need(s, "text");
    sheet_need(s, "field");
    sheet_need(s, "value");
    for (size_t row = 0; row < s->rows; row++)
        take_row(d, s, row, places, kinds, by);
}

void decisions_fail(const struct decision *it, const char *format, ...)
{
    struct buf place = {0};
    va_list args;
    buf_addf(&place, "%zu", it->line);
    va_start(args, format);
    struct fault fault = fault_of(it->file, &place, format, args);
    va_end(args);
    fault_throw(fault);
}

/* ---- finding ---- */

static size_t first_of(struct decisions *d, struct span key)
{
    size_t at = intern_find(&d->index, key);
    return at == INTERN_NONE ? DECISIONS_NONE : d->first[at];
}

size_t decisions_of_record(struct decisions *d, struct span by, struct span reply,
                           struct span field)
{
    return first_of(d, key_of(d, by, reply, field));
}

size_t decisions_of_text(struct decisions *d, struct span field, struct span text)
{
    return first_of(d, key_of(d, SPAN(""), squeezed(&d->letters, text), field));
}

bool decisions_same_text(struct span a, struct span b)
{
    size_t i = 0, k = 0;
    for (;;) {
        while (i < a.len && isspace((unsigned char)a.at[i]))
            i++;
        while (k < b.len && isspace((unsigned char)b.at[k]))
            k++;
        if (i == a.len || k == b.len)
            return i == a.len && k == b.len;
        if (a.at[i++] != b.at[k++])
            return false;
    }
}

struct decision *decisions_holding(struct decisions *d, struct decision *a, struct decision *b)
{
    if (!a || !b)
        return a ? a : b;
    bool alike = !a->settles.len == !b->settles.len;
    struct decision *holds = (alike ? a > b : a->settles.len != 0) ? a : b;
    struct decision *other = holds == a ? b : a;
    if (other->state < DECISION_CONFIRMED) {
        other->state = DECISION_OVERRULED;
        other->over = (size_t)(holds - d->at);
    }
    return holds;
}

struct decision *decisions_fitting(struct decisions *d, size_t first, const struct span *texts,
                                   size_t count)
{
    struct decision *found = NULL;
    for (size_t i = first; i != DECISIONS_NONE; i = d->at[i].next) {
        struct decision *it = &d->at[i];
        bool fits = it->text.len == 0;
        for (size_t k = 0; k < count && !fits; k++)
            fits = decisions_same_text(texts[k], it->text);
        if (!fits) {
            if (it->state == DECISION_UNMET)
                it->state = DECISION_STALE;
            continue;
        }
        found = decisions_holding(d, found, it);
    }
    return found;
}

struct span decision_missing(const struct decision *it)
{
    static const struct span mark = SPAN_ROW("missing:");
    if (!span_starts(it->value, mark))
        return (struct span){0};
    return (struct span){it->value.at + mark.len, it->value.len - mark.len};
}

/* ---- the end ---- */

/* Rows that another coder's later one overruled with another value, and that nobody settled. From
 * the last to the first, so that what overruled a row leads to what holds. */
static size_t count_disputed(struct decisions *d)
{
    size_t count = 0;
    for (size_t i = d->count; i-- > 0;) {
        struct decision *it = &d->at[i];
        if (it->state != DECISION_OVERRULED || d->at[it->over].settles.len)
            continue;
        const struct decision *next = &d->at[it->over];
        if (next->state == DECISION_OVERRULED && next->over != DECISIONS_NONE)
            it->over = next->over;
        const struct decision *holds = &d->at[it->over];
        count += !holds->settles.len && it->coder.len && holds->coder.len &&
                 !span_eq(it->coder, holds->coder) && !span_eq(it->value, holds->value);
    }
    return count;
}

void decisions_close(struct decisions *d, struct filter *f)
{
    size_t counts[DECISION_CHANGED + 1] = {0};
    for (size_t i = 0; i < d->count; i++) {
        const struct decision *it = &d->at[i];
        counts[it->state]++;
        if (it->state > DECISION_STALE || it->state == DECISION_ELSEWHERE)
            continue;
        warn("%s:%zu: %s", it->file, it->line,
             it->state == DECISION_STALE
                 ? "stale: the text that this was decided on has changed (it is listed again)"
             : d->unmet                    ? d->unmet
             : d->key == DECISIONS_BY_TEXT ? "no cell has the text of this decision"
                                           : "no reply has the code of this decision");
    }
    size_t disputed = count_disputed(d);
    if (disputed)
        warn("decisions that another coder's later row overrules: %zu (settle them by review "
             "--adjudicate)",
             disputed);
    filter_count(f, "decisions", d->count - counts[DECISION_ELSEWHERE]);
    filter_count(f, "decisions_changed", counts[DECISION_CHANGED]);
    filter_count(f, "decisions_confirmed", counts[DECISION_CONFIRMED]);
    filter_count(f, "decisions_overruled", counts[DECISION_OVERRULED]);
    filter_count(f, "decisions_stale", counts[DECISION_STALE]);
    filter_count(f, "decisions_not_used", counts[DECISION_STALE] + counts[DECISION_UNMET]);
    filter_count(f, "decisions_elsewhere", counts[DECISION_ELSEWHERE]);
    filter_count(f, "decisions_of_others", d->others);
}

void decisions_free(struct decisions *d)
{
    for (size_t i = 0; i < d->sheet_count; i++)
        sheet_free(d->sheets[i]);
    free(d->sheets);
    free(d->at);
    intern_free(&d->index);
    intern_free(&d->names);
    free(d->first);
    free(d->last);
    buf_free(&d->scratch);
    buf_free(&d->letters);
    arena_free(&d->arena);
    *d = (struct decisions){0};
}
