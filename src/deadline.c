/* deadline -- working days that replies took, the days on which they were due, and whether
 * they came in time.
 *
 * Counts as section 10 of the Freedom of Information Act 2000 does: a reply is due
 * on the twentieth working day following receipt, so a request that comes on a
 * day off has the next working day as its first. A working day is none of
 * Saturday, Sunday and the bank holidays of any part of the United Kingdom
 * (section 10(6)). A request without a reply is counted up to --as-at, never up to a clock.
 * Memory: one record. */
#include "base/fail.h"
#include "calendar/holidays.h"
#include "calendar/limits.h"
#include "calendar/london.h"
#include "stream/emit.h"
#include "stream/filter.h"
#include "stream/missing.h"
#include "stream/scalar.h"
#include "text/date.h"

#include <stdlib.h>

#define LIMIT_MAX 1000 /* four years */

enum { DAYS_TAKEN, DUE, ON_TIME, MADE }; /* the fields that are made */
enum { FROM = MADE, TO, NAMED };         /* and those that are read */

struct options {
    const char *names[NAMED];
    const char *holidays, *as_at, *limit;
    bool calendar_days;
};

static const struct opt OPTIONS[] = {
    {"from", 0, "FIELD", OPT_REQUIRED_FIELD, offsetof(struct options, names[FROM]),
     "the field with the date of receipt; required"},
    {"to", 0, "FIELD", OPT_REQUIRED_FIELD, offsetof(struct options, names[TO]),
     "the field with the date of the reply; required"},
    {"limit", 0, "N|foi|eir|eir-extended|foisa|schools", OPT_TEXT, offsetof(struct options, limit),
     "a reply is due on the N-th working day following receipt, or by a named limit: 20, 20, 40, "
     "20 in Scotland, 60 (default: foi)"},
    {"calendar-days", 0, NULL, OPT_FLAG, offsetof(struct options, calendar_days),
     "count all days, weekends and bank holidays too"},
    {"holidays", 0, "uk|england|scotland|northern-ireland|FILE", OPT_TEXT,
     offsetof(struct options, holidays),
     "whose bank holidays are days off: uk, those of all parts, as in the Act (default; scotland "
     "with --limit foisa); one part's; or those of FILE, in the form of gov.uk/bank-holidays.json"},
    {"as-at", 0, "DATE", OPT_TEXT, offsetof(struct options, as_at),
     "count a request without a reply up to this date"},
    {"days-taken", 0, "NAME", OPT_FIELD, offsetof(struct options, names[DAYS_TAKEN]),
     "what to call the field with the working days taken (default: days_taken)"},
    {"due", 0, "NAME", OPT_FIELD, offsetof(struct options, names[DUE]),
     "what to call the field with the due date (default: due)"},
    {"on-time", 0, "NAME", OPT_FIELD, offsetof(struct options, names[ON_TIME]),
     "what to call the field that says whether the reply came in time (default: on_time)"},
    {0},
};

static const struct opt_program PROGRAM = {
    "deadline",
    "--from FIELD --to FIELD [FILE...]",
    "Adds the working days that each reply took, its due date, and whether it came in time.",
    OPTIONS,
    "Dates are as normalise writes them, 2020-02-29; of a time only the date counts.\n"
    "  deadline --from sent --to received --as-at 2020-06-30 foi.jsonl",
};

struct deadline {
    const struct options *options;
    int64_t limit;
    struct holidays holidays;
    int64_t as_at;
    struct lookup from, to;
    struct missing missing;
    bool missing_changed;
    struct record_set sets[MADE + 1]; /* the last is _missing */
    struct buf values[MADE + 1], scratch;
    size_t on_time, late, overdue, open, unknown;
};

/* ---- the fields made ---- */

static void set_missing(struct deadline *d, int field, struct span reason)
{
    struct span name = d->sets[field].name.name;
    buf_add(&d->values[field], SPAN("null"));
    if (span_eq(missing_find(&d->missing, name), reason))
        return;
    missing_set(&d->missing, name, reason);
    d->missing_changed = true;
}

/* The buffer for the value of FIELD, which is thus not missing. */
static struct buf *set_value(struct deadline *d, int field)
{
    size_t before = d->missing.count;
    missing_drop(&d->missing, d->sets[field].name.name);
    d->missing_changed |= d->missing.count != before;
    return &d->values[field];
}

static void set_due(struct deadline *d, int64_t due)
{
    struct buf *b = set_value(d, DUE);
    struct date date = date_of_days(due);
    buf_addc(b, '"');
    date_add(b, &date);
    buf_addc(b, '"');
}

static void set_days_taken(struct deadline *d, int64_t from, int64_t to)
{
    int64_t days =
        d->options->calendar_days ? to - from : workdays_between(&d->holidays.days, from, to);
    emit_count(set_value(d, DAYS_TAKEN), (size_t)days);
}

static void set_on_time(struct deadline *d, bool truth)
{
    emit_bool(set_value(d, ON_TIME), truth);
}

/* ---- a record ---- */

/* Whether V, the value of FIELD, is missing or a date, whose day number goes to *DAY.
 * False if it was rejected. */
static bool read_day(struct deadline *d, struct filter *f, const struct record *r,
                     struct span field, const struct value *v, int64_t *day)
{
    struct date date;
    if (value_missing(v))
        return true;
    if (v->type != VALUE_STRING) {
        filter_reject(f, r, field, "expected a date, not %s", scalar_type_name(v));
        return false;
    }
    struct span text = value_text(v, &d->scratch);
    if (date_iso(text, &date) != DATE_OK) {
        filter_reject(f, r, field, "%s is not a date as 2020-02-29 (see normalise)", quote(text));
        return false;
    }
    *day = london_day(&date);
    return true;
}

/* A due date counted with days off that are not known would be too early. */
static bool check_known(struct deadline *d, struct filter *f, const struct record *r,
                        struct span field, const struct value *v, int64_t day)
{
    if (d->options->calendar_days || holidays_known(&d->holidays, day))
        return true;
    filter_reject(f, r, field,
                  "%s is outside %d to %d, the years of the bank holidays (see --holidays)",
                  quote(value_text(v, &d->scratch)), d->holidays.first_year, d->holidays.last_year);
    return false;
}

/* Reasons for which there is no telling that nobody replied. */
static bool is_no_wait(struct span reason)
{
    static const struct span reasons[] = {SPAN_ROW("invalid"), SPAN_ROW("withdrawn"),
                                          SPAN_ROW("not_applicable"), SPAN_ROW("not_asked")};
    for (size_t i = 0; i < sizeof reasons / sizeof *reasons; i++)
        if (span_eq(reason, reasons[i]))
            return true;
    return false;
}

static bool count_open(struct deadline *d, struct filter *f, const struct record *r,
                       const struct value *to, int64_t from, int64_t due)
{
    struct span reason = missing_reason(&d->missing, d->to.name, to);
    if (!d->options->as_at || is_no_wait(reason)) {
        set_missing(d, DAYS_TAKEN, reason);
        set_missing(d, ON_TIME, reason);
        d->unknown++;
        return true;
    }
    if (from > d->as_at) {
        filter_reject(f, r, d->from.name, "later than --as-at %s", d->options->as_at);
        return false;
    }
    set_days_taken(d, from, d->as_at);
    if (d->as_at > due) {
        set_on_time(d, false);
        d->overdue++;
    } else {
        set_missing(d, ON_TIME, SPAN("open"));
        d->open++;
    }
    return true;
}

static bool count_reply(struct deadline *d, struct filter *f, const struct record *r,
                        const struct value *received, int64_t from, int64_t to, int64_t due)
{
    if (to < from) {
        filter_reject(f, r, d->to.name, "%s is before %s", quote(value_text(received, &d->scratch)),
                      quote(d->from.name));
        return false;
    }
    if (!check_known(d, f, r, d->to.name, received, to))
        return false;
    set_days_taken(d, from, to);
    set_on_time(d, to <= due);
    d->on_time += to <= due;
    d->late += to > due;
    return true;
}

/* Sets the three fields for R. False if it was rejected. */
static bool count_days(struct deadline *d, struct filter *f, const struct record *r)
{
    const struct value *sent = record_find(r, &d->from), *received = record_find(r, &d->to);
    int64_t from = 0, to = 0;
    if (!read_day(d, f, r, d->from.name, sent, &from) ||
        !read_day(d, f, r, d->to.name, received, &to))
        return false;
    if (!missing_read(&d->missing, r)) {
        filter_reject(f, r, SPAN("_missing"), "%s", d->missing.fault);
        return false;
    }
    if (value_missing(sent)) {
        struct span reason = missing_reason(&d->missing, d->from.name, sent);
        for (int field = 0; field < MADE; field++)
            set_missing(d, field, reason);
        d->unknown++;
        return true;
    }
    if (!check_known(d, f, r, d->from.name, sent, from))
        return false;
    int64_t due = d->options->calendar_days ? from + d->limit
                                            : workdays_after(&d->holidays.days, from, d->limit);
    if (!d->options->calendar_days && !holidays_known(&d->holidays, due)) {
        filter_reject(f, r, d->from.name,
                      "due after %d, the last year of the bank holidays (see --holidays)",
                      d->holidays.last_year);
        return false;
    }
    set_due(d, due);
    return value_missing(received) ? count_open(d, f, r, received, from, due)
                                   : count_reply(d, f, r, received, from, to, due);
}

static void write_record(struct deadline *d, struct filter *f, const struct record *r)
{
    missing_emit(&d->missing, &d->values[MADE]);
    for (int field = 0; field <= MADE; field++)
        d->sets[field].raw = buf_span(&d->values[field]);
    if (d->missing.count == 0)
        d->sets[MADE].raw = (struct span){0};
    record_note_with(&f->out.buf, r, d->sets, d->missing_changed ? MADE + 1 : MADE, f->out.places);
    filter_written(f);
}

static void run(struct deadline *d, struct filter *f)
{
    struct record r;
    while (filter_next(f, &r)) {
        d->missing_changed = false;
        for (int field = 0; field <= MADE; field++)
            buf_clear(&d->values[field]);
        if (count_days(d, f, &r))
            write_record(d, f, &r);
    }
    filter_count(f, "on_time", d->on_time);
    filter_count(f, "late", d->late);
    filter_count(f, "overdue", d->overdue);
    filter_count(f, "open", d->open);
    filter_count(f, "unknown", d->unknown);
}

/* ---- options ---- */

static void check_names(const struct options *o)
{
    static const char *const options[NAMED] = {[DAYS_TAKEN] = "days-taken",
                                               [DUE] = "due",
                                               [ON_TIME] = "on-time",
                                               [FROM] = "from",
                                               [TO] = "to"};
    for (int i = 0; i < NAMED; i++) {
        struct span name = span_of(o->names[i]);
        if (i < MADE && name.at[0] == '_')
            fail(STATUS_USAGE, "option '--%s' takes the name of a field, not %s (try --help)",
                 options[i], quote(name));
        for (int j = 0; j < i; j++)
            if (span_eq(name, span_of(o->names[j])))
                fail(STATUS_USAGE, "options '--%s' and '--%s' name the same field %s (try --help)",
                     options[j], options[i], quote(name));
    }
}

/* The days of --limit; *HOLIDAYS becomes the law's, unless the user named some. */
static int64_t read_limit(const struct options *o, const char **holidays)
{
    const struct limit *law = limits_find(o->limit);
    char *end;
    long days = strtol(o->limit, &end, 10);
    *holidays = o->holidays ? o->holidays : law ? law->holidays : "uk";
    if (law)
        return (int64_t)law->days;
    bool is_number = *o->limit >= '0' && *o->limit <= '9' && !*end;
    if (is_number && (days < 1 || days > LIMIT_MAX))
        fail(STATUS_USAGE, "option '--limit' takes 1 to %d, not %s (try --help)", LIMIT_MAX,
             o->limit);
    if (!is_number)
        fail(
            STATUS_USAGE,
            "option '--limit' takes 1 to %d, foi, eir, eir-extended, foisa or schools, not %s (try "
            "--help)",
            LIMIT_MAX, quote(span_of(o->limit)));
    return days;
}

static void start(struct deadline *d, struct filter *f, const struct options *o)
{
    const char *holidays;
    check_names(o);
    *d = (struct deadline){.options = o, .from = {.name = span_of(o->names[FROM])}};
    d->to.name = span_of(o->names[TO]);
    asked_field(&f->asked, ASKED_MAIN, d->from.name, "--from");
    asked_field(&f->asked, ASKED_MAIN, d->to.name, "--to");
    for (int field = 0; field < MADE; field++)
        d->sets[field].name.name = span_of(o->names[field]);
    d->sets[MADE].name.name = SPAN("_missing");
    d->limit = read_limit(o, &holidays);
    if (o->calendar_days && o->holidays)
        fail(STATUS_USAGE, "option '--calendar-days' cannot go with '--holidays' (try --help)");
    struct fault fault;
    if (!holidays_load(&d->holidays, holidays, &fault))
        fault_end(&fault, STATUS_USAGE);
    filter_say(f, "bank holidays of %s: %zu from %d to %d", holidays, d->holidays.days.count,
               d->holidays.first_year, d->holidays.last_year);
    if (!o->as_at)
        return;
    struct date date;
    if (date_iso(span_of(o->as_at), &date) != DATE_OK || date.has_time)
        fail(STATUS_USAGE, "option '--as-at' takes a date as 2020-02-29, not %s (try --help)",
             quote(span_of(o->as_at)));
    d->as_at = date_days(date.year, date.month, date.day);
    if (!o->calendar_days && !holidays_known(&d->holidays, d->as_at))
        fail(STATUS_USAGE,
             "--as-at %s is outside %d to %d, the years of the bank holidays "
             "(see --holidays)",
             o->as_at, d->holidays.first_year, d->holidays.last_year);
}

int main(int argc, char **argv)
{
    struct options o = {.names = {"days_taken", "due", "on_time"}, .limit = "foi"};
    struct deadline d;
    struct filter f;
    filter_open(&f, &PROGRAM, &o, argc, argv);
    start(&d, &f, &o);
    run(&d, &f);
    holidays_free(&d.holidays);
    missing_free(&d.missing);
    for (int field = 0; field <= MADE; field++)
        buf_free(&d.values[field]);
    buf_free(&d.scratch);
    return filter_close(&f);
}
