/* multiplier -- numbers of thousands, millions and billions. */
#include "multiplier.h"

#include <string.h>
#include <strings.h>

static const struct {
    struct span word;
    size_t power;
} MULTIPLIERS[] = {
    {SPAN_ROW("k"), 3},         {SPAN_ROW("thousand"), 3}, {SPAN_ROW("m"), 6},
    {SPAN_ROW("mn"), 6},        {SPAN_ROW("mill"), 6},     {SPAN_ROW("million"), 6},
    {SPAN_ROW("millions"), 6},  {SPAN_ROW("b"), 9},        {SPAN_ROW("bn"), 9},
    {SPAN_ROW("billion"), 9},   {SPAN_ROW("billions"), 9}, {SPAN_ROW("tn"), 12},
    {SPAN_ROW("trillion"), 12},
};

size_t multiplier_length(struct span text, size_t *power)
{
    size_t from = 0, to;
    while (from < text.len && text.at[from] == ' ')
        from++;
    for (to = from; to < text.len && (text.at[to] | 0x20) >= 'a' && (text.at[to] | 0x20) <= 'z';)
        to++;
    for (size_t i = 0; i < sizeof MULTIPLIERS / sizeof *MULTIPLIERS; i++) {
        struct span word = MULTIPLIERS[i].word;
        if (word.len != to - from || strncasecmp(text.at + from, word.at, word.len) != 0)
            continue;
        *power = MULTIPLIERS[i].power;
        return to;
    }
    return 0;
}

/* Noughts before the first digit of a whole part: 0.35 of a million is 0350000. */
static void drop_noughts(struct buf *b, size_t from)
{
    size_t first = from;
    while (first + 1 < b->len && b->at[first] == '0' && b->at[first + 1] != '.')
        first++;
    memmove(b->at + from, b->at + first, b->len - first);
    b->len -= first - from;
}

bool multiplier_apply(struct buf *b, size_t from, size_t power)
{
    size_t point = from;
    while (point < b->len && b->at[point] >= '0' && b->at[point] <= '9')
        point++;
    size_t decimals = point < b->len ? b->len - point - 1 : 0;
    if (point < b->len && b->at[point] != '.')
        return false;
    for (size_t i = 0; i < decimals; i++)
        if (b->at[point + 1 + i] < '0' || b->at[point + 1 + i] > '9')
            return false;
    if (decimals > power) {
        memmove(b->at + point, b->at + point + 1, power);
        b->at[point + power] = '.';
    } else {
        memmove(b->at + point, b->at + point + (decimals > 0), decimals);
        b->len = point + decimals;
        for (size_t i = decimals; i < power; i++)
            buf_addc(b, '0');
    }
    drop_noughts(b, from);
    return true;
}
