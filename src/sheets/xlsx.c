/* xlsx -- an Office Open XML workbook: what sheets it has and where. */
#include <stdlib.h>

#include "base/fail.h"
#include "xlsx_parts.h"

struct reading {
    struct book *book;
    struct xlsx *xlsx;
    const struct xlsx_relations *relations;
};

static void add_sheet(struct reading *r, const struct xml_attributes *a)
{
    struct buf id = {0};
    buf_add(&id, xml_attribute(a, "r", "id").at ? xml_attribute(a, "r", "id")
                                                : xml_attribute(a, NULL, "id"));
    const struct xlsx_relation *to = xlsx_relations_find(r->relations, buf_text(&id));
    buf_free(&id);
    if (!to || !span_eq(to->type, SPAN("worksheet")))
        return; /* a sheet that is a chart or a macro */
    struct span state = xml_attribute(a, NULL, "state");
    struct book *b = r->book;
    book_add_sheet(b, xml_attribute(a, NULL, "name"),
                   span_eq(state, SPAN("hidden")) || span_eq(state, SPAN("veryHidden")));
    r->xlsx->parts =
        array_grow(r->xlsx->parts, &r->xlsx->parts_cap, b->count, sizeof *r->xlsx->parts);
    r->xlsx->parts[b->count - 1] = to->target;
}

static void start(void *data, struct span name, const struct xml_attributes *a)
{
    struct reading *r = data;
    if (span_eq(name, SPAN("sheet")))
        add_sheet(r, a);
    else if (span_eq(name, SPAN("workbookPr")))
        r->xlsx->epoch = xml_truth(xml_attribute(a, NULL, "date1904")) ? SERIAL_1904 : SERIAL_1900;
}

static bool read_workbook(struct book *b, struct xlsx *x, struct span part,
                          const struct xlsx_relations *relations)
{
    static const struct xml_handler handler = {.start = start};
    struct reading r = {b, x, relations};
    if (!xml_read(b->package, part, &handler, &r, b->trouble)) {
        trouble_set(b->trouble, TROUBLE_CORRUPT, "no workbook in it");
        return false;
    }
    if (b->count == 0)
        trouble_set(b->trouble, TROUBLE_CORRUPT, "no sheet in it");
    return b->count != 0;
}

static bool read_parts(struct book *b, struct xlsx *x, const struct xlsx_relations *r)
{
    const struct xlsx_relation *strings = xlsx_relations_type(r, "sharedStrings");
    const struct xlsx_relation *styles = xlsx_relations_type(r, "styles");
    if (strings && !xlsx_strings_read(b, strings->target, &x->strings))
        return false;
    return !styles || xlsx_styles_read(b, styles->target, x);
}

static bool open_book(struct book *b)
{
    struct xlsx *x = b->source = calloc(1, sizeof *x);
    if (!x)
        fail_memory();
    struct xlsx_relations root = {0}, relations = {0};
    xlsx_relations_read(b, SPAN(""), &root);
    const struct xlsx_relation *main_part = xlsx_relations_type(&root, "officeDocument");
    struct span part = main_part ? main_part->target : SPAN("xl/workbook.xml");
    xlsx_relations_read(b, part, &relations);
    bool read = b->trouble->kind == TROUBLE_NONE && read_workbook(b, x, part, &relations) &&
                read_parts(b, x, &relations);
    xlsx_relations_free(&root);
    xlsx_relations_free(&relations);
    return read;
}

static bool start_sheet(struct book *b, size_t sheet)
{
    struct xlsx *x = b->source;
    x->comments.count = 0;
    if (b->options.comments) {
        struct xlsx_relations relations = {0};
        xlsx_relations_read(b, x->parts[sheet], &relations);
        const struct xlsx_relation *comments = xlsx_relations_type(&relations, "comments");
        bool read = !comments || xlsx_comments_read(b, comments->target, &x->comments);
        xlsx_relations_free(&relations);
        if (!read)
            return false;
    }
    return xlsx_rows_start(b, x->parts[sheet]);
}

static void close_book(struct book *b)
{
    struct xlsx *x = b->source;
    if (!x)
        return;
    xlsx_rows_close(x);
    free(x->parts);
    buf_free(&x->strings.text);
    free(x->strings.ends);
    free(x->formats);
    buf_free(&x->comments.text);
    free(x->comments.at);
    free(x);
}

const struct book_reader BOOK_XLSX_READER = {open_book, start_sheet, xlsx_rows_more, close_book};
