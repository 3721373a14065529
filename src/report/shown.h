/* shown -- numbers and names as people read them.
 *
 * One rule of decimals serves a whole table, by its largest base, as JMIR's instructions
 * for authors ask: none under 100, one up to 999, two above; APA's style and the plain one
 * give one. Everything that comes from data passes base/show. */
#ifndef SHOWN_H
#define SHOWN_H

#include "report/results.h"

/* TEXT as it may be shown, kept as long as the study. */
struct span shown_text(struct results *s, struct span text);

/* What B holds, shown and kept; B is empty afterwards. */
struct span shown_keep(struct results *s, struct buf *b);

/* Labels, or names if the options say so. */
struct span shown_field(struct results *s, const struct cells_table *t);
struct span shown_by(struct results *s, const struct cells_table *t);
struct span shown_other_field(struct results *s, struct span name);
struct span shown_code(struct results *s, const struct cells_code *code);
struct span shown_reason(struct results *s, struct span reason);
struct span shown_title(struct results *s, const struct cells_table *t, size_t layer);

/* Decimals of the percentages of T. */
int shown_decimals(const struct results *s, const struct cells_table *t);

/* Weighted counts have a fraction; whole ones show none. NAN is "withheld". */
void shown_count(struct buf *b, double n);
void shown_number(struct buf *b,
                  double x); /* four digits, or all before the point; a dash for NAN */

/* Whether the interval of a share is known and to be shown. */
bool shown_has_interval(const struct results *s, const struct cells_share *share);

/* "21.7%", "<0.1%": N of the base of SHARE. */
void shown_percent(struct buf *b, double n, const struct cells_share *share, int decimals);

/* "35/161 (21.7%)", with intervals "35/161 (21.7%, 16.1–28.7)", "35" where no percentage is
 * defined, "withheld" where the count is. */
void shown_share(struct buf *b, const struct results *s, double n, const struct cells_share *share,
                 int decimals);

/* "16.1–28.7", in APA's style "[16.1, 28.7]". */
void shown_interval(struct buf *b, const struct results *s, double low, double high, int decimals);

#endif
