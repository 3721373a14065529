/* svg -- a drawing as SVG. */
#include "svg.h"

#include "xml.h"

#define FONTS "system-ui,-apple-system,&quot;Segoe UI&quot;,Roboto,Helvetica,Arial,sans-serif"
#define HEAD 4.5 /* of an arrow */

/* Two digits are a hundredth of a point. Trailing zeros go. */
static void add_number(struct buf *b, const char *name, double x)
{
    buf_addf(b, " %s=\"%.2f", name, x);
    while (b->at[b->len - 1] == '0')
        b->len--;
    if (b->at[b->len - 1] == '.')
        b->len--;
    buf_addc(b, '"');
}

/* The paints of a shape: a class in a page, colours in a file. */
static void add_paints(struct buf *b, const struct drawing_shape *s, enum svg_place place)
{
    if (place == SVG_FILE && s->fill)
        buf_addf(b, " fill=\"%s\"", drawing_colour(s->fill));
    if (place == SVG_FILE && s->stroke)
        buf_addf(b, " stroke=\"%s\"", drawing_colour(s->stroke));
    if (place == SVG_FILE || (!s->fill && !s->stroke))
        return;
    buf_add(b, SPAN(" class=\""));
    if (s->fill)
        buf_addf(b, "f%d%s", (int)s->fill, s->stroke ? " " : "");
    if (s->stroke)
        buf_addf(b, "s%d", (int)s->stroke);
    buf_addc(b, '"');
}

static void add_rect(struct buf *b, const struct drawing_shape *s, enum svg_place place)
{
    buf_add(b, SPAN("<rect"));
    add_number(b, "x", s->x);
    add_number(b, "y", s->y);
    add_number(b, "width", s->width);
    add_number(b, "height", s->height);
    add_paints(b, s, place);
    buf_add(b, SPAN("/>"));
}

static void add_line(struct buf *b, const struct drawing_shape *s, enum svg_place place)
{
    buf_add(b, SPAN("<line"));
    add_number(b, "x1", s->x);
    add_number(b, "y1", s->y);
    add_number(b, "x2", s->width);
    add_number(b, "y2", s->height);
    if (s->weight != 1)
        add_number(b, "stroke-width", s->weight);
    add_paints(b, s, place);
    buf_add(b, SPAN("/>"));
}

/* Down or to the right, as all arrows here go. */
static void add_arrow(struct buf *b, const struct drawing_shape *s, enum svg_place place)
{
    struct drawing_shape head = {.fill = s->stroke};
    bool is_down = s->height > s->y;
    add_line(b, s, place);
    if (is_down)
        buf_addf(b, "<path d=\"M%.1f %.1fl-%.1f -%.1fh%.1fz\"", s->width, s->height, HEAD, 2 * HEAD,
                 2 * HEAD);
    else
        buf_addf(b, "<path d=\"M%.1f %.1fl-%.1f -%.1fv%.1fz\"", s->width, s->height, 2 * HEAD, HEAD,
                 2 * HEAD);
    add_paints(b, &head, place);
    buf_add(b, SPAN("/>"));
}

static void add_text(struct buf *b, const struct drawing_shape *s, enum svg_place place)
{
    buf_add(b, SPAN("<text"));
    add_number(b, "x", s->x);
    add_number(b, "y", s->y);
    if (s->size != 12)
        add_number(b, "font-size", s->size);
    if (s->anchor)
        buf_addf(b, " text-anchor=\"%s\"", s->anchor == DRAWING_END ? "end" : "middle");
    if (s->bold)
        buf_add(b, SPAN(" font-weight=\"600\""));
    add_paints(b, s, place);
    buf_addc(b, '>');
    xml_add(b, s->text);
    buf_add(b, SPAN("</text>"));
}

void svg_write(struct buf *b, const struct drawing *d, enum svg_place place, double mm)
{
    static void (*const adders[])(struct buf *, const struct drawing_shape *, enum svg_place) = {
        [DRAWING_RECT] = add_rect,
        [DRAWING_LINE] = add_line,
        [DRAWING_ARROW] = add_arrow,
        [DRAWING_TEXT] = add_text,
    };
    buf_add(b, SPAN("<svg"));
    if (place == SVG_FILE)
        buf_addf(b, " xmlns=\"http://www.w3.org/2000/svg\" width=\"%.6gmm\" height=\"%.6gmm\"", mm,
                 mm / d->width * d->height);
    buf_addf(b, " viewBox=\"0 0 %.0f %.0f\" role=\"img\" font-size=\"12\"", d->width, d->height);
    if (place == SVG_FILE)
        buf_add(b, SPAN(" font-family=\"" FONTS "\""));
    buf_add(b, SPAN(" aria-labelledby=\"fig-"));
    xml_add_id(b, d->id);
    buf_add(b, SPAN("-t fig-"));
    xml_add_id(b, d->id);
    buf_add(b, SPAN("-d\"><title id=\"fig-"));
    xml_add_id(b, d->id);
    buf_add(b, SPAN("-t\">"));
    xml_add(b, d->title);
    buf_add(b, SPAN("</title><desc id=\"fig-"));
    xml_add_id(b, d->id);
    buf_add(b, SPAN("-d\">"));
    xml_add(b, d->text);
    buf_add(b, SPAN("</desc>\n"));
    if (place == SVG_FILE)
        buf_addf(b, "<rect width=\"100%%\" height=\"100%%\" fill=\"%s\"/>\n",
                 drawing_colour(DRAWING_PAPER));
    for (size_t i = 0; i < d->count; i++) {
        adders[d->shapes[i].kind](b, &d->shapes[i], place);
        buf_addc(b, '\n');
    }
    buf_add(b, SPAN("</svg>\n"));
}
