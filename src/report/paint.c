/* paint -- a drawing on paper or as pixels, by Cairo and Pango.
 *
 * Letters are set in the sans-serif that fontconfig finds, the file holds no date, so that the
 * same figures give the same bytes on the same machine. */
#include "paint.h"

#include <cairo-pdf.h>
#include <math.h>
#include <pango/pangocairo.h>
#include <stdlib.h>

#include "base/fail.h"

#define FONTS "Helvetica, Arial, Liberation Sans, DejaVu Sans, sans-serif"
#define POINTS_PER_MM (72 / 25.4)
#define HEAD 4.5 /* of an arrow */

static cairo_status_t put(void *context, const unsigned char *data, unsigned int length)
{
    buf_add(context, (struct span){(const char *)data, length});
    return CAIRO_STATUS_SUCCESS;
}

static void use(cairo_t *c, enum drawing_paint paint)
{
    unsigned long colour = strtoul(drawing_colour(paint) + 1, NULL, 16);
    cairo_set_source_rgb(c, (double)(colour >> 16) / 255, (double)(colour >> 8 & 255) / 255,
                         (double)(colour & 255) / 255);
}

static void paint_rect(cairo_t *c, const struct drawing_shape *s)
{
    cairo_rectangle(c, s->x, s->y, s->width, s->height);
    if (s->fill) {
        use(c, s->fill);
        cairo_fill_preserve(c);
    }
    if (s->stroke) {
        use(c, s->stroke);
        cairo_set_line_width(c, s->weight);
        cairo_stroke_preserve(c);
    }
    cairo_new_path(c);
}

static void paint_line(cairo_t *c, const struct drawing_shape *s)
{
    use(c, s->stroke);
    cairo_set_line_width(c, s->weight);
    cairo_move_to(c, s->x, s->y);
    cairo_line_to(c, s->width, s->height);
    cairo_stroke(c);
}

static void paint_arrow(cairo_t *c, const struct drawing_shape *s)
{
    bool is_down = s->height > s->y;
    paint_line(c, s);
    cairo_move_to(c, s->width, s->height);
    cairo_rel_line_to(c, is_down ? -HEAD : -2 * HEAD, is_down ? -2 * HEAD : -HEAD);
    cairo_rel_line_to(c, is_down ? 2 * HEAD : 0, is_down ? 0 : 2 * HEAD);
    cairo_close_path(c);
    cairo_fill(c);
}

static void paint_text(cairo_t *c, const struct drawing_shape *s)
{
    PangoLayout *layout = pango_cairo_create_layout(c);
    PangoFontDescription *font = pango_font_description_from_string(FONTS);
    pango_font_description_set_absolute_size(font, s->size * PANGO_SCALE);
    if (s->bold)
        pango_font_description_set_weight(font, PANGO_WEIGHT_SEMIBOLD);
    pango_layout_set_font_description(layout, font);
    pango_layout_set_single_paragraph_mode(layout, TRUE);
    pango_layout_set_text(layout, s->text.at ? s->text.at : "", (int)s->text.len);
    PangoRectangle extents;
    pango_layout_get_extents(layout, NULL, &extents);
    double width = (double)extents.width / PANGO_SCALE;
    double baseline = (double)pango_layout_get_baseline(layout) / PANGO_SCALE;
    double x = s->anchor == DRAWING_START    ? s->x
               : s->anchor == DRAWING_MIDDLE ? s->x - width / 2
                                             : s->x - width;
    use(c, s->fill);
    cairo_move_to(c, x, s->y - baseline);
    pango_cairo_show_layout(c, layout);
    pango_font_description_free(font);
    g_object_unref(layout);
}

static void paint_all(cairo_t *c, const struct drawing *d)
{
    static void (*const painters[])(cairo_t *, const struct drawing_shape *) = {
        [DRAWING_RECT] = paint_rect,
        [DRAWING_LINE] = paint_line,
        [DRAWING_ARROW] = paint_arrow,
        [DRAWING_TEXT] = paint_text,
    };
    use(c, DRAWING_PAPER);
    cairo_paint(c);
    for (size_t i = 0; i < d->count; i++)
        painters[d->shapes[i].kind](c, &d->shapes[i]);
}

static cairo_surface_t *surface_of(struct buf *b, const struct drawing *d, enum paint_form form,
                                   double mm, double dpi)
{
    double ratio = d->height / d->width;
    if (form == PAINT_PNG)
        return cairo_image_surface_create(CAIRO_FORMAT_RGB24, (int)ceil(mm / 25.4 * dpi),
                                          (int)ceil(mm / 25.4 * dpi * ratio));
    cairo_surface_t *surface =
        cairo_pdf_surface_create_for_stream(put, b, mm * POINTS_PER_MM, mm * POINTS_PER_MM * ratio);
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATE_DATE, "2000-01-01T00:00:00Z");
    struct buf title = {0};
    buf_add(&title, d->title);
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_TITLE, buf_text(&title));
    buf_free(&title);
    return surface;
}

void paint_write(struct buf *b, const struct drawing *d, enum paint_form form, double mm,
                 double dpi)
{
    cairo_surface_t *surface = surface_of(b, d, form, mm, dpi);
    cairo_t *c = cairo_create(surface);
    double scale = (form == PAINT_PNG ? mm / 25.4 * dpi : mm * POINTS_PER_MM) / d->width;
    cairo_scale(c, scale, scale);
    paint_all(c, d);
    cairo_status_t status = cairo_status(c);
    cairo_destroy(c);
    if (form == PAINT_PNG && status == CAIRO_STATUS_SUCCESS)
        status = cairo_surface_write_to_png_stream(surface, put, b);
    cairo_surface_finish(surface);
    if (status == CAIRO_STATUS_SUCCESS)
        status = cairo_surface_status(surface);
    cairo_surface_destroy(surface);
    if (status != CAIRO_STATUS_SUCCESS)
        fail(STATUS_DATA, "figure %s: %s", quote(d->id), cairo_status_to_string(status));
}
