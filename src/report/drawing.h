/* drawing -- a picture as a list of shapes, in points, that can be written as SVG or
 * painted on paper.
 *
 * Colours are roles, so that a page can give them others in the dark. The width of texts is
 * reckoned from the widths of Helvetica, a little on the wide side: a picture must come
 * out the same wherever it is made. Texts and shapes are the arena's. */
#ifndef DRAWING_H
#define DRAWING_H

#include "base/arena.h"
#include "base/buf.h"

enum drawing_paint {
    DRAWING_NONE,
    DRAWING_INK,                       /* text */
    DRAWING_MUTED,                     /* less important text */
    DRAWING_RULE,                      /* axes and frames */
    DRAWING_PAPER,                     /* the ground */
    DRAWING_GROUND,                    /* boxes */
    DRAWING_ACCENT,                    /* what is said */
    DRAWING_ON_DARK,                   /* text upon a dark tint, the same by day and night */
    DRAWING_ON_LIGHT,                  /* and upon a light one */
    DRAWING_TINT,                      /* the first of several values; see drawing_tint() */
    DRAWING_SERIES = DRAWING_TINT + 6, /* the first of several groups; see drawing_series() */
    DRAWING_PAINT_COUNT = DRAWING_SERIES + 6
};

enum drawing_anchor { DRAWING_START, DRAWING_MIDDLE, DRAWING_END };

enum drawing_kind { DRAWING_RECT, DRAWING_LINE, DRAWING_ARROW, DRAWING_TEXT };

struct drawing_shape {
    enum drawing_kind kind;
    double x, y, width, height; /* of a line: its other end */
    enum drawing_paint fill, stroke;
    double weight; /* of a line */
    struct span text;
    enum drawing_anchor anchor;
    double size;
    bool bold;
};

struct drawing {
    struct arena *arena;
    double width, height;
    struct span id, title, text; /* TEXT: the figures in words, for those who cannot see it */
    struct drawing_shape *shapes;
    size_t count, cap;
};

void drawing_rect(struct drawing *d, double x, double y, double width, double height,
                  enum drawing_paint fill, enum drawing_paint stroke);
void drawing_line(struct drawing *d, double x1, double y1, double x2, double y2,
                  enum drawing_paint paint, double weight);
void drawing_arrow(struct drawing *d, double x1, double y1, double x2, double y2);

/* The baseline of the text is at Y. */
void drawing_text(struct drawing *d, double x, double y, double size, enum drawing_anchor anchor,
                  enum drawing_paint paint, struct span text);
void drawing_bold(struct drawing *d); /* the last text */

/* TEXT within WIDTH, cut with "…" if it must be. Kept by the arena. */
struct span drawing_fit(struct drawing *d, struct span text, double size, double width);
double drawing_text_width(struct span text, double size);

/* The paint of group I; after six they come again. */
enum drawing_paint drawing_series(size_t i);

/* The paint of value I, one of the shades of a hue, and that of text upon it. */
enum drawing_paint drawing_tint(size_t i, enum drawing_paint *text);

/* "#0072b2" on white paper. */
const char *drawing_colour(enum drawing_paint paint);

void drawing_free(struct drawing *d);

#endif
