/* pages -- the text of a laid out document. */
#include "pages.h"

#include <ctype.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/intern.h"
#include "plain.h"
#include "text/columns.h"
#include "text/label.h"
#include "text/margins.h"

#define EDGE 3 /* lines at the top and at the bottom where headers and footers stand */
#define GAP 3  /* spaces between columns of a table */

struct line {
    struct span text;
    size_t page;
    bool taken; /* into the margins */
};

struct pages {
    struct line *lines;
    size_t count, cap;
    size_t *starts; /* the first line of each page, and the count behind the last */
    size_t pages, starts_cap;
};

static struct span trim(struct span text)
{
    while (text.len && isspace((unsigned char)*text.at))
        text = (struct span){text.at + 1, text.len - 1};
    while (text.len && isspace((unsigned char)text.at[text.len - 1]))
        text.len--;
    return text;
}

static void add_page(struct pages *p)
{
    p->starts = array_grow(p->starts, &p->starts_cap, p->pages + 2, sizeof *p->starts);
    p->starts[p->pages++] = p->count;
    p->starts[p->pages] = p->count;
}

static void cut_lines(struct pages *p, struct span text)
{
    add_page(p);
    for (const char *at = text.at, *end = span_end(text); at < end;) {
        if (*at == '\f') {
            at++;
            if (at < end)
                add_page(p);
            continue;
        }
        const char *to = at;
        while (to < end && *to != '\n' && *to != '\f')
            to++;
        p->lines = array_grow(p->lines, &p->cap, p->count + 1, sizeof *p->lines);
        p->lines[p->count++] = (struct line){span_from(at, to), p->pages - 1, false};
        p->starts[p->pages] = p->count;
        at = to < end && *to == '\n' ? to + 1 : to;
    }
}

/* The line in place RANK from the top, or from the bottom, of those of PAGE that are not blank and
 * not taken; NULL if there is none. */
static struct line *edge_line(struct pages *p, size_t page, size_t rank, bool bottom)
{
    size_t from = p->starts[page], to = p->starts[page + 1];
    for (size_t i = 0; i < to - from; i++) {
        struct line *line = &p->lines[bottom ? to - 1 - i : from + i];
        if (line->taken || trim(line->text).len == 0)
            continue;
        if (rank-- == 0)
            return line;
    }
    return NULL;
}

/* The number in LINE if it is nothing else: "3", "- 3 -", "Page 3", "Page 3 of 7", "3/7". OF is the
 * second one or 0. 0 if it is no such line. */
static size_t page_number(struct span line, size_t *of)
{
    char text[40] = "";
    line = trim(line);
    *of = 0;
    if (line.len == 0 || line.len >= sizeof text)
        return 0;
    for (size_t i = 0; i < line.len; i++)
        text[i] = (char)tolower((unsigned char)line.at[i]);
    const char *at = text;
    at += strspn(at, "-| ");
    bool named = strncmp(at, "page", 4) == 0;
    at += named ? 4 : 0;
    at += strspn(at, ": ");
    size_t digits = strspn(at, "0123456789");
    size_t number = digits && digits < 6 ? (size_t)atol(at) : 0;
    at += digits;
    at += strspn(at, " |-");
    if (strncmp(at, "of", 2) == 0 || *at == '/') {
        at += *at == '/' ? 1 : 2;
        at += strspn(at, " ");
        size_t more = strspn(at, "0123456789");
        *of = more && more < 6 ? (size_t)atol(at) : 0;
        at += more;
    }
    at += strspn(at, " -|");
    return *at == '\0' ? number : 0;
}

static void take(struct line *line, struct buf *margins, struct intern *seen)
{
    struct span text = trim(line->text);
    line->taken = true;
    size_t before = seen->count;
    if (intern_add(seen, text) < before)
        return;
    buf_add(margins, text);
    buf_addc(margins, '\n');
}

/* Takes page numbers: lines of a number at the same edge that counts with the pages. */
static void take_numbers(struct pages *p, bool bottom, struct buf *margins, struct intern *seen)
{
    size_t fits = 0, of;
    for (size_t i = 0; i + 1 < p->pages; i++) {
        const struct line *a = edge_line(p, i, 0, bottom), *b = edge_line(p, i + 1, 0, bottom);
        size_t first = a ? page_number(a->text, &of) : 0;
        size_t second = b ? page_number(b->text, &of) : 0;
        fits += second && (first ? second == first + 1 : i == 0 && second == 2);
    }
    for (size_t i = 0; i < p->pages; i++) {
        struct line *line = edge_line(p, i, 0, bottom);
        size_t number = line ? page_number(line->text, &of) : 0;
        bool tells = number && of >= number && (of == p->pages || fits);
        if (number && (tells || (fits * 2 >= p->pages - 1 && fits > 0)))
            take(line, margins, seen);
    }
}

/* LINE with its numbers as #, since page numbers change from page to page. */
static struct span shape_of(struct span line, struct buf *to)
{
    buf_clear(to);
    line = trim(line);
    bool digit = false;
    for (size_t i = 0; i < line.len; i++) {
        bool is = isdigit((unsigned char)line.at[i]) != 0;
        if (!is)
            buf_addc(to, line.at[i]);
        else if (!digit)
            buf_addc(to, '#');
        digit = is;
    }
    return buf_span(to);
}

/* Takes the outermost line of each page if most pages have the same there. Whether any was. */
static bool take_repeated(struct pages *p, bool bottom, struct buf *margins, struct intern *seen)
{
    struct intern shapes = {0};
    size_t *counts = NULL, cap = 0;
    struct buf scratch = {0};
    for (size_t i = 0; i < p->pages; i++) {
        const struct line *line = edge_line(p, i, 0, bottom);
        struct span shape = line ? shape_of(line->text, &scratch) : SPAN("");
        if (!line || !margins_repeat(line->text, p->pages))
            continue;
        size_t before = shapes.count, at = intern_add(&shapes, shape);
        counts = array_grow(counts, &cap, shapes.count, sizeof *counts);
        counts[at] = shapes.count > before ? 1 : counts[at] + 1;
    }
    bool any = false;
    for (size_t i = 0; i < p->pages; i++) {
        struct line *line = edge_line(p, i, 0, bottom);
        size_t at = line ? intern_find(&shapes, shape_of(line->text, &scratch)) : INTERN_NONE;
        if (at == INTERN_NONE || counts[at] * 2 < p->pages ||
            !margins_repeat(line->text, counts[at]))
            continue;
        take(line, margins, seen);
        any = true;
    }
    free(counts);
    intern_free(&shapes);
    buf_free(&scratch);
    return any;
}

static void take_margins(struct pages *p, struct buf *margins)
{
    struct intern seen = {0};
    for (size_t i = 0; i < EDGE; i++) {
        take_numbers(p, true, margins, &seen);
        take_numbers(p, false, margins, &seen);
        if (p->pages < 2)
            break;
        bool top = take_repeated(p, false, margins, &seen);
        if (!take_repeated(p, true, margins, &seen) && !top)
            break;
    }
    intern_free(&seen);
}

/* Words of the document, to tell a word that was cut from one with a hyphen. */
static void gather_words(struct span text, struct intern *words)
{
    for (size_t i = 0; i < text.len;) {
        size_t from = i;
        while (i < text.len && (isalpha((unsigned char)text.at[i]) || (text.at[i] & 0x80) ||
                                (text.at[i] == '-' && i > from)))
            i++;
        if (i > from + 1 && text.at[i - 1] != '-')
            intern_add(words, (struct span){text.at + from, i - from});
        i += i == from;
    }
}

static bool is_word(const struct intern *words, struct span a, struct span b, bool hyphen)
{
    struct buf word = {0};
    buf_add(&word, a);
    if (hyphen)
        buf_addc(&word, '-');
    buf_add(&word, b);
    bool found = intern_find(words, buf_span(&word)) != INTERN_NONE;
    buf_free(&word);
    return found;
}

/* The letters at the end of LINE before its hyphen; empty if it does not end so. */
static struct span cut_word(struct span line)
{
    if (line.len < 3 || line.at[line.len - 1] != '-')
        return SPAN("");
    size_t from = line.len - 1;
    while (from > 0 && (isalpha((unsigned char)line.at[from - 1]) || (line.at[from - 1] & 0x80)))
        from--;
    return (struct span){line.at + from, line.len - 1 - from};
}

static struct span first_word(struct span line)
{
    size_t len = 0;
    while (len < line.len && (islower((unsigned char)line.at[len]) || (line.at[len] & 0x80)))
        len++;
    return (struct span){line.at, len};
}

/* Whether the word before a hyphen keeps it: it makes compounds, or both halves are words. */
static bool keeps_hyphen(const struct intern *words, struct span a, struct span b)
{
    static const struct span makers[] = {
        SPAN_ROW("self"),  SPAN_ROW("non"),  SPAN_ROW("co"),    SPAN_ROW("pre"),   SPAN_ROW("well"),
        SPAN_ROW("full"),  SPAN_ROW("part"), SPAN_ROW("long"),  SPAN_ROW("short"), SPAN_ROW("in"),
        SPAN_ROW("out"),   SPAN_ROW("on"),   SPAN_ROW("off"),   SPAN_ROW("third"), SPAN_ROW("open"),
        SPAN_ROW("multi"), SPAN_ROW("ex"),   SPAN_ROW("cross"), SPAN_ROW("high"),  SPAN_ROW("low")};
    if (is_word(words, a, b, true))
        return true;
    if (is_word(words, a, b, false))
        return false;
    for (size_t i = 0; i < sizeof makers / sizeof *makers; i++)
        if (span_eq(a, makers[i]))
            return true;
    return a.len > 2 && b.len > 2 && is_word(words, a, SPAN(""), false) &&
           is_word(words, b, SPAN(""), false);
}

/* The next line of the same page that is neither taken nor blank directly behind I, or NULL. */
static struct line *follower(struct pages *p, size_t i)
{
    for (size_t j = i + 1; j < p->count; j++) {
        if (p->lines[j].taken)
            continue;
        bool far = p->lines[j].page == p->lines[i].page && trim(p->lines[j].text).len == 0;
        if (far)
            return NULL;
        if (trim(p->lines[j].text).len)
            return &p->lines[j];
    }
    return NULL;
}

/* Whether LINE is a row of cells, or GAP spaces stand within its text: then it is of columns. */
static bool has_columns(struct span line)
{
    size_t spaces = 0;
    if (line.len && memchr(line.at, '\t', line.len))
        return true;
    line = trim(line);
    for (size_t i = 0; i < line.len; i++) {
        spaces = line.at[i] == ' ' ? spaces + 1 : 0;
        if (spaces >= GAP)
            return true;
    }
    return false;
}

/* Writes LINE; the rest of a word that it cuts comes up from the next one. */
static void write_line(struct pages *p, size_t i, const struct intern *words, struct buf *to)
{
    struct span line = trim(p->lines[i].text);
    struct line *next = follower(p, i);
    struct span head = cut_word(line);
    struct span rest = next ? trim(next->text) : SPAN("");
    struct span tail = first_word(rest);
    if (head.len == 0 || tail.len == 0 || has_columns(line) || has_columns(rest)) {
        buf_add(to, line);
        return;
    }
    bool keep = keeps_hyphen(words, head, tail);
    buf_add(to, (struct span){line.at, line.len - (keep ? 0 : 1)});
    size_t len = tail.len; /* what clings to the word comes along: a comma, a bracket */
    while (len < rest.len && rest.at[len] != ' ')
        len++;
    buf_add(to, (struct span){rest.at, len});
    next->text = (struct span){rest.at + len, rest.len - len};
    next->taken = trim(next->text).len == 0;
}

/* Columns are separated by tabs; a number in front of a line is set apart from it, too, but makes
 * none. */
static void write_columns(struct span line, struct buf *to)
{
    struct label label;
    size_t behind = 0;
    bool row = memchr(line.at, '\t', line.len) != NULL;
    while (line.len && (line.at[0] == ' ' || (!row && isspace((unsigned char)line.at[0]))))
        line = (struct span){line.at + 1, line.len - 1};
    while (line.len && isspace((unsigned char)line.at[line.len - 1]))
        line.len--;
    if (!label_read(line, 0, &label, &behind) || label.word == LABEL_SECTION)
        behind = 0;
    for (size_t i = 0; i < line.len;) {
        size_t spaces = 0;
        while (i + spaces < line.len && line.at[i + spaces] == ' ')
            spaces++;
        if (spaces >= GAP && i + spaces > behind)
            buf_addc(to, '\t');
        else if (spaces)
            buf_addc(to, ' ');
        i += spaces;
        if (i < line.len)
            buf_addc(to, line.at[i++]);
    }
}

/* Makes rows of the tables of each page, a tab between their cells. */
static void make_rows(struct pages *p, struct arena *a)
{
    size_t cap = 0;
    struct columns_line *lines = array_grow(NULL, &cap, p->count + 1, sizeof *lines);
    for (size_t i = 0; i < p->count; i++)
        lines[i] = (struct columns_line){p->lines[i].text, p->lines[i].taken};
    for (size_t page = 0; page < p->pages; page++)
        columns_rows(lines + p->starts[page], p->starts[page + 1] - p->starts[page], a);
    for (size_t i = 0; i < p->count; i++) {
        p->lines[i].text = lines[i].text;
        p->lines[i].taken = lines[i].dropped;
    }
    free(lines);
}

static void write_text(struct pages *p, const struct intern *words, struct buf *to)
{
    size_t blanks = 0, page = 0;
    for (size_t i = 0; i < p->count; i++) {
        struct line *line = &p->lines[i];
        for (; page < line->page; page++, blanks = 0) {
            while (to->len && to->at[to->len - 1] == '\n')
                to->len--;
            if (to->len)
                buf_addc(to, '\n');
            buf_addc(to, '\f');
        }
        if (line->taken)
            continue;
        if (trim(line->text).len == 0) {
            if (to->len && to->at[to->len - 1] != '\f' && blanks++ == 0)
                buf_addc(to, '\n');
            continue;
        }
        blanks = 0;
        if (has_columns(line->text))
            write_columns(line->text, to);
        else
            write_line(p, i, words, to);
        buf_addc(to, '\n');
    }
    while (to->len && to->at[to->len - 1] == '\n')
        to->len--;
}

/* Pages without any text among others with some: scanned ones, mostly. */
static void note_empty(const struct pages *p, struct letter *l)
{
    for (size_t i = 0; i < p->pages; i++) {
        bool any = false;
        for (size_t j = p->starts[i]; j < p->starts[i + 1] && !any; j++)
            any = trim(p->lines[j].text).len != 0;
        if (!any)
            letter_note(l, "page %zu has no text", i + 1);
    }
}

void pages_read(struct span text, struct letter *l)
{
    struct pages p = {0};
    struct intern words = {0};
    struct buf plain = {0};
    struct arena rows = {0};
    buf_add(&plain, text);
    plain_clean(&plain);
    bool theta = plain.len && memmem(plain.at, plain.len, "\xc6\x9f", 2);
    if (theta)
        letter_note(l,
                    "holds Ɵ (U+019F), which is often the letters ti, tt or ft: look at the file");
    cut_lines(&p, buf_span(&plain));
    l->pages = p.pages;
    take_margins(&p, &l->margins);
    gather_words(buf_span(&plain), &words);
    note_empty(&p, l);
    make_rows(&p, &rows);
    write_text(&p, &words, &l->text);
    while (l->margins.len && l->margins.at[l->margins.len - 1] == '\n')
        l->margins.len--;
    intern_free(&words);
    buf_free(&plain);
    arena_free(&rows);
    free(p.lines);
    free(p.starts);
}
