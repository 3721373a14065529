/* drawing -- a picture as a list of shapes. */
#include "drawing.h"

#include <stdlib.h>

#include "base/utf8.h"

#define WIDE 1000.0 /* of an em, in thousandths: letters of East Asia, pictures */
#define USUAL 560.0
#define MARGIN 1.16 /* fonts differ: DejaVu is as much wider */

/* Advance widths of Helvetica, ASCII from the space on, in thousandths of an em. */
static const short HELVETICA[95] = {
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333,  278, 278, 556, 556, 556,
    556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667,
    611, 778, 722, 278, 500, 667, 556, 833, 722, 778, 667, 778, 722, 667,  611, 722, 667, 944, 667,
    667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556, 556, 278,  556, 556, 222, 222, 500,
    222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500,  500, 334, 260, 334, 584};

static double letter_width(uint32_t code)
{
    if (code >= 0x20 && code < 0x7F)
        return HELVETICA[code - 0x20];
    return code >= 0x1100 && (code < 0x2000 || code > 0x22FF) ? WIDE : USUAL;
}

double drawing_text_width(struct span text, double size)
{
    double sum = 0;
    for (const char *at = text.at, *end = at + text.len; at < end;)
        sum += letter_width(utf8_next(&at));
    return sum * size * MARGIN / 1000;
}

struct span drawing_fit(struct drawing *d, struct span text, double size, double width)
{
    static const struct span dots = SPAN_ROW("…");
    if (drawing_text_width(text, size) <= width)
        return text;
    double left = width - drawing_text_width(dots, size);
    const char *at = text.at, *end = at + text.len;
    for (const char *next = at; next < end;) {
        utf8_next(&next);
        if (drawing_text_width(span_from(text.at, next), size) > left)
            break;
        at = next;
    }
    struct buf b = {0};
    buf_add(&b, span_from(text.at, at));
    buf_add(&b, dots);
    struct span kept = arena_copy(d->arena, buf_span(&b));
    buf_free(&b);
    return kept;
}

static struct drawing_shape *add(struct drawing *d, enum drawing_kind kind)
{
    d->shapes = array_grow(d->shapes, &d->cap, d->count + 1, sizeof *d->shapes);
    d->shapes[d->count] = (struct drawing_shape){.kind = kind};
    return &d->shapes[d->count++];
}

void drawing_rect(struct drawing *d, double x, double y, double width, double height,
                  enum drawing_paint fill, enum drawing_paint stroke)
{
    struct drawing_shape *s = add(d, DRAWING_RECT);
    s->x = x;
    s->y = y;
    s->width = width;
    s->height = height;
    s->fill = fill;
    s->stroke = stroke;
    s->weight = 1;
}

void drawing_line(struct drawing *d, double x1, double y1, double x2, double y2,
                  enum drawing_paint paint, double weight)
{
    struct drawing_shape *s = add(d, DRAWING_LINE);
    s->x = x1;
    s->y = y1;
    s->width = x2;
    s->height = y2;
    s->stroke = paint;
    s->weight = weight;
}

void drawing_arrow(struct drawing *d, double x1, double y1, double x2, double y2)
{
    drawing_line(d, x1, y1, x2, y2, DRAWING_MUTED, 1);
    d->shapes[d->count - 1].kind = DRAWING_ARROW;
}

void drawing_text(struct drawing *d, double x, double y, double size, enum drawing_anchor anchor,
                  enum drawing_paint paint, struct span text)
{
    struct drawing_shape *s = add(d, DRAWING_TEXT);
    s->x = x;
    s->y = y;
    s->size = size;
    s->anchor = anchor;
    s->fill = paint;
    s->text = text;
}

void drawing_bold(struct drawing *d)
{
    d->shapes[d->count - 1].bold = true;
}

enum drawing_paint drawing_series(size_t i)
{
    return (enum drawing_paint)(DRAWING_SERIES + i % (DRAWING_PAINT_COUNT - DRAWING_SERIES));
}

enum drawing_paint drawing_tint(size_t i, enum drawing_paint *text)
{
    size_t tint = i % 6;
    *text = tint == 0 || tint == 4 ? DRAWING_ON_DARK : DRAWING_ON_LIGHT;
    return (enum drawing_paint)(DRAWING_TINT + tint);
}

/* The series are those of Okabe & Ito 2008, which the colour-blind tell apart. */
const char *drawing_colour(enum drawing_paint paint)
{
    static const char *const colours[DRAWING_PAINT_COUNT] = {
        [DRAWING_NONE] = "none",          [DRAWING_INK] = "#1b1f24",
        [DRAWING_MUTED] = "#57606a",      [DRAWING_RULE] = "#c4cad0",
        [DRAWING_PAPER] = "#ffffff",      [DRAWING_GROUND] = "#f3f5f7",
        [DRAWING_ACCENT] = "#0b63a5",     [DRAWING_ON_DARK] = "#ffffff",
        [DRAWING_ON_LIGHT] = "#1b1f24",   [DRAWING_TINT] = "#0b63a5",
        [DRAWING_TINT + 1] = "#8dbbe0",   [DRAWING_TINT + 2] = "#d6e6f3",
        [DRAWING_TINT + 3] = "#b9c2ca",   [DRAWING_TINT + 4] = "#5e7488",
        [DRAWING_TINT + 5] = "#e3e7ea",   [DRAWING_SERIES] = "#0b63a5",
        [DRAWING_SERIES + 1] = "#c24e00", [DRAWING_SERIES + 2] = "#00795c",
        [DRAWING_SERIES + 3] = "#a8517f", [DRAWING_SERIES + 4] = "#8a6d00",
        [DRAWING_SERIES + 5] = "#5b6670",
    };
    return colours[paint];
}

void drawing_free(struct drawing *d)
{
    free(d->shapes);
}
