/* chart -- the picture that fits a table.
 *
 * Rules: every bar starts at zero, intervals are drawn, labels stand at what they name, and
 * the figures are written beside the bars, so that no one needs to guess. */
#ifndef CHART_H
#define CHART_H

#include "drawing.h"
#include "layout.h"

enum chart_kind {
    CHART_NONE,
    CHART_BARS,   /* a bar with its interval for each row, by group */
    CHART_MOSAIC, /* the shares of each group, with adjusted residuals */
    CHART_FLOW    /* from who was asked to what can be used */
};

enum chart_kind chart_kind_of(const struct layout *l);

/* The chart of L, which must have one. */
struct drawing chart_make(struct results *s, const struct layout *l);

/* The kinds, in files of their own. */
void chart_bars(struct results *s, const struct layout *l, struct drawing *d);
void chart_mosaic(struct results *s, const struct layout *l, struct drawing *d);
void chart_flow(struct results *s, const struct layout *l, struct drawing *d);

/* What PRINTF makes of its arguments, kept with D. */
struct span chart_text(struct drawing *d, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* "21.7%". */
struct span chart_percent(struct drawing *d, double n, const struct cells_share *share,
                          int decimals);

#define CHART_WIDTH 680.0
#define CHART_SIZE 12.0 /* of letters */
#define CHART_SMALL 11.0

#endif
