/* xlsx_styles -- what the numbers of each cell style mean. */
#include "xlsx_parts.h"

#include <stdlib.h>

struct custom {
    size_t id;
    struct numberformat format;
};

struct reading {
    struct xlsx *xlsx;
    struct custom *customs;
    size_t count, cap;
    bool in_cell_styles;
};

static struct numberformat format_of(const struct reading *r, size_t id)
{
    for (size_t i = 0; i < r->count; i++)
        if (r->customs[i].id == id)
            return r->customs[i].format;
    return numberformat_builtin(id);
}

static void start(void *data, struct span name, const struct xml_attributes *a)
{
    struct reading *r = data;
    struct xlsx *x = r->xlsx;
    size_t id = xml_number(xml_attribute(a, NULL, "numFmtId"), 0);
    if (span_eq(name, SPAN("numFmt"))) {
        r->customs = array_grow(r->customs, &r->cap, r->count + 1, sizeof *r->customs);
        r->customs[r->count++] =
            (struct custom){id, numberformat_read(xml_attribute(a, NULL, "formatCode"))};
    } else if (span_eq(name, SPAN("cellXfs"))) {
        r->in_cell_styles = true;
    } else if (r->in_cell_styles && span_eq(name, SPAN("xf"))) {
        x->formats =
            array_grow(x->formats, &x->formats_cap, x->formats_count + 1, sizeof *x->formats);
        x->formats[x->formats_count++] = format_of(r, id);
    }
}

bool xlsx_styles_read(struct book *b, struct span part, struct xlsx *x)
{
    static const struct xml_handler handler = {.start = start};
    struct reading r = {.xlsx = x};
    bool read = xml_read(b->package, part, &handler, &r, b->trouble);
    free(r.customs);
    return read || b->trouble->kind == TROUBLE_NONE;
}
