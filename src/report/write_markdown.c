/* write_markdown -- tables as GitHub and pandoc both render them.
 *
 * Pipe tables have neither spanning heads nor captions, so what the columns are of stands
 * in a line before the table. Whatever either would take for markup is escaped. */
#include "writers.h"

#include "methods.h"

#define LINE ((size_t)110) /* wider tables are turned or split */
#define GAP ((size_t)3)    /* " | " */

static struct span escape(char c)
{
    static const char special[] = "\\`*_{}[]()#+-.!|~$@:/\"'^=";
    static char escaped[sizeof special][2];
    if (c == '<')
        return SPAN("&lt;");
    if (c == '>')
        return SPAN("&gt;");
    if (c == '&')
        return SPAN("&amp;");
    const char *found = c ? strchr(special, c) : NULL;
    if (!found)
        return (struct span){0};
    char *pair = escaped[found - special];
    pair[0] = '\\';
    pair[1] = c;
    return (struct span){pair, 2};
}

/* "1." or "1)" at the start of a text. */
static bool is_list_mark(struct span text, size_t i)
{
    size_t digits = 0;
    while (digits < i && text.at[digits] >= '0' && text.at[digits] <= '9')
        digits++;
    return i > 0 && digits == i;
}

/* Most punctuation marks up only at some places; escaped everywhere, plain text would be
 * hard to read. So: what always may, and of the rest only where it does. */
static bool is_markup(struct span text, size_t i)
{
    char c = text.at[i];
    char before = i > 0 ? text.at[i - 1] : ' ', after = i + 1 < text.len ? text.at[i + 1] : ' ';
    switch (c) {
    case '\\':
    case '`':
    case '*':
    case '_':
    case '[':
    case ']':
    case '#':
    case '|':
    case '~':
    case '$':
    case '^':
    case '<':
    case '&':
    case '@': /* a name on GitHub, a citation in pandoc */
        return true;
    case '>': /* a quotation */
        return i == 0;
    case ':': /* https:// and :emoji: */
        return after != ' ';
    case '.': /* www.example */
        return before == 'w' || is_list_mark(text, i);
    case ')':
        return is_list_mark(text, i);
    case '+':
    case '-': /* a list, a rule */
    case '=':
        return i == 0 || (c == '-' && before == '-');
    case '!':
        return after == '[';
    default:
        return false;
    }
}

static void add_text(struct buf *b, struct span text)
{
    for (size_t i = 0; i < text.len; i++)
        if (is_markup(text, i))
            buf_add(b, escape(text.at[i]));
        else
            buf_addc(b, text.at[i]);
}

static void write_row(struct buf *b, const struct grid *g, size_t row)
{
    for (size_t c = 0; c < g->columns; c++) {
        buf_add(b, SPAN("| "));
        add_text(b, grid_at(g, row, c)->text);
        buf_addc(b, ' ');
    }
    buf_add(b, SPAN("|\n"));
}

static void write_part(struct buf *b, const struct grid *g)
{
    if (g->spanner.len) {
        buf_add(b, SPAN("Columns: "));
        add_text(b, g->spanner);
        buf_add(b, SPAN(".\n\n"));
    }
    write_row(b, g, 0);
    buf_add(b, SPAN("|---"));
    for (size_t c = 1; c < g->columns; c++)
        buf_add(b, SPAN("|---:"));
    buf_add(b, SPAN("|\n"));
    for (size_t r = 1; r < g->rows; r++)
        write_row(b, g, r);
    buf_addc(b, '\n');
}

static void write_grid(struct buf *b, const struct grid *g)
{
    size_t count = 0;
    if (g->rows == 0)
        return;
    struct grid *parts = grid_fit(g, LINE, GAP, 2, &count);
    for (size_t i = 0; i < count; i++)
        write_part(b, &parts[i]);
}

static void write_notes(struct buf *b, const struct layout *l, enum layout_note_kind first,
                        enum layout_note_kind last)
{
    for (size_t i = 0; i < l->note_count; i++) {
        if (l->notes[i].kind < first || l->notes[i].kind > last)
            continue;
        add_text(b, l->notes[i].text);
        buf_add(b, SPAN("\n\n"));
    }
}

static void write_layout(void *context, const struct layout *l)
{
    struct filter *f = context;
    struct buf *b = &f->out.buf;
    buf_add(b, SPAN("## "));
    add_text(b, l->title);
    buf_add(b, SPAN("\n\n"));
    write_grid(b, &l->counts);
    write_notes(b, l, LAYOUT_BASE, LAYOUT_BOUNDS);
    write_grid(b, &l->missing);
    if (l->tests.rows) {
        write_notes(b, l, LAYOUT_SENTENCE, LAYOUT_EXPLANATION);
        write_grid(b, &l->tests);
        write_notes(b, l, LAYOUT_WARNING, LAYOUT_WARNING);
    } else {
        write_notes(b, l, LAYOUT_SENTENCE, LAYOUT_WARNING);
    }
    f->written++;
    if (b->len >= OUTPUT_BLOCK)
        output_flush(&f->out);
}

static void write_methods(struct results *s, struct buf *b)
{
    struct methods m = methods_of(s);
    buf_add(b, SPAN("## Methods\n\n"));
    for (size_t i = 0; i < m.count; i++) {
        if (methods_is_item(&m, i))
            buf_add(b, SPAN("- "));
        add_text(b, m.parts[i].text);
        buf_add(b,
                methods_is_item(&m, i) && methods_is_item(&m, i + 1) ? SPAN("\n") : SPAN("\n\n"));
    }
    methods_free(&m);
}

void write_markdown(struct results *s, struct filter *f)
{
    if (s->options.title || s->cells.labels.title.at) {
        buf_add(&f->out.buf, SPAN("# "));
        add_text(&f->out.buf, results_title(s));
        buf_add(&f->out.buf, SPAN("\n\n"));
    }
    layout_each(s, write_layout, f);
    if (methods_are_told(s))
        write_methods(s, &f->out.buf);
}
