/* paper -- the text of a document as clean lines. */
#include "paper.h"

#include <stdlib.h>

#include "text/clean.h"
#include "text/columns.h"
#include "text/margins.h"

#define FAR 40         /* columns to the right of which only headers start a page */
#define QUOTED_LINES 3 /* that begin with a mark, at which marks are those of a mail program */
#define LEADER_MARKS 4
#define EDGE 3 /* lines at the top or bottom of a page that may be its header or footer */

/* ---- lines as they came ---- */

struct paper_raw {
    struct span text; /* without its end; tabs and spaces as they stand */
    uint32_t page, line;
    bool dropped; /* the page's, or taken into another line */
    bool counts;  /* ends in a page's number of so many */
    bool turns;   /* from another's words to the writer's, or back */
};

static bool is_blank(struct span text)
{
    for (size_t i = 0; i < text.len; i++)
        if (text.at[i] != ' ' && text.at[i] != '\t' && text.at[i] != '\r')
            return false;
    return true;
}

static void add_raw(struct paper *l, struct span text, uint32_t page, uint32_t line)
{
    if (text.len && text.at[text.len - 1] == '\r')
        text.len--;
    l->raw = array_grow(l->raw, &l->raw_cap, l->raw_count + 1, sizeof *l->raw);
    l->raw[l->raw_count++] = (struct paper_raw){.text = text, .page = page, .line = line};
}

/* The bytes of the marks that a mail program puts before the lines of another's mail: "> > ". */
static size_t quote_marks(struct span text)
{
    size_t end = 0;
    for (size_t i = 0; i < text.len && (text.at[i] == '>' || text.at[i] == ' '); i++)
        if (text.at[i] == '>')
            end = i + 1;
    return end == text.len || (end && strchr(" \t\r", text.at[end])) ? end : 0;
}

/* Takes those marks away where several lines have them; what stands between such lines and others
 * is the end of a paragraph. */
static void drop_quote_marks(struct paper *l)
{
    size_t marked = 0;
    for (size_t i = 0; i < l->raw_count; i++)
        marked += quote_marks(l->raw[i].text) > 0;
    bool before = false;
    for (size_t i = 0; i < l->raw_count && marked >= QUOTED_LINES; i++) {
        struct paper_raw *r = &l->raw[i];
        size_t len = quote_marks(r->text);
        r->turns = i > 0 && (len > 0) != before;
        before = len > 0;
        r->text = (struct span){r->text.at + len, r->text.len - len};
    }
}

static void split_lines(struct paper *l, struct span text)
{
    uint32_t page = 1, line = 1;
    const char *start = text.at, *end = span_end(text);
    for (const char *at = start; at < end; at++) {
        if (*at != '\n' && *at != '\f')
            continue;
        if (*at == '\n' || at > start)
            add_raw(l, span_from(start, at), page, line++);
        if (*at == '\f') {
            page++;
            line = 1;
        }
        start = at + 1;
    }
    if (start < end)
        add_raw(l, span_from(start, end), page, line);
}

/* ---- headers, footers, page numbers ---- */

/* TEXT with its digits made one and its spaces gone: "Page 2 of 3" is "Page#of#". */
static struct span shape_of(struct paper *l, struct span text)
{
    buf_clear(&l->scratch);
    for (size_t i = 0; i < text.len; i++) {
        char c = text.at[i];
        if (c == ' ' || c == '\t')
            continue;
        bool digit = c >= '0' && c <= '9';
        if (digit && l->scratch.len && l->scratch.at[l->scratch.len - 1] == '#')
            continue;
        buf_addc(&l->scratch, digit ? '#' : c);
    }
    return buf_span(&l->scratch);
}

/* Whether SHAPE is nothing but a page's number: "Page # of #", "- # -". A bare number is one if it
 * is that of the page. */
static bool is_page_number(struct span shape, struct span text, uint32_t page, bool alone)
{
    static const struct span forms[] = {
        SPAN_ROW("Page#of#"), SPAN_ROW("page#of#"), SPAN_ROW("-#-"),     SPAN_ROW("Page#"),
        SPAN_ROW("PAGE#OF#"), SPAN_ROW("#|Page"),   SPAN_ROW("Page#|#"), SPAN_ROW("Page|#"),
    };
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++)
        if (span_eq(shape, forms[i]))
            return true;
    static const struct span tail = SPAN_ROW("Page#of#");
    if (shape.len > tail.len &&
        span_eq((struct span){shape.at + shape.len - tail.len, tail.len}, tail))
        return true;
    if (alone || !span_eq(shape, SPAN("#")))
        return false;
    size_t number = 0;
    for (size_t i = 0; i < text.len; i++)
        if (text.at[i] >= '0' && text.at[i] <= '9' && number < 100000)
            number = number * 10 + (size_t)(text.at[i] - '0');
    return number == page;
}

/* A header or footer that only one page shows: at the top far to the right, at the bottom a number
 * behind a full stop. */
static bool is_lone_edge(struct paper *l, size_t line, size_t place, bool bottom)
{
    const struct paper_raw *r = &l->raw[line];
    size_t indent = strspn(r->text.at, " "), before = line;
    if (place > 0)
        return false;
    if (!bottom)
        return r->page > 1 && indent >= FAR && r->text.len < indent + FAR;
    bool last_page = r->page == l->raw[l->raw_count - 1].page;
    if (last_page || !span_eq(shape_of(l, r->text), SPAN("#")))
        return false;
    while (before > 0 && is_blank(l->raw[before - 1].text))
        before--;
    struct span text = before ? l->raw[before - 1].text : r->text;
    return text.len && (text.at[text.len - 1] == '.' || before < line);
}

/* The lines at an edge of page [FIRST, LAST), the I-th from it, or RAW_COUNT. */
static size_t edge_line(const struct paper *l, size_t first, size_t last, size_t i, bool bottom)
{
    size_t seen = 0;
    for (size_t k = 0; k < last - first; k++) {
        size_t line = bottom ? last - 1 - k : first + k;
        if (!is_blank(l->raw[line].text) && seen++ == i)
            return line;
    }
    return l->raw_count;
}

static size_t page_end(const struct paper *l, size_t first)
{
    size_t last = first;
    while (last < l->raw_count && l->raw[last].page == l->raw[first].page)
        last++;
    return last;
}

/* Counts the pages that have each shape at their edges; EDGES by line, NULL where none. */
static void count_edges(struct paper *l, struct intern *shapes, size_t **pages, size_t *cap)
{
    for (size_t first = 0; first < l->raw_count;) {
        size_t last = page_end(l, first);
        for (size_t i = 0; i < 2 * (size_t)EDGE; i++) {
            size_t line = edge_line(l, first, last, i / 2, i % 2);
            if (line == l->raw_count)
                continue;
            size_t known = shapes->count;
            size_t at = intern_add(shapes, shape_of(l, l->raw[line].text));
            *pages = array_grow(*pages, cap, at + 1, sizeof **pages);
            if (at == known)
                (*pages)[at] = 0;
            (*pages)[at]++;
        }
        first = last;
    }
}

/* A question may head several pages' tables. */
static bool may_repeat(struct span text, size_t pages)
{
    return margins_repeat(text, pages) && text.at[text.len - 1] != '?';
}

/* A line below a page's number that stands below another one, too: the rest of a header. */
static void drop_beside(struct paper *l)
{
    size_t other = SIZE_MAX;
    for (size_t i = 0; i + 1 < l->raw_count; i++) {
        if (!l->raw[i].counts || is_blank(l->raw[i + 1].text))
            continue;
        if (other != SIZE_MAX && span_eq(l->raw[other].text, l->raw[i + 1].text))
            l->raw[other].dropped = l->raw[i + 1].dropped = true;
        other = i + 1;
    }
}

/* "Page 1 of 2" on a line of its own is of a page wherever it stands: where the letter was copied
 * out of its file, the pages' ends are gone. */
static void drop_counts(struct paper *l)
{
    for (size_t i = 0; i < l->raw_count; i++) {
        struct span shape = shape_of(l, l->raw[i].text);
        size_t len = sizeof "Page#of#" - 1;
        if (shape.len < len)
            continue;
        struct span tail = {shape.at + shape.len - len, len};
        if (span_eq(tail, SPAN("Page#of#")) || span_eq(shape, SPAN("PAGE#OF#"))) {
            l->raw[i].dropped = true;
            l->raw[i].counts = true;
        }
    }
    drop_beside(l);
}

static void drop_edges(struct paper *l)
{
    struct intern shapes = {0};
    size_t *pages = NULL, cap = 0;
    bool alone = l->raw_count == 0 || l->raw[l->raw_count - 1].page == 1;
    if (!alone)
        count_edges(l, &shapes, &pages, &cap);
    for (size_t first = 0; first < l->raw_count;) {
        size_t last = page_end(l, first);
        for (size_t i = 0; i < 2 * (size_t)EDGE; i++) {
            size_t line = edge_line(l, first, last, i / 2, i % 2);
            if (line == l->raw_count)
                continue;
            struct paper_raw *r = &l->raw[line];
            struct span shape = shape_of(l, r->text);
            size_t at = alone ? INTERN_NONE : intern_find(&shapes, shape);
            r->dropped |= is_page_number(shape, r->text, r->page, alone) ||
                          (at != INTERN_NONE && may_repeat(r->text, pages[at])) ||
                          is_lone_edge(l, line, i / 2, i % 2);
        }
        first = last;
    }
    intern_free(&shapes);
    free(pages);
}

/* ---- columns ---- */

/* Puts columns made of spaces into rows of cells, a page at a time. */
static void make_rows(struct paper *l)
{
    l->rows = array_grow(l->rows, &l->rows_cap, l->raw_count + 1, sizeof *l->rows);
    for (size_t i = 0; i < l->raw_count; i++)
        l->rows[i] = (struct columns_line){l->raw[i].text, l->raw[i].dropped};
    for (size_t first = 0; first < l->raw_count;) {
        size_t last = page_end(l, first);
        columns_rows(l->rows + first, last - first, &l->arena);
        first = last;
    }
    for (size_t i = 0; i < l->raw_count; i++) {
        l->raw[i].text = l->rows[i].text;
        l->raw[i].dropped = l->rows[i].dropped;
    }
}

/* The bytes of a leader at the start of TEXT: "........", ". . . .", "____". */
static size_t leader(struct span text)
{
    size_t marks = 0, end = 0;
    char mark = text.len ? text.at[0] : '\0';
    if (mark != '.' && mark != '_')
        return 0;
    for (size_t i = 0; i < text.len && (text.at[i] == mark || text.at[i] == ' '); i++)
        if (text.at[i] == mark) {
            marks++;
            end = i + 1;
        }
    return marks >= LEADER_MARKS ? end : 0;
}

static bool ends_in_colon(struct span text)
{
    while (text.len && text.at[text.len - 1] == ' ')
        text.len--;
    return text.len && text.at[text.len - 1] == ':';
}

/* A leader between a question and its answer parts them as a cell's border does. */
static void cut_leaders(struct paper *l)
{
    for (size_t i = 0; i < l->raw_count; i++) {
        struct span text = l->raw[i].text;
        size_t at = 0, len = 0;
        while (at < text.len && !(len = leader((struct span){text.at + at, text.len - at})))
            at++;
        struct span behind = {text.at + at + len, text.len - at - len};
        if (!len || is_blank((struct span){text.at, at}))
            continue;
        if (is_blank(behind)) { /* "Since: ......", left open */
            l->raw[i].dropped |= ends_in_colon((struct span){text.at, at});
            continue;
        }
        buf_clear(&l->scratch);
        buf_add(&l->scratch, (struct span){text.at, at});
        buf_addc(&l->scratch, '\t');
        buf_add(&l->scratch, behind);
        l->raw[i].text = arena_copy(&l->arena, buf_span(&l->scratch));
    }
}

/* ---- the clean text ---- */

/* The cells of TEXT, clean, with tabs between; gives their number. */
static uint32_t add_cells(struct paper *l, struct span text)
{
    uint32_t cells = 1;
    const char *end = span_end(text);
    for (const char *at = text.at;; at++) {
        const char *tab = memchr(at, '\t', (size_t)(end - at));
        struct span cell = span_from(at, tab ? tab : end);
        buf_add(&l->text, clean_text(cell, &l->clean));
        if (!tab)
            return cells;
        buf_addc(&l->text, '\t');
        cells++;
        at = tab;
    }
}

size_t paper_bullet(struct span text)
{
    static const struct span bullets[] = {SPAN_ROW("\u2022"), SPAN_ROW("\u25AA"),
                                          SPAN_ROW("\u25E6"), SPAN_ROW("\u2023"),
                                          SPAN_ROW("\u00B7"), SPAN_ROW("\uF0B7")};
    for (size_t i = 0; i < sizeof bullets / sizeof *bullets; i++)
        if (span_starts(text, bullets[i]))
            return bullets[i].len;
    return 0;
}

/* Tabs in front only push a line in, as one behind a bullet does; those of a row stand between
 * cells. */
static struct span without_indent(struct span text)
{
    size_t i = 0, tabs = 0;
    while (i < text.len && (text.at[i] == ' ' || text.at[i] == '\t'))
        tabs += text.at[i++] == '\t';
    const char *at = text.at + i;
    size_t behind = paper_bullet((struct span){at, text.len - i});
    if (behind && i + behind < text.len && at[behind] == '\t')
        return without_indent((struct span){at + behind, text.len - i - behind});
    bool row = memchr(at, '\t', text.len - i) != NULL;
    return tabs && row ? text : (struct span){at, text.len - i};
}

static void add_line(struct paper *l, const struct paper_raw *r, bool apart)
{
    size_t start = l->text.len;
    uint32_t cells = add_cells(l, without_indent(r->text));
    size_t end = l->text.len;
    while (end > start && (l->text.at[end - 1] == '\t' || l->text.at[end - 1] == ' '))
        end--;
    l->text.len = end;
    if (end == start)
        return;
    l->lines = array_grow(l->lines, &l->cap, l->count + 1, sizeof *l->lines);
    l->lines[l->count++] =
        (struct paper_line){(uint32_t)start, (uint32_t)end, r->page, r->line, cells, apart};
    buf_addc(&l->text, '\n');
}

/* Whether TEXT ends in the middle of a sentence. */
static bool goes_on(const struct paper *l)
{
    if (l->text.len < 2)
        return false;
    char c = l->text.at[l->text.len - 2];
    return (c >= 'a' && c <= 'z') || c == ',';
}

static void add_lines(struct paper *l)
{
    bool apart = false;
    uint32_t page = 1;
    for (size_t i = 0; i < l->raw_count; i++) {
        const struct paper_raw *r = &l->raw[i];
        if (r->page != page) /* a sentence may go over the page's end */
            apart = !goes_on(l);
        page = r->page;
        apart |= r->turns;
        if (r->dropped)
            continue;
        if (is_blank(r->text)) {
            apart |= i == 0 || l->raw[i - 1].page == page || !goes_on(l);
            continue;
        }
        add_line(l, r, apart);
        apart = false;
    }
}

static void find_words(struct paper *l, struct questions *q)
{
    tokens_split(&l->words, buf_span(&l->text));
    l->stems = array_grow(l->stems, &l->stems_cap, l->words.count + 1, sizeof *l->stems);
    l->plain = array_grow(l->plain, &l->plain_cap, l->words.count + 1, sizeof *l->plain);
    for (size_t i = 0; i < l->words.count; i++) {
        struct span word = tokens_lower(&l->words, i);
        l->stems[i] = questions_stem(q, word);
        l->plain[i] = questions_plain(word);
    }
}

void paper_read(struct paper *l, struct questions *q, struct span text)
{
    l->raw_count = l->count = 0;
    buf_clear(&l->text);
    arena_clear(&l->arena);
    split_lines(l, text);
    drop_quote_marks(l);
    drop_counts(l);
    drop_edges(l);
    make_rows(l);
    cut_leaders(l);
    add_lines(l);
    find_words(l, q);
}

size_t paper_line_at(const struct paper *l, size_t offset)
{
    size_t low = 0, high = l->count;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (l->lines[middle].start <= offset)
            low = middle;
        else
            high = middle;
    }
    return low;
}

size_t paper_cut(const struct paper *l, size_t line, struct paper_cell *cells, size_t most)
{
    size_t count = 0, start = l->lines[line].start, end = l->lines[line].end;
    for (size_t at = start; at <= end && count < most; at++)
        if (at == end || l->text.at[at] == '\t') {
            cells[count++] = (struct paper_cell){start, at};
            start = at + 1;
        }
    return count;
}

void paper_free(struct paper *l)
{
    buf_free(&l->text);
    free(l->lines);
    tokens_free(&l->words);
    free(l->stems);
    free(l->plain);
    free(l->raw);
    free(l->rows);
    arena_free(&l->arena);
    buf_free(&l->scratch);
    buf_free(&l->clean);
    *l = (struct paper){0};
}
