/* numbering -- the labels of lists that a program numbers by itself. */
#include "numbering.h"

#include <ctype.h>

static void add_roman(size_t number, bool upper, struct buf *b)
{
    static const struct {
        size_t value;
        const char *digits;
    } parts[] = {{1000, "m"}, {900, "cm"}, {500, "d"}, {400, "cd"}, {100, "c"},
                 {90, "xc"},  {50, "l"},   {40, "xl"}, {10, "x"},   {9, "ix"},
                 {5, "v"},    {4, "iv"},   {1, "i"}};
    if (number > 3999) {
        buf_addf(b, "%zu", number);
        return;
    }
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        for (; number >= parts[i].value; number -= parts[i].value)
            for (const char *d = parts[i].digits; *d; d++)
                buf_addc(b, upper ? (char)toupper((unsigned char)*d) : *d);
}

/* a to z, then aa, bb, as word processors do. */
static void add_letter(size_t number, char first, struct buf *b)
{
    if (number == 0 || number > 780)
        return;
    for (size_t i = 0; i <= (number - 1) / 26; i++)
        buf_addc(b, (char)(first + (char)((number - 1) % 26)));
}

/* NUMBER in FORMAT: 4, d, D, iv, IV. */
static void numbering_number(size_t number, struct span format, struct buf *b)
{
    if (span_eq(format, SPAN("lowerLetter")))
        add_letter(number, 'a', b);
    else if (span_eq(format, SPAN("upperLetter")))
        add_letter(number, 'A', b);
    else if (span_eq(format, SPAN("lowerRoman")))
        add_roman(number, false, b);
    else if (span_eq(format, SPAN("upperRoman")))
        add_roman(number, true, b);
    else if (span_eq(format, SPAN("decimalZero")))
        buf_addf(b, "%02zu", number);
    else
        buf_addf(b, "%zu", number);
}

static void count(struct numbering_list *list, size_t level)
{
    for (size_t i = 0; i < level; i++) /* a level that was left out shows its start */
        if (!list->begun[i]) {
            list->begun[i] = true;
            list->counts[i] = list->levels[i].start;
        }
    list->counts[level] = list->begun[level] ? list->counts[level] + 1 : list->levels[level].start;
    list->begun[level] = true;
    for (size_t i = level + 1; i < NUMBERING_LEVELS; i++)
        list->begun[i] = false;
}

void numbering_label(struct numbering_list *list, size_t level, struct buf *b)
{
    if (level >= NUMBERING_LEVELS)
        level = NUMBERING_LEVELS - 1;
    const struct numbering_level *l = &list->levels[level];
    count(list, level);
    size_t before = b->len;
    if (span_eq(l->format, SPAN("bullet"))) {
        buf_add(b, SPAN("•"));
    } else if (l->format.len && !span_eq(l->format, SPAN("none"))) {
        for (size_t i = 0; i < l->text.len; i++) {
            size_t at = i + 1 < l->text.len ? (size_t)(l->text.at[i + 1] - '1') : NUMBERING_LEVELS;
            if (l->text.at[i] != '%' || at >= NUMBERING_LEVELS) {
                buf_addc(b, l->text.at[i]);
                continue;
            }
            numbering_number(list->counts[at], l->legal ? SPAN("decimal") : list->levels[at].format,
                             b);
            i++;
        }
    }
    if (b->len > before)
        buf_addc(b, ' ');
}
