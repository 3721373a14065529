#include "report/page.h"

#include <stdlib.h>
#include <utf8proc.h>

#include "base/utf8.h"

#define TEXT_COLUMNS 78 /* where notes of plain text are wrapped */

struct page page_new(struct arena *a, struct span title, size_t rows, size_t columns)
{
    struct page p = {.arena = a, .title = title, .rows = rows, .columns = columns};
    if (columns > 0 && rows > SIZE_MAX / columns)
        rows = SIZE_MAX; /* arena_array() refuses it */
    p.texts = arena_array(a, rows * columns, sizeof *p.texts);
    return p;
}

void page_note(struct page *p, struct span text)
{
    p->notes = array_grow(p->notes, &p->note_cap, p->note_count + 1, sizeof *p->notes);
    p->notes[p->note_count++] = arena_copy(p->arena, text);
}

void page_free(struct page *p)
{
    free(p->notes);
    p->notes = NULL;
}

/* The terminal columns that TEXT takes. */
static size_t width(struct span text)
{
    size_t columns = 0;
    for (const char *at = text.at, *end = at + text.len; at < end;) {
        int wide = utf8proc_charwidth((utf8proc_int32_t)utf8_next(&at));
        columns += wide > 0 ? (size_t)wide : 0;
    }
    return columns;
}

static void repeat(struct buf *b, char c, size_t count)
{
    buf_reserve(b, count);
    for (size_t i = 0; i < count; i++)
        buf_addc(b, c);
}

static struct span text_at(const struct page *p, size_t row, size_t column)
{
    return p->texts[row * p->columns + column];
}

/* --- plain text --- */

static void write_row(struct buf *b, const struct page *p, size_t row, const size_t *widths)
{
    repeat(b, ' ', 2);
    for (size_t c = 0; c < p->columns; c++) {
        struct span text = text_at(p, row, c);
        size_t gap = widths[c] - width(text);
        if (c > 0)
            repeat(b, ' ', gap + 2);
        buf_add(b, text);
        if (c == 0 && p->columns > 1)
            repeat(b, ' ', gap);
    }
    buf_addc(b, '\n');
}

static bool is_relation(char c)
{
    return c == '=' || c == '<';
}

/* The space behind AT where a line may break: never in "p = .04" or "not_held 3", which
 * read badly in two halves. END if there is none. */
static const char *next_break(const char *at, const char *end)
{
    const char *space = at;
    while (space < end && (space = memchr(space, ' ', (size_t)(end - space)))) {
        char next = space + 1 < end ? space[1] : '\0';
        bool after_relation = space > at && is_relation(space[-1]);
        if (!after_relation && !is_relation(next) && !(next >= '0' && next <= '9'))
            return space;
        space++;
    }
    return end;
}

/* Breaks at spaces; a word longer than the line stands alone. */
static void write_wrapped(struct buf *b, struct span text)
{
    size_t column = 0;
    for (const char *at = text.at, *end = at + text.len; at < end;) {
        const char *space = next_break(at, end);
        struct span word = span_from(at, space);
        size_t columns = width(word);
        if (column > 0 && column + 1 + columns > TEXT_COLUMNS) {
            buf_addc(b, '\n');
            column = 0;
        }
        if (column > 0) {
            buf_addc(b, ' ');
            column++;
        }
        buf_add(b, word);
        column += columns;
        at = space < end ? space + 1 : end;
    }
    buf_addc(b, '\n');
}

static void write_text(struct buf *b, const struct page *p)
{
    size_t *widths = arena_array(p->arena, p->columns, sizeof *widths);
    for (size_t r = 0; r < p->rows; r++)
        for (size_t c = 0; c < p->columns; c++)
            if (width(text_at(p, r, c)) > widths[c])
                widths[c] = width(text_at(p, r, c));
    buf_add(b, p->title);
    buf_addc(b, '\n');
    repeat(b, '=', width(p->title));
    buf_addc(b, '\n');
    for (size_t r = 0; r < p->rows; r++)
        write_row(b, p, r, widths);
    for (size_t n = 0; n < p->note_count; n++)
        write_wrapped(b, p->notes[n]);
    buf_addc(b, '\n');
}

/* --- marked-up forms: which bytes need an escape, and what stands around the texts --- */

static struct span markdown_escape(char c)
{
    switch (c) {
    case '|':
        return SPAN("\\|");
    case '*':
        return SPAN("\\*");
    case '_':
        return SPAN("\\_");
    case '`':
        return SPAN("\\`");
    case '\\':
        return SPAN("\\\\");
    case '#':
        return SPAN("\\#");
    case '[':
        return SPAN("\\[");
    case ']':
        return SPAN("\\]");
    case '<':
        return SPAN("&lt;");
    case '&':
        return SPAN("&amp;");
    default:
        return (struct span){0};
    }
}

static struct span html_escape(char c)
{
    switch (c) {
    case '<':
        return SPAN("&lt;");
    case '>':
        return SPAN("&gt;");
    case '&':
        return SPAN("&amp;");
    case '"':
        return SPAN("&quot;");
    default:
        return (struct span){0};
    }
}

static struct span latex_escape(char c)
{
    switch (c) {
    case '&':
        return SPAN("\\&");
    case '%':
        return SPAN("\\%");
    case '$':
        return SPAN("\\$");
    case '#':
        return SPAN("\\#");
    case '_':
        return SPAN("\\_");
    case '{':
        return SPAN("\\{");
    case '}':
        return SPAN("\\}");
    case '~':
        return SPAN("\\textasciitilde{}");
    case '^':
        return SPAN("\\textasciicircum{}");
    case '\\':
        return SPAN("\\textbackslash{}");
    case '<':
        return SPAN("\\textless{}");
    case '>':
        return SPAN("\\textgreater{}");
    default:
        return (struct span){0};
    }
}

static void write_escaped(struct buf *b, struct span text, struct span (*escape)(char))
{
    for (size_t i = 0; i < text.len; i++) {
        struct span instead = escape(text.at[i]);
        if (instead.at)
            buf_add(b, instead);
        else
            buf_addc(b, (unsigned char)text.at[i] < 0x20 ? ' ' : text.at[i]);
    }
}

static void write_markdown(struct buf *b, const struct page *p)
{
    buf_add(b, SPAN("## "));
    write_escaped(b, p->title, markdown_escape);
    buf_add(b, SPAN("\n\n"));
    for (size_t r = 0; r < p->rows; r++) {
        for (size_t c = 0; c < p->columns; c++) {
            buf_add(b, SPAN("| "));
            write_escaped(b, text_at(p, r, c), markdown_escape);
            buf_addc(b, ' ');
        }
        buf_add(b, SPAN("|\n"));
        for (size_t c = 0; r == 0 && c < p->columns; c++)
            buf_add(b, c == 0 ? SPAN("|---|") : SPAN("---:|"));
        if (r == 0)
            buf_addc(b, '\n');
    }
    if (p->rows > 0)
        buf_addc(b, '\n');
    for (size_t n = 0; n < p->note_count; n++) {
        write_escaped(b, p->notes[n], markdown_escape);
        buf_add(b, SPAN("\n\n"));
    }
}

static void write_html(struct buf *b, const struct page *p)
{
    buf_add(b, SPAN("<section>\n<h2>"));
    write_escaped(b, p->title, html_escape);
    buf_add(b, p->rows ? SPAN("</h2>\n<table>\n") : SPAN("</h2>\n"));
    for (size_t r = 0; r < p->rows; r++) {
        buf_add(b, SPAN("<tr>"));
        for (size_t c = 0; c < p->columns; c++) {
            bool head = r == 0 || c == 0;
            buf_add(b, r == 0 ? SPAN("<th scope=\"col\">")
                              : (head ? SPAN("<th scope=\"row\">") : SPAN("<td>")));
            write_escaped(b, text_at(p, r, c), html_escape);
            buf_add(b, head ? SPAN("</th>") : SPAN("</td>"));
        }
        buf_add(b, SPAN("</tr>\n"));
    }
    if (p->rows)
        buf_add(b, SPAN("</table>\n"));
    for (size_t n = 0; n < p->note_count; n++) {
        buf_add(b, SPAN("<p>"));
        write_escaped(b, p->notes[n], html_escape);
        buf_add(b, SPAN("</p>\n"));
    }
    buf_add(b, SPAN("</section>\n"));
}

static void write_latex(struct buf *b, const struct page *p)
{
    buf_add(b, SPAN("\\begin{table}\n\\caption{"));
    write_escaped(b, p->title, latex_escape);
    buf_add(b, SPAN("}\n"));
    if (p->rows > 0) {
        buf_add(b, SPAN("\\begin{tabular}{l"));
        repeat(b, 'r', p->columns - 1);
        buf_add(b, SPAN("}\n\\hline\n"));
    }
    for (size_t r = 0; r < p->rows; r++) {
        for (size_t c = 0; c < p->columns; c++) {
            if (c > 0)
                buf_add(b, SPAN(" & "));
            write_escaped(b, text_at(p, r, c), latex_escape);
        }
        buf_add(b, r == 0 ? SPAN(" \\\\\n\\hline\n") : SPAN(" \\\\\n"));
    }
    if (p->rows > 0)
        buf_add(b, SPAN("\\hline\n\\end{tabular}\n"));
    for (size_t n = 0; n < p->note_count; n++) {
        buf_add(b, SPAN("\n\\noindent "));
        write_escaped(b, p->notes[n], latex_escape);
        buf_addc(b, '\n');
    }
    buf_add(b, SPAN("\\end{table}\n\n"));
}

void page_begin(struct buf *b, enum page_form form)
{
    if (form == PAGE_HTML)
        buf_add(b, SPAN("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                        "<meta name=\"viewport\" content=\"width=device-width\">\n"
                        "<title>Results</title>\n<style>\n"
                        "body { font-family: serif; max-width: 60em; margin: 2em auto; "
                        "padding: 0 1em; }\n"
                        "section { margin-bottom: 2.5em; overflow-x: auto; }\n"
                        "h2 { font-size: 1em; margin: 0 0 .3em; break-after: avoid; }\n"
                        "table { border-collapse: collapse; font-variant-numeric: tabular-nums; }\n"
                        "th, td { padding: .2em .8em; border-bottom: 1px solid #ccc; "
                        "vertical-align: top; }\n"
                        "th { text-align: left; } td, th + th { text-align: right; }\n"
                        "th:first-child { padding-left: 0; } tr + tr th { font-weight: normal; }\n"
                        "tr { break-inside: avoid; }\n"
                        "p { margin: .4em 0; }\n"
                        "</style>\n</head>\n<body>\n"));
}

void page_end(struct buf *b, enum page_form form)
{
    if (form == PAGE_HTML)
        buf_add(b, SPAN("</body>\n</html>\n"));
}

void page_write(struct buf *b, const struct page *p, enum page_form form)
{
    switch (form) {
    case PAGE_TEXT:
        write_text(b, p);
        break;
    case PAGE_MARKDOWN:
        write_markdown(b, p);
        break;
    case PAGE_HTML:
        write_html(b, p);
        break;
    case PAGE_LATEX:
        write_latex(b, p);
        break;
    }
}
