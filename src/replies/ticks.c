/* ticks -- which boxes of a form are ticked. */
#include "ticks.h"

enum box { BOX_NONE, BOX_EMPTY, BOX_TICKED };

struct sign {
    struct span text;
    enum box box;
};

static const struct sign signs[] = {
    {SPAN_ROW("[ ]"), BOX_EMPTY},       {SPAN_ROW("[]"), BOX_EMPTY},
    {SPAN_ROW("[_]"), BOX_EMPTY},       {SPAN_ROW("( )"), BOX_EMPTY},
    {SPAN_ROW("()"), BOX_EMPTY},        {SPAN_ROW("[x]"), BOX_TICKED},
    {SPAN_ROW("[X]"), BOX_TICKED},      {SPAN_ROW("(x)"), BOX_TICKED},
    {SPAN_ROW("(X)"), BOX_TICKED},      {SPAN_ROW("[ x ]"), BOX_TICKED},
    {SPAN_ROW("[ X ]"), BOX_TICKED},    {SPAN_ROW("\u2610"), BOX_EMPTY},
    {SPAN_ROW("\u25A1"), BOX_EMPTY},    {SPAN_ROW("\u25FB"), BOX_EMPTY},
    {SPAN_ROW("\u2B1C"), BOX_EMPTY},    {SPAN_ROW("\u25CB"), BOX_EMPTY},
    {SPAN_ROW("\u2611"), BOX_TICKED},   {SPAN_ROW("\u2612"), BOX_TICKED},
    {SPAN_ROW("\u2705"), BOX_TICKED},   {SPAN_ROW("\u25A0"), BOX_TICKED},
    {SPAN_ROW("\u25CF"), BOX_TICKED},   {SPAN_ROW("\u25C9"), BOX_TICKED},
    {SPAN_ROW("[\u2713]"), BOX_TICKED}, {SPAN_ROW("[\u2714]"), BOX_TICKED},
    {SPAN_ROW("\u2713"), BOX_TICKED},   {SPAN_ROW("\u2714"), BOX_TICKED},
    {SPAN_ROW("[*]"), BOX_TICKED},
};

static enum box box_at(struct span text, size_t at, size_t *len)
{
    struct span rest = {text.at + at, text.len - at};
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        if (span_starts(rest, signs[i].text)) {
            *len = signs[i].text.len;
            return signs[i].box;
        }
    return BOX_NONE;
}

static struct span trim(struct span s)
{
    while (s.len && strchr(" ,;:/-\t\n|", s.at[0]) && s.at[0])
        s = (struct span){s.at + 1, s.len - 1};
    while (s.len && strchr(" ,;:/-\t\n|", s.at[s.len - 1]) && s.at[s.len - 1])
        s.len--;
    return s;
}

static void add(struct buf *b, struct span option, size_t start)
{
    if (option.len == 0)
        return;
    if (b->len > start)
        buf_add(b, SPAN("; "));
    buf_add(b, option);
}

/* One line: its text without boxes if it has none; false then. */
static bool read_line(struct span line, struct buf *b, size_t start)
{
    size_t len = 0, from = 0;
    enum box last = BOX_NONE;
    struct span before = {0};
    bool any = false, leads = box_at(line, 0, &len) != BOX_NONE;
    for (size_t i = 0; i < line.len; i++) {
        enum box box = box_at(line, i, &len);
        if (box == BOX_NONE)
            continue;
        any = true;
        before = trim((struct span){line.at + from, i - from});
        if (!leads && box == BOX_TICKED)
            add(b, before, start);
        if (leads && last == BOX_TICKED)
            add(b, before, start);
        last = box;
        from = i + len;
        i = from - 1;
    }
    if (leads && last == BOX_TICKED)
        add(b, trim((struct span){line.at + from, line.len - from}), start);
    return any;
}

bool ticks_read(struct span text, struct buf *b)
{
    size_t start = b->len, len = 0;
    bool any = false;
    for (size_t i = 0; i < text.len && !any; i++)
        any = box_at(text, i, &len) != BOX_NONE;
    if (!any)
        return false;
    for (size_t at = 0; at < text.len;) {
        const char *end = memchr(text.at + at, '\n', text.len - at);
        size_t stop = end ? (size_t)(end - text.at) : text.len;
        struct span line = trim((struct span){text.at + at, stop - at});
        if (!read_line(line, b, start))
            add(b, line, start);
        at = stop + 1;
    }
    return true;
}

bool ticks_mark(struct span text)
{
    static const struct span marks[] = {SPAN_ROW("x"),      SPAN_ROW("X"),      SPAN_ROW("\u2713"),
                                        SPAN_ROW("\u2714"), SPAN_ROW("\u2611"), SPAN_ROW("\u2612"),
                                        SPAN_ROW("\u2705"), SPAN_ROW("[x]"),    SPAN_ROW("[X]")};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (span_eq(text, marks[i]))
            return true;
    return false;
}
