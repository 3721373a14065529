/* wrap -- text broken into lines of so many columns. */
#include "wrap.h"

#include <utf8proc.h>

#include "base/utf8.h"
#include "grid.h"

static bool is_relation(char c)
{
    return c == '=' || c == '<' || c == '>';
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* The space behind AT where a line may break: never in "p = .04", "N 3" or "3 not held", which
 * read badly in two halves. END if there is none. */
static const char *next_break(const char *at, const char *end)
{
    const char *space = at;
    while (space < end && (space = memchr(space, ' ', (size_t)(end - space)))) {
        char next = space + 1 < end ? space[1] : '\0';
        bool is_bound = space > at && (is_relation(space[-1]) || is_digit(space[-1]));
        if (!is_bound && !is_relation(next) && !is_digit(next))
            return space;
        space++;
    }
    return end;
}

/* Where a word that is too long is cut: after WIDTH columns, but at least one letter. */
static const char *cut(const char *at, const char *end, size_t width)
{
    size_t columns = 0;
    for (const char *next = at; next < end; at = next) {
        int wide = utf8proc_charwidth((utf8proc_int32_t)utf8_next(&next));
        columns += wide > 0 ? (size_t)wide : 0;
        if (columns > width)
            return columns > (size_t)wide ? at : next;
    }
    return end;
}

bool wrap_next(struct span *text, size_t width, struct span *line)
{
    const char *from = text->at, *end = from + text->len, *at = from;
    if (text->len == 0)
        return false;
    while (at < end) {
        const char *space = next_break(at > from || *at == ' ' ? at + 1 : at, end);
        if (grid_text_width(span_from(from, space)) > width)
            break;
        at = space;
    }
    if (at == from)
        at = cut(from, end, width);
    *line = span_from(from, at);
    *text = span_from(at < end && *at == ' ' ? at + 1 : at, end);
    return true;
}

bool wrap_part(struct span *text, struct span *part)
{
    size_t depth = 0, i = 0;
    if (text->len == 0)
        return false;
    for (; i < text->len; i++) {
        char c = text->at[i];
        depth += c == '(' ? 1 : c == ')' && depth > 0 ? (size_t)-1 : 0;
        if (c == ' ' && i > 0 && text->at[i - 1] == ',' && depth == 0) {
            i++;
            break;
        }
    }
    *part = (struct span){text->at, i};
    *text = (struct span){text->at + i, text->len - i};
    return true;
}

size_t wrap_figure(struct span part)
{
    bool has_relation = false;
    for (size_t i = 0; i + 1 < part.len; i++) {
        has_relation |= is_relation(part.at[i]);
        if (has_relation && part.at[i] == ' ' && part.at[i + 1] == '(')
            return i;
    }
    return part.len;
}

static struct span without_last_space(struct span text)
{
    if (text.len && text.at[text.len - 1] == ' ')
        text.len--;
    return text;
}

bool wrap_next_part(struct span *text, size_t width, struct span *line)
{
    struct span rest = *text, part, taken = {text->at, 0};
    while (wrap_part(&rest, &part)) {
        struct span longer = {taken.at, taken.len + part.len};
        if (grid_text_width(without_last_space(longer)) > width)
            break;
        taken = longer;
    }
    if (taken.len == 0)
        return wrap_next(text, width, line);
    *line = without_last_space(taken);
    *text = (struct span){text->at + taken.len, text->len - taken.len};
    return true;
}

size_t wrap_count(struct span text, size_t width)
{
    size_t count = 0;
    struct span line;
    while (wrap_next(&text, width, &line))
        count++;
    return count;
}
