/* decisions -- what people decided about single items. */
#include "decisions/decisions.h"

#include <ctype.h>
#include <stdlib.h>

#include "base/fault.h"
#include "docs/sheet.h"
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
};

/* A file's cells, and where each column is among them. */
struct decisions_file {
    struct sheet sheet;
    size_t places[DECISION_COLUMNS];
    struct span by; /* where a row names no field */
};

/* ---- what a row says ---- */

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

static struct span cell_of(const struct decision *it, enum column column)
{
    const struct decisions_file *of = it->of;
    struct span cell = unguarded(sheet_cell(&of->sheet, it->row, of->places[column]));
    return column == BY && cell.len == 0 ? of->by : cell;
}

struct span decision_kind(const struct decision *it)
{
    return cell_of(it, KIND);
}

struct span decision_by(const struct decision *it)
{
    return cell_of(it, BY);
}

struct span decision_reply(const struct decision *it)
{
    return cell_of(it, REPLY);
}

struct span decision_field(const struct decision *it)
{
    return cell_of(it, FIELD);
}

struct span decision_value(const struct decision *it)
{
    return cell_of(it, VALUE);
}

struct span decision_was(const struct decision *it)
{
    return cell_of(it, WAS);
}

struct span decision_coder(const struct decision *it)
{
    return cell_of(it, CODER);
}

struct span decision_date(const struct decision *it)
{
    return cell_of(it, DATE);
}

struct span decision_text(const struct decision *it)
{
    return cell_of(it, TEXT);
}

struct span decision_comment(const struct decision *it)
{
    return cell_of(it, COMMENT);
}

struct span decision_settles(const struct decision *it)
{
    return cell_of(it, SETTLES);
}

void decision_cells(const struct decision *it, struct span cells[DECISION_COLUMNS])
{
    for (enum column i = KIND; i <= SETTLES; i++)
        cells[i] = cell_of(it, i);
}

const char *decision_file(const struct decision *it)
{
    return it->of->sheet.file;
}

size_t decision_line(const struct decision *it)
{
    return it->of->sheet.lines[it->row];
}

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
static void index_row(struct decisions *d, uint32_t row)
{
    const struct decision *it = &d->at[row];
    struct span key =
        d->key == DECISIONS_BY_TEXT
            ? key_of(d, SPAN(""), squeezed(&d->letters, decision_text(it)), decision_field(it))
            : key_of(d, decision_by(it), decision_reply(it), decision_field(it));
    size_t known = d->index.count, at = intern_add(&d->index, key);
    d->first = array_grow(d->first, &d->first_cap, at + 1, sizeof *d->first);
    d->last = array_grow(d->last, &d->last_cap, at + 1, sizeof *d->last);
    if (at == known)
        d->first[at] = d->last[at] = DECISIONS_NONE;
    uint32_t *place = d->last[at] == DECISIONS_NONE ? &d->first[at] : &d->at[d->last[at]].next;
    while (decision_settles(it).len && *place != DECISIONS_NONE)
        place = &d->at[*place].next;
    d->at[row].next = *place;
    *place = row;
    if (!decision_settles(it).len)
        d->last[at] = row;
}

/* Without these a row of ours says nothing. A file whose rows are all another program's may lack
 * them: `extract` needs no text, and `normalise` no reply. */
static void need_columns(const struct decisions *d, const struct sheet *s)
{
    sheet_need(s, d->key == DECISIONS_BY_RECORD ? "reply" : "text");
    sheet_need(s, "field");
    sheet_need(s, "value");
}

static void take_row(struct decisions *d, const struct decisions_file *of, uint32_t row,
                     const char *const *kinds)
{
    struct decision it = {of, row, DECISIONS_NONE, DECISIONS_NONE, DECISION_UNMET};
    if (!is_ours(kinds, decision_kind(&it))) {
        d->others++;
        return;
    }
    need_columns(d, &of->sheet);
    if (decision_field(&it).len == 0 && d->key == DECISIONS_BY_RECORD && kinds)
        sheet_fail(&of->sheet, row, "no field");
    if (decision_reply(&it).len == 0 && d->key == DECISIONS_BY_RECORD && kinds)
        sheet_fail(&of->sheet, row, "no reply");
    d->at = array_grow(d->at, &d->cap, d->count + 1, sizeof *d->at);
    d->at[d->count] = it;
    intern_add(&d->names, decision_by(&it));
    index_row(d, (uint32_t)d->count++);
}

void decisions_load(struct decisions *d, const char *file, const char *const *kinds, const char *by)
{
    d->files = array_grow(d->files, &d->files_cap, d->file_count + 1, sizeof *d->files);
    struct decisions_file *of = arena_array(&d->arena, 1, sizeof *of); /* rows lead to it */
    *of = (struct decisions_file){.by = by ? span_of(by) : SPAN("")};
    d->files[d->file_count++] = of;
    struct sheet *s = &of->sheet;
    sheet_load(s, file, SHEET_CSV, COLUMNS);
    for (int i = 0; i < DECISION_COLUMNS; i++)
        of->places[i] = sheet_column(s, COLUMNS[i]);
    if (!kinds)
        need_columns(d, s);
    if (s->rows >= DECISIONS_NONE - d->count)
        fault_raise(file, "more decisions than can be counted");
    for (uint32_t row = 0; row < s->rows; row++)
        take_row(d, of, row, kinds);
}

void decisions_fail(const struct decision *it, const char *format, ...)
{
    struct buf place = {0};
    va_list args;
    buf_addf(&place, "%zu", decision_line(it));
    va_start(args, format);
    struct fault fault = fault_of(decision_file(it), &place, format, args);
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

bool decisions_same_words(struct span a, struct span b)
{
    a = span_trimmed(a);
    b = span_trimmed(b);
    if (!decisions_same_text(a, b))
        return false;
    for (size_t i = 0, k = 0; i < a.len; i++, k++) { /* the letters are the same */
        bool is_blank = isspace((unsigned char)a.at[i]);
        if (is_blank != !!isspace((unsigned char)b.at[k]))
            return false;
        while (is_blank && isspace((unsigned char)a.at[i + 1]))
            i++;
        while (is_blank && isspace((unsigned char)b.at[k + 1]))
            k++;
    }
    return true;
}

struct decision *decisions_holding(struct decisions *d, struct decision *a, struct decision *b)
{
    if (!a || !b)
        return a ? a : b;
    bool alike = !decision_settles(a).len == !decision_settles(b).len;
    struct decision *holds = (alike ? a > b : decision_settles(a).len != 0) ? a : b;
    struct decision *other = holds == a ? b : a;
    if (other->state < DECISION_CONFIRMED) {
        other->state = DECISION_OVERRULED;
        other->over = (uint32_t)(holds - d->at);
    }
    return holds;
}

struct decision *decisions_fitting(struct decisions *d, size_t first, const struct span *texts,
                                   size_t count)
{
    struct decision *found = NULL;
    for (size_t i = first; i != DECISIONS_NONE; i = d->at[i].next) {
        struct decision *it = &d->at[i];
        bool fits = decision_text(it).len == 0;
        for (size_t k = 0; k < count && !fits; k++)
            fits = decisions_same_text(texts[k], decision_text(it));
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
    if (!span_starts(decision_value(it), mark))
        return (struct span){0};
    return (struct span){decision_value(it).at + mark.len, decision_value(it).len - mark.len};
}

/* ---- the end ---- */

/* Rows that another coder's later one overruled with another value, and that nobody settled. From
 * the last to the first, so that what overruled a row leads to what holds. */
static size_t count_disputed(struct decisions *d)
{
    size_t count = 0;
    for (size_t i = d->count; i-- > 0;) {
        struct decision *it = &d->at[i];
        if (it->state != DECISION_OVERRULED || decision_settles(&d->at[it->over]).len)
            continue;
        const struct decision *next = &d->at[it->over];
        if (next->state == DECISION_OVERRULED && next->over != DECISIONS_NONE)
            it->over = next->over;
        const struct decision *holds = &d->at[it->over];
        count += !decision_settles(holds).len && decision_coder(it).len &&
                 decision_coder(holds).len && !span_eq(decision_coder(it), decision_coder(holds)) &&
                 !span_eq(decision_value(it), decision_value(holds));
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
        warn("%s:%zu: %s", decision_file(it), decision_line(it),
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
    for (size_t i = 0; i < d->file_count; i++)
        sheet_free(&d->files[i]->sheet);
    free(d->files);
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
