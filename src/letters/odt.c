/* odt -- an OpenDocument text, as LibreOffice shows it. */
#include <stdint.h>
#include <stdlib.h>

#include "flow.h"
#include "kinds.h"
#include "numbering.h"
#include "package/xml.h"
#include "plain.h"
#include "properties.h"
#include "quoted.h"

#define MAX_LISTS 50000 /* styles of them */

struct odt {
    struct flow flow;
    struct letter *letter;
    struct arena arena;
    struct intern list_names;
    struct numbering_list **lists; /* by the index of the name */
    size_t lists_cap;
    struct numbering_list *defining;

    size_t depth, skip;
    size_t paragraph; /* depth of paragraphs */
    size_t list_depth;
    size_t list; /* in LISTS, of the outermost list that is open; INTERN_NONE: none */
    bool item_begun, space, in_margin;
    size_t deleted, comments, notes, pictures;
    struct buf citation; /* the number of a note */
    bool in_citation, in_note;
    size_t note_depth;
    struct flow note_flow;
};

static struct flow *flow_of(struct odt *o)
{
    return o->in_note ? &o->note_flow : &o->flow;
}

/* Levels of a style of lists, as the styles of Word say it. */
static void define_level(struct odt *o, struct span name, const struct xml_attributes *a)
{
    size_t level = xml_number(xml_attribute(a, "text", "level"), 1);
    if (!o->defining || level < 1 || level > NUMBERING_LEVELS)
        return;
    struct numbering_level *l = &o->defining->levels[level - 1];
    struct span format = xml_attribute(a, "style", "num-format");
    l->start = xml_number(xml_attribute(a, "text", "start-value"), 1);
    if (span_eq(name, SPAN("list-level-style-bullet"))) {
        l->format = SPAN("bullet");
        return;
    }
    l->format = span_eq(format, SPAN("a"))   ? SPAN("lowerLetter")
                : span_eq(format, SPAN("A")) ? SPAN("upperLetter")
                : span_eq(format, SPAN("i")) ? SPAN("lowerRoman")
                : span_eq(format, SPAN("I")) ? SPAN("upperRoman")
                : format.len                 ? SPAN("decimal")
                                             : SPAN("none");
    struct buf text = {0};
    size_t shown = xml_number(xml_attribute(a, "text", "display-levels"), 1);
    buf_add(&text, xml_attribute(a, "style", "num-prefix"));
    for (size_t i = level >= shown ? level - shown + 1 : 1; i <= level; i++)
        buf_addf(&text, "%%%zu%s", i, i < level ? "." : "");
    buf_add(&text, xml_attribute(a, "style", "num-suffix"));
    l->text = arena_copy(&o->arena, buf_span(&text));
    buf_free(&text);
}

static void define_list(struct odt *o, const struct xml_attributes *a)
{
    size_t count = o->list_names.count;
    size_t at = intern_add(&o->list_names, xml_attribute(a, "style", "name"));
    if (at == count) {
        o->lists = array_grow(o->lists, &o->lists_cap, count + 1, sizeof *o->lists);
        o->lists[at] = arena_array(&o->arena, 1, sizeof **o->lists);
    }
    o->defining = o->lists[at];
    *o->defining = (struct numbering_list){0};
    if (at == MAX_LISTS)
        trouble_set(&o->letter->trouble, TROUBLE_TOO_LARGE, "more than %d styles of lists",
                    MAX_LISTS);
}

static void begin_list(struct odt *o, const struct xml_attributes *a)
{
    if (o->list_depth++ > 0)
        return;
    struct span style = xml_attribute(a, "text", "style-name");
    o->list = intern_find(&o->list_names, style);
    bool goes_on = xml_truth(xml_attribute(a, "text", "continue-numbering")) ||
                   xml_attribute(a, "text", "continue-list").at;
    if (o->list != INTERN_NONE && !goes_on)
        memset(o->lists[o->list]->begun, 0, sizeof o->lists[o->list]->begun);
}

static void add(struct odt *o, struct span text)
{
    if (o->in_citation) {
        buf_add(&o->citation, text);
        return;
    }
    if (o->item_begun && o->list != INTERN_NONE && o->list_depth) {
        struct buf label = {0};
        numbering_label(o->lists[o->list], o->list_depth - 1, &label);
        o->item_begun = false;
        flow_add(flow_of(o), buf_span(&label));
        buf_free(&label);
    }
    flow_add(flow_of(o), text);
}

static void begin_note(struct odt *o)
{
    o->in_note = true;
    o->note_depth = o->depth;
    buf_clear(&o->citation);
}

static void end_citation(struct odt *o)
{
    struct buf mark = {0};
    o->in_citation = false;
    buf_addf(&mark, "[%.*s]", (int)o->citation.len, o->citation.len ? o->citation.at : "");
    flow_add(&o->flow, buf_span(&mark));
    buf_addc(&mark, ' ');
    flow_line(&o->note_flow);
    flow_add(&o->note_flow, buf_span(&mark));
    buf_free(&mark);
}

static void start_text(struct odt *o, struct span name, const struct xml_attributes *a)
{
    if (span_eq(name, SPAN("p")) || span_eq(name, SPAN("h"))) {
        o->paragraph++;
        o->space = false;
    } else if (span_eq(name, SPAN("list"))) {
        begin_list(o, a);
    } else if (span_eq(name, SPAN("list-item"))) {
        o->item_begun = true;
    } else if (span_eq(name, SPAN("s"))) {
        size_t count = xml_number(xml_attribute(a, "text", "c"), 1);
        for (size_t i = 0; i < count && i < 100; i++)
            add(o, SPAN(" "));
    } else if (span_eq(name, SPAN("tab"))) {
        add(o, SPAN(" "));
    } else if (span_eq(name, SPAN("line-break"))) {
        add(o, SPAN("\n"));
    } else if (span_eq(name, SPAN("soft-page-break"))) {
        flow_page(&o->flow);
    } else if (span_eq(name, SPAN("note"))) {
        begin_note(o);
    } else if (span_eq(name, SPAN("note-citation"))) {
        o->in_citation = true;
    } else if (span_eq(name, SPAN("image"))) {
        o->pictures++;
    }
}

static void start_table(struct odt *o, struct span name)
{
    if (span_eq(name, SPAN("table")))
        flow_table(flow_of(o));
    else if (span_eq(name, SPAN("table-row")))
        flow_row(flow_of(o));
}

static bool starts_skip(struct odt *o, struct span name)
{
    bool deletions = span_eq(name, SPAN("tracked-changes"));
    bool comment = span_eq(name, SPAN("annotation"));
    o->comments += comment;
    return deletions || comment || span_eq(name, SPAN("forms")) ||
           span_eq(name, SPAN("ruby-text")) || span_eq(name, SPAN("desc")) ||
           span_eq(name, SPAN("sequence-decls"));
}

static void start(void *data, struct span name, const struct xml_attributes *a)
{
    struct odt *o = data;
    o->depth++;
    if (span_eq(name, SPAN("deletion")))
        o->deleted++;
    if (o->skip)
        return;
    if (starts_skip(o, name))
        o->skip = o->depth;
    else if (span_eq(name, SPAN("list-style")))
        define_list(o, a);
    else if (span_starts(name, SPAN("list-level-style-")))
        define_level(o, name, a);
    else {
        start_text(o, name, a);
        start_table(o, name);
    }
}

static void end_paragraph(struct odt *o)
{
    struct flow *f = flow_of(o);
    o->paragraph -= o->paragraph != 0;
    const struct buf *to = flow_target(f);
    if (f->depth == 0 && to->len && to->at[to->len - 1] == '\n')
        buf_addc(&f->text, '\n'); /* an empty paragraph */
    flow_line(f);
}

static void end_table(struct odt *o, struct span name)
{
    if (span_eq(name, SPAN("table")))
        flow_end_table(flow_of(o));
    else if (span_eq(name, SPAN("table-row")))
        flow_end_row(flow_of(o));
    else if (span_eq(name, SPAN("table-cell")) || span_eq(name, SPAN("covered-table-cell")))
        flow_end_cell(flow_of(o));
}

static void end(void *data, struct span name)
{
    struct odt *o = data;
    size_t depth = o->depth--;
    if (o->skip) {
        o->skip = o->skip == depth ? 0 : o->skip;
        return;
    }
    if (span_eq(name, SPAN("p")) || span_eq(name, SPAN("h")))
        end_paragraph(o);
    else if (span_eq(name, SPAN("list")))
        o->list_depth -= o->list_depth != 0;
    else if (span_eq(name, SPAN("list-style")))
        o->defining = NULL;
    else if (span_eq(name, SPAN("note-citation")))
        end_citation(o);
    else if (o->in_note && depth == o->note_depth)
        o->in_note = false;
    else
        end_table(o, name);
}

/* White space in the part is one space. */
static void text(void *data, struct span piece)
{
    struct odt *o = data;
    if (o->skip || o->paragraph == 0)
        return;
    for (size_t i = 0; i < piece.len;) {
        size_t from = i;
        while (i < piece.len && !strchr(" \t\r\n", piece.at[i]))
            i++;
        if (i > from) {
            const struct buf *to = flow_target(flow_of(o));
            if (o->space && to->len && to->at[to->len - 1] != '\n')
                add(o, SPAN(" "));
            o->space = false;
            add(o, (struct span){piece.at + from, i - from});
        }
        while (i < piece.len && strchr(" \t\r\n", piece.at[i])) {
            o->space = true;
            i++;
        }
    }
}

static const struct xml_handler HANDLER = {start, end, text};

static bool is_encrypted(const struct package *p)
{
    struct trouble none = {0};
    struct buf manifest = {0};
    struct part *part = part_open(p, SPAN("META-INF/manifest.xml"), &none);
    if (part)
        part_read_all(part, 1 << 20, &manifest, &none);
    part_close(part);
    bool encrypted = manifest.len && memmem(manifest.at, manifest.len, "encryption-data", 15);
    buf_free(&manifest);
    trouble_free(&none);
    return encrypted;
}

static void free_odt(struct odt *o)
{
    flow_free(&o->flow);
    flow_free(&o->note_flow);
    buf_free(&o->citation);
    free(o->lists);
    intern_free(&o->list_names);
    arena_free(&o->arena);
}

/* Styles that the text uses; headers and footers stand among them as paragraphs. */
static void read_styles(struct odt *o, const struct package *p, struct letter *l)
{
    xml_read(p, SPAN("styles.xml"), &HANDLER, o, &l->trouble);
    flow_finish(&o->flow);
    buf_add(&l->margins, buf_span(&o->flow.text));
    buf_clear(&o->flow.text);
}

void odt_read(struct reader *r, struct span bytes, struct letter *l)
{
    (void)r;
    struct odt o = {.letter = l, .list = INTERN_NONE};
    struct package p = {.bytes = bytes};
    if (is_encrypted(&p)) {
        trouble_set(&l->trouble, TROUBLE_ENCRYPTED, "needs a password");
        return;
    }
    properties_read(&p, SPAN("meta.xml"), l);
    read_styles(&o, &p, l);
    if (!xml_read(&p, SPAN("content.xml"), &HANDLER, &o, &l->trouble))
        trouble_set(&l->trouble, TROUBLE_CORRUPT, "no text in it");
    flow_finish(&o.flow);
    flow_finish(&o.note_flow);
    buf_add(&l->text, buf_span(&o.flow.text));
    if (o.note_flow.text.len) {
        buf_addc(&l->text, '\n');
        buf_add(&l->text, buf_span(&o.note_flow.text));
    }
    l->pages = o.flow.pages ? o.flow.pages + 1 : 0;
    plain_clean(&l->text);
    if (o.deleted)
        letter_note(l, "%zu tracked deletions left out", o.deleted);
    if (o.comments)
        letter_note(l, "%zu comments left out", o.comments);
    if (l->text.len == 0 && o.pictures)
        trouble_set(&l->trouble, TROUBLE_SCANNED, "pictures and no text");
    quoted_split(l);
    quoted_sign(l);
    free_odt(&o);
}
