/* Unit tests of workdays. Bank holidays are those of gov.uk for the United
 * Kingdom; the counts are by hand from a calendar. */
#include "calendar/workdays.h"
#include "check.h"
#include "text/date.h"

/* Good Friday 2020-04-10, Easter Monday, 8 May (VE day), 25 May; 2019/20 Christmas. */
static struct workdays england(int64_t *off)
{
    static const int days[][3] = {{2020, 5, 25},  {2019, 12, 25}, {2019, 12, 26}, {2020, 1, 1},
                                  {2020, 4, 10},  {2020, 4, 13},  {2020, 5, 8},   {2020, 5, 8},
                                  {2020, 12, 25}, {2020, 12, 26}, {2020, 12, 28}};
    enum { COUNT = sizeof days / sizeof *days };
    struct workdays w;
    for (size_t i = 0; i < COUNT; i++)
        off[i] = date_days(days[i][0], days[i][1], days[i][2]);
    workdays_init(&w, off, COUNT);
    return w;
}

static bool due(const struct workdays *w, struct date from, struct date to)
{
    int64_t day = workdays_after(w, date_days(from.year, from.month, from.day), 20);
    return day == date_days(to.year, to.month, to.day);
}

#define DAY(y, m, d) ((struct date){.year = (y), .month = (m), .day = (d)})

static void test_due(const struct workdays *w)
{
    CHECK(due(w, DAY(2020, 2, 3), DAY(2020, 3, 2)), "four weeks without a day off");
    CHECK(due(w, DAY(2020, 4, 1), DAY(2020, 5, 1)), "over Easter: two days more");
    CHECK(due(w, DAY(2020, 2, 1), DAY(2020, 2, 28)), "a Saturday has Monday as its first day");
    CHECK(due(w, DAY(2020, 2, 2), DAY(2020, 2, 28)), "and so has a Sunday");
    CHECK(due(w, DAY(2020, 1, 31), DAY(2020, 2, 28)), "and so has the Friday before");
    CHECK(due(w, DAY(2020, 4, 10), DAY(2020, 5, 12)), "a receipt on Good Friday");
    CHECK(due(w, DAY(2019, 12, 24), DAY(2020, 1, 24)), "over Christmas and the New Year");
}

/* The slow way: day after day. */
static void test_slowly(const struct workdays *w)
{
    size_t wrong = 0;
    int64_t first = date_days(2019, 11, 1), last = date_days(2021, 1, 31);
    for (int64_t from = first; from < last; from++) {
        int64_t count = 0;
        for (int64_t to = from + 1; to <= last; to++) {
            bool works = workdays_has(w, to);
            count += works;
            wrong += workdays_between(w, from, to) != count;
            wrong += works && workdays_after(w, from, count) != to;
        }
    }
    CHECK(wrong == 0, "between and after agree with counting day after day");
}

int main(void)
{
    int64_t off[16];
    struct workdays w = england(off);
    CHECK(w.count == 9, "repeated days and weekends are left out");
    CHECK(!workdays_has(&w, date_days(2020, 4, 13)) && workdays_has(&w, date_days(2020, 4, 14)),
          "Easter Monday is off");
    CHECK(workdays_known(&w, date_days(2019, 1, 1), date_days(2020, 12, 31)) &&
              !workdays_known(&w, date_days(2020, 12, 31), date_days(2021, 1, 1)),
          "the list knows its own years");
    test_due(&w);
    test_slowly(&w);
    CHECK(workdays_between(&w, 10, 10) == 0 && workdays_between(&w, 10, 5) == 0,
          "nothing lies between a day and an earlier one");
    struct workdays none;
    workdays_init(&none, NULL, 0);
    CHECK(!workdays_known(&none, 0, 0) && workdays_after(&none, 0, 1) == 1,
          "an empty list knows no year, but weekends");
    return check_done();
}
