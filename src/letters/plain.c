/* plain -- text as text of a letter. */
#include "plain.h"

#include "base/utf8.h"

/* What the fonts that only draw, Wingdings and Symbol, show by a private character: boxes, ticks
 * and bullets. */
static const char *symbol(uint32_t code)
{
    static const struct {
        uint32_t code;
        const char *is;
    } known[] = {{0xF06F, "☐"}, {0xF071, "☐"}, {0xF0A8, "☐"}, {0xF0A3, "☐"}, {0xF0FE, "☑"},
                 {0xF052, "☑"}, {0xF0FD, "☒"}, {0xF054, "☒"}, {0xF078, "☒"}, {0xF0FC, "✓"},
                 {0xF050, "✓"}, {0xF0FB, "✗"}, {0xF04F, "✗"}, {0xF0B7, "•"}, {0xF0A7, "•"},
                 {0xF0D8, "•"}, {0xF076, "•"}, {0xF02D, "-"}};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (known[i].code == code)
            return known[i].is;
    return NULL;
}

/* What CODE is written as: NULL if as itself, "" if not at all. */
static const char *instead(uint32_t code)
{
    static const char *const ligatures[] = {"ff", "fi", "fl", "ffi", "ffl", "st", "st"};
    if (code >= 0xFB00 && code <= 0xFB06)
        return ligatures[code - 0xFB00];
    if (code >= 0xF020 && code <= 0xF0FF)
        return symbol(code);
    if (code == 0xA0 || code == 0x202F || (code >= 0x2000 && code <= 0x200A))
        return " ";
    if (code == 0xAD || code == 0xFEFF || (code >= 0x200B && code <= 0x200F) || code == 0x2060)
        return "";
    if (code == 0x2028 || code == 0x2029 || code == 0x85)
        return "\n";
    if ((code < 0x20 && code != '\n' && code != '\t' && code != '\f') || code == 0x7F)
        return "";
    return NULL;
}

/* A soft hyphen at the end of a line joins the word: the rest of it comes up to that line. */
static const char *join_word(const char *at, const char *end, struct buf *to)
{
    const char *rest = at;
    while (rest < end && (*rest == ' ' || *rest == '\r'))
        rest++;
    if (rest == end || *rest != '\n')
        return at;
    rest++;
    while (rest < end && *rest == ' ')
        rest++;
    while (rest < end && *rest != ' ' && *rest != '\n' && *rest != '\t' && *rest != '\f')
        buf_addc(to, *rest++);
    while (rest < end && *rest == ' ')
        rest++;
    if (rest == end || *rest != '\n')
        buf_addc(to, '\n');
    return rest;
}

static void clean(struct span text, struct buf *to)
{
    const char *end = span_end(text);
    for (const char *at = text.at; at < end;) {
        size_t len = utf8_sequence(at, end);
        if (len == 0) {
            utf8_add(to, 0xFFFD);
            at++;
            continue;
        }
        const char *next = at;
        uint32_t code = utf8_next(&next);
        if (code == '\r') {
            buf_addc(to, '\n');
            at = next + (next < end && *next == '\n');
            continue;
        }
        const char *other = instead(code);
        if (other)
            buf_add(to, span_of(other));
        else
            buf_add(to, span_from(at, next));
        at = code == 0xAD ? join_word(next, end, to) : next;
    }
}

void plain_clean(struct buf *text)
{
    struct buf to = {0};
    clean(buf_span(text), &to);
    size_t from = 0;
    while (to.len && strchr(" \t\n", to.at[to.len - 1]))
        to.len--;
    for (size_t i = 0; i < to.len && strchr(" \t\n", to.at[i]); i++)
        from = to.at[i] == '\n' ? i + 1 : from;
    buf_clear(text);
    if (to.len > from)
        buf_add(text, buf_from(&to, from));
    buf_free(&to);
}
