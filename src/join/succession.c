/* succession -- steps from body to body, checked once and then walked. */
#include "join/succession.h"

#include <stdlib.h>

#include "docs/sheet.h"
#include "stream/emit.h"

struct succession_step {
    size_t to; /* a body plus one; 0 is none */
    int64_t day;
    size_t line;
    bool followed; /* some other body became this one */
};

static const char *const COLUMNS[] = {"predecessor", "successor", "effective_date", NULL};
enum { PREDECESSOR, SUCCESSOR, EFFECTIVE_DATE, COLUMN_COUNT };

struct reading {
    struct succession *succession;
    int64_t last; /* day whose steps count */
    enum succession_split split;
    enum succession_cycle cycle;
    struct sheet sheet;
    size_t columns[COLUMN_COUNT];
    size_t *seen; /* of settle_cycles() */
};

/* 2020-04-01, with or without a time, or 20200401. */
static bool read_day(struct span text, int64_t *day)
{
    struct date d;
    char iso[10];
    if (text.len == 8) {
        memcpy(iso, text.at, 4);
        memcpy(iso + 5, text.at + 4, 2);
        memcpy(iso + 8, text.at + 6, 2);
        iso[4] = iso[7] = '-';
        text = (struct span){iso, sizeof iso};
    }
    if (date_iso(text, &d) != DATE_OK)
        return false;
    *day = date_days(d.year, d.month, d.day);
    return true;
}

static size_t body_of(struct succession *s, struct span name)
{
    size_t before = s->bodies.count;
    size_t body = intern_add(&s->bodies, name);
    s->steps = array_grow(s->steps, &s->steps_cap, s->bodies.count, sizeof *s->steps);
    if (body == before)
        s->steps[body] = (struct succession_step){0};
    return body;
}

/* Takes a step, or settles which of two BODY takes. */
static void add_step(struct succession *s, size_t body, struct succession_step step,
                     enum succession_split split)
{
    struct succession_step *old = &s->steps[body];
    if (old->to && old->to != step.to && split == SPLIT_ERROR)
        fault_raise_at(s->file, step.line, 0,
                       "%s has a second successor by %.*s: %s, after %s at line %zu "
                       "(see --on-split)",
                       quote(s->bodies.keys[body]), SPAN_ARGS(s->as_at),
                       quote(s->bodies.keys[step.to - 1]), quote(s->bodies.keys[old->to - 1]),
                       old->line);
    bool better = split == SPLIT_LAST ? step.day >= old->day : step.day < old->day;
    if (!old->to || better)
        *old = step;
}

static void read_row(struct reading *r, size_t row)
{
    struct succession *s = r->succession;
    struct succession_step step = {.line = r->sheet.lines[row]};
    struct span cells[COLUMN_COUNT];
    for (size_t i = 0; i < COLUMN_COUNT; i++) {
        cells[i] = sheet_cell(&r->sheet, row, r->columns[i]);
        if (cells[i].len == 0)
            sheet_fail(&r->sheet, row, "field '%s': is missing", COLUMNS[i]);
    }
    if (!read_day(cells[EFFECTIVE_DATE], &step.day))
        sheet_fail(&r->sheet, row,
                   "field 'effective_date': %s is not a date as 2020-04-01 or 20200401",
                   quote(cells[EFFECTIVE_DATE]));
    if (step.day > r->last) {
        s->later++;
        return;
    }
    s->taken++;
    size_t body = body_of(s, cells[PREDECESSOR]);
    step.to = body_of(s, cells[SUCCESSOR]) + 1;
    add_step(s, body, step, r->split);
}

/* The way from BODY back to itself, for the message. */
static _Noreturn void raise_cycle(struct succession *s, size_t body)
{
    struct buf way = {0};
    size_t at = body;
    do {
        buf_add(&way, span_of(quote(s->bodies.keys[at])));
        buf_add(&way, SPAN(" > "));
        at = s->steps[at].to - 1;
    } while (at != body);
    buf_add(&way, span_of(quote(s->bodies.keys[body])));
    struct span kept = arena_copy(&s->bodies.arena, buf_span(&way));
    buf_free(&way);
    fault_raise_at(s->file, s->steps[body].line, 0,
                   "a body becomes itself by %.*s: %.*s (see --on-cycle)", SPAN_ARGS(s->as_at),
                   SPAN_ARGS(kept));
}

/* Ends the way round through BODY where the latest step led: what came last is what was. */
static void cut_cycle(struct succession *s, size_t body)
{
    const struct succession_step *latest = &s->steps[body];
    for (size_t at = s->steps[body].to - 1; at != body; at = s->steps[at].to - 1) {
        const struct succession_step *step = &s->steps[at];
        if (step->day > latest->day || (step->day == latest->day && step->line > latest->line))
            latest = step;
    }
    s->steps[latest->to - 1].to = 0;
}

/* Finds all cycles. A body is walked from once: SEEN tells from which start it was reached. */
static void settle_cycles(struct reading *r)
{
    struct succession *s = r->succession;
    size_t *seen = r->seen = calloc(s->bodies.count + 1, sizeof *seen);
    if (!seen)
        fail_memory();
    for (size_t start = 0; start < s->bodies.count; start++)
        for (size_t at = start; s->steps[at].to; at = s->steps[at].to - 1) {
            if (seen[at] == start + 1 && r->cycle == CYCLE_ERROR)
                raise_cycle(s, at);
            if (seen[at] == start + 1)
                cut_cycle(s, at);
            if (seen[at])
                break;
            seen[at] = start + 1;
        }
}

static void read_steps(void *with)
{
    struct reading *r = with;
    struct succession *s = r->succession;
    sheet_load(&r->sheet, s->file, SHEET_RECORDS, COLUMNS);
    for (size_t i = 0; i < COLUMN_COUNT; i++)
        r->columns[i] = sheet_need(&r->sheet, COLUMNS[i]);
    for (size_t row = 0; row < r->sheet.rows; row++)
        read_row(r, row);
    settle_cycles(r);
    for (size_t i = 0; i < s->bodies.count; i++)
        if (s->steps[i].to)
            s->steps[s->steps[i].to - 1].followed = true;
}

bool succession_load(struct succession *s, const char *file, const char *as_at,
                     enum succession_split split, enum succession_cycle cycle, struct fault *fault)
{
    struct reading r = {.succession = s, .split = split, .cycle = cycle};
    *s = (struct succession){.file = file, .as_at = span_of(as_at)};
    if (!read_day(s->as_at, &r.last))
        fail(STATUS_USAGE, "option '--as-at' takes a date as 2020-04-01, not %s (try --help)",
             quote(s->as_at));
    bool good = fault_catch(fault, read_steps, &r);
    sheet_free(&r.sheet);
    free(r.seen);
    return good;
}

struct span succession_walk(struct succession *s, struct span body)
{
    s->path_count = 0;
    size_t at = intern_find(&s->bodies, body);
    if (at == INTERN_NONE)
        return body;
    for (;;) {
        s->path = array_grow(s->path, &s->path_cap, s->path_count + 1, sizeof *s->path);
        s->path[s->path_count++] = at;
        if (!s->steps[at].to)
            return s->bodies.keys[at];
        at = s->steps[at].to - 1;
    }
}

bool succession_followed(const struct succession *s, struct span body)
{
    size_t at = intern_find(&s->bodies, body);
    return at != INTERN_NONE && s->steps[at].followed;
}

void succession_emit(const struct succession *s, struct buf *b)
{
    if (s->path_count < 2)
        return;
    buf_addc(b, '[');
    for (size_t i = 0; i < s->path_count; i++) {
        emit_item(b);
        emit_string(b, s->bodies.keys[s->path[i]]);
    }
    buf_addc(b, ']');
}

void succession_free(struct succession *s)
{
    intern_free(&s->bodies);
    free(s->steps);
    free(s->path);
    *s = (struct succession){0};
}
