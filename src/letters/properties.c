/* properties -- what an office document says of itself. */
#include "properties.h"

#include "package/xml.h"

struct reading {
    struct buf title, modified, created;
    struct buf *to;
};

static void start(void *data, struct span name, const struct xml_attributes *a)
{
    struct reading *r = data;
    (void)a;
    if (span_eq(name, SPAN("title")))
        r->to = &r->title;
    else if (span_eq(name, SPAN("modified")) || span_eq(name, SPAN("date")))
        r->to = &r->modified;
    else if (span_eq(name, SPAN("created")) || span_eq(name, SPAN("creation-date")))
        r->to = &r->created;
}

static void end(void *data, struct span name)
{
    (void)name;
    ((struct reading *)data)->to = NULL;
}

static void text(void *data, struct span piece)
{
    struct reading *r = data;
    if (r->to)
        buf_add(r->to, piece);
}

void properties_read(const struct package *p, struct span part, struct letter *l)
{
    static const struct xml_handler handler = {start, end, text};
    struct reading r = {0};
    struct trouble none = {0}; /* a document without them is read all the same */
    xml_read(p, part, &handler, &r, &none);
    if (l->title.len == 0)
        buf_add(&l->title, buf_span(&r.title));
    if (l->date.len == 0 && !letter_set_date(l, buf_span(&r.modified)))
        letter_set_date(l, buf_span(&r.created));
    buf_free(&r.title);
    buf_free(&r.modified);
    buf_free(&r.created);
    trouble_free(&none);
}
