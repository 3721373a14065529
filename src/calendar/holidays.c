/* holidays -- bank holidays from gov.uk's form of them. */
#include "calendar/holidays.h"

#include <stdlib.h>

#include "base/arena.h"
#include "base/fail.h"
#include "docs/document.h"
#include "text/date.h"

/* Bank holidays by the schedule of the Banking and Financial Dealings Act 1971 and the
 * proclamations under its section 1, checked against gov.uk's own lists. */
static const unsigned char BUILT_IN[] = {
#include "bank-holidays.inc"
};

static struct date event_date(const struct document *event)
{
    struct document member;
    struct date date;
    document_need(event, "date", &member);
    struct span text = document_text(&member);
    if (date_iso(text, &date) != DATE_OK || date.has_time)
        document_fail(&member, "%s is not a date as 2020-02-29", quote(text));
    return date;
}

/* A year without a day off is a hole in the list: no division has one. */
static void narrow_years(struct holidays *h, const struct document *events,
                         const struct workdays *days)
{
    int first = date_of_days(days->first_known).year;
    int last = date_of_days(days->last_known).year;
    int next = first; /* the year that has to come */
    for (size_t i = 0; i < days->count; i++) {
        int year = date_of_days(days->off[i]).year;
        if (year > next)
            break;
        next = year + 1;
    }
    if (next <= last)
        document_fail(events, "no day off from Monday to Friday in %d", next);
    h->first_year = first > h->first_year ? first : h->first_year;
    h->last_year = last < h->last_year ? last : h->last_year;
}

static void add_division(struct holidays *h, const struct document *division)
{
    struct document events, event = {0};
    document_need(division, "events", &events);
    size_t count = document_count(&events), from = h->count;
    if (count == 0)
        document_fail(&events, "is empty");
    h->off = array_grow(h->off, &h->cap, from + count, sizeof *h->off);
    while (document_next(&events, &event)) {
        struct date date = event_date(&event);
        h->off[h->count++] = date_days(date.year, date.month, date.day);
    }
    struct workdays days;
    workdays_init(&days, h->off + from, count);
    narrow_years(h, &events, &days);
}

/* gov.uk has one document of all divisions, and one for each. */
static void add_divisions(struct holidays *h, const struct document *root, const char *only)
{
    struct document division = {0}, events;
    if (document_get(root, "events", &events)) {
        add_division(h, root);
        return;
    }
    while (document_next(root, &division))
        if (!only || strcmp(division.key, only) == 0)
            add_division(h, &division);
    if (h->count == 0)
        document_fail(root, "no division");
    if (h->first_year > h->last_year)
        document_fail(root, "no year that every division lists");
}

struct loading {
    struct holidays *holidays;
    const char *which;
    struct document root;
};

static void read_holidays(void *with)
{
    static const char *const sets[][2] = {{"uk", NULL},
                                          {"england", "england-and-wales"},
                                          {"scotland", "scotland"},
                                          {"northern-ireland", "northern-ireland"},
                                          {NULL, NULL}};
    struct loading *l = with;
    size_t set = 0;
    while (sets[set][0] && strcmp(l->which, sets[set][0]) != 0)
        set++;
    struct span built_in = {(const char *)BUILT_IN, sizeof BUILT_IN};
    l->root = sets[set][0] ? document_parse(l->which, built_in) : document_load(l->which);
    add_divisions(l->holidays, &l->root, sets[set][1]);
}

bool holidays_load(struct holidays *h, const char *which, struct fault *fault)
{
    struct loading l = {.holidays = h, .which = which};
    *h = (struct holidays){.first_year = 1, .last_year = 9999};
    bool good = fault_catch(fault, read_holidays, &l);
    document_free(&l.root);
    if (!good)
        return false;
    workdays_init(&h->days, h->off, h->count);
    h->days.first_known = date_days(h->first_year, 1, 1);
    h->days.last_known = date_days(h->last_year, 12, 31);
    return true;
}

bool holidays_known(const struct holidays *h, int64_t day)
{
    return workdays_known(&h->days, day, day);
}

void holidays_free(struct holidays *h)
{
    free(h->off);
    *h = (struct holidays){0};
}
