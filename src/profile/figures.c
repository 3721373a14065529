/* figures -- all that is known of a field, as JSON. */
#include "profile/figures.h"

#include <stdlib.h>

#include "profile/guess.h"
#include "stream/emit.h"
#include "text/date.h"

static void emit_counted(struct buf *b, struct span name, const struct column_counted *counted)
{
    size_t *order = column_ranked(counted);
    emit_name(b, name);
    buf_addc(b, '[');
    for (size_t i = 0; i < counted->names.count && i < 100; i++) {
        emit_item(b);
        buf_addc(b, '{');
        emit_string_field(b, SPAN("value"), counted->names.keys[order[i]]);
        emit_count_field(b, SPAN("n"), counted->counts[order[i]]);
        buf_addc(b, '}');
    }
    buf_addc(b, ']');
    free(order);
}

static void emit_dates(struct buf *b, const struct column *c, const struct guess *g)
{
    static const char *const words[] = {[GUESS_ISO] = "iso",
                                        [GUESS_CLEAR] = "clear",
                                        [GUESS_DAY_FIRST] = "day_first",
                                        [GUESS_MONTH_FIRST] = "month_first",
                                        [GUESS_EITHER] = "either",
                                        [GUESS_MIXED] = "mixed"};
    struct date first = date_of_days(c->first_day), last = date_of_days(c->last_day);
    struct buf text = {0};
    emit_string_field(b, SPAN("order"), span_of(words[g->order]));
    date_add(&text, &first);
    emit_string_field(b, SPAN("first"), buf_span(&text));
    buf_clear(&text);
    date_add(&text, &last);
    emit_string_field(b, SPAN("last"), buf_span(&text));
    buf_free(&text);
}

static void emit_damage(struct buf *b, const struct column *c)
{
    emit_name(b, SPAN("damage"));
    buf_addc(b, '{');
    for (int kind = DAMAGE_NONE + 1; kind <= DAMAGE_CUT; kind++)
        if (c->damage[kind])
            emit_count_field(b, span_of(damage_name((enum damage)kind)), c->damage[kind]);
    buf_addc(b, '}');
}

void figures_emit(struct buf *b, const struct column *c, size_t records)
{
    struct guess g = guess_column(c, records);
    buf_addc(b, '{');
    emit_string_field(b, SPAN("field"), c->name);
    emit_string_field(b, SPAN("type"), span_of(guess_type_name(g.type)));
    emit_count_field(b, SPAN("records"), records);
    emit_count_field(b, SPAN("filled"), c->filled);
    emit_count_field(b, SPAN("blank"), c->blank);
    emit_count_field(b, SPAN("absent"), column_absent(c, records));
    emit_count_field(b, SPAN("distinct"), column_distinct(c));
    emit_name(b, SPAN("approximate"));
    emit_bool(b, c->overflows);
    emit_count_field(b, SPAN("others"), g.others);
    emit_name(b, SPAN("key"));
    emit_bool(b, g.is_key);
    if (c->kinds.number + c->kinds.measure) {
        emit_number_field(b, SPAN("min"), c->lowest);
        emit_number_field(b, SPAN("max"), c->highest);
    }
    if (g.type == GUESS_DATE)
        emit_dates(b, c, &g);
    if (g.separator)
        emit_string_field(b, SPAN("separator"), (struct span){&g.separator, 1});
    emit_damage(b, c);
    emit_counted(b, SPAN("missing"), &c->missing);
    emit_counted(b, SPAN("no_answer"), &c->excuses);
    emit_counted(b, SPAN("values"), &c->values);
    buf_addc(b, '}');
}
