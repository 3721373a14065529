/* newspaper -- pages set in two columns that are read one after the other. */
#include "newspaper.h"

#include <ctype.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/utf8.h"
#include "text/label.h"

#define GUTTER 2       /* spaces between the columns, at least */
#define LEFT_LEAST 12  /* places before the right column */
#define LINES_MOST 300 /* of a page, and bytes of a line: no paper has more */
#define BYTES_MOST 600

struct sheet {
    struct span *lines; /* of one page */
    size_t count, cap;
};

/* Behind the tail of a character at AT of LINE; in a broken text a line may begin with one. */
static size_t behind_tail(struct span line, size_t at)
{
    while (at < line.len && utf8_tail((unsigned char)line.at[at]))
        at++;
    return at;
}

/* The byte of LINE at PLACE, a character a place; its end where it is shorter. */
static size_t byte_at(struct span line, size_t place)
{
    size_t at = behind_tail(line, 0);
    for (; at < line.len && place > 0; place--)
        at = behind_tail(line, at + 1);
    return at;
}

static size_t place_of(struct span line, size_t byte)
{
    size_t place = 0;
    for (size_t i = 0; i < byte; i++)
        place += !utf8_tail((unsigned char)line.at[i]);
    return place;
}

/* The main number of the question that TEXT begins with, or 0. */
static size_t number_of(struct span text)
{
    struct label label;
    size_t end;
    if (!label_read(text, 0, &label, &end) || end >= text.len || label.word == LABEL_SECTION)
        return 0;
    bool marked = label.terminal || label.count > 1 || label.word != LABEL_BARE;
    return marked && isalpha((unsigned char)text.at[end]) &&
                   isdigit((unsigned char)label.part[0][0])
               ? label_ordinal(label.part[0], LABEL_AS_LETTER)
               : 0;
}

/* Whether LINE leaves the gutter before PLACE free. */
static bool is_parted(struct span line, size_t place)
{
    size_t to = byte_at(line, place), from = byte_at(line, place - GUTTER);
    for (; from < to; from++)
        if (line.at[from] != ' ')
            return false;
    return true;
}

static size_t indent(struct span line)
{
    size_t i = 0;
    while (i < line.len && line.at[i] == ' ')
        i++;
    return i;
}

/* The next place behind FROM of LINE where text begins behind a gutter; 0 if there is none. */
static size_t next_start(struct span line, size_t from)
{
    for (size_t i = byte_at(line, from) + 1; i < line.len; i++)
        if (i >= GUTTER && line.at[i] != ' ' && line.at[i - 1] == ' ' &&
            line.at[i - GUTTER] == ' ' && place_of(line, i) > LEFT_LEAST)
            return place_of(line, i);
    return 0;
}

/* Two columns: the lines [FIRST, LAST) of a page, the right one at PLACE. */
struct columns {
    size_t place, first, last;
};

/* Whether numbers count upwards from one to the next, none twice as far. */
static bool counts_on(size_t before, size_t number)
{
    return before == 0 || number == before || number == before + 1;
}

/* Whether the lines [FIRST, LAST) count on to PLACE: first all on the left, then all on the right.
 */
static bool counts(const struct sheet *s, const struct columns *c)
{
    size_t number = 0, left = 0, right = 0;
    for (size_t i = c->first; i < c->last; i++) {
        size_t at = indent(s->lines[i]);
        size_t n = place_of(s->lines[i], at) + GUTTER < c->place
                       ? number_of((struct span){s->lines[i].at + at, s->lines[i].len - at})
                       : 0;
        if (n && !counts_on(number, n))
            return false;
        number = n ? n : number;
        left += n > 0;
    }
    for (size_t i = c->first; i < c->last; i++) {
        size_t at = byte_at(s->lines[i], c->place);
        size_t n = number_of((struct span){s->lines[i].at + at, s->lines[i].len - at});
        if (n && !counts_on(number, n))
            return false;
        number = n ? n : number;
        right += n > 0;
    }
    return left > 1 && right > 1;
}

/* The columns whose right one is at PLACE: all lines around LINE that leave its gutter free, but
 * for those before the first question of either. */
static bool columns_at(const struct sheet *s, size_t line, size_t place, struct columns *c)
{
    *c = (struct columns){place, line, line};
    while (c->first > 0 && is_parted(s->lines[c->first - 1], place))
        c->first--;
    while (c->last < s->count && is_parted(s->lines[c->last], place))
        c->last++;
    for (; c->first < line; c->first++) {
        struct span text = s->lines[c->first];
        size_t at = indent(text);
        if (number_of((struct span){text.at + at, text.len - at}))
            break;
    }
    return counts(s, c);
}

static bool find_columns(const struct sheet *s, struct columns *c)
{
    if (s->count > LINES_MOST)
        return false;
    for (size_t i = 0; i < s->count; i++)
        if (s->lines[i].len > BYTES_MOST)
            return false;
    for (size_t i = 0; i < s->count; i++)
        for (size_t place = 0; (place = next_start(s->lines[i], place)) > 0;) {
            size_t at = byte_at(s->lines[i], place);
            if (number_of((struct span){s->lines[i].at + at, s->lines[i].len - at}) &&
                columns_at(s, i, place, c))
                return true;
        }
    return false;
}

static void add_line(struct span line, struct buf *out)
{
    while (line.len && line.at[line.len - 1] == ' ')
        line.len--;
    buf_add(out, line);
    buf_addc(out, '\n');
}

static void write_columns(const struct sheet *s, const struct columns *c, struct buf *out)
{
    for (size_t i = 0; i < c->first; i++)
        add_line(s->lines[i], out);
    for (size_t i = c->first; i < c->last; i++)
        add_line((struct span){s->lines[i].at, byte_at(s->lines[i], c->place)}, out);
    buf_addc(out, '\n');
    for (size_t i = c->first; i < c->last; i++) {
        size_t at = byte_at(s->lines[i], c->place);
        add_line((struct span){s->lines[i].at + at, s->lines[i].len - at}, out);
    }
    for (size_t i = c->last; i < s->count; i++)
        add_line(s->lines[i], out);
}

static void cut_page(struct span page, struct sheet *s)
{
    s->count = 0;
    while (page.len) {
        const char *lf = memchr(page.at, '\n', page.len);
        size_t len = lf ? (size_t)(lf - page.at) : page.len;
        s->lines = array_grow(s->lines, &s->cap, s->count + 1, sizeof *s->lines);
        s->lines[s->count++] = (struct span){page.at, len};
        page = (struct span){page.at + len + (lf ? 1 : 0), page.len - len - (lf ? 1 : 0)};
    }
}

bool newspaper_read(struct span text, struct buf *out)
{
    struct sheet s = {0};
    size_t before = out->len;
    bool any = false;
    for (bool more = true; more;) {
        const char *feed = memchr(text.at, '\f', text.len);
        struct span page = {text.at, feed ? (size_t)(feed - text.at) : text.len};
        struct columns c;
        cut_page(page, &s);
        bool two = find_columns(&s, &c);
        if (two)
            write_columns(&s, &c, out);
        else
            buf_add(out, page);
        if (feed)
            buf_addc(out, '\f');
        any |= two;
        more = feed != NULL;
        text = (struct span){text.at + page.len + (feed ? 1 : 0),
                             text.len - page.len - (feed ? 1 : 0)};
    }
    free(s.lines);
    if (!any)
        out->len = before;
    return any;
}
