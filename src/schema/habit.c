/* habit -- the order of days and months in a column, and its unit. */
#include "schema/habit.h"

#define MOST_HELD ((size_t)1024 * 1024) /* bytes of flags for a column */

/* The date in A could be read the other way round. */
static void see_either_way(struct habit *h, struct flags *fl, const struct reading *a,
                           const struct schema_field *f, const struct record *r,
                           const struct value *v)
{
    struct reading_doubt doubt = {"ambiguous_date", a->cast.text, {0}};
    if (h->month_first) {
        flags_add(fl, r, f->name, v, &doubt);
        return;
    }
    h->held_count++;
    if (h->held.len < MOST_HELD)
        flags_put(fl, &h->held, r, f->name, v, &doubt);
}

static void see_month_first(struct habit *h, struct flags *fl)
{
    if (h->month_first)
        return;
    h->month_first = true;
    flags_release(fl, "ambiguous_date", h->held_count, buf_span(&h->held));
    buf_free(&h->held);
}

/* The place of the unit of A's number; the last place is for all units beyond the bound. */
static struct habit_unit *unit_of(struct habit *h, struct span unit)
{
    size_t place = intern_find(&h->units, unit);
    if (place == INTERN_NONE && h->units.count < HABIT_UNITS)
        place = intern_add(&h->units, unit);
    return &h->by_unit[place == INTERN_NONE ? HABIT_UNITS : place];
}

/* Whether A is a number below 1 without a unit, in a field whose numbers may have one. */
static bool is_fraction(const struct schema_field *f, const struct reading *a)
{
    return f->as.number.strip && a->kind == READING_VALUE && a->cast.unit.len == 0 &&
           a->value->type == VALUE_NUMBER && span_starts(a->value->raw, SPAN("0."));
}

bool habit_concerns(const struct schema_field *f, const struct reading *a)
{
    return a->cast.doubts || a->cast.unit.len || is_fraction(f, a);
}

/* A number of U, with the flag that it gets if the habit is another. */
static void hold(struct habit_unit *u, struct flags *fl, const struct schema_field *f,
                 const struct record *r, const struct value *v, struct span unit)
{
    u->count++;
    if (u->held.len < MOST_HELD)
        flags_put(fl, &u->held, r, f->name, v, &(struct reading_doubt){"mixed_unit", unit, {0}});
}

static void see_unit(struct habit *h, struct flags *fl, const struct reading *a,
                     const struct schema_field *f, const struct record *r, const struct value *v)
{
    struct span unit = buf_span(&a->cast.unit);
    hold(unit_of(h, unit), fl, f, r, v, unit);
}

void habit_end(struct habit *h, struct flags *fl)
{
    size_t most = 0;
    for (size_t i = 0; i <= HABIT_UNITS; i++)
        most = h->by_unit[i].count > most ? h->by_unit[i].count : most;
    size_t common = 0;
    for (size_t i = 0; i <= HABIT_UNITS; i++)
        common += most > 0 && h->by_unit[i].count == most;
    for (size_t i = 0; i <= HABIT_UNITS; i++)
        if (h->by_unit[i].count < most || common > 1)
            flags_release(fl, "mixed_unit", h->by_unit[i].count, buf_span(&h->by_unit[i].held));
    if (intern_find(&h->units, SPAN("%")) != INTERN_NONE)
        flags_release(fl, "mixed_unit", h->fractions.count, buf_span(&h->fractions.held));
}

void habit_see(struct habit *h, struct flags *fl, const struct reading *a,
               const struct schema_field *f, const struct record *r, const struct value *v)
{
    if (a->kind != READING_VALUE)
        return;
    if (a->cast.doubts & DATE_MONTH_FIRST)
        see_month_first(h, fl);
    if (a->cast.doubts & DATE_EITHER_WAY)
        see_either_way(h, fl, a, f, r, v);
    if (a->cast.unit.len)
        see_unit(h, fl, a, f, r, v);
    else if (is_fraction(f, a))
        hold(&h->fractions, fl, f, r, v, SPAN("no %"));
}

void habit_free(struct habit *h)
{
    for (size_t i = 0; i <= HABIT_UNITS; i++)
        buf_free(&h->by_unit[i].held);
    intern_free(&h->units);
    buf_free(&h->fractions.held);
    buf_free(&h->held);
}
