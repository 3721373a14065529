/* docx -- a Word document, as Word shows it. */
#include <stdint.h>

#include "docx_parts.h"
#include "flow.h"
#include "kinds.h"
#include "plain.h"
#include "properties.h"
#include "quoted.h"

#define MAIN SPAN("word/document.xml")

/* What may be open around a place in the document. */
struct docx {
    struct docx_parts parts;
    struct flow flow, boxes; /* the text; text boxes, which come behind their paragraph */
    struct letter *letter;

    size_t depth, skip; /* elements open; the depth at which what is left out began, or 0 */
    size_t deleted, hidden, placeholders, comments;
    size_t box; /* depth at which a text box began, or 0 */
    bool text;

    size_t num, level; /* of the paragraph; SIZE_MAX: none */
    bool in_properties, in_run_properties, started, vanish, outer_vanish;
    struct buf style;

    size_t box_state; /* of a w14:checkbox: 0 none, 1 empty, 2 ticked */
    bool content, placeholder;
    size_t form_box; /* of an old form field, likewise */
    size_t pictures;
};

static struct flow *flow_of(struct docx *d)
{
    return d->box ? &d->boxes : &d->flow;
}

static struct span value(const struct xml_attributes *a)
{
    return xml_attribute(a, NULL, "val");
}

/* A property that is on unless it says otherwise. */
static bool is_on(const struct xml_attributes *a)
{
    struct span text = value(a);
    return !text.at || xml_truth(text);
}

/* The label of a paragraph's list stands before its first text. */
static void begin_text(struct docx *d)
{
    if (d->started)
        return;
    d->started = true;
    if (d->num == SIZE_MAX && d->style.len)
        docx_parts_style(&d->parts, buf_span(&d->style), &d->num, &d->level);
    if (d->num == SIZE_MAX || d->num == 0)
        return;
    struct buf label = {0};
    docx_parts_label(&d->parts, d->num, d->level, &label);
    flow_add(flow_of(d), buf_span(&label));
    buf_free(&label);
}

static void add(struct docx *d, struct span text)
{
    if (d->vanish) {
        d->hidden++;
        return;
    }
    begin_text(d);
    flow_add(flow_of(d), text);
}

/* Characters of the fonts that draw boxes and ticks. */
static void add_symbol(struct docx *d, const struct xml_attributes *a)
{
    struct span font = xml_attribute(a, NULL, "font"), code = xml_attribute(a, NULL, "char");
    static const struct {
        const char *font, *code, *is;
    } known[] = {
        {"Wingdings", "6F", "☐"},   {"Wingdings", "A8", "☐"},   {"Wingdings", "71", "☐"},
        {"Wingdings", "FE", "☑"},   {"Wingdings", "FD", "☒"},   {"Wingdings", "FC", "✓"},
        {"Wingdings", "FB", "✗"},   {"Wingdings", "78", "☒"},   {"Wingdings 2", "52", "☑"},
        {"Wingdings 2", "54", "☒"}, {"Wingdings 2", "53", "☒"}, {"Wingdings 2", "50", "✓"},
        {"Wingdings 2", "4F", "✗"}, {"Wingdings 2", "A3", "☐"}, {"Wingdings 2", "2A", "☐"},
        {"Symbol", "B7", "•"},      {"Symbol", "2D", "-"},      {"Wingdings", "A7", "•"},
    };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (span_eq(font, span_of(known[i].font)) && code.len >= 2 &&
            span_eq((struct span){code.at + code.len - 2, 2}, span_of(known[i].code))) {
            add(d, span_of(known[i].is));
            return;
        }
    add(d, SPAN("\xef\xbf\xbd"));
    letter_note(d->letter, "a symbol of the font %.*s that has no text", (int)font.len, font.at);
}

static void begin_paragraph(struct docx *d)
{
    d->num = SIZE_MAX;
    d->level = 0;
    d->started = d->vanish = false;
    buf_clear(&d->style);
}

static void end_paragraph(struct docx *d)
{
    struct flow *f = flow_of(d);
    if (!d->started && d->num != SIZE_MAX)
        begin_text(d); /* a number without text */
    if (!d->started && f->depth == 0 && f->text.len)
        buf_addc(&f->text, '\n');
    flow_line(f);
    if (d->box || d->boxes.text.len == 0)
        return;
    flow_finish(&d->boxes);
    flow_add(f, buf_span(&d->boxes.text));
    flow_line(f);
    buf_clear(&d->boxes.text);
}

/* A box stands within a paragraph, which goes on behind it. */
static void begin_box(struct docx *d)
{
    begin_text(d);
    d->box = d->depth;
    d->outer_vanish = d->vanish;
}

static void end_box(struct docx *d)
{
    d->box = 0;
    d->started = true;
    d->vanish = d->outer_vanish;
}

static void set_property(struct docx *d, struct span name, const struct xml_attributes *a)
{
    if (span_eq(name, SPAN("numId"))) {
        d->num = xml_number(value(a), SIZE_MAX);
    } else if (span_eq(name, SPAN("ilvl"))) {
        d->level = xml_number(value(a), 0);
    } else if (span_eq(name, SPAN("pStyle"))) {
        buf_clear(&d->style);
        buf_add(&d->style, value(a));
    } else if (span_eq(name, SPAN("pageBreakBefore")) && is_on(a)) {
        flow_page(&d->flow);
    }
}

/* A reference to a footnote or, in the part of the notes, the note's own number. */
static void add_reference(struct docx *d, const struct xml_attributes *a)
{
    struct span id = xml_attribute(a, NULL, "id");
    struct buf mark = {0};
    buf_addf(&mark, "[%.*s]", (int)id.len, id.at);
    add(d, buf_span(&mark));
    buf_free(&mark);
}

static void add_break(struct docx *d, const struct xml_attributes *a)
{
    if (span_eq(xml_attribute(a, NULL, "type"), SPAN("page"))) {
        flow_line(&d->flow);
        flow_page(&d->flow);
    } else {
        add(d, SPAN("\n"));
    }
}

/* An element that stands for characters. */
static void add_character(struct docx *d, struct span name, const struct xml_attributes *a)
{
    if (span_eq(name, SPAN("tab")) && !d->in_properties)
        add(d, SPAN(" "));
    else if (span_eq(name, SPAN("br")) || span_eq(name, SPAN("cr")))
        add_break(d, a);
    else if (span_eq(name, SPAN("noBreakHyphen")))
        add(d, SPAN("-"));
    else if (span_eq(name, SPAN("sym")))
        add_symbol(d, a);
    else if (span_eq(name, SPAN("footnoteReference")) || span_eq(name, SPAN("endnoteReference")))
        add_reference(d, a);
    else if (span_eq(name, SPAN("lastRenderedPageBreak")))
        flow_page(&d->flow);
    else if (span_eq(name, SPAN("commentReference")))
        d->comments++;
    else if (span_eq(name, SPAN("blip")) || span_eq(name, SPAN("imagedata")))
        d->pictures++;
}

/* Boxes of content controls and of old form fields. */
static void see_box(struct docx *d, struct span name, const struct xml_attributes *a)
{
    struct span state = value(a);
    if (span_eq(name, SPAN("checkbox")) && d->content) {
        d->box_state = 1;
    } else if (span_eq(name, SPAN("checked")) && d->box_state) {
        d->box_state = is_on(a) ? 2 : 1;
    } else if (span_eq(name, SPAN("checkBox"))) {
        d->form_box = 1;
    } else if (d->form_box && (span_eq(name, SPAN("checked")) || span_eq(name, SPAN("default")))) {
        d->form_box = !state.at || xml_truth(state) ? 2 : 1;
    } else if (span_eq(name, SPAN("showingPlcHdr"))) {
        d->placeholder = is_on(a);
    }
}

static bool starts_skip(struct docx *d, struct span name)
{
    if (span_eq(name, SPAN("del")) || span_eq(name, SPAN("moveFrom"))) {
        d->deleted += !d->in_properties;
        return !d->in_properties;
    }
    return span_eq(name, SPAN("Fallback")) || span_eq(name, SPAN("instrText")) ||
           span_eq(name, SPAN("delText"));
}

static void start_table(struct docx *d, struct span name)
{
    if (span_eq(name, SPAN("tbl")))
        flow_table(flow_of(d));
    else if (span_eq(name, SPAN("tr")))
        flow_row(flow_of(d));
}

static void start_control(struct docx *d, struct span name)
{
    if (span_eq(name, SPAN("sdt"))) {
        d->content = true;
        d->placeholder = false;
        d->box_state = 0;
    } else if (span_eq(name, SPAN("sdtContent"))) {
        d->content = false;
        if (d->placeholder) {
            d->placeholders++;
            d->skip = d->depth;
        } else if (d->box_state) {
            add(d, d->box_state == 2 ? SPAN("☒") : SPAN("☐"));
            d->skip = d->depth; /* which shows the same by a character of its own */
        }
        d->placeholder = false;
        d->box_state = 0;
    }
}

static void start(void *data, struct span name, const struct xml_attributes *a)
{
    struct docx *d = data;
    d->depth++;
    if (d->skip)
        return;
    if (starts_skip(d, name)) {
        d->skip = d->depth;
    } else if (span_eq(name, SPAN("p"))) {
        begin_paragraph(d);
    } else if (span_eq(name, SPAN("pPr"))) {
        d->in_properties = true;
    } else if (span_eq(name, SPAN("rPr"))) {
        d->in_run_properties = true;
    } else if (span_eq(name, SPAN("r"))) {
        d->vanish = false;
    } else if (span_eq(name, SPAN("vanish")) && d->in_run_properties && !d->in_properties) {
        d->vanish = is_on(a);
    } else if (span_eq(name, SPAN("t"))) {
        d->text = true;
    } else if (span_eq(name, SPAN("txbxContent")) && !d->box) {
        begin_box(d);
    } else if (span_eq(name, SPAN("footnote")) || span_eq(name, SPAN("endnote"))) {
        struct span type = xml_attribute(a, NULL, "type"); /* separators have one */
        if (type.at && !span_eq(type, SPAN("normal")))
            d->skip = d->depth;
        else {
            begin_paragraph(d);
            add_reference(d, a);
            add(d, SPAN(" "));
        }
    } else if (d->in_properties) {
        set_property(d, name, a);
    } else {
        start_table(d, name);
        start_control(d, name);
        see_box(d, name, a);
        add_character(d, name, a);
    }
}

static void end_table(struct docx *d, struct span name)
{
    if (span_eq(name, SPAN("tbl")))
        flow_end_table(flow_of(d));
    else if (span_eq(name, SPAN("tr")))
        flow_end_row(flow_of(d));
    else if (span_eq(name, SPAN("tc")))
        flow_end_cell(flow_of(d));
}

static void end(void *data, struct span name)
{
    struct docx *d = data;
    size_t depth = d->depth--;
    if (d->skip) {
        d->skip = d->skip == depth ? 0 : d->skip;
        return;
    }
    if (span_eq(name, SPAN("t"))) {
        d->text = false;
    } else if (span_eq(name, SPAN("pPr"))) {
        d->in_properties = false;
    } else if (span_eq(name, SPAN("rPr"))) {
        d->in_run_properties = false;
    } else if (span_eq(name, SPAN("ffData")) && d->form_box) {
        add(d, d->form_box == 2 ? SPAN("☒") : SPAN("☐"));
        d->form_box = 0;
    } else if (span_eq(name, SPAN("p"))) {
        end_paragraph(d);
    } else if (d->box == depth) {
        end_box(d);
    } else {
        end_table(d, name);
    }
}

static void text(void *data, struct span piece)
{
    struct docx *d = data;
    if (d->text && !d->skip)
        add(d, piece);
}

static const struct xml_handler HANDLER = {start, end, text};

/* Page headers and footers, each text once. */
static void read_margins(struct docx *d, const struct package *p, struct letter *l)
{
    static const char *const kinds[] = {"header", "footer"};
    for (size_t i = 0; i < 2; i++) {
        for (size_t n = 1; n <= 12; n++) {
            struct docx part = {.letter = l, .parts = d->parts, .num = SIZE_MAX};
            struct buf name = {0};
            buf_addf(&name, "word/%s%zu.xml", kinds[i], n);
            xml_read(p, buf_span(&name), &HANDLER, &part, &l->trouble);
            flow_finish(&part.flow);
            struct span text_of = buf_span(&part.flow.text);
            if (text_of.len && (l->margins.len == 0 ||
                                !memmem(l->margins.at, l->margins.len, text_of.at, text_of.len))) {
                if (l->margins.len)
                    buf_addc(&l->margins, '\n');
                buf_add(&l->margins, text_of);
            }
            flow_free(&part.flow);
            flow_free(&part.boxes);
            buf_free(&part.style);
            buf_free(&name);
        }
    }
}

static void note_counts(const struct docx *d, struct letter *l)
{
    if (d->deleted)
        letter_note(l, "%zu tracked deletions left out", d->deleted);
    if (d->hidden)
        letter_note(l, "%zu pieces of hidden text left out", d->hidden);
    if (d->placeholders)
        letter_note(l, "%zu form fields that were not filled in", d->placeholders);
    if (d->comments)
        letter_note(l, "%zu comments left out", d->comments);
    if (d->pictures)
        letter_note(l, "%zu pictures, which may hold text", d->pictures);
}

static void read_parts(struct docx *d, const struct package *p, struct letter *l)
{
    docx_parts_read(&d->parts, p, &l->trouble);
    if (!xml_read(p, MAIN, &HANDLER, d, &l->trouble))
        trouble_set(&l->trouble, TROUBLE_CORRUPT, "no text in it");
    xml_read(p, SPAN("word/footnotes.xml"), &HANDLER, d, &l->trouble);
    xml_read(p, SPAN("word/endnotes.xml"), &HANDLER, d, &l->trouble);
    flow_finish(&d->flow);
    buf_add(&l->text, buf_span(&d->flow.text));
    l->pages = d->flow.pages ? d->flow.pages + 1 : 0;
    read_margins(d, p, l);
}

void docx_read(struct reader *r, struct span bytes, struct letter *l)
{
    (void)r;
    struct docx d = {.letter = l, .num = SIZE_MAX};
    struct package p = {.bytes = bytes};
    properties_read(&p, SPAN("docProps/core.xml"), l);
    read_parts(&d, &p, l);
    plain_clean(&l->text);
    if (l->text.len == 0 && d.pictures)
        trouble_set(&l->trouble, TROUBLE_SCANNED, "pictures and no text");
    note_counts(&d, l);
    quoted_split(l);
    quoted_sign(l);
    flow_free(&d.flow);
    flow_free(&d.boxes);
    buf_free(&d.style);
    docx_parts_free(&d.parts);
}
